//! One connection: handshake, HTTP/2 or HTTP/1.1, and an end in order when it is old, idle or no longer wanted.

use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body::Body as HttpBody;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tonic::codegen::http::{Request, Response};

use super::call::{Clock, Watched};
use super::phase::{Life, Phase};
use super::preface::{self, Protocol, Transport};
use super::tls::Tls;
use crate::config;

/// What a stream may send before we read it, and a connection altogether: Envoy's advice for the edge.
const STREAM_WINDOW: u32 = 64 << 10;
const CONNECTION_WINDOW: u32 = 1 << 20;
/// What is written ahead for a client that reads slowly, per call.
const SEND_BUFFER: usize = 64 << 10;
/// How often a connection looks whether it is idle or stuck.
const LOOK: Duration = Duration::from_secs(1);
/// How long a connection that was accepted just before the end may take to make its first call.
const LAST_CALL: Duration = Duration::from_millis(300);
/// How many times as long as a handshake the first call may take: a connection that never calls is no client.
const FIRST_CALL: u32 = 6;
/// How long a client may take to close its side of a connection that is over.
const LINGER: Duration = Duration::from_secs(1);
/// How long a client may take to leave after it was told to, once it has no calls.
const LEAVE: Duration = Duration::from_secs(5);

/// What all connections of a port share.
pub(super) struct Manner {
    pub(super) limits: config::Limits,
    pub(super) timeouts: config::Timeouts,
    pub(super) life: Life,
    /// When this port closes.
    pub(super) until: Phase,
    pub(super) tls: Option<Arc<Tls>>,
}

/// The calls of one connection.
#[derive(Debug, Default)]
pub(super) struct Calls {
    clocks: Mutex<Vec<Weak<Clock>>>,
    open: Arc<AtomicUsize>,
}

/// A call that its connection counts as long as it lives.
#[derive(Debug)]
pub(super) struct OpenCall(Arc<AtomicUsize>);

impl Drop for OpenCall {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Calls {
    /// Remembers a call for as long as it lives.
    pub(super) fn add(&self, clock: &Arc<Clock>) -> OpenCall {
        self.clocks.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::downgrade(clock));
        self.open.fetch_add(1, Ordering::Relaxed);
        OpenCall(Arc::clone(&self.open))
    }

    /// How many are open.
    pub(super) fn open(&self) -> usize {
        self.open.load(Ordering::Relaxed)
    }

    /// What became of the calls since the last look.
    fn look(&self) -> Look {
        let mut calls = self.clocks.lock().unwrap_or_else(PoisonError::into_inner);
        let mut look = Look { any: !calls.is_empty(), open: false, stuck: false };
        calls.retain(|call| {
            let call = call.upgrade();
            look.stuck |= call.as_ref().is_some_and(|clock| clock.is_stuck());
            call.is_some()
        });
        look.open = !calls.is_empty();
        look
    }
}

struct Look {
    /// Whether there was any call.
    any: bool,
    /// Whether one is still open.
    open: bool,
    /// Whether the time of one is over and it cannot be told, because its client does not read.
    stuck: bool,
}

/// How long a connection has been without a call.
struct Idle {
    since: Instant,
    limit: Duration,
}

impl Idle {
    fn is_over(&self) -> bool {
        !self.limit.is_zero() && self.since.elapsed() > self.limit
    }
}

