//! Finds the pairs of figures that speak of the same thing, without comparing everything with everything.
//!
//! An index leads from the telling words of a figure to the other figures of its class that have them, the rarest word
//! first, and from its digits to those with the same; of those the [`MOST`] with most in common are compared, and of [`FEW`]
//! figures each with each. Within two documents a figure has one partner: the
//! one that says the same is preferred to one that contradicts.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::alarm::{self, BOND, SURE};
use super::apart::sources_differ;
use super::frame::{Class, Frame};
use super::similarity::{LEAST, Meeting};
use super::stories::Stories;
use super::verdict::{self, Weighed};
use super::words::Keyed;
use super::{Checked, Item, Options, Pair, Place, Reason, Verdict, explain};

use crate::Stopped;
use crate::figure::ChangeRole;

/// So many other figures one is compared with at most.
const MOST: usize = 12;

/// So many figures are compared each with each.
const FEW: usize = 120;

/// So many words do the same digits count for when figures are looked for.
const SAME_DIGITS: usize = 4;

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
    let copies = &Copies::new(frames, documents.len());
    let index = Index::new(frames, copies);
    let stories = &Stories::new(documents, names, frames);
    let mut pairs = Vec::new();
    let mut met = Vec::new();
    let mut left = Vec::new();
    for i in 0..frames.len() {
        if i % 64 == 0 && !keep_going() {
            return Err(Stopped);
        }
        let mut compare = |i: usize, k: usize| {
            let meeting = Meeting { documents, names, stories, a: &frames[i], b: &frames[k] };
            let (similarity, apart) = meeting.similarity();
            let judged =
                (similarity >= AGREE).then(|| judged(&meeting, similarity, apart, options)).flatten();
            let comparable = judged.filter(|(weighed, _)| weighed.verdict != Verdict::NotComparable);
            let found = comparable.or_else(|| alarm::by_value(&meeting, similarity)).or(judged);
            if found.is_none_or(|(w, _)| w.verdict == Verdict::NotComparable) && apart.is_none() {
                let possible = alarm::possible(&meeting);
                left.extend(possible.map(|(weighed, slip)| (Met { i, k, weighed, similarity }, slip)));
            }
            found.map(|(weighed, similarity)| Met { i, k, weighed, similarity })
        };
        if let Some(original) = copies.of[i] {
            pairs.extend(compare(original, i));
        }
        met.extend(index.candidates(i, frames, copies).into_iter().filter_map(|k| compare(i, k)));
    }
    let met = one_partner_each(frames, copies, met);
    pairs.extend(left_over(frames, &met, left));
    pairs.extend(met);
    Ok(pairs.into_iter().map(|met| met.pair(frames)).collect())
}

