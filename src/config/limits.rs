//! What a call, a connection and all of them together may take.

use clap::Args;

use super::parse::bytes;
use crate::wire;

/// How much larger than the text limit a message may be unless said otherwise. A text somewhat over the limit
/// thus reaches the check that says what is allowed, and is not cut off by the transport.
const MESSAGE_PER_TEXT: usize = 4;
const MESSAGE_OVERHEAD: usize = 64 << 10;

/// What a call, a connection and all of them together may take.
#[derive(Args, Clone, Debug)]
pub struct Limits {
    /// Longest text of a document, in bytes of UTF-8; longer ones are INVALID_ARGUMENT
    #[arg(
        long,
        env = "FACTFIGURES_MAX_TEXT_BYTES",
        default_value_t = wire::Limits::DEFAULT.text_bytes,
        value_name = "SIZE",
        value_parser = bytes
    )]
    pub max_text_bytes: usize,

    /// Largest message; larger ones are RESOURCE_EXHAUSTED [default: 4 texts and 64KiB]
    #[arg(long, env = "FACTFIGURES_MAX_MESSAGE_BYTES", value_name = "SIZE", value_parser = bytes)]
    pub max_message_bytes: Option<usize>,

    /// Most documents of one CrossCheckFigures call
    #[arg(
        long,
        env = "FACTFIGURES_MAX_DOCUMENTS",
        default_value_t = wire::MOST_DOCUMENTS as u32,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(2..=wire::MOST_DOCUMENTS as i64)
    )]
    pub max_documents: u32,

    /// Calls being worked on or waiting for it; more are RESOURCE_EXHAUSTED and told when to try again
    #[arg(
        long,
        env = "FACTFIGURES_MAX_CALLS",
        default_value_t = 256,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub max_calls: u32,

    /// Calls open at all, also those that are still arriving. Half of them are for whoever comes; then requests
    /// have to arrive at once, and what a connection has beyond its share of the rest is RESOURCE_EXHAUSTED
    #[arg(
        long,
        env = "FACTFIGURES_MAX_OPEN_CALLS",
        default_value_t = 1000,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub max_open_calls: u32,

    /// StreamExtractFigures calls open at the same time; more are RESOURCE_EXHAUSTED
    #[arg(
        long,
        env = "FACTFIGURES_MAX_STREAMS",
        default_value_t = 64,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub max_streams: u32,

    /// Documents of one StreamExtractFigures call that are read ahead of its reader
    #[arg(
        long,
        env = "FACTFIGURES_STREAM_WINDOW",
        default_value_t = 4,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..=64)
    )]
    pub stream_window: u32,

    /// Longest answer for a document; where it would be longer, the document is RESOURCE_EXHAUSTED. A megabyte of
    /// news makes six
    #[arg(
        long,
        env = "FACTFIGURES_MAX_ANSWER_BYTES",
        default_value = "32MiB",
        value_name = "SIZE",
        value_parser = bytes
    )]
    pub max_answer_bytes: usize,

    /// Figures of a document, and times; with more it is RESOURCE_EXHAUSTED. A megabyte of news has eleven thousand
    #[arg(
        long,
        env = "FACTFIGURES_MAX_FIGURES",
        default_value_t = 30_000,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub max_figures: u32,

    /// Bytes of all requests that have arrived and of their answers until they are sent; more are
    /// RESOURCE_EXHAUSTED
    #[arg(
        long,
        env = "FACTFIGURES_MAX_BYTES_IN_FLIGHT",
        default_value = "128MiB",
        value_name = "SIZE",
        value_parser = bytes
    )]
    pub max_bytes_in_flight: usize,

    /// Open connections; more are closed at once
    #[arg(
        long,
        env = "FACTFIGURES_MAX_CONNECTIONS",
        default_value_t = 1000,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub max_connections: u32,

    /// Calls open at the same time on one connection; clients wait with more
    #[arg(
        long,
        env = "FACTFIGURES_MAX_CONNECTION_STREAMS",
        default_value_t = 100,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub max_connection_streams: u32,

    /// Size of all headers of a call
    #[arg(
        long,
        env = "FACTFIGURES_MAX_HEADER_BYTES",
        default_value = "16KiB",
        value_name = "SIZE",
        value_parser = bytes
    )]
    pub max_header_bytes: usize,

    /// Small documents read at the same time, and half as many large ones; others wait. 0 means one per processor
    #[arg(long, env = "FACTFIGURES_WORKERS", default_value_t = 0, value_name = "N")]
    pub workers: usize,
}

/// How many threads `asked` stands for: 0 is one for each processor, and 1024 are the most.
///
/// ```
/// use factfigures::config::threads;
/// assert_eq!([threads(3), threads(5_000)], [3, 1024]);
/// assert!(threads(0) > 0);
/// ```
pub fn threads(asked: usize) -> usize {
    match asked {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        n => n.min(1024),
    }
}

impl Limits {
    /// The largest message that is taken.
    pub fn message_bytes(&self) -> usize {
        self.max_message_bytes.unwrap_or(self.max_text_bytes * MESSAGE_PER_TEXT + MESSAGE_OVERHEAD)
    }

    /// How many documents are read at the same time.
    pub fn workers(&self) -> usize {
        threads(self.workers)
    }

    pub(super) fn check(&self, problems: &mut Vec<String>) {
        let message_bytes = self.message_bytes();
        if message_bytes < self.max_text_bytes {
            problems.push(format!(
                "--max-message-bytes {message_bytes} is less than --max-text-bytes {}: no such text would arrive",
                self.max_text_bytes
            ));
        }
        if self.max_bytes_in_flight < message_bytes.saturating_add(self.max_answer_bytes) {
            problems.push(format!(
                "--max-bytes-in-flight {} is less than --max-message-bytes {message_bytes} and --max-answer-bytes \
                 {} together: the largest call would never be answered",
                self.max_bytes_in_flight, self.max_answer_bytes
            ));
        }
    }
}
