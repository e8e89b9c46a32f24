//! The gRPC server: the service with health, reflection, logs, and an orderly end.

mod calls;
mod health;
mod service;
mod status;
pub mod telemetry;

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tonic::transport::Server;
use tonic::transport::server::{Router, TcpIncoming};
use tower_layer::{Identity, Stack};

use crate::config;
use crate::error::Error;
use crate::proto;
use crate::proto::v1::fact_figure_service_server::FactFigureServiceServer;
use calls::CallsLayer;
use health::{HealthServer, HealthService, Phase};
use service::Service;

/// Opens the port. Fails if the address is taken or not ours.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, Error> {
    TcpListener::bind(address).await.map_err(|e| Error::io(format!("listening on {address}"), e))
}

/// Serves until `shutdown` completes, then ends in order: health says NOT_SERVING, a pause for load balancers,
/// no more connections, calls under way finish, and what has not finished by the deadline is cut.
pub async fn serve(
    config: &config::Serve,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> Result<(), Error> {
    let (phase, watching) = watch::channel(Phase::Serving);
    let mut stopping = watching.clone();
    let router = router(config, watching);
    let mut serving = tokio::spawn(router.serve_with_incoming_shutdown(
        TcpIncoming::from(listener).with_nodelay(Some(true)),
        async move {
            let _ = stopping.wait_for(|phase| *phase == Phase::Stopping).await;
        },
    ));

    tokio::select! {
        ended = &mut serving => return outcome(ended),
        () = shutdown => {}
    }
    tracing::info!("shutting down: NOT_SERVING");
    phase.send_replace(Phase::Draining);
    tokio::time::sleep(config.shutdown.shutdown_pause).await;
    phase.send_replace(Phase::Stopping);
    match tokio::time::timeout(config.shutdown.shutdown_deadline, &mut serving).await {
        Ok(ended) => {
            tracing::info!("all calls finished");
            outcome(ended)
        }
        Err(_) => {
            tracing::warn!("deadline passed; open calls are cut");
            serving.abort();
            Ok(())
        }
    }
}

fn router(config: &config::Serve, watching: watch::Receiver<Phase>) -> Router<Stack<CallsLayer, Identity>> {
    let message_bytes = config.limits.message_bytes();
    let service = FactFigureServiceServer::new(Service::new(config)).max_decoding_message_size(message_bytes);
    Server::builder()
        .max_concurrent_streams(100)
        .http2_keepalive_interval(Some(Duration::from_secs(60)))
        .http2_keepalive_timeout(Some(Duration::from_secs(20)))
        .layer(CallsLayer { message_bytes })
        .add_service(service)
        .add_service(HealthServer::new(HealthService::new(watching)))
        .add_service(reflection().build_v1().expect(DESCRIPTORS))
        .add_service(reflection().build_v1alpha().expect(DESCRIPTORS))
}

const DESCRIPTORS: &str = "the descriptors were made when the program was built";

fn reflection() -> tonic_reflection::server::Builder<'static> {
    tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(proto::FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
        // The details of errors, so that clients without the contract can read them.
        .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
}

fn outcome(ended: Result<Result<(), tonic::transport::Error>, tokio::task::JoinError>) -> Result<(), Error> {
    match ended {
        Ok(Ok(())) => Ok(()),
        Ok(Err(e)) => Err(Error::other(format!("the server failed: {e}"))),
        Err(e) => Err(Error::other(format!("the server stopped: {e}"))),
    }
}
