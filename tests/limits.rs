//! Limits, deadlines and load: what is too much is told in time, and the rest is served.

mod server;

use std::time::{Duration, Instant};

use factfigures::config::Serve;
use factfigures::proto::v1;
use prost::Message;
use server::{Running, config, long_text, of, raw};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tonic::Code;
use tonic_types::StatusExt;

#[tokio::test(flavor = "multi_thread")]
async fn our_own_deadline_is_deadline_exceeded_and_the_work_stops() {
    let running = Running::start(&["--request-timeout", "100ms"]).await;
    let mut client = running.client().await;
    let started = Instant::now();
    let status = client.extract_figures(of(&long_text())).await.unwrap_err();
    let passed = started.elapsed();
    assert_eq!(status.code(), Code::DeadlineExceeded, "{status:?}");
    assert!(passed < Duration::from_secs(8), "{passed:?}");
    running.until("factfigures_reading_documents", 0.0).await;
    assert!(started.elapsed() < passed + Duration::from_secs(8), "{:?}", started.elapsed());
    assert_eq!(running.metrics().await.value("factfigures_documents_total"), 0.0);
    running.stop().await;
}

/// The work looks up before each sentence, and a sentence takes well under a millisecond: within 10 ms on a machine that is
/// not busy.
#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_call_stops_the_work_at_once() {
    let running = Running::start(&["--workers", "1"]).await;
    let mut best = Duration::MAX;
    // Asking for the metric takes a while too, so the best of some counts.
    for _ in 0..5 {
        let mut client = running.client().await;
        let text = long_text();
        let call = tokio::spawn(async move { client.extract_figures(of(&text)).await });
        running.until("factfigures_reading_documents", 1.0).await;
        // A debug build takes a tenth of a second to find the sentences.
        tokio::time::sleep(Duration::from_millis(300)).await;
        call.abort();
        let cancelled = Instant::now();
        while running.metrics().await.value("factfigures_reading_documents") > 0.0 {}
        best = best.min(cancelled.elapsed());
    }
    assert!(best < Duration::from_millis(100), "{best:?}");
    assert_eq!(running.metrics().await.value("factfigures_documents_total"), 0.0);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_calls_are_turned_away_and_told_when_to_come_again() {
    let running = Running::start(&["--max-calls", "2", "--workers", "1"]).await;
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..2 {
        let mut client = running.client().await;
        calls.spawn(async move { client.extract_figures(of(&long_text())).await });
    }
    running.until("factfigures_reading_documents", 1.0).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let mut client = running.client().await;
    let started = Instant::now();
    let status = client.extract_figures(of("5 km")).await.unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(8), "shed at once: {:?}", started.elapsed());
    assert_eq!(status.code(), Code::ResourceExhausted, "{status:?}");
    let retry = status.get_details_retry_info().expect("a RetryInfo");
    assert!(retry.retry_delay.unwrap() > Duration::ZERO);
    assert!(status.get_details_request_info().is_some());
    assert_eq!(running.metrics().await.value("factfigures_shed_total{reason=\"calls\"}"), 1.0);
    calls.shutdown().await;
    running.until("factfigures_open_calls", 0.0).await;
    client.extract_figures(of("5 km")).await.unwrap();
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_bytes_are_turned_away() {
    let running = Running::start(&[
        "--max-text-bytes",
        "1MiB",
        "--max-message-bytes",
        "1536KiB",
        "--max-answer-bytes",
        "64KiB",
        "--max-bytes-in-flight",
        "2MiB",
        "--workers",
        "1",
    ])
    .await;
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..2 {
        let mut client = running.client().await;
        calls.spawn(async move { client.extract_figures(of(&long_text())).await });
    }
    running.until("factfigures_reading_documents", 1.0).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut client = running.client().await;
    let status = client.extract_figures(of(&long_text())).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted, "{status:?}");
    client.extract_figures(of("5 km")).await.unwrap();
    calls.shutdown().await;
    running.until("factfigures_open_calls", 0.0).await;
    running.stop().await;
}

