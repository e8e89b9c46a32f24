//! Bearer tokens.

mod server;

use std::path::PathBuf;
use std::time::Duration;

use server::{Client, Process, Running, of};
use tonic::{Code, Request, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use tonic_types::StatusExt;

/// SHA-256 of "secret" and of "other".
const SECRET: &str = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
const OTHER: &str = "d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa";

fn file(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path
}

async fn call(client: &mut Client, authorization: Option<&str>) -> Result<(), Status> {
    let mut request = Request::new(of("5 km"));
    if let Some(value) = authorization {
        request.metadata_mut().insert("authorization", value.parse().unwrap());
    }
    client.extract_figures(request).await.map(|_| ())
}

#[tokio::test]
async fn only_known_tokens_are_let_in() {
    let tokens = file("tokens-known", &format!("# who\ndesk {SECRET}\nwire {OTHER}\n"));
    let running = Running::start(&["--tokens", tokens.to_str().unwrap()]).await;
    let mut client = running.client().await;
    for good in ["Bearer secret", "bearer secret", "Bearer other"] {
        call(&mut client, Some(good)).await.unwrap();
    }
    for bad in [None, Some(""), Some("Bearer "), Some("Bearer Secret"), Some("Basic secret"), Some(SECRET)] {
        let status = call(&mut client, bad).await.unwrap_err();
        assert_eq!(status.code(), Code::Unauthenticated, "{bad:?}");
        let info = status.get_details_error_info().unwrap();
        assert_eq!(info.domain, "factfigures.v1");
        assert!(info.reason.starts_with("CREDENTIALS_"));
        assert!(status.get_details_request_info().is_some());
    }
    let metrics = running.metrics().await;
    assert_eq!(metrics.value("factfigures_token_calls_total{token=\"desk\"}"), 2.0);
    assert_eq!(metrics.value("factfigures_token_calls_total{token=\"wire\"}"), 1.0);
    // Load balancers ask for health without a token.
    let mut health = HealthClient::new(running.channel().await);
    health.check(HealthCheckRequest::default()).await.unwrap();
    running.stop().await;
}

#[tokio::test]
async fn tokens_change_without_a_restart_and_a_bad_file_changes_nothing() {
    let tokens = file("tokens-changing", &format!("desk {SECRET}\n"));
    let running = Running::start(&["--tokens", tokens.to_str().unwrap(), "--reload-interval", "50ms"]).await;
    let mut client = running.client().await;
    call(&mut client, Some("Bearer secret")).await.unwrap();

    std::fs::write(&tokens, format!("desk {OTHER}\n")).unwrap();
    running.until("factfigures_reloads_total{outcome=\"success\"}", 1.0).await;
    call(&mut client, Some("Bearer other")).await.unwrap();
    assert_eq!(call(&mut client, Some("Bearer secret")).await.unwrap_err().code(), Code::Unauthenticated);

    std::fs::write(&tokens, "desk nonsense\n").unwrap();
    running.until("factfigures_reloads_total{outcome=\"failure\"}", 1.0).await;
    call(&mut client, Some("Bearer other")).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(running.metrics().await.value("factfigures_reloads_total{outcome=\"failure\"}"), 1.0);
    running.stop().await;
}

#[cfg(unix)]
#[tokio::test]
async fn sighup_reads_the_files_at_once_and_ends_nothing() {
    let tokens = file("tokens-hup", &format!("desk {SECRET}\n"));
    let flags = ["--tokens", tokens.to_str().unwrap(), "--reload-interval", "1h"];
    let mut process = Process::start(&flags);
    let mut client = process.client().await;
    call(&mut client, Some("Bearer secret")).await.unwrap();
    std::fs::write(&tokens, format!("desk {OTHER}\n")).unwrap();
    process.signal("-HUP");
    for _ in 0..200 {
        if call(&mut client, Some("Bearer other")).await.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    call(&mut client, Some("Bearer other")).await.unwrap();
    assert!(call(&mut client, Some("Bearer secret")).await.is_err());
    process.stop();

    // Where there is nothing to read, neither.
    let mut process = Process::start(&[]);
    process.signal("-HUP");
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(process.is_alive());
}
