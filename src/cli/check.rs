//! `factfigures check`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use factfigures::crosscheck::{self, Checked, Finding, Verdict};
use factfigures::error::Error;
use factfigures::figure::Extraction;
use factfigures::proto::v1;
use factfigures::wire::{self, Limits};
use jiff::civil::Date;

use super::extract::{self, Format};
use super::{Offsets, report};

/// Nothing contradicts anything; something does; the documents could not be checked.
const AGREE: u8 = 0;
const CONFLICT: u8 = 1;
const FAILURE: u8 = 2;

/// How `factfigures check` runs.
#[derive(Args, Debug)]
pub struct Options {
    /// Files about one story, 1 to 50 documents; "-" or none is standard input. Plain text, each file one document; with
    /// --format jsonl, a file that begins with "{" holds one Document as JSON per line
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Form of the output. text: for people; json: one CrossCheckFiguresResponse, indented; jsonl: the same on one line
    #[arg(long, default_value = "text", value_name = "FORMAT", hide_possible_values = true)]
    pub format: Format,

    /// What the offsets of json and jsonl count
    #[arg(long, default_value = "utf8-byte", value_name = "UNIT")]
    pub offset_unit: Offsets,

    /// Day of publication, which anchors "Tuesday" and "last year", for documents that state none
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = extract::date)]
    pub publish_date: Option<Date>,

    /// Region that decides what "$", "pound" and 3/4/2024 mean, such as GB, for documents that state none
    /// [default: US]
    #[arg(long, value_name = "CODE", value_parser = extract::region)]
    pub region: Option<String>,

    /// Also report what is alike in words but cannot be compared: other times, things or currencies
    #[arg(long)]
    pub not_comparable: bool,

    /// Report conflicts only
    #[arg(long)]
    pub conflicts: bool,
}

/// Checks the files with one another, and each with itself.
pub fn run(options: &Options) -> ExitCode {
    match check(options) {
        Ok(code) => ExitCode::from(code),
        Err(e) if e.is_broken_pipe() => ExitCode::SUCCESS,
        Err(e) => {
            super::complain(&e.to_string());
            ExitCode::from(FAILURE)
        }
    }
}

fn check(options: &Options) -> Result<u8, Error> {
    let request = v1::CrossCheckFiguresRequest {
        documents: documents(options)?,
        offset_unit: options.offset_unit.unit().into(),
        include_not_comparable: options.not_comparable,
    };
    let request = wire::read_crosscheck_request(&request, Limits::LARGEST, wire::MOST_DOCUMENTS)?;
    let extractions: Vec<Extraction> =
        request.queries.iter().map(|query| factfigures::extract(&query.document)).collect();
    let documents: Vec<Checked<'_>> = request
        .queries
        .iter()
        .zip(&extractions)
        .map(|(query, extraction)| Checked { document: query.document, extraction })
        .collect();
    let mut findings = crosscheck::check(&documents, request.options);
    if options.conflicts {
        findings.retain(|f| f.verdict == Verdict::Conflict);
    }
    let out = match options.format {
        Format::Text => {
            let names: Vec<&str> = request.queries.iter().map(|query| query.id).collect();
            report::render(&documents, &names, &findings, super::colour())
        }
        format => {
            json(format, &wire::crosscheck_response(&request, &extractions, &findings, usize::MAX, || true)?)?
        }
    };
    extract::write_out(out.as_bytes())?;
    let conflict = |f: &Finding| f.verdict == Verdict::Conflict;
    Ok(if findings.iter().any(conflict) { CONFLICT } else { AGREE })
}

fn json(format: Format, response: &v1::CrossCheckFiguresResponse) -> Result<String, Error> {
    let written = match format {
        Format::Json => serde_json::to_string_pretty(response),
        _ => serde_json::to_string(response),
    };
    Ok(written.map_err(|e| Error::other(format!("writing JSON: {e}")))? + "\n")
}

/// The documents of all files, in order.
fn documents(options: &Options) -> Result<Vec<v1::Document>, Error> {
    let standard_input = [PathBuf::from("-")];
    let files = if options.files.is_empty() { &standard_input[..] } else { &options.files };
    let mut documents = Vec::new();
    for path in files {
        let text = extract::read_text(path)?;
        match options.format {
            Format::Jsonl if text.trim_start().starts_with('{') => documents.extend(lines(path, &text)?),
            _ => documents.push(v1::Document { id: extract::name(path), text, ..Default::default() }),
        }
    }
    for document in &mut documents {
        extract::complete(document, options.publish_date, options.region.as_deref());
    }
    Ok(documents)
}

/// A document for every line that is not empty. One that cannot be read fails the whole: a check without it would be
/// taken for the whole.
fn lines(path: &Path, text: &str) -> Result<Vec<v1::Document>, Error> {
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(i, line)| {
        wire::read_document_json(line)
            .map_err(|problem| Error::other(format!("{}:{}: {problem}", extract::name(path), i + 1)))
    };
    numbered.map(read).collect()
}
