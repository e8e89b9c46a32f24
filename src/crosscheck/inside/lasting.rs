//! Lengths of time against the dates beside them, and anniversaries.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::{Pair, Reason};
use super::{Scene, end, finding, since, stated};
use crate::figure::{Figure, Kind, TimeExpression, TimeType};
use crate::lexicon::sums::{AT, AWAY, BEGINS, ENDS, FOUNDED, JUBILEES, LASTS, RUNS, SERVED};
use crate::table::Set;

const REASON: Reason = Reason::TimeArithmetic;

pub(super) fn read(scene: &Scene<'_>, out: &mut Vec<Pair>) {
    for (i, f) in scene.group.iter().enumerate().filter(|(_, f)| stated(f)) {
        match f.kind {
            Kind::Duration => {
                let range = || lasting(scene, i).or_else(|| between_dates(scene, i));
                let publication = || since::read(scene, i).or_else(|| up_to_now(scene, i));
                out.extend(range().or_else(|| later(scene, i)).or_else(publication));
            }
            Kind::Ordinal | Kind::Age => out.extend(anniversary(scene, i)),
            _ => {}
        }
    }
}

/// Days of a unit of time.
fn days(f: &Figure) -> Option<i64> {
    Some(match &*f.quantity.unit.as_ref()?.code {
        "d" => 1,
        "wk" => 7,
        "mo" => 30,
        "a" => 365,
        "{decade}" => 3_652,
        "{century}" => 36_524,
        _ => return None,
    })
}

fn in_years(days: Decimal) -> Decimal {
    days / Decimal::new(36_525, 2)
}

/// What a length of time is allowed to be, in years.
pub(super) fn years(f: &Figure) -> Option<(Decimal, Decimal)> {
    let interval = f.quantity.interval?;
    let day = Decimal::from(days(f)?);
    let of = |v: Decimal| in_years(v.saturating_mul(day));
    Some((interval.lower.map_or(Decimal::ZERO, of), interval.upper.map_or(Decimal::from(10_000), of)))
}

/// "for 12 years, from 1994 to 2001", "a five-day event, will be held from 3 May to 7 May"
fn lasting(scene: &Scene<'_>, i: usize) -> Option<Pair> {
    let f = &scene.group[i];
    let compound = is_compound(scene, f);
    // "runs from 3 May to 12 May, a ten-day feast", "which runs from 1 to 14 June, lasts ten days"
    let summed_up = |t: &TimeExpression| {
        let feast = || {
            let between = scene.glue(t.span.end, f.span.start);
            compound && matches!(&*between, ", a" | ", an" | "– a" | "– an" | "( a" | "( an")
        };
        let lasts = || LASTS.contains(&scene.glue(t.span.end, f.span.start));
        t.span.end <= f.span.start && (feast() || alone(scene) && lasts())
    };
    let is_range = |t: &TimeExpression| {
        t.timex.contains('/') && t.start.is_some() && (t.span.start > f.number.end || summed_up(t))
    };
    let mut ranges = scene.times().filter(|(_, t)| is_range(t));
    let (index, time) = ranges.next()?;
    let between = scene.glue(end(f), time.span.start);
    let words = time.span.of(scene.text);
    let from =
        ["from", "between"].iter().any(|w| words.to_lowercase().starts_with(w) || between.ends_with(w));
    let beside = match &*between {
        _ if summed_up(time) => true,
        "(" => true,
        "" | "," | ", from" | "from" | "( from" | "between" | ", between" => from,
        _ => from && alone(scene) && ranges.next().is_none() && goes_on(scene, f, &between),
    };
    // Two years leave a year more or less, two days a day.
    let grain = grain(time.timex.split('/').next()?);
    let whole = i64::from((time.end? - time.start?).get_days()) + 1;
    let stretch = Stretch { least: whole - 2 * grain, most: whole };
    beside.then(|| stretch.against(scene, i, &[index], words))?
}

/// Whether a length of time is that of the range behind it: "12 years as mayor, from …", "five-day event, held from …".
fn goes_on(scene: &Scene<'_>, f: &Figure, between: &str) -> bool {
    let words: Vec<&str> = between.split(' ').collect();
    if words.len() > 12 || between.contains(['.', ';', ':', '(']) || words.iter().any(|w| AWAY.contains(w)) {
        return false;
    }
    let compound = is_compound(scene, f);
    let runs = words.iter().rev().take(2).any(|w| RUNS.contains(w));
    let served = words.len() <= 7 && SERVED.contains(words[0]) && !words.contains(&"and");
    let before = scene.before(f);
    // "registration for the three-day congress is open from …", but "organisers of the three-day congress, which runs from …"
    let within = before
        .rsplit(' ')
        .find(|w| !matches!(*w, "the" | "a" | "an" | "this" | "its"))
        .is_some_and(|w| AT.contains(w));
    let own = !within || between.contains(", which") || between.contains(", to be");
    compound && runs && own || !compound && served
}

