//! RATE: "$3.20 a gallon", "10 deaths per 100,000 people", "500,000 barrels a day", "$40 each".

use crate::counted;
use crate::figure::{Dimension, Kind, Unit};
use crate::item::{Item, Shape};
use crate::lexicon::counted::PRICED;
use crate::mention::Mention;
use crate::number;
use crate::sentence::TokenKind;
use crate::unit_phrase::{self, Found};

use super::{Context, money};

pub fn read(c: &Context, item: &Item) -> Option<Mention> {
    if matches!(item.shape, Shape::Parts(..))
        || matches!(item.n.form, number::Form::Ordinal | number::Form::Multiple | number::Form::Decade)
    {
        return None;
    }
    if let Some(mention) = exchange(c, item) {
        return Some(mention);
    }
    if let Some(unit) = item.unit.as_ref().filter(|u| u.kind == Kind::Rate && item.money.is_none()) {
        let mut mention = c.mention(Kind::Rate, "rate with a name", item);
        mention.unit = Some(c.unit(unit));
        mention.modifies = c.modified(item);
        return Some(mention);
    }
    let (numerator, at, phrase) = numerator(c, item)?;
    let per = denominator(c, at, numerator.kind).or_else(|| each(c, item, at))?;
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
    let span = Some(c.s.span_of(numerator.start.min(item.end), per.end)).filter(|_| per.end > item.end);
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
    mention.span = mention.span.join(c.s.span_of(item.end - 1, per.end));
    mention.end = per.end;
    Some(mention)
}

/// "the pound bought $1.2142", "$1.1104 to the euro", "103.20 yen to the dollar": an exchange rate.
fn exchange(c: &Context, item: &Item) -> Option<Mention> {
    let s = c.s;
    let quoted = item.money.is_none().then(|| quoted_currency(c, item)).flatten();
    let money = item.money.as_ref().or(quoted.as_ref())?;
    let money_at = |i: usize| unit_phrase::after(s, i, c.region).filter(|u| u.kind == Kind::Money);
    let of = if s.lower(item.end) == "to" && matches!(s.lower(item.end + 1), "the" | "a" | "one") {
        money_at(item.end + 2)
    } else {
        None
    };
    let other = of.clone().or_else(|| {
        let start = item.cue.filter(|q| q.start < item.start).map_or(item.start, |q| q.start);
        let and = start.checked_sub(1).filter(|&i| {
            s.lower(i) == "and" && c.done.last().is_some_and(|m| m.kind == Kind::Rate && m.end == i)
        });
        let verb = and
            .map_or(start, |_| s.token_at(c.done.last().map_or(0, |m| m.span.start)))
            .checked_sub(1)
            .filter(|&i| s.lower(i) == "bought" || s.lower(i) == "buys")?;
        money_at(verb.checked_sub(1)?)
    })?;
    if other.code == money.code {
        return None;
    }
    let mut mention = c.mention(Kind::Rate, "exchange rate", item);
    money::in_main_unit(&mut mention, money);
    let end = of.map_or(item.end, |u| u.end);
    mention.unit = Some(Unit {
        code: format!("{}/{}", money.code, other.code).into(),
        name: format!("{} per {}", money.name, other.name).into(),
        dimension: Dimension::Rate,
        span: (end > item.end).then(|| s.span_of(item.end, end)),
    });
    mention.span = mention.span.join(s.span_of(item.start, end));
    mention.end = end;
    Some(mention)
}

/// "the rupee closed at 83.21 to the dollar": the currency that is the subject.
fn quoted_currency(c: &Context, item: &Item) -> Option<Found> {
    let s = c.s;
    let quoted = item.bare()
        && item.n.form == number::Form::Digits
        && s.lower(item.end) == "to"
        && matches!(s.lower(item.end + 1), "the" | "a" | "one");
    if !quoted {
        return None;
    }
    (item.start.saturating_sub(8)..item.start)
        .filter(|&i| s.kind(i) == TokenKind::Word)
        .find_map(|i| unit_phrase::after(s, i, c.region).filter(|u| u.kind == Kind::Money))
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
        let from = item.start.saturating_sub(10);
        let plural = || (from..item.start).rev().find(|&i| c.s.tag(i) == crate::tag::Tag::Nouns);
        let noun = counted.or_else(|| plural().map(|i| c.noun_unit(i)))?;
        let found = Found {
            code: noun.code,
            name: noun.name,
            dimension: Dimension::Count,
            kind: Kind::Count,
            start: item.end,
            end: item.end,
            minor: None,
            def: None,
            choice: None,
            doubtful: false,
            scale: 0,
        };
        return Some((found, item.end, None));
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
    let unit = c.noun_unit(phrase.head);
    let found = Found {
        code: unit.code,
        name: unit.name,
        dimension: Dimension::Count,
        kind: Kind::Count,
        start: item.end,
        end: at,
        minor: None,
        def: None,
        choice: None,
        doubtful: false,
        scale: 0,
    };
    Some((found, at, Some(phrase)))
}

