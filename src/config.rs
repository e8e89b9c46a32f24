//! The settings of the service: one field each, from which flag, variable and help derive.

use std::net::SocketAddr;
use std::time::Duration;

use clap::{Args, ValueEnum};
use tracing::Level;

use crate::wire::Limits;

/// How `factfigures serve` runs. Checked as a whole before a port opens.
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// Address and port to listen on; port 0 picks a free one, which is printed
    #[arg(long, env = "FACTFIGURES_ADDRESS", default_value = "127.0.0.1:50051", value_name = "IP:PORT")]
    pub address: SocketAddr,

    /// Longest text of a document, in bytes of UTF-8
    #[arg(
        long,
        env = "FACTFIGURES_MAX_TEXT_BYTES",
        default_value_t = Limits::DEFAULT.text_bytes,
        value_name = "BYTES",
        value_parser = text_bytes
    )]
    pub max_text_bytes: usize,

    /// Documents read at the same time; others wait. 0 means one per processor
    #[arg(long, env = "FACTFIGURES_WORKERS", default_value_t = 0, value_name = "N")]
    pub workers: usize,

    /// Time between saying NOT_SERVING and accepting no more connections, for load balancers to notice
    #[arg(
        long,
        env = "FACTFIGURES_SHUTDOWN_PAUSE",
        default_value = "500ms",
        value_name = "DURATION",
        value_parser = duration
    )]
    pub shutdown_pause: Duration,

    /// Time after that in which calls may finish before they are cut
    #[arg(
        long,
        env = "FACTFIGURES_SHUTDOWN_DEADLINE",
        default_value = "10s",
        value_name = "DURATION",
        value_parser = duration
    )]
    pub shutdown_deadline: Duration,

    /// Form of the log on standard error
    #[arg(long, env = "FACTFIGURES_LOG_FORMAT", default_value = "text", value_name = "FORMAT")]
    pub log_format: LogFormat,

    /// What to log: error, warn, info (one line per call), debug, trace
    #[arg(long, env = "FACTFIGURES_LOG_LEVEL", default_value = "info", value_name = "LEVEL")]
    pub log_level: Level,
}

/// Form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object per line.
    Json,
}

fn text_bytes(given: &str) -> Result<usize, String> {
    const LARGEST: usize = 256 << 20;
    match given.parse() {
        Ok(bytes @ 1..=LARGEST) => Ok(bytes),
        _ => Err(format!("expected a number of bytes from 1 to {LARGEST}")),
    }
}

/// Reads `250ms`, `10s` or `2m`.
fn duration(given: &str) -> Result<Duration, String> {
    let digits = given.len() - given.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = given.split_at(digits);
    let milliseconds = match unit {
        "ms" => Some(1),
        "s" => Some(1_000),
        "m" => Some(60_000),
        _ => None,
    };
    match (number.parse::<u32>(), milliseconds) {
        (Ok(number), Some(ms)) => Ok(Duration::from_millis(u64::from(number) * ms)),
        _ => Err("expected a number with ms, s or m, such as 500ms or 10s".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
        assert_eq!(duration("0s"), Ok(Duration::ZERO));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        for bad in ["", "10", "s", "1.5s", "-1s", "10 s", "10h", "99999999999s", "é"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }
}
