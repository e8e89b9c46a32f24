//! Units that a number takes over from another one of its sentence.

use rust_decimal::Decimal;

use crate::cue::CHANGE_VERBS;
use crate::figure::{Comparator, Kind, Unit};
use crate::lexicon::counted::{LINKS, PASSED, STRICT_LINKS};
use crate::mention::{Mention, Written};
use crate::sentence::Sentence;

use super::{count, ratio};

/// Gives every mention without a unit the one that is understood.
pub(super) fn read(s: &Sentence, mentions: &mut [Mention]) {
    for k in 1..mentions.len() {
        compared(s, mentions, k);
        moved(s, mentions, k);
        dated(s, mentions, k);
    }
    for k in 0..mentions.len().saturating_sub(1) {
        priced(s, mentions, k);
        converted(s, mentions, k);
    }
    elided(s, mentions);
}

/// "more than 100 kilometers (60 miles)": a conversion is bounded as what it converts.
fn converted(s: &Sentence, mentions: &mut [Mention], k: usize) {
    let (m, next) = (&mentions[k], &mentions[k + 1]);
    let start = s.token_at(next.span.start);
    let opened = s.word(start.wrapping_sub(1)) == "(";
    // "(224 kW / 300 PS)"
    let second =
        s.word(start.wrapping_sub(1)) == "/" && s.word(s.token_at(m.span.start).wrapping_sub(1)) == "(";
    let bracket =
        start > 0 && (opened || second) && m.end + 1 == start && matches!(s.word(next.end), ")" | "/" | ",");
    let units = m
        .unit
        .as_ref()
        .zip(next.unit.as_ref())
        .is_some_and(|(a, b)| a.dimension == b.dimension && a.code != b.code);
    if bracket
        && units
        && m.kind == next.kind
        && next.comparator == Comparator::Exact
        && matches!(next.written, Written::Value(_))
        && !matches!(m.comparator, Comparator::Between | Comparator::Vague)
    {
        mentions[k + 1].comparator = mentions[k].comparator;
    }
}

/// "rose from $1.05 to $1.20 a share": both are per share.
fn priced(s: &Sentence, mentions: &mut [Mention], k: usize) {
    let (m, next) = (&mentions[k], &mentions[k + 1]);
    let start = s.token_at(next.span.start);
    let from =
        s.token_at(m.span.start).checked_sub(1).is_some_and(|i| matches!(s.lower(i), "from" | "between"));
    let linked = from && start > 0 && matches!(s.lower(start - 1), "to" | "and") && m.end + 1 == start;
    let same = |m: &Mention, n: &Mention| {
        m.unit
            .as_ref()
            .zip(n.unit.as_ref())
            .is_some_and(|(a, b)| b.code.len() > 4 && b.code.starts_with(&*a.code))
    };
    if m.kind == Kind::Money && next.kind == Kind::Rate && linked && same(m, next) {
        let unit = next.unit.clone().map(|u| Unit { span: None, ..u });
        (mentions[k].kind, mentions[k].unit) = (Kind::Rate, unit);
    }
}

/// Whether a figure's unit is that of the number compared with it by `link`. In "rose 12% to 40" the percentage is
/// the amount of the change and 40 something else; in "from 12% to 40" it is not.
fn owns(s: &Sentence, p: &Mention, link: &str, at: usize) -> bool {
    match p.kind {
        Kind::Percentage => {
            let start = s.token_at(p.span.start);
            let before = if start > 0 { s.lower(start - 1) } else { "" };
            match link {
                "to" => before == "from",
                "from" | "against" | "versus" | "vs" | "vs." => {
                    matches!(before, "to" | "at" | "was" | "were" | "is" | "of" | "stood" | "are" | "gave")
                }
                // "12% below the average" is the amount of the difference
                _ => p.end + 1 != at,
            }
        }
        Kind::Measurement | Kind::Duration | Kind::Rate | Kind::Number | Kind::Count => true,
        _ => false,
    }
}

/// "141.65 yen, off 0.45": how far a price moved, in its own currency.
fn moved(s: &Sentence, mentions: &mut [Mention], k: usize) {
    let (m, before) = (&mentions[k], &mentions[k - 1]);
    let start = s.token_at(m.span.start);
    let bare = m.unit.is_none() && matches!(m.kind, Kind::Number | Kind::Count);
    let by = start > 1
        && matches!(s.lower(start - 1), "up" | "down" | "off")
        && s.word(start - 2) == ","
        && before.end == start - 2;
    if bare && by && before.kind == Kind::Money {
        let unit = before.unit.clone().map(|u| Unit { span: None, ..u });
        (mentions[k].kind, mentions[k].unit) = (Kind::Money, unit);
    }
}

