//! Static tables of words, laid out by the build script and asked for nearly every word of a text.
//!
//! A table is an open-addressed hash table at most half full, so most words that are not in it cost a look at
//! their first letter and length, or one hash of sixteen bytes and a look at a slot. The build script uses this very file: one hash, one layout.

/// A static map from words to values.
#[derive(Debug)]
pub struct Map<V: 'static> {
    /// A power of two of slots: empty (0), or a mark of the word's hash above the number of its entry, from 1.
    pub slots: &'static [u32],
    /// The words and their values.
    pub entries: &'static [(&'static str, V)],
    /// A bit for every [`sort`] of word: which may be there at all.
    pub filter: &'static [u64; SORTS / 64],
}

/// How many sorts of words a filter tells apart.
const SORTS: usize = 4096;

/// A static set of words.
pub type Set = Map<()>;

impl<V> Map<V> {
    /// The value of a word.
    #[inline]
    pub fn get(&self, word: &str) -> Option<&V> {
        self.get_bytes(word.as_bytes())
    }

    /// The value of a word given as bytes.
    #[inline]
    pub fn get_bytes(&self, word: &[u8]) -> Option<&V> {
        let sort = sort(word);
        if self.filter[sort / 64] >> (sort % 64) & 1 == 0 {
            return None;
        }
        self.find(word)
    }

    fn find(&self, word: &[u8]) -> Option<&V> {
        let (mut at, mark) = place(word, self.slots.len());
        loop {
            let slot = *self.slots.get(at)?;
            if slot == 0 {
                return None;
            }
            if slot & MARK == mark
                && let Some((key, value)) = self.entries.get((slot & !MARK) as usize - 1)
                && key.as_bytes() == word
            {
                return Some(value);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Whether the word is there.
    #[inline]
    pub fn contains_key(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    /// The words, in their order.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.entries.iter().map(|entry| entry.0)
    }
}

impl Set {
    /// Whether the word is there.
    #[inline]
    pub fn contains(&self, word: &str) -> bool {
        self.get(word).is_some()
    }
}

/// The part of a slot that tells words apart before they are compared.
const MARK: u32 = 0xffff_0000;

/// The slots of a table of these words, which differ from each other and are fewer than 65,536.
#[allow(dead_code)] // only the build script lays tables out
pub fn slots<'w>(words: impl ExactSizeIterator<Item = &'w str>) -> Vec<u32> {
    let mut slots = vec![0; (words.len() * 2 + 2).next_power_of_two()];
    for (i, word) in words.enumerate() {
        let (mut at, mark) = place(word.as_bytes(), slots.len());
        while slots[at] != 0 {
            at = (at + 1) & (slots.len() - 1);
        }
        slots[at] = mark | (i as u32 + 1);
    }
    slots
}

/// The filter of a table of these words.
#[allow(dead_code)] // only the build script lays tables out
pub fn filter<'w>(words: impl Iterator<Item = &'w str>) -> [u64; SORTS / 64] {
    let mut filter = [0; SORTS / 64];
    for sort in words.map(|word| sort(word.as_bytes())) {
        filter[sort / 64] |= 1 << (sort % 64);
    }
    filter
}

/// The sort of a word: twelve bits of its first and last letter and its length.
#[inline]
fn sort(word: &[u8]) -> usize {
    let (Some(first), Some(last)) = (word.first(), word.last()) else { return 0 };
    usize::from(first & 31) | (usize::from(last & 31) << 5 ^ word.len() << 7) & (SORTS - 1)
}

/// The first slot to look at, and the mark of a word.
#[inline]
fn place(word: &[u8], slots: usize) -> (usize, u32) {
    let hash = hash(word);
    ((hash >> 40) as usize & (slots - 1), (hash >> 8) as u32 & MARK)
}

/// Mixes a word's length and its first and last eight bytes, which is all of it up to sixteen.
#[inline]
fn hash(word: &[u8]) -> u64 {
    mix(ends(word), word.len())
}

#[inline]
fn mix((first, last): (u64, u64), length: usize) -> u64 {
    let mixed = (first.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ last.rotate_left(24) ^ length as u64)
        .wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ mixed >> 32
}

/// The first and last eight bytes of a word, or fewer.
#[inline]
fn ends(word: &[u8]) -> (u64, u64) {
    match (word.first_chunk::<8>(), word.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => match (word.first_chunk::<4>(), word.last_chunk::<4>()) {
            (Some(first), Some(last)) => {
                (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
            }
            _ => match *word {
                [a, .., b] => (u64::from(a) << 16 | u64::from(word[word.len() / 2]), b.into()),
                [a] => (a.into(), 0),
                [] => (0, 0),
            },
        },
    }
}

/// A word of at most sixteen bytes as numbers: two words have the same key if they are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    ends: (u64, u64),
    length: u8,
}

#[allow(dead_code)] // not for the build script
impl Key {
    /// The key of a word; `None` if it is too long.
    #[inline]
    pub fn of(word: &str) -> Option<Key> {
        (word.len() <= 16).then(|| Key { ends: ends(word.as_bytes()), length: word.len() as u8 })
    }

    /// Spreads the word over 64 bits.
    #[inline]
    pub fn hash(self) -> u64 {
        mix(self.ends, self.length.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_its_words_and_no_others() {
        let words: Vec<String> = (0..500).map(|i| "x".repeat(i % 40) + &i.to_string()).collect();
        let entries: Vec<(&'static str, usize)> =
            words.iter().enumerate().map(|(i, word)| (&*word.clone().leak(), i)).collect();
        let map = Map {
            slots: slots(words.iter().map(String::as_str)).leak(),
            entries: entries.leak(),
            filter: Box::leak(Box::new(filter(words.iter().map(String::as_str)))),
        };
        for (i, word) in words.iter().enumerate() {
            assert_eq!(map.get(word), Some(&i));
            assert_eq!(map.get(&format!("{word}?")), None);
        }
        assert_eq!(map.get(""), None);
    }

    #[test]
    fn an_empty_table_holds_nothing() {
        let none = Set { slots: slots([].into_iter()).leak(), entries: &[], filter: &[0; SORTS / 64] };
        assert!(!none.contains("") && !none.contains("two"));
    }
}
