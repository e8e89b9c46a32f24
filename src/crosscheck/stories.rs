//! Whether documents tell one story, by the names, words and figures that they share.

use jiff::civil::Date;

use super::frame::Frame;
use super::{Checked, words};
use crate::Span;

/// Fewer names say nothing about whether two documents tell one story.
const FEW_NAMES: usize = 4;
/// A text of so many bytes has names, if only a few.
pub(super) const LONG_TEXT: usize = 400;
/// The words of texts of so many bytes are compared, too: a report in brief has few names, and a long one shares words with any.
const BRIEF: usize = 1500;
/// The share of names that documents of one story have in common at least.
pub(super) const ONE_STORY: f64 = 0.25;

/// How two documents stand to each other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Kinship {
    /// The share of the names of the document that has fewer which the other has too; `None` where there are too few.
    pub shared: Option<f64>,
    /// Whether they evidently tell one story.
    pub sure: bool,
}

/// The kinship of each document with those before it, and what day each has come to.
pub(super) struct Stories {
    kinships: Vec<Vec<Kinship>>,
    days: Vec<Option<Date>>,
}

impl Stories {
    pub fn new(documents: &[Checked<'_>], names: &[Vec<u64>], frames: &[Frame]) -> Stories {
        let shorter = |i: usize, than: usize| documents[i].document.text.len() < than;
        let short: Vec<bool> = (0..documents.len()).map(|i| shorter(i, LONG_TEXT)).collect();
        let telling = |i: usize| match shorter(i, BRIEF) {
            true => telling(documents[i].document.text, &names[i]),
            false => Vec::new(),
        };
        let words: Vec<Vec<u64>> = (0..documents.len()).map(telling).collect();
        let mut digits = vec![Vec::new(); documents.len()];
        for frame in frames {
            digits[frame.document].extend(frame.digits.map(|digits| digits ^ frame.class.key()));
        }
        for digits in &mut digits {
            digits.sort_unstable();
            digits.dedup();
        }
        let kinship = |i: usize, k: usize| {
            let shared = |sets: &[Vec<u64>]| Shared::new(&sets[i], &sets[k]);
            let (names, words, digits) = (shared(names), shared(&words), shared(&digits));
            kinship(names, words, digits, [short[i], short[k]])
        };
        Stories {
            kinships: (0..documents.len()).map(|i| (0..i).map(|k| kinship(i, k)).collect()).collect(),
            days: documents.iter().map(latest_day).collect(),
        }
    }

    /// How many days the report that has the second figure was written after the other, by the days that they name.
    pub fn days_between(&self, a: &Frame, b: &Frame) -> i32 {
        let days = self.days[a.document].zip(self.days[b.document]);
        days.map_or(0, |(a, b)| (b - a).get_days())
    }

    /// Nothing is known within one document.
    pub fn of(&self, a: &Frame, b: &Frame) -> Kinship {
        let (one, other) = (a.document.max(b.document), a.document.min(b.document));
        self.kinships[one].get(other).copied().unwrap_or_default()
    }
}

/// The last day before its publication that a document names.
fn latest_day(document: &Checked<'_>) -> Option<Date> {
    let published = document.document.publish_date?;
    // not "overnight", which may end today
    let whole = document.extraction.times.iter().filter(|t| !t.timex.contains('T'));
    let days = whole.filter_map(|t| t.start.filter(|day| t.end == Some(*day)));
    days.filter(|day| *day <= published).max()
}

/// The telling words of a text, sorted, without its names.
fn telling(text: &str, names: &[u64]) -> Vec<u64> {
    let all = words::runs(text, Span::new(0, text.len() as u32)).map(|(span, _)| span.of(text));
    let letters = all.filter(|w| w.len() > 1 && w.starts_with(char::is_alphabetic));
    let other = letters.filter(|w| names.binary_search(&words::key(w)).is_err());
    let mut out: Vec<u64> = other.filter_map(words::telling).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// What two sets have in common.
#[derive(Clone, Copy)]
struct Shared {
    both: usize,
    /// How many the smaller one has.
    of: usize,
}

impl Shared {
    fn new(x: &[u64], y: &[u64]) -> Shared {
        let (fewer, more) = if x.len() < y.len() { (x, y) } else { (y, x) };
        let both = fewer.iter().filter(|k| more.binary_search(k).is_ok()).count();
        Shared { both, of: fewer.len() }
    }

    /// The share of the smaller one, which counts as one of so many at least.
    fn share(self, least: usize) -> f64 {
        self.both as f64 / self.of.max(least) as f64
    }
}

/// Long texts share names by chance, so they need more; two long texts may do with one name, if both have it. Brief ones
/// may do with a name and the words and digits beside it.
fn kinship(names: Shared, words: Shared, digits: Shared, short: [bool; 2]) -> Kinship {
    let enough = names.of >= FEW_NAMES || short == [false, false] && names.both * 2 > names.of;
    let by_names = match short {
        [true, true] => {
            names.both * 4 >= names.of
                && names.both >= 1
                && 2 * names.both + words.both + 2 * digits.both >= 3
        }
        [false, false] => names.both >= 3 && names.both * 3 >= names.of,
        _ => names.both >= 2 && names.both * 2 >= names.of,
    };
    let by_digits = digits.both >= 2 && digits.both * 3 >= digits.of && digits.both + names.both >= 4;
    // of 335 pairs of reports of one story 319 are found so, and of 7,000 of different stories none
    let weight = 2 * names.both + words.both + 2 * digits.both;
    let all = names.share(3) + words.share(10) + digits.share(3);
    let nameless = digits.both >= 2 && words.both >= 5 || digits.both >= 1 && words.both >= 8;
    let by_all = names.both >= 1 && words.both >= 1 && weight >= 7 && all >= 0.7 || nameless;
    Kinship {
        shared: enough.then(|| names.both as f64 / names.of as f64),
        sure: by_names || by_digits || by_all,
    }
}