/// A text of nothing but numbers makes an answer of hundreds of times its length.
#[tokio::test]
async fn an_answer_that_would_be_too_long_is_not_made() {
    let running = Running::start(&["--max-answer-bytes", "64KiB"]).await;
    let mut client = running.client().await;
    let status = client.extract_figures(of(&"9 ".repeat(1000))).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted, "{status:?}");
    assert!(status.message().contains("65536"), "{status:?}");
    let documents = ["9 ".repeat(1000), "5 km".to_owned()]
        .map(|text| v1::StreamExtractFiguresRequest { request: Some(of(&text)) });
    let mut results =
        client.stream_extract_figures(tokio_stream::iter(documents)).await.unwrap().into_inner();
    use v1::stream_extract_figures_response::Result as Outcome;
    let Some(Outcome::Error(status)) = results.message().await.unwrap().unwrap().result else { panic!() };
    assert_eq!(status.code, Code::ResourceExhausted as i32);
    let Some(Outcome::Response(_)) = results.message().await.unwrap().unwrap().result else { panic!() };
    running.stop().await;
}

/// Figures that nobody asked for do not count.
#[tokio::test]
async fn a_text_with_too_many_figures_is_not_read_to_its_end() {
    let running = Running::start(&["--max-figures", "10"]).await;
    let mut client = running.client().await;
    let text = "He has 9 cars. ".repeat(11);
    let status = client.extract_figures(of(&text)).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted, "{status:?}");
    assert!(status.message().contains("10 figures"), "{status:?}");
    let answer = client.extract_figures(of(&text[15..])).await.unwrap().into_inner();
    assert_eq!(answer.figures.len(), 10);
    let money = v1::ExtractFiguresRequest { kinds: vec![v1::Kind::Money.into()], ..of(&text) };
    assert_eq!(client.extract_figures(money).await.unwrap().into_inner().figures.len(), 0);
    running.stop().await;
}

#[tokio::test]
async fn too_many_documents_are_invalid() {
    let running = Running::start(&["--max-documents", "2"]).await;
    let document = v1::Document { text: "5 km".into(), ..Default::default() };
    let request = v1::CrossCheckFiguresRequest { documents: vec![document; 3], ..Default::default() };
    let status = running.client().await.cross_check_figures(request).await.unwrap_err();
    let (field, problem) = server::violations(&status).remove(0);
    assert_eq!(field, "documents");
    assert!(problem.contains("at most 2"), "{problem}");
    running.stop().await;
}

#[tokio::test]
async fn an_oversize_message_is_resource_exhausted() {
    let running = Running::start(&["--max-text-bytes", "1000", "--max-message-bytes", "2000"]).await;
    let status = running.client().await.extract_figures(of(&"x".repeat(2000))).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted, "{status:?}");
    assert!(status.message().contains("2000"), "{status:?}");
    assert!(status.get_details_request_info().is_some());
    let status = running.client().await.extract_figures(of(&"x".repeat(1001))).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument, "{status:?}");
    running.stop().await;
}

#[tokio::test]
async fn headers_that_are_too_large_are_refused() {
    let running = Running::start(&["--max-header-bytes", "4KiB"]).await;
    let large = "x".repeat(5000);
    let message = raw::framed(&of("5 km"));
    let answer = raw::call(running.address, "ExtractFigures", &[("x-large", &large)], message.clone()).await;
    assert!(answer.as_ref().map_or(true, |a| a.status() != "0"), "{answer:?}");
    let answer = raw::call(running.address, "ExtractFigures", &[], message).await.unwrap();
    assert_eq!(answer.status(), "0");
    running.stop().await;
}

#[tokio::test]
async fn a_request_that_does_not_arrive_is_given_up() {
    let running = Running::start(&["--receive-timeout", "200ms"]).await;
    // A frame that promises 1,000 bytes and holds ten, on a stream that stays open.
    let stream = TcpStream::connect(running.address).await.unwrap();
    let (mut sender, connection) = h2::client::handshake(stream).await.unwrap();
    tokio::spawn(connection);
    let request = tonic::codegen::http::Request::post(format!(
        "http://{}/factfigures.v1.FactFigureService/ExtractFigures",
        running.address
    ))
    .header("content-type", "application/grpc");
    let (response, mut body) = sender.send_request(request.body(()).unwrap(), false).unwrap();
    body.send_data(vec![0, 0, 0, 3, 232, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1].into(), false).unwrap();
    let response = response.await.unwrap();
    assert_eq!(response.headers()["grpc-status"], (Code::DeadlineExceeded as i32).to_string().as_str());
    running.stop().await;
}

