//! The service on its port, from the first connection to an orderly end.

mod admin;
mod app;
mod auth;
mod body;
mod browser;
mod budget;
mod call;
pub mod codec;
mod connection;
mod deadline;
mod health;
mod listen;
mod log;
mod metrics;
mod patient;
mod phase;
mod preface;
mod readers;
mod reload;
mod service;
mod shutdown;
mod status;
mod stream;
mod tls;
mod trace;
mod web;

use std::net::SocketAddr;
use std::sync::Arc;

use hyper::body::Incoming;
use tokio::net::TcpListener;
use tokio_util::task::TaskTracker;
use tonic::body::Body;
use tonic::codegen::http::Request;
use tonic::service::Routes;

use crate::config::Serve;
use crate::error::Error;
use crate::proto;
use crate::proto::v1::fact_figure_service_server::FactFigureServiceServer;
use admin::Admin;
use app::App;
use auth::Tokens;
use browser::Browser;
use budget::Budget;
use connection::{Calls, Manner};
use health::{HealthServer, HealthService};
use listen::Port;
pub use log::start as start_log;
use metrics::Metrics;
use phase::{Life, Phase};
use reload::{Hangup, Reload};
use service::Service;
use tls::Tls;
use trace::Tracer;

/// A server with its ports open, that does not serve yet.
pub struct Server {
    config: Serve,
    listener: TcpListener,
    admin: Option<TcpListener>,
    tls: Option<Arc<Tls>>,
    tokens: Option<Arc<Tokens>>,
    tracer: Arc<Tracer>,
    hangup: Hangup,
}

impl Server {
    /// Checks the settings, reads certificates and tokens, and only then opens the ports.
    pub async fn bind(config: &Serve) -> Result<Server, Error> {
        config.check()?;
        let hangup = Hangup::listen();
        let tls = Tls::read(&config.security)?.map(Arc::new);
        let tokens = config.security.tokens.as_deref().map(Tokens::read).transpose()?.map(Arc::new);
        let tracer = Arc::new(Tracer::new(&config.telemetry)?);
        let admin = match config.admin_address {
            Some(address) => Some(listen::bind(address).await?),
            None => None,
        };
        let listener = listen::bind(config.address).await?;
        Ok(Server { config: config.clone(), listener, admin, tls, tokens, tracer, hangup })
    }

    /// Where the service listens.
    pub fn address(&self) -> Result<SocketAddr, Error> {
        self.listener.local_addr().map_err(|e| Error::io("asking for the address", e))
    }

    /// Where `/metrics`, `/livez`, `/readyz` and health are.
    pub fn admin_address(&self) -> Option<SocketAddr> {
        self.admin.as_ref().and_then(|admin| admin.local_addr().ok())
    }

    /// Serves until `shutdown` completes, and then to the end of every call or the deadline.
    pub async fn serve(self, shutdown: impl Future<Output = ()>) -> Result<(), Error> {
        let Server { config, listener, admin, tls, tokens, tracer, hangup } = self;
        let (phase, life) = Life::begin();
        let metrics = Metrics::new();
        let connections = TaskTracker::new();

        if let Some(listener) = admin {
            let admin = Arc::new(Admin::new(Arc::clone(&metrics), life.clone()));
            let port = Port {
                manner: Admin::manner(&config, life.clone()),
                handler: move |request, calls| Arc::clone(&admin).serve(request, calls),
                metrics: None,
                connections: TaskTracker::new(),
            };
            tokio::spawn(port.accept(listener));
        }
        let reload =
            Reload { tls: tls.clone(), tokens: tokens.clone(), metrics: Arc::clone(&metrics), hangup };
        let reloading = tokio::spawn(reload.watch(config.security.reload_interval));

        let app = app(&config, &life, &metrics, tokens, &tracer, &connections);
        let browser = Arc::new(Browser::new(&config.web));
        let port = Port {
            manner: Manner {
                limits: config.limits.clone(),
                timeouts: config.timeouts.clone(),
                life,
                until: Phase::Stopping,
                tls,
            },
            handler: move |request: Request<Incoming>, calls: Arc<Calls>| {
                let (app, browser) = (Arc::clone(&app), Arc::clone(&browser));
                async move {
                    let mut request = request.map(Body::new);
                    request.extensions_mut().insert(calls);
                    browser.serve(app, request).await
                }
            },
            metrics: Some(metrics),
            connections: connections.clone(),
        };
        let accepting = tokio::spawn(port.accept(listener));
        // What is made at first use is made before the first call.
        tokio::task::spawn_blocking(|| crate::extract(&crate::Document::new("It cost $5 on Tuesday.")));

        shutdown.await;
        shutdown::run(&phase, &config.shutdown, accepting, &connections).await;
        reloading.abort();
        tracer.finish().await;
        Ok(())
    }
}

fn app(
    config: &Serve,
    life: &Life,
    metrics: &Arc<Metrics>,
    tokens: Option<Arc<Tokens>>,
    tracer: &Arc<Tracer>,
    connections: &TaskTracker,
) -> Arc<App> {
    let message_bytes = config.limits.message_bytes();
    let budget = Arc::new(Budget::new(&config.limits, Arc::clone(metrics)));
    let service = Arc::new(Service::new(config, life.clone(), metrics, Arc::clone(&budget)));
    let grpc =
        FactFigureServiceServer::from_arc(Arc::clone(&service)).max_decoding_message_size(message_bytes);
    let routes = Routes::new(grpc)
        .add_service(HealthServer::new(HealthService::new(life.clone())))
        .add_service(reflection().build_v1().expect(DESCRIPTORS))
        .add_service(reflection().build_v1alpha().expect(DESCRIPTORS))
        .prepare();
    Arc::new(App {
        routes,
        service,
        budget,
        tokens,
        tracer: Arc::clone(tracer),
        metrics: Arc::clone(metrics),
        life: life.clone(),
        connections: connections.clone(),
        timeouts: config.timeouts.clone(),
        message_bytes,
        http_json: config.web.http_json,
    })
}

const DESCRIPTORS: &str = "the descriptors were made when the program was built";

fn reflection() -> tonic_reflection::server::Builder<'static> {
    tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(proto::FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
        // The details of errors, so that clients without the contract can read them.
        .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
}
