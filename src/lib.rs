//! Reads every numeric fact of a news text.
//!
//! ```
//! use factfigures::{Document, extract};
//!
//! let found = extract(&Document::new("North Korea shipped about 6,700 containers to Russia."));
//! let figure = &found.figures[0];
//! assert_eq!(figure.quantity.value.unwrap().to_string(), "6700");
//! assert_eq!(figure.quantity.unit.as_ref().unwrap().code, "{container}");
//! ```
//!
//! The flow is one pure function after the other, each in the file of its name: a text is split into sentences
//! ([`segment`]), a sentence into tokens ([`token`]) with parts of speech ([`tag`]); [`time`] finds calendar and
//! clock expressions, [`number`] numerals, [`kinds`] what they are ([`mention`]), the context readers who says it of
//! what, and [`claim`] makes [`Figure`]s of it.
#![forbid(unsafe_code)]

pub mod attribution;
pub mod change;
pub mod chunk;
pub mod claim;
pub mod clause;
pub mod comparator;
pub mod context;
pub mod counted;
pub mod crosscheck;
mod cue;
pub mod currency;
pub mod document;
pub mod exclude;
pub mod figure;
pub mod item;
pub mod kinds;
pub mod lemma;
pub mod lexicon;
pub mod mention;
pub mod modality;
pub mod number;
mod phrase;
pub mod relation;
pub mod retag;
pub mod scene;
pub mod segment;
pub mod sentence;
pub mod span;
pub mod subject;
mod table;
pub mod tag;
pub mod time;
pub mod token;
pub mod unit;
pub mod unit_phrase;

#[cfg(feature = "server")]
pub mod config;
#[cfg(feature = "server")]
pub mod error;
#[cfg(feature = "server")]
pub mod proto;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "server")]
pub mod wire;

pub use document::Document;
pub use figure::{Extraction, Figure};
pub use span::Span;

/// The extraction was told to stop before it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// Reads every figure and time of a document. Total: any text gives an answer.
pub fn extract(document: &Document) -> Extraction {
    extract_while(document, |_| true).unwrap_or_default()
}

/// As [`extract`], but asks before each sentence whether to go on after what was found so far, and stops where the answer
/// is no.
pub fn extract_while(
    document: &Document,
    mut keep_going: impl FnMut(&Extraction) -> bool,
) -> Result<Extraction, Stopped> {
    let text = document.text;
    let lowered = text.to_ascii_lowercase();
    let mut out = Extraction::default();
    let mut times_of = time::Reader::new(*document);
    let mut context = context::Reader::new();
    for segment in segment::split(text) {
        if !keep_going(&out) {
            return Err(Stopped);
        }
        let holds = gate::scan(segment.span.of(&lowered));
        let tokens = if holds.numbers { None } else { context.pass(text, &lowered, &segment) };
        if !holds.numbers && !holds.times {
            continue;
        }
        let read = || token::tokenize(text, &lowered, segment.span, segment.paragraph);
        let sentence = tokens.unwrap_or_else(read);
        let times = times_of.read(&sentence);
        if holds.numbers {
            let mentions = kinds::read(&sentence, document.region, &times);
            let first = (out.figures.len(), out.times.len());
            out.figures.extend((0..mentions.len()).map(|i| claim::figure(&mentions, i, &sentence)));
            context.sentence(&sentence, &mentions, &times, &mut out.figures, first);
        }
        out.times.extend(times);
    }
    context.finish(&mut out.figures);
    Ok(out)
}

mod forest;
mod gate;
