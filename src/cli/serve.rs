//! `factfigures serve`

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use factfigures::config::Serve;
use factfigures::error::Error;
use factfigures::proto;
use factfigures::server::{self, Server};
use tokio::runtime::Runtime;

/// Serves until SIGTERM or Ctrl-C.
pub fn run(config: &Serve) -> Result<ExitCode, Error> {
    server::start_log(config.telemetry.log_format, config.telemetry.log_level);
    let runtime = Runtime::new().map_err(|e| Error::io("starting the threads", e))?;
    let served = runtime.block_on(async {
        // Signals are heard before the address is printed: whoever reads it may send one at once.
        let shutdown = shutdown()?;
        let server = Server::bind(config).await?;
        announce(config, &server)?;
        server.serve(shutdown).await
    });
    // What the deadline has cut may still run for a moment; it holds nothing that must be saved.
    runtime.shutdown_timeout(Duration::from_millis(100));
    served.map(|()| ExitCode::SUCCESS)
}

/// Prints the addresses and a call to try.
fn announce(config: &Serve, server: &Server) -> Result<(), Error> {
    let address = server.address()?;
    let service = proto::SERVICE;
    let text = r#"{"document":{"text":"North Korea shipped about 6,700 containers."}}"#;
    let mut words = format!("factfigures {} listens on {address}\n", env!("CARGO_PKG_VERSION"));
    if let Some(admin) = server.admin_address() {
        words += &format!("Health and metrics: http://{admin}/metrics\n");
    }
    if config.security.tls_cert.is_none() && config.security.tokens.is_none() {
        words += &format!("Try: grpcurl -plaintext -d '{text}' {address} {service}/ExtractFigures\n");
    }
    let mut out = std::io::stdout().lock();
    out.write_all(words.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|e| Error::io("writing to standard output", e))
}

/// Completes at the first SIGTERM or Ctrl-C.
#[cfg(unix)]
fn shutdown() -> Result<impl Future<Output = ()>, Error> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).map_err(|e| Error::io("listening for signals", e));
    let mut terminate = listen(SignalKind::terminate())?;
    let mut interrupt = listen(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Completes at the first Ctrl-C.
#[cfg(not(unix))]
fn shutdown() -> Result<impl Future<Output = ()>, Error> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
