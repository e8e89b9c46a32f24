//! Codes: "5G", "7-Eleven", "555-1234", digits in attributes.

use crate::document::Region;
use crate::lexicon::identifiers::{SCRIPTURE, SUFFIXES};
use crate::number::{Form, Numeral};
use crate::sentence::{Sentence, TokenKind};
use crate::unit_phrase;

/// "19R", "5G", "1080p": digits with letters that are no unit, scale or ordinal ending.
pub(super) fn glued(s: &Sentence, n: &Numeral) -> bool {
    let i = n.tokens.end;
    if n.letter.is_some() || !s.glued(i) || s.kind(i) != TokenKind::Word || s.kind(i - 1) != TokenKind::Number
    {
        return s.glued(i) && s.kind(i) == TokenKind::Identifier;
    }
    let (word, region) = (s.word(i), Region::US);
    if SUFFIXES.contains(word) && n.plain(s) && !matches!(word, "p" | "C" | "A" | "V" | "W" | "L" | "N" | "B")
    {
        return true;
    }
    let known = unit_phrase::after(s, i, region).is_some()
        || matches!(
            word,
            "x" | "X" | "plus" | "odd" | "ish" | "fold" | "th" | "st" | "am" | "pm" | "s" | "yo"
        );
    !known
}

/// Long bare digits and digits in quoted attributes; "7-Eleven".
pub(super) fn identifier(s: &Sentence, n: &Numeral) -> bool {
    let (start, end) = (n.tokens.start, n.tokens.end);
    let long = n.plain(s)
        && s.word(start).len() >= 16
        && s.kind(start.wrapping_sub(1)) != TokenKind::Symbol
        && !s.tag(end).is_noun();
    let attribute =
        start > 1 && matches!(s.word(start - 1), "\"" | "'") && s.glued(start) && s.word(start - 2) == "=";
    let next = s.word(end + 1);
    let brand = n.form == Form::Digits
        && s.word(end) == "-"
        && s.glued(end)
        && s.glued(end + 1)
        && next.len() > 3
        && next.starts_with(char::is_uppercase)
        && next.chars().skip(1).all(char::is_lowercase)
        && s.kind(end + 1) == TokenKind::Word
        && start > 0
        && unit_phrase::after(s, end, Region::US).is_none()
        && !s.tag(end + 2).is_noun();
    let zero = n.plain(s) && s.word(start).len() >= 3 && s.word(start).starts_with('0');
    let code = start > 1
        && matches!(s.lower(start - 1), "is" | "code")
        && (0..start).any(|k| matches!(s.lower(k), "zip" | "postcode" | "pin" | "code"))
        && n.plain(s)
        && s.word(start).len() >= 4;
    let area = start > 0
        && s.word(start - 1) == "("
        && s.word(end) == ")"
        && s.word(start).len() == 3
        && n.plain(s)
        && s.kind(end + 1) == TokenKind::Number
        && s.word(end + 2) == "-";
    long || attribute || brand || zero || code || area
}

/// "+44 (0)20 7946 0018", "0800 555 111": groups of digits that a plus or a zero opens.
pub(super) fn dialled(s: &Sentence, n: &Numeral) -> bool {
    if n.form != Form::Digits || !n.tokens.start.checked_sub(1).is_some_and(|k| s.kind(k) != TokenKind::Word)
    {
        return false;
    }
    let group = |k: usize| {
        s.kind(k) == TokenKind::Number && s.word(k).bytes().all(|b| b.is_ascii_digit())
            || matches!(s.word(k), "(" | ")" | "-" | "." | "/")
    };
    let from = (n.tokens.start.saturating_sub(10)..=n.tokens.start).rev().take_while(|&k| group(k)).last();
    let Some(first) = from else { return false };
    let digits: usize =
        (first..(first + 12).min(s.len())).take_while(|&k| group(k)).map(|k| s.word(k).len()).sum();
    let plus = first > 0 && s.word(first - 1) == "+" && s.glued(first);
    let groups = (first..(first + 12).min(s.len()))
        .take_while(|&k| group(k))
        .filter(|&k| s.kind(k) == TokenKind::Number)
        .count();
    digits >= 9 && (plus || groups > 1 && s.word(first).starts_with('0'))
}

/// "NY 10118": the code behind a state.
pub(super) fn zip(s: &Sentence, n: &Numeral) -> bool {
    let i = n.tokens.start;
    i > 1
        && n.plain(s)
        && s.word(i).len() == 5
        && s.word(i - 1).len() == 2
        && s.word(i - 1).bytes().all(|b| b.is_ascii_uppercase())
        && (s.word(i - 2) == "," || s.tag(i - 2).is_name())
}

/// "John 3:16", "2 Corinthians 4:7": chapter and verse.
pub(super) fn verse(s: &Sentence, n: &Numeral) -> bool {
    let (i, j) = (n.tokens.start, n.tokens.end);
    let book = |k: usize| SCRIPTURE.contains(s.lower(k)) && s.word(k).starts_with(char::is_uppercase);
    let colon = |k: usize| s.word(k) == ":" && s.kind(k + 1) == TokenKind::Number;
    let chapter = i > 0 && book(i - 1) && colon(j);
    let verse = i > 2 && s.word(i - 1) == ":" && book(i - 3);
    let volume = book(j) && s.kind(j + 1) == TokenKind::Number;
    n.plain(s) && (chapter || verse || volume)
}

/// "555-1234", "202-555-0143", "9-1-1": digits joined to long digits.
pub(super) fn phone(s: &Sentence, n: &Numeral) -> bool {
    let i = n.tokens.end;
    if n.form != Form::Digits || !matches!(s.word(i), "-" | "/" | "‑") || !s.glued(i) {
        return false;
    }
    if s.kind(i + 1) != TokenKind::Number {
        return false;
    }
    let mut groups = 1;
    while groups < 8
        && s.word(i + 2 * groups - 2) == "-"
        && s.glued(i + 2 * groups - 2)
        && s.kind(i + 2 * groups - 1) == TokenKind::Number
        && s.glued(i + 2 * groups - 1)
    {
        groups += 1;
    }
    if groups >= 4 {
        return true;
    }
    let next = s.word(i + 1);
    let digits = |w: &str| w.len() * w.bytes().all(|b| b.is_ascii_digit()) as usize;
    let more = matches!(s.word(i + 2), "-" | "/")
        && s.glued(i + 2)
        && s.kind(i + 3) == TokenKind::Number
        && s.glued(i + 3);
    let first = digits(s.word(n.tokens.start));
    (first == 3 && digits(next) == 4)
        || (more && first > 0 && digits(s.word(i + 3)) >= 3)
        || (s.word(i) == "/" && matches!((s.word(i - 1), next), ("24", "7") | ("9", "11") | ("7", "7")))
}
