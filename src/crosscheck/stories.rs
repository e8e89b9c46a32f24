//! Whether documents tell one story, by the names, words and figures that they share.

use super::frame::Frame;
use super::{Checked, words};
use crate::Span;

/// Fewer names say nothing about whether two documents tell one story.
const FEW_NAMES: usize = 4;
/// A text of so many bytes has names, if only a few.
pub(super) const LONG_TEXT: usize = 400;
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

/// The kinship of each document with those before it.
pub(super) struct Stories(Vec<Vec<Kinship>>);

impl Stories {
    pub fn new(documents: &[Checked<'_>], names: &[Vec<u64>], frames: &[Frame]) -> Stories {
        let short: Vec<bool> = documents.iter().map(|d| d.document.text.len() < LONG_TEXT).collect();
        let telling =
            |i: usize| if short[i] { telling(documents[i].document.text, &names[i]) } else { Vec::new() };
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
            let shared_words = if short[i] && short[k] { common(&words[i], &words[k]) } else { 0 };
            let mut kinship = kinship(&names[i], &names[k], [short[i], short[k]], shared_words);
            let fewer = digits[i].len().min(digits[k].len());
            let shared = common(&digits[i], &digits[k]);
            kinship.sure |= shared >= 2 && shared * 3 >= fewer && shared + common(&names[i], &names[k]) >= 4;
            kinship
        };
        Stories((0..documents.len()).map(|i| (0..i).map(|k| kinship(i, k)).collect()).collect())
    }

    /// Nothing is known within one document.
    pub fn of(&self, a: &Frame, b: &Frame) -> Kinship {
        let (one, other) = (a.document.max(b.document), a.document.min(b.document));
        self.0[one].get(other).copied().unwrap_or_default()
    }
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

fn common(x: &[u64], y: &[u64]) -> usize {
    let (fewer, more) = if x.len() < y.len() { (x, y) } else { (y, x) };
    fewer.iter().filter(|k| more.binary_search(k).is_ok()).count()
}

/// Long texts share names by chance, so they need more; two long texts may do with one name, if both have it. Two short
/// ones may do with a name and the words beside it.
fn kinship(x: &[u64], y: &[u64], short: [bool; 2], words: usize) -> Kinship {
    let fewer = x.len().min(y.len());
    let names = common(x, y);
    let enough = fewer >= FEW_NAMES || short == [false, false] && names * 2 > fewer;
    let sure = match short {
        [true, true] => names * 4 >= fewer && 2 * names + words >= 3,
        [false, false] => names >= 3 && names * 3 >= fewer,
        _ => names >= 2 && names * 2 >= fewer,
    };
    Kinship { shared: enough.then(|| names as f64 / fewer as f64), sure }
}
