//! Labels: numbers that only name, as in "Section 427".

use rust_decimal::Decimal;

use super::capital;
use crate::lexicon::identifiers::{CASED_LABELS, LABELS, MEASURED_AFTER, NUMBERED, ROWS};
use crate::number::{Form, Numeral};
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;

/// "Section 427", "Channel 4", "No. 10": numbers that only name.
pub(super) fn read(s: &Sentence, n: &Numeral) -> bool {
    let start = n.tokens.start;
    if start == 0 {
        return false;
    }
    let mut k = start - 1;
    if s.word(k) == "#" && k > 0 {
        return true;
    }
    if matches!(s.word(k), "-" | "‑") && s.glued(start) && k > 0 && s.glued(k) {
        k -= 1;
    }
    let before = s.lower(k);
    if matches!(before, "fy" | "covid") {
        return true;
    }
    if matches!(before, "no." | "no" | "number") && ranked(s, k, n) {
        return false;
    }
    if k > 0 && s.lower(k - 1) == "see" && LABELS.contains(before) {
        return true;
    }
    let capitalised = capital(s, k);
    let sentence_start = k == 0;
    if !LABELS.contains(before) || n.form == Form::Ordinal {
        return numbered_row(s, k, n);
    }
    let worded = n.form == Form::Words && !capital(s, start);
    if worded
        && !matches!(before, "section" | "article" | "chapter" | "page" | "category" | "stage" | "phase")
    {
        return false;
    }
    if n.value.scale() > 1 && n.value >= Decimal::ONE_THOUSAND || n.scale > 0 {
        return false;
    }
    let unit_follows = MEASURED_AFTER.contains(s.word(n.tokens.end));
    if unit_follows || matches!(s.word(k), "$" | "£" | "€") {
        return false;
    }
    if CASED_LABELS.contains(before) {
        capitalised && (!sentence_start || n.plain(s)) || names_one(s, k, n)
    } else {
        true
    }
}

/// "left gate 23 at noon", "under rule 24", "on track 4": a bare singular with bare digits and no noun behind.
fn names_one(s: &Sentence, k: usize, n: &Numeral) -> bool {
    let before = k.checked_sub(1).map_or("", |i| s.lower(i));
    let article =
        matches!(before, "the" | "a" | "an" | "per" | "each" | "every" | "last" | "this" | "that" | "by");
    let end = n.tokens.end;
    let behind = matches!(s.word(end), "" | "." | "," | ";" | ")")
        || matches!(s.tag(end), Tag::Adp | Tag::Cconj | Tag::Sconj | Tag::Aux | Tag::VerbPast | Tag::VerbS);
    n.plain(s) && s.tag(k) == Tag::Noun && !article && behind && s.tag(k.wrapping_sub(1)) != Tag::Num
}

/// "world No. 4", "the No. 1 cause": a rank, where "No. 10 Downing Street" is a name.
fn ranked(s: &Sentence, k: usize, n: &Numeral) -> bool {
    let before = k.checked_sub(1).map_or("", |i| s.lower(i));
    let next = s.tag(n.tokens.end);
    let noun = matches!(next, Tag::Noun | Tag::Nouns)
        && !capital(s, n.tokens.end)
        && !NUMBERED.contains(s.lower(n.tokens.end));
    matches!(before, "world" | "ranked" | "seeded" | "seed" | "rank" | "ranking" | "currently")
        || (noun && matches!(before, "the" | "a" | "his" | "her" | "its" | "their" | "'s" | "’s"))
}

/// "Sections 4, 5 and 6": what follows a labelled number in a row.
fn numbered_row(s: &Sentence, k: usize, n: &Numeral) -> bool {
    if !matches!(s.lower(k), "and" | "or" | "," | "to" | "–" | "&") || !n.plain(s) {
        return false;
    }
    let mut j = k;
    while j > 0
        && (matches!(s.lower(j), "and" | "or" | "," | "to" | "–" | "&") || s.kind(j) == TokenKind::Number)
        && k - j < 12
    {
        j -= 1;
    }
    j < k && ROWS.contains(s.lower(j)) && s.kind(j + 1) == TokenKind::Number
}
