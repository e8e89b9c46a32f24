//! RATE: "$3.20 a gallon", "10 deaths per 100,000 people", "500,000 barrels a day", "$40 each".

use crate::counted;
use crate::figure::{Dimension, Kind, Unit};
use crate::item::{Item, Shape};
use crate::mention::Mention;
use crate::number;
use crate::sentence::TokenKind;
use crate::unit_phrase::{self, Found};

use super::{Context, money};

mod denominator;
mod exchange;

pub fn read(c: &Context, item: &Item) -> Option<Mention> {
    if matches!(item.shape, Shape::Parts(..))
        || matches!(item.n.form, number::Form::Ordinal | number::Form::Multiple | number::Form::Decade)
    {
        return None;
    }
    if let Some(mention) = exchange::read(c, item) {
        return Some(mention);
    }
    if let Some(unit) = item.unit.as_ref().filter(|u| u.kind == Kind::Rate && item.money.is_none()) {
        let mut mention = c.mention(Kind::Rate, "rate with a name", item);
        mention.unit = Some(c.unit(unit));
        mention.modifies = c.modified(item);
        return Some(mention);
    }
    let (numerator, at, phrase) = numerator(c, item)?;
    let (at, apart) = past_brackets(c, item, at);
    let per = denominator::read(c, at, numerator.kind).or_else(|| denominator::each(c, item, at))?;
    // "40 hours a week" is a rate, "two years a week" is none; neither is "15% a year"
    let longer = || {
        matches!(&*numerator.code, "h" | "min" | "s" | "d")
            && matches!(per.code.as_str(), "d" | "wk" | "mo" | "a")
    };
    if numerator.kind == Kind::Percentage
        || numerator.kind == Kind::Duration && !(longer() && numerator.code != per.code)
    {
        return None;
    }
    let code = format!("{}/{}", numerator.code, per.code);
    let mut mention = c.mention(Kind::Rate, "rate", item);
    money::in_main_unit(&mut mention, &numerator);
    let span =
        Some(c.s.span_of(numerator.start.min(item.end), per.end)).filter(|_| per.end > item.end && !apart);
    let known = unit_phrase::with_code(&code, at, per.end);
    mention.unit = Some(match &known {
        Some(found) => Unit { span, ..c.unit(found) },
        None => Unit {
            code: code.into(),
            name: format!("{} per {}", numerator.name, per.name).into(),
            dimension: Dimension::Rate,
            span,
        },
    });
    let speed = matches!(numerator.dimension, Dimension::Length | Dimension::Data)
        && matches!(per.code.as_str(), "h" | "min" | "s" | "ms");
    let physical = numerator.kind == Kind::Measurement && (per.physical || speed);
    if physical || known.is_some_and(|k| k.kind == Kind::Measurement) {
        mention.kind = Kind::Measurement;
    }
    mention.counted = phrase;
    if !apart {
        mention.span = mention.span.join(c.s.span_of(item.end - 1, per.end));
        mention.end = per.end;
    }
    Some(mention)
}

/// "470 pence ($7.43) a share": where the denominator of both amounts may start, and whether it stands apart.
fn past_brackets(c: &Context, item: &Item, at: usize) -> (usize, bool) {
    let closed = c.s.word(at) == ")" && item.start > 0 && c.s.word(item.start - 1) == "(";
    let opened = c.next().filter(|n| c.s.word(at) == "(" && n.start == at + 1 && c.s.word(n.end) == ")");
    match opened {
        Some(next) => (next.end + 1, true),
        None if closed => (at + 1, true),
        None => (at, false),
    }
}

/// What stands above the line: money, a unit or a counted noun; where its words end.
fn numerator(c: &Context, item: &Item) -> Option<(Found, usize, Option<crate::mention::NounPhrase>)> {
    if let Some(money) = &item.money {
        return Some((money.clone(), item.end, None));
    }
    if let Some(unit) = item.unit.as_ref().filter(|u| !(u.doubtful && u.dimension == Dimension::Count)) {
        // "40 tonnes of paper a day"
        let of = (c.s.lower(item.end) == "of").then(|| counted::phrase(c.s, item.end + 1)).flatten();
        let per = of.map_or(item.end, |p| p.head + 1);
        let at = if matches!(c.s.lower(per), "a" | "an" | "per" | "each" | "every") { per } else { item.end };
        return Some((unit.clone(), at, None));
    }
    // "22 burglaries, compared with 20 per week": the noun is understood
    if matches!(c.s.lower(item.end), "per" | "a")
        && matches!(
            c.s.lower(item.end + 1),
            "day" | "week" | "month" | "year" | "hour" | "minute" | "game" | "match" | "night"
        )
        && item.bare()
    {
        let counted = c.done.iter().rev().find(|m| m.kind == Kind::Count).and_then(|m| m.unit.clone());
        // "creating jobs at a rate of 300,000 a month"
        let from = item.start.saturating_sub(16);
        let plural = || (from..item.start).rev().find(|&i| c.s.tag(i) == crate::tag::Tag::Nouns);
        let noun = counted.or_else(|| plural().map(|i| c.noun_unit(i)))?;
        return Some((of_noun(noun, item.end, item.end), item.end, None));
    }
    let phrase = counted::phrase(c.s, item.end)?;
    let at = phrase.head + 1;
    let per = c.s.lower(at);
    if !matches!(per, "per" | "a" | "an" | "every" | "/" | "for" | "each") {
        return None;
    }
    if matches!(c.s.lower(phrase.head), "times" | "time")
        || (matches!(per, "every" | "each" | "for")
            && c.s.kind(at + 1) == TokenKind::Word
            && crate::number::read(c.s, at + 1).is_none())
    {
        return None; // a frequency, not a rate
    }
    let found = of_noun(c.noun_unit(phrase.head), item.end, at);
    Some((found, at, Some(phrase)))
}

/// A counted noun as what stands above the line.
fn of_noun(noun: Unit, start: usize, end: usize) -> Found {
    Found {
        code: noun.code,
        name: noun.name,
        dimension: Dimension::Count,
        kind: Kind::Count,
        start,
        end,
        minor: None,
        def: None,
        choice: None,
        doubtful: false,
        scale: 0,
    }
}
