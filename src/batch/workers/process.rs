//! A worker as its parent sees it.

use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::death::Death;
use super::{fault, frame};

/// Longest that a worker may take to load.
const LOADING: Duration = Duration::from_secs(60);

/// Most bytes kept of what a worker prints; the last words tell why it died.
const KEPT: usize = 4096;

/// Bytes that a pipe is asked to hold, so that most answers are written in one go.
#[cfg(target_os = "linux")]
const PIPE: usize = 1 << 20;

/// Bytes read at once.
const CHUNK: usize = 1 << 16;

/// How long one that has closed its output may take to be gone: so many moments.
const DYING: u32 = 1000;
const MOMENT: Duration = Duration::from_millis(1);

/// The longest message that says a worker is ready, or why not.
const LONGEST_GREETING: u64 = 1 << 20;

/// A worker process. Dropped, it is killed.
pub(super) struct Worker {
    child: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
    /// None once it is closed.
    stderr: Option<ChildStderr>,
    /// The end of what it printed.
    said: Vec<u8>,
    /// What has to be sent before it is ready.
    hello: Option<Vec<u8>>,
    /// Most memory that it may have now, in bytes.
    memory: u64,
    /// How many files it was sent.
    files: u64,
}

impl Worker {
    /// Starts a process that will load itself by `hello`, and does not wait for it.
    ///
    /// # Errors
    /// The system refuses.
    pub(super) fn start(program: &Path, hello: &[u8], memory: u64) -> io::Result<Self> {
        let mut command = Command::new(program);
        command
            .arg0("torikomi")
            .arg("worker")
            .current_dir("/")
            .env_clear()
            // A second arena would set aside 64 MiB of the memory that is allowed.
            .env("MALLOC_ARENA_MAX", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(faults) = std::env::var_os(fault::VARIABLE) {
            command.env(fault::VARIABLE, faults);
        }
        let mut child = command.spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(ErrorKind::BrokenPipe.into());
        };
        let mut message = frame::head(frame::HELLO, hello.len()).to_vec();
        message.extend(hello);
        let mut worker = Worker {
            child,
            stdin,
            stdout,
            stderr: Some(stderr),
            said: Vec::new(),
            hello: Some(message),
            memory,
            files: 0,
        };
        worker.prepare_pipes()?;
        Ok(worker)
    }

