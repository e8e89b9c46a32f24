//! From UTF-8 byte offsets to the offsets that a client counts in.

use crate::proto::v1::OffsetUnit;

/// Bytes between two remembered counts.
const BLOCK: usize = 64;

/// Converts offsets of one text: made in time linear in the text, each conversion in constant time.
#[derive(Debug)]
pub(super) struct Offsets<'t> {
    bytes: &'t [u8],
    unit: OffsetUnit,
    /// Units before each multiple of [`BLOCK`]; empty where bytes are what is counted.
    before: Vec<u32>,
}

impl<'t> Offsets<'t> {
    pub(super) fn new(text: &'t str, unit: OffsetUnit) -> Offsets<'t> {
        let bytes = text.as_bytes();
        let same_as_bytes = matches!(unit, OffsetUnit::Unspecified | OffsetUnit::Utf8Byte) || text.is_ascii();
        let mut before = Vec::new();
        if !same_as_bytes {
            let mut total = 0;
            before.push(0);
            for block in bytes.chunks(BLOCK) {
                total += count(block, unit);
                before.push(total);
            }
        }
        Offsets { bytes, unit, before }
    }

    /// The offset of the byte at `byte`, which may be the end of the text but not beyond.
    pub(super) fn of(&self, byte: u32) -> u32 {
        if self.before.is_empty() {
            return byte;
        }
        let end = (byte as usize).min(self.bytes.len());
        let block = end / BLOCK;
        self.before[block] + count(&self.bytes[block * BLOCK..end], self.unit)
    }
}

/// How many units begin in the bytes: a character counts at its first byte, so blocks may cut through it.
fn count(bytes: &[u8], unit: OffsetUnit) -> u32 {
    let starts = bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count();
    let pairs = match unit {
        OffsetUnit::Utf16CodeUnit => bytes.iter().filter(|&&b| b >= 0xF0).count(),
        _ => 0,
    };
    (starts + pairs) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offset_of_mixed_text() {
        let text = "aé€😀 naïve 🇬🇧 £5m — «5 €» ".repeat(9);
        for unit in [OffsetUnit::Utf8Byte, OffsetUnit::Utf16CodeUnit, OffsetUnit::UnicodeCodePoint] {
            let offsets = Offsets::new(&text, unit);
            for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let before = &text[..byte];
                let expected = match unit {
                    OffsetUnit::Utf16CodeUnit => before.encode_utf16().count(),
                    OffsetUnit::UnicodeCodePoint => before.chars().count(),
                    _ => byte,
                };
                assert_eq!(offsets.of(byte as u32) as usize, expected, "{unit:?} at byte {byte}");
            }
        }
    }

    #[test]
    fn the_end_of_a_text_that_fills_its_blocks() {
        let text = "é".repeat(BLOCK);
        let offsets = Offsets::new(&text, OffsetUnit::UnicodeCodePoint);
        assert_eq!(offsets.of(text.len() as u32), 64);
        assert_eq!(Offsets::new("", OffsetUnit::Utf16CodeUnit).of(0), 0);
    }
}
