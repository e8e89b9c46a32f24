//! What every call goes through: the client's deadline, one line of log, and codes that tonic gets wrong.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tonic::body::Body;
use tonic::codegen::http::{HeaderMap, Request, Response};
use tonic::{Code, Status};
use tower_layer::Layer;
use tower_service::Service;

use crate::proto;

/// tonic has its own timer for `grpc-timeout`, which answers CANCELLED and cannot be switched off. Ours runs
/// out first.
const HEAD_START: Duration = Duration::from_millis(2);

/// What the service knows of a call and the log wants to have; travels as an extension of the response.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    /// Length of the text.
    pub(super) bytes: usize,
    /// Figures in the answer.
    pub(super) figures: usize,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct CallsLayer {
    /// The largest message that is taken.
    pub(super) message_bytes: usize,
}

impl<S> Layer<S> for CallsLayer {
    type Service = Calls<S>;

    fn layer(&self, inner: S) -> Calls<S> {
        Calls { inner, message_bytes: self.message_bytes }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Calls<S> {
    inner: S,
    message_bytes: usize,
}

impl<S> Service<Request<Body>> for Calls<S>
where
    S: Service<Request<Body>, Response = Response<Body>>,
    S::Future: Send + 'static,
    S::Error: Send,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let mut line = LogLine::new(request.uri().path());
        let timeout = grpc_timeout(request.headers());
        let message_bytes = self.message_bytes;
        let answer = self.inner.call(request);
        Box::pin(async move {
            let response = match timeout {
                Some(timeout) => match tokio::time::timeout(timeout.saturating_sub(HEAD_START), answer).await
                {
                    Ok(response) => response?,
                    Err(_) => Status::deadline_exceeded("the client's deadline passed").into_http(),
                },
                None => answer.await?,
            };
            let response = restated(response, message_bytes);
            line.end(&response);
            Ok(response)
        })
    }
}

/// A message over the limit is a matter of resources, not of a range.
fn restated(response: Response<Body>, message_bytes: usize) -> Response<Body> {
    match response.extensions().get::<Status>().map(Status::code) {
        Some(Code::OutOfRange) => Status::resource_exhausted(format!(
            "the message is too large; at most {message_bytes} bytes are taken"
        ))
        .into_http(),
        _ => response,
    }
}

/// The client's `grpc-timeout`: at most eight digits and a unit. A malformed one is as none.
fn grpc_timeout(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get("grpc-timeout")?.to_str().ok()?;
    let unit = value.bytes().last().filter(u8::is_ascii)?;
    let digits = &value[..value.len() - 1];
    if digits.len() > 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: u64 = digits.parse().ok()?;
    match unit {
        b'H' => Some(Duration::from_secs(number * 3600)),
        b'M' => Some(Duration::from_secs(number * 60)),
        b'S' => Some(Duration::from_secs(number)),
        b'm' => Some(Duration::from_millis(number)),
        b'u' => Some(Duration::from_micros(number)),
        b'n' => Some(Duration::from_nanos(number)),
        _ => None,
    }
}

/// One line per call, also if the client goes away before the answer: then at drop.
struct LogLine {
    method: String,
    started: Instant,
    ended: bool,
}

impl LogLine {
    fn new(path: &str) -> LogLine {
        LogLine { method: path.trim_start_matches('/').to_owned(), started: Instant::now(), ended: false }
    }

    fn end(&mut self, response: &Response<Body>) {
        let code = response.extensions().get::<Status>().map_or(Code::Ok, Status::code);
        self.write(code, response.extensions().get::<Measured>());
    }

    fn write(&mut self, code: Code, measured: Option<&Measured>) {
        self.ended = true;
        let method = &*self.method;
        let duration_ms = (self.started.elapsed().as_secs_f64() * 1e5).round() / 100.0;
        let bytes = measured.map(|m| m.bytes);
        let figures = measured.map(|m| m.figures);
        // Probes and reflection come by the thousand and say nothing.
        if method.starts_with(proto::SERVICE) {
            tracing::info!(method, ?code, duration_ms, bytes, figures, "call");
        } else {
            tracing::debug!(method, ?code, duration_ms, "call");
        }
    }
}

impl Drop for LogLine {
    fn drop(&mut self) {
        if !self.ended {
            self.write(Code::Cancelled, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timeouts() {
        let parse = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("grpc-timeout", value.parse().unwrap());
            grpc_timeout(&headers)
        };
        assert_eq!(parse("250m"), Some(Duration::from_millis(250)));
        assert_eq!(parse("99999999H"), Some(Duration::from_secs(99_999_999 * 3600)));
        assert_eq!(parse("1n"), Some(Duration::from_nanos(1)));
        for bad in ["", "m", "10", "10x", "-1S", "100000000S", "1.5S"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
