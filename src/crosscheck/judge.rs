//! Whether two values that cannot both be true are one figure in two reports of a story: a model decides where the words
//! leave it open.
//!
//! It is learnt by `tools/ train-conflicts` from pairs of reports written for it; `data/en/conflicts.md` holds the recipe,
//! the data and the scores. It looks at what speaks for one figure (words, things, events, the same place in both texts), at
//! what speaks against it, at how the values differ, and at what else is left that may be meant.

use std::collections::{HashMap, HashSet};

use super::codes;
use super::frame::{Class, Frame};
use super::pairing::Met;
use super::similarity::Meeting;
use super::slip::{self, Misprint};
use super::verdict::Weighed;
use super::words::Keyed;
use super::{Reason, Verdict};
use crate::Stopped;
use crate::forest::CONFLICTS;

/// Surer than this of two figures, the model takes them for one whatever the rules say.
pub const ACCEPTED: f32 = 0.6;

/// Less sure than this, it takes them for two.
pub const DENIED: f32 = 0.35;

/// The same where the rules see a slip of scale or unit, which is rarely a chance.
pub const SLIP_DENIED: f32 = 0.2;

/// Where more is open, the texts are no reports, and the rules decide alone: a case takes memory.
pub(super) const MOST: usize = 50_000;

/// So many cases are looked at between two looks at whether to go on.
const STEP: usize = 64;

/// A contradiction that may be none.
pub(super) struct Case {
    pub i: usize,
    pub k: usize,
    pub weighed: Weighed,
    pub features: Vec<f32>,
    /// The share of words in common.
    setting: f32,
    /// How likely the two are one figure.
    probability: f32,
}

/// What the model looks at, by name, in order.
pub const FEATURES: [&str; 62] = [
    "setting",
    "bond",
    "telling",
    "thing",
    "names",
    "aspects",
    "other aspects",
    "aspects left",
    "aspects right",
    "fewer digits",
    "more digits",
    "one stance",
    "one unit",
    "says little",
    "one subject",
    "difference",
    "plain",
    "exchanged",
    "other digit",
    "dropped",
    "digits misprinted",
    "roles",
    "times",
    "stages",
    "strange names",
    "subjects",
    "contrary",
    "places",
    "periods",
    "scopes",
    "further",
    "part",
    "estimate",
    "each",
    "still",
    "separate",
    "stretch",
    "sorts",
    "turns",
    "later",
    "bar",
    "count",
    "ordinal",
    "money",
    "share",
    "measure",
    "duration",
    "age",
    "rate",
    "score",
    "different value",
    "bound",
    "scale",
    "unit",
    "rank",
    "denied",
    "rivals left",
    "rivals right",
    "behind best left",
    "behind best right",
    "agreeing neighbours",
    "off place",
];

/// The contradictions that are open: where neither figure has a partner that agrees.
pub(super) fn cases<'m>(
    frames: &[Frame],
    met: &[Met],
    open: &[(usize, usize, Weighed)],
    meeting: &impl Fn(usize, usize) -> Meeting<'m>,
    keep_going: &mut impl FnMut() -> bool,
) -> Result<Vec<Case>, Stopped> {
    if open.is_empty() || open.len() >= MOST {
        return Ok(Vec::new());
    }
    let agreed = met.iter().filter(|m| matches!(m.weighed.verdict, Verdict::Agree | Verdict::Consistent));
    let mut taken: HashSet<u64, Keyed> = HashSet::default();
    let mut linked: HashSet<u64, Keyed> = HashSet::default();
    for m in agreed {
        let (a, b) = (frames[m.i].place(), frames[m.k].place());
        taken.extend(ends(frames, m.i, m.k));
        linked.extend([spread(a, b), spread(b, a)]);
    }
    let free = open.iter().filter(|(i, k, _)| ends(frames, *i, *k).iter().all(|end| !taken.contains(end)));
    let mut cases: Vec<Case> = Vec::new();
    for (i, k, weighed) in free {
        if cases.len().is_multiple_of(STEP) && !keep_going() {
            return Err(Stopped);
        }
        cases.push(case(&meeting(*i, *k), *i, *k, *weighed));
    }
    let mut rivals: HashMap<u64, (usize, f32), Keyed> = HashMap::default();
    for case in &cases {
        for end in ends(frames, case.i, case.k) {
            let (count, best) = rivals.entry(end).or_default();
            (*count, *best) = (*count + 1, best.max(case.setting));
        }
    }
    for (n, case) in cases.iter_mut().enumerate() {
        if n.is_multiple_of(STEP) && !keep_going() {
            return Err(Stopped);
        }
        let [left, right] = ends(frames, case.i, case.k).map(|end| rivals[&end]);
        let (a, b) = (&frames[case.i], &frames[case.k]);
        let beside =
            |(document, figure): (usize, usize), step: usize| (document, (figure + step).wrapping_sub(1));
        let neighbours = [(0, 0), (0, 2), (2, 0), (2, 2)]
            .iter()
            .filter(|(x, y)| linked.contains(&spread(beside(a.place(), *x), beside(b.place(), *y))));
        case.features.extend([
            left.0 as f32,
            right.0 as f32,
            case.setting - left.1,
            case.setting - right.1,
            neighbours.count() as f32,
        ]);
        let meeting = meeting(case.i, case.k);
        case.features.push((meeting.depth(a) - meeting.depth(b)).abs());
        case.probability = CONFLICTS.probability(&case.features);
    }
    Ok(cases)
}