/// "ten-day"
pub(super) fn is_compound(scene: &Scene<'_>, f: &Figure) -> bool {
    f.span.of(scene.text).contains(['-', '‑'])
}

/// Whether the sentence gives one length of time only.
fn alone(scene: &Scene<'_>) -> bool {
    scene.group.iter().filter(|g| g.kind == Kind::Duration).count() == 1
}

fn grain(timex: &str) -> i64 {
    match timex.len() {
        4 => 365,
        7 => 31,
        _ => 1,
    }
}

/// Days that two dates leave open.
struct Stretch {
    least: i64,
    most: i64,
}

impl Stretch {
    /// A length of time against the dates.
    fn against(&self, scene: &Scene<'_>, i: usize, times: &[usize], dates: &str) -> Option<Pair> {
        let f = &scene.group[i];
        let (lower, upper) = years(f)?;
        // Whoever gives years and months rounds to whole ones.
        let half = match days(f)? {
            1 => Decimal::ZERO,
            days => in_years(Decimal::from(days)) / Decimal::TWO,
        };
        let of = |days: i64| in_years(Decimal::from(days.max(0)));
        let fits =
            lower.saturating_sub(half) <= of(self.most) && upper.saturating_add(half) >= of(self.least);
        let note = match fits {
            true => format!("{} fits {dates}.", scene.words(i)),
            false => format!("{dates} is not {}: check the dates and the length of time.", scene.words(i)),
        };
        let times = times.iter().map(|&index| scene.time(index));
        let sides = std::iter::once(scene.place(i)).chain(times).collect();
        Some(finding(fits, REASON, sides, note))
    }
}

/// "Arrested on 2 June 2021, she was freed on 9 August 2022 after 14 months in prison."
fn between_dates(scene: &Scene<'_>, i: usize) -> Option<Pair> {
    let f = &scene.group[i];
    let before = scene.before(f);
    let compound = is_compound(scene, f);
    let passed = compound
        || ["after", "for", "spent", "served", "over", "lasted", "spending"]
            .iter()
            .any(|w| before.ends_with(w));
    let dated =
        |t: &TimeExpression| t.time_type == TimeType::Date && t.start.is_some() && !t.timex.contains('/');
    let dates: Vec<_> = scene.times().filter(|(_, t)| dated(t)).collect();
    let [(a, first), (b, last)] = dates[..] else { return None };
    if compound && first.span.start < f.span.end {
        return None;
    }
    let (first_cue, last_cue) = (cue(scene, first, &BEGINS), cue(scene, last, &ENDS));
    if !alone(scene) || !passed || !first_cue || !last_cue || first.timex.len() < 4 || last.timex.len() < 4 {
        return None;
    }
    let whole = i64::from((last.end? - first.start?).get_days()) + 1;
    let loose = grain(&first.timex) + grain(&last.timex);
    let stretch = Stretch { least: whole - loose, most: whole };
    let dates = format!("{} to {}", first.span.of(scene.text), last.span.of(scene.text));
    (whole > 0).then(|| stretch.against(scene, i, &[a, b], &dates))?
}

/// Whether one of the words stands shortly before a time.
fn cue(scene: &Scene<'_>, time: &TimeExpression, words: &Set) -> bool {
    let sentence = scene.group[0].sentence;
    let before = scene.glue(sentence.start, time.span.start);
    before.rsplit(' ').take(4).take_while(|w| !w.contains([',', ';'])).any(|w| words.contains(w))
}

/// "opened in 1962 and closed in 2017, 55 years later", "in 1998, 21 years ago"
fn later(scene: &Scene<'_>, i: usize) -> Option<Pair> {
    let f = &scene.group[i];
    let after = scene.after(f);
    let dated = |t: &TimeExpression| {
        let digits = t.timex.starts_with(|c: char| c.is_ascii_digit());
        let apart = t.span.end <= f.span.start || t.span.start >= f.span.end;
        t.time_type == TimeType::Date && t.start.is_some() && digits && apart && !t.timex.contains('/')
    };
    let dates: Vec<_> = scene
        .times()
        .filter(|(_, t)| dated(t) && t.span.of(scene.text).ends_with(|c: char| c.is_ascii_digit()))
        .collect();
    let beside = |t: &TimeExpression| {
        let before = scene.glue(t.span.end.min(f.span.start), f.span.start);
        let behind = scene.glue(f.span.end, t.span.start.max(f.span.end));
        let adverb =
            behind.strip_prefix("later").or_else(|| behind.strip_prefix("ago")).unwrap_or("-").trim();
        t.span.end <= f.span.start
            && matches!(&*before, "," | "–" | "(" | ", exactly" | ", almost" | ", nearly")
            || t.span.start > f.span.end && matches!(adverb, ", in" | "in" | ", on" | "on" | "(")
    };
    let (index, date) = *dates.iter().find(|(_, t)| beside(t))?;
    let ago = after.starts_with("ago");
    let published = scene.checked.document.publish_date.filter(|_| ago);
    let (other, from, to) = match (ago, after.starts_with("later")) {
        (true, _) => (index, date.start?, published?),
        (_, true) => {
            let [first, second] = dates[..] else { return None };
            let two = first.0 != index && second.0 == index;
            (two.then_some(first.0)?, first.1.start?, date.start?)
        }
        _ => return None,
    };
    let whole = i64::from((to - from).get_days());
    let slack = grain(&date.timex)
        + if other == index { 0 } else { grain(&scene.checked.extraction.times[other].timex) };
    let stretch = Stretch { least: whole - slack, most: whole + slack };
    let first = scene.checked.extraction.times[other].span.of(scene.text);
    let words = if ago {
        format!("{first} to publication")
    } else {
        format!("{first} to {}", date.span.of(scene.text))
    };
    let times = if other == index { vec![index] } else { vec![other, index] };
    (whole > 0).then(|| stretch.against(scene, i, &times, &words))?
}

