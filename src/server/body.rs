//! What goes in and out of a call: requests that arrive in time and within the budget, answers in pieces that a
//! slow reader cannot make us hold, and the end of every call seen.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::{Instant, Sleep};
use tonic::Status;
use tonic::body::Body;

use super::budget::Share;
use super::call::Ending;
use super::status;

/// The largest piece of an answer that is handed over at once. What was handed over lies in a buffer until the
/// client takes it.
const PIECE: usize = 16 << 10;

/// A request that must not pause for too long. Its bytes are held within the budget where it has a share.
pub(super) struct Inbound {
    body: Body,
    share: Option<Arc<Share>>,
    silence: Duration,
    /// Since when nothing has come, and until when that may be so.
    patience: Option<Pin<Box<Sleep>>>,
}

impl Inbound {
    pub(super) fn new(body: Body, share: Option<Arc<Share>>, silence: Duration) -> Inbound {
        Inbound { body, share, silence, patience: None }
    }
}

impl HttpBody for Inbound {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let this = &mut *self;
        let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(cx) else {
            let silence = this.silence;
            let patience = this.patience.get_or_insert_with(|| Box::pin(tokio::time::sleep(silence)));
            ready!(patience.as_mut().poll(cx));
            return Poll::Ready(Some(Err(Status::deadline_exceeded("the request did not arrive in time"))));
        };
        this.patience = None;
        let share = this.share.as_ref();
        let taken = match &frame {
            Some(Ok(frame)) => {
                let bytes = frame.data_ref().map_or(0, Bytes::len);
                share.map_or(Ok(()), |share| share.take(bytes))
            }
            Some(Err(_)) => Ok(()),
            None => share.map_or(Ok(()), |share| share.complete()),
        };
        Poll::Ready(match taken {
            Ok(()) => frame,
            Err(status) => Some(Err(status)),
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// An answer, until its last byte is handed over or nobody wants it any more.
pub(super) struct Outbound {
    body: Body,
    rest: Bytes,
    ending: Ending,
    /// When it is over, and what it is then.
    limit: Option<Pin<Box<Sleep>>>,
    cut: Pin<Box<dyn Future<Output = ()> + Send>>,
    over: bool,
}

impl Outbound {
    pub(super) fn new(
        body: Body,
        ending: Ending,
        deadline: Option<Instant>,
        cut: impl Future<Output = ()> + Send + 'static,
    ) -> Outbound {
        let limit = deadline.map(|deadline| Box::pin(tokio::time::sleep_until(deadline)));
        Outbound { body, rest: Bytes::new(), ending, limit, cut: Box::pin(cut), over: false }
    }

    /// Ends the answer with a status of ours.
    fn end(&mut self, status: &Status) -> Frame<Bytes> {
        self.over = true;
        self.body = Body::empty();
        Frame::trailers(self.ending.trailers(status))
    }
}

impl HttpBody for Outbound {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        if self.over {
            return Poll::Ready(None);
        }
        self.ending.moved();
        if self.rest.is_empty() {
            let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) else {
                if let Some(limit) = &mut self.limit
                    && limit.as_mut().poll(cx).is_ready()
                {
                    return Poll::Ready(Some(Ok(self.end(&status::deadline_exceeded()))));
                }
                ready!(self.cut.as_mut().poll(cx));
                return Poll::Ready(Some(Ok(self.end(&status::shutting_down()))));
            };
            match frame {
                None => {
                    self.over = true;
                    self.ending.complete();
                    return Poll::Ready(None);
                }
                Some(Err(status)) => {
                    return Poll::Ready(Some(Ok(self.end(&status))));
                }
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(frame) => {
                        self.over = true;
                        let trailers = frame.into_trailers().unwrap_or_default();
                        return Poll::Ready(Some(Ok(Frame::trailers(self.ending.told(trailers)))));
                    }
                },
            }
        }
        let length = self.rest.len().min(PIECE);
        let piece = self.rest.split_to(length);
        if self.is_end_stream() {
            self.over = true;
            self.ending.complete();
        }
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.over || self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        match self.body.size_hint().exact() {
            Some(rest) => SizeHint::with_exact(rest + self.rest.len() as u64),
            None => SizeHint::default(),
        }
    }
}
