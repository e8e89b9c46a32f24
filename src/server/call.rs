//! One call from its first header to its last byte: what is known of it, when it is over, and what is written
//! down of it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use tokio::sync::OwnedSemaphorePermit;
use tonic::codegen::http::HeaderMap;
use tonic::{Code, Status};
use tracing::Span;

use super::budget::Share;
use super::connection::OpenCall;
use super::metrics::{Counted, Metrics};
use super::status;
use super::trace::Trace;

/// How often a call is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// How long after its end a call may stay open because its client does not read.
const GRACE: Duration = Duration::from_secs(2);

/// What kind of call a method makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One message in, one out, in limited time.
    Unary,
    /// Many messages both ways, as long as something moves.
    Stream,
    /// Many messages, or one after a long time: health and reflection.
    Open,
}

/// A method, by the name that metrics, traces and logs call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Method {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    /// Whether it is one of the service's own, and not of health or reflection.
    pub(super) own: bool,
}

impl Method {
    /// The method of a path. What is not known has one name, so that nobody can make us count without end.
    pub(super) fn of(path: &str) -> Method {
        let (name, shape, own) = match path {
            "/factfigures.v1.FactFigureService/ExtractFigures" => {
                ("factfigures.v1.FactFigureService/ExtractFigures", Shape::Unary, true)
            }
            "/factfigures.v1.FactFigureService/StreamExtractFigures" => {
                ("factfigures.v1.FactFigureService/StreamExtractFigures", Shape::Stream, true)
            }
            "/factfigures.v1.FactFigureService/CrossCheckFigures" => {
                ("factfigures.v1.FactFigureService/CrossCheckFigures", Shape::Unary, true)
            }
            "/factfigures.v1.FactFigureService/ListUnits" => {
                ("factfigures.v1.FactFigureService/ListUnits", Shape::Unary, true)
            }
            "/grpc.health.v1.Health/Check" => ("grpc.health.v1.Health/Check", Shape::Unary, false),
            "/grpc.health.v1.Health/Watch" => ("grpc.health.v1.Health/Watch", Shape::Open, false),
            "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo" => {
                ("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", Shape::Open, false)
            }
            "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo" => {
                ("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", Shape::Open, false)
            }
            _ => ("_OTHER", Shape::Unary, false),
        };
        Method { name, shape, own }
    }

    /// Whether it is answered to anybody: load balancers ask for health without credentials.
    pub(super) fn is_public(self) -> bool {
        self.name.starts_with("grpc.health.v1.Health/")
    }
}

/// Tells when a call has been open for too long.
#[derive(Debug)]
pub(super) struct Clock {
    started: Instant,
    /// How long nothing may move; only of streams.
    idle: Option<Duration>,
    /// Milliseconds from the start to when it is stuck.
    stuck_at: AtomicU64,
}

impl Clock {
    /// Of a call that has to be over in so long, or in which nothing may stand still for so long.
    pub(super) fn new(limit: Option<Duration>, idle: Option<Duration>) -> Clock {
        let clock = Clock { started: Instant::now(), idle, stuck_at: AtomicU64::new(u64::MAX) };
        if let Some(limit) = limit.or(idle) {
            clock.stuck_after(limit);
        }
        clock
    }

    /// Lets the task that runs the call look at the clock.
    pub(super) fn hang_up(self: &Arc<Clock>) {
        let _ = CLOCK.try_with(|clock| clock.set(Arc::clone(self)));
    }

    /// Something moved.
    pub(super) fn moved(&self) {
        if let Some(idle) = self.idle {
            self.stuck_after(self.started.elapsed() + idle);
        }
    }

    pub(super) fn is_stuck(&self) -> bool {
        self.started.elapsed().as_millis() as u64 > self.stuck_at.load(Ordering::Relaxed)
    }

