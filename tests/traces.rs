//! Traces, as a collector gets them.

mod server;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use server::{Running, of};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tonic::Request;
use tonic::codegen::http::{self, HeaderMap};

/// Of `00-TRACE-SPAN-01`.
const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";

type Received = Arc<Mutex<Vec<u8>>>;

/// A collector that keeps what it is sent, behind TLS if an acceptor is given.
async fn collector(tls: Option<TlsAcceptor>) -> (u16, Received) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let received = Received::default();
    let all = Arc::clone(&received);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            match &tls {
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        serve(stream, &all);
                    }
                }
                None => serve(stream, &all),
            }
        }
    });
    (port, received)
}

fn serve(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, received: &Received) {
    let all = Arc::clone(received);
    let service = hyper::service::service_fn(move |request: http::Request<hyper::body::Incoming>| {
        let all = Arc::clone(&all);
        async move {
            let body = request.into_body().collect().await.unwrap().to_bytes();
            all.lock().unwrap().extend_from_slice(&body);
            http::Response::builder()
                .header("content-type", "application/grpc")
                .header("grpc-status", "0")
                .body(Full::new(Bytes::new()))
        }
    });
    let builder = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
    tokio::spawn(builder.serve_connection(TokioIo::new(stream), service));
}

/// Makes one call on a server with these flags and ends it. The headers of the answer.
async fn one_call(flags: &[&str]) -> HeaderMap {
    let running = Running::start(flags).await;
    let mut request = Request::new(of("zanzibar sold 5 km of it."));
    request.metadata_mut().insert("traceparent", format!("00-{TRACE}-{PARENT}-01").parse().unwrap());
    let mut client = running.client().await;
    let headers = client.extract_figures(request).await.unwrap().metadata().clone().into_headers();
    drop(client);
    let started = Instant::now();
    running.stop().await;
    assert!(started.elapsed() < Duration::from_secs(30));
    headers
}

fn contains(received: &Received, part: &[u8]) -> bool {
    received.lock().unwrap().windows(part.len()).any(|window| window == part)
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn traces_go_to_the_collector_without_the_text() {
    let (port, received) = collector(None).await;
    let headers = one_call(&["--otlp-endpoint", &format!("http://127.0.0.1:{port}")]).await;
    let response = headers["traceresponse"].to_str().unwrap();
    let span = response.split('-').nth(2).unwrap();
    assert!([TRACE, PARENT, span].iter().all(|id| contains(&received, &bytes(id))));
    assert!(contains(&received, b"factfigures.v1.FactFigureService/ExtractFigures"));
    assert!(contains(&received, b"rpc.response.status_code"));
    assert!(!contains(&received, b"zanzibar"));
}

#[tokio::test(flavor = "multi_thread")]
async fn traces_go_through_tls_to_a_collector_that_is_vouched_for() {
    let authority = || {
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
    };
    let (trusted, other) = (authority(), authority());
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let cert = params.signed_by(&key, &trusted).unwrap();
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    for (issuer, name, arrives) in [(&trusted, "collector", true), (&other, "stranger", false)] {
        let (port, received) = collector(Some(acceptor.clone())).await;
        let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pem"));
        std::fs::write(&file, issuer.pem()).unwrap();
        let endpoint = format!("https://localhost:{port}");
        one_call(&["--otlp-endpoint", &endpoint, "--otlp-ca", file.to_str().unwrap()]).await;
        assert_eq!(contains(&received, &bytes(TRACE)), arrives, "{name}");
    }
}
