//! Who may call, and how it is kept from others.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::parse::some_time;

/// Who may call, and how it is kept from others. On loopback everything is off unless given; on any other
/// address what is missing has to be waived in so many words.
#[derive(Args, Clone, Debug)]
pub struct Security {
    /// Certificate chain of the server as PEM; read again when it changes and at SIGHUP
    #[arg(long, env = "FACTFIGURES_TLS_CERT", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,

    /// Private key of the certificate as PEM
    #[arg(long, env = "FACTFIGURES_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,

    /// Certificates, as PEM, of which one must have signed the client's: mutual TLS
    #[arg(long, env = "FACTFIGURES_TLS_CLIENT_CA", value_name = "FILE")]
    pub tls_client_ca: Option<PathBuf>,

    /// Bearer tokens that are let in: a line for each, with a name and the SHA-256 of the token in hex; read
    /// again when it changes and at SIGHUP
    #[arg(long, env = "FACTFIGURES_TOKENS", value_name = "FILE")]
    pub tokens: Option<PathBuf>,

    /// How often the files above are looked at for changes
    #[arg(
        long,
        env = "FACTFIGURES_RELOAD_INTERVAL",
        default_value = "10s",
        value_name = "TIME",
        value_parser = some_time
    )]
    pub reload_interval: Duration,

    /// Serve without TLS on an address that is not loopback: something in front of the service sees to it
    #[arg(long, env = "FACTFIGURES_ALLOW_PLAINTEXT", default_value_t = false)]
    pub allow_plaintext: bool,

    /// Serve everybody, without tokens or client certificates, on an address that is not loopback
    #[arg(long, env = "FACTFIGURES_ALLOW_ANONYMOUS", default_value_t = false)]
    pub allow_anonymous: bool,
}

impl Security {
    pub(super) fn check(&self, address: SocketAddr, problems: &mut Vec<String>) {
        let mut problem = |text: &str| problems.push(text.to_owned());
        match (&self.tls_cert, &self.tls_key) {
            (Some(_), None) => problem("--tls-cert needs --tls-key"),
            (None, Some(_)) => problem("--tls-key needs --tls-cert"),
            (None, None) if self.tls_client_ca.is_some() => {
                problem("--tls-client-ca needs --tls-cert and --tls-key");
            }
            _ => {}
        }
        if address.ip().is_loopback() {
            return;
        }
        if self.tls_cert.is_none() && !self.allow_plaintext {
            problem(
                "this address is open to others: give --tls-cert and --tls-key, or --allow-plaintext if \
                 something in front of the service sees to it",
            );
        }
        if self.tokens.is_none() && self.tls_client_ca.is_none() && !self.allow_anonymous {
            problem(
                "this address is open to others: give --tokens or --tls-client-ca, or --allow-anonymous to \
                 serve everybody",
            );
        }
    }
}