/// Two frames that speak of the same thing, by their indices.
struct Met {
    i: usize,
    k: usize,
    weighed: Weighed,
    similarity: f64,
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
    similarity: f64,
    apart: Option<Reason>,
    options: Options,
) -> Option<(Weighed, f64)> {
    let (a, b) = (meeting.a, meeting.b);
    let figure = |f: &Frame| &meeting.documents[f.document].extraction.figures[f.figure];
    let silent = |reason| {
        let weighed = Weighed { verdict: Verdict::NotComparable, reason, difference: None };
        options.not_comparable.then_some((weighed, similarity))
    };
    // 87 dead "on Monday", and 118 "from 87 the day before"
    let before = a.document != b.document
        && apart == Some(Reason::DifferentRole)
        && (a.role == Some(ChangeRole::From)) != (b.role == Some(ChangeRole::From));
    if let Some(reason) = apart.filter(|_| !before) {
        return silent(reason);
    }
    let weighed = verdict::weigh(figure(a), figure(b));
    if before && weighed.verdict != Verdict::Agree {
        return silent(Reason::DifferentRole);
    }
    let inside = a.document == b.document;
    match weighed.verdict {
        Verdict::NotComparable => silent(weighed.reason),
        Verdict::Conflict if meeting.limits_differ() => silent(Reason::DifferentSubject),
        Verdict::Conflict if sources_differ(a, b) => silent(Reason::DifferentSource),
        Verdict::Conflict if inside => {
            alarm::inside(meeting, &weighed, similarity).then_some((weighed, similarity))
        }
        Verdict::Conflict => alarm::between(meeting, &weighed, similarity).then_some((weighed, similarity)),
        verdict if inside => repeats(meeting, verdict, similarity).then_some((weighed, similarity)),
        Verdict::Consistent if meeting.sure_story() && meeting.bond() < BOND => None,
        _ => Some((weighed, similarity)),
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

/// Each figure keeps one partner in each document: first its copy, then whoever says the same, then whoever is most
/// similar.
fn one_partner_each(frames: &[Frame], copies: &Copies, mut met: Vec<Met>) -> Vec<Met> {
    let rank = |verdict| match verdict {
        Verdict::Agree => 0,
        Verdict::Consistent => 1,
        Verdict::Conflict => 2,
        Verdict::NotComparable => 3u64,
    };
    // the bits of a number from 0 to 1 are in the order of the numbers
    met.sort_by_cached_key(|m| rank(m.weighed.verdict) << 62 | (2.0 - m.similarity).to_bits() >> 2);
    let mut taken: HashSet<u64, Keyed> = HashSet::default();
    // spread by Fibonacci hashing, as the set takes its keys for hashes
    let of = |frame: usize, document: usize| {
        ((frame as u64) << 32 | document as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32)
    };
    let mut free = |i: usize, k: usize| {
        let places = [of(i, frames[k].document), of(k, frames[i].document)];
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

/// Of reports of one story the figures without a partner that seem to be one with a slip of the pen, where no other figure
/// is left that can be meant.
fn left_over(frames: &[Frame], met: &[Met], left: Vec<(Met, bool)>) -> impl Iterator<Item = Met> {
    let ends = |m: &Met| [(m.i, frames[m.k].document), (m.k, frames[m.i].document)];
    let comparable = met.iter().filter(|m| m.weighed.verdict != Verdict::NotComparable);
    let taken: HashSet<(usize, usize)> = comparable.flat_map(ends).collect();
    let mut free: HashMap<(usize, usize), usize> = HashMap::new();
    let left: Vec<(Met, bool)> =
        left.into_iter().filter(|(m, _)| !ends(m).iter().any(|end| taken.contains(end))).collect();
    for end in left.iter().flat_map(|(m, _)| ends(m)) {
        *free.entry(end).or_default() += 1;
    }
    let only: Vec<bool> = left.iter().map(|(m, slip)| *slip && ends(m).iter().all(|end| free[end] == 1)).collect();
    left.into_iter().zip(only).filter(|(_, only)| *only).map(|((met, _), _)| met)
}

/// Figures of sentences that stand in an earlier place word for word, as when papers print the report of one agency: they
/// say what the original says, and need comparing with the rest of their own document only.
struct Copies {
    /// The original of each frame.
    of: Vec<Option<usize>>,
    /// The documents that are nothing but copies of one other.
    whole: Vec<bool>,
    /// The documents that have copies.
    some: Vec<bool>,
}

impl Copies {
    fn new(frames: &[Frame], documents: usize) -> Copies {
        let mut known: HashMap<u64, usize, Keyed> = HashMap::default();
        let original = |(i, frame): (usize, &Frame)| {
            let first = *known.entry(frame.identity ^ frame.class.key()).or_insert(i);
            (first != i).then_some(first)
        };
        let of: Vec<Option<usize>> = frames.iter().enumerate().map(original).collect();
        let mut whole = vec![false; documents];
        let mut some = vec![false; documents];
        let mut first = 0;
        for own in frames.chunk_by(|a, b| a.document == b.document) {
            let from = |k: &Option<usize>| k.map(|k| frames[k].document).filter(|d| *d != own[0].document);
            let originals = &of[first..first + own.len()];
            some[own[0].document] = originals.iter().any(Option::is_some);
            let mut origins = originals.iter().map(from);
            let one = origins.next().flatten();
            whole[own[0].document] = one.is_some() && origins.all(|document| document == one);
            first += own.len();
        }
        Copies { of, whole, some }
    }

    /// Whether a frame needs comparing with its original only, which stands in the same document or has all the others of
    /// its own beside it.
    fn needless(&self, i: usize, frames: &[Frame]) -> bool {
        let document = frames[i].document;
        self.whole[document] || self.of[i].is_some_and(|original| frames[original].document == document)
    }
}

/// From class and word to the frames that have it beside their figure; copies can only be found within their document.
struct Index(HashMap<u64, Vec<u32>, Keyed>);

impl Index {
    fn new(frames: &[Frame], copies: &Copies) -> Index {
        let mut lists: HashMap<u64, Vec<u32>, Keyed> = HashMap::default();
        for (i, frame) in frames.iter().enumerate().filter(|(i, _)| !copies.needless(*i, frames)) {
            let inside = copies.of[i].map_or(0, |_| within(frame.document));
            for key in keys(frame) {
                lists.entry(key ^ inside).or_default().push(i as u32);
            }
        }
        Index(lists)
    }

    /// The later frames that share most words with this one.
    fn candidates(&self, i: usize, frames: &[Frame], copies: &Copies) -> Vec<usize> {
        let frame = &frames[i];
        if copies.needless(i, frames) {
            return Vec::new();
        }
        let later = |key: u64| {
            let list = self.0.get(&key)?;
            Some(&list[list.partition_point(|&k| k as usize <= i)..]).filter(|list| !list.is_empty())
        };
        let own = |k: &u32| frames[*k as usize].document == frame.document;
        let copy = copies.of[i].is_some();
        if frames.len() <= FEW && !copy {
            let comparable = |k: &usize| {
                let other = &frames[*k];
                other.class == frame.class
                    && (other.document != frame.document || other.sentence != frame.sentence)
                    && (copies.of[*k].is_none() || other.document == frame.document)
            };
            return (i + 1..frames.len()).filter(comparable).collect();
        }
        let inside = Some(within(frame.document)).filter(|_| copies.some[frame.document]);
        let mut lists: Vec<&[u32]> = Vec::with_capacity(2 * frame.words.len());
        for key in keys(frame) {
            lists.extend(later(key).map(|list| if copy { &list[..list.partition_point(own)] } else { list }));
            lists.extend(inside.and_then(|inside| later(key ^ inside)));
        }
        lists.sort_unstable_by_key(|list| list.len());
        let mut hits: Vec<u32> = Vec::with_capacity(4 * MOST);
        for list in lists {
            let room = 4 * MOST - hits.len();
            hits.extend_from_slice(&list[..list.len().min(room)]);
        }
        hits.sort_unstable();
        let comparable =
            |k: usize| frames[k].document != frame.document || frames[k].sentence != frame.sentence;
        // the same digits say more than a word
        let same = |k: usize| frame.digits.is_some() && frames[k].digits == frame.digits;
        let weight = |run: &[u32]| run.len() + if same(run[0] as usize) { SAME_DIGITS } else { 0 };
        let runs = hits.chunk_by(|x, y| x == y).map(|run| (weight(run), run[0] as usize));
        let mut found: Vec<(usize, usize)> = Vec::with_capacity(4 * MOST);
        found.extend(runs.filter(|(_, k)| comparable(*k)));
        found.sort_unstable_by_key(|&(common, k)| (Reverse(common), k));
        found.into_iter().take(MOST).map(|(_, k)| k).collect()
    }
}

/// A number that tells the lists of one document from those of the others.
fn within(document: usize) -> u64 {
    (document as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The words by which a frame is found among those of its class.
fn keys(frame: &Frame) -> impl Iterator<Item = u64> + '_ {
    let class = frame.class.key();
    let digits = frame.digits.map(|digits| digits.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    frame.words.iter().filter(|w| w.1 >= 0.4).map(|w| w.0).chain(digits).map(move |key| key ^ class)
}

fn place(frame: &Frame) -> Place {
    Place { document: frame.document, item: Item::Figure(frame.figure) }
}
