//! Lengths of time that are written their own way: "a month and a half", "3:07:35".

use rust_decimal::Decimal;

use super::{Item, Shape};
use crate::document::Region;
use crate::figure::{Dimension, Kind, TimeExpression};
use crate::lexicon::topics::RACE;
use crate::number::{Form, Numeral};
use crate::sentence::{Sentence, TokenKind};
use crate::unit_phrase;

/// The length that starts at token `i`.
pub(super) fn read(s: &Sentence, i: usize, region: Region, times: &[TimeExpression]) -> Option<Item> {
    article_and_a_half(s, i, region).or_else(|| clock_length(s, i, times))
}

/// "a month and a half", "an hour and a half", "the past decade and a half".
fn article_and_a_half(s: &Sentence, i: usize, region: Region) -> Option<Item> {
    let article = matches!(s.lower(i), "a" | "an" | "one");
    let past = i > 0 && matches!(s.lower(i - 1), "past" | "last" | "next") && s.lower(i + 1) == "and";
    if !article && !past {
        return None;
    }
    let unit = unit_phrase::after(s, i + article as usize, region)
        .filter(|u| u.kind == Kind::Duration || u.dimension == Dimension::Length)?;
    let j = unit.end;
    let part = match (s.lower(j), s.lower(j + 1), s.lower(j + 2)) {
        ("and", "a", "half") => (Decimal::new(15, 1), j + 3),
        ("and", "half", _) => (Decimal::new(15, 1), j + 2),
        ("and", "a", "quarter") => (Decimal::new(125, 2), j + 3),
        _ => return None,
    };
    let n = Numeral { step: Decimal::new(1, 1), digits: 2, ..Numeral::new(i..part.1, part.0, Form::Words) };
    Some(Item {
        number: i..part.1,
        n,
        shape: Shape::Single,
        money: None,
        unit: Some(unit),
        start: i,
        end: part.1,
        cue: None,
        shared: false,
    })
}

/// "3:07:35", "under 1:57": a finishing time, where no clock time is meant.
fn clock_length(s: &Sentence, i: usize, times: &[TimeExpression]) -> Option<Item> {
    let two = |k: usize| {
        s.kind(k) == TokenKind::Number && s.word(k).split('.').next().is_some_and(|w| w.len() == 2)
    };
    let colon = |k: usize| s.word(k) == ":" && s.glued(k) && s.glued(k + 1) && two(k + 1);
    if s.kind(i) != TokenKind::Number
        || s.word(i).len() > 3
        || !colon(i + 1)
        || (i > 0 && s.word(i - 1) == ":" && s.glued(i))
    {
        return None;
    }
    let (first, second): (Decimal, Decimal) = (s.word(i).parse().ok()?, s.word(i + 2).parse().ok()?);
    let three = colon(i + 3);
    let end = if three { i + 5 } else { i + 3 };
    let third: Decimal = if three { s.word(i + 4).parse().ok()? } else { Decimal::ZERO };
    let race = || (0..s.len()).any(|k| RACE.contains(s.lower(k)));
    let lap = s.word(i + 2).contains('.');
    let under = i > 0 && matches!(s.lower(i - 1), "under" | "sub" | "in" | "of" | "over") && race();
    let timed = times.iter().any(|t| t.span.overlaps(s.span_of(i, end)));
    if !(three && (!timed || race()) || lap || under) {
        return None;
    }
    let sixty = Decimal::from(60);
    let value = if three { (first * sixty + second) * sixty + third } else { first * sixty + second };
    let n = Numeral { digits: 0, ..Numeral::new(i..end, value, Form::Digits) };
    let unit = unit_phrase::with_code("s", end, end);
    Some(Item {
        number: i..end,
        n,
        shape: Shape::Sum(value),
        money: None,
        unit,
        start: i,
        end,
        cue: None,
        shared: false,
    })
}
