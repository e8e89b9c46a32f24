//! How long things may take.

use std::time::Duration;

use clap::Args;

use super::parse::{duration, some_time};

/// How long things may take.
#[derive(Args, Clone, Debug)]
pub struct Timeouts {
    /// Longest time of a call, and of each document of a stream; then DEADLINE_EXCEEDED, unless the client's own
    /// deadline is sooner
    #[arg(
        long,
        env = "FACTFIGURES_REQUEST_TIMEOUT",
        default_value = "30s",
        value_name = "TIME",
        value_parser = some_time
    )]
    pub request_timeout: Duration,

    /// Longest silence while a message arrives
    #[arg(
        long,
        env = "FACTFIGURES_RECEIVE_TIMEOUT",
        default_value = "10s",
        value_name = "TIME",
        value_parser = some_time
    )]
    pub receive_timeout: Duration,

    /// Longest time in which nothing moves on a StreamExtractFigures call
    #[arg(
        long,
        env = "FACTFIGURES_STREAM_IDLE_TIMEOUT",
        default_value = "5m",
        value_name = "TIME",
        value_parser = some_time
    )]
    pub stream_idle_timeout: Duration,

    /// Longest time from accepting a connection to the end of its TLS handshake and first words of HTTP
    #[arg(
        long,
        env = "FACTFIGURES_HANDSHAKE_TIMEOUT",
        default_value = "5s",
        value_name = "TIME",
        value_parser = some_time
    )]
    pub handshake_timeout: Duration,

    /// Age at which a connection is told to take no more calls (give or take a tenth); those under way finish. 0s
    /// means no limit
    #[arg(
        long,
        env = "FACTFIGURES_CONNECTION_AGE",
        default_value = "30m",
        value_name = "TIME",
        value_parser = duration
    )]
    pub connection_age: Duration,

    /// Time without a call after which a connection is closed in order. 0s means no limit
    #[arg(
        long,
        env = "FACTFIGURES_CONNECTION_IDLE",
        default_value = "10m",
        value_name = "TIME",
        value_parser = duration
    )]
    pub connection_idle: Duration,

    /// Silence after which a client is asked by an HTTP/2 PING whether it is there. 0s means never
    #[arg(
        long,
        env = "FACTFIGURES_KEEPALIVE_INTERVAL",
        default_value = "60s",
        value_name = "TIME",
        value_parser = duration
    )]
    pub keepalive_interval: Duration,

    /// Time in which it must answer, or the connection is closed
    #[arg(
        long,
        env = "FACTFIGURES_KEEPALIVE_TIMEOUT",
        default_value = "20s",
        value_name = "TIME",
        value_parser = some_time
    )]
    pub keepalive_timeout: Duration,
}