/// "She has led the party for 12 years, since 2010."
fn up_to_now(scene: &Scene<'_>, i: usize) -> Option<Pair> {
    let f = &scene.group[i];
    let published = scene.checked.document.publish_date?;
    let before = scene.before(f);
    let perfect = before.ends_with(" for") && before.split(' ').any(|w| matches!(w, "has" | "have"));
    let since = |t: &TimeExpression| {
        let between = scene.glue(f.span.end, t.span.start.max(f.span.end));
        let words = t.span.of(scene.text).to_lowercase();
        matches!(&*between, "since" | ", since" | ", ever since")
            || words.starts_with("since") && matches!(&*between, "" | ",")
    };
    let (index, time) = scene.times().find(|(_, t)| t.span.start > f.span.end && since(t))?;
    let whole = i64::from((published - time.start.filter(|_| perfect)?).get_days());
    let slack = grain(time.timex.split('/').next()?);
    let stretch = Stretch { least: whole - slack, most: whole + slack };
    let words = format!("{} to publication", time.span.of(scene.text));
    stretch.against(scene, i, &[index], &words)
}

/// The years from a day to publication, by the calendar, and the year of that day.
pub(super) fn passed(published: Date, since: Date) -> (Decimal, i16) {
    (Decimal::from(published.year() - since.year()), since.year())
}

/// "Founded in 1972, the bakery marks its 50th anniversary this week.", "opened in 1954 and turns 70"
fn anniversary(scene: &Scene<'_>, i: usize) -> Option<Pair> {
    let f = &scene.group[i];
    let after = scene.after(f);
    let named = after.split(' ').take(3).any(|w| JUBILEES.contains(w.trim_end_matches('.')));
    let before = scene.glue(f.sentence.start, f.number.start);
    // "its 50th anniversary", not "for the 40th anniversary of the orchestra"
    let whose = before
        .rsplit(' ')
        .take(2)
        .any(|w| matches!(w, "its" | "their" | "his" | "her" | "our") || w.ends_with("'s"));
    // "its 50th anniversary in the league"
    let mut behind = after.split(' ').skip_while(|w| !JUBILEES.contains(w.trim_end_matches('.'))).skip(1);
    let of_what = match behind.next() {
        Some("in" | "on") => behind
            .next()
            .is_some_and(|w| matches!(w, "the" | "its" | "his" | "her" | "their" | "office" | "power")),
        word => word.is_some_and(|w| matches!(w, "at" | "as" | "of" | "since")),
    };
    let turns = before.rsplit(' ').next().is_some_and(|w| matches!(w, "turns" | "turned" | "turning"));
    let marked = f.kind == Kind::Ordinal && named && whose && !of_what || f.kind == Kind::Age && turns;
    let published = scene.checked.document.publish_date.filter(|_| marked)?;
    let begun = |t: &TimeExpression| t.start.is_some() && t.timex.len() >= 4 && cue(scene, t, &FOUNDED);
    let (index, time) = scene.times().find(|(_, t)| begun(t))?;
    let (passed, year) = passed(published, time.start?);
    // "celebrated its 50th anniversary in 2019"
    let elsewhere = |t: &TimeExpression| t.start.is_some_and(|d| (d.year() - published.year()).abs() > 1);
    if scene.times().any(|(other, t)| other != index && elsewhere(t)) {
        return None;
    }
    let said = f.quantity.value?;
    let fits = passed.saturating_sub(said).abs() <= Decimal::ONE;
    let words = f.number.of(scene.text);
    let note = match fits {
        true => format!("The {words} anniversary fits {year}."),
        false => format!(
            "{year} was {passed} years before publication, not {said}: check the year and the anniversary."
        ),
    };
    Some(finding(fits, REASON, vec![scene.place(i), scene.time(index)], note))
}
