//! Which figures are compared with which, without comparing everything with everything.
//!
//! An index leads from the telling words of a figure to the other figures of its class that have them, the rarest word
//! first, and from its digits to those with the same; of those the [`MOST`] with most in common are compared, and of [`FEW`]
//! figures each with each.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::frame::Frame;
use super::words::Keyed;

/// So many other figures one is compared with at most.
const MOST: usize = 7;

/// So many figures are compared each with each.
const FEW: usize = 120;

/// So many words do the same digits count for when figures are looked for.
const SAME_DIGITS: usize = 4;

/// Figures of sentences that stand in an earlier place word for word, as when papers print the report of one agency: they
/// say what the original says, and need comparing with the rest of their own document only.
pub(super) struct Copies {
    /// The original of each frame.
    pub of: Vec<Option<usize>>,
    /// The documents that are nothing but copies of one other.
    whole: Vec<bool>,
    /// The documents that have copies.
    some: Vec<bool>,
}

impl Copies {
    pub fn new(frames: &[Frame], documents: usize) -> Copies {
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
pub(super) struct Index(HashMap<u64, Vec<u32>, Keyed>);

impl Index {
    pub fn new(frames: &[Frame], copies: &Copies) -> Index {
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
    pub fn candidates(&self, i: usize, frames: &[Frame], copies: &Copies) -> Vec<usize> {
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
