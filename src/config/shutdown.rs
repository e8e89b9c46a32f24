//! How the service ends.

use std::time::Duration;

use clap::Args;

use super::parse::duration;

/// How the service ends at SIGTERM or Ctrl-C.
#[derive(Args, Clone, Debug)]
pub struct Shutdown {
    /// Time between saying NOT_SERVING and accepting no more connections, for load balancers to notice
    #[arg(
        long,
        env = "FACTFIGURES_SHUTDOWN_PAUSE",
        default_value = "500ms",
        value_name = "TIME",
        value_parser = duration
    )]
    pub shutdown_pause: Duration,

    /// Time after that in which calls may finish; then they are answered UNAVAILABLE
    #[arg(
        long,
        env = "FACTFIGURES_SHUTDOWN_DRAIN",
        default_value = "10s",
        value_name = "TIME",
        value_parser = duration
    )]
    pub shutdown_drain: Duration,

    /// Longest time from the signal to the exit, whatever is still open
    #[arg(
        long,
        env = "FACTFIGURES_SHUTDOWN_DEADLINE",
        default_value = "15s",
        value_name = "TIME",
        value_parser = duration
    )]
    pub shutdown_deadline: Duration,
}