    /// Sends what fits into the pipe already, so that it loads while others do.
    fn prepare_pipes(&mut self) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        {
            // A system that grants no more works as well, with more turns.
            let _ = rustix::pipe::fcntl_setpipe_size(&self.stdin, PIPE);
            let _ = rustix::pipe::fcntl_setpipe_size(&self.stdout, PIPE);
        }
        rustix::io::ioctl_fionbio(&self.stdin, true)?;
        rustix::io::ioctl_fionbio(&self.stdout, true)?;
        if let Some(stderr) = &self.stderr {
            rustix::io::ioctl_fionbio(stderr, true)?;
        }
        if let Some(hello) = &mut self.hello
            && let Ok(sent) = self.stdin.write(hello)
        {
            hello.drain(..sent);
        }
        Ok(())
    }

    /// Whether it is alive, as far as is known.
    pub(super) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Whether it has seen no file yet.
    pub(super) fn is_fresh(&self) -> bool {
        self.files == 0
    }

    /// Waits until it has loaded.
    ///
    /// # Errors
    /// It cannot load, died, or takes too long.
    pub(super) fn ready(&mut self) -> Result<(), Death> {
        let Some(hello) = self.hello.take() else {
            return Ok(());
        };
        let unready = |death| match death {
            Death::TimedOut(time) => Death::Unstarted(format!("not loaded after {time:?}")),
            Death::OutOfMemory(bytes) => {
                Death::Unstarted(format!("{} MiB are too little to load it", bytes >> 20))
            }
            Death::Crashed(how) | Death::Unstarted(how) => Death::Unstarted(how),
        };
        match self.exchange(&[&hello], LONGEST_GREETING, LOADING) {
            Ok((frame::READY, _)) => Ok(()),
            Ok((_, why)) => Err(Death::Unstarted(String::from_utf8_lossy(&why).into_owned())),
            Err(death) => Err(unready(death)),
        }
    }

    /// Has it read a file: `message` is all that it is sent. Its answer has at most as many bytes as
    /// it may have memory.
    ///
    /// # Errors
    /// It died, or takes longer than `time`.
    pub(super) fn ask(
        &mut self,
        message: &[&[u8]],
        memory: u64,
        time: Duration,
    ) -> Result<(u8, Vec<u8>), Death> {
        self.files += 1;
        self.memory = memory;
        self.exchange(message, memory, time)
    }

    /// Sends a message and waits for the answer. Neither side waits for the other to read: a worker
    /// may be stuck before it has read all.
    fn exchange(
        &mut self,
        message: &[&[u8]],
        longest: u64,
        time: Duration,
    ) -> Result<(u8, Vec<u8>), Death> {
        let deadline = Instant::now() + time;
        let mut parts = message.iter().copied();
        let mut part = parts.next().unwrap_or_default();
        let mut answer = Vec::new();
        loop {
            while part.is_empty() {
                match parts.next() {
                    Some(next) => part = next,
                    None => break,
                }
            }
            let Some(left) = deadline.checked_duration_since(Instant::now()) else {
                self.stop();
                return Err(Death::TimedOut(time));
            };
            self.wait(!part.is_empty(), left);
            if !part.is_empty() {
                match self.stdin.write(part) {
                    Ok(sent) => part = part.get(sent..).unwrap_or_default(),
                    Err(e) if is_later(&e) => {}
                    // It reads no more: its answer, or its end, says why.
                    Err(_) => (part, parts) = (&[], [].iter().copied()),
                }
            }
            self.listen();
            if self.receive(&mut answer, longest)? {
                let kind = answer.first().copied().unwrap_or_default();
                answer.drain(..frame::HEAD);
                return Ok((kind, answer));
            }
        }
    }

    /// Waits until something can be read, or sent where `sending`, or the time is up.
    fn wait(&self, sending: bool, left: Duration) {
        let mut streams = vec![PollFd::new(&self.stdout, PollFlags::IN)];
        if let Some(stderr) = &self.stderr {
            streams.push(PollFd::new(stderr, PollFlags::IN));
        }
        if sending {
            streams.push(PollFd::new(&self.stdin, PollFlags::OUT));
        }
        let left = Timespec::try_from(left).ok();
        // An interruption is one more turn of the loop.
        let _ = poll(&mut streams, left.as_ref());
    }

    /// Reads what is there of the answer; whether it is whole.
    fn receive(&mut self, answer: &mut Vec<u8>, longest: u64) -> Result<bool, Death> {
        let mut chunk = [0; CHUNK];
        loop {
            match self.stdout.read(&mut chunk) {
                Ok(0) => return Err(self.ended()),
                Ok(count) => answer.extend_from_slice(chunk.get(..count).unwrap_or_default()),
                Err(e) if e.kind() == ErrorKind::WouldBlock => return Ok(false),
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Err(self.ended()),
            }
            let Some((_, length)) = frame::of_head(answer) else {
                continue;
            };
            let said = (answer.len() - frame::HEAD) as u64;
            if length > longest || said > length {
                self.stop();
                return Err(Death::Crashed("its answer makes no sense".to_owned()));
            }
            if said == length {
                return Ok(true);
            }
            answer.reserve_exact(length as usize + frame::HEAD - answer.len());
        }
    }

    /// Keeps the end of what it prints.
    fn listen(&mut self) {
        let mut chunk = [0; KEPT];
        while let Some(stderr) = &mut self.stderr {
            match stderr.read(&mut chunk) {
                Ok(0) => self.stderr = None,
                Ok(count) => {
                    self.said
                        .extend_from_slice(chunk.get(..count).unwrap_or_default());
                    let surplus = self.said.len().saturating_sub(KEPT);
                    self.said.drain(..surplus);
                }
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) if e.kind() == ErrorKind::WouldBlock => return,
                Err(_) => self.stderr = None,
            }
        }
    }

    /// Says how it ended, now that its output is closed.
    fn ended(&mut self) -> Death {
        // It is all but gone; one that has closed its output and lives on is of no use.
        for _ in 0..DYING {
            if !self.is_alive() {
                break;
            }
            std::thread::sleep(MOMENT);
        }
        self.stop();
        self.listen();
        match self.child.wait() {
            Ok(status) => Death::of(status, &String::from_utf8_lossy(&self.said), self.memory),
            Err(e) => Death::Crashed(e.to_string()),
        }
    }

    /// Ends it, if it has not ended.
    fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

fn is_later(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}
