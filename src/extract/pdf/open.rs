//! Opening a document: passwords, and a look at the raw bytes before anything is inflated.

use std::sync::Arc;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::config::ExtractConfig;
use crate::error::{Failure, FileError};
use crate::model::Source;

use super::preflight;

/// Opens a document with no password, then with each of the given ones.
pub fn open(source: &Source, config: &ExtractConfig) -> Result<Pdf, FileError> {
    preflight::check(&source.bytes)?;
    let data = Arc::new(source.bytes.clone());
    if source.bytes.len() as u64 > config.max_file_bytes {
        return Err(FileError::new(
            Failure::TooLarge,
            format!(
                "{} bytes, more than {}",
                source.bytes.len(),
                config.max_file_bytes
            ),
            "raise max-file-bytes, or split the file",
        ));
    }
    let passwords = std::iter::once("").chain(config.passwords.iter().map(String::as_str));
    let mut failure = LoadPdfError::Invalid;
    for password in passwords {
        match Pdf::new_with_password(Arc::clone(&data), password) {
            Ok(pdf) => return Ok(pdf),
            Err(e @ LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => failure = e,
            Err(e) => {
                failure = e;
                break;
            }
        }
    }
    Err(explain(failure, config.passwords.is_empty()))
}

fn explain(failure: LoadPdfError, no_password_given: bool) -> FileError {
    match failure {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) if no_password_given => {
            FileError::new(
                Failure::Encrypted,
                "it opens only with a password",
                "give the password with --password",
            )
        }
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => FileError::new(
            Failure::Encrypted,
            "none of the given passwords opens it",
            "ask the sender for the password",
        ),
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => FileError::new(
            Failure::Encrypted,
            "it is encrypted in a way that is not supported (a certificate, or a method that is not in the standard)",
            "ask the sender for a file without encryption",
        ),
        LoadPdfError::Decryption(_) => FileError::new(
            Failure::Corrupt,
            "it is encrypted, and what is needed to decrypt it is damaged",
            "ask the sender for the file again",
        ),
        LoadPdfError::Invalid => FileError::new(
            Failure::Corrupt,
            "no pages can be found in it",
            "ask the sender for the file again",
        ),
    }
}