/// Trap: `max_connection_age` with a grace cuts connections. Ours only asks clients to open another: a call that was
/// sent is answered. (tonic's client reports calls that it could not send any more as errors of their own.)
#[tokio::test(flavor = "multi_thread")]
async fn calls_that_cross_the_age_of_their_connection_see_no_error() {
    let running = Running::start(&["--connection-age", "200ms"]).await;
    let address = running.address;
    let frame = raw::framed(&of(&"It costs $5. ".repeat(100)));
    let until = Instant::now() + Duration::from_secs(2);
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let frame = frame.clone();
        workers.spawn(async move {
            let (mut connections, mut calls) = (0, 0);
            while Instant::now() < until {
                let mut connection = raw::Connection::open(address).await.unwrap();
                connections += 1;
                while let Ok(call) = connection.send("ExtractFigures", &[], frame.clone()).await {
                    let answer = call.await.expect("a call that was sent");
                    assert_eq!(answer.status(), "0");
                    calls += 1;
                }
            }
            (connections, calls)
        });
    }
    for (connections, calls) in workers.join_all().await {
        assert!(connections > 2 && calls > 10, "{connections} connections, {calls} calls");
    }
    running.stop().await;
}

#[tokio::test]
async fn an_idle_connection_is_closed_and_a_busy_one_is_not() {
    let running = Running::start(&["--connection-idle", "500ms"]).await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
    let mut client = running.client().await;
    let (documents, receiver) = tokio::sync::mpsc::channel(1);
    let open = tokio_stream::wrappers::ReceiverStream::new(receiver);
    let mut results = client.stream_extract_figures(open).await.unwrap().into_inner();
    let mut read = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut read)).await;
    assert!(closed.is_ok(), "the idle connection stays open");
    documents.send(v1::StreamExtractFiguresRequest { request: Some(of("5 km")) }).await.unwrap();
    assert!(results.message().await.unwrap().is_some());
    running.stop().await;
}

#[tokio::test]
async fn a_client_that_is_gone_without_a_word_is_noticed() {
    let running = Running::start(&["--keepalive-interval", "200ms", "--keepalive-timeout", "200ms"]).await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
    let mut read = Vec::new();
    // It never answers a PING.
    let closed = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut read)).await;
    assert!(closed.is_ok(), "the connection stays open");
    running.stop().await;
}

#[tokio::test]
async fn more_connections_than_allowed_are_closed() {
    let running = Running::start(&["--max-connections", "2"]).await;
    let mut first = running.client().await;
    let _second = TcpStream::connect(running.address).await.unwrap();
    running.until("factfigures_connections", 2.0).await;
    let mut third = TcpStream::connect(running.address).await.unwrap();
    let mut read = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(20), third.read_to_end(&mut read)).await.unwrap();
    assert!(closed.is_err() || read.is_empty());
    first.extract_figures(of("5 km")).await.unwrap();
    running.stop().await;
}

/// A client that takes no byte of its answer must not keep its place for ever, nor must others suffer for it that
/// share its connection through a proxy.
#[tokio::test(flavor = "multi_thread")]
async fn a_call_whose_answer_is_never_read_is_reset_and_no_other() {
    let running = Running::start(&["--request-timeout", "1s", "--max-calls", "1"]).await;
    let stream = TcpStream::connect(running.address).await.unwrap();
    let (sender, connection) = h2::client::Builder::new()
        .initial_window_size(10)
        .handshake::<_, bytes::Bytes>(stream)
        .await
        .unwrap();
    tokio::spawn(connection);
    let call = |method: &str| {
        let request = tonic::codegen::http::Request::post(format!(
            "http://{}/factfigures.v1.FactFigureService/{method}",
            running.address
        ))
        .header("content-type", "application/grpc");
        sender.clone().send_request(request.body(()).unwrap(), false).unwrap()
    };
    let (other, mut other_body) = call("StreamExtractFigures");
    let (unread, mut body) = call("ExtractFigures");
    body.send_data(raw::framed(&of(&"It costs $5. ".repeat(200))).into(), true).unwrap();
    let mut unread = unread.await.unwrap().into_body();
    let mut other = other.await.unwrap().into_body();
    let status = running.client().await.extract_figures(of("5 km")).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted);

    running.until("factfigures_open_calls", 1.0).await;
    running.client().await.extract_figures(of("5 km")).await.unwrap();
    let end = loop {
        match unread.data().await {
            Some(Ok(_)) => {}
            Some(Err(e)) => break e,
            None => panic!("it ends well"),
        }
    };
    assert!(end.is_reset(), "{end:?}");
    let document = v1::StreamExtractFiguresRequest { request: Some(of("5 km")) };
    other_body.send_data(raw::framed(&document).into(), true).unwrap();
    assert!(other.data().await.unwrap().is_ok());
    drop(other);
    running.stop().await;
}

