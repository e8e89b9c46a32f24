//! `grpc.health.v1.Health` for the server as a whole ("") and for the service by its name.
//!
//! Unlike the ready-made one, a `Watch` ends when the server stops, so that it does not hold up the shutdown,
//! and for an unknown service it says SERVICE_UNKNOWN, as the protocol asks.

use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};
use tonic_health::pb::health_check_response::ServingStatus;
pub(super) use tonic_health::pb::health_server::HealthServer;
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse, health_server};

use super::phase::{Life, Phase};
use crate::proto;

pub(super) struct HealthService {
    life: Life,
}

impl HealthService {
    pub(super) fn new(life: Life) -> HealthService {
        HealthService { life }
    }
}

fn answer(phase: Phase, known: bool) -> HealthCheckResponse {
    let status = match phase {
        _ if !known => ServingStatus::ServiceUnknown,
        Phase::Serving => ServingStatus::Serving,
        _ => ServingStatus::NotServing,
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
        Ok(Response::new(answer(self.life.phase(), true)))
    }

    type WatchStream = ReceiverStream<Result<HealthCheckResponse, Status>>;

    async fn watch(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let known = is_known(&request.get_ref().service);
        let mut life = self.life.clone();
        let (sender, receiver) = tokio::sync::mpsc::channel(2);
        tokio::spawn(async move {
            let mut last = None;
            loop {
                let now = life.look();
                let current = answer(now, known);
                if last.as_ref() != Some(&current) {
                    if sender.send(Ok(current)).await.is_err() {
                        return;
                    }
                    last = Some(current);
                }
                if now >= Phase::Stopping {
                    let _ = sender.send(Err(Status::unavailable("the server is shutting down"))).await;
                    return;
                }
                tokio::select! {
                    changed = life.changed() => if changed.is_err() { return },
                    () = sender.closed() => return,
                }
            }
        });
        Ok(Response::new(ReceiverStream::new(receiver)))
    }
}
