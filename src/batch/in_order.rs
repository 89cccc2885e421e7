//! Work on many threads, results in order, memory bounded.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::RunError;

/// How many results for each thread may wait for an earlier one. Enough that a document ten times
/// slower than its neighbours stops nobody, few enough that they cost little.
const WAITING_PER_THREAD: usize = 32;

/// How many bytes of results may wait for an earlier one.
const WAITING_BYTES: usize = 64 << 20;

/// The threads of a batch.
pub(super) fn pool(jobs: Option<NonZeroUsize>) -> Result<ThreadPool, RunError> {
    ThreadPoolBuilder::new()
        .num_threads(jobs.map_or(0, NonZeroUsize::get))
        .thread_name(|i| format!("import-{i}"))
        .build()
        .map_err(|e| RunError::Usage(format!("cannot start the threads: {e}; use fewer --jobs")))
}

/// Does the jobs `0..count` on all threads of `pool` and hands their results to `sink` in order,
/// one at a time. The first error, of a job or of the sink, stops it.
///
/// A thread takes no new job while too much waits for the slowest one: see [`WAITING_BYTES`].
/// `weight` says how many bytes a result holds.
///
/// # Errors
/// That of a job or of the sink.
pub(super) fn run<T: Send, E: Send>(
    pool: &ThreadPool,
    count: usize,
    work: impl Fn(usize) -> Result<T, E> + Sync,
    weight: impl Fn(&T) -> usize + Sync,
    sink: impl FnMut(T) -> Result<(), E> + Send,
) -> Result<(), E> {
    let belt = Belt {
        count,
        limit: WAITING_PER_THREAD * pool.current_num_threads(),
        changed: Condvar::new(),
        state: Mutex::new(State {
            next: 0,
            head: 0,
            waiting: BTreeMap::new(),
            bytes: 0,
            sink: Some(sink),
            stopped: false,
            error: None,
        }),
    };
    // One loop on each thread, and nothing else to steal: a job may itself use the pool.
    pool.broadcast(|_| {
        let _guard = StopOnPanic(&belt);
        while let Some(job) = belt.take() {
            match work(job) {
                Ok(result) => belt.give(job, weight(&result), result),
                Err(error) => belt.stop(Some(error)),
            }
        }
    });
    let state = belt.state.into_inner();
    match state.unwrap_or_else(PoisonError::into_inner).error {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// What the threads share.
struct Belt<T, E, S> {
    count: usize,
    /// How many jobs may be under way or waiting.
    limit: usize,
    state: Mutex<State<T, E, S>>,
    /// Told when results were handed on, or when all is over.
    changed: Condvar,
}

struct State<T, E, S> {
    /// The next job that nobody has taken.
    next: usize,
    /// The next result to hand on.
    head: usize,
    /// Results that wait for an earlier one, each with its bytes.
    waiting: BTreeMap<usize, (usize, T)>,
    /// Bytes of those waiting or being handed on.
    bytes: usize,
    /// Not there while a thread is handing results to it.
    sink: Option<S>,
    stopped: bool,
    error: Option<E>,
}

impl<T, E, S: FnMut(T) -> Result<(), E>> Belt<T, E, S> {
    /// The next job; none when there are no more.
    ///
    /// Waiting cannot go on for ever: what waits is later than the head, so the head was taken
    /// before, and the thread that has it waits for nothing.
    fn take(&self) -> Option<usize> {
        let mut state = self.lock();
        loop {
            if state.stopped || state.next == self.count {
                return None;
            }
            if state.next < state.head + self.limit && state.bytes < WAITING_BYTES {
                state.next += 1;
                return Some(state.next - 1);
            }
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Lays a result down, and hands on all that are now in order unless another thread is at it.
    fn give(&self, job: usize, bytes: usize, result: T) {
        let mut state = self.lock();
        state.waiting.insert(job, (bytes, result));
        state.bytes += bytes;
        while !state.stopped && state.waiting.contains_key(&state.head) {
            let Some(mut sink) = state.sink.take() else {
                return;
            };
            let head = state.head;
            let ready: Vec<_> = (head..)
                .map_while(|job| state.waiting.remove(&job))
                .collect();
            drop(state);
            // The lock is free meanwhile: other threads lay down results and take jobs.
            let (count, mut bytes) = (ready.len(), 0);
            let handed = ready.into_iter().try_for_each(|(size, result)| {
                bytes += size;
                sink(result)
            });
            if let Err(error) = handed {
                return self.stop(Some(error));
            }
            state = self.lock();
            state.head += count;
            state.bytes -= bytes;
            state.sink = Some(sink);
            self.changed.notify_all();
        }
    }

    fn stop(&self, error: Option<E>) {
        let mut state = self.lock();
        state.stopped = true;
        state.error = state.error.take().or(error);
        self.changed.notify_all();
    }
}

impl<T, E, S> Belt<T, E, S> {
    fn lock(&self) -> MutexGuard<'_, State<T, E, S>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets the other threads go when one panics, so that the panic gets out instead of a deadlock.
struct StopOnPanic<'a, T, E, S>(&'a Belt<T, E, S>);

impl<T, E, S> Drop for StopOnPanic<'_, T, E, S> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lock().stopped = true;
            self.0.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn threads(n: usize) -> ThreadPool {
        pool(NonZeroUsize::new(n)).unwrap()
    }

    /// Spreads the time that jobs take, the same for each run.
    fn nap(job: usize) {
        std::thread::sleep(Duration::from_micros((job as u64 * 2_654_435_761) % 700));
    }

    #[test]
    fn results_come_in_order_whatever_the_number_of_threads() {
        for n in [1, 2, 7] {
            let mut seen = Vec::new();
            let work = |job| {
                nap(job);
                Ok::<_, ()>(job)
            };
            let sink = |job| {
                seen.push(job);
                Ok(())
            };
            run(&threads(n), 300, work, |_| 1, sink).unwrap();
            assert!(seen.iter().copied().eq(0..300), "{n} threads");
        }
    }

    #[test]
    fn a_slow_first_job_does_not_let_results_pile_up() {
        let (done, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |job| {
            if job == 0 {
                std::thread::sleep(Duration::from_millis(200));
                most.store(done.load(Ordering::SeqCst), Ordering::SeqCst);
            }
            done.fetch_add(1, Ordering::SeqCst);
            Ok::<_, ()>(job)
        };
        run(&threads(2), 10_000, work, |_| 1, |_| Ok(())).unwrap();
        let most = most.load(Ordering::SeqCst);
        assert!((1..=2 * WAITING_PER_THREAD).contains(&most), "{most}");
        assert_eq!(done.load(Ordering::SeqCst), 10_000);
    }

    #[test]
    fn large_results_wait_in_smaller_numbers() {
        let (done, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |job| {
            if job == 0 {
                std::thread::sleep(Duration::from_millis(100));
                most.store(done.load(Ordering::SeqCst), Ordering::SeqCst);
            }
            done.fetch_add(1, Ordering::SeqCst);
            Ok::<_, ()>(job)
        };
        run(&threads(2), 50, work, |_| WAITING_BYTES / 2, |_| Ok(())).unwrap();
        assert_eq!(most.load(Ordering::SeqCst), 2);
        assert_eq!(done.load(Ordering::SeqCst), 50);
    }

    #[test]
    fn the_first_error_stops_jobs_and_sink() {
        let failing_job = |job| if job == 5 { Err("job") } else { Ok(job) };
        let mut seen = 0;
        let count = |_| {
            seen += 1;
            Ok(())
        };
        let result = run(&threads(2), 100_000, failing_job, |_| 1, count);
        assert_eq!((result, seen), (Err("job"), seen.min(5)));
        let failing_sink = |job| if job == 5 { Err("sink") } else { Ok(()) };
        let result = run(&threads(2), 100_000, Ok, |_| 1, failing_sink);
        assert_eq!(result, Err("sink"));
    }

    #[test]
    fn a_panic_gets_out_instead_of_a_deadlock() {
        let work = |job| {
            if job == 3 {
                panic!("oh")
            } else {
                Ok::<_, ()>(job)
            }
        };
        let pool = threads(2);
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            run(&pool, 10_000, work, |_| 1, |_| Ok(()))
        }));
        assert!(caught.is_err());
    }
}
