//! The service over a real connection on loopback.

mod server;

use std::time::{Duration, Instant};

use factfigures::proto::{self, v1};
use prost::Message;
use server::{Client, Running, of, raw, violations, with};
use tokio_stream::StreamExt;
use tonic::Code;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse};

async fn only_violation(client: &mut Client, request: v1::ExtractFiguresRequest) -> (String, String) {
    let status = client.extract_figures(request).await.unwrap_err();
    let violations = violations(&status);
    assert_eq!(violations.len(), 1, "{violations:?}");
    violations.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_document_is_answered() {
    let running = Running::start(&[]).await;
    let document = v1::Document {
        id: "wire-1".into(),
        text: "Shares rose 5% 😀 to £12.50 on Tuesday.".into(),
        publish_date: Some(proto::Date { year: 2024, month: 6, day: 12 }),
        language_code: "en-GB".into(),
        region_code: String::new(),
    };
    let request = v1::ExtractFiguresRequest { offset_unit: 3, ..with(document) };
    let response = running.client().await.extract_figures(request.clone()).await.unwrap().into_inner();
    assert_eq!(response.document_id, "wire-1");
    assert_eq!(response.language_code, "en-GB");
    assert_eq!(response.extractor_version, env!("CARGO_PKG_VERSION"));
    let again = running.client().await.extract_figures(request).await.unwrap().into_inner();
    assert_eq!(response, again);
    running.stop().await;
}

#[tokio::test]
async fn an_empty_text_has_no_figures() {
    let running = Running::start(&[]).await;
    for text in ["", " \n\u{feff}\0"] {
        let response = running.client().await.extract_figures(of(text)).await.unwrap().into_inner();
        assert_eq!(response.figures, []);
        assert_eq!(response.language_code, "en");
    }
    running.stop().await;
}

#[tokio::test]
async fn a_text_of_the_limit_is_read_and_a_longer_one_is_told_the_limit() {
    let running = Running::start(&[]).await;
    let mut client = running.client().await;
    let sentence = "The company sold its cars. ";
    let mut text = sentence.repeat((1 << 20) / sentence.len() + 1);
    text.truncate(1 << 20);
    client.extract_figures(of(&text)).await.unwrap();

    text.push('.');
    let (field, description) = only_violation(&mut client, of(&text)).await;
    assert_eq!(field, "document.text");
    assert!(description.contains("1048577") && description.contains("1048576"), "{description}");

    let status = client.extract_figures(of(&"é".repeat(4 << 20))).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted, "{status:?}");
    client.extract_figures(of("still 1 service")).await.unwrap();
    running.stop().await;
}

#[tokio::test]
async fn every_mistake_is_named() {
    let running = Running::start(&["--max-text-bytes", "20"]).await;
    let mut client = running.client().await;
    let date = |year, month, day| {
        with(v1::Document { publish_date: Some(proto::Date { year, month, day }), ..Default::default() })
    };
    let language = |code: &str| with(v1::Document { language_code: code.into(), ..Default::default() });
    let region = |code: &str| with(v1::Document { region_code: code.into(), ..Default::default() });
    for (request, field, said) in [
        (v1::ExtractFiguresRequest::default(), "document", "required"),
        (of("a text of 22 bytes ..."), "document.text", "at most 20"),
        (date(2024, 13, 1), "document.publish_date", "month 13"),
        (date(2024, 6, 31), "document.publish_date", "1 to 30"),
        (date(2023, 2, 29), "document.publish_date", "1 to 28"),
        (date(0, 6, 12), "document.publish_date", "full date"),
        (date(2024, 6, 0), "document.publish_date", "full date"),
        (date(2024, 0, 0), "document.publish_date", "full date"),
        (language("de"), "document.language_code", "expected en"),
        (region("Britain"), "document.region_code", "ISO 3166"),
        (v1::ExtractFiguresRequest { offset_unit: 4, ..of("") }, "offset_unit", "UTF8_BYTE"),
        (v1::ExtractFiguresRequest { kinds: vec![1, 99], ..of("") }, "kinds[1]", "KIND_COUNT"),
        (v1::ExtractFiguresRequest { kinds: vec![0], ..of("") }, "kinds[0]", "KIND_COUNT"),
    ] {
        let (found_field, description) = only_violation(&mut client, request).await;
        assert_eq!(found_field, field);
        assert!(description.contains(said), "{field}: {description}");
    }
    running.stop().await;
}

