//! Who reads documents: threads of their own, in two lanes, so that no large document delays a small one.
//!
//! Small documents of single calls take the quick lane, with a place per worker; large ones and those of streams
//! take the other, with half as many, whose threads let others go first. Both may be full at once: then the
//! processors are shared, and small documents get most of them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tonic::Status;
use tracing::Span;

use super::metrics::Metrics;
use super::patient::Patient;
use super::status;
use crate::config::threads;

/// The length of text from which on a document is large: some ten times a usual article.
const LARGE: usize = 64 << 10;

/// Where a document waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    /// Somebody waits for a short answer.
    Quick,
    /// Long work, or work that waits for its turn anyway.
    Bulk,
}

impl Lane {
    /// The lane of a call of its own with so many bytes of text.
    pub(super) fn of(bytes: usize) -> Lane {
        if bytes < LARGE { Lane::Quick } else { Lane::Bulk }
    }
}

#[derive(Clone)]
pub(super) struct Readers {
    quick: Arc<Semaphore>,
    bulk: Arc<Semaphore>,
    patient: Patient,
    metrics: Arc<Metrics>,
}

/// Leave to read one document.
pub(super) struct Place(Lane, #[allow(dead_code, reason = "it is given back on drop")] OwnedSemaphorePermit);

/// Asked again and again by the work whether somebody still waits for it.
pub(super) struct Wanted(Arc<AtomicBool>);

impl Wanted {
    pub(super) fn still(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Held by whoever waits; says on drop that nobody does any more.
struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Readers {
    pub(super) fn new(workers: usize, metrics: Arc<Metrics>) -> Readers {
        let quick = Arc::new(Semaphore::new(workers));
        let most = bulk(workers);
        let bulk = Arc::new(Semaphore::new(most));
        Readers { quick, bulk, patient: Patient::new(most), metrics }
    }

    /// Does the work on a thread where it may take long. Dropping the future tells it to stop.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        place: Place,
        work: impl FnOnce(&Wanted) -> T + Send + 'static,
    ) -> Result<T, Status> {
        let wanted = Arc::new(AtomicBool::new(true));
        let waiting = Waiting(Arc::clone(&wanted));
        let span = Span::current();
        let metrics = Arc::clone(&self.metrics);
        let lane = place.0;
        let work = move || {
            let _place = place;
            let _reading = metrics.reading();
            span.in_scope(|| work(&Wanted(wanted)))
        };
        let done = match lane {
            Lane::Quick => tokio::task::spawn_blocking(work).await.ok(),
            Lane::Bulk => self.patient.run(work).await,
        };
        let done = done.ok_or_else(|| {
            tracing::error!("reading a document failed");
            status::internal()
        });
        drop(waiting);
        done
    }

    /// Waits for a place in a lane.
    pub(super) async fn place(&self, lane: Lane) -> Result<Place, Status> {
        let places = match lane {
            Lane::Quick => &self.quick,
            Lane::Bulk => &self.bulk,
        };
        Arc::clone(places)
            .acquire_owned()
            .await
            .map(|place| Place(lane, place))
            .map_err(|_| status::shutting_down())
    }
}

/// Does work on so many bytes without holding up the other calls of this thread.
pub(super) fn aside<T>(bytes: usize, work: impl FnOnce() -> T) -> T {
    if is_large(bytes) { tokio::task::block_in_place(work) } else { work() }
}

/// As `aside`, and lets others go first; nothing if the work panics.
pub(super) fn patiently<T: Send + 'static>(
    bytes: usize,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    /// Apart from the threads that read, so that no answer waits for the reading of another document.
    static WRITERS: LazyLock<Patient> = LazyLock::new(|| Patient::new(bulk(threads(0))));
    if !is_large(bytes) {
        return Some(work());
    }
    tokio::task::block_in_place(|| WRITERS.run_blocking(work))
}

/// Whether work on so many bytes would hold up other calls of this thread, and the thread may wait.
pub(super) fn is_large(bytes: usize) -> bool {
    use tokio::runtime::{Handle, RuntimeFlavor};
    bytes >= LARGE && Handle::try_current().is_ok_and(|h| h.runtime_flavor() == RuntimeFlavor::MultiThread)
}

/// How many threads do long work beside so many that do short work.
fn bulk(workers: usize) -> usize {
    (workers / 2).max(1)
}
