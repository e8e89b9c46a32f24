//! Pages in browsers: gRPC-Web is translated, and origins that may call are told so (CORS).

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tonic::body::Body;
use tonic::codegen::http::header::ORIGIN;
use tonic::codegen::http::{HeaderName, HeaderValue, Method, Request, Response};
use tonic_web::GrpcWebLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_layer::Layer;
use tower_service::Service;

use super::app::App;
use crate::config;

/// What pages may send and read besides the usual. An error that is not exposed is UNKNOWN to them.
const SENT: [&str; 8] = [
    "authorization",
    "content-type",
    "grpc-timeout",
    "traceparent",
    "tracestate",
    "x-grpc-web",
    "x-request-id",
    "x-user-agent",
];
const EXPOSED: [&str; 6] = [
    "grpc-message",
    "grpc-status",
    "grpc-status-details-bin",
    "retry-after",
    "traceresponse",
    "x-request-id",
];

/// How pages are treated.
pub(super) struct Browser {
    grpc_web: bool,
    cors: Option<CorsLayer>,
}

impl Browser {
    pub(super) fn new(web: &config::Web) -> Browser {
        let cors = (!web.cors_origins.is_empty()).then(|| {
            let origins = web.cors_origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
            let origins = match web.cors_origins.iter().any(|origin| origin == "*") {
                true => AllowOrigin::any(),
                false => AllowOrigin::list(origins),
            };
            CorsLayer::new()
                .allow_origin(origins)
                .allow_methods([Method::GET, Method::POST])
                .allow_headers(SENT.map(HeaderName::from_static))
                .expose_headers(EXPOSED.map(HeaderName::from_static))
                .max_age(Duration::from_secs(24 * 3600))
        });
        Browser { grpc_web: web.grpc_web, cors }
    }

    /// Answers a request, whoever sends it.
    pub(super) async fn serve(&self, app: Arc<App>, request: Request<Body>) -> Response<Body> {
        let handler = Handler { app, grpc_web: self.grpc_web };
        let answered = match &self.cors {
            Some(cors) if request.headers().contains_key(ORIGIN) => cors.layer(handler).call(request).await,
            _ => handler.clone().call(request).await,
        };
        answered.unwrap_or_else(|never| match never {})
    }
}

/// The service in the form that layers want.
#[derive(Clone)]
struct Handler {
    app: Arc<App>,
    grpc_web: bool,
}

impl Service<Request<Body>> for Handler {
    type Response = Response<Body>;
    type Error = std::convert::Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let kind = request.headers().get("content-type");
        if self.grpc_web && kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/grpc-web")) {
            let plain = Handler { app: Arc::clone(&self.app), grpc_web: false };
            return Box::pin(GrpcWebLayer::new().layer(plain).call(request));
        }
        let app = Arc::clone(&self.app);
        Box::pin(async move { Ok(app.answer(request).await) })
    }
}
