//! Finds the pairs of figures that speak of the same thing.
//!
//! Within two documents a figure has one partner: the one that says the same is preferred to one that contradicts.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::alarm::{self, BOND, SURE};
use super::apart::sources_differ;
use super::frame::{Class, Frame};
use super::index::{Copies, Index};
use super::judge;
use super::similarity::{LEAST, Meeting};
use super::stories::Stories;
use super::verdict::{self, Weighed};
use super::words::Keyed;
use super::{Checked, Item, Options, Pair, Place, Reason, Verdict, exchange, explain, learning};

use crate::Stopped;
use crate::figure::ChangeRole;

/// A bound that is further from a value is no reason to take them for one figure.
const WIDE: Decimal = Decimal::from_parts(15, 0, 0, false, 2);

/// Least similarity at which two figures are said to agree; within one document, which rarely says a thing twice, more.
const AGREE: f64 = LEAST;
const AGREE_INSIDE: f64 = 0.6;

/// The pairs with their verdicts.
pub(super) fn read(
    documents: &[Checked<'_>],
    names: &[Vec<u64>],
    frames: &[Frame],
    options: Options,
    keep_going: &mut impl FnMut() -> bool,
) -> Result<Vec<Pair>, Stopped> {
    let stories = &Stories::new(documents, names, frames);
    let meeting = |i: usize, k: usize| Meeting { documents, names, stories, a: &frames[i], b: &frames[k] };
    let compared = compare_all(frames, documents.len(), &meeting, options, keep_going)?;
    let cases = judge::cases(frames, &compared.met, &compared.open, &meeting, keep_going)?;
    let met = judge::settle(frames, compared.met, cases);
    Ok(compared.copies.into_iter().chain(met).map(|met| met.pair(frames)).collect())
}

/// What is asked of the model of contradictions, for training it.
pub(super) fn cases(
    documents: &[Checked<'_>],
    names: &[Vec<u64>],
    frames: &[Frame],
) -> Result<Vec<learning::Case>, Stopped> {
    let stories = &Stories::new(documents, names, frames);
    let meeting = |i: usize, k: usize| Meeting { documents, names, stories, a: &frames[i], b: &frames[k] };
    let compared = compare_all(frames, documents.len(), &meeting, Options::default(), &mut || true)?;
    let conflict = |m: &&Met| m.weighed.verdict == Verdict::Conflict;
    let by_rule: HashSet<(usize, usize)> = compared.met.iter().filter(conflict).map(|m| (m.i, m.k)).collect();
    let cases = judge::cases(frames, &compared.met, &compared.open, &meeting, &mut || true)?;
    let case = |case: judge::Case| learning::Case {
        sides: [place(&frames[case.i]), place(&frames[case.k])],
        by_rule: by_rule.contains(&(case.i, case.k)),
        features: case.features,
    };
    Ok(cases.into_iter().map(case).collect())
}

/// What comparing has brought.
struct Compared {
    /// Copies with their originals.
    copies: Vec<Met>,
    /// The figures with a partner.
    met: Vec<Met>,
    /// What contradicts in reports of one story, if it speaks of the same.
    open: Vec<(usize, usize, Weighed)>,
}

fn compare_all<'m>(
    frames: &[Frame],
    documents: usize,
    meeting: &impl Fn(usize, usize) -> Meeting<'m>,
    options: Options,
    keep_going: &mut impl FnMut() -> bool,
) -> Result<Compared, Stopped> {
    let copies = &Copies::new(frames, documents);
    let index = Index::new(frames, copies);
    let (mut of_copies, mut met, mut open, mut ends) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for i in 0..frames.len() {
        if i % 64 == 0 && !keep_going() {
            return Err(Stopped);
        }
        if let Some(original) = copies.of[i] {
            of_copies
                .extend(compare(&meeting(original, i), options).found.map(|found| found.met(original, i)));
        }
        for k in index.candidates(i, frames, copies) {
            let outcome = compare(&meeting(i, k), options);
            met.extend(outcome.found.map(|found| found.met(i, k)));
            open.extend(outcome.open.filter(|_| open.len() < judge::MOST).map(|weighed| (i, k, weighed)));
            if outcome.end && ends.len() < exchange::MOST_ENDS {
                ends.push((i, k));
            }
        }
    }
    let exchanged = exchange::read(frames, &ends, meeting);
    met.extend(
        exchanged.into_iter().map(|(i, k, weighed)| Met { firm: true, ..Found(weighed, 1.0).met(i, k) }),
    );
    let met = one_partner_each(frames, copies, met);
    Ok(Compared { copies: of_copies, met, open })
}

/// What comparing two figures brings.
#[derive(Default)]
struct Outcome {
    found: Option<Found>,
    /// How they contradict each other, if they speak of the same.
    open: Option<Weighed>,
    /// Whether they may be one end of two values that change places.
    end: bool,
}

/// A verdict with the similarity it rests on.
#[derive(Clone, Copy)]
struct Found(Weighed, f64);

impl Found {
    fn met(self, i: usize, k: usize) -> Met {
        Met { i, k, weighed: self.0, similarity: self.1, firm: false }
    }
}

fn compare(meeting: &Meeting<'_>, options: Options) -> Outcome {
    let (a, b) = (meeting.a, meeting.b);
    let across = a.document != b.document;
    // as given by another report, and once only
    let plain = [&a.plain, &b.plain].iter().filter(|plain| plain.is_some()).count();
    if plain > usize::from(across) {
        return Outcome::default();
    }
    let (similarity, apart) = meeting.similarity();
    let told_twice = across && meeting.one_story();
    if similarity < AGREE && !told_twice {
        return Outcome::default();
    }
    let (f, g) = meeting.figures();
    let weighed = verdict::weigh(f, g);
    if meeting.is_price_of_one(&weighed) {
        return Outcome::default();
    }
    let judged =
        (similarity >= AGREE).then(|| judged(meeting, &weighed, similarity, apart, options)).flatten();
    let comparable = judged.filter(|found| found.0.verdict != Verdict::NotComparable);
    let by_value = || alarm::by_value(meeting, &weighed, similarity).map(|found| Found(found.0, found.1));
    Outcome {
        found: comparable.or_else(by_value).or(judged),
        open: Some(weighed).filter(|w| {
            across && w.verdict == Verdict::Conflict && meeting.is_open() && !alarm::parts_make_up(meeting)
        }),
        end: exchange::is_one_end(meeting, &weighed),
    }
}

/// Two frames that speak of the same thing, by their indices.
pub(super) struct Met {
    pub i: usize,
    pub k: usize,
    pub weighed: Weighed,
    pub similarity: f64,
    /// Whether nothing else can be meant.
    pub firm: bool,
}

impl Met {
    fn pair(self, frames: &[Frame]) -> Pair {
        let (a, b) = (&frames[self.i], &frames[self.k]);
        let headline = a.headline != b.headline && a.document == b.document;
        Pair {
            verdict: self.weighed.verdict,
            reason: self.weighed.reason,
            sides: vec![place(a), place(b)],
            difference: self.weighed.difference,
            similarity: self.similarity,
            note: if headline { explain::Note::Headline } else { explain::Note::None },
        }
    }
}

/// The verdict on two figures with the similarity it rests on.
fn judged(
    meeting: &Meeting<'_>,
    weighed: &Weighed,
    similarity: f64,
    apart: Option<Reason>,
    options: Options,
) -> Option<Found> {
    let (a, b) = (meeting.a, meeting.b);
    let found = Found(*weighed, similarity);
    let silent = |reason| {
        let weighed = Weighed { verdict: Verdict::NotComparable, reason, difference: None };
        options.not_comparable.then_some(Found(weighed, similarity))
    };
    // 87 dead "on Monday", and 118 "from 87 the day before"
    let before = a.document != b.document
        && apart == Some(Reason::DifferentRole)
        && (a.role == Some(ChangeRole::From)) != (b.role == Some(ChangeRole::From));
    if let Some(reason) = apart.filter(|_| !before) {
        return silent(reason);
    }
    if before && weighed.verdict != Verdict::Agree {
        return silent(Reason::DifferentRole);
    }
    let inside = a.document == b.document;
    match weighed.verdict {
        Verdict::NotComparable => silent(weighed.reason),
        Verdict::Conflict if meeting.limits_differ() => silent(Reason::DifferentSubject),
        Verdict::Conflict if sources_differ(a, b) => silent(Reason::DifferentSource),
        Verdict::Conflict if inside => alarm::inside(meeting, weighed, similarity).then_some(found),
        Verdict::Conflict => alarm::between(meeting, weighed, similarity).then_some(found),
        verdict if inside => repeats(meeting, verdict, similarity).then_some(found),
        Verdict::Consistent if meeting.sure_story() && meeting.bond() < BOND => None,
        // "£412m" and "at least £12.90 an hour"
        Verdict::Consistent if is_wide(weighed) && (a.plain.is_some() || b.plain.is_some()) => None,
        _ => Some(found),
    }
}

/// Whether two figures of one document that may be the same are: shares, as of polls and business, are often equal by
/// chance, and so is what only lies within wide bounds.
fn repeats(meeting: &Meeting<'_>, verdict: Verdict, similarity: f64) -> bool {
    let (a, b) = (meeting.a, meeting.b);
    let by_chance = matches!(a.class, Class::Share | Class::Multiple) || verdict == Verdict::Consistent;
    if a.class == Class::Share && a.role == Some(ChangeRole::By) && !a.headline && !b.headline {
        return false;
    }
    match (a.headline || b.headline, by_chance) {
        (true, _) => meeting.telling() >= 1.0,
        (false, true) => similarity >= SURE,
        (false, false) => similarity >= AGREE_INSIDE,
    }
}

/// Whether a number lies within a bound that is far from it, which says little.
fn is_wide(weighed: &Weighed) -> bool {
    weighed.reason == Reason::WithinBounds && weighed.difference.is_none_or(|d| d > WIDE)
}

/// Each figure keeps one partner in each document: first its copy, then whoever says the same, then whoever is most
/// similar.
fn one_partner_each(frames: &[Frame], copies: &Copies, mut met: Vec<Met>) -> Vec<Met> {
    let rank = |met: &Met| match met.weighed.verdict {
        Verdict::Conflict if met.firm => 0,
        Verdict::Agree => 0,
        Verdict::Consistent if !is_wide(&met.weighed) => 1,
        Verdict::Conflict => 2,
        Verdict::Consistent | Verdict::NotComparable => 3u64,
    };
    // the bits of a number from 0 to 1 are in the order of the numbers
    met.sort_by_cached_key(|m| rank(m) << 62 | (2.0 - m.similarity).to_bits() >> 2);
    let mut taken: HashSet<u64, Keyed> = HashSet::default();
    let mut free = |i: usize, k: usize| {
        let places = judge::ends(frames, i, k);
        let free = !places.iter().any(|p| taken.contains(p));
        taken.extend(places.into_iter().filter(|_| free));
        free
    };
    for (copy, original) in copies.of.iter().enumerate() {
        if let Some(original) = original {
            free(*original, copy);
        }
    }
    met.retain(|m| free(m.i, m.k));
    met
}

fn place(frame: &Frame) -> Place {
    Place { document: frame.document, item: Item::Figure(frame.figure) }
}
