//! Ages against years of birth, and lengths of time against the dates beside them.

use rust_decimal::Decimal;

use super::super::words;
use super::super::{Checked, Item, Pair, Place, Reason};
use super::{Scene, ends, stated};
use crate::Span;
use crate::figure::{Figure, Kind, TimeExpression};

const REASON: Reason = Reason::TimeArithmetic;

pub(super) fn read(scene: &Scene<'_>, out: &mut Vec<Pair>) {
    for i in 0..scene.group.len() {
        if scene.group[i].kind == Kind::Duration && stated(&scene.group[i]) {
            out.extend(lasting(scene, i).or_else(|| first_since(scene, i)));
        }
    }
}

/// What a length of time is allowed to be, in years.
fn years(figure: &Figure) -> Option<(Decimal, Decimal)> {
    let days = match &*figure.quantity.unit.as_ref()?.code {
        "d" => 1,
        "wk" => 7,
        "mo" => 30,
        "a" => 365,
        "{decade}" => 3_652,
        "{century}" => 36_524,
        _ => return None,
    };
    let (lower, upper) = (figure.quantity.interval?.lower, figure.quantity.interval?.upper);
    let of = |v: Decimal| v.saturating_mul(Decimal::from(days)) / Decimal::new(36_525, 2);
    Some((lower.map_or(Decimal::ZERO, of), upper.map_or(Decimal::from(10_000), of)))
}

/// "for 12 years, from 1994 to 2001"
fn lasting(scene: &Scene<'_>, i: usize) -> Option<Pair> {
    let f = &scene.group[i];
    let index = f.time?;
    let time = scene.checked.extraction.times.get(index)?;
    let between = scene.between(f.span.end, time.span.start);
    let words = time.span.of(scene.text);
    let beside = matches!(between, "" | "," | "(" | ", from" | "from" | "(from" | "between" | ", between");
    let range =
        ["from", "between"].iter().any(|w| words.to_lowercase().starts_with(w) || between.ends_with(w))
            || time.timex.contains('/') && between == "(";
    if !beside || !range || f.number.start > time.span.start {
        return None;
    }
    // Two years leave a year more or less, two days a day.
    let grain = match time.timex.split('/').next().map_or(0, str::len) {
        4 => 365,
        7 => 31,
        _ => 1,
    };
    let whole = i64::from((time.end? - time.start?).get_days()) + 1;
    let in_years = |days: i64| Decimal::from(days) / Decimal::new(36_525, 2);
    let (least, most) = (in_years((whole - 2 * grain).max(0)), in_years(whole));
    let (lower, upper) = years(f)?;
    let fits = lower <= most && upper >= least;
    let note = match fits {
        true => format!("{} fits {words}.", scene.words(i)),
        false => format!("{words} is not {}: check the dates and the length of time.", scene.words(i)),
    };
    let sides = vec![scene.place(i), Place { document: scene.document, item: Item::Time(index) }];
    Some(scene.sum(fits, REASON, sides, note))
}

/// "the first since 2000 … in two decades"
fn first_since(scene: &Scene<'_>, i: usize) -> Option<Pair> {
    let f = &scene.group[i];
    let before = scene.between(f.sentence.start, f.span.start).to_lowercase();
    let first = |f: &Figure| f.kind == Kind::Ordinal && f.quantity.value == Some(Decimal::ONE);
    if !(before.ends_with(" in") || before.ends_with(" in the")) || !scene.group.iter().any(first) {
        return None;
    }
    let published = scene.checked.document.publish_date?;
    let since = |t: &TimeExpression| {
        let words = t.span.of(scene.text).to_lowercase();
        words.starts_with("since")
            || scene.between(f.sentence.start, t.span.start).to_lowercase().ends_with("since")
    };
    let (index, time) = scene.times().find(|(_, t)| since(t) && t.start.is_some())?;
    let passed = Decimal::from(i32::from(published.year()) - i32::from(time.start?.year()));
    let (lower, upper) = years(f)?;
    let fits = lower - Decimal::ONE <= passed && passed <= upper.saturating_add(Decimal::ONE);
    let (words, year) = (f.span.of(scene.text), time.start?.year());
    let note = match fits {
        true => format!("{words} fits the years since {year}."),
        false => format!(
            "{year} was {passed} years before publication, not {words}: check the year and the length of time."
        ),
    };
    let sides = vec![scene.place(i), Place { document: scene.document, item: Item::Time(index) }];
    Some(scene.sum(fits, REASON, sides, note))
}

/// So many births of a document are looked at: each is held against every age.
const MOST_BIRTHS: usize = 32;