/// Which contradictions stand: those of the rules that the model does not deny, and those of which it is sure.
pub(super) fn settle(frames: &[Frame], met: Vec<Met>, mut cases: Vec<Case>) -> Vec<Met> {
    if cases.is_empty() {
        return met;
    }
    cases.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let sure: HashMap<(usize, usize), f32, Keyed> =
        cases.iter().map(|case| ((case.i, case.k), case.probability)).collect();
    let denied = |m: &Met| {
        let conflict = m.weighed.verdict == Verdict::Conflict && !m.firm;
        let least = match m.weighed.reason {
            Reason::ScaleSlip | Reason::UnitSlip => SLIP_DENIED,
            _ => DENIED,
        };
        conflict && sure.get(&(m.i, m.k)).is_some_and(|probability| *probability < least)
    };
    let mut met: Vec<Met> = met.into_iter().filter(|m| !denied(m)).collect();
    let comparable = met.iter().filter(|m| m.weighed.verdict != Verdict::NotComparable);
    let mut taken: HashSet<u64, Keyed> = comparable.flat_map(|m| ends(frames, m.i, m.k)).collect();
    for case in cases.into_iter().take_while(|case| case.probability >= ACCEPTED) {
        let ends = ends(frames, case.i, case.k);
        if ends.iter().all(|end| !taken.contains(end)) {
            taken.extend(ends);
            let similarity = f64::from(case.probability);
            met.push(Met { i: case.i, k: case.k, weighed: case.weighed, similarity, firm: false });
        }
    }
    met
}

/// Keys of the two figures, each with the document that its partner stands in.
pub(super) fn ends(frames: &[Frame], i: usize, k: usize) -> [u64; 2] {
    let (a, b) = (&frames[i], &frames[k]);
    [spread(a.place(), (b.document, 0)), spread(b.place(), (a.document, 0))]
}

/// A key of two places, spread by Fibonacci hashing, as the sets take their keys for hashes.
pub(super) fn spread(one: (usize, usize), other: (usize, usize)) -> u64 {
    let place = |(document, figure): (usize, usize)| (document as u64) << 20 ^ figure as u64;
    let golden = 0x9e37_79b9_7f4a_7c15_u64;
    (place(one).wrapping_mul(golden) ^ place(other)).wrapping_mul(golden).rotate_left(32)
}

/// All but what depends on the other cases.
fn case(meeting: &Meeting<'_>, i: usize, k: usize, weighed: Weighed) -> Case {
    let (a, b) = (meeting.a, meeting.b);
    let (f, g) = meeting.figures();
    let setting = meeting.setting() as f32;
    let both = a.aspects.iter().filter(|x| b.aspects.contains(x)).count();
    let other = |x: &(&str, &str)| b.aspects.iter().any(|y| x.0 == y.0 && x.1 != y.1);
    let digits = [f, g].map(|f| f.quantity.significant_digits);
    let difference = weighed.difference.and_then(|d| f32::try_from(d).ok()).unwrap_or(-1.0);
    let misprint = slip::misprint(f, g);
    let is = |misprint_of: Misprint| misprint.is_some_and(|m| m.0 == misprint_of);
    let mut features = vec![
        setting,
        meeting.bond(),
        meeting.telling(),
        meeting.thing().unwrap_or(0.0) as f32,
        flag(meeting.shares_a_name()),
        both as f32,
        a.aspects.iter().filter(|x| other(x)).count() as f32,
        a.aspects.len() as f32,
        b.aspects.len() as f32,
        digits[0].min(digits[1]) as f32,
        digits[0].max(digits[1]) as f32,
        flag(a.stance == b.stance),
        flag(codes::one_code(f, g)),
        flag(meeting.says_little()),
        flag(a.subject.is_some() && a.subject == b.subject),
        difference,
        flag(a.plain.is_some() || b.plain.is_some()),
        flag(is(Misprint::Exchanged)),
        flag(is(Misprint::Other)),
        flag(is(Misprint::Dropped)),
        misprint.map_or(0.0, |m| m.1 as f32),
    ];
    features.extend(meeting.against().map(flag));
    features
        .extend(CLASSES.map(|class| flag(class == a.class || class.is_measure() && a.class.is_measure())));
    features.extend(REASONS.map(|reason| flag(weighed.reason == reason)));
    Case { i, k, weighed, features, setting, probability: 0.0 }
}

const CLASSES: [Class; 9] = [
    Class::Count,
    Class::Ordinal,
    Class::Money,
    Class::Share,
    Class::Measure(crate::figure::Dimension::Length),
    Class::Duration,
    Class::Age,
    Class::Rate,
    Class::Score,
];

const REASONS: [Reason; 6] = [
    Reason::DifferentValue,
    Reason::BoundContradicted,
    Reason::ScaleSlip,
    Reason::UnitSlip,
    Reason::DifferentRank,
    Reason::Denied,
];

fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}
