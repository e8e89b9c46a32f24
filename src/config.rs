//! The settings of the service: one field each, from which flag, variable and help derive.
//!
//! Every limit has a default that is written here and nowhere else. [`Serve::check`] looks at the settings as a
//! whole, before a port opens.

mod limits;
mod parse;
mod security;
mod shutdown;
mod telemetry;
mod timeouts;
mod web;

use std::net::SocketAddr;

use clap::Args;

use crate::error::Error;
pub use limits::{Limits, threads};
pub use security::Security;
pub use shutdown::Shutdown;
pub use telemetry::{LogFormat, Telemetry};
pub use timeouts::Timeouts;
pub use web::Web;

/// How `factfigures serve` runs. Sizes are bytes, or KiB, MiB or GiB; times are ms, s, m or h; 0s switches off
/// what may be off.
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// Address and port to listen on; port 0 picks a free one, which is printed
    #[arg(long, env = "FACTFIGURES_ADDRESS", default_value = "127.0.0.1:50051", value_name = "IP:PORT")]
    pub address: SocketAddr,

    /// Address and port of /metrics, /livez, /readyz and health in plain text, for probes and Prometheus; none
    /// if absent
    #[arg(long, env = "FACTFIGURES_ADMIN_ADDRESS", value_name = "IP:PORT")]
    pub admin_address: Option<SocketAddr>,

    /// What a call, a connection and all of them together may take.
    #[command(flatten, next_help_heading = "Limits")]
    pub limits: Limits,

    /// How long things may take.
    #[command(flatten, next_help_heading = "Timeouts")]
    pub timeouts: Timeouts,

    /// How the service ends.
    #[command(flatten, next_help_heading = "Shutdown")]
    pub shutdown: Shutdown,

    /// Who may call.
    #[command(flatten, next_help_heading = "Security")]
    pub security: Security,

    /// JSON and browsers.
    #[command(flatten, next_help_heading = "JSON and browsers")]
    pub web: Web,

    /// Logs and traces.
    #[command(flatten, next_help_heading = "Telemetry")]
    pub telemetry: Telemetry,
}

impl Serve {
    /// Whether the settings fit together. The error says everything that is wrong with them.
    pub fn check(&self) -> Result<(), Error> {
        let mut problems = Vec::new();
        self.limits.check(&mut problems);
        self.security.check(self.address, &mut problems);
        self.web.check(&mut problems);
        self.telemetry.check(&mut problems);
        if self.admin_address == Some(self.address) && self.address.port() != 0 {
            problems.push("--admin-address is the same as --address".to_owned());
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::other(problems.join("\n"))) }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Flags {
        #[command(flatten)]
        serve: Serve,
    }

    fn problem(flags: &[&str]) -> Option<String> {
        let serve = Flags::parse_from(["serve"].iter().chain(flags)).serve;
        serve.check().err().map(|e| e.to_string())
    }

    #[test]
    fn the_defaults_are_sound() {
        assert_eq!(problem(&[]), None);
        assert_eq!(problem(&["--address", "[::1]:0"]), None);
    }

    #[test]
    fn settings_that_do_not_fit_are_named() {
        for (flags, named) in [
            (&["--address", "0.0.0.0:1"][..], "--allow-anonymous"),
            (&["--address", "0.0.0.0:1", "--tokens", "x"], "--allow-plaintext"),
            (&["--address", "[::]:1", "--allow-plaintext"], "--tokens"),
            (&["--tls-cert", "x"], "--tls-key"),
            (&["--tls-key", "x"], "--tls-cert"),
            (&["--tls-client-ca", "x"], "--tls-cert"),
            (&["--max-message-bytes", "1KiB"], "--max-text-bytes"),
            (&["--max-bytes-in-flight", "1MiB"], "--max-message-bytes"),
            (&["--address", "127.0.0.1:1", "--admin-address", "127.0.0.1:1"], "--admin-address"),
            (&["--http-json", "false", "--cors-origins", "https://example.com"], "--grpc-web"),
            (&["--otlp-endpoint", "collector:4317"], "http://"),
            (&["--grpc-web", "--cors-origins", "example.com"], "https://"),
        ] {
            let problem = problem(flags).unwrap_or_else(|| panic!("{flags:?} are taken"));
            assert!(problem.contains(named), "{flags:?}: {problem}");
        }
        let tls = ["--tls-cert", "c", "--tls-key", "k"];
        assert_eq!(problem(&[&tls[..], &["--address", "0.0.0.0:1", "--tokens", "t"]].concat()), None);
        assert_eq!(problem(&[&tls[..], &["--address", "0.0.0.0:1", "--tls-client-ca", "a"]].concat()), None);
        let open = ["--address", "0.0.0.0:1", "--allow-plaintext", "--allow-anonymous"];
        assert_eq!(problem(&open), None);
    }
}
