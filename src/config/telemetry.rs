//! Logs and traces.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tracing::Level;

/// Logs and traces. Neither ever holds words of a text.
#[derive(Args, Clone, Debug)]
pub struct Telemetry {
    /// Where to send traces by OTLP over gRPC, such as http://127.0.0.1:4317 or https://COLLECTOR:4317; nowhere if absent.
    /// Headers such as a token are taken from OTEL_EXPORTER_OTLP_HEADERS
    #[arg(long, env = "FACTFIGURES_OTLP_ENDPOINT", value_name = "URL")]
    pub otlp_endpoint: Option<String>,

    /// PEM file of the authorities that may vouch for the collector; those of the system if absent
    #[arg(long, env = "FACTFIGURES_OTLP_CA", value_name = "FILE", requires = "otlp_endpoint")]
    pub otlp_ca: Option<PathBuf>,

    /// Form of the log on standard error
    #[arg(long, env = "FACTFIGURES_LOG_FORMAT", default_value = "text", value_name = "FORMAT")]
    pub log_format: LogFormat,

    /// What to log: error, warn, info (one line per call), debug, trace
    #[arg(long, env = "FACTFIGURES_LOG_LEVEL", default_value = "info", value_name = "LEVEL")]
    pub log_level: Level,
}

impl Telemetry {
    pub(super) fn check(&self, problems: &mut Vec<String>) {
        let Some(endpoint) = &self.otlp_endpoint else { return };
        let secure = endpoint.strip_prefix("https://");
        if secure.or_else(|| endpoint.strip_prefix("http://")).is_none_or(str::is_empty) {
            problems.push(format!(
                "--otlp-endpoint {endpoint:?}: expected http://HOST:PORT or https://HOST:PORT of a collector"
            ));
        } else if secure.is_none() && self.otlp_ca.is_some() {
            problems.push("--otlp-ca is given, but --otlp-endpoint is not https".to_owned());
        }
    }
}

/// Form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object per line.
    Json,
}
