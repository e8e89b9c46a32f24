//! Finds the pairs of figures that speak of the same thing, without comparing everything with everything.
//!
//! An index leads from the telling words of a figure to the other figures of its class that have them, the rarest word
//! first; of those the [`MOST`] with most words in common are compared. Within two documents a figure has one partner: the
//! one that says the same is preferred to one that contradicts.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::frame::{Class, Frame};
use super::similarity::{LEAST, Meeting, sources_differ};
use super::stories::Stories;
use super::verdict::{self, Weighed};
use super::words::Keyed;
use super::{Checked, Item, Options, Pair, Place, Reason, Verdict, explain};

use crate::Stopped;
use crate::figure::{ChangeRole, Figure, Kind};

/// So many other figures one is compared with at most.
const MOST: usize = 12;

/// Least similarity at which two figures are said to agree, and to contradict each other.
const AGREE: f64 = LEAST;
const CONFLICT: f64 = 0.55;

/// The same where the values are more than five times apart.
const CONFLICT_FAR: f64 = 0.8;

/// Values whose relative difference is more are over five times apart.
const FAR: Decimal = Decimal::from_parts(8, 0, 0, false, 1);

/// So many equal digits are no chance.
const TELLING_DIGITS: u32 = 3;

/// What documents of one story say alike of two figures, beyond the names of the story, is at least as much.
const BOND: f32 = 0.9;

/// The same within one document, which rarely says a thing twice: an alarm there needs more.
const AGREE_INSIDE: f64 = 0.6;
const CONFLICT_INSIDE: f64 = 0.7;
const SURE: f64 = 0.97;

