//! What makes a score of two numbers: names, falling values and words of votes, games and odds.

use rust_decimal::Decimal;

use super::{Item, Shape};
use crate::lexicon::topics::{BETS, CRICKET, MONEY, SCORE};
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;

/// "61 for 2", "declared on 287 for six", "190 for 7 overnight": runs for wickets.
pub(super) fn wickets(s: &Sentence, a: &Item, b: &Item) -> bool {
    let before = a.start.checked_sub(1).map_or("", |i| s.lower(i));
    let stands =
        matches!(before, "were" | "on" | "to" | "made" | "are" | "from" | "reached" | "declared" | "posted")
            || b.n.plain(s) && matches!(before, "was" | "at"); // "the ticket was 40 for two"
    let priced = || around(s, a, b).any(|i| MONEY.contains(s.lower(i)));
    a.n.plain(s)
        && a.bare()
        && b.bare()
        && b.n.value <= Decimal::TEN
        && a.n.value > b.n.value
        && !s.tag(b.end).is_noun()
        && (cricket(s, a, b) || stands)
        && !priced()
}

/// Whether the words around two numbers are of cricket.
fn cricket(s: &Sentence, a: &Item, b: &Item) -> bool {
    around(s, a, b).any(|i| CRICKET.contains(s.lower(i)))
}

/// The tokens around two numbers.
fn around(s: &Sentence, a: &Item, b: &Item) -> impl Iterator<Item = usize> {
    let reach = 30;
    (a.start.saturating_sub(reach)..a.start).chain(b.end..(b.end + reach).min(s.len()))
}

/// "took four for 38": wickets for runs.
pub(super) fn bowling(s: &Sentence, a: &Item, b: &Item) -> bool {
    let before = a.start.checked_sub(1).map_or("", |i| s.lower(i));
    matches!(before, "took" | "takes" | "taking" | "claimed" | "grabbed" | "with" | "had")
        && a.n.value <= Decimal::TEN
        && b.n.value > a.n.value
        && a.bare()
        && b.n.plain(s)
        && !s.tag(b.end).is_noun()
        && (near_score_word(s, a, b) || cricket(s, a, b))
}

/// "Celtics 121, Heat 99", "Oilers 5 Jets 2": names with their points, at the start of a sentence.
pub(super) fn named(s: &Sentence, a: &Item, b: &Item) -> bool {
    let name = |i: usize| s.word(i).starts_with(|c: char| c.is_uppercase()) && s.kind(i) == TokenKind::Word;
    let from = a.end + (s.word(a.end) == ",") as usize;
    let between = b.start > from && b.start - from <= 3 && (from..b.start).all(name);
    let ends = matches!(s.word(b.end), "" | "." | "(" | ":" | ";" | "," | ")")
        && (s.word(b.end) != "," || s.lower(b.end + 1) == "overtime");
    (1..=4).contains(&a.start)
        && (0..a.start).all(name)
        && between
        && ends
        && a.n.plain(s)
        && b.n.plain(s)
        && a.bare()
        && b.bare()
}

/// Whether the sentence speaks of betting, so that a pair is odds.
pub(super) fn bets(s: &Sentence) -> bool {
    (0..s.len()).any(|i| BETS.contains(s.lower(i)))
}

/// Words before a count of votes that may be of thousands: "voted 1,840-612".
const VOTES: [&str; 4] = ["vote", "voted", "votes", "ballot"];

fn near_score_word(s: &Sentence, a: &Item, b: &Item) -> bool {
    let from = a.start.saturating_sub(8);
    (from..a.start).chain(b.end..(b.end + 4).min(s.len())).any(|i| SCORE.contains(s.lower(i)))
}

/// Whether two numbers with a hyphen are a score rather than a range.
pub(super) fn is_score(s: &Sentence, a: &Item, b: &Item) -> bool {
    if matches!(a.shape, Shape::Parts(..)) || s.word(a.end) == "for" {
        return true;
    }
    let falling = a.n.value >= b.n.value;
    let short = a.n.value < Decimal::from(1000) && b.n.value < Decimal::from(1000);
    let record = s.word(a.start.wrapping_sub(1)) == "(" && s.word(b.end) == ")"
        || s.word(b.end) == "-" && s.glued(b.end) && s.kind(b.end + 1) == TokenKind::Number;
    let noun_after = s.tag(b.end) == Tag::Nouns && !SCORE.contains(s.lower(b.end));
    let polled = || falling && (a.start.saturating_sub(4)..a.start).any(|i| VOTES.contains(&s.lower(i)));
    (short || polled()) && !noun_after && (falling || near_score_word(s, a, b) || record)
}

/// "218 to 211", "won 3 to 1": a score or odds rather than a range.
pub(super) fn falling_to(s: &Sentence, a: &Item, b: &Item) -> bool {
    let falling = a.n.value > b.n.value;
    // "brought the workforce down from 2,000 to 1,600"
    let moved = a.start > 0 && s.lower(a.start - 1) == "from";
    falling
        && !moved
        && a.bare()
        && b.bare()
        && (near_score_word(s, a, b)
            || (0..a.start).any(|i| {
                matches!(
                    s.lower(i),
                    "voted" | "vote" | "outnumber" | "outnumbered" | "ratio" | "odds" | "bill"
                )
            }))
}
