use std::fmt;

/// A data file (a catalog, the marks, the header words …) that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataError {
    /// The file.
    pub file: String,
    /// 1-based line, where one is to blame.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

impl DataError {
    /// An error about a whole file.
    pub fn new(file: &str, message: impl Into<String>) -> Self {
        DataError {
            file: file.to_owned(),
            line: None,
            message: message.into(),
        }
    }

    /// An error about one line of a file.
    pub fn at(file: &str, line: usize, message: impl Into<String>) -> Self {
        DataError {
            file: file.to_owned(),
            line: Some(line),
            message: message.into(),
        }
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for DataError {}
