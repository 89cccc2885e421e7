//! Faults on purpose, for the tests of this module and nothing else: what a hostile file might do
//! to a worker, whatever the readers are hardened against.
//!
//! The variable [`VARIABLE`] holds `FAULT=NAME` pairs separated by `;`, the name being the file's as
//! in messages. Only workers heed it, and only the environment can set it: no file's content can.

use std::hint::black_box;
use std::time::Duration;

use rustix::process::{Signal, getpid, kill_process};

/// The environment variable that names files and faults.
pub(super) const VARIABLE: &str = "TORIKOMI_TEST_FAULT";

/// How much the memory bomb takes at once, in bytes.
const BITE: usize = 16 << 20;

/// Does to this process what the environment says of a file.
pub(super) fn provoke(path: &str, attempt: u32) {
    let Ok(faults) = std::env::var(VARIABLE) else {
        return;
    };
    for (fault, _) in faults
        .split(';')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(_, name)| *name == path)
    {
        match fault {
            "hang" => hang(),
            "hang-once" if attempt == 1 => hang(),
            "bomb" => bomb(),
            "overflow" => drop(overflow(1)),
            "abort" => std::process::abort(),
            "kill" => kill(),
            "kill-once" if attempt == 1 => kill(),
            "panic" => panic!("a panic on purpose"),
            "look" => look(),
            _ => {}
        }
    }
}

fn hang() {
    loop {
        std::thread::sleep(Duration::from_secs(1));
    }
}

/// What `kill -9` does.
fn kill() {
    let _ = kill_process(getpid(), Signal::KILL);
    hang();
}

fn bomb() {
    let mut taken = Vec::new();
    loop {
        taken.push(black_box(vec![1u8; BITE]));
    }
}

/// Recursion that nobody can unroll.
fn overflow(depth: u64) -> u64 {
    match black_box(depth) {
        0 => 0,
        depth => black_box(overflow(depth + 1)) + 1,
    }
}

/// Fails by panic where a file or a network can be reached.
fn look() {
    let own = std::env::current_exe();
    let read = own.and_then(std::fs::read).is_ok();
    let listed = std::fs::read_dir("/").is_ok();
    let written = std::fs::write(std::env::temp_dir().join("torikomi-look"), "").is_ok();
    let bound = std::net::TcpListener::bind("127.0.0.1:0").is_ok();
    let sent = std::net::UdpSocket::bind("127.0.0.1:0").is_ok();
    let run = std::process::Command::new("/bin/sh")
        .arg("-c")
        .arg("true")
        .status();
    let run = run.is_ok_and(|status| status.success());
    panic!(
        "read {read}, listed {listed}, written {written}, bound {bound}, sent {sent}, run {run}"
    );
}
