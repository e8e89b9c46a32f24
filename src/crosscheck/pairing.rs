//! Finds the pairs of figures that speak of the same thing, without comparing everything with everything.
//!
//! An index leads from the telling words of a figure to the other figures of its class that have them, the rarest word
//! first; of those the [`MOST`] with most words in common are compared. Within two documents a figure has one partner: the
//! one that says the same is preferred to one that contradicts.

use std::cmp::Reverse;
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
    let copies = &Copies::new(frames, documents.len());
    let index = Index::new(frames, copies);
    let stories = &Stories::new(documents, names);
    let mut pairs = Vec::new();
    let mut met = Vec::new();
    for i in 0..frames.len() {
        if i % 64 == 0 && !keep_going() {
            return Err(Stopped);
        }
        let compare = |i: usize, k: usize| {
            let meeting = Meeting { documents, names, stories, a: &frames[i], b: &frames[k] };
            let (similarity, apart) = meeting.similarity();
            let judged = (similarity >= AGREE).then(|| judged(&meeting, similarity, apart, options));
            judged.flatten().map(|(weighed, similarity)| Met { i, k, weighed, similarity })
        };
        if let Some(original) = copies.of[i] {
            pairs.extend(compare(original, i));
        }
        met.extend(index.candidates(i, frames, copies).into_iter().filter_map(|k| compare(i, k)));
    }
    pairs.extend(one_partner_each(frames, copies, met));
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
}

/// From class and word to the frames that have it beside their figure; copies can only be found within their document.
struct Index(HashMap<u64, Vec<u32>, Keyed>);

impl Index {
    fn new(frames: &[Frame], copies: &Copies) -> Index {
        let mut lists: HashMap<u64, Vec<u32>, Keyed> = HashMap::default();
        for (i, frame) in frames.iter().enumerate().filter(|(_, f)| !copies.whole[f.document]) {
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
        if copies.whole[frame.document] {
            return Vec::new();
        }
        let later = |key: u64| {
            let list = self.0.get(&key)?;
            Some(&list[list.partition_point(|&k| k as usize <= i)..]).filter(|list| !list.is_empty())
        };
        let own = |k: &u32| frames[*k as usize].document == frame.document;
        let copy = copies.of[i].is_some();
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
        let runs = hits.chunk_by(|x, y| x == y).map(|run| (run.len(), run[0] as usize));
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
    frame.words.iter().filter(|w| w.1 >= 0.4).map(move |w| w.0 ^ class)
}

fn place(frame: &Frame) -> Place {
    Place { document: frame.document, item: Item::Figure(frame.figure) }
}
