//! The four methods of the service.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Semaphore;
use tokio_stream::Stream;
use tonic::{Request, Response, Status, Streaming};

use super::calls::Measured;
use super::status::from_error;
use crate::config;
use crate::error::Error;
use crate::proto::v1;
use crate::proto::v1::fact_figure_service_server::FactFigureService;
use crate::wire::{self, Limits};

pub(super) struct Service {
    limits: Limits,
    /// One permit per document that is being read: more would only slow each other down.
    workers: Arc<Semaphore>,
}

impl Service {
    pub(super) fn new(config: &config::Serve) -> Service {
        Service {
            limits: Limits { text_bytes: config.limits.max_text_bytes },
            workers: Arc::new(Semaphore::new(config.limits.workers())),
        }
    }
}

/// Tells the thread that reads a document to stop once nobody waits for the answer: on drop.
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn read(
    request: &v1::ExtractFiguresRequest,
    limits: Limits,
    stop: &AtomicBool,
) -> Result<v1::ExtractFiguresResponse, Error> {
    let query = wire::read_extract_request(request, limits)?;
    let found = crate::extract_while(&query.document, || !stop.load(Ordering::Relaxed))?;
    Ok(wire::extract_response(&query, &found))
}

#[tonic::async_trait]
impl FactFigureService for Service {
    async fn extract_figures(
        &self,
        request: Request<v1::ExtractFiguresRequest>,
    ) -> Result<Response<v1::ExtractFiguresResponse>, Status> {
        let request = request.into_inner();
        let limits = self.limits;
        let permit = Arc::clone(&self.workers)
            .acquire_owned()
            .await
            .map_err(|_| Status::unavailable("the server is shutting down"))?;
        let stop = StopOnDrop(Arc::default());
        let stopped = Arc::clone(&stop.0);
        let (answer, bytes) = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let bytes = request.document.as_ref().map_or(0, |d| d.text.len());
            (read(&request, limits, &stopped), bytes)
        })
        .await
        .map_err(|e| {
            tracing::error!(error = %e, "reading a document failed");
            Status::internal("the server failed; the error was logged")
        })?;
        drop(stop);
        let answer = answer.map_err(|e| from_error(&e))?;
        let measured = Measured { bytes, figures: answer.figures.len() };
        let mut response = Response::new(answer);
        response.extensions_mut().insert(measured);
        Ok(response)
    }

    type StreamExtractFiguresStream =
        Pin<Box<dyn Stream<Item = Result<v1::StreamExtractFiguresResponse, Status>> + Send>>;

    async fn stream_extract_figures(
        &self,
        _: Request<Streaming<v1::StreamExtractFiguresRequest>>,
    ) -> Result<Response<Self::StreamExtractFiguresStream>, Status> {
        Err(Status::unimplemented(
            "StreamExtractFigures comes with release 0.2; until then call ExtractFigures for each document",
        ))
    }

    async fn cross_check_figures(
        &self,
        _: Request<v1::CrossCheckFiguresRequest>,
    ) -> Result<Response<v1::CrossCheckFiguresResponse>, Status> {
        Err(Status::unimplemented(
            "CrossCheckFigures comes with release 0.2; until then call ExtractFigures for each document and \
             compare the figures",
        ))
    }

    async fn list_units(
        &self,
        request: Request<v1::ListUnitsRequest>,
    ) -> Result<Response<v1::ListUnitsResponse>, Status> {
        wire::list_units(request.get_ref()).map(Response::new).map_err(|e| from_error(&e))
    }
}