/// "3.4% in May and 2.9 in June": the same at another time.
fn dated(s: &Sentence, mentions: &mut [Mention], k: usize) {
    let (m, before) = (&mentions[k], &mentions[k - 1]);
    let start = s.token_at(m.span.start);
    let bare = m.unit.is_none() && matches!(m.kind, Kind::Number | Kind::Count) && m.step <= 1.into();
    let kind = matches!(before.kind, Kind::Percentage | Kind::Measurement | Kind::Rate);
    let at = |i: usize| matches!(s.lower(i), "in" | "last" | "this" | "a" | "during" | "on");
    let gap = before.end..start.saturating_sub(1);
    let joined = start > 0 && matches!(s.lower(start - 1), "and" | ",") && (2..8).contains(&gap.len());
    let same = joined && gap.clone().any(at) && at(m.end) && !gap.into_iter().any(|i| s.tag(i).is_verb());
    if bare && kind && same {
        let unit = before.unit.clone().map(|u| Unit { span: None, ..u });
        (mentions[k].kind, mentions[k].unit) = (before.kind, unit);
    }
}

/// The points of "61.9 points lower at 7,438.2", and those of another index: "the Calder closed at 1,463.9 points and the
/// Tarn climbed to 1,333.2". In "the Dow lost 542 points and the Nasdaq ended at 20,650.13" they are no level.
fn index_points(s: &Sentence, mentions: &[Mention], k: usize) -> Option<Unit> {
    let m = &mentions[k];
    let verb = |i: usize| s.tag(i).is_finite() && s.lower(i - 1) != "to";
    let apart = |p: &Mention| (p.end..m.tokens.start).any(verb);
    let value = |m: &Mention| match m.written {
        Written::Value(value) => Some(value),
        _ => None,
    };
    let level = |p: &Mention| {
        let values = value(p).zip(value(m));
        values.is_some_and(|(x, y)| x <= y * Decimal::TEN && y <= x * Decimal::TEN)
    };
    let pointed = |p: &&Mention| p.kind == Kind::Number && p.unit.is_some() && (!apart(p) || level(p));
    mentions[..k].iter().rev().find(pointed).and_then(|p| p.unit.clone())
}

/// "a 35-hour week, down from 37½", "$1.20 a share from $1.05", "14 degrees below the normal -27": one change or
/// comparison has one unit.
fn compared(s: &Sentence, mentions: &mut [Mention], k: usize) {
    let m = &mentions[k];
    if m.rule == "index" && m.unit.is_none() {
        let points = index_points(s, mentions, k);
        mentions[k].unit = points.map(|u| Unit { span: None, ..u });
        return;
    }
    let bare = m.unit.is_none()
        && matches!(m.kind, Kind::Count | Kind::Number)
        && matches!(m.written, Written::Value(_) | Written::Range(..));
    let money = m.kind == Kind::Money;
    if !bare && !money {
        return;
    }
    let start = s.token_at(m.span.start);
    let mut at = start;
    while at > 0 && PASSED.contains(s.lower(at - 1)) {
        at -= 1;
    }
    let before = if at > 0 { s.lower(at - 1) } else { "" };
    let strict = STRICT_LINKS.contains(before)
        || at < start && at > 0 && matches!(s.lower(at), "normal" | "average" | "another")
        || matches!(before, "'s" | "’s") && bare && closes(s, m.end)
        || bare && compared_behind(s, m);
    if !(strict || money && LINKS.contains(before)) {
        return;
    }
    let link = if at > 0 { s.lower(at - 1) } else { "" };
    let owner = mentions[..k].iter().rev().find(|p| {
        let currency = p.unit.as_ref().is_some_and(|u| u.code.len() > 3 && u.code.contains('/'));
        if money { p.kind == Kind::Rate && currency } else { p.unit.is_some() && owns(s, p, link, at) }
    });
    let far = owner.is_some_and(|p| far_apart(&p.written, &m.written));
    let apart_by_verb = owner.is_some_and(|p| (p.end..start).any(|i| s.tag(i).is_finite()));
    // "a hat-trick inside 11 minutes took his tally to 20" speaks of two things
    let moves = |i: usize| s.tag(i).is_finite() && !CHANGE_VERBS.contains_key(s.lower(i));
    let other =
        before == "to" && owner.is_some_and(|p| p.kind == Kind::Duration && (p.end..start).any(moves));
    let Some((kind, unit)) = owner.filter(|_| !other).and_then(|p| Some((p.kind, p.unit.clone()?))) else {
        return;
    };
    let part = matches!(mentions[k].written, Written::Value(v) if !v.fract().is_zero())
        && mentions[k].step < 1.into();
    if kind == Kind::Count && (before == "'s" || part)
        || !money && kind == Kind::Percentage && mentions[k].step > Decimal::ONE
    {
        return; // the noun is looked for below
    }
    let mentions_scaled = mentions[k].step > Decimal::from(1000);
    let m = &mut mentions[k];
    if money {
        // "from $142.4 million, or 45 cents a share": millions are not per share
        if mentions_scaled {
            return;
        }
        // "who earns $19.50 an hour, said her rent had gone from $1,100 to $1,650"
        if apart_by_verb && far {
            return;
        }
        let same = m.unit.as_ref().is_some_and(|u| unit.code.starts_with(&*u.code));
        let than = at > 1 && s.lower(at - 2) == "compared";
        let adjacent = strict || than || matches!(s.lower(at - 1), "and" | "or");
        if !same || !adjacent {
            return;
        }
    }
    m.kind = kind;
    m.unit = Some(Unit { span: None, ..unit });
}

