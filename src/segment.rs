//! Splits a text into sentences.
//!
//! Line breaks that end a paragraph or a list line always split; so do `.`, `!` and `?` where no
//! abbreviation, initial or number explains them. Sentences inside quotations are split too. The words
//! that decide are in `data/en/abbreviations.toml`.

use memchr::{memchr2_iter, memchr3, memrchr2};

use crate::Span;
use crate::lexicon::abbreviations::{OTHERS, STARTERS, TITLES};

/// A sentence's place and the number of its paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where it stands, without surrounding white space.
    pub span: Span,
    /// Paragraphs are counted from 0.
    pub paragraph: u32,
}

/// The longest sentence in bytes: a longer run without an end is cut at white space, or at twice this length, so
/// that the readers, some of which look through the sentence for every figure, take linear time on any text.
/// In news not one sentence of ten thousand has 800 bytes.
const LONGEST: usize = 1000;

/// Splits a text into sentences, in order, each when it is asked for.
///
/// ```
/// use factfigures::segment::split;
/// let text = "Gov. Reed paid $3.5 million. She left at 5 p.m. on Monday.";
/// let found: Vec<&str> = split(text).map(|s| s.span.of(text)).collect();
/// assert_eq!(found, ["Gov. Reed paid $3.5 million.", "She left at 5 p.m. on Monday."]);
/// ```
pub fn split(text: &str) -> Sentences<'_> {
    Sentences { text, line: Line::read(text, 0, 0) }
}

/// The sentences of a text, by [`split`].
#[derive(Clone, Debug)]
pub struct Sentences<'t> {
    text: &'t str,
    line: Line,
}

/// A line, or several where the breaks between them only wrap a sentence.
#[derive(Clone, Copy, Debug)]
struct Line {
    /// Where the next sentence begins.
    start: usize,
    /// The next mark that may end it; the end of the line where there is none.
    mark: usize,
    end: usize,
    paragraph: u32,
}

impl Iterator for Sentences<'_> {
    type Item = Segment;

    fn next(&mut self) -> Option<Segment> {
        loop {
            while self.line.start < self.line.end {
                let piece = self.line.piece(self.text);
                if piece.is_some() {
                    return piece;
                }
            }
            let Line { end, paragraph, .. } = self.line;
            if end >= self.text.len() {
                return None;
            }
            self.line = Line::read(self.text, end + 1, paragraph + 1);
        }
    }
}

impl Line {
    /// The first line from `start` on that is not blank.
    fn read(text: &str, start: usize, paragraph: u32) -> Line {
        let rest = &text[start..];
        let blank = &rest.as_bytes()[..rest.len() - rest.trim_start().len()];
        let paragraph = paragraph + memchr2_iter(b'\n', b'\r', blank).count() as u32;
        let start = start + memrchr2(b'\n', b'\r', blank).map_or(0, |last| last + 1);
        let mut breaks = memchr2_iter(b'\n', b'\r', &text.as_bytes()[start..]).map(|step| start + step);
        let end = breaks.find(|&end| !continues(text, start, end)).unwrap_or(text.len());
        Line { start, mark: next_mark(text, start, end), end, paragraph }
    }

    /// Goes one step on; gives the sentence that ends there, or the part of one that is too long.
    fn piece(&mut self, text: &str) -> Option<Segment> {
        let start = self.start;
        if let Some(end) = cut(text, start, self.mark) {
            self.start = end;
            return self.segment(text, start);
        }
        let Some(ends) = (self.mark < self.end).then(|| sentence_end(text, start, self.mark, self.end))
        else {
            self.start = self.end;
            return self.segment(text, start);
        };
        let seen = ends.unwrap_or(self.mark + 1);
        // what is true of one mark of "?!..." is true of the others
        let marks =
            text.as_bytes()[seen..self.end].iter().take_while(|b| matches!(b, b'.' | b'!' | b'?')).count();
        self.mark = next_mark(text, seen + marks, self.end);
        self.start = ends?;
        self.segment(text, start)
    }

    /// What stands between `start` and where the next sentence begins, without white space around it.
    fn segment(&self, text: &str, start: usize) -> Option<Segment> {
        let whole = &text[start..self.start];
        let trimmed = whole.trim_start();
        let start = start + whole.len() - trimmed.len();
        let end = start + trimmed.trim_end().len();
        (end > start)
            .then(|| Segment { span: Span::new(start as u32, end as u32), paragraph: self.paragraph })
    }
}

fn next_mark(text: &str, from: usize, end: usize) -> usize {
    memchr3(b'.', b'!', b'?', &text.as_bytes()[from..end]).map_or(end, |step| from + step)
}