/// The pairs with their verdicts.
pub(super) fn read(
    documents: &[Checked<'_>],
    names: &[Vec<u64>],
    frames: &[Frame],
    options: Options,
    keep_going: &mut impl FnMut() -> bool,
) -> Result<Vec<Pair>, Stopped> {
    let twins = twins(frames, documents.len());
    let index = Index::new(frames, &twins);
    let stories = &Stories::new(documents, names);
    let mut met = Vec::new();
    let mut pairs = Vec::new();
    for (i, a) in frames.iter().enumerate() {
        if i % 64 == 0 && !keep_going() {
            return Err(Stopped);
        }
        if let Some(first) = twins[a.document] {
            pairs.push(original(a, first));
            continue;
        }
        for k in index.candidates(i, a, frames) {
            let b = &frames[k];
            let meeting = Meeting { documents, names, stories, a, b };
            let (similarity, apart) = meeting.similarity();
            if similarity >= AGREE {
                met.extend(judged(&meeting, similarity, apart, options).map(|judged| (i, k, judged)));
            }
        }
    }
    pairs.extend(one_partner_each(frames, met));
    Ok(pairs)
}

/// A verdict with the similarity it rests on.
type Judged = (Weighed, f64);

fn judged(meeting: &Meeting<'_>, similarity: f64, apart: Option<Reason>, options: Options) -> Option<Judged> {
    let (a, b) = (meeting.a, meeting.b);
    let figure = |f: &Frame| &meeting.documents[f.document].extraction.figures[f.figure];
    let silent = |reason| {
        let weighed = Weighed { verdict: Verdict::NotComparable, reason, difference: None };
        options.not_comparable.then_some((weighed, similarity))
    };
    if let Some(reason) = apart {
        return silent(reason);
    }
    let weighed = verdict::weigh(figure(a), figure(b));
    let inside = a.document == b.document;
    match weighed.verdict {
        Verdict::NotComparable => silent(weighed.reason),
        Verdict::Conflict if meeting.limits_differ() => silent(Reason::DifferentSubject),
        Verdict::Conflict if sources_differ(a, b) => silent(Reason::DifferentSource),
        Verdict::Conflict if inside => (similarity >= CONFLICT && alarming(meeting, &weighed, similarity))
            .then_some((weighed, similarity)),
        Verdict::Conflict => {
            // Values far apart are rather two things than one.
            let most = if a.class == Class::Share { Decimal::new(5, 1) } else { FAR };
            let far = weighed.reason != Reason::ScaleSlip && weighed.difference.is_some_and(|d| d > most);
            let least = if far { CONFLICT_FAR } else { CONFLICT };
            let slip = matches!(weighed.reason, Reason::ScaleSlip | Reason::UnitSlip);
            let sure = meeting.sure_story();
            let telling = if sure { TELLING_DIGITS - 1 } else { TELLING_DIGITS };
            let digits = |f: &Frame| figure(f).quantity.significant_digits >= telling;
            // That a story is the same makes few words enough, unless the values are far apart as well.
            let apart = weighed.difference.is_some_and(|d| d > Decimal::new(4, 1));
            let said = match (sure, apart && !slip) {
                (true, true) => {
                    transposed(figure(a), figure(b)) || similarity >= SURE && meeting.bond() >= 2.0
                }
                (true, false) => meeting.bond() >= BOND,
                (false, _) => meeting.more_than_names(),
            };
            (similarity >= least && (slip && digits(a) && digits(b) || said)).then_some((weighed, similarity))
        }
        verdict if inside => repeats(meeting, verdict, similarity).then_some((weighed, similarity)),
        Verdict::Consistent if meeting.sure_story() && meeting.bond() < BOND => None,
        _ => Some((weighed, similarity)),
    }
}

/// Whether two values have the same digits in another order: 48 and 84.
fn transposed(a: &Figure, b: &Figure) -> bool {
    let digits = |f: &Figure| {
        let mut digits = f.quantity.value.map(|v| v.normalize().to_string().into_bytes()).unwrap_or_default();
        digits.sort_unstable();
        digits
    };
    let (x, y) = (digits(a), digits(b));
    x == y && x.len() > 1
}

/// "12 dead" over "killed eight in Lubo and four in Tarn": whether the counts of the other sentence make that of the headline.
fn adds_up(meeting: &Meeting<'_>) -> bool {
    let (headline, other) = if meeting.a.headline { (meeting.a, meeting.b) } else { (meeting.b, meeting.a) };
    let figures = &meeting.documents[other.document].extraction.figures;
    let counts = figures.iter().filter(|f| f.sentence == other.sentence && f.kind == Kind::Count);
    let sum = counts.filter_map(|f| f.quantity.value).fold(Decimal::ZERO, Decimal::saturating_add);
    figures[headline.figure].quantity.value == Some(sum)
}

/// Whether a contradiction within one document is no other event, period or part of the business: articles are full of
/// such pairs ("Sales rose 8%." of the quarter, then of the year), and rarely contradict themselves.
fn alarming(meeting: &Meeting<'_>, weighed: &Weighed, similarity: f64) -> bool {
    let (a, b) = (meeting.a, meeting.b);
    if a.class == Class::Age && similarity >= 0.95 {
        return true;
    }
    let telling = meeting.telling();
    if a.headline || b.headline {
        let same =
            a.thing.is_some() && a.thing == b.thing || meeting.shares_a_fate() && a.class == Class::Count;
        return !adds_up(meeting) && (telling >= 1.0 || same && meeting.headline_and_lead());
    }
    let slip = matches!(weighed.reason, Reason::ScaleSlip | Reason::UnitSlip) && meeting.shares_a_name();
    // nearly 200 killed over the years and three last week
    let far = weighed.difference.is_some_and(|d| d > FAR);
    let fate = a.class == Class::Count && meeting.shares_a_fate() && !far;
    similarity >= CONFLICT_INSIDE && telling >= 1.0 && (slip || fate)
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

/// Each figure keeps one partner in each document: first whoever says the same, then whoever is most similar.
fn one_partner_each(frames: &[Frame], mut met: Vec<(usize, usize, Judged)>) -> Vec<Pair> {
    let rank = |verdict| match verdict {
        Verdict::Agree => 0,
        Verdict::Consistent => 1,
        Verdict::Conflict => 2,
        Verdict::NotComparable => 3,
    };
    met.sort_unstable_by(|(i, k, (x, s)), (j, l, (y, t))| {
        let same = |i: &usize, k: &usize| frames[*i].identity != frames[*k].identity;
        (same(i, k), rank(x.verdict))
            .cmp(&(same(j, l), rank(y.verdict)))
            .then(t.total_cmp(s))
            .then((i, k).cmp(&(j, l)))
    });
    let mut taken: HashSet<u64, Keyed> = HashSet::default();
    // spread by Fibonacci hashing, as the set takes its keys for hashes
    let of = |frame: usize, document: usize| {
        ((frame as u64) << 32 | document as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32)
    };
    let mut pairs = Vec::new();
    for (i, k, (weighed, similarity)) in met {
        let (a, b) = (&frames[i], &frames[k]);
        let (one, other) = (of(i, b.document), of(k, a.document));
        if taken.contains(&one) || taken.contains(&other) {
            continue;
        }
        taken.extend([one, other]);
        let headline = a.headline != b.headline && a.document == b.document;
        pairs.push(Pair {
            verdict: weighed.verdict,
            reason: weighed.reason,
            sides: vec![place(a), place(b)],
            difference: weighed.difference,
            similarity,
            note: if headline { explain::Note::Headline } else { explain::Note::None },
        });
    }
    pairs
}

/// From class and word to the frames that have it beside their figure.
struct Index(HashMap<u64, Vec<u32>, Keyed>);

impl Index {
    fn new(frames: &[Frame], twins: &[Option<usize>]) -> Index {
        let mut lists: HashMap<u64, Vec<u32>, Keyed> = HashMap::default();
        for (i, frame) in frames.iter().enumerate().filter(|(_, f)| twins[f.document].is_none()) {
            for key in keys(frame) {
                lists.entry(key).or_default().push(i as u32);
            }
        }
        Index(lists)
    }

    /// The later frames that share most words with this one.
    fn candidates(&self, i: usize, frame: &Frame, frames: &[Frame]) -> Vec<usize> {
        let mut lists: Vec<&[u32]> = keys(frame)
            .filter_map(|key| self.0.get(&key))
            .map(|list| &list[list.partition_point(|&k| k as usize <= i)..])
            .filter(|list| !list.is_empty())
            .collect();
        lists.sort_by_key(|list| list.len());
        let comparable =
            |k: usize| frames[k].document != frame.document || frames[k].sentence != frame.sentence;
        let mut hits: Vec<u32> = lists.into_iter().flatten().copied().take(4 * MOST).collect();
        hits.sort_unstable();
        let runs = hits.chunk_by(|x, y| x == y).map(|run| (run.len(), run[0] as usize));
        let mut found: Vec<(usize, usize)> = runs.filter(|(_, k)| comparable(*k)).collect();
        found.sort_unstable_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(&y.1)));
        found.truncate(MOST);
        found.into_iter().map(|(_, k)| k).collect()
    }
}

