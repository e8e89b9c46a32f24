//! Accepting connections: as many as allowed, until the server stops.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::FutureExt;
use http_body::Body as HttpBody;
use hyper::body::Incoming;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;
use tonic::codegen::http::{Request, Response};

use super::connection::{self, Calls, Manner};
use super::metrics::Metrics;
use crate::error::Error;

/// Opens a port. Fails if the address is taken or not ours.
pub(super) async fn bind(address: SocketAddr) -> Result<TcpListener, Error> {
    TcpListener::bind(address).await.map_err(|e| Error::io(format!("listening on {address}"), e))
}

/// What every connection of a port gets.
pub(super) struct Port<H> {
    pub(super) manner: Manner,
    pub(super) handler: H,
    /// Where connections are counted, if they are.
    pub(super) metrics: Option<Arc<Metrics>>,
    /// The connections that are open.
    pub(super) connections: TaskTracker,
}

impl<H, F, B> Port<H>
where
    H: Fn(Request<Incoming>, Arc<Calls>) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response<B>> + Send + 'static,
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    /// Accepts connections until the server stops, and then those who knocked before.
    pub(super) async fn accept(self, listener: TcpListener) {
        let places = Arc::new(Semaphore::new(self.manner.limits.max_connections as usize));
        let mut life = self.manner.life.clone();
        let until = self.manner.until;
        let port = Arc::new(self);
        loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => port.enter(stream, &places),
                    Err(error) => {
                        // Of one connection, or for want of file handles, which others may give back.
                        tracing::warn!(%error, "a connection was not accepted");
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                },
                () = life.reached(until) => break,
            }
        }
        while let Some(Ok((stream, _))) = listener.accept().now_or_never() {
            port.enter(stream, &places);
        }
    }

    fn enter(self: &Arc<Self>, stream: TcpStream, places: &Arc<Semaphore>) {
        let Ok(place) = Arc::clone(places).try_acquire_owned() else {
            self.refused("connections");
            return;
        };
        let port = Arc::clone(self);
        self.connections.spawn(async move {
            let _place = place;
            let _counted = port.metrics.as_ref().map(|metrics| metrics.connection());
            if let Err(reason) = connection::serve(stream, &port.manner, port.handler.clone()).await {
                port.refused(reason);
            }
        });
    }

    fn refused(&self, reason: &'static str) {
        if let Some(metrics) = &self.metrics {
            metrics.refused(reason);
        }
    }
}
