//! Threads for long work, which the kernel runs when nobody else wants to.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::oneshot;

/// How far they stand back: a quarter of the time of a processor that one other thread wants as well.
#[cfg(target_os = "linux")]
const NICE: i32 = 5;

type Job = Box<dyn FnOnce() + Send>;

/// A fixed number of threads. They end when nobody can give them work any more.
#[derive(Clone)]
pub(super) struct Patient {
    jobs: Sender<Job>,
}

impl Patient {
    pub(super) fn new(threads: usize) -> Patient {
        let (jobs, waiting) = channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..threads {
            let waiting = Arc::clone(&waiting);
            let started = thread::Builder::new().name("patient".to_owned()).spawn(move || work(&waiting));
            if let Err(error) = started {
                tracing::error!(%error, "a thread did not start");
            }
        }
        Patient { jobs }
    }

    /// Does work on one of the threads; nothing if it panics.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        self.start(work)?.await.ok()
    }

    /// As `run`, for a thread that may block.
    pub(super) fn run_blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        self.start(work)?.blocking_recv().ok()
    }

    fn start<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<oneshot::Receiver<T>> {
        let (sender, done) = oneshot::channel();
        let job = Box::new(move || {
            // Whoever waits may be gone.
            let _ = sender.send(work());
        });
        self.jobs.send(job).ok().map(|()| done)
    }
}

fn work(waiting: &Mutex<Receiver<Job>>) {
    stand_back();
    loop {
        let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        // A job that panics is told by the silence of its channel, and costs no thread.
        let _ = catch_unwind(AssertUnwindSafe(job));
    }
}

/// On Linux this goes for the thread alone. Where it may not be done, all are equal.
fn stand_back() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(NICE);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_job_that_panics_costs_no_thread() {
        let patient = Patient::new(1);
        assert_eq!(patient.run(|| panic!("on purpose")).await, None::<()>);
        assert_eq!(patient.run(|| 5).await, Some(5));
    }
}
