//! `StreamExtractFigures` over a real connection.

mod server;

use std::time::{Duration, Instant};

use factfigures::proto::v1;
use factfigures::proto::v1::stream_extract_figures_response::Result as Outcome;
use prost::Message;
use server::{Running, long_text, of, raw, with};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Code;
use tonic::transport::Endpoint;
use v1::fact_figure_service_client::FactFigureServiceClient;

fn document(id: &str, text: &str) -> v1::StreamExtractFiguresRequest {
    let document = v1::Document { id: id.into(), text: text.into(), ..Default::default() };
    v1::StreamExtractFiguresRequest { request: Some(with(document)) }
}

fn figures(result: &v1::StreamExtractFiguresResponse) -> usize {
    match &result.result {
        Some(Outcome::Response(response)) => response.figures.len(),
        other => panic!("{other:?}"),
    }
}

fn error(result: v1::StreamExtractFiguresResponse) -> tonic_types::Status {
    match result.result {
        Some(Outcome::Error(status)) => status,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn results_come_in_the_order_of_the_documents() {
    let running = Running::start(&[]).await;
    let texts: Vec<String> =
        (0..100).map(|i| "It costs $5. ".repeat(if i % 7 == 0 { 300 } else { i % 5 })).collect();
    let documents: Vec<_> = texts.iter().enumerate().map(|(i, t)| document(&i.to_string(), t)).collect();
    let mut client = running.client().await;
    let mut results =
        client.stream_extract_figures(tokio_stream::iter(documents)).await.unwrap().into_inner();
    for (i, text) in texts.iter().enumerate() {
        let result = results.message().await.unwrap().unwrap();
        assert_eq!(result.document_id, i.to_string());
        let alone = client.extract_figures(of(text)).await.unwrap().into_inner();
        assert_eq!(figures(&result), alone.figures.len(), "{i}");
    }
    assert!(results.message().await.unwrap().is_none());
    running.stop().await;
}

#[tokio::test]
async fn a_bad_document_is_told_and_the_stream_goes_on() {
    let running = Running::start(&["--max-text-bytes", "100"]).await;
    let mut bad = document("2", "5 km");
    bad.request.as_mut().unwrap().offset_unit = 9;
    let documents = [
        document("1", &"x".repeat(101)),
        bad,
        v1::StreamExtractFiguresRequest::default(),
        document("4", "5 km"),
    ];
    let mut client = running.client().await;
    let mut results =
        client.stream_extract_figures(tokio_stream::iter(documents)).await.unwrap().into_inner();
    for (id, field) in [("1", "document.text"), ("2", "offset_unit"), ("", "request")] {
        let result = results.message().await.unwrap().unwrap();
        assert_eq!(result.document_id, id);
        let status = error(result);
        assert_eq!(status.code, Code::InvalidArgument as i32);
        assert!(status.message.starts_with(field), "{status:?}");
        let types: Vec<_> =
            status.details.iter().map(|any| any.type_url.rsplit('/').next().unwrap()).collect();
        assert_eq!(types, ["google.rpc.BadRequest", "google.rpc.RequestInfo"]);
    }
    assert_eq!(figures(&results.message().await.unwrap().unwrap()), 1);
    assert!(results.message().await.unwrap().is_none());
    running.stop().await;
}

#[tokio::test]
async fn each_result_comes_before_the_next_document_is_sent() {
    let running = Running::start(&[]).await;
    let (sender, receiver) = mpsc::channel(1);
    let mut client = running.client().await;
    let mut results =
        client.stream_extract_figures(ReceiverStream::new(receiver)).await.unwrap().into_inner();
    for i in 0..5 {
        sender.send(document(&i.to_string(), "5 km")).await.unwrap();
        assert_eq!(results.message().await.unwrap().unwrap().document_id, i.to_string());
    }
    drop(sender);
    assert!(results.message().await.unwrap().is_none(), "half-closed, the stream ends well");
    running.until("factfigures_open_calls", 0.0).await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_reader_stops_the_server_from_reading_on() {
    let running = Running::start(&["--stream-window", "2"]).await;
    let (sender, receiver) = mpsc::channel(1);
    let text = "It costs $5. ".repeat(150);
    let sending = tokio::spawn(async move {
        for i in 0..80 {
            if sender.send(document(&i.to_string(), &text)).await.is_err() {
                return i;
            }
        }
        80
    });
    // No more than this is under way to the client; by default it would be megabytes.
    let endpoint = Endpoint::from_shared(format!("http://{}", running.address)).unwrap();
    let channel = endpoint.initial_stream_window_size(64 << 10).connect().await.unwrap();
    let mut client = FactFigureServiceClient::new(channel);
    let mut results =
        client.stream_extract_figures(ReceiverStream::new(receiver)).await.unwrap().into_inner();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let read = running.metrics().await.value("factfigures_documents_total");
    assert!(read < 40.0, "{read} documents were read for a client that reads none");
    assert!(!sending.is_finished());
    for i in 0..80 {
        let result = results.message().await.unwrap().unwrap();
        assert_eq!(result.document_id, i.to_string());
        assert_eq!(figures(&result), 150);
    }
    assert!(results.message().await.unwrap().is_none());
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_stream_stops_the_work() {
    let running = Running::start(&["--workers", "1"]).await;
    let (sender, receiver) = mpsc::channel(4);
    for id in ["1", "2"] {
        sender.send(document(id, &long_text())).await.unwrap();
    }
    let mut client = running.client().await;
    let results = client.stream_extract_figures(ReceiverStream::new(receiver)).await.unwrap();
    running.until("factfigures_reading_documents", 1.0).await;
    // A debug build takes a tenth of a second to find the sentences.
    tokio::time::sleep(Duration::from_millis(300)).await;
    // The stream is reset once both of its directions are let go.
    drop((sender, results));
    let cancelled = Instant::now();
    running.until("factfigures_reading_documents", 0.0).await;
    // Long before it would be done; on a busy machine the thread may have to wait for its turn to stop.
    assert!(cancelled.elapsed() < Duration::from_secs(8), "{:?}", cancelled.elapsed());
    assert_eq!(running.metrics().await.value("factfigures_documents_total"), 0.0);
    running.until("factfigures_open_calls", 0.0).await;
    running.stop().await;
}

#[tokio::test]
async fn a_message_that_is_too_large_ends_the_stream_after_the_results_before_it() {
    let running = Running::start(&["--max-text-bytes", "1000", "--max-message-bytes", "2000"]).await;
    let documents = [document("1", "5 km"), document("2", &"x".repeat(3000)), document("3", "5 km")];
    let mut client = running.client().await;
    let mut results =
        client.stream_extract_figures(tokio_stream::iter(documents)).await.unwrap().into_inner();
    assert_eq!(results.message().await.unwrap().unwrap().document_id, "1");
    let status = results.message().await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted, "{status:?}");
    running.stop().await;
}

#[tokio::test]
async fn a_silent_stream_is_ended() {
    let running = Running::start(&["--stream-idle-timeout", "200ms"]).await;
    let (sender, receiver) = mpsc::channel(1);
    let mut client = running.client().await;
    let mut results =
        client.stream_extract_figures(ReceiverStream::new(receiver)).await.unwrap().into_inner();
    sender.send(document("1", "5 km")).await.unwrap();
    results.message().await.unwrap().unwrap();
    let status = results.message().await.unwrap_err();
    assert_eq!(status.code(), Code::DeadlineExceeded, "{status:?}");
    running.stop().await;
}

#[tokio::test]
async fn too_many_streams_are_turned_away() {
    let running = Running::start(&["--max-streams", "1"]).await;
    let mut client = running.client().await;
    let (sender, receiver) = mpsc::channel(1);
    let open = client.stream_extract_figures(ReceiverStream::new(receiver)).await.unwrap();
    let status = client.stream_extract_figures(tokio_stream::pending()).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted, "{status:?}");
    client.extract_figures(of("5 km")).await.unwrap();
    drop((sender, open));
    running.until("factfigures_open_calls", 0.0).await;
    client.stream_extract_figures(tokio_stream::pending()).await.unwrap();
    running.stop().await;
}

#[tokio::test]
async fn a_document_that_takes_too_long_is_told_so_in_its_place() {
    let running = Running::start(&["--request-timeout", "500ms"]).await;
    let documents = [document("1", &long_text()), document("2", "5 km")];
    let mut client = running.client().await;
    let mut results =
        client.stream_extract_figures(tokio_stream::iter(documents)).await.unwrap().into_inner();
    let status = error(results.message().await.unwrap().unwrap());
    assert_eq!(status.code, Code::DeadlineExceeded as i32);
    assert_eq!(figures(&results.message().await.unwrap().unwrap()), 1);
    running.stop().await;
}

#[tokio::test]
async fn the_deadline_of_the_whole_stream_is_kept() {
    let running = Running::start(&[]).await;
    let message = document("1", &long_text()).encode_to_vec();
    let mut frame = vec![0];
    frame.extend((message.len() as u32).to_be_bytes());
    frame.extend(message);
    let started = Instant::now();
    let answer =
        raw::call(running.address, "StreamExtractFigures", &[("grpc-timeout", "50m")], frame).await.unwrap();
    assert_eq!(answer.status(), (Code::DeadlineExceeded as i32).to_string());
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
    running.stop().await;
}
