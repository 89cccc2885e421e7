//! What a worker takes from itself before it sees a file.

use std::io;

use rustix::process::{Pid, Resource, Rlimit, getppid, getrlimit, setrlimit};

use super::Hello;

/// Gives up all that reading sheets does not need.
///
/// - No core dumps: they would hold what the sheets say.
/// - Memory, as address space, for good.
/// - On Linux: it is killed when its parent dies; it gains no rights by running programs; as far as
///   the kernel has Landlock, no file, no TCP port and no process outside can be reached.
///
/// # Errors
/// The system refuses, or the parent is dead already.
pub(super) fn confine(hello: &Hello) -> io::Result<()> {
    limit(Resource::Core, 0, 0)?;
    allow_memory(hello.memory, hello.most_memory)?;
    #[cfg(target_os = "linux")]
    linux::confine()?;
    // Whoever is the parent now was it when the signal was set, or the signal never comes.
    match getppid().map(Pid::as_raw_nonzero) {
        Some(parent) if parent.get().cast_unsigned() == hello.parent => Ok(()),
        _ => Err(io::Error::other("the parent is gone")),
    }
}

/// Allows so many bytes of address space from now on, and never more than `most`.
///
/// # Errors
/// The system refuses.
pub(super) fn allow_memory(bytes: u64, most: u64) -> io::Result<()> {
    limit(Resource::As, bytes, most)
}

/// Sets a limit; what the system already holds lower stays.
fn limit(resource: Resource, current: u64, maximum: u64) -> io::Result<()> {
    let held = getrlimit(resource).maximum.unwrap_or(u64::MAX);
    let maximum = maximum.min(held);
    let limit = Rlimit {
        current: Some(current.min(maximum)),
        maximum: Some(maximum),
    };
    Ok(setrlimit(resource, limit)?)
}

/// Gives up the system calls that reading a file takes none of, as far as the kernel knows how. To
/// be called when all threads are started.
pub(super) fn forget_calls() {
    #[cfg(all(
        target_os = "linux",
        any(
            target_arch = "x86_64",
            target_arch = "aarch64",
            target_arch = "riscv64"
        )
    ))]
    let _ = super::calls::forget();
}

#[cfg(target_os = "linux")]
mod linux {
    use std::io;

    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetError, Scope};
    use rustix::process::{Signal, set_parent_process_death_signal};

    /// The newest rules that are asked for; an older kernel keeps those it knows.
    const KNOWN: ABI = ABI::V6;

    pub(super) fn confine() -> io::Result<()> {
        // It was started as /proc/self/exe, and would be called `exe`.
        let _ = rustix::thread::set_name(c"torikomi");
        set_parent_process_death_signal(Some(Signal::KILL))?;
        rustix::thread::set_no_new_privs(true)?;
        // A kernel, or a container around this one, that has none: the limits hold without.
        let _ = deny();
        Ok(())
    }

    /// Every access is handled and none is granted.
    fn deny() -> Result<(), RulesetError> {
        Ruleset::default()
            .handle_access(AccessFs::from_all(KNOWN))?
            .handle_access(AccessNet::from_all(KNOWN))?
            .scope(Scope::from_all(KNOWN))?
            .create()?
            .restrict_self()?;
        Ok(())
    }
}