    fn stuck_after(&self, time: Duration) {
        let at = time.saturating_add(GRACE).as_millis();
        self.stuck_at.store(u64::try_from(at).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

tokio::task_local! {
    /// The clock of the call that the task is for.
    static CLOCK: Arc<OnceLock<Arc<Clock>>>;
}

/// Runs each call of an HTTP/2 connection on a task of its own, and drops it when it is stuck: that resets its stream
/// and no other. hyper does not ask for more of an answer that its client does not take, so no limit within would
/// be heard.
#[derive(Clone, Debug)]
pub(super) struct Watched;

impl<F: Future<Output = ()> + Send + 'static> hyper::rt::Executor<F> for Watched {
    fn execute(&self, call: F) {
        let clock = Arc::<OnceLock<Arc<Clock>>>::default();
        let watched = CLOCK.scope(Arc::clone(&clock), async move {
            let mut call = std::pin::pin!(call);
            while tokio::time::timeout(LOOK, call.as_mut()).await.is_err() {
                if clock.get().is_some_and(|clock| clock.is_stuck()) {
                    return;
                }
            }
        });
        tokio::spawn(watched);
    }
}

/// What the methods know of their call, and tell of their work; a request carries it to them.
#[derive(Debug, Default)]
pub(super) struct Measured {
    request_id: String,
    bytes: AtomicU64,
    figures: AtomicU64,
    documents: AtomicU64,
}

impl Measured {
    pub(super) fn new(request_id: &str) -> Measured {
        Measured { request_id: request_id.to_owned(), ..Default::default() }
    }

    pub(super) fn request_id(&self) -> &str {
        &self.request_id
    }

    pub(super) fn add(&self, bytes: usize, figures: usize) {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        self.figures.fetch_add(figures as u64, Ordering::Relaxed);
        self.documents.fetch_add(1, Ordering::Relaxed);
    }
}

/// Writes a call down when it ends, also if the client goes away before: then at drop, as CANCELLED.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) method: Method,
    /// "grpc", or "http" for JSON.
    pub(super) system: &'static str,
    pub(super) trace: Trace,
    pub(super) span: Span,
    pub(super) clock: Arc<Clock>,
    pub(super) measured: Arc<Measured>,
    pub(super) metrics: Arc<Metrics>,
    pub(super) token: Option<Arc<str>>,
    pub(super) message_bytes: usize,
    /// How the call ended, as far as is known.
    pub(super) code: Code,
    /// What the call holds of what all calls share.
    pub(super) share: Option<Arc<Share>>,
    pub(super) place: Option<OwnedSemaphorePermit>,
    pub(super) _open: Option<OpenCall>,
    pub(super) _counted: Counted,
}

impl Ending {
    /// Something of the answer moved.
    pub(super) fn moved(&self) {
        self.clock.moved();
    }

    /// The whole answer was handed over.
    pub(super) fn complete(&mut self) {
        if self.code == Code::Cancelled {
            self.code = Code::Ok;
        }
    }

    /// The status as it is sent: in the words of the contract, with the request's id.
    pub(super) fn status(&mut self, status: &Status) -> Status {
        let status = status::restated(status.clone(), self.message_bytes);
        self.code = status.code();
        status::with_request_id(&status, self.trace.request_id())
    }

    /// The trailers that end an answer with a status of ours.
    pub(super) fn trailers(&mut self, status: &Status) -> HeaderMap {
        let status = self.status(status);
        let mut trailers = HeaderMap::new();
        if status.add_header(&mut trailers).is_err() {
            trailers.insert(Status::GRPC_STATUS, (Code::Internal as i32).into());
        }
        trailers
    }

    /// The trailers that the method ended its answer with, as they are sent.
    pub(super) fn told(&mut self, trailers: HeaderMap) -> HeaderMap {
        match Status::from_header_map(&trailers) {
            Some(status) if status.code() != Code::Ok => self.trailers(&status),
            _ => {
                self.code = Code::Ok;
                trailers
            }
        }
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        let took = self.clock.started.elapsed();
        let (method, code) = (self.method.name, self.code);
        self.metrics.call_ended(self.system, method, code, took);
        self.trace.end(self.system, method, code);
        let duration_ms = (took.as_secs_f64() * 1e5).round() / 100.0;
        let count = |n: &AtomicU64| Some(n.load(Ordering::Relaxed)).filter(|_| self.method.own);
        let bytes = count(&self.measured.bytes);
        let figures = count(&self.measured.figures);
        let documents = count(&self.measured.documents);
        let token = self.token.as_deref();
        let code = status::name(code);
        let _entered = self.span.enter();
        // Probes and reflection come by the thousand and say nothing.
        if self.method.own {
            tracing::info!(code, duration_ms, documents, bytes, figures, token, "call");
        } else {
            tracing::debug!(code, duration_ms, token, "call");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_of_a_stream_starts_anew_when_something_moves() {
        let long = Clock::new(Some(Duration::from_secs(30)), None);
        assert!(!long.is_stuck());
        let open = Clock::new(None, None);
        assert_eq!(open.stuck_at.load(Ordering::Relaxed), u64::MAX);
        let stream = Clock::new(None, Some(Duration::from_secs(10)));
        stream.stuck_at.store(0, Ordering::Relaxed);
        std::thread::sleep(Duration::from_millis(2));
        assert!(stream.is_stuck());
        stream.moved();
        assert!(!stream.is_stuck());
    }

    #[test]
    fn unknown_methods_have_one_name() {
        assert_eq!(Method::of("/x/y").name, "_OTHER");
        let extract = Method::of("/factfigures.v1.FactFigureService/ExtractFigures");
        assert!(extract.own && !extract.is_public() && extract.shape == Shape::Unary);
        assert!(Method::of("/grpc.health.v1.Health/Watch").is_public());
    }
}
