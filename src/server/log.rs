//! The log: structured lines on standard error, never with article text.

use std::io::IsTerminal;

use tracing::Level;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt, registry};

use crate::config::LogFormat;

/// Starts the log of the process. Libraries are heard from `warn` on only.
pub fn start(format: LogFormat, level: Level) {
    let filter = Targets::new()
        .with_target("factfigures", level)
        .with_default(LevelFilter::from(level).min(LevelFilter::WARN));
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(colour).with_target(false);
    let layer = match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).boxed(),
    };
    // A second start, as in tests, leaves the first log in place.
    let _ = registry().with(layer.with_filter(filter)).try_init();
}