#[tokio::test]
async fn all_mistakes_are_named_together() {
    let running = Running::start(&[]).await;
    let request = v1::ExtractFiguresRequest {
        document: Some(v1::Document {
            publish_date: Some(proto::Date { year: 2024, month: 2, day: 30 }),
            language_code: "xx".into(),
            region_code: "?".into(),
            ..Default::default()
        }),
        offset_unit: -1,
        kinds: vec![13],
    };
    let status = running.client().await.extract_figures(request).await.unwrap_err();
    let mut fields: Vec<_> = violations(&status).into_iter().map(|(field, _)| field).collect();
    fields.sort();
    assert_eq!(
        fields,
        [
            "document.language_code",
            "document.publish_date",
            "document.region_code",
            "kinds[0]",
            "offset_unit"
        ]
    );
    running.stop().await;
}

#[tokio::test]
async fn a_passed_deadline_is_deadline_exceeded() {
    let running = Running::start(&["--workers", "1"]).await;
    let long = of(&"Prices rose 3.5 percent to $12. ".repeat(30_000));
    for timeout in ["1n", "1u", "1m", "2m"] {
        let status = raw::with_timeout(running.address, timeout, &long).await;
        assert_eq!(status, (Code::DeadlineExceeded as i32).to_string(), "{timeout}");
    }
    // Wherever the deadline falls, tonic's own timer does not get to say CANCELLED.
    let calls = ["3m", "4m", "5m", "7m", "9m", "15m"]
        .map(|timeout| raw::with_timeout(running.address, timeout, &long));
    for call in calls {
        assert_ne!(call.await, (Code::Cancelled as i32).to_string());
    }
    assert_eq!(raw::with_timeout(running.address, "10S", &of("5 km")).await, "0");
    running.stop().await;
}

#[tokio::test]
async fn cancelled_calls_leave_the_workers_free() {
    let running = Running::start(&["--workers", "1"]).await;
    let long = of(&"Prices rose 3.5 percent to $12. ".repeat(30_000));
    for _ in 0..20 {
        let mut client = running.client().await;
        let request = long.clone();
        let _ = tokio::time::timeout(Duration::from_millis(5), client.extract_figures(request)).await;
    }
    let started = Instant::now();
    running.client().await.extract_figures(of("5 km")).await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    running.stop().await;
}

async fn pages(client: &mut Client, first: v1::ListUnitsRequest) -> (Vec<v1::UnitInfo>, usize) {
    let mut request = first;
    let (mut units, mut calls) = (Vec::new(), 0);
    loop {
        let page = client.list_units(request.clone()).await.unwrap().into_inner();
        calls += 1;
        units.extend(page.units);
        if page.next_page_token.is_empty() {
            assert_eq!(page.total_size as usize, units.len());
            return (units, calls);
        }
        request.page_token = page.next_page_token;
    }
}

#[tokio::test]
async fn units_come_by_page() {
    let running = Running::start(&[]).await;
    let mut client = running.client().await;
    let (all, _) = pages(&mut client, v1::ListUnitsRequest { page_size: 1000, ..Default::default() }).await;
    assert!(all.is_sorted_by(|a, b| a.code <= b.code));

    let (by_seven, calls) =
        pages(&mut client, v1::ListUnitsRequest { page_size: 7, ..Default::default() }).await;
    assert_eq!(by_seven, all);
    assert_eq!(calls, all.len().div_ceil(7).max(1));

    let first = client.list_units(v1::ListUnitsRequest::default()).await.unwrap().into_inner();
    assert_eq!(first.units.len(), all.len().min(100));
    let coerced = v1::ListUnitsRequest { page_size: i32::MAX, ..Default::default() };
    let coerced = client.list_units(coerced).await.unwrap().into_inner();
    assert_eq!(coerced.units.len(), all.len().min(1000));

    let money = v1::Dimension::Money.into();
    let (filtered, _) =
        pages(&mut client, v1::ListUnitsRequest { page_size: 9, dimension: money, ..Default::default() })
            .await;
    let expected: Vec<_> = all.iter().filter(|unit| unit.dimension == money).cloned().collect();
    assert_eq!(filtered, expected);
    running.stop().await;
}

#[tokio::test]
async fn bad_pages_are_refused() {
    let running = Running::start(&[]).await;
    let mut client = running.client().await;
    let request = v1::ListUnitsRequest { page_size: -1, page_token: "2".into(), dimension: 999 };
    let status = client.list_units(request).await.unwrap_err();
    let fields: Vec<_> = violations(&status).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["page_size", "dimension", "page_token"]);

    let one = v1::ListUnitsRequest { page_size: 1, ..Default::default() };
    let token = client.list_units(one.clone()).await.unwrap().into_inner().next_page_token;
    if !token.is_empty() {
        let other = v1::ListUnitsRequest { page_token: token, dimension: v1::Dimension::Mass.into(), ..one };
        let status = client.list_units(other).await.unwrap_err();
        assert_eq!(violations(&status)[0].0, "page_token");
    }
    running.stop().await;
}