/// The words by which a frame is found among those of its class; for the very same sentence the sentence itself.
fn keys(frame: &Frame) -> impl Iterator<Item = u64> + '_ {
    let class = frame.class.key();
    let telling = frame.words.iter().filter(|w| w.1 >= 0.4).map(|w| w.0);
    telling.chain([frame.identity]).map(move |key| key ^ class)
}

/// For each document an earlier one with the very same sentences: its figures need no comparing.
fn twins(frames: &[Frame], documents: usize) -> Vec<Option<usize>> {
    let mut twins = vec![None; documents];
    let mut known: HashMap<Vec<(u64, usize)>, usize> = HashMap::new();
    for of_one in frames.chunk_by(|a, b| a.document == b.document) {
        let words: Vec<(u64, usize)> = of_one.iter().map(|f| (f.identity, f.figure)).collect();
        let document = of_one[0].document;
        let first = *known.entry(words).or_insert(document);
        twins[document] = (first != document).then_some(first);
    }
    twins
}

fn place(frame: &Frame) -> Place {
    Place { document: frame.document, item: Item::Figure(frame.figure) }
}

/// What a figure of a twin says is what its original says.
fn original(frame: &Frame, twin_of: usize) -> Pair {
    let first = Place { document: twin_of, item: Item::Figure(frame.figure) };
    Pair {
        verdict: Verdict::Agree,
        reason: Reason::SameValue,
        sides: vec![first, place(frame)],
        difference: None,
        similarity: 1.0,
        note: explain::Note::None,
    }
}
