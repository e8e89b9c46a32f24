//! Whole articles and everything that is read from them.
//!
//! Each article `tests/golden/<name>.txt` has a snapshot `tests/golden/<name>.figures`: every sentence that holds a
//! figure, its figures a line each, and the times at the end. A change of the extractor shows up as a diff to read;
//! `BLESS=1 cargo test --test golden` writes the snapshots anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use factfigures::document::Region;
use factfigures::figure::{Interval, Phrase, Quantity};
use factfigures::{Document, Extraction, Figure, extract};

#[test]
fn business() {
    check("business", "2025-05-14", "US");
}

#[test]
fn court() {
    check("court", "2025-03-07", "US");
}

#[test]
fn sports() {
    check("sports", "2025-02-23", "GB");
}

#[test]
fn health() {
    check("health", "2025-04-10", "GB");
}

#[test]
fn cyclone() {
    check("cyclone", "2025-01-29", "AU");
}

#[test]
fn election() {
    check("election", "2025-06-16", "IN");
}

/// Compares one article's figures with its snapshot.
fn check(name: &str, date: &str, region: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let text = fs::read_to_string(folder.join(name).with_extension("txt")).expect("the article is there");
    let document = Document {
        text: &text,
        publish_date: Some(date.parse().expect("a date")),
        region: Region::parse(region).expect("a region"),
    };
    let got = snapshot(&text, &extract(&document));
    let path = folder.join(name).with_extension("figures");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, got).expect("the snapshot can be written");
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let differences = differences(&expected, &got);
    assert!(
        differences.is_empty(),
        "{name}.figures: if the change is meant, BLESS=1 cargo test --test golden\n{differences}"
    );
}

/// The lines that only one of the two texts holds, in order.
fn differences(expected: &str, got: &str) -> String {
    let mut report = String::new();
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), got.lines().collect());
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            (i, j) = (i + 1, j + 1);
        } else if i < old.len() && !new[j..].contains(&old[i]) {
            let _ = writeln!(report, "- {}", old[i]);
            i += 1;
        } else if j < new.len() {
            let _ = writeln!(report, "+ {}", new[j]);
            j += 1;
        }
    }
    report
}

/// The whole extraction, readable.
fn snapshot(text: &str, found: &Extraction) -> String {
    let mut out = String::new();
    let mut sentence = None;
    for (i, figure) in found.figures.iter().enumerate() {
        if sentence != Some(figure.sentence) {
            sentence = Some(figure.sentence);
            let _ = writeln!(out, "> {}", figure.sentence.of(text).trim());
        }
        let _ = writeln!(out, "f{} {}", i + 1, figure_line(figure, found, text));
    }
    out.push_str("\nTimes\n");
    for (i, time) in found.times.iter().enumerate() {
        let day = |d: Option<jiff::civil::Date>| d.map_or_else(|| "?".into(), |d| d.to_string());
        let days = match (time.start, time.end) {
            (None, None) => String::new(),
            (start, end) => format!(" {} .. {}", day(start), day(end)),
        };
        let _ =
            writeln!(out, "t{} {:?} {:?} {}{days}", i + 1, time.span.of(text), time.time_type, time.timex);
    }
    out
}

/// One figure with everything that is known of it, in one line.
fn figure_line(figure: &Figure, found: &Extraction, text: &str) -> String {
    let mut line =
        format!("{:?} {} {}", figure.number.of(text), figure.kind.as_str(), quantity(&figure.quantity));
    let phrase = |p: &Phrase| {
        let resolved = p.resolved.as_ref().map_or_else(String::new, |r| format!(" = {r}"));
        format!("{:?} ({}{resolved})", p.span.of(text), p.head)
    };
    if let Some(counted) = &figure.counted {
        let _ = write!(line, " | counted {}", phrase(counted));
    }
    if let Some(subject) = &figure.subject {
        let _ = write!(line, " | subject {}", phrase(subject));
    }
    if let Some(change) = figure.change {
        let _ = write!(line, " | {:?} {:?} {:?}", change.direction, change.role, change.cue.of(text));
    }
    if let Some(said) = &figure.attribution {
        let quoted = if said.quoted { ", quoted" } else { "" };
        let _ = write!(line, " | {:?} by {}{quoted}", said.cue.of(text), phrase(&said.source));
    }
    let _ = write!(line, " | {:?}", figure.modality);
    if let Some(time) = figure.time {
        let words = found.times.get(time).map_or("?", |t| t.span.of(text));
        let _ = write!(line, " | t{} {words:?}", time + 1);
    }
    for relation in &figure.relations {
        let _ = write!(line, " | {:?} f{}", relation.relation, relation.figure + 1);
    }
    line
}

/// Value, parts or bounds, comparator and unit.
fn quantity(q: &Quantity) -> String {
    let mut out = String::new();
    if let Some(value) = q.value {
        let _ = write!(out, "{value} ");
    }
    if !q.parts.is_empty() {
        let parts: Vec<String> = q.parts.iter().map(ToString::to_string).collect();
        let _ = write!(out, "<{}> ", parts.join(", "));
    }
    if let Some(Interval { lower, upper, lower_open, upper_open }) = q.interval {
        let bound = |b: Option<rust_decimal::Decimal>| b.map_or_else(|| "..".into(), |b| b.to_string());
        let (open, close) = (if lower_open { '(' } else { '[' }, if upper_open { ')' } else { ']' });
        let _ = write!(out, "{open}{}, {}{close} ", bound(lower), bound(upper));
    }
    let unit = q.unit.as_ref().map_or("-", |u| u.code.as_ref());
    let _ = write!(out, "{} {unit}", q.comparator.as_str());
    out
}
