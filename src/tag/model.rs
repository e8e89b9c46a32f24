//! The tagger's weights: a lexicon of known words and a hashed table of features.

use super::Tag;
use super::features::Feature;

/// Slots of a row of weights: one a tag, and two for the row's mark.
pub const SLOTS: usize = 32;

const MAGIC: [u8; 4] = *b"FFT1";
/// Weights of the tags and a mark.
pub(super) type Row = [u8; SLOTS];
/// Bytes before the lexicon: a cache line, so that every bucket is one too where the file is aligned.
const HEAD: usize = 64;

/// Which tags a word is known to take: the most frequent one and the second one.
///
/// Ten bits, so that it packs with a hash; 0 is an unknown word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Class(pub u16);

impl Class {
    const NONE: u16 = 31;
    /// The class of a word that no list has.
    pub const UNKNOWN: Class = Class(0);

    /// The class of a word that takes `first`, and less often `second`.
    pub fn new(first: Tag, second: Option<Tag>) -> Class {
        Class((first as u16 + 1) << 5 | second.map_or(0, |s| s as u16 + 1))
    }

    /// The class of a word that was not seen often enough, but that a dictionary lists: `kind` below 30.
    pub fn listed(kind: u16) -> Class {
        Class(kind + 1)
    }

    /// The class of a word that always takes `tag`: it is tagged without looking further.
    pub fn certain(tag: Tag) -> Class {
        Class((tag as u16 + 1) << 5 | Class::NONE)
    }

    /// The tag of a word that always takes the same one.
    pub fn sure(self) -> Option<Tag> {
        (self.0 & 31 == Class::NONE).then(|| Tag::ALL.get((self.0 >> 5) as usize - 1).copied()).flatten()
    }
}

/// Known words and their classes: a hash table of 22 bits of hash and 10 bits of class.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon<'b> {
    entries: &'b [[u8; 4]],
    bits: u32,
}

impl<'b> Lexicon<'b> {
    /// Reads a table of a power of two of entries.
    pub fn new(entries: &'b [[u8; 4]]) -> Option<Lexicon<'b>> {
        let n = entries.len();
        (n.is_power_of_two() && n > 1).then(|| Lexicon { entries, bits: n.ilog2() })
    }

    /// Builds the bytes of a lexicon that is at most four fifths full.
    pub fn build(words: impl ExactSizeIterator<Item = (u64, Class)>) -> Vec<[u8; 4]> {
        let size = (words.len() * 5 / 4 + 2).next_power_of_two();
        let mut entries = vec![[0; 4]; size];
        for (hash, class) in words {
            let (mut at, key) = Lexicon::place(hash, size.ilog2());
            while entries[at] != [0; 4] {
                at = (at + 1) % size;
            }
            entries[at] = (key | u32::from(class.0)).to_le_bytes();
        }
        entries
    }

    /// What is known of the word of that hash.
    pub fn class(&self, hash: u64) -> Class {
        let (start, key) = Lexicon::place(hash, self.bits);
        let n = self.entries.len();
        for step in 0..n {
            let entry = u32::from_le_bytes(self.entries[(start + step) & (n - 1)]);
            if entry == 0 {
                break;
            }
            if entry & !0x3ff == key {
                return Class((entry & 0x3ff) as u16);
            }
        }
        Class::default()
    }

    fn place(hash: u64, bits: u32) -> (usize, u32) {
        let x = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((x >> (64 - bits)) as usize, (x as u32 >> 3) & !0x3ff)
    }
}

/// Weights of features: buckets of two rows; a row holds a weight a tag and a 16-bit mark of its feature.
#[derive(Clone, Copy, Debug)]
pub struct Table<'b> {
    buckets: &'b [[Row; 2]],
    bits: u32,
}

impl<'b> Table<'b> {
    /// Reads a table of a power of two of buckets.
    pub fn new(buckets: &'b [[Row; 2]]) -> Option<Table<'b>> {
        let n = buckets.len();
        (n.is_power_of_two() && n > 1).then(|| Table { buckets, bits: n.ilog2() })
    }

    /// The bucket of a feature in a table of 2^`bits` buckets, and the mark of its row, never 0.
    pub fn place(feature: Feature, bits: u32) -> (usize, [u8; 2]) {
        ((feature >> (64 - bits)) as usize, ((feature >> 16) as u16 | 1).to_le_bytes())
    }

    /// The weights of a feature; `None` if it has none.
    #[inline(always)] // the tagger's innermost loop
    pub(super) fn row(&self, feature: Feature) -> Option<&'b Row> {
        let (at, mark) = Table::place(feature, self.bits);
        let [first, second] = self.buckets.get(at)?;
        let marked = |row: &Row| [row[SLOTS - 2], row[SLOTS - 1]] == mark;
        if marked(first) {
            return Some(first);
        }
        marked(second).then_some(second)
    }
}

/// A tagger's lexicon and weights, read in place from the bytes of a file.
#[derive(Clone, Copy, Debug)]
pub struct Model<'b> {
    pub(super) lexicon: Lexicon<'b>,
    pub(super) table: Table<'b>,
}

impl<'b> Model<'b> {
    /// Reads a file; `None` if it is not one of this version.
    pub fn parse(bytes: &'b [u8]) -> Option<Model<'b>> {
        let (head, rest) = bytes.split_first_chunk::<HEAD>()?;
        let [words, buckets] = [head[MAGIC.len()], head[MAGIC.len() + 1]];
        if !head.starts_with(&MAGIC) || words.max(buckets) > 24 {
            return None;
        }
        let (entries, table) = rest.split_at_checked(4 << words)?;
        let (rows, []) = table.as_chunks::<SLOTS>() else { return None };
        let (pairs, []) = rows.as_chunks::<2>() else { return None };
        let table = Table::new(pairs).filter(|t| t.bits == u32::from(buckets))?;
        Some(Model { lexicon: Lexicon::new(entries.as_chunks().0)?, table })
    }

    /// Writes the file of a lexicon and a table, each a power of two in size.
    pub fn write(lexicon: &[[u8; 4]], buckets: &[[Row; 2]]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend([lexicon.len().ilog2() as u8, buckets.len().ilog2() as u8]);
        out.resize(HEAD, 0);
        out.extend(lexicon.iter().flatten());
        out.extend(buckets.iter().flatten().flatten());
        out
    }
}
