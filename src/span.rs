//! A place in the document's text.

use std::ops::Range;

/// A half-open range of UTF-8 byte offsets into the document's text.
///
/// Every reading points into the text by spans; the text itself is never copied or changed.
/// Other offset units (UTF-16 code units, code points) are made at the edge, in `wire`.
///
/// ```
/// use factfigures::Span;
/// let span = Span::new(2, 5);
/// assert_eq!(span.of("a bcd e"), "bcd");
/// assert_eq!(span.len(), 3);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub const fn new(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// The words of the text that the span covers.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }

    /// Length in bytes.
    pub const fn len(&self) -> u32 {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub const fn is_empty(&self) -> bool {
        self.end <= self.start
    }

    /// Whether the two spans share at least one byte.
    pub const fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside this span.
    pub const fn contains(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The span as a `usize` range.
    pub const fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
