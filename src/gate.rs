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

/// For every first letter the lengths of its triggers, a bit each: most words need not be looked up.
static LENGTHS: LazyLock<[u16; 26]> = LazyLock::new(|| {
    let mut lengths = [0; 26];
    for word in number::triggers().chain(time::triggers()).filter(|word| word.len() <= LONGEST) {
        if let Some(letters) = word.bytes().next().and_then(|b| lengths.get_mut(letter(b))) {
            *letters |= 1u16 << word.len();
        }
    }
    lengths
});

/// The place of a letter in the alphabet, either case; 26 or more for what is none.
fn letter(b: u8) -> usize {
    usize::from((b | 0x20).wrapping_sub(b'a'))
}

/// Scans the words of a sentence without tokenizing it.
pub(crate) fn scan(text: &str) -> Holds {
    let mut holds = Holds::default();
    let lengths = &*LENGTHS;
    let bytes = text.as_bytes();
    let mut i = 0;
    while let Some(&b) = bytes.get(i) {
        let Some(lengths) = lengths.get(letter(b)) else {
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
        };
        let rest = &bytes[i..];
        let len = rest.iter().position(|&b| letter(b) > 25).unwrap_or(rest.len());
        i += len;
        if (2..=LONGEST).contains(&len) && lengths >> len & 1 == 1 {
            let mut word = [0; LONGEST];
            word[..len].copy_from_slice(&rest[..len]);
            word.make_ascii_lowercase();
            holds.numbers |= number::is_trigger(&word[..len]);
            holds.times |= time::is_trigger(&word[..len]);
            if holds.numbers && holds.times {
                return holds;
            }
        }
    }
    holds
}
