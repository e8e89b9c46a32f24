//! "The first title since 2000, and the first in two decades": how long something has not been, and when it was last.

use rust_decimal::Decimal;

use super::super::{Pair, Reason};
use super::lasting::{is_compound, passed, years};
use super::{Scene, finding};
use crate::Span;
use crate::figure::{Figure, Kind, TimeExpression};
use crate::lexicon::sums::{AGAIN, HOW_MUCH, LAST_TIME, PEAKS, WAITS};
use crate::segment;

/// A length of time for which something has not been, against the year in which it was last, in this sentence or the next.
pub(super) fn read(scene: &Scene<'_>, i: usize) -> Option<Pair> {
    let f = &scene.group[i];
    let first = scene.group.iter().any(|f| f.kind == Kind::Ordinal && f.quantity.value == Some(Decimal::ONE));
    let wait = is_wait(scene, f);
    let rank = within(scene, f);
    let kind = wait.or(rank.as_ref().map(|r| r.0))?;
    let published = scene.checked.document.publish_date?;
    let ends_wait = first && matches!(wait, Some(Wait::Gap));
    let last_time = |t: &TimeExpression| {
        let since =
            || ranked(scene, f.sentence, t).is_some_and(|word| rank.as_ref().is_some_and(|r| r.1 == word));
        is_since(scene, f.sentence, t) && (ends_wait || since() || again(scene, f, t))
    };
    let (index, time) =
        scene.times().find(|(_, t)| last_time(t)).or_else(|| next(scene, f.sentence, kind))?;
    let (passed, year) = passed(published, time.start?);
    // "In 1990 it was the first in two decades": what is told is no news.
    let told = |t: &TimeExpression| {
        let apart = t.span.end <= f.span.start || t.span.start >= f.span.end;
        apart && t.start.is_some_and(|d| (d.year() - published.year()).abs() > 1)
    };
    if scene.times().any(|(other, t)| other != index && told(t)) {
        return None;
    }
    let (lower, upper) = years(f)?;
    // Peaks are counted in round numbers.
    let slack = match kind {
        Wait::Peak => Decimal::ONE.max(lower / Decimal::TEN),
        Wait::Gap => Decimal::ONE,
    };
    let fits = lower - slack <= passed && passed <= upper.saturating_add(slack);
    // What is far off is spoken of something else.
    let near = passed.saturating_mul(Decimal::TWO) >= lower && passed <= upper.saturating_mul(Decimal::TWO);
    if time.span.start >= f.sentence.end && !near {
        return None;
    }
    let words = f.span.of(scene.text);
    let note = match fits {
        true => format!("{words} fits the years since {year}."),
        false => format!(
            "{year} was {passed} years before publication, not {words}: check the year and the length of time."
        ),
    };
    Some(finding(fits, Reason::TimeArithmetic, vec![scene.place(i), scene.time(index)], note))
}

/// What a length of time is said to have passed up to.
#[derive(Clone, Copy)]
enum Wait {
    /// "a 30-year high", "the fastest in 16 years"
    Peak,
    /// "a wait of two decades", "the first in 18 years"
    Gap,
}

/// "a wait of two decades", "a 20-year wait", "a 30-year high"
fn is_wait(scene: &Scene<'_>, f: &Figure) -> Option<Wait> {
    let (before, after) = (scene.before(f), scene.after(f));
    let mut behind = after.split(' ').take(2).map(|w| w.trim_end_matches('.'));
    let waits = |w: &str| WAITS.contains(w);
    match before.strip_suffix(" of") {
        Some(before) if waits(before.rsplit(' ').next().unwrap_or("")) => Some(Wait::Gap),
        _ if !is_compound(scene, f) => None,
        _ if behind.clone().any(waits) => Some(Wait::Gap),
        _ => behind.next().filter(|w| PEAKS.contains(w)).map(|_| Wait::Peak),
    }
}

/// "the first … in two decades", "their fastest pace for 16 years", with the word that ranks it.
fn within(scene: &Scene<'_>, f: &Figure) -> Option<(Wait, String)> {
    let before = scene.before(f);
    let within = ["in", "in the", "for", "in the past", "in the last", "in over", "in more than"];
    let rest = within.iter().find_map(|w| before.strip_suffix(w)?.strip_suffix(' '))?;
    let word = rest.rsplit(' ').take(4).find(|w| is_superlative(w))?;
    Some((if word == "first" { Wait::Gap } else { Wait::Peak }, word.to_owned()))
}

