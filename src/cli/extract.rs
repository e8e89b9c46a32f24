//! `factfigures extract`

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use factfigures::error::Error;
use factfigures::figure::Kind;
use factfigures::proto::{self, v1};
use factfigures::wire::{self, Limits};
use jiff::civil::Date;

use super::{Offsets, jsonl, text};

/// How `factfigures extract` runs.
#[derive(Args, Debug)]
pub struct Options {
    /// Files to read; "-" or none is standard input. Plain text, each file one document; with --format jsonl,
    /// one Document as JSON per line
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Form of the output. text: for people; json: one ExtractFiguresResponse per file, indented; jsonl: one
    /// per line, in the order of the documents
    #[arg(long, default_value = "text", value_name = "FORMAT", hide_possible_values = true)]
    pub format: Format,

    /// What the offsets of json and jsonl count
    #[arg(long, default_value = "utf8-byte", value_name = "UNIT")]
    pub offset_unit: Offsets,

    /// Only these kinds of figure, such as money,percentage
    #[arg(long, value_name = "KIND,…", value_delimiter = ',', value_parser = super::kind)]
    pub kinds: Vec<Kind>,

    /// Day of publication, which anchors "Tuesday" and "last year", for documents that state none
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub publish_date: Option<Date>,

    /// Region that decides what "$", "pound" and 3/4/2024 mean, such as GB, for documents that state none
    /// [default: US]
    #[arg(long, value_name = "CODE", value_parser = region)]
    pub region: Option<String>,

    /// Also say which rule read each figure and what it chose between (text only)
    #[arg(long)]
    pub explain: bool,

    /// Threads for --format jsonl; 0 means one per processor
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
}

/// Form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// Indented JSON.
    Json,
    /// A line of JSON for a line of JSON.
    Jsonl,
}

impl Options {
    /// The request for one document, with what the command line adds to it.
    pub fn request(&self, mut document: v1::Document) -> v1::ExtractFiguresRequest {
        complete(&mut document, self.publish_date, self.region.as_deref());
        v1::ExtractFiguresRequest {
            document: Some(document),
            offset_unit: self.offset_unit.unit().into(),
            kinds: self.kinds.iter().map(|&kind| wire::kind(kind).into()).collect(),
        }
    }

    fn files(&self) -> Vec<&Path> {
        match self.files.is_empty() {
            true => vec![Path::new("-")],
            false => self.files.iter().map(PathBuf::as_path).collect(),
        }
    }
}

/// Adds what the command line says to a document that does not say it.
pub(super) fn complete(document: &mut v1::Document, publish_date: Option<Date>, region: Option<&str>) {
    if document.publish_date.is_none() {
        document.publish_date = publish_date.map(|d| proto::Date {
            year: d.year().into(),
            month: d.month().into(),
            day: d.day().into(),
        });
    }
    if let (true, Some(region)) = (document.region_code.is_empty(), region) {
        document.region_code = region.to_owned();
    }
}

pub(super) fn date(given: &str) -> Result<Date, String> {
    let is_plain = given.len() == 10 && given.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let date: Option<Date> = given.parse().ok().filter(|d: &Date| is_plain && d.year() > 0);
    date.ok_or_else(|| "expected a date such as 2024-06-12".to_owned())
}

pub(super) fn region(given: &str) -> Result<String, String> {
    let region = factfigures::document::Region::parse(given);
    region.map(|r| r.as_str().to_owned()).ok_or_else(|| "expected a region code such as US or GB".to_owned())
}

/// Extracts from every file. A file or line that cannot be read is reported and the rest goes on.
pub fn run(options: &Options) -> Result<ExitCode, Error> {
    if options.explain && options.format != Format::Text {
        return Err(Error::other("--explain needs --format text"));
    }
    let mut all_read = true;
    for path in options.files() {
        let done = match options.format {
            Format::Jsonl => jsonl::run(options, path),
            Format::Text | Format::Json => read_text(path).and_then(|text| one_document(options, path, text)),
        };
        match done {
            Ok(good) => all_read &= good,
            Err(e) if e.is_broken_pipe() => return Err(e),
            Err(e) => {
                super::complain(&e.to_string());
                all_read = false;
            }
        }
    }
    Ok(if all_read { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn one_document(options: &Options, path: &Path, text: String) -> Result<bool, Error> {
    let id = if is_stdin(path) { String::new() } else { path.display().to_string() };
    let request = options.request(v1::Document { id, text, ..Default::default() });
    let query = wire::read_extract_request(&request, Limits::LARGEST)?;
    let found = factfigures::extract(&query.document);
    let out = match options.format {
        Format::Text => {
            let heading = (options.files.len() > 1).then_some(query.id);
            text::render(&query, &found, heading, options.explain, super::colour())
        }
        _ => {
            let response = wire::extract_response(&query, &found);
            let json = serde_json::to_string_pretty(&response);
            json.map_err(|e| Error::other(format!("writing JSON: {e}")))? + "\n"
        }
    };
    write_out(out.as_bytes())?;
    Ok(true)
}

pub(super) fn write_out(bytes: &[u8]) -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|e| Error::io("writing to standard output", e))
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// What messages call a file.
pub(super) fn name(path: &Path) -> String {
    if is_stdin(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// Opens a file or standard input, with its size where it has one.
pub(super) fn open(path: &Path) -> Result<(Box<dyn Read + Send>, Option<u64>), Error> {
    if is_stdin(path) {
        return Ok((Box::new(std::io::stdin()), None));
    }
    let file = File::open(path).map_err(|e| Error::io(name(path), e))?;
    let size = file.metadata().ok().filter(|m| m.is_file()).map(|m| m.len());
    Ok((Box::new(file), size))
}

pub(super) fn read_text(path: &Path) -> Result<String, Error> {
    let mut text = String::new();
    let (mut source, _) = open(path)?;
    source.read_to_string(&mut text).map_err(|e| Error::io(name(path), e))?;
    Ok(text)
}