/// Ages and years of birth of the same person, anywhere in a document.
pub(super) fn births(document: usize, checked: &Checked<'_>, out: &mut Vec<Pair>) {
    let text = checked.document.text;
    let ages =
        || checked.extraction.figures.iter().enumerate().filter(|(_, f)| f.kind == Kind::Age && stated(f));
    if ages().next().is_none() {
        return;
    }
    let times = checked.extraction.times.iter().enumerate();
    for (index, birth) in times.filter(|(_, t)| is_birth(text, t)).take(MOST_BIRTHS) {
        let Some(born) = birth.start.filter(|_| birth.timex.len() >= 4) else { continue };
        for (i, age) in ages() {
            let sentence = age.sentence;
            let same = sentence.contains(birth.span);
            let named = !same && names_it(text, age, birth);
            if !(same && unbroken(text, age, birth) || named) {
                continue;
            }
            let Some(then) = reference(checked, age) else { continue };
            let Some((lower, upper)) = ends(age.quantity.interval) else { continue };
            let passed = Decimal::from(i32::from(then) - i32::from(born.year()));
            let unit = age.quantity.unit.as_ref().map_or("", |u| &u.code);
            if unit != "a" {
                continue;
            }
            // Whoever is 45 turned, or will turn, 45 or 46 this year.
            let fits = lower.floor() - Decimal::ONE <= passed && passed <= upper.floor() + Decimal::ONE;
            let (words, year) = (age.number.of(text), born.year());
            let note = match fits {
                true => format!("Age {words} fits the birth in {year}."),
                false => format!(
                    "Whoever was born in {year} was {} or {passed} in {then}, not {words}: check the age and the year of birth.",
                    passed - Decimal::ONE
                ),
            };
            let scene =
                Scene { document, text, checked, group: std::slice::from_ref(age), first: i, first_time: 0 };
            let sides = vec![scene.place(0), Place { document, item: Item::Time(index) }];
            out.push(scene.sum(fits, REASON, sides, note));
        }
    }
}

/// Whether a time is that of a birth: "born in Lubo on 3 May 1961", "(born 1961)".
fn is_birth(text: &str, time: &TimeExpression) -> bool {
    let start = time.span.start as usize;
    let mut from = start.saturating_sub(40);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text.get(from..start).unwrap_or("").to_lowercase();
    let Some(at) = before.rfind("born") else { return false };
    let between = before[at + 4..].trim();
    !between.contains(['.', ';', ',', '('])
        && between.split_whitespace().count() <= 6
        && !between.contains(" to ")
        && (between.is_empty() || between.ends_with("in") || between.ends_with("on"))
        && !["after", "before", "since"].iter().any(|w| between.ends_with(w))
}

/// Whether age and birth of one sentence are of one person: no other person stands between.
fn unbroken(text: &str, age: &Figure, birth: &TimeExpression) -> bool {
    let (from, to) = match age.number.start < birth.span.start {
        true => (age.number.end, birth.span.start),
        false => (birth.span.end, age.number.start),
    };
    let between = text.get(from as usize..to as usize).unwrap_or("");
    let others = [
        "son", "daughter", "child", "children", "brother", "sister", "wife", "husband", "father", "mother",
        "and",
    ];
    let person = |w: &str| others.contains(&w) || w == "her" || w == "his" || w == "their";
    !words::runs(between, Span::new(0, between.len() as u32))
        .any(|(span, _)| person(&span.of(between).to_lowercase()))
}

/// Whether the sentence of a birth begins with the name of whoever has the age.
fn names_it(text: &str, age: &Figure, birth: &TimeExpression) -> bool {
    let Some(subject) = &age.subject else { return false };
    let start = text[..birth.span.start as usize].rfind(['.', '\n']).map_or(0, |at| at + 1);
    let sentence = text.get(start..birth.span.start as usize).unwrap_or("").trim_start();
    let opening: Vec<&str> = sentence.split(" was ").next().unwrap_or("").split_whitespace().collect();
    let name = |w: &str| w.starts_with(char::is_uppercase) && w.eq_ignore_ascii_case(&subject.head);
    sentence.contains(" was born") && opening.len() <= 4 && opening.iter().any(|w| name(w))
}

/// The year in which whoever it is has the age: that of the death in the sentence, else that of publication for ages in
/// apposition ("Brandt, 45,").
fn reference(checked: &Checked<'_>, age: &Figure) -> Option<i16> {
    let text = checked.document.text;
    let sentence = age.sentence.of(text).to_lowercase();
    let dies = ["died", "death", "killed"].iter().any(|w| sentence.contains(w));
    if dies {
        let times =
            checked.extraction.times.iter().filter(|t| age.sentence.contains(t.span) && !is_birth(text, t));
        let known: Vec<_> = times.filter(|t| t.timex.len() >= 4).filter_map(|t| t.start).collect();
        return match known[..] {
            [one] => Some(one.year()),
            _ => None,
        };
    }
    let before = text.get(..age.number.start as usize)?.trim_end();
    let after = text.get(age.number.end as usize..)?;
    let apposition = before.ends_with(',') && after.starts_with([',', ')', '.']);
    checked.document.publish_date.filter(|_| apposition).map(|d| d.year())
}
