//! A progress bar on standard error, for work that takes long enough to wonder.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressStyle};

const PATIENCE: Duration = Duration::from_secs(1);

/// Shows how far the work is. Silent unless standard error is a terminal and standard output is not: else the
/// results themselves scroll by.
pub struct Progress {
    size: Option<u64>,
    started: Instant,
    wanted: bool,
    bar: Option<ProgressBar>,
    documents: u64,
    bytes: u64,
}

impl Progress {
    /// Progress through an input of so many bytes, if that is known.
    pub fn new(size: Option<u64>) -> Progress {
        let wanted = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        Progress { size, started: Instant::now(), wanted, bar: None, documents: 0, bytes: 0 }
    }

    /// So much more is done.
    pub fn add(&mut self, documents: u64, bytes: u64) {
        self.documents += documents;
        self.bytes += bytes;
        if self.bar.is_none() && self.wanted && self.started.elapsed() > PATIENCE {
            self.bar = Some(bar(self.size, self.started.elapsed()));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.bytes);
            bar.set_message(format!("{} documents", HumanCount(self.documents)));
        }
    }

    /// Takes the bar away while something else is written to standard error.
    pub fn hide_while(&self, write: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(size: Option<u64>, elapsed: Duration) -> ProgressBar {
    let (bar, template) = match size {
        Some(size) => {
            (ProgressBar::new(size), "{wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta} left, {msg}")
        }
        None => (ProgressBar::new_spinner(), "{spinner} {bytes} {bytes_per_sec} {elapsed}, {msg}"),
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.with_style(style).with_elapsed(elapsed)
}
