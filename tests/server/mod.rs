//! A server on loopback within the test, and what tests ask of it.
#![allow(dead_code)]

pub mod raw;

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;
use factfigures::config;
use factfigures::error::Error;
use factfigures::proto::v1;
use factfigures::server::Server;
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tonic::codegen::http::{Request, Response};
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Status};
use tonic_types::StatusExt;
use v1::fact_figure_service_client::FactFigureServiceClient;

pub type Client = FactFigureServiceClient<Channel>;

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    serve: config::Serve,
}

/// The settings that flags make, with some of our own where they say nothing.
pub fn config(flags: &[&str]) -> config::Serve {
    let ours =
        [["--address", "127.0.0.1:0"], ["--admin-address", "127.0.0.1:0"], ["--shutdown-pause", "100ms"]];
    let ours = ours.iter().filter(|[flag, _]| !flags.contains(flag)).flatten();
    Flags::parse_from(["serve"].iter().chain(ours).chain(flags)).serve
}

pub struct Running {
    pub address: SocketAddr,
    pub admin: SocketAddr,
    pub stop: oneshot::Sender<()>,
    pub ended: JoinHandle<Result<(), Error>>,
}

impl Running {
    pub async fn start(flags: &[&str]) -> Running {
        let server = Server::bind(&config(flags)).await.unwrap();
        let (address, admin) = (server.address().unwrap(), server.admin_address().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let ended = tokio::spawn(server.serve(async {
            let _ = stopped.await;
        }));
        Running { address, admin, stop, ended }
    }

    /// A connection of its own.
    pub async fn channel(&self) -> Channel {
        Endpoint::from_shared(format!("http://{}", self.address)).unwrap().connect().await.unwrap()
    }

    /// A client with a connection of its own.
    pub async fn client(&self) -> Client {
        FactFigureServiceClient::new(self.channel().await).max_decoding_message_size(usize::MAX)
    }

    pub async fn stop(self) {
        self.stop.send(()).unwrap();
        self.ended.await.unwrap().unwrap();
    }

    /// What `/metrics` says.
    pub async fn metrics(&self) -> Metrics {
        let (code, text) = get(self.admin, "/metrics").await;
        assert_eq!(code, 200);
        Metrics(text)
    }

    /// Waits until a metric has a value.
    pub async fn until(&self, metric: &str, value: f64) {
        let started = Instant::now();
        loop {
            let now = self.metrics().await.value(metric);
            if now == value {
                return;
            }
            assert!(started.elapsed() < Duration::from_secs(10), "{metric} stays {now}, not {value}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// The program itself, as a process.
pub struct Process {
    child: Child,
    pub address: SocketAddr,
}

impl Process {
    pub fn start(flags: &[&str]) -> Process {
        let mut child = Command::new(env!("CARGO_BIN_EXE_factfigures"))
            .args(["serve", "--address", "127.0.0.1:0", "--shutdown-pause", "200ms", "--log-level", "error"])
            .args(flags)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit(' ').next().unwrap().parse().unwrap();
        Process { child, address }
    }

    pub async fn client(&self) -> Client {
        let endpoint = Endpoint::from_shared(format!("http://{}", self.address)).unwrap();
        FactFigureServiceClient::new(endpoint.connect().await.unwrap())
    }

    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Resident memory in bytes.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it is alive");
        line.trim().strip_suffix(" kB").unwrap().parse::<u64>().unwrap() << 10
    }

    /// Ends it in order and checks that it says it went well.
    pub fn stop(&mut self) {
        self.signal("-TERM");
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub struct Metrics(pub String);

impl Metrics {
    /// The value of a metric with its labels as they are written; 0 where it is not there yet.
    pub fn value(&self, metric: &str) -> f64 {
        let line = self.0.lines().find_map(|line| line.strip_prefix(metric)?.strip_prefix(' '));
        line.map_or(0.0, |value| value.parse().unwrap())
    }
}

pub fn of(text: &str) -> v1::ExtractFiguresRequest {
    with(v1::Document { text: text.to_owned(), ..Default::default() })
}

pub fn with(document: v1::Document) -> v1::ExtractFiguresRequest {
    v1::ExtractFiguresRequest { document: Some(document), ..Default::default() }
}

/// A text that takes some seconds to read in a test, in many sentences.
pub fn long_text() -> String {
    "Prices rose 3.5 percent to $12. ".repeat(30_000)
}

/// The fields of the violations that an INVALID_ARGUMENT carries.
pub fn violations(status: &Status) -> Vec<(String, String)> {
    assert_eq!(status.code(), Code::InvalidArgument, "{status:?}");
    let details = status.get_details_bad_request().expect("a BadRequest");
    details.field_violations.into_iter().map(|v| (v.field, v.description)).collect()
}

/// A call by HTTP/1.1, with a connection of its own.
pub async fn http(address: SocketAddr, request: Request<Full<bytes::Bytes>>) -> Response<bytes::Bytes> {
    let stream = TcpStream::connect(address).await.unwrap();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let (parts, body) = sender.send_request(request).await.unwrap().into_parts();
    Response::from_parts(parts, body.collect().await.unwrap().to_bytes())
}

/// Status and text of a page.
pub async fn get(address: SocketAddr, path: &str) -> (u16, String) {
    let request = Request::get(path).header("host", "localhost").body(Full::default()).unwrap();
    let response = http(address, request).await;
    (response.status().as_u16(), String::from_utf8(response.into_body().to_vec()).unwrap())
}