fn asking(service: &str) -> HealthCheckRequest {
    HealthCheckRequest { service: service.into() }
}

fn says(status: ServingStatus) -> HealthCheckResponse {
    HealthCheckResponse { status: status.into() }
}

#[tokio::test]
async fn health_is_told() {
    let running = Running::start(&[]).await;
    let mut health = HealthClient::new(running.channel().await);
    for service in ["", proto::SERVICE] {
        let answer = health.check(asking(service)).await.unwrap().into_inner();
        assert_eq!(answer, says(ServingStatus::Serving));
    }
    assert_eq!(health.check(asking("other")).await.unwrap_err().code(), Code::NotFound);
    let mut unknown = health.watch(asking("other")).await.unwrap().into_inner();
    assert_eq!(unknown.next().await.unwrap().unwrap(), says(ServingStatus::ServiceUnknown));
    drop(unknown);
    running.stop().await;
}

#[tokio::test]
async fn both_reflections_describe_the_service() {
    use tonic_reflection::pb::{v1 as new, v1alpha as old};
    let running = Running::start(&[]).await;

    let ask = new::server_reflection_request::MessageRequest::ListServices(String::new());
    let ask = new::ServerReflectionRequest { host: String::new(), message_request: Some(ask) };
    let mut client = new::server_reflection_client::ServerReflectionClient::new(running.channel().await);
    let mut answers = client.server_reflection_info(tokio_stream::iter([ask])).await.unwrap().into_inner();
    let answer = answers.next().await.unwrap().unwrap().message_response.unwrap();
    let new::server_reflection_response::MessageResponse::ListServicesResponse(list) = answer else {
        panic!("{answer:?}")
    };
    assert!(list.service.iter().any(|s| s.name == proto::SERVICE), "{list:?}");

    let ask = old::server_reflection_request::MessageRequest::FileContainingSymbol(proto::SERVICE.into());
    let ask = old::ServerReflectionRequest { host: String::new(), message_request: Some(ask) };
    let mut client = old::server_reflection_client::ServerReflectionClient::new(running.channel().await);
    let mut answers = client.server_reflection_info(tokio_stream::iter([ask])).await.unwrap().into_inner();
    let answer = answers.next().await.unwrap().unwrap().message_response.unwrap();
    assert!(
        matches!(answer, old::server_reflection_response::MessageResponse::FileDescriptorResponse(_)),
        "{answer:?}"
    );
    drop(answers);
    running.stop().await;
}

#[tokio::test]
async fn a_watch_sees_the_end_and_does_not_hold_it_up() {
    let running = Running::start(&[]).await;
    let mut health = HealthClient::new(running.channel().await);
    let mut watch = health.watch(asking(proto::SERVICE)).await.unwrap().into_inner();
    assert_eq!(watch.next().await.unwrap().unwrap(), says(ServingStatus::Serving));

    let started = Instant::now();
    let mut client = running.client().await;
    running.stop.send(()).unwrap();
    assert_eq!(watch.next().await.unwrap().unwrap(), says(ServingStatus::NotServing));
    // During the pause calls are still answered.
    client.extract_figures(of("5 km")).await.unwrap();
    assert_eq!(watch.next().await.unwrap().unwrap_err().code(), Code::Unavailable);
    running.ended.await.unwrap().unwrap();
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[tokio::test]
async fn an_idle_stream_is_cut_at_the_deadline() {
    use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
    let running = Running::start(&["--shutdown-deadline", "300ms"]).await;
    let mut client = ServerReflectionClient::new(running.channel().await);
    let idle = client.server_reflection_info(tokio_stream::pending()).await.unwrap();
    let started = Instant::now();
    running.stop().await;
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    drop(idle);
}

/// The program's answer to one document, with so many threads.
fn printed(document: &str, threads: &str) -> String {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_factfigures"))
        .args(["extract", "--format", "jsonl", "--threads", threads])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(format!("{document}\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

#[tokio::test]
async fn service_and_program_answer_the_same_bytes() {
    let running = Running::start(&[]).await;
    for name in ["business", "court", "sports"] {
        let text = std::fs::read_to_string(format!("tests/golden/{name}.txt")).unwrap();
        let request = of(&text);
        let first = running.client().await.extract_figures(request.clone()).await.unwrap().into_inner();
        let second = running.client().await.extract_figures(request).await.unwrap().into_inner();
        assert!(!first.figures.is_empty());
        assert_eq!(first.encode_to_vec(), second.encode_to_vec());
        let document = serde_json::json!({ "text": text }).to_string();
        let answered = serde_json::to_string(&first).unwrap();
        for threads in ["1", "2"] {
            assert_eq!(printed(&document, threads), answered, "{name} on {threads} threads");
        }
    }
    running.stop().await;
}
