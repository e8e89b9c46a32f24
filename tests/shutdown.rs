//! The end in order: NOT_SERVING, a pause, no more connections, calls finish, and nothing hangs for ever.

mod server;

use std::time::{Duration, Instant};

use factfigures::proto::{self, v1};
use server::{Process, Running, get, long_text, of};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Code;
use tonic::transport::Endpoint;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use v1::fact_figure_service_client::FactFigureServiceClient;

fn asking() -> HealthCheckRequest {
    HealthCheckRequest { service: proto::SERVICE.into() }
}

fn document(text: &str) -> v1::StreamExtractFiguresRequest {
    v1::StreamExtractFiguresRequest { request: Some(of(text)) }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stages_follow_one_another() {
    let running = Running::start(&["--shutdown-pause", "600ms"]).await;
    let mut health = HealthClient::new(running.channel().await);
    let mut watch = health.watch(asking()).await.unwrap().into_inner();
    assert_eq!(watch.message().await.unwrap().unwrap().status(), ServingStatus::Serving);
    let mut client = running.client().await;
    let (documents, receiver) = mpsc::channel(1);
    let mut results =
        client.stream_extract_figures(ReceiverStream::new(receiver)).await.unwrap().into_inner();
    assert_eq!(get(running.admin, "/readyz").await.0, 200);

    let (admin, address) = (running.admin, running.address);
    let ended = running.ended;
    running.stop.send(()).unwrap();
    assert_eq!(watch.message().await.unwrap().unwrap().status(), ServingStatus::NotServing);
    // During the pause: not ready, alive, and calls on old and new connections are answered.
    assert_eq!(get(admin, "/readyz").await.0, 503);
    assert_eq!(get(admin, "/livez").await.0, 200);
    client.extract_figures(of("5 km")).await.unwrap();
    let endpoint = Endpoint::from_shared(format!("http://{address}")).unwrap();
    let mut late = FactFigureServiceClient::new(endpoint.connect().await.unwrap());
    late.extract_figures(of("5 km")).await.unwrap();
    // The stream goes on as long as documents come, and is ended when they do not.
    documents.send(document("5 km")).await.unwrap();
    assert!(results.message().await.unwrap().is_some());
    let status = results.message().await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable, "{status:?}");
    // The port is closed.
    assert!(TcpStream::connect(address).await.is_err());
    assert_eq!(watch.message().await.unwrap_err().code(), Code::Unavailable);
    ended.await.unwrap().unwrap();
}

/// Trap: graceful shutdown waits for ever on an open `Watch` or an idle stream.
#[tokio::test(flavor = "multi_thread")]
async fn neither_a_watch_nor_a_stream_holds_up_the_end() {
    let running = Running::start(&[]).await;
    let mut health = HealthClient::new(running.channel().await);
    let watch = health.watch(asking()).await.unwrap();
    let mut client = running.client().await;
    let idle = client.stream_extract_figures(tokio_stream::pending()).await.unwrap();
    let started = Instant::now();
    running.stop().await;
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    drop((watch, idle));
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_under_way_finish() {
    let running = Running::start(&["--shutdown-drain", "2m", "--shutdown-deadline", "3m"]).await;
    let mut client = running.client().await;
    let call = tokio::spawn(async move { client.extract_figures(of(&long_text()[..200_000])).await });
    running.until("factfigures_reading_documents", 1.0).await;
    running.stop().await;
    let answer = call.await.unwrap().unwrap().into_inner();
    assert!(answer.figures.len() > 1000);
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_that_take_too_long_are_answered_unavailable() {
    let running = Running::start(&["--shutdown-drain", "100ms"]).await;
    let mut client = running.client().await;
    let call = tokio::spawn(async move { client.extract_figures(of(&long_text())).await });
    running.until("factfigures_reading_documents", 1.0).await;
    let started = Instant::now();
    running.stop().await;
    assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
    assert_eq!(call.await.unwrap().unwrap_err().code(), Code::Unavailable);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_deadline_ends_what_does_not_end_itself() {
    let running = Running::start(&["--shutdown-deadline", "300ms"]).await;
    // Connected, and silent in the middle of a handshake.
    let stuck = TcpStream::connect(running.address).await.unwrap();
    let mut client = running.client().await;
    let call = tokio::spawn(async move { client.extract_figures(of(&long_text())).await });
    running.until("factfigures_reading_documents", 1.0).await;
    let started = Instant::now();
    running.stop().await;
    assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
    assert!(call.await.unwrap().is_err());
    drop(stuck);
}

/// Two servers, replaced one after the other under load. Clients are told by health where to go, as a load balancer
/// would tell them: not one call is lost.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn no_call_is_lost_in_rolling_restarts() {
    use std::sync::{Arc, RwLock};
    let mut old = Process::start(&[]);
    let serving = Arc::new(RwLock::new(old.address));
    let until = Instant::now() + Duration::from_secs(4);
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let serving = Arc::clone(&serving);
        callers.spawn(async move {
            let mut calls = 0;
            let mut at = None;
            let mut client = None;
            while Instant::now() < until {
                let now = *serving.read().unwrap();
                if Some(now) != at {
                    let endpoint = Endpoint::from_shared(format!("http://{now}")).unwrap();
                    client = Some(FactFigureServiceClient::new(endpoint.connect().await.unwrap()));
                    at = Some(now);
                }
                let text = "It costs $5. ".repeat(calls % 50);
                client.as_mut().unwrap().extract_figures(of(&text)).await.unwrap();
                calls += 1;
            }
            calls
        });
    }
    let mut restarts = 0;
    while Instant::now() + Duration::from_millis(600) < until {
        let new = Process::start(&[]);
        *serving.write().unwrap() = new.address;
        let mut replaced = std::mem::replace(&mut old, new);
        tokio::task::spawn_blocking(move || replaced.stop()).await.unwrap();
        restarts += 1;
    }
    let calls: usize = callers.join_all().await.into_iter().sum();
    old.stop();
    assert!(restarts >= 3 && calls > 100, "{restarts} restarts, {calls} calls");
}
