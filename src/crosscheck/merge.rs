//! Says nothing twice and puts the most serious first.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::words::Keyed;
use super::{Checked, Finding, Pair, Place, Verdict, explain};

/// Findings from pairs: figures that say the same stand together, and a contradiction between two such groups is one
/// finding, however many documents repeat it.
pub(super) fn findings(documents: &[Checked<'_>], pairs: Vec<Pair>) -> Vec<Finding> {
    let mut groups = Groups::default();
    for pair in pairs.iter().filter(|p| p.verdict == Verdict::Agree) {
        groups.join(&pair.sides);
    }
    let mut merged: HashMap<(Verdict, super::Reason, Vec<Place>), Pair, Keyed> = HashMap::default();
    for pair in pairs {
        let mut of: Vec<Place> = pair.sides.iter().map(|side| groups.root(*side)).collect();
        of.sort_unstable();
        of.dedup();
        match merged.entry((pair.verdict, pair.reason, of)) {
            Entry::Vacant(free) => drop(free.insert(pair)),
            Entry::Occupied(mut known) => {
                let known = known.get_mut();
                known.similarity = known.similarity.max(pair.similarity);
                known.sides.extend(pair.sides);
            }
        }
    }
    let mut pairs: Vec<Pair> = merged.into_values().map(each_side_once).collect();
    pairs.sort_by(|a, b| seriousness(a).cmp(&seriousness(b)).then_with(|| a.sides.cmp(&b.sides)));
    let writer = explain::Writer::new(documents);
    pairs.into_iter().map(|pair| finding(&writer, pair)).collect()
}

/// The two sides that the explanation speaks of, then the others in their order.
fn each_side_once(mut pair: Pair) -> Pair {
    let mut others = pair.sides.split_off(2.min(pair.sides.len()));
    others.sort_unstable();
    others.dedup();
    others.retain(|side| !pair.sides.contains(side));
    pair.sides.append(&mut others);
    pair
}

/// Verdict, then reason, then how far apart the values are and how sure it is.
fn seriousness(pair: &Pair) -> (Verdict, super::Reason, std::cmp::Reverse<i64>) {
    let apart = pair.difference.and_then(|d| f64::try_from(d).ok()).unwrap_or(1.0);
    (pair.verdict, pair.reason, std::cmp::Reverse((apart * pair.similarity * 1e6) as i64))
}

fn finding(writer: &explain::Writer<'_>, pair: Pair) -> Finding {
    Finding {
        explanation: writer.sentence(&pair),
        verdict: pair.verdict,
        reason: pair.reason,
        sides: pair.sides,
        difference: pair.difference,
        similarity: (pair.similarity.clamp(0.0, 1.0) * 100.0).round() / 100.0,
    }
}

/// Figures that say the same, joined.
#[derive(Default)]
struct Groups(HashMap<Place, Place, Keyed>);

impl Groups {
    fn root(&self, of: Place) -> Place {
        let mut at = of;
        while let Some(&up) = self.0.get(&at) {
            at = up;
        }
        at
    }

    fn join(&mut self, places: &[Place]) {
        for two in places.windows(2) {
            let (x, y) = (self.root(two[0]), self.root(two[1]));
            // The earliest stays the root, so that the answer does not depend on the order of the pairs.
            if x != y {
                self.0.insert(x.max(y), x.min(y));
            }
        }
    }
}
