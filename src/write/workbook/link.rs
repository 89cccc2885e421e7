//! Links from the workbook to the sheets that were imported.

use std::path::{Component, Path, PathBuf};

/// Longest link, in characters: Excel takes 2,080.
const MOST: usize = 2_000;

/// From where links lead.
#[derive(Debug)]
pub(super) struct Links {
    /// The folder of the workbook, from the root on; none when that cannot be told.
    folder: Option<PathBuf>,
}

impl Links {
    /// From a workbook in `folder`.
    pub(super) fn from(folder: &Path) -> Self {
        Links {
            folder: absolute(folder),
        }
    }

    /// The link to an input, relative to the workbook; none where no link can be trusted to open
    /// it: the file is not there under that name, is on another drive, or has characters in its
    /// path that programs read differently in links.
    pub(super) fn to(&self, input: &str) -> Option<String> {
        let folder = self.folder.as_deref()?;
        let target = absolute(Path::new(input))?;
        let link = relative(folder, &target)?;
        let read_differently = |c: char| c.is_control() || matches!(c, '#' | '%' | '\\' | ':');
        let is_plain = !link.contains(read_differently) && link.chars().count() <= MOST;
        // The second may differ from the first where a folder on the way is a link.
        let opens = target.is_file() && folder.join(&link).is_file();
        (is_plain && opens).then(|| format!("file:///{link}"))
    }
}

/// From the root on, without `.` and `..`.
fn absolute(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in std::path::absolute(path).ok()?.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    Some(plain)
}

/// The way from a folder to a file, with `/`; none between drives.
fn relative(folder: &Path, file: &Path) -> Option<String> {
    let (mut from, mut to) = (folder.components().peekable(), file.components().peekable());
    if from.peek() != to.peek() {
        return None;
    }
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.map(|_| Some(".."));
    let down = to.map(|part| part.as_os_str().to_str());
    let parts: Vec<&str> = up.chain(down).collect::<Option<_>>()?;
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::super::super::scratch::Scratch;
    use super::*;

    #[test]
    fn a_file_is_reached_from_the_folder() {
        for (folder, file, link) in [
            ("/a/out", "/a/in/x.csv", Some("../in/x.csv")),
            ("/a/out", "/a/out/x.csv", Some("x.csv")),
            ("/", "/x.csv", Some("x.csv")),
            ("/a/b/c", "/d/x y.csv", Some("../../../d/x y.csv")),
            ("a", "/x.csv", None),
        ] {
            let found = relative(Path::new(folder), Path::new(file));
            assert_eq!(found.as_deref(), link, "{folder} {file}");
        }
    }

    #[test]
    fn only_what_opens_is_linked() {
        let scratch = Scratch::new("links");
        for name in ["回答 1.csv", "a#b.csv", "100%.csv"] {
            scratch.put(name, "");
        }
        let at = |name: &str| scratch.0.join(name).display().to_string();
        let links = Links::from(&scratch.0.join("documents"));
        let link = links.to(&at("documents/../回答 1.csv"));
        assert_eq!(link.as_deref(), Some("file:///../回答 1.csv"));
        for name in ["gone.csv", "a#b.csv", "100%.csv", "documents"] {
            assert_eq!(links.to(&at(name)), None, "{name}");
        }
    }
}
