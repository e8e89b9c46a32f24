//! Two values that change places: "fell to 3.1% from 3.4%" and "rose from 3.1% to 3.4%", "58% in favour and 32% against" and
//! "32% support it and 58% oppose it".

use std::collections::HashMap;

use super::frame::Frame;
use super::judge;
use super::similarity::Meeting;
use super::verdict::{self, Weighed};
use super::words::Keyed;
use super::{Reason, Verdict};

/// Sentences with more values in common are lists.
const MOST: usize = 6;

/// So many pairs with the same value are looked at in all.
pub(super) const MOST_ENDS: usize = 50_000;

/// Whether two reports of one story give the same value to what cannot be the same.
pub(super) fn is_one_end(meeting: &Meeting<'_>, weighed: &Weighed) -> bool {
    let (a, b) = (meeting.a, meeting.b);
    let (f, g) = meeting.figures();
    a.document != b.document
        && a.class == b.class
        && f.quantity.value.is_some()
        && f.quantity.value == g.quantity.value
        && meeting.sure_story()
        && weighed.verdict == Verdict::Agree
}

/// The contradictions of values that have changed places, of the pairs that have the same value: the left figure, the right
/// one and what is wrong.
pub(super) fn read<'m>(
    frames: &[Frame],
    ends: &[(usize, usize)],
    meeting: &impl Fn(usize, usize) -> Meeting<'m>,
) -> Vec<(usize, usize, Weighed)> {
    let mut together: HashMap<u64, Vec<(usize, usize)>, Keyed> = HashMap::default();
    for &(i, k) in ends {
        let sentence = |i: usize| (frames[i].document, frames[i].sentence.start as usize);
        together.entry(judge::spread(sentence(i), sentence(k))).or_default().push((i, k));
    }
    let mut out = Vec::new();
    let few = together.into_values().filter(|ends| (2..=MOST).contains(&ends.len()));
    for ends in few {
        let pairs = ends
            .iter()
            .enumerate()
            .flat_map(|(n, end)| ends[n + 1..].iter().map(move |other| (*end, *other)));
        for ((i, k), (x, y)) in pairs {
            let beside = frames[i].sentence == frames[x].sentence && frames[k].sentence == frames[y].sentence;
            let same = i == x || k == y || !beside || frames[i].class != frames[x].class;
            if same || !changed_places([meeting(i, k), meeting(x, y)], [meeting(i, y), meeting(x, k)]) {
                continue;
            }
            let crossed = [meeting(i, y), meeting(x, k)];
            for (m, (a, b)) in crossed.iter().zip([(i, y), (x, k)]) {
                let (f, g) = m.figures();
                let weighed = verdict::weigh(f, g);
                let conflict =
                    weighed.verdict == Verdict::Conflict && weighed.reason == Reason::DifferentValue;
                out.extend(conflict.then_some((a, b, weighed)));
            }
        }
    }
    out
}

/// By so much the words say more clearly that the crossed figures belong together.
const CLEARER: f64 = 0.5;

/// Whether what is said of the figures with the same value excludes each other, and what is said of those with the other
/// does not.
fn changed_places(straight: [Meeting<'_>; 2], crossed: [Meeting<'_>; 2]) -> bool {
    let setting = |pairs: &[Meeting<'_>; 2]| pairs.iter().map(Meeting::setting).sum::<f64>();
    let clearer = setting(&crossed) - setting(&straight) >= CLEARER;
    let opposed = straight.iter().any(Meeting::is_opposed);
    let alike = crossed.iter().any(Meeting::is_alike);
    let subjects =
        crossed.iter().all(Meeting::shares_a_subject) && !straight.iter().any(Meeting::shares_a_subject);
    (clearer || subjects || opposed && alike) && crossed.iter().all(Meeting::may_be_alike)
}