struct Per {
    code: String,
    name: String,
    end: usize,
    /// Written as a symbol after a slash and no time: "kV/cm" is one unit of physics, "kg/day" a rate.
    physical: bool,
}

/// "a gallon", "per share", "an hour", "/day", "per 100,000 people", "for every 10 patients".
fn denominator(c: &Context, at: usize, kind: Kind) -> Option<Per> {
    let s = c.s;
    let mut i = at;
    let hyphen = s.lower(i) == "-" && (s.glued(i) || matches!(s.lower(i + 1), "a" | "an"));
    if hyphen {
        i += 1;
    }
    if s.lower(i) == "for" && matches!(s.lower(i + 1), "every" | "each")
        || matches!(s.lower(i), "in" | "out") && s.lower(i + 1) == "every" && kind == Kind::Count
    {
        i += 1;
    }
    let word = s.lower(i);
    if let Some((code, name)) = tenancy(word).filter(|_| kind == Kind::Money) {
        return Some(Per { code: code.into(), name: name.into(), end: i + 1, physical: false });
    }
    let article = matches!(word, "a" | "an");
    if !article && !matches!(word, "per" | "every" | "each" | "/")
        || (matches!(word, "every" | "each") && kind == Kind::Money && i == at)
            && !s.tag(i + 1).is_noun()
            && number::read(s, i + 1).is_none()
    {
        return None;
    }
    if word == "/" && !s.glued(i) {
        return None; // "224 kW / 300 PS"
    }
    let mut j = i + 1;
    if s.lower(j) == "-" {
        j += 1;
    }
    let mut factor = String::new();
    if !article && let Some(n) = number::read(s, j) {
        if n.form == number::Form::Ordinal {
            return None;
        }
        factor = format!("{}.", n.value.normalize());
        j = n.tokens.end;
    }
    let noun = s.lower(j);
    if article
        && (matches!(s.lower(j + 1), "ago" | "earlier" | "later" | "before" | "after" | "old" | "-")
            && !PRICED.contains(noun)
            || matches!(s.lower(j + 1), "ago" | "earlier" | "later" | "before"))
    {
        return None;
    }
    if matches!(word, "every" | "each") && kind != Kind::Money && !factor.is_empty() {
        // "every four minutes" says how often, not per what, unless something is counted
        if kind != Kind::Count && kind != Kind::Measurement {
            return None;
        }
    }
    let found = unit_phrase::after(s, j, c.region).filter(|u| {
        word == "/"
            || (!u.doubtful || u.kind == Kind::Duration)
                && (!article || u.kind == Kind::Duration || priced_unit(u))
    });
    let physical =
        word == "/" && factor.is_empty() && found.as_ref().is_some_and(|u| u.kind == Kind::Measurement);
    let (code, name, end) = match found {
        Some(u) if u.code.len() > 1 || matches!(&*u.code, "a" | "d" | "h" | "s" | "g" | "m" | "L" | "t") => {
            (u.code.to_string(), u.name.to_string(), u.end)
        }
        _ if article && !PRICED.contains(noun) => return None,
        _ if (article || hyphen) && PRICED.contains(noun) => {
            let unit = c.noun_unit(j);
            (unit.code.to_string(), unit.name.to_string(), j + 1)
        }
        _ => {
            let phrase = counted::phrase(s, j)?;
            let unit = c.noun_unit(phrase.head);
            (unit.code.to_string(), unit.name.to_string(), phrase.head + 1)
        }
    };
    let code = if factor.is_empty() && code.contains(['.', '/']) && !code.starts_with('{') {
        format!("({code})")
    } else if factor.is_empty() {
        code
    } else {
        format!("({factor}{code})")
    };
    let name = if factor.is_empty() { name } else { format!("{} {name}", factor.trim_end_matches('.')) };
    Some(Per { code, name, end, physical })
}

/// "£1,450 pcm": how rents and salaries abbreviate what they are paid for.
fn tenancy(word: &str) -> Option<(&'static str, &'static str)> {
    Some(match word {
        "pcm" | "p.c.m." => ("mo", "month"),
        "pw" | "p.w." => ("wk", "week"),
        "pa" | "p.a." => ("a", "year"),
        _ => return None,
    })
}

fn priced_unit(u: &Found) -> bool {
    matches!(
        u.dimension,
        Dimension::Mass
            | Dimension::Volume
            | Dimension::Area
            | Dimension::Length
            | Dimension::Energy
            | Dimension::Time
            | Dimension::Count
    )
}

/// "$40 each", "150kg each": the denominator is what was counted before.
fn each(c: &Context, item: &Item, at: usize) -> Option<Per> {
    let s = c.s;
    if !matches!(s.lower(at), "each" | "apiece") {
        return None;
    }
    let noun = c
        .done
        .iter()
        .rev()
        .find_map(|m| m.counted.as_ref().map(|p| p.head))
        .or_else(|| (0..item.start).rev().find(|&i| s.tag(i) == crate::tag::Tag::Nouns));
    let name = noun.map_or("item".to_string(), |head| c.noun(head));
    Some(Per { code: format!("{{{name}}}"), name, end: at + 1, physical: false })
}