#[tokio::test]
async fn settings_are_checked_before_a_port_opens() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let problem = |flags: &[&str]| {
        let config = Serve { address: taken.local_addr().unwrap(), ..config(flags) };
        async move { factfigures::server::Server::bind(&config).await.err().unwrap().to_string() }
    };
    // The address is taken, but what is wrong with the settings is found first.
    assert!(problem(&["--tls-cert", "x"]).await.contains("--tls-key"));
    assert!(problem(&["--tokens", "/nowhere/tokens"]).await.contains("/nowhere/tokens"));
    assert!(problem(&["--tls-cert", "/nowhere/c", "--tls-key", "/nowhere/k"]).await.contains("/nowhere/c"));
    assert!(problem(&[]).await.contains("listening on"));
}

/// The p99 of small requests at most doubles while large documents are read; here with room for a debug build on
/// a busy machine. `factfigures-tools load` measures it properly.
#[tokio::test(flavor = "multi_thread")]
async fn large_documents_do_not_hold_up_small_ones() {
    let running = Running::start(&[]).await;
    let small = of("The port shipped about 6,700 containers to Chile last month, the ministry said.");
    let alone = median(&running, &small).await;
    let mut large = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let mut client = running.client().await;
        large.spawn(async move { client.extract_figures(of(&long_text())).await });
    }
    running.until("factfigures_reading_documents", 1.0).await;
    let beside = median(&running, &small).await;
    assert!(!large.is_empty());
    large.shutdown().await;
    assert!(
        beside < alone * 20 + Duration::from_millis(500),
        "{alone:?} alone, {beside:?} beside large ones"
    );
    running.stop().await;
}

async fn median(running: &Running, request: &v1::ExtractFiguresRequest) -> Duration {
    let mut client = running.client().await;
    let mut times = Vec::new();
    for _ in 0..50 {
        let started = Instant::now();
        client.extract_figures(request.clone()).await.unwrap();
        times.push(started.elapsed());
    }
    times.sort();
    times[times.len() / 2]
}

#[tokio::test]
async fn what_is_no_message_is_the_clients_mistake() {
    let running = Running::start(&[]).await;
    let valid = of("5 km").encode_to_vec();
    let mut cut_short = vec![0, 0, 0, 0, valid.len() as u8 - 1];
    cut_short.extend(&valid[..valid.len() - 1]);
    let mut promised_more = vec![0, 0, 0, 0, 200];
    promised_more.extend(&valid);
    // Groups within groups, which no field of ours holds.
    let mut deep = vec![0, 0, 0, 0x27, 0x10];
    deep.extend([0x0b].repeat(10_000));
    for (name, bytes, code) in [
        ("cut short", cut_short, Code::InvalidArgument),
        ("shorter than promised", promised_more, Code::InvalidArgument),
        ("nothing", Vec::new(), Code::InvalidArgument),
        ("deep", deep, Code::InvalidArgument),
        ("noise", vec![0, 0, 0, 0, 4, 255, 255, 255, 255], Code::InvalidArgument),
        ("not UTF-8", vec![0, 0, 0, 0, 5, 10, 3, 18, 1, 255], Code::InvalidArgument),
        ("compressed, without saying how", vec![1, 0, 0, 0, 1, 0], Code::Internal),
        ("longer than allowed", vec![0, 255, 255, 255, 255], Code::ResourceExhausted),
    ] {
        let answer = raw::call(running.address, "ExtractFigures", &[], bytes).await.unwrap();
        assert_eq!(answer.status(), (code as i32).to_string(), "{name}: {answer:?}");
    }
    let gzip = [("grpc-encoding", "gzip")];
    let answer = raw::call(running.address, "ExtractFigures", &gzip, vec![1, 0, 0, 0, 1, 0]).await.unwrap();
    assert_eq!(answer.status(), (Code::Unimplemented as i32).to_string());
    running.stop().await;
}
