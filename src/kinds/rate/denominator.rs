//! Denominators: "a gallon", "per share", "per 100,000 people", "each", "pcm".

use crate::counted;
use crate::figure::{Dimension, Kind};
use crate::item::Item;
use crate::lexicon::counted::{CHARGES, PRICED};
use crate::number;
use crate::sentence::TokenKind;
use crate::unit_phrase::{self, Found};

use super::Context;

/// What stands below the line.
pub(super) struct Per {
    pub code: String,
    pub name: String,
    pub end: usize,
    /// Written as a symbol after a slash and no time: "kV/cm" is one unit of physics, "kg/day" a rate.
    pub physical: bool,
}

/// The word that divides: "a", "per", "every", "each", "/".
struct Link<'a> {
    word: &'a str,
    /// First token after it.
    end: usize,
    /// "a" or "an", which divides only before what prices are paid for.
    article: bool,
    hyphen: bool,
}

/// "a gallon", "per share", "an hour", "/day", "per 100,000 people", "for every 10 patients", "pcm".
pub(super) fn read(c: &Context, at: usize, kind: Kind) -> Option<Per> {
    let s = c.s;
    if let Some((code, name)) = tenancy(s.lower(at)).filter(|_| kind == Kind::Money) {
        return Some(Per { code: code.into(), name: name.into(), end: at + 1, physical: false });
    }
    let link = link(c, at, kind)?;
    let (factor, j, face) =
        if link.article { (String::new(), link.end, false) } else { factor(c, link.end)? };
    // "every four minutes" says how often, not per what, unless something is counted
    let often = matches!(link.word, "every" | "each") && !factor.is_empty();
    let dated = matches!(s.lower(j + 1), "ago" | "earlier" | "later")
        || s.lower(j + 1) == "before" && told_before(c, j);
    let aged = matches!(s.lower(j + 1), "after" | "old" | "-") && !PRICED.contains(s.lower(j));
    if often && !matches!(kind, Kind::Money | Kind::Count | Kind::Measurement)
        || link.article && (dated || aged)
    {
        return None;
    }
    let (code, name, end, physical) = divisor(c, &link, j)?;
    let compound = code.contains(['.', '/']) && !code.starts_with('{');
    let code = match (factor.as_str(), compound) {
        ("", false) => code,
        ("", true) => format!("({code})"),
        _ => format!("({factor}{code})"),
    };
    let name = if factor.is_empty() { name } else { format!("{} {name}", factor.trim_end_matches('.')) };
    // the face value is a figure of its own
    let end = if face { at } else { end };
    Some(Per { code, name, end, physical: physical && factor.is_empty() })
}

/// "a week before the vote", but "$70 an ounce before easing" and "$24 an hour before tax".
fn told_before(c: &Context, j: usize) -> bool {
    let lasts = unit_phrase::after(c.s, j, c.region).is_some_and(|u| u.kind == Kind::Duration);
    lasts && !CHARGES.contains(c.s.lower(j + 2))
}

fn link<'a>(c: &'a Context, at: usize, kind: Kind) -> Option<Link<'a>> {
    let s = c.s;
    let mut i = at;
    let hyphen = s.lower(i) == "-" && (s.glued(i) || matches!(s.lower(i + 1), "a" | "an"));
    i += hyphen as usize;
    let preposition = s.lower(i) == "for" && matches!(s.lower(i + 1), "every" | "each")
        || matches!(s.lower(i), "in" | "out") && s.lower(i + 1) == "every" && kind == Kind::Count;
    i += preposition as usize;
    let word = s.lower(i);
    let article = matches!(word, "a" | "an");
    let loose = matches!(word, "every" | "each")
        && kind == Kind::Money
        && i == at
        && !s.tag(i + 1).is_noun()
        && number::read(s, i + 1).is_none();
    let apart = word == "/" && !s.glued(i); // "224 kW / 300 PS"
    if !(article || matches!(word, "per" | "every" | "each" | "/")) || loose || apart {
        return None;
    }
    Some(Link { word, end: i + 1 + (s.lower(i + 1) == "-") as usize, article, hyphen })
}

/// The number below the line with a period after it, where it ends, and whether it is a face value: "100000." of
/// "per 100,000 people"; nothing for the face value of "per ₹10 share". `None` for an ordinal.
fn factor(c: &Context, j: usize) -> Option<(String, usize, bool)> {
    let s = c.s;
    let sign = s.kind(j) == TokenKind::Symbol && s.kind(j + 1) == TokenKind::Number;
    let Some(n) = number::read(s, j + sign as usize) else { return Some((String::new(), j, false)) };
    if n.form == number::Form::Ordinal {
        return None;
    }
    if sign && unit_phrase::currency_before(s, n.tokens.start, c.region).is_some() {
        return Some((String::new(), n.tokens.end, true));
    }
    Some((format!("{}.", n.value.normalize()), n.tokens.end, false))
}

/// Code, name and end of the unit or noun at token `j`, and whether it is a symbol of physics after a slash.
fn divisor(c: &Context, link: &Link, j: usize) -> Option<(String, String, usize, bool)> {
    let s = c.s;
    let found = unit_phrase::after(s, j, c.region).filter(|u| {
        link.word == "/"
            || (!u.doubtful || u.kind == Kind::Duration)
                && (!link.article || u.kind == Kind::Duration || priced_unit(u))
    });
    let single = |code: &str| matches!(code, "a" | "d" | "h" | "s" | "g" | "m" | "L" | "t");
    if let Some(u) = found.filter(|u| u.code.len() > 1 || single(&u.code)) {
        let physical = link.word == "/" && u.kind == Kind::Measurement;
        return Some((u.code.into_owned(), u.name.into_owned(), u.end, physical));
    }
    let priced = PRICED.contains(s.lower(j));
    let head = match (link.article, link.hyphen) {
        (true, _) if !priced => return None,
        (true, _) | (_, true) if priced => j,
        _ => counted::phrase(s, j)?.head,
    };
    let unit = c.noun_unit(head);
    Some((unit.code.into_owned(), unit.name.into_owned(), head + 1, false))
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
pub(super) fn each(c: &Context, item: &Item, at: usize) -> Option<Per> {
    let s = c.s;
    if !matches!(s.lower(at), "each" | "apiece") {
        return None;
    }
    let plural =
        |i: usize| s.tag(i) == crate::tag::Tag::Nouns && unit_phrase::after(s, i, c.region).is_none();
    let noun = c
        .done
        .iter()
        .rev()
        .find_map(|m| m.counted.as_ref().map(|p| p.head))
        .or_else(|| (0..item.start).rev().find(|&i| plural(i)));
    let name = noun.map_or("item".to_string(), |head| c.noun(head));
    Some(Per { code: format!("{{{name}}}"), name, end: at + 1, physical: false })
}