/// Whether a line break only wraps a running sentence: the line is long and ends in the middle of a
/// sentence, and the next one goes on in lower case.
fn continues(text: &str, start: usize, line_end: usize) -> bool {
    let bytes = text.as_bytes();
    let next = bytes.get(line_end + 1).copied().unwrap_or(b'\n');
    let last = text[start..line_end].trim_end().as_bytes().last().copied().unwrap_or(b'.');
    line_end - start >= 40 && next.is_ascii_lowercase() && !matches!(last, b'.' | b'!' | b'?' | b':' | b';')
}

/// Where what stands between `start` and `to` is cut, if it is too long.
fn cut(text: &str, start: usize, to: usize) -> Option<usize> {
    if to - start <= LONGEST {
        return None;
    }
    let reach = &text.as_bytes()[start + LONGEST..to];
    let space = reach.iter().take(LONGEST).position(u8::is_ascii_whitespace);
    if space.is_none() && reach.len() <= LONGEST {
        return None;
    }
    let mut end = start + LONGEST + space.unwrap_or(LONGEST);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Some(end)
}

/// Where the sentence ends whose terminator stands at `at`, or `None` where it goes on.
fn sentence_end(text: &str, start: usize, at: usize, to: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = at + 1;
    while end < to && matches!(bytes[end], b'.' | b'!' | b'?') {
        end += 1;
    }
    let dots = end - at;
    let (mut end, quoted) = skip_closers(text, end, to);
    if end < to && bytes[end] == b'[' {
        end = skip_footnotes(bytes, end, to);
    }
    if end >= to {
        return Some(to);
    }
    let rest = &text[end..to];
    let after = rest.trim_start();
    if after.len() == rest.len() {
        return None;
    }
    let first = after.trim_start_matches(is_opener).chars().next()?;
    if first.is_lowercase() {
        return None;
    }
    if bytes[at] != b'.' || dots > 1 || quoted {
        return Some(end);
    }
    (!abbreviated(&text[start..at], after, first)).then_some(end)
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '«')
}

/// Skips closing quotes and brackets; also says whether there were any.
fn skip_closers(text: &str, mut end: usize, to: usize) -> (usize, bool) {
    let from = end;
    while let Some(c) = text[end..to].chars().next() {
        if !matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»') {
            break;
        }
        end += c.len_utf8();
    }
    (end, end > from)
}

/// Skips footnote marks such as `[3]`.
fn skip_footnotes(bytes: &[u8], mut end: usize, to: usize) -> usize {
    while end < to && bytes[end] == b'[' {
        let digits = bytes[end + 1..to].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 || bytes.get(end + 1 + digits) != Some(&b']') {
            break;
        }
        end += digits + 2;
    }
    end
}

/// Whether the period after `before` belongs to an abbreviation or initial and does not end the sentence.
fn abbreviated(before: &str, after: &str, first: char) -> bool {
    let word_start =
        before.rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '-' | '—' | '–' | '/'));
    let word = &before[word_start.map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8))..];
    if word.is_empty() || word.len() > 12 {
        return false;
    }
    let mut buffer = [0; 16];
    let lower = lower_case(word, &mut buffer);
    let starts = || {
        let next = after.trim_start_matches(is_opener);
        let length = next.chars().take_while(|c| c.is_alphanumeric()).take(14).map(char::len_utf8).sum();
        let mut buffer = [0; 64];
        first.is_uppercase() && STARTERS.get_bytes(lower_case(&next[..length], &mut buffer)).is_some()
    };
    if TITLES.get_bytes(lower).is_some() {
        // "No. 4", "p. 12" and the like only before a digit
        let before_digit = matches!(
            lower,
            b"rs"
                | b"no"
                | b"nos"
                | b"p"
                | b"pp"
                | b"fig"
                | b"figs"
                | b"art"
                | b"sec"
                | b"vol"
                | b"c"
                | b"ca"
        );
        return if before_digit {
            first.is_ascii_digit() || (word.starts_with('C') && !starts())
        } else {
            lower.len() > 2 || !starts()
        };
    }
    if OTHERS.get_bytes(lower).is_some() {
        return !starts();
    }
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let dotted =
        word.len() >= 3 && word.as_bytes().iter().skip(1).step_by(2).all(|&b| b == b'.') && word.is_ascii();
    (initial || dotted) && !starts()
}

/// A word with ASCII letters in lower case, written into the start of `buffer`, which is at least as long.
fn lower_case<'b>(word: &str, buffer: &'b mut [u8]) -> &'b [u8] {
    let out = &mut buffer[..word.len()];
    out.copy_from_slice(word.as_bytes());
    out.make_ascii_lowercase();
    out
}
