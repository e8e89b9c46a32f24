//! The port for operators, and the log.

mod server;

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use factfigures::proto::v1;
use server::{Running, get, of, with};
use tonic::Request;
use tonic::codegen::http::HeaderMap;
use tonic::transport::Endpoint;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse};
use v1::fact_figure_service_client::FactFigureServiceClient;

/// Of `00-TRACE-SPAN-01`.
const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";

#[tokio::test]
async fn probes_are_answered_in_plain_text() {
    let running = Running::start(&[]).await;
    assert_eq!(get(running.admin, "/livez").await, (200, "ok\n".to_owned()));
    assert_eq!(get(running.admin, "/readyz").await, (200, "ok\n".to_owned()));
    assert_eq!(get(running.admin, "/").await.0, 404);
    let endpoint = Endpoint::from_shared(format!("http://{}", running.admin)).unwrap();
    let mut health = HealthClient::new(endpoint.connect().await.unwrap());
    for service in ["", factfigures::proto::SERVICE] {
        let asking = HealthCheckRequest { service: service.into() };
        let answer = health.check(asking).await.unwrap().into_inner();
        assert_eq!(answer, HealthCheckResponse { status: ServingStatus::Serving.into() });
    }
    // Only health: the service itself may need TLS and tokens.
    let mut client = FactFigureServiceClient::new(endpoint.connect().await.unwrap());
    assert!(client.extract_figures(of("5 km")).await.is_err());
    running.stop().await;
}

#[tokio::test]
async fn calls_are_counted_by_the_conventions() {
    let running = Running::start(&[]).await;
    let mut client = running.client().await;
    client.extract_figures(of("It costs $5 or 4%.")).await.unwrap();
    client
        .extract_figures(with(v1::Document { region_code: "?".into(), ..Default::default() }))
        .await
        .unwrap_err();
    running.until("factfigures_open_calls", 0.0).await;
    let metrics = running.metrics().await;
    for (metric, value) in [
        (
            "rpc_server_call_duration_seconds_count{rpc_system_name=\"grpc\",\
             rpc_method=\"factfigures.v1.FactFigureService/ExtractFigures\",rpc_response_status_code=\"OK\"}",
            1.0,
        ),
        (
            "rpc_server_call_duration_seconds_count{rpc_system_name=\"grpc\",\
             rpc_method=\"factfigures.v1.FactFigureService/ExtractFigures\",\
             rpc_response_status_code=\"INVALID_ARGUMENT\"}",
            1.0,
        ),
        ("factfigures_documents_total", 1.0),
        ("factfigures_figures_total{kind=\"KIND_MONEY\"}", 1.0),
        ("factfigures_figures_total{kind=\"KIND_PERCENTAGE\"}", 1.0),
        ("factfigures_document_figures_sum", 2.0),
        ("factfigures_document_bytes_sum", 18.0),
        ("factfigures_connections", 1.0),
    ] {
        assert_eq!(metrics.value(metric), value, "{metric} in\n{}", metrics.0);
    }
    running.stop().await;
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).unwrap_or_else(|| panic!("no {name}")).to_str().unwrap()
}

#[tokio::test]
async fn a_call_keeps_its_id_and_trace() {
    let running = Running::start(&[]).await;
    let mut client = running.client().await;
    let mut request = Request::new(of("5 km"));
    request.metadata_mut().insert("x-request-id", "desk-17".parse().unwrap());
    request.metadata_mut().insert("traceparent", format!("00-{TRACE}-{PARENT}-01").parse().unwrap());
    let headers = client.extract_figures(request).await.unwrap().metadata().clone().into_headers();
    assert_eq!(header(&headers, "x-request-id"), "desk-17");
    let trace = header(&headers, "traceresponse");
    assert!(trace.starts_with(&format!("00-{TRACE}-")) && trace.ends_with("-01"), "{trace}");
    assert!(!trace.contains(PARENT), "{trace}");

    // Nonsense is replaced, not repeated.
    let mut request = Request::new(of("5 km"));
    request.metadata_mut().insert("x-request-id", "a b".parse().unwrap());
    request.metadata_mut().insert("traceparent", "00-0-0-0".parse().unwrap());
    let headers = client.extract_figures(request).await.unwrap().metadata().clone().into_headers();
    assert_eq!(header(&headers, "x-request-id").len(), 32);
    assert_eq!(header(&headers, "traceresponse").len(), 55);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_json_with_the_request_id_and_without_the_text() {
    const SECRET: &str = "zanzibar";
    let mut child = Command::new(env!("CARGO_BIN_EXE_factfigures"))
        .args(["serve", "--address", "127.0.0.1:0", "--log-format", "json", "--log-level", "trace"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().rsplit(' ').next().unwrap().to_owned();
    let endpoint = Endpoint::from_shared(format!("http://{address}")).unwrap();
    let mut client = FactFigureServiceClient::new(endpoint.connect().await.unwrap());
    let good = of(&format!("{SECRET} sold 5 km of it."));
    let mut bad = good.clone();
    bad.document.as_mut().unwrap().region_code = SECRET.into();
    for (id, request) in [("id-good", &good), ("id-bad", &bad)] {
        let mut request = Request::new(request.clone());
        request.metadata_mut().insert("x-request-id", id.parse().unwrap());
        let _ = client.extract_figures(request).await;
    }
    let document = v1::StreamExtractFiguresRequest { request: Some(bad) };
    let stream = tokio_stream::iter([document]);
    client.stream_extract_figures(stream).await.unwrap().into_inner().message().await.unwrap().unwrap();
    drop(client);
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(child.wait().unwrap().success());

    assert!(!log.to_lowercase().contains(SECRET), "{log}");
    let lines: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}")))
        .collect();
    let calls: Vec<_> = lines.iter().filter(|line| line["message"] == "call").collect();
    assert_eq!(calls.len(), 3, "{log}");
    for call in &calls {
        assert!(call["span"]["request_id"].as_str().is_some_and(|id| !id.is_empty()), "{call}");
        assert_eq!(call["span"]["trace_id"].as_str().unwrap().len(), 32);
    }
    let good = calls.iter().find(|call| call["span"]["request_id"] == "id-good").unwrap();
    assert_eq!((good["code"].as_str(), good["figures"].as_u64()), (Some("OK"), Some(1)), "{good}");
    let bad = calls.iter().find(|call| call["span"]["request_id"] == "id-bad").unwrap();
    assert_eq!(bad["code"], "INVALID_ARGUMENT");
}