fn is_superlative(word: &str) -> bool {
    word.len() > 4 && word.ends_with("est") || matches!(word, "most" | "best" | "worst" | "first")
}

/// Whether a time is given behind "since".
fn is_since(scene: &Scene<'_>, sentence: Span, t: &TimeExpression) -> bool {
    let last = |text: &str| text.rsplit(' ').next().is_some_and(|w| w.eq_ignore_ascii_case("since"));
    let first = t.span.of(scene.text).split(' ').next().is_some_and(last);
    t.start.is_some() && (first || last(scene.between(sentence.start, t.span.start)))
}

/// What ranks a time behind "since": "the highest level since 1982", "not since 1982".
fn ranked(scene: &Scene<'_>, sentence: Span, t: &TimeExpression) -> Option<String> {
    let before = scene.before_offset(sentence, t.span.start);
    let before = before.strip_suffix("since").unwrap_or(&before);
    let mut words = before.trim_end().rsplit(' ').take(7).take_while(|w| *w != ",");
    words.find(|w| is_superlative(w) || *w == "not").map(str::to_owned)
}

/// "a 40-year high, the highest since 1982": whether the time is that of the length in apposition.
fn again(scene: &Scene<'_>, f: &Figure, t: &TimeExpression) -> bool {
    let between = match t.span.start >= f.span.end {
        true => scene.glue(f.span.end, t.span.start),
        false => scene.glue(t.span.end, f.span.start),
    };
    let words = || between.split(' ');
    let set_off = words().take(2).any(|w| matches!(w, "," | "–" | "—" | "(")) && !words().any(|w| w == "and");
    // "the most since 2001 and the biggest rise in 22 years"
    let rank = ranked(scene, f.sentence, t);
    let both = between.strip_prefix("and the ").is_some_and(|rest| {
        rest.split(' ').next().is_some_and(|w| is_superlative(w) && w != "first")
            && rank.as_deref() != Some("first")
    });
    (set_off || both) && words().count() <= 7 && rank.is_some()
}

/// The year that the next sentence gives for the last time: "They had not won one since 1996", "It was last that high in
/// 1991."
fn next<'a>(scene: &Scene<'a>, sentence: Span, wait: Wait) -> Option<(usize, &'a TimeExpression)> {
    let from = sentence.end as usize;
    let mut to = scene.text.len().min(from + REACH);
    while !scene.text.is_char_boundary(to) {
        to -= 1;
    }
    let next = segment::split(scene.text.get(from..to)?).next()?.span;
    let next = Span::new(next.start + sentence.end, next.end + sentence.end);
    let times = scene.checked.extraction.times.iter().enumerate().skip(scene.first_time);
    let inside =
        times.skip_while(|(_, t)| t.span.start < next.start).take_while(|(_, t)| t.span.start < next.end);
    let dated = |t: &TimeExpression| t.start.is_some() && t.timex.starts_with(|c: char| c.is_ascii_digit());
    let mut dates = inside.filter(|(_, t)| dated(t));
    let only = dates.next().filter(|_| dates.next().is_none())?;
    let words = scene.glue(next.start, next.end);
    let words: Vec<&str> = words.split(' ').map(|w| w.trim_end_matches('.')).collect();
    let again = words.windows(2).any(|w| {
        // "so quickly", "that high", "one since 1996"
        let degree = HOW_MUCH.contains(w[1]) || w[1].ends_with("ly");
        match w[0] {
            "so" | "such" if w[1] != "since" => matches!(wait, Wait::Peak) && w[1] != "far",
            "that" | "as" | "this" if degree => matches!(wait, Wait::Peak),
            other => AGAIN.contains(other) && matches!(w[1], "since" | "in"),
        }
    });
    let since = is_since(scene, next, only.1);
    let not = since
        && words.iter().any(|w| matches!(*w, "not" | "never") || w.ends_with("n't") || w.ends_with("n’t"));
    let last = !since && words.windows(3).any(|w| (1..=3).any(|n| LAST_TIME.contains(&w[..n].join(" "))));
    (again && (not || last)
        || words.starts_with(&["not", "since"])
        || words.starts_with(&["the", "last", "time"]))
    .then_some(only)
}

/// So many bytes of the next sentence are looked at.
const REACH: usize = 400;
