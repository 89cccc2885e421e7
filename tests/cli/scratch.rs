use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A sheet of three rows.
pub const SHEET: &str = "\
セキュリティ回答書
会社名\t株式会社あおばソフト

No.\t種別\t項目\t規定内容\t単位\t回答
1\t可用性\tサービス時間\tサービスを提供する時間帯\t時間帯\t24時間365日
2\t可用性\tサービス稼働率\tサービスを利用できる確率\t%\t99.9%以上
3\tデータ管理\tバックアップの方法\tバックアップの内容\t有無\t有 日次で取得しています
";

/// A working directory of a test's own, gone at its end.
pub struct Scratch(PathBuf);

/// What a call came to.
#[derive(Debug)]
pub struct Done {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Scratch {
    pub fn new(name: &str) -> Self {
        let id = std::process::id();
        let path = std::env::temp_dir().join(format!("torikomi-cli-{name}-{id}"));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Scratch(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Puts a file there, with its folders.
    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Names of all files below a folder, sorted.
    pub fn files(&self, folder: &str) -> Vec<String> {
        fn walk(root: &Path, folder: &Path, names: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(root, &path, names);
                } else {
                    let name = path.strip_prefix(root).unwrap();
                    names.push(name.display().to_string());
                }
            }
        }
        let mut names = Vec::new();
        walk(&self.path(folder), &self.path(folder), &mut names);
        names.sort();
        names
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_torikomi"));
        command
            .current_dir(&self.0)
            .args(args)
            .env_remove("NO_COLOR");
        command
    }

    pub fn run(&self, args: &[&str]) -> Done {
        self.command(args)
            .stdin(Stdio::null())
            .output()
            .unwrap()
            .into()
    }

    pub fn run_with_input(&self, args: &[&str], input: &[u8]) -> Done {
        let mut command = self.command(args);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap().into()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        Done {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The outcome of an input in `run.json`.
pub fn outcome<'a>(run: &'a Value, path: &str) -> &'a Value {
    let documents = run["documents"].as_array().unwrap();
    let found = documents.iter().find(|d| d["path"] == path);
    found.unwrap_or_else(|| panic!("{path} is not in run.json"))
}
