use std::fs;
use std::path::PathBuf;

use super::*;

/// A folder of its own for a test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("torikomi-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn put(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// What was found, with the folder's own path left out.
    fn report(&self, entries: &[Entry]) -> Vec<String> {
        let own = format!("{}/", shown(&self.0));
        let short = |s: &str| s.replace(&own, "").replace(own.trim_end_matches('/'), ".");
        let one = |entry: &Entry| match entry {
            Entry::File(found) => short(&found.shown),
            Entry::Skipped { shown, reason } => {
                format!("{}: skipped, {}", short(shown), short(&reason.to_string()))
            }
            Entry::Failed { shown, error } => {
                format!("{}: failed, {}", short(shown), error.message)
            }
        };
        entries.iter().map(one).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_folder_is_walked_by_name_and_what_is_no_document_is_told() {
    let folder = Folder::new("walk");
    for name in [
        "b.txt",
        "a/2.csv",
        "a/10.csv",
        "a-b.txt",
        "Z.txt",
        "いろは.tsv",
        ".hidden",
        ".git/config",
        "~$b.xlsx",
        "Thumbs.db",
        "a/desktop.ini",
        "deep/er/c.txt",
    ] {
        folder.put(name, "x");
    }
    let found = discover(std::slice::from_ref(&folder.0), None).unwrap();
    assert_eq!(
        folder.report(&found),
        [
            ".git: skipped, hidden (name it to import it)",
            ".hidden: skipped, hidden (name it to import it)",
            "Thumbs.db: skipped, a system file",
            "Z.txt",
            "a/10.csv",
            "a/2.csv",
            "a/desktop.ini: skipped, a system file",
            "a-b.txt",
            "b.txt",
            "deep/er/c.txt",
            "~$b.xlsx: skipped, an Office lock file; the file it belongs to was open",
            "いろは.tsv",
        ]
    );
}

#[test]
fn what_the_user_names_is_taken_whatever_it_is_called() {
    let folder = Folder::new("named");
    let hidden = folder.put(".hidden.txt", "x");
    let lock = folder.put("~$a.xlsx", "x");
    let gone = folder.0.join("gone.txt");
    let found = discover(&[lock, gone, hidden], None).unwrap();
    assert_eq!(
        folder.report(&found),
        [
            "~$a.xlsx",
            "gone.txt: failed, no such file or folder, or a link to nothing",
            ".hidden.txt",
        ]
    );
}

#[test]
fn a_file_reached_twice_is_taken_the_first_time() {
    let folder = Folder::new("twice");
    let file = folder.put("sub/a.txt", "x");
    folder.put("sub/b.txt", "x");
    let detour = folder.0.join("sub/../sub/b.txt");
    let found = discover(&[file, folder.0.clone(), detour], None).unwrap();
    assert_eq!(
        folder.report(&found),
        [
            "sub/a.txt",
            "sub/a.txt: skipped, the same file as sub/a.txt",
            "sub/b.txt",
            "sub/../sub/b.txt: skipped, the same file as sub/b.txt",
        ]
    );
}

#[test]
fn a_folder_without_files_is_an_error_only_when_nothing_else_is_there() {
    let empty = Folder::new("empty");
    fs::create_dir(empty.0.join("inner")).unwrap();
    empty.put(".hidden", "x");
    let Err(RunError::Usage(message)) = discover(std::slice::from_ref(&empty.0), None) else {
        panic!("an empty folder was imported");
    };
    assert!(message.contains(&shown(&empty.0)), "{message}");
    assert!(message.contains("no file to import (1 hidden"), "{message}");
    assert!(matches!(discover(&[], None), Err(RunError::Usage(_))));

    let other = Folder::new("filled");
    let file = other.put("a.txt", "x");
    let found = discover(&[empty.0.clone(), file], None).unwrap();
    assert_eq!(
        empty.report(&found)[1],
        ".: skipped, a folder without any file to import"
    );
    // A path that does not exist is an outcome, not a silent nothing.
    let gone = discover(&[empty.0.join("gone")], None).unwrap();
    assert!(matches!(gone.as_slice(), [Entry::Failed { error, .. }]
        if error.reason == Failure::Unreadable));
}

#[test]
fn the_output_folder_is_not_read_back() {
    let folder = Folder::new("own-output");
    folder.put("a.txt", "x");
    folder.put("out/documents/a.txt.json", "{}");
    let found = discover(std::slice::from_ref(&folder.0), Some(&folder.0.join("out"))).unwrap();
    assert_eq!(
        folder.report(&found),
        ["a.txt", "out: skipped, the folder this run writes to"]
    );
}

#[cfg(unix)]
#[test]
fn links_pipes_and_devices_cannot_hold_up_a_run() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    let folder = Folder::new("odd");
    let file = folder.put("sub/a.txt", "x");
    symlink(&folder.0, folder.0.join("sub/up")).unwrap();
    symlink(&file, folder.0.join("link.txt")).unwrap();
    symlink(folder.0.join("nowhere"), folder.0.join("broken.txt")).unwrap();
    symlink("/dev/zero", folder.0.join("zero.txt")).unwrap();
    let _socket = UnixListener::bind(folder.0.join("socket.txt")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(folder.0.join("pipe.txt"))
        .status();
    let has_pipe = made.is_ok_and(|s| s.success());
    let found = discover(std::slice::from_ref(&folder.0), None).unwrap();
    let mut wanted = vec![
        "broken.txt: failed, no such file or folder, or a link to nothing",
        "link.txt",
        "pipe.txt: skipped, a pipe (FIFO), not a file",
        "socket.txt: skipped, a socket, not a file",
        "sub/a.txt: skipped, the same file as link.txt",
        "sub/up: skipped, a link back to .",
        "zero.txt: skipped, a device, not a file",
    ];
    if !has_pipe {
        wanted.retain(|w| !w.starts_with("pipe"));
    }
    assert_eq!(folder.report(&found), wanted);
    // Named or not, a pipe is never opened.
    let odd = Found {
        path: PathBuf::from("/dev/zero"),
        shown: "/dev/zero".to_owned(),
    };
    assert_eq!(read(&odd, 1 << 20).unwrap_err().reason, Failure::Unreadable);
    let named = discover(&[PathBuf::from("/dev/null")], None).unwrap();
    assert!(matches!(named.as_slice(), [Entry::Failed { .. }]));
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_fails_by_name() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("locked");
    let file = folder.put("a.txt", "x");
    folder.put("sub/b.txt", "x");
    let sub = folder.0.join("sub");
    let allow = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(&file, 0);
    allow(&sub, 0);
    if fs::File::open(&file).is_ok() {
        return; // root may read everything
    }
    let found = discover(std::slice::from_ref(&folder.0), None).unwrap();
    let denied = read(&Found::new(file), 10).unwrap_err();
    allow(&sub, 0o755);
    assert_eq!(denied.reason, Failure::Unreadable);
    assert_eq!(
        folder.report(&found),
        ["a.txt", "sub: failed, no permission to read it"]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_unicode_is_read_and_shown_with_a_mark() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new("name");
    // The CP932 bytes of 表, as an old archive leaves them.
    let path = folder.0.join(std::ffi::OsStr::from_bytes(b"\x95\\.csv"));
    fs::write(&path, "a,b").unwrap();
    let found = discover(std::slice::from_ref(&folder.0), None).unwrap();
    let [Entry::File(file)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert!(file.shown.ends_with("/\u{FFFD}\\.csv"), "{}", file.shown);
    assert_eq!(read(file, 10).unwrap().bytes, b"a,b");
}

#[test]
fn reading_stops_at_the_limit_and_names_what_is_wrong() {
    let folder = Folder::new("read");
    let found = |path: PathBuf| Found::new(path);
    let file = found(folder.put("a.txt", "12345"));
    assert_eq!(read(&file, 5).unwrap().bytes, b"12345");
    assert_eq!(read(&file, 4).unwrap_err().reason, Failure::TooLarge);
    let gone = read(&found(folder.0.join("b.txt")), 5).unwrap_err();
    assert_eq!(gone.reason, Failure::Unreadable);
    let inside_file = read(&found(folder.0.join("a.txt/b.txt")), 5).unwrap_err();
    assert_eq!(inside_file.reason, Failure::Unreadable);
    let folder_itself = read(&found(folder.0.clone()), 5).unwrap_err();
    assert_eq!(folder_itself.reason, Failure::Unreadable);
}

#[test]
fn lists_of_paths_are_lines_or_nul_separated() {
    let list = |bytes: &[u8]| {
        let paths = file_list(bytes, "list").unwrap();
        paths.iter().map(|p| shown(p)).collect::<Vec<_>>()
    };
    assert_eq!(list(b""), [""; 0]);
    assert_eq!(
        list(b"a.txt\r\n\n  \nb c.txt\n#d"),
        ["a.txt", "b c.txt", "#d"]
    );
    assert_eq!(list("\u{FEFF}表.txt".as_bytes()), ["表.txt"]);
    assert_eq!(list(b"a\nb.txt\0c.txt\0"), ["a\nb.txt", "c.txt"]);
}
