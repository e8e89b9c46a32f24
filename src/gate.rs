//! The cheap scan that decides which sentences are read at all.

use std::sync::LazyLock;

use crate::{number, time};

/// What a sentence may hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Holds {
    /// A digit or number word.
    pub numbers: bool,
    /// A word of a time.
    pub times: bool,
}

/// Longest word that any trigger has.
const LONGEST: usize = 14;

/// A bit for every [`place`] of a trigger: most words need not be looked up.
static FILTER: LazyLock<[u64; 512]> = LazyLock::new(|| {
    let mut filter = [0; 512];
    let triggers = number::triggers().chain(time::triggers()).map(str::as_bytes);
    for place in triggers.filter(|word| word.iter().all(u8::is_ascii_lowercase)).filter_map(place) {
        filter[place / 64] |= 1 << (place % 64);
    }
    filter
});

/// Fifteen bits of a word: its first two letters, and its last one with the length. `None` for one that is no trigger
/// by its length.
fn place(word: &[u8]) -> Option<usize> {
    let [first, second, ..] = *word else { return None };
    let last = *word.last().filter(|_| word.len() <= LONGEST)?;
    let bits = |b: u8| usize::from(b & 31);
    let (last, length) = (bits(last), (3 * word.len()) & 31);
    Some(bits(first) | bits(second) << 5 | (last ^ length) << 10)
}

/// Scans the words of a sentence, given in lower case, without tokenizing it.
pub(crate) fn scan(lowered: &str) -> Holds {
    let mut holds = Holds::default();
    let filter = &*FILTER;
    let bytes = lowered.as_bytes();
    let mut i = 0;
    while let Some(&b) = bytes.get(i) {
        if !b.is_ascii_lowercase() {
            if b.is_ascii_digit() {
                return Holds { numbers: true, times: true };
            }
            if b >= 0x80 {
                // fraction signs, full-width and superscript digits
                holds.numbers |=
                    matches!(b, 0xc2 | 0xef) || (b == 0xe2 && matches!(bytes.get(i + 1), Some(0x85)));
            }
            i += 1;
            continue;
        }
        let rest = &bytes[i..];
        let len = rest.iter().position(|b| !b.is_ascii_lowercase()).unwrap_or(rest.len());
        let word = &rest[..len];
        i += len;
        if place(word).is_some_and(|place| filter[place / 64] >> (place % 64) & 1 == 1) {
            holds.numbers |= number::is_trigger(word);
            holds.times |= time::is_trigger(word);
            if holds.numbers && holds.times {
                return holds;
            }
        }
    }
    holds
}
