//! How much may be under way at once. What is beyond is turned away at once and told when to come again; there
//! is no queue without end.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tonic::Status;

use super::metrics::Metrics;
use super::status;
use crate::config;

/// When those who are turned away may come again.
const RETRY_AFTER: Duration = Duration::from_millis(500);

#[derive(Debug)]
pub(super) struct Budget {
    most_open: usize,
    calls: Arc<Semaphore>,
    streams: Arc<Semaphore>,
    bytes: Arc<Semaphore>,
    metrics: Arc<Metrics>,
}

impl Budget {
    pub(super) fn new(limits: &config::Limits, metrics: Arc<Metrics>) -> Budget {
        let places = |n: usize| Arc::new(Semaphore::new(n.min(Semaphore::MAX_PERMITS)));
        Budget {
            most_open: limits.max_open_calls as usize,
            calls: places(limits.max_calls as usize),
            streams: places(limits.max_streams as usize),
            bytes: places(limits.max_bytes_in_flight),
            metrics,
        }
    }

    /// Lets a call begin. Half of the places are for whoever comes; the rest is shared out among connections, so
    /// that none, nor many together, keep the others out.
    pub(super) fn open(&self, on_connection: usize, connections: usize) -> Result<(), Status> {
        let share = self.most_open / 2 / connections.max(1);
        if self.is_crowded() && on_connection > share.max(1) {
            return Err(self.shed("open_calls", "open calls"));
        }
        Ok(())
    }

    /// Whether so many calls are open that none may dawdle.
    pub(super) fn is_crowded(&self) -> bool {
        self.metrics.open_calls() > self.most_open / 2
    }

    /// A place for a call whose request has arrived.
    fn call(&self) -> Result<OwnedSemaphorePermit, Status> {
        Arc::clone(&self.calls).try_acquire_owned().map_err(|_| self.shed("calls", "calls"))
    }

    /// A place for an open stream.
    pub(super) fn stream(&self) -> Result<OwnedSemaphorePermit, Status> {
        Arc::clone(&self.streams).try_acquire_owned().map_err(|_| self.shed("streams", "open streams"))
    }

    /// So many bytes of a request or an answer.
    pub(super) fn bytes(&self, count: usize) -> Result<OwnedSemaphorePermit, Status> {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let places = Arc::clone(&self.bytes).try_acquire_many_owned(count);
        places.map_err(|_| self.shed("bytes", "bytes of requests and answers"))
    }

    fn shed(&self, reason: &'static str, what: &str) -> Status {
        self.metrics.shed(reason);
        let message = format!("too many {what} under way; try again after a while, or another server");
        status::busy(message, RETRY_AFTER)
    }
}

/// What one call takes of the budget: the bytes that have arrived and, once they are complete, a place among the
/// calls. Given back when the call is over.
#[derive(Debug)]
pub(super) struct Share {
    budget: Arc<Budget>,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    bytes: Option<OwnedSemaphorePermit>,
    place: Option<OwnedSemaphorePermit>,
}

impl Share {
    /// Of a call whose request is yet to arrive.
    pub(super) fn of_call(budget: &Arc<Budget>) -> Share {
        Share { budget: Arc::clone(budget), held: Mutex::default() }
    }

    /// So many bytes more have arrived, or are to be sent.
    pub(super) fn take(&self, count: usize) -> Result<(), Status> {
        let more = self.budget.bytes(count)?;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut held.bytes {
            Some(bytes) => bytes.merge(more),
            none => *none = Some(more),
        }
        Ok(())
    }

    /// The request is complete. A call that is still arriving takes no place, or those who never finish would
    /// keep out those who do.
    pub(super) fn complete(&self) -> Result<(), Status> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.place.is_none() {
            held.place = Some(self.budget.call()?);
        }
        Ok(())
    }
}
