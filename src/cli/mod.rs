//! The command line. Results go to standard output, everything else to standard error.

pub mod check;
pub mod extract;
mod jsonl;
mod progress;
mod report;
pub mod serve;
mod text;
pub mod units;

use std::io::{IsTerminal, Write};

use clap::{Parser, Subcommand, ValueEnum};
use factfigures::figure::Kind;
use factfigures::proto::v1::OffsetUnit;

/// Reads every numeric fact of news text: value, unit, bounds, what is counted, who says so, when it holds.
#[derive(Parser, Debug)]
#[command(name = "factfigures", version, about, max_term_width = 110, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Run the gRPC service
    Serve(Box<factfigures::config::Serve>),
    /// Extract the figures of files or standard input
    Extract(extract::Options),
    /// Compare the figures of documents about one story; status 1 if any contradict, 2 on an error
    Check(check::Options),
    /// List the units and currencies that are known
    Units(units::Options),
}

/// What offsets count.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Offsets {
    /// Bytes of UTF-8
    Utf8Byte,
    /// Code units of UTF-16
    Utf16CodeUnit,
    /// Unicode code points
    UnicodeCodePoint,
}

impl Offsets {
    /// The contract's value.
    pub fn unit(self) -> OffsetUnit {
        match self {
            Offsets::Utf8Byte => OffsetUnit::Utf8Byte,
            Offsets::Utf16CodeUnit => OffsetUnit::Utf16CodeUnit,
            Offsets::UnicodeCodePoint => OffsetUnit::UnicodeCodePoint,
        }
    }
}

/// Reads the name of a kind: `money`, `MONEY` or `KIND_MONEY`.
fn kind(given: &str) -> Result<Kind, String> {
    let name = given.to_ascii_uppercase();
    let name = name.strip_prefix("KIND_").unwrap_or(&name);
    Kind::ALL.into_iter().find(|kind| kind.as_str() == name).ok_or_else(|| {
        let names: Vec<_> = Kind::ALL.iter().map(|kind| kind.as_str().to_ascii_lowercase()).collect();
        format!("expected one of {}", names.join(", "))
    })
}

/// Says on standard error what is wrong.
pub fn complain(problem: &str) {
    let _ = writeln!(std::io::stderr(), "factfigures: {problem}");
}

/// Whether output to standard output may be coloured: on a terminal, unless `NO_COLOR` says no.
fn colour() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}
