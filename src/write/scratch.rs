use std::fs;
use std::path::PathBuf;

use super::DOCUMENTS;

/// An out folder of a test's own, gone at its end.
pub(crate) struct Scratch(pub PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("torikomi-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join(DOCUMENTS)).unwrap();
        Scratch(path)
    }

    pub fn put(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Every file, by its name in the folder, and what is in it.
    pub fn all(&self) -> Vec<(String, Vec<u8>)> {
        let mut all = Vec::new();
        for (folder, prefix) in [(self.0.clone(), ""), (self.0.join(DOCUMENTS), "documents/")] {
            let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
            let files = entries.filter(|e| e.path().is_file());
            all.extend(files.map(|e| {
                let name = format!("{prefix}{}", e.file_name().display());
                (name, fs::read(e.path()).unwrap())
            }));
        }
        all.sort();
        all
    }

    pub fn names(&self) -> Vec<String> {
        self.all().into_iter().map(|(name, _)| name).collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
