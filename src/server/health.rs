//! `grpc.health.v1.Health` for the server as a whole ("") and for the service by its name.
//!
//! Unlike the ready-made one, a `Watch` ends when the server stops, so that it does not hold up the shutdown,
//! and for an unknown service it says SERVICE_UNKNOWN, as the protocol asks.

use tokio::sync::watch;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};
use tonic_health::pb::health_check_response::ServingStatus;
pub(super) use tonic_health::pb::health_server::HealthServer;
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse, health_server};

use crate::proto;

/// Where the server is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Calls are welcome.
    Serving,
    /// Calls are answered, but clients should go elsewhere.
    Draining,
    /// No new calls.
    Stopping,
}

pub(super) struct HealthService {
    phase: watch::Receiver<Phase>,
}

impl HealthService {
    pub(super) fn new(phase: watch::Receiver<Phase>) -> HealthService {
        HealthService { phase }
    }
}

fn answer(phase: Phase, known: bool) -> HealthCheckResponse {
    let status = match phase {
        _ if !known => ServingStatus::ServiceUnknown,
        Phase::Serving => ServingStatus::Serving,
        Phase::Draining | Phase::Stopping => ServingStatus::NotServing,
    };
    HealthCheckResponse { status: status.into() }
}

fn is_known(service: &str) -> bool {
    matches!(service, "" | proto::SERVICE)
}

#[tonic::async_trait]
impl health_server::Health for HealthService {
    async fn check(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<HealthCheckResponse>, Status> {
        if !is_known(&request.get_ref().service) {
            return Err(Status::not_found(
                "no such service; expected \"\" or factfigures.v1.FactFigureService",
            ));
        }
        let phase = *self.phase.borrow();
        Ok(Response::new(answer(phase, true)))
    }

    type WatchStream = ReceiverStream<Result<HealthCheckResponse, Status>>;

    async fn watch(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let known = is_known(&request.get_ref().service);
        let mut phase = self.phase.clone();
        let (sender, receiver) = tokio::sync::mpsc::channel(2);
        tokio::spawn(async move {
            let mut last = None;
            loop {
                let now = *phase.borrow_and_update();
                let current = answer(now, known);
                if last.as_ref() != Some(&current) {
                    if sender.send(Ok(current)).await.is_err() {
                        return;
                    }
                    last = Some(current);
                }
                if now == Phase::Stopping {
                    let _ = sender.send(Err(Status::unavailable("the server is shutting down"))).await;
                    return;
                }
                tokio::select! {
                    changed = phase.changed() => if changed.is_err() { return },
                    () = sender.closed() => return,
                }
            }
        });
        Ok(Response::new(ReceiverStream::new(receiver)))
    }
}
