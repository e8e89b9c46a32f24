//! The four methods of the service.

use std::pin::Pin;
use std::sync::Arc;

use prost::Message;
use tokio_stream::Stream;
use tonic::{Request, Response, Status, Streaming};

use super::app::measured;
use super::budget::{Budget, Share};
use super::call::Measured;
use super::metrics::Metrics;
use super::phase::Life;
use super::readers::{Lane, Place, Readers, Wanted};
use super::status::from_error;
use super::stream;
use crate::config;
use crate::crosscheck::{self, Checked};
use crate::error::Error;
use crate::proto::v1;
use crate::proto::v1::fact_figure_service_server::FactFigureService;
use crate::wire::{self, Limits, Most};

pub(super) struct Service {
    pub(super) extractor: Extractor,
    pub(super) life: Life,
    pub(super) stream: stream::Manner,
    max_documents: usize,
}

/// Reads documents, one at a time for each caller, as many at once as there are places.
#[derive(Clone)]
pub(super) struct Extractor {
    limits: Limits,
    most: Most,
    readers: Readers,
    metrics: Arc<Metrics>,
}

impl Service {
    pub(super) fn new(
        config: &config::Serve,
        life: Life,
        metrics: &Arc<Metrics>,
        budget: Arc<Budget>,
    ) -> Service {
        let extractor = Extractor {
            limits: Limits { text_bytes: config.limits.max_text_bytes },
            most: Most { bytes: config.limits.max_answer_bytes, figures: config.limits.max_figures as usize },
            readers: Readers::new(config.limits.workers(), Arc::clone(metrics)),
            metrics: Arc::clone(metrics),
        };
        let stream = stream::Manner {
            window: config.limits.stream_window as usize,
            text_bytes: config.limits.max_text_bytes,
            message_bytes: config.limits.message_bytes(),
            document_timeout: config.timeouts.request_timeout,
            budget,
        };
        Service { extractor, life, stream, max_documents: config.limits.max_documents as usize }
    }
}

impl Extractor {
    /// Waits until a document may be read.
    pub(super) async fn place(&self, lane: Lane) -> Result<Place, Status> {
        self.readers.place(lane).await
    }

    /// Does work on a thread of its own. Dropping the future stops it.
    async fn work<T: Send + 'static>(
        &self,
        place: Place,
        work: impl FnOnce(&Wanted) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Status> {
        self.readers.run(place, work).await?.map_err(|e| from_error(&e))
    }

    /// Reads one document. Also how many bytes the answer takes to send. Dropping the future stops the work.
    pub(super) async fn extract(
        &self,
        place: Place,
        request: v1::ExtractFiguresRequest,
        measured: &Measured,
    ) -> Result<(v1::ExtractFiguresResponse, usize), Status> {
        let (limits, most, metrics) = (self.limits, self.most, Arc::clone(&self.metrics));
        let bytes = text_bytes(&request);
        let (answer, length) = self
            .work(place, move |wanted| {
                let answer = read(&request, limits, most, wanted)?;
                metrics.document(bytes, &answer);
                let length = answer.encoded_len();
                Ok((answer, length))
            })
            .await?;
        measured.add(bytes, answer.figures.len());
        Ok((answer, length))
    }
}

/// The length of the text.
pub(super) fn text_bytes(request: &v1::ExtractFiguresRequest) -> usize {
    request.document.as_ref().map_or(0, |document| document.text.len())
}

fn read(
    request: &v1::ExtractFiguresRequest,
    limits: Limits,
    most: Most,
    wanted: &Wanted,
) -> Result<v1::ExtractFiguresResponse, Error> {
    let query = wire::read_extract_request(request, limits)?;
    let found = wire::extract_within(&query, most, || wanted.still())?;
    wire::extract_response_within(&query, &found, most.bytes, || wanted.still())
}

fn cross_check(
    request: &v1::CrossCheckFiguresRequest,
    limits: Limits,
    most_documents: usize,
    most: Most,
    wanted: &Wanted,
) -> Result<v1::CrossCheckFiguresResponse, Error> {
    let keep_going = || wanted.still();
    let request = wire::read_crosscheck_request(request, limits, most_documents)?;
    let extractions: Result<Vec<_>, _> =
        request.queries.iter().map(|query| wire::extract_within(query, most, keep_going)).collect();
    let extractions = extractions?;
    let documents: Vec<_> = request
        .queries
        .iter()
        .zip(&extractions)
        .map(|(query, extraction)| Checked { document: query.document, extraction })
        .collect();
    let findings = crosscheck::check_while(&documents, request.options, keep_going)?;
    wire::crosscheck_response(&request, &extractions, &findings, most.bytes, keep_going)
}

#[tonic::async_trait]
impl FactFigureService for Service {
    async fn extract_figures(
        &self,
        request: Request<v1::ExtractFiguresRequest>,
    ) -> Result<Response<v1::ExtractFiguresResponse>, Status> {
        let measured = measured(&request);
        let share = request.extensions().get::<Arc<Share>>().cloned();
        let request = request.into_inner();
        let lane = Lane::of(text_bytes(&request));
        let place = self.extractor.place(lane).await?;
        let (answer, length) = self.extractor.extract(place, request, &measured).await?;
        share.map_or(Ok(()), |share| share.take(length))?;
        Ok(Response::new(answer))
    }

    type StreamExtractFiguresStream =
        Pin<Box<dyn Stream<Item = Result<v1::StreamExtractFiguresResponse, Status>> + Send>>;

    async fn stream_extract_figures(
        &self,
        request: Request<Streaming<v1::StreamExtractFiguresRequest>>,
    ) -> Result<Response<Self::StreamExtractFiguresStream>, Status> {
        let measured = measured(&request);
        let answers = stream::answers(
            request.into_inner(),
            self.extractor.clone(),
            measured,
            self.life.clone(),
            self.stream.clone(),
        );
        Ok(Response::new(Box::pin(answers)))
    }

    async fn cross_check_figures(
        &self,
        request: Request<v1::CrossCheckFiguresRequest>,
    ) -> Result<Response<v1::CrossCheckFiguresResponse>, Status> {
        let measured = measured(&request);
        let share = request.extensions().get::<Arc<Share>>().cloned();
        let request = request.into_inner();
        let bytes = request.documents.iter().map(|d| d.text.len()).sum();
        let (limits, most, most_documents) = (self.extractor.limits, self.extractor.most, self.max_documents);
        let metrics = Arc::clone(&self.extractor.metrics);
        let place = self.extractor.place(Lane::of(bytes)).await?;
        let work = move |wanted: &Wanted| {
            let answer = cross_check(&request, limits, most_documents, most, wanted)?;
            for (document, extraction) in request.documents.iter().zip(&answer.extractions) {
                metrics.document(document.text.len(), extraction);
            }
            let length = answer.encoded_len();
            Ok((answer, length))
        };
        let (answer, length) = self.extractor.work(place, work).await?;
        share.map_or(Ok(()), |share| share.take(length))?;
        measured.add(bytes, answer.extractions.iter().map(|e| e.figures.len()).sum());
        Ok(Response::new(answer))
    }

    async fn list_units(
        &self,
        request: Request<v1::ListUnitsRequest>,
    ) -> Result<Response<v1::ListUnitsResponse>, Status> {
        wire::list_units(request.get_ref()).map(Response::new).map_err(|e| from_error(&e))
    }
}
