use std::io::{self, Read, Write};

use super::{Hello, Task, confine, fault, frame, json};
use crate::batch::isolate::isolated;
use crate::error::FileError;
use crate::model::Source;
use crate::pipeline::Engine;
use crate::write::document_json;

/// Works for the process at the other end of the streams, until it closes them. For a program that
/// calls nothing else, at its start: the process gives up files, memory and more.
///
/// # Errors
/// A stream breaks off, what is said on it makes no sense, or the system lets no limit be set.
pub fn serve(mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    let Some((frame::HELLO, hello)) = frame::read(&mut input)? else {
        return Err(nonsense());
    };
    let hello: Hello = serde_json::from_slice(&hello).map_err(|_| nonsense())?;
    let most_memory = hello.most_memory;
    let engine = match load(hello) {
        Ok(engine) => engine,
        Err(why) => return say(&mut output, frame::REFUSED, why.as_bytes()),
    };
    say(&mut output, frame::READY, &[])?;
    while let Some((kind, task)) = frame::read(&mut input)? {
        let task: Task = serde_json::from_slice(&task).map_err(|_| nonsense())?;
        confine::allow_memory(task.memory, most_memory)?;
        let (frame::TASK, Some((frame::BYTES, bytes))) = (kind, frame::read(&mut input)?) else {
            return Err(nonsense());
        };
        let source = Source {
            path: task.path,
            bytes,
        };
        match isolated(|| import(&engine, &source, task.attempt)) {
            Ok(document) => say(&mut output, frame::DOCUMENT, &document)?,
            Err(error) => say(&mut output, frame::FAILED, &json(&error))?,
        }
    }
    Ok(())
}

/// Gives up what is not needed, then builds the engine; or says why that cannot be.
fn load(hello: Hello) -> Result<Engine, String> {
    confine::confine(&hello).map_err(|e| format!("it cannot be confined: {e}"))?;
    // With this thread in the pool a worker has no threads, and no memory set aside for them,
    // unless it was given some.
    rayon::ThreadPoolBuilder::new()
        .num_threads(hello.threads.max(1))
        .use_current_thread()
        .build_global()
        .map_err(|e| format!("its threads cannot be started: {e}"))?;
    confine::forget_calls();
    Engine::load(hello.snapshot).map_err(|e| e.to_string())
}

fn import(engine: &Engine, source: &Source, attempt: u32) -> Result<Vec<u8>, FileError> {
    fault::provoke(&source.path, attempt);
    Ok(document_json(&engine.import(source)?))
}

fn say(output: &mut impl Write, kind: u8, content: &[u8]) -> io::Result<()> {
    output.write_all(&frame::head(kind, content.len()))?;
    output.write_all(content)?;
    output.flush()
}

fn nonsense() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        "a worker is started by an import, not by hand",
    )
}
