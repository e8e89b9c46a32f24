//! The service under load: calls a second, latency at half of that, latency beside large documents, and memory.
//!
//! `cargo bench --bench load` starts the program and calls it over loopback for about half a minute. Server and
//! clients share the machine, so all numbers are what is left of it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Buf;
use factfigures::proto::v1;
use tokio::task::JoinSet;
use tonic::codec::{Codec, DecodeBuf, Decoder};
use tonic::codegen::http::uri::PathAndQuery;
use tonic::transport::{Channel, Endpoint};
use tonic_prost::ProstCodec;
use v1::fact_figure_service_client::FactFigureServiceClient;

type Client = FactFigureServiceClient<Channel>;

/// A short news article, of about 1 KB.
const ARTICLE: &str = include_str!("article.txt");

const CONNECTIONS: usize = 4;
const CALLERS: usize = 32;

struct Server {
    child: Child,
    endpoint: Endpoint,
}

impl Server {
    fn start() -> Server {
        let started = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_factfigures"))
            .args(["serve", "--address", "127.0.0.1:0", "--log-level", "warn"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped"))
            .read_line(&mut line)
            .expect("it says its address");
        println!("start to listening              {:>8.1} ms", started.elapsed().as_secs_f64() * 1e3);
        let address = line.trim().rsplit(' ').next().expect("an address");
        let endpoint = Endpoint::from_shared(format!("http://{address}")).expect("an address");
        Server { child, endpoint }
    }

    async fn clients(&self) -> Vec<Client> {
        let mut clients = Vec::new();
        for _ in 0..CONNECTIONS {
            let channel = self.endpoint.connect().await.expect("it listens");
            clients.push(FactFigureServiceClient::new(channel).max_decoding_message_size(usize::MAX));
        }
        clients
    }

    /// Memory in MiB: now, and the most so far.
    fn memory(&self) -> (u64, u64) {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let value = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("0 kB");
            line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) >> 10
        };
        (value("VmRSS:"), value("VmHWM:"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const METHOD: PathAndQuery = PathAndQuery::from_static("/factfigures.v1.FactFigureService/ExtractFigures");

/// Leaves answers as they are: what their reader does with them goes on elsewhere.
#[derive(Clone, Copy, Default)]
struct Unread;

impl Codec for Unread {
    type Encode = v1::ExtractFiguresRequest;
    type Decode = usize;
    type Encoder = <ProstCodec<Self::Encode, ()> as Codec>::Encoder;
    type Decoder = Unread;

    fn encoder(&mut self) -> Self::Encoder {
        ProstCodec::<Self::Encode, ()>::default().encoder()
    }

    fn decoder(&mut self) -> Unread {
        Unread
    }
}

impl Decoder for Unread {
    type Item = usize;
    type Error = tonic::Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<usize>, tonic::Status> {
        let length = buffer.remaining();
        buffer.advance(length);
        Ok(Some(length))
    }
}

fn of(text: &str) -> v1::ExtractFiguresRequest {
    let document = v1::Document { text: text.to_owned(), ..Default::default() };
    v1::ExtractFiguresRequest { document: Some(document), ..Default::default() }
}

#[tokio::main]
async fn main() {
    let full = !std::env::args().any(|arg| arg == "--test");
    let long = if full { Duration::from_secs(6) } else { Duration::from_millis(100) };
    let server = Server::start();
    tokio::time::sleep(long / 10).await;
    println!("memory at rest                  {:>8} MiB", server.memory().0);

    let clients = server.clients().await;
    let small = Arc::new(of(ARTICLE));
    sustained(&clients, &small, long / 5).await;
    let most = sustained(&clients, &small, long).await;
    println!(
        "calls with an article of {:.1} KB {most:>8.0} /s from {CALLERS} callers",
        ARTICLE.len() as f64 / 1e3
    );
    println!("memory under this load          {:>8} MiB", server.memory().0);
    let half = most / 2.0;
    report("at half of that", paced(&clients, &small, half, long).await);

    // Large documents without end, one after the other, and beside them the same calls at a rate that leaves them
    // room: alone first, for comparison.
    let calm = most / 10.0;
    report("at a tenth of that", paced(&clients, &small, calm, long).await);
    let large = Arc::new(of(&ARTICLE.repeat((1 << 20) / ARTICLE.len())));
    let on = Arc::new(AtomicBool::new(true));
    // On threads of their own, or unpacking the large answers would hold up the small ones here.
    let beside: Vec<_> = (0..4)
        .map(|_| {
            let (endpoint, large, on) = (server.endpoint.clone(), Arc::clone(&large), Arc::clone(&on));
            std::thread::spawn(move || {
                let _ = rustix::process::nice(19);
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.expect("a runtime").block_on(async move {
                    let channel = endpoint.connect().await.expect("it listens");
                    let mut client = tonic::client::Grpc::new(channel).max_decoding_message_size(usize::MAX);
                    let mut read = 0;
                    while on.load(Ordering::Relaxed) {
                        client.ready().await.expect("it listens");
                        let request = tonic::Request::new((*large).clone());
                        read += usize::from(client.unary(request, METHOD.clone(), Unread).await.is_ok());
                    }
                    read
                })
            })
        })
        .collect();
    tokio::time::sleep(long / 10).await;
    report("the same beside texts of 1 MiB", paced(&clients, &small, calm, long).await);
    on.store(false, Ordering::Relaxed);
    let read: usize = beside.into_iter().map(|thread| thread.join().unwrap_or(0)).sum();
    let (now, peak) = server.memory();
    println!("texts of 1 MiB meanwhile        {read:>8}");
    println!("memory after and at most        {now:>8} and {peak} MiB");

    // As much as is let in: texts of the largest size with as many figures as a text may have.
    let dense = Arc::new(of(&"It costs $5 in the shop around the corner. ".repeat((1 << 20) / 43)));
    let mut all = JoinSet::new();
    let (served, shed) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    for i in 0..64 {
        let (mut client, dense) = (clients[i % CONNECTIONS].clone(), Arc::clone(&dense));
        let (served, shed) = (Arc::clone(&served), Arc::clone(&shed));
        all.spawn(async move {
            let until = Instant::now() + long;
            while Instant::now() < until {
                let answer = client.extract_figures((*dense).clone()).await;
                let count = if answer.is_ok() { &served } else { &shed };
                count.fetch_add(1, Ordering::Relaxed);
                if answer.is_err() {
                    tokio::time::sleep(Duration::from_millis(500)).await;
                }
            }
        });
    }
    all.join_all().await;
    let (now, peak) = server.memory();
    println!(
        "64 callers with 1 MiB of figures: {} served, {} turned away; memory {now} MiB, {peak} MiB at most",
        served.load(Ordering::Relaxed),
        shed.load(Ordering::Relaxed)
    );
}

/// Calls a second from callers that call again as soon as they are answered.
async fn sustained(clients: &[Client], request: &Arc<v1::ExtractFiguresRequest>, long: Duration) -> f64 {
    let started = Instant::now();
    let mut callers = JoinSet::new();
    for i in 0..CALLERS {
        let (mut client, request) = (clients[i % clients.len()].clone(), Arc::clone(request));
        callers.spawn(async move {
            let mut calls = 0;
            while started.elapsed() < long {
                client.extract_figures((*request).clone()).await.expect("an answer");
                calls += 1;
            }
            calls
        });
    }
    let calls: u64 = callers.join_all().await.into_iter().sum();
    calls as f64 / started.elapsed().as_secs_f64()
}

/// How long calls take that come at a steady rate, whether or not those before are answered. Counted from when a
/// call was due, so that a wait is not left out.
async fn paced(
    clients: &[Client],
    request: &Arc<v1::ExtractFiguresRequest>,
    rate: f64,
    long: Duration,
) -> Vec<Duration> {
    let started = Instant::now();
    let mut calls = JoinSet::new();
    for i in 0..(rate * long.as_secs_f64()) as usize {
        let due = started + Duration::from_secs_f64(i as f64 / rate);
        tokio::time::sleep_until(due.into()).await;
        let (mut client, request) = (clients[i % clients.len()].clone(), Arc::clone(request));
        calls.spawn(async move {
            let answer = client.extract_figures((*request).clone()).await;
            answer.is_ok().then(|| due.elapsed())
        });
    }
    let all = calls.join_all().await;
    let lost = all.iter().filter(|took| took.is_none()).count();
    assert_eq!(lost, 0, "calls were not answered");
    let mut times: Vec<Duration> = all.into_iter().flatten().collect();
    times.sort();
    times
}

fn report(what: &str, times: Vec<Duration>) {
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or_default();
    println!("{what:<31} p50 {:>6.2?}  p99 {:>6.2?}  ({} calls)", at(0.5), at(0.99), times.len());
}
