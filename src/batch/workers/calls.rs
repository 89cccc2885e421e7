//! Which system calls a worker keeps.

use std::collections::BTreeMap;

use seccompiler::{
    BackendError, BpfProgram, Error, SeccompAction, SeccompCmpArgLen, SeccompCmpOp,
    SeccompCondition, SeccompFilter, SeccompRule, apply_filter_all_threads,
};

/// Memory, the streams, the clock, locks between threads, and a decent end.
const KEPT: [libc::c_long; 31] = [
    libc::SYS_brk,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_close,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_fstat,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_madvise,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_nanosleep,
    libc::SYS_ppoll,
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_restart_syscall,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_set_robust_list,
    libc::SYS_sigaltstack,
    libc::SYS_rseq,
    libc::SYS_write,
    libc::SYS_writev,
];

/// Forgets all others, on all threads: they fail as not permitted.
///
/// # Errors
/// The filter cannot be made, or the system refuses it.
pub(super) fn forget() -> Result<(), Error> {
    let mut rules: BTreeMap<_, _> = KEPT.into_iter().map(|call| (call, Vec::new())).collect();
    let own = u64::from(std::process::id());
    // Signals to itself (an abort is one), and limits of itself.
    for (call, of) in [
        (libc::SYS_kill, own),
        (libc::SYS_tgkill, own),
        (libc::SYS_prlimit64, 0),
    ] {
        rules.insert(call, vec![first_is(of)?]);
    }
    let denied = SeccompAction::Errno(libc::EPERM.cast_unsigned());
    let here = std::env::consts::ARCH.try_into()?;
    let filter = SeccompFilter::new(rules, denied, SeccompAction::Allow, here)?;
    apply_filter_all_threads(&BpfProgram::try_from(filter)?)
}

/// A call whose first argument is this.
fn first_is(value: u64) -> Result<SeccompRule, BackendError> {
    let condition = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value)?;
    SeccompRule::new(vec![condition])
}
