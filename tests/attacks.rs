//! What a hostile client does, by frames: the server stays up, its memory stays bounded, and others are served.
//!
//! `cargo test --test attacks -- --nocapture --test-threads 1` prints a line for each attack.
#![cfg(target_os = "linux")]

mod server;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use server::{Process, of, raw};
use tokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// How long an attack goes on at most.
const LONG: Duration = Duration::from_millis(1500);
/// What an attack may make the server take: a thousand open calls and hundreds of connections, in a debug
/// build.
const GROWTH: u64 = 96 << 20;
/// How long a healthy call may take meanwhile; it takes some milliseconds on a machine that is not busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// Patient with nobody.
const FLAGS: [&str; 6] = ["--handshake-timeout", "2s", "--receive-timeout", "3s", "--request-timeout", "15s"];

/// Lets some attackers loose and checks how the server and a healthy client fare.
async fn survive<F>(name: &str, attackers: usize, attack: impl Fn(SocketAddr) -> F)
where
    F: Future<Output = u64> + Send + 'static,
{
    let mut victim = Process::start(&FLAGS);
    let mut healthy = victim.client().await;
    for _ in 0..20 {
        healthy.extract_figures(of("5 km")).await.unwrap();
    }
    let before = victim.memory();
    let mut most = before;
    let mut slowest = Duration::ZERO;
    let mut served = 0;
    let mut all = JoinSet::new();
    for _ in 0..attackers {
        all.spawn(tokio::time::timeout(2 * LONG, attack(victim.address)));
    }
    let mut blows = 0;
    while !all.is_empty() || served < 10 {
        while let Some(done) = all.try_join_next() {
            blows += done.unwrap().unwrap_or(0);
        }
        let started = Instant::now();
        let answer = tokio::time::timeout(PATIENCE, healthy.extract_figures(of("5 km"))).await;
        answer.unwrap_or_else(|_| panic!("{name}: a healthy call took too long")).unwrap();
        // Also somebody who comes only now.
        let message = raw::framed(&of("5 km"));
        let answer =
            tokio::time::timeout(PATIENCE, raw::call(victim.address, "ExtractFigures", &[], message));
        assert_eq!(answer.await.expect("in time").unwrap().status(), "0", "{name}");
        slowest = slowest.max(started.elapsed());
        served += 2;
        most = most.max(victim.memory());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let grown = most - before;
    println!(
        "{name:<28} {blows:>9} blows | {served:>4} healthy calls, slowest pair {slowest:>5.0?} | memory {:>3} MiB + {:>2} MiB",
        before >> 20,
        grown >> 20
    );
    assert!(victim.is_alive(), "{name}: the server ended");
    assert!(grown < GROWTH, "{name}: memory grew by {} MiB", grown >> 20);
}

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const WINDOW_UPDATE: u8 = 8;
const CONTINUATION: u8 = 9;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let mut frame = (payload.len() as u32).to_be_bytes()[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

/// The headers of a call to ExtractFigures, by HPACK's static table.
fn call_headers(extra: &[(&str, &str)]) -> Vec<u8> {
    let mut block = vec![0x83, 0x86];
    let mut literal = |name: &[u8], value: &str| {
        block.extend(name);
        block.push(value.len() as u8);
        block.extend(value.bytes());
    };
    literal(&[0x04], "/factfigures.v1.FactFigureService/ExtractFigures");
    literal(&[0x01], "localhost");
    literal(&[0x0f, 0x10], "application/grpc");
    for (name, value) in extra {
        let mut name_bytes = vec![0, name.len() as u8];
        name_bytes.extend(name.bytes());
        literal(&name_bytes, value);
    }
    block
}

/// A connection that has said hello, and reads nothing more than it must.
async fn hello(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(PREFACE).await.unwrap();
    stream
}

/// Sends the same bytes until the server has enough of it, or time is up. How often they were sent.
async fn pound(mut stream: impl AsyncWrite + Unpin, mut bytes: impl FnMut(u32) -> Vec<u8>) -> u64 {
    let started = Instant::now();
    let mut blows = 0;
    while started.elapsed() < LONG {
        let bytes = bytes(blows as u32);
        match tokio::time::timeout(LONG, stream.write_all(&bytes)).await {
            Ok(Ok(())) => blows += 1,
            _ => break,
        }
    }
    blows
}

/// As [`pound`], and reads what comes back, so that the server is not stopped by its own answers.
async fn pound_and_read(stream: TcpStream, bytes: impl FnMut(u32) -> Vec<u8>) -> u64 {
    let (mut reader, writer) = stream.into_split();
    let reading = tokio::spawn(async move {
        let mut buffer = vec![0; 64 << 10];
        while reader.read(&mut buffer).await.is_ok_and(|n| n > 0) {}
    });
    let blows = pound(writer, bytes).await;
    reading.abort();
    blows
}

/// A hundred at once.
fn hundred(mut bytes: impl FnMut(u32) -> Vec<u8>) -> impl FnMut(u32) -> Vec<u8> {
    move |blow| (0..100).flat_map(|i| bytes(blow * 100 + i)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn rapid_reset() {
    survive("rapid reset", 4, |address| async move {
        let headers = call_headers(&[]);
        let mut blows = 0;
        let started = Instant::now();
        // The server closes the connection; the attacker comes again.
        while started.elapsed() < LONG {
            blows += pound_and_read(
                hello(address).await,
                hundred(|i| {
                    let mut both = frame(HEADERS, END_HEADERS, 2 * i + 1, &headers);
                    both.extend(frame(RST_STREAM, 0, 2 * i + 1, &[0, 0, 0, 8]));
                    both
                }),
            )
            .await;
        }
        blows * 100
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn continuation_flood() {
    let begin = frame(HEADERS, END_STREAM, 1, &call_headers(&[]));
    for (name, more) in [
        ("CONTINUATION flood", frame(CONTINUATION, 0, 1, &[0, 1, b'x', 3, b'y', b'y', b'y'].repeat(100))),
        ("CONTINUATION flood, empty", frame(CONTINUATION, 0, 1, &[])),
    ] {
        survive(name, 4, |address| {
            let (begin, more) = (begin.clone(), more.clone());
            async move {
                let mut stream = hello(address).await;
                stream.write_all(&begin).await.unwrap();
                100 * pound_and_read(stream, hundred(move |_| more.clone())).await
            }
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn empty_data_flood() {
    survive("empty DATA flood", 4, |address| async move {
        let mut stream = hello(address).await;
        stream.write_all(&frame(HEADERS, END_HEADERS, 1, &call_headers(&[]))).await.unwrap();
        100 * pound_and_read(stream, hundred(|_| frame(DATA, 0, 1, &[]))).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_and_ping_floods() {
    survive("SETTINGS flood", 4, |address| async move {
        let settings = frame(SETTINGS, 0, 0, &[0, 4, 0, 0, 255, 255]);
        100 * pound_and_read(hello(address).await, hundred(move |_| settings.clone())).await
    })
    .await;
    // Whose answers are not read.
    survive("SETTINGS flood, unread", 4, |address| async move {
        let settings = frame(SETTINGS, 0, 0, &[0, 4, 0, 0, 255, 255]);
        100 * pound(hello(address).await, hundred(move |_| settings.clone())).await
    })
    .await;
    survive("PING flood", 4, |address| async move {
        100 * pound_and_read(hello(address).await, hundred(|_| frame(PING, 0, 0, &[7; 8]))).await
    })
    .await;
    survive("PING flood, unread", 4, |address| async move {
        100 * pound(hello(address).await, hundred(|_| frame(PING, 0, 0, &[7; 8]))).await
    })
    .await;
    survive("WINDOW_UPDATE flood", 4, |address| async move {
        100 * pound_and_read(hello(address).await, hundred(|_| frame(WINDOW_UPDATE, 0, 0, &[0, 0, 0, 1])))
            .await
    })
    .await;
}

/// Connections that drip: until the server hangs up.
async fn drip(mut stream: TcpStream, bytes: &[u8]) -> u64 {
    let mut blows = 0;
    for byte in bytes {
        if stream.write_all(&[*byte]).await.is_err() {
            break;
        }
        blows += 1;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    blows
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_headers_and_stalled_handshakes() {
    survive("slow HTTP/1.1 headers", 200, |address| async move {
        let stream = TcpStream::connect(address).await.unwrap();
        drip(stream, b"POST /v1/figures:extract HTTP/1.1\r\nhost: localhost\r\nx: y\r\n").await
    })
    .await;
    survive("slow HTTP/2 headers", 200, |address| async move {
        drip(hello(address).await, &frame(HEADERS, END_HEADERS, 1, &call_headers(&[]))).await
    })
    .await;
    survive("stalled handshakes", 300, |address| async move {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let mut read = [0; 1];
        let _ = stream.read(&mut read).await;
        1
    })
    .await;
    survive("bodies that never come", 100, |address| async move {
        let mut stream = hello(address).await;
        let mut all = Vec::new();
        for i in 0..90 {
            all.extend(frame(HEADERS, END_HEADERS, 2 * i + 1, &call_headers(&[])));
            all.extend(frame(DATA, 0, 2 * i + 1, &[0, 0, 0, 255, 255, 1]));
        }
        stream.write_all(&all).await.unwrap();
        tokio::time::sleep(LONG).await;
        90
    })
    .await;
}

/// A kilobyte of gzip that grows to a megabyte: the server takes no compressed messages, and says so at once.
#[tokio::test(flavor = "multi_thread")]
async fn gzip_bomb() {
    survive("gzip bomb", 4, |address| async move {
        let mut refused = 0;
        let started = Instant::now();
        while started.elapsed() < LONG {
            let mut bomb = vec![1, 0, 0, 4, 0];
            bomb.extend([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3].iter().chain(&[0xec; 1014]));
            let answer =
                raw::call(address, "ExtractFigures", &[("grpc-encoding", "gzip")], bomb).await.unwrap();
            assert_eq!(answer.status(), "12", "{answer:?}");
            refused += 1;
        }
        refused
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn oversize_and_malformed_messages() {
    survive("oversize messages", 4, |address| async move {
        let mut stream = hello(address).await;
        stream.write_all(&frame(HEADERS, END_HEADERS, 1, &call_headers(&[]))).await.unwrap();
        stream.write_all(&frame(DATA, 0, 1, &[0, 255, 255, 255, 255])).await.unwrap();
        pound_and_read(stream, |_| frame(DATA, 0, 1, &[0; 16 << 10])).await
    })
    .await;
    survive("malformed messages", 4, |address| async move {
        let mut connection = raw::Connection::open(address).await.unwrap();
        let started = Instant::now();
        let mut blows = 0;
        while started.elapsed() < LONG {
            let mut deep = vec![0, 0, 1, 0, 0];
            deep.extend([0x0b].repeat(1 << 16));
            for message in [deep, vec![0, 0, 0, 0, 4, 255, 255, 255, 255], vec![0, 0, 0, 0, 9, 10]] {
                let answer = connection.send("ExtractFigures", &[], message).await.unwrap().await.unwrap();
                assert_eq!(answer.status(), "3", "{answer:?}");
                blows += 1;
            }
        }
        blows
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connect_storm() {
    survive("connect storm", 8, |address| async move {
        let started = Instant::now();
        let mut blows = 0;
        while started.elapsed() < LONG {
            if let Ok(mut stream) = TcpStream::connect(address).await {
                let _ = stream.write_all(PREFACE).await;
                // Reset rather than closed, which would use up the ports of the machine.
                let _ = stream.set_zero_linger();
                blows += 1;
            }
        }
        blows
    })
    .await;
}

/// Calls whose answers are never read: what is not taken is not held for long, and not much of it.
#[tokio::test(flavor = "multi_thread")]
async fn answers_that_nobody_reads() {
    survive("unread answers", 10, |address| async move {
        let mut stream = hello(address).await;
        let message = raw::framed(&of(&"It costs $5. ".repeat(300)));
        let mut all = frame(SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 1]);
        for i in 0..20 {
            all.extend(frame(HEADERS, END_HEADERS, 2 * i + 1, &call_headers(&[])));
            all.extend(frame(DATA, END_STREAM, 2 * i + 1, &message));
        }
        let _ = stream.write_all(&all).await;
        tokio::time::sleep(LONG).await;
        20
    })
    .await;
}

/// Trap: an h2 older than 0.4.16 falls to floods of empty DATA frames (RUSTSEC-2026-0258).
#[test]
fn h2_is_not_too_old() {
    let lock = include_str!("../Cargo.lock");
    let versions =
        lock.split("name = \"h2\"\nversion = \"").skip(1).map(|rest| rest.split('"').next().unwrap());
    for version in versions {
        let parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
        assert!(parts >= vec![0, 4, 16], "{version}");
    }
}