/// Serves a connection to its end. Why it ended early is told; what its client did is not an error of ours.
pub(super) async fn serve<H, F, B>(stream: TcpStream, manner: &Manner, handler: H) -> Result<(), &'static str>
where
    H: Fn(Request<Incoming>, Arc<Calls>) -> F + Clone + Send + 'static,
    F: Future<Output = Response<B>> + Send + 'static,
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    // Small answers must not wait for one another. A socket that refuses is a socket that is gone.
    let _ = stream.set_nodelay(true);
    let acceptor = manner.tls.as_ref().map(|tls| tls.acceptor());
    let greeting = async {
        let stream: Box<dyn Transport> = match acceptor {
            Some(acceptor) => Box::new(acceptor.accept(stream).await.map_err(|_| "handshake")?),
            None => Box::new(stream),
        };
        preface::read(stream).await.map_err(|_| "preface")
    };
    let mut life = manner.life.clone();
    let stopping = async {
        life.reached(manner.until).await;
        tokio::time::sleep(LAST_CALL).await;
    };
    let (protocol, stream, returned) = tokio::select! {
        greeted = tokio::time::timeout(manner.timeouts.handshake_timeout, greeting) => {
            greeted.map_err(|_| "handshake_timeout")??
        }
        () = stopping => return Err("shutdown"),
    };

    let calls = Arc::new(Calls::default());
    let service = {
        let calls = Arc::clone(&calls);
        hyper::service::service_fn(move |request| {
            let answer = handler(request, Arc::clone(&calls));
            async { Ok::<_, std::convert::Infallible>(answer.await) }
        })
    };
    let io = TokioIo::new(stream);
    match protocol {
        Protocol::Http2 => {
            let connection = http2(manner).serve_connection(io, service);
            drive(connection, |connection| connection.graceful_shutdown(), &calls, manner, false).await;
        }
        Protocol::Http1 => {
            let connection = http1(manner).serve_connection(io, service);
            drive(connection, |connection| connection.graceful_shutdown(), &calls, manner, true).await;
        }
    }
    let lingering = async {
        if let Ok(stream) = returned.await {
            preface::linger(stream).await;
        }
    };
    let _ = tokio::time::timeout(LINGER, lingering).await;
    Ok(())
}

fn http2(manner: &Manner) -> http2::Builder<Watched> {
    let (limits, timeouts) = (&manner.limits, &manner.timeouts);
    let mut builder = http2::Builder::new(Watched);
    builder
        .timer(TokioTimer::new())
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .max_concurrent_streams(limits.max_connection_streams)
        .max_header_list_size(u32::try_from(limits.max_header_bytes).unwrap_or(u32::MAX))
        .max_send_buf_size(SEND_BUFFER)
        .keep_alive_timeout(timeouts.keepalive_timeout);
    if !timeouts.keepalive_interval.is_zero() {
        builder.keep_alive_interval(timeouts.keepalive_interval);
    }
    builder
}

fn http1(manner: &Manner) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(manner.timeouts.handshake_timeout)
        // The smallest that hyper takes.
        .max_buf_size(manner.limits.max_header_bytes.max(8 << 10));
    builder
}

/// Runs a connection until it ends or has to. With a call that is stuck ends a connection that can have no other;
/// elsewhere only the call does.
async fn drive<C, E>(
    connection: C,
    end_in_order: impl Fn(Pin<&mut C>),
    calls: &Calls,
    manner: &Manner,
    one_call: bool,
) where
    C: Future<Output = Result<(), E>>,
    E: std::fmt::Display,
{
    let mut connection = pin!(connection);
    let timeouts = &manner.timeouts;
    let (mut life, mut after_life) = (manner.life.clone(), manner.life.clone());
    let born = Instant::now();
    let mut stopping = pin!(async {
        life.reached(manner.until).await;
        tokio::time::sleep(LAST_CALL.saturating_sub(born.elapsed())).await;
    });
    let mut over = pin!(after_life.reached(Phase::Over));
    let mut too_old = pin!(age(timeouts.connection_age));
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut ending = false;
    let limit = timeouts.connection_idle.min(timeouts.handshake_timeout * FIRST_CALL);
    let mut idle = Idle { since: Instant::now(), limit };
    loop {
        let end = tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "connection");
                }
                return;
            }
            () = &mut over => return,
            () = &mut stopping, if !ending => true,
            () = &mut too_old, if !ending => true,
            _ = looks.tick() => {
                let look = calls.look();
                if look.stuck && one_call || ending && !look.open && idle.since.elapsed() > LEAVE {
                    return;
                }
                if look.any {
                    idle = Idle { since: Instant::now(), limit: timeouts.connection_idle };
                }
                !ending && idle.is_over()
            }
        };
        if end {
            ending = true;
            idle.since = Instant::now();
            end_in_order(connection.as_mut());
        }
    }
}

/// Completes after the age, a little sooner or later, so that clients do not all come again at once.
async fn age(limit: Duration) {
    if limit.is_zero() {
        return std::future::pending().await;
    }
    let some = std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), 0) % 2000;
    tokio::time::sleep(limit.mul_f64(0.9 + some as f64 / 10_000.0)).await;
}
