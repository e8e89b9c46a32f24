//! What happens to a request: its id, who sends it, its limits, its method, and the answer in the dialect that
//! was asked in.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::task::TaskTracker;
use tonic::body::Body;
use tonic::codegen::http::{HeaderMap, Request, Response};
use tonic::service::Routes;
use tonic::{Code, Status};
use tower_service::Service as _;
use tracing::Instrument;

use super::auth::Tokens;
use super::body::{Inbound, Outbound};
use super::budget::{Budget, Share};
use super::call::{Clock, Ending, Measured, Method, Shape};
use super::connection::Calls;
use super::deadline::grpc_timeout;
use super::metrics::Metrics;
use super::phase::{Life, Phase};
use super::service::Service;
use super::status;
use super::trace::Tracer;
use super::web::{self, Route};
use crate::config;

/// How long a request may pause when there are many calls.
const AT_ONCE: Duration = Duration::from_millis(100);

/// The service with all that is around it.
pub(super) struct App {
    pub(super) routes: Routes,
    pub(super) service: Arc<Service>,
    pub(super) budget: Arc<Budget>,
    pub(super) tokens: Option<Arc<Tokens>>,
    pub(super) tracer: Arc<Tracer>,
    pub(super) metrics: Arc<Metrics>,
    pub(super) life: Life,
    pub(super) connections: TaskTracker,
    pub(super) timeouts: config::Timeouts,
    pub(super) message_bytes: usize,
    pub(super) http_json: bool,
}

/// How requests and errors are written.
enum Dialect {
    Grpc(Method),
    Json(Route),
}

impl Dialect {
    fn method(&self) -> Method {
        match self {
            Dialect::Grpc(method) => *method,
            Dialect::Json(route) => Method::of(route.path()),
        }
    }

    fn system(&self) -> &'static str {
        match self {
            Dialect::Grpc(_) => "grpc",
            Dialect::Json(_) => "http",
        }
    }
}

impl App {
    /// Answers a request.
    pub(super) async fn answer(self: Arc<App>, request: Request<Body>) -> Response<Body> {
        let dialect = match web::route(&request).filter(|_| self.http_json) {
            Some(route) => Dialect::Json(route),
            None if is_grpc(request.headers()) => Dialect::Grpc(Method::of(request.uri().path())),
            None => Dialect::Json(Route::Unknown),
        };
        let mut ending = self.begin(&dialect, &request);
        let limit = self.limit(ending.method, request.headers());
        let deadline = limit.map(|limit| Instant::now() + limit);
        let mut life = self.life.clone();
        let cut = async move { life.reached(Phase::Cutting).await };
        let mut cut = Box::pin(cut);
        let span = ending.span.clone();
        let answered = async {
            let request = self.admit(&mut ending, request)?;
            tokio::select! {
                answer = self.call(&dialect, request) => answer,
                () = until(deadline) => Err(status::deadline_exceeded()),
                () = &mut cut => Err(status::shutting_down()),
            }
        };
        let answered = answered.instrument(span).await;
        let mut response = match (answered, &dialect) {
            (Ok(response), _) => response,
            (Err(status), Dialect::Grpc(_)) => ending.status(&status).into_http(),
            (Err(status), Dialect::Json(_)) => web::error(&ending.status(&status)),
        };
        ending.trace.tell(response.headers_mut());
        response.map(|body| Body::new(Outbound::new(body, ending, deadline, cut)))
    }

    /// What is known of a call at its beginning.
    fn begin(&self, dialect: &Dialect, request: &Request<Body>) -> Ending {
        let (method, system) = (dialect.method(), dialect.system());
        let trace = self.tracer.begin(method.name, request.headers());
        let request_id = trace.request_id();
        let trace_id = trace.trace_id();
        let span = tracing::info_span!("request", request_id, trace_id, system, method = method.name);
        let limit = self.limit(method, request.headers());
        let idle = (method.shape == Shape::Stream).then_some(self.timeouts.stream_idle_timeout);
        let clock = Arc::new(Clock::new(limit.filter(|_| idle.is_none()), idle));
        clock.hang_up();
        let open = request.extensions().get::<Arc<Calls>>().map(|calls| calls.add(&clock));
        Ending {
            method,
            system,
            measured: Arc::new(Measured::new(trace.request_id())),
            trace,
            span,
            clock,
            metrics: Arc::clone(&self.metrics),
            token: None,
            message_bytes: self.message_bytes,
            code: Code::Cancelled,
            share: None,
            place: None,
            _open: open,
            _counted: self.metrics.call(),
        }
    }

    /// How long a call may take at all.
    fn limit(&self, method: Method, headers: &HeaderMap) -> Option<Duration> {
        let ours = (method.shape == Shape::Unary).then_some(self.timeouts.request_timeout);
        let theirs = grpc_timeout(headers);
        ours.into_iter().chain(theirs).min()
    }

    /// Lets a call in, or says why not.
    fn admit(&self, ending: &mut Ending, request: Request<Body>) -> Result<Request<Body>, Status> {
        let on_connection = request.extensions().get::<Arc<Calls>>().map_or(0, |calls| calls.open());
        self.budget.open(on_connection, self.connections.len())?;
        if let Some(tokens) = &self.tokens
            && !ending.method.is_public()
        {
            let name = tokens.check(request.headers())?;
            self.metrics.token(&name);
            ending.token = Some(name);
        }
        let silence = match ending.method.shape {
            Shape::Unary => {
                if ending.method.own {
                    ending.share = Some(Arc::new(Share::of_call(&self.budget)));
                }
                match self.budget.is_crowded() {
                    true => self.timeouts.receive_timeout.min(AT_ONCE),
                    false => self.timeouts.receive_timeout,
                }
            }
            Shape::Stream => {
                ending.place = Some(self.budget.stream()?);
                self.timeouts.stream_idle_timeout
            }
            Shape::Open => self.timeouts.stream_idle_timeout,
        };
        let share = ending.share.clone();
        let wanted = share.clone();
        let mut request = request.map(|body| Body::new(Inbound::new(body, share, silence)));
        request.extensions_mut().insert(Arc::clone(&ending.measured));
        if let Some(share) = wanted {
            request.extensions_mut().insert(share);
        }
        Ok(request)
    }

    async fn call(&self, dialect: &Dialect, request: Request<Body>) -> Result<Response<Body>, Status> {
        match dialect {
            Dialect::Json(route) => web::answer(&self.service, route, request, self.message_bytes).await,
            Dialect::Grpc(_) => {
                let answer = self.routes.clone().call(request).await;
                let mut response = answer.unwrap_or_else(|never| match never {});
                match response.extensions_mut().remove::<Status>() {
                    Some(status) if status.code() != Code::Ok => Err(status),
                    _ => Ok(response),
                }
            }
        }
    }
}

/// Whether it is gRPC, and not gRPC-Web, which is translated before it comes here.
fn is_grpc(headers: &HeaderMap) -> bool {
    let kind = headers.get("content-type").map_or(&b""[..], |kind| kind.as_bytes());
    kind.strip_prefix(b"application/grpc")
        .is_some_and(|rest| matches!(rest.first(), None | Some(b'+' | b';')))
}

async fn until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}

/// What the methods measure goes here.
pub(super) fn measured<T>(request: &tonic::Request<T>) -> Arc<Measured> {
    request.extensions().get().cloned().unwrap_or_default()
}