/// Whether one value is ten times the other or more: prices of one thing seldom are.
fn far_apart(a: &Written, b: &Written) -> bool {
    let (Written::Value(a), Written::Value(b)) = (a, b) else { return false };
    let tenfold =
        |low: &Decimal, high: &Decimal| low.checked_mul(Decimal::TEN).is_some_and(|most| *high >= most);
    tenfold(a, b) || tenfold(b, a)
}

/// "0.2 off the record", "20 over its limit", "9.1 more than last year": compared by what stands behind it.
fn compared_behind(s: &Sentence, m: &Mention) -> bool {
    let (next, then) = (s.lower(m.end), s.lower(m.end + 1));
    let measured = matches!(next, "wide" | "long" | "tall" | "high" | "deep" | "thick" | "across");
    measured
        || matches!(next, "off" | "over" | "under" | "above" | "below" | "outside" | "inside")
            && matches!(then, "the" | "his" | "her" | "its" | "their" | "a" | "an" | "last")
        || matches!(
            next,
            "more" | "less" | "fewer" | "better" | "worse" | "higher" | "lower" | "faster" | "slower"
        ) && then == "than"
}

/// Whether a phrase ends at token `i`.
fn closes(s: &Sentence, i: usize) -> bool {
    matches!(s.word(i), "" | "." | "," | ";" | ")" | "—" | "–")
}

/// "62 men and 45 others", "40 of the boats, 12 more": a count whose noun is left out takes the noun of the count
/// before it in the sentence; "60 and perhaps as many as 95 lawmakers" that of the one after it.
fn elided(s: &Sentence, mentions: &mut [Mention]) {
    let noun_of = |m: &Mention| {
        let braced = m.unit.as_ref().is_some_and(|u| u.code.starts_with('{') && u.span.is_some());
        (matches!(m.kind, Kind::Count | Kind::Ratio) && braced)
            .then(|| m.unit.clone().map(|u| Unit { span: None, ..u }))
            .flatten()
    };
    for k in 0..mentions.len() {
        let wants = match mentions[k].kind {
            Kind::Count => mentions[k].unit.is_none() && mentions[k].rule == count::ELIDED,
            Kind::Ratio => {
                mentions[k].unit.as_ref().is_some_and(|u| u.code == "1")
                    && !matches!(mentions[k].written, Written::Parts(_, None))
            }
            _ => false,
        };
        if !wants {
            continue;
        }
        let same_kind = mentions[k].rule == ratio::FRACTION;
        // "nine people, including three children, and 50 others": a part of those before lends no noun
        let part = |m: &&Mention| s.lower(s.token_at(m.span.start).wrapping_sub(1)) == "including";
        let wholes = mentions[..k].iter().rev().filter(|m| !same_kind || m.kind == Kind::Ratio);
        let before = if of_them(s, &mentions[k]) {
            them(&mentions[..k])
        } else {
            wholes.filter(|m| !part(m)).find_map(noun_of)
        };
        let joined = |m: &&Mention| {
            let gap = mentions[k].end..s.token_at(m.number.start);
            gap.len() < 7 && !gap.into_iter().any(|i| matches!(s.word(i), "," | ";") || s.tag(i).is_noun())
        };
        let after = || {
            let next = mentions.get(k + 1).filter(|m| !same_kind && m.comparator != Comparator::Exact);
            next.filter(joined).and_then(noun_of)
        };
        if let Some(unit) = before.or_else(after) {
            mentions[k].unit = Some(unit);
        }
    }
}

/// "six of them", "half of whom": a part of what was counted last.
fn of_them(s: &Sentence, m: &Mention) -> bool {
    s.lower(m.end) == "of" && matches!(s.lower(m.end + 1), "them" | "whom" | "which" | "these" | "those")
}

/// The noun of the count before, which "them" stands for; "injuring 37, six of them seriously" says none.
fn them(before: &[Mention]) -> Option<Unit> {
    let count = before.iter().rev().find(|m| m.kind == Kind::Count)?;
    let unit = count.unit.clone().filter(|u| u.code.starts_with('{'));
    unit.map(|u| Unit { span: None, ..u })
}
