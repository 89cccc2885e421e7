//! The progress bar, where somebody watches.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use torikomi::write::{DocumentStatus, Outcome};

use crate::terminal::Terminal;

/// How far a run is. Shows nothing when standard error is no terminal.
pub struct Progress {
    bar: ProgressBar,
    failed: u64,
}

impl Progress {
    pub fn new(terminal: &Terminal, quiet: bool, documents: usize) -> Self {
        let target = if quiet || !terminal.is_watched() {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr_with_hz(10)
        };
        let bar = ProgressBar::with_draw_target(Some(documents as u64), target);
        let template = "{bar:30} {pos}/{len} documents, {elapsed}{msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Progress { bar, failed: 0 }
    }

    /// One more is done.
    pub fn add(&mut self, outcome: &Outcome) {
        self.bar.inc(1);
        if outcome.status == DocumentStatus::Failed {
            self.failed += 1;
            self.bar.set_message(format!(", {} failed", self.failed));
        }
    }
}

impl Drop for Progress {
    /// The bar makes way for the summary, or for the error that ended the run.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
