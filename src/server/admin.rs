//! The port for operators and probes, in plain text: `/metrics`, `/livez`, `/readyz` and health by gRPC.

use std::sync::Arc;

use hyper::body::Incoming;
use prometheus_client::encoding::prometheus_text;
use tonic::body::Body;
use tonic::codegen::http::header::CONTENT_TYPE;
use tonic::codegen::http::{HeaderValue, Method, Request, Response, StatusCode};
use tonic::service::Routes;
use tower_service::Service;

use super::connection::{Calls, Manner};
use super::health::{HealthServer, HealthService};
use super::metrics::Metrics;
use super::phase::{Life, Phase};
use crate::config;

/// Probes and Prometheus need few connections.
const CONNECTIONS: u32 = 100;

pub(super) struct Admin {
    health: Routes,
    metrics: Arc<Metrics>,
    life: Life,
}

impl Admin {
    pub(super) fn new(metrics: Arc<Metrics>, life: Life) -> Admin {
        let health = Routes::new(HealthServer::new(HealthService::new(life.clone()))).prepare();
        Admin { health, metrics, life }
    }

    /// How its connections are treated: as those of the service, but open to the end.
    pub(super) fn manner(config: &config::Serve, life: Life) -> Manner {
        let limits = config::Limits { max_connections: CONNECTIONS, ..config.limits.clone() };
        Manner { limits, timeouts: config.timeouts.clone(), life, until: Phase::Over, tls: None }
    }

    pub(super) async fn serve(self: Arc<Self>, request: Request<Incoming>, _: Arc<Calls>) -> Response<Body> {
        let is_get = matches!(*request.method(), Method::GET | Method::HEAD);
        match request.uri().path() {
            "/metrics" if is_get => {
                let mut response = text(StatusCode::OK, self.metrics.text());
                let kind = HeaderValue::from_static(prometheus_text::CONTENT_TYPE);
                response.headers_mut().insert(CONTENT_TYPE, kind);
                response
            }
            "/livez" if is_get => text(StatusCode::OK, "ok\n".to_owned()),
            "/readyz" if is_get => match self.life.phase() {
                Phase::Serving => text(StatusCode::OK, "ok\n".to_owned()),
                _ => text(StatusCode::SERVICE_UNAVAILABLE, "shutting down\n".to_owned()),
            },
            path if path.starts_with("/grpc.health.v1.Health/") => {
                let answered = self.health.clone().call(request.map(Body::new)).await;
                answered.unwrap_or_else(|never| match never {})
            }
            _ => text(StatusCode::NOT_FOUND, "expected GET /metrics, /livez or /readyz\n".to_owned()),
        }
    }
}

fn text(code: StatusCode, text: String) -> Response<Body> {
    let mut response = Response::new(Body::new(http_body_util::Full::from(text)));
    *response.status_mut() = code;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}
