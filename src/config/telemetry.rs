//! Logs and traces.

use clap::{Args, ValueEnum};
use tracing::Level;

/// Logs and traces. Neither ever holds words of a text.
#[derive(Args, Clone, Debug)]
pub struct Telemetry {
    /// Where to send traces by OTLP over gRPC, such as http://127.0.0.1:4317; nowhere if absent
    #[arg(long, env = "FACTFIGURES_OTLP_ENDPOINT", value_name = "URL")]
    pub otlp_endpoint: Option<String>,

    /// Form of the log on standard error
    #[arg(long, env = "FACTFIGURES_LOG_FORMAT", default_value = "text", value_name = "FORMAT")]
    pub log_format: LogFormat,

    /// What to log: error, warn, info (one line per call), debug, trace
    #[arg(long, env = "FACTFIGURES_LOG_LEVEL", default_value = "info", value_name = "LEVEL")]
    pub log_level: Level,
}

impl Telemetry {
    pub(super) fn check(&self, problems: &mut Vec<String>) {
        if let Some(endpoint) = &self.otlp_endpoint
            && endpoint.strip_prefix("http://").is_none_or(str::is_empty)
        {
            problems.push(format!(
                "--otlp-endpoint {endpoint:?}: expected http://HOST:PORT of a collector nearby"
            ));
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
