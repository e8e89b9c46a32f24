//! TLS, mutual TLS, and certificates that change while calls go on.

mod server;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use factfigures::proto::{self, v1};
use prost::Message;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use server::{Running, long_text, of, raw};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tonic::codegen::http::Request;

type Issuer = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Issuer {
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// Files of a certificate for localhost.
struct Files {
    cert: PathBuf,
    key: PathBuf,
}

impl Files {
    fn new(name: &str) -> Files {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        Files { cert: folder.join(format!("{name}.pem")), key: folder.join(format!("{name}.key")) }
    }

    fn write(&self, issuer: &Issuer) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        let cert = params.signed_by(&key, issuer).unwrap();
        std::fs::write(&self.cert, cert.pem()).unwrap();
        std::fs::write(&self.key, key.serialize_pem()).unwrap();
    }

    fn flags(&self) -> [&str; 4] {
        ["--tls-cert", self.cert.to_str().unwrap(), "--tls-key", self.key.to_str().unwrap()]
    }
}

async fn connect(
    address: SocketAddr,
    roots: &Issuer,
    identity: Option<&Files>,
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut store = RootCertStore::empty();
    store.add(CertificateDer::from_pem_slice(roots.pem().as_bytes()).unwrap()).unwrap();
    let builder = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(store);
    let mut config = match identity {
        Some(files) => {
            let cert = CertificateDer::from_pem_file(&files.cert).unwrap();
            let key = PrivateKeyDer::from_pem_file(&files.key).unwrap();
            builder.with_client_auth_cert(vec![cert], key).unwrap()
        }
        None => builder.with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    let stream = TcpStream::connect(address).await?;
    let stream =
        TlsConnector::from(Arc::new(config)).connect("localhost".try_into().unwrap(), stream).await?;
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    Ok(stream)
}

/// One call over a connection; how many figures came back.
async fn call(stream: TlsStream<TcpStream>, text: &str) -> Result<usize, h2::Error> {
    let (mut sender, connection) = h2::client::handshake(stream).await?;
    tokio::spawn(connection);
    let request = Request::post(format!("https://localhost/{}/ExtractFigures", proto::SERVICE))
        .header("content-type", "application/grpc")
        .body(())
        .unwrap();
    let (response, mut body) = sender.send_request(request, false)?;
    body.send_data(Bytes::from(raw::framed(&of(text))), true)?;
    let mut body = response.await?.into_body();
    let mut answer = Vec::new();
    while let Some(data) = body.data().await {
        let data = data?;
        body.flow_control().release_capacity(data.len())?;
        answer.extend_from_slice(&data);
    }
    assert_eq!(body.trailers().await?.unwrap()["grpc-status"], "0");
    Ok(v1::ExtractFiguresResponse::decode(&answer[5..]).unwrap().figures.len())
}

#[tokio::test]
async fn calls_go_through_tls_and_plain_text_does_not() {
    let issuer = authority();
    let files = Files::new("plain");
    files.write(&issuer);
    let running = Running::start(&files.flags()).await;
    let stream = connect(running.address, &issuer, None).await.unwrap();
    assert_eq!(call(stream, "5 km").await.unwrap(), 1);
    assert!(connect(running.address, &authority(), None).await.is_err(), "an unknown authority is trusted");
    let plain = raw::call(running.address, "ExtractFigures", &[], raw::framed(&of("5 km"))).await;
    assert!(plain.is_err(), "{plain:?}");
    // Trap: probes speak no TLS. Theirs is another port.
    assert_eq!(server::get(running.admin, "/livez").await.0, 200);
    running.stop().await;
}

#[tokio::test]
async fn mutual_tls_lets_in_who_is_signed() {
    let (issuer, clients) = (authority(), authority());
    let (files, good, bad) = (Files::new("mutual"), Files::new("client-good"), Files::new("client-bad"));
    files.write(&issuer);
    good.write(&clients);
    bad.write(&issuer);
    let ca: &Path = &PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("client-ca.pem");
    std::fs::write(ca, clients.pem()).unwrap();
    let flags = [&files.flags()[..], &["--tls-client-ca", ca.to_str().unwrap()]].concat();
    let running = Running::start(&flags).await;
    let stream = connect(running.address, &issuer, Some(&good)).await.unwrap();
    assert_eq!(call(stream, "5 km").await.unwrap(), 1);
    for identity in [None, Some(&bad)] {
        // By TLS 1.3 a client hears of its refusal with the first answer.
        if let Ok(stream) = connect(running.address, &issuer, identity).await {
            assert!(call(stream, "5 km").await.is_err());
        }
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_change_without_a_dropped_call() {
    let (old, new) = (authority(), authority());
    let files = Files::new("changing");
    files.write(&old);
    let flags = [&files.flags()[..], &["--reload-interval", "50ms", "--max-figures", "1000000"]].concat();
    let running = Running::start(&flags).await;
    let stream = connect(running.address, &old, None).await.unwrap();
    let under_way = tokio::spawn(async move { call(stream, &long_text()).await });
    running.until("factfigures_reading_documents", 1.0).await;

    files.write(&new);
    let started = Instant::now();
    loop {
        if let Ok(stream) = connect(running.address, &new, None).await {
            assert_eq!(call(stream, "5 km").await.unwrap(), 1);
            break;
        }
        assert!(started.elapsed() < Duration::from_secs(30), "the new certificate is not served");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(under_way.await.unwrap().unwrap() > 1000);

    // Half a pair is worse than the old one, which stays.
    let failures = "factfigures_reloads_total{outcome=\"failure\"}";
    let before = running.metrics().await.value(failures);
    std::fs::write(&files.key, "nonsense").unwrap();
    running.until(failures, before + 1.0).await;
    connect(running.address, &new, None).await.unwrap();
    running.stop().await;
}

#[tokio::test]
async fn a_stalled_handshake_is_given_up() {
    let files = Files::new("stalled");
    files.write(&authority());
    let flags = [&files.flags()[..], &["--handshake-timeout", "200ms"]].concat();
    let running = Running::start(&flags).await;
    let started = Instant::now();
    let mut silent = TcpStream::connect(running.address).await.unwrap();
    let mut read = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(20), silent.read_to_end(&mut read)).await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    running.until("factfigures_refused_connections_total{reason=\"handshake_timeout\"}", 1.0).await;
    running.stop().await;
}
