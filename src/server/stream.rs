//! `StreamExtractFigures`: a result for every document, in the order of the documents.
//!
//! A few documents are read ahead, but no more text than one document may have: a client that reads slowly stops
//! us from reading, not from staying within our memory. Whatever is wrong with a document is its result; what is
//! wrong with the stream ends it, after the results of what came before.

use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{self, Stream, StreamExt};
use prost::Message;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tonic::{Status, Streaming};

use super::budget::Budget;
use super::call::Measured;
use super::phase::{Life, Phase};
use super::readers::Lane;
use super::service::{Extractor, text_bytes};
use super::status;
use crate::error::{Error, Violation};
use crate::proto::v1;
use crate::proto::v1::stream_extract_figures_response::Result as Outcome;

/// How long a stream in which nothing is under way may be silent once the server wants to stop.
const LAST_WORD: Duration = Duration::from_millis(300);

/// How streams are served.
#[derive(Clone, Debug)]
pub(super) struct Manner {
    /// Documents read ahead.
    pub(super) window: usize,
    /// Bytes of text read ahead.
    pub(super) text_bytes: usize,
    pub(super) message_bytes: usize,
    pub(super) document_timeout: Duration,
    pub(super) budget: Arc<Budget>,
}

pub(super) fn answers(
    requests: Streaming<v1::StreamExtractFiguresRequest>,
    extractor: Extractor,
    measured: Arc<Measured>,
    life: Life,
    manner: Manner,
) -> impl Stream<Item = Result<v1::StreamExtractFiguresResponse, Status>> {
    let Manner { window, text_bytes, message_bytes, .. } = manner;
    let room = Arc::new(Semaphore::new(text_bytes));
    arrivals(requests, life, message_bytes)
        .then(move |arrival| admitted(arrival, Arc::clone(&room), text_bytes))
        .map(move |arrival| answer(arrival, extractor.clone(), Arc::clone(&measured), manner.clone()))
        .buffered(window)
        // The room of a document is given back when its result is taken.
        .map(|answered| answered.map(|(result, _room)| result))
}

type Arrival = Result<v1::StreamExtractFiguresRequest, Status>;

/// The documents as they come, and at last what ended the stream, if not the client's word.
fn arrivals(
    requests: Streaming<v1::StreamExtractFiguresRequest>,
    life: Life,
    message_bytes: usize,
) -> impl Stream<Item = Arrival> {
    stream::unfold(Some((requests, life)), move |open| async move {
        let (mut requests, mut life) = open?;
        let stopping = async {
            life.reached(Phase::Stopping).await;
            tokio::time::sleep(LAST_WORD).await;
        };
        let message = tokio::select! {
            biased;
            message = requests.message() => message,
            () = stopping => Err(status::shutting_down()),
        };
        match message {
            Ok(Some(message)) => Some((Ok(message), Some((requests, life)))),
            Ok(None) => None,
            Err(status) => Some((Err(status::restated(status, message_bytes)), None)),
        }
    })
}

/// The room that a document takes until its result is taken: of the stream's, and of what all answers share.
type Room = [Option<OwnedSemaphorePermit>; 2];

/// Waits until there is room for the document's text.
async fn admitted(
    arrival: Arrival,
    room: Arc<Semaphore>,
    all: usize,
) -> Result<(v1::StreamExtractFiguresRequest, Room), Status> {
    let arrival = arrival?;
    let bytes = arrival.request.as_ref().map_or(0, text_bytes).min(all);
    let room = room.acquire_many_owned(u32::try_from(bytes).unwrap_or(u32::MAX)).await;
    Ok((arrival, [room.ok(), None]))
}

/// The result of one document.
async fn answer(
    arrival: Result<(v1::StreamExtractFiguresRequest, Room), Status>,
    extractor: Extractor,
    measured: Arc<Measured>,
    manner: Manner,
) -> Result<(v1::StreamExtractFiguresResponse, Room), Status> {
    let (arrival, mut room) = arrival?;
    let Some(request) = arrival.request else {
        let missing = Error::invalid(vec![Violation::new("request", "is required")]);
        return Ok((result("", Err(status::from_error(&missing)), &measured), room));
    };
    let id = request.document.as_ref().map(|document| document.id.clone()).unwrap_or_default();
    // A document's time begins when its turn has come.
    let place = extractor.place(Lane::Bulk).await?;
    let read = extractor.extract(place, request, &measured);
    let outcome = tokio::time::timeout(manner.document_timeout, read).await;
    let outcome = outcome.unwrap_or_else(|_| Err(status::deadline_exceeded()));
    let outcome = outcome.and_then(|(response, length)| {
        room[1] = Some(manner.budget.bytes(length)?);
        Ok(response)
    });
    Ok((result(&id, outcome, &measured), room))
}

fn result(
    document_id: &str,
    outcome: Result<v1::ExtractFiguresResponse, Status>,
    measured: &Measured,
) -> v1::StreamExtractFiguresResponse {
    let outcome = match outcome {
        Ok(response) => Outcome::Response(response),
        Err(status) => Outcome::Error(whole(&status::with_request_id(&status, measured.request_id()))),
    };
    v1::StreamExtractFiguresResponse { result: Some(outcome), document_id: document_id.to_owned() }
}

/// The status as a message, with its details.
fn whole(status: &Status) -> tonic_types::Status {
    tonic_types::Status::decode(status.details()).ok().filter(|whole| whole.code != 0).unwrap_or_else(|| {
        tonic_types::Status {
            code: status.code() as i32,
            message: status.message().to_owned(),
            details: Vec::new(),
        }
    })
}
