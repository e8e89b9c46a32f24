//! How much an answer may hold, and reading no more of a text than that.

use super::Query;
use super::response::shown;
use crate::error::Error;
use crate::figure::{Extraction, Figure};

/// What an answer may hold at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    /// Bytes on the wire.
    pub bytes: usize,
    /// Figures of one document, and times.
    pub figures: usize,
}

/// What a figure takes on the wire at least, beside the words that are sent with it: its identifier, places, value and
/// interval.
const LEAST_BYTES: usize = 48;

/// The same of a time.
const LEAST_BYTES_OF_TIME: usize = 24;

/// Reads a document as [`extract_while`](crate::extract_while) does, but no further than an answer can hold: a text of
/// nothing but numbers is not read to its end first.
pub fn extract_within(
    query: &Query<'_>,
    most: Most,
    keep_going: impl Fn() -> bool,
) -> Result<Extraction, Error> {
    let text = query.document.text;
    let words = |figure: &Figure| {
        let places = [figure.span, figure.number, figure.sentence];
        places.into_iter().map(|place| shown(text, place).len()).sum::<usize>()
    };
    let (mut seen, mut bytes, mut figures) = (0, 0, 0);
    let mut check = |so_far: &Extraction| {
        for figure in so_far.figures[seen..].iter().filter(|figure| query.wants(figure.kind)) {
            bytes += LEAST_BYTES + words(figure);
            figures += 1;
        }
        seen = so_far.figures.len();
        let times = so_far.times.len();
        match () {
            () if figures.max(times) > most.figures => Err(Error::too_many_figures(most.figures)),
            () if bytes + times * LEAST_BYTES_OF_TIME > most.bytes => Err(Error::too_large(most.bytes)),
            () => Ok(()),
        }
    };
    let mut holds = Ok(());
    let found = crate::extract_while(&query.document, |so_far| {
        holds = check(so_far);
        holds.is_ok() && keep_going()
    });
    holds?;
    let found = found?;
    check(&found).map(|()| found)
}
