//! When two figures that cannot both be true are worth an alarm: an editor stops reading after two false ones.

use rust_decimal::Decimal;

use super::codes;
use super::frame::{Class, Frame};
use super::similarity::{LEAST, Meeting};
use super::slip::{self, Misprint};
use super::verdict::Weighed;
use super::{Reason, Verdict};
use crate::figure::Kind;

/// Least similarity at which two figures are said to contradict each other.
const CONFLICT: f64 = 0.55;

/// The same where the values are more than five times apart.
const CONFLICT_FAR: f64 = 0.8;

/// The same for most figures of one document, which rarely says a thing twice.
const INSIDE: f64 = 0.7;

/// At which similarity nothing but the same can be meant.
pub(super) const SURE: f64 = 0.97;

/// Values whose relative difference is more are over five times apart.
const FAR: Decimal = Decimal::from_parts(8, 0, 0, false, 1);

/// So many equal digits are no chance.
const TELLING_DIGITS: u32 = 3;

/// What documents of one story say alike of two figures, beyond the names of the story, is at least as much.
pub(super) const BOND: f32 = 0.9;

/// The same of two counts or shares, of which a text has many.
const BOND_OF_COUNTS: f32 = 1.25;

/// The same of one number in two units.
const BOND_OF_UNITS: f32 = 0.6;

/// Whether a contradiction between two documents is one.
pub(super) fn between(meeting: &Meeting<'_>, weighed: &Weighed, similarity: f64) -> bool {
    let (a, b) = (meeting.a, meeting.b);
    let off = |least: Decimal| weighed.difference.is_some_and(|d| d > least);
    let slip = matches!(weighed.reason, Reason::ScaleSlip | Reason::UnitSlip);
    let counts = matches!(a.class, Class::Count | Class::Share);
    // a price of one thing and a price of another, seats of one party and of another
    let loose =
        |f: &Frame| f.plain.as_ref().is_some_and(|p| p.kind == Kind::Money || !p.quantity.parts.is_empty());
    if (loose(a) || loose(b)) && similarity < CONFLICT_FAR && !slip {
        return false;
    }
    let large = |f: &Frame| meeting.figure(f).quantity.value.is_some_and(|v| v >= Decimal::ONE_THOUSAND);
    let bond = if large(a) && large(b) && similarity >= CONFLICT_FAR { BOND } else { BOND_OF_COUNTS };
    let little = meeting.says_little() || counts && meeting.bond() < bond;
    let scaled = a.class == Class::Count && weighed.reason == Reason::ScaleSlip;
    // Values far apart are rather two things than one.
    let far = if a.class == Class::Share { Decimal::new(5, 1) } else { FAR };
    let least = match () {
        () if scaled => INSIDE,
        () if weighed.reason != Reason::ScaleSlip && off(far) => CONFLICT_FAR,
        () => CONFLICT,
    };
    if little && !slip || similarity < least || !slip && parts_make_up(meeting) {
        return false;
    }
    let sure = meeting.sure_story();
    let telling = if sure { TELLING_DIGITS - 1 } else { TELLING_DIGITS };
    let digits = |f: &Frame| meeting.figure(f).quantity.significant_digits >= telling;
    if slip && digits(a) && digits(b) {
        return true;
    }
    // That a story is the same makes few words enough, unless the values are far apart as well.
    match (sure, off(Decimal::new(4, 1)) && !slip) {
        (true, true) => far_apart(meeting, weighed, similarity),
        (true, false) if weighed.reason == Reason::UnitSlip => meeting.bond() >= BOND_OF_UNITS,
        (true, false) => meeting.bond() >= BOND,
        (false, _) => meeting.more_than_names(),
    }
}

/// Whether two values that are far apart are one figure nevertheless: by a misprint, or by all that is said of them.
fn far_apart(meeting: &Meeting<'_>, weighed: &Weighed, similarity: f64) -> bool {
    let half = weighed.difference.is_some_and(|d| d <= Decimal::new(6, 1));
    let (f, g) = meeting.figures();
    let misprint = slip::misprint(f, g);
    matches!(misprint, Some((Misprint::Exchanged, _) | (_, 3..)))
        || misprint.is_some_and(|m| m.0 == Misprint::Dropped) && meeting.telling() >= 1.0
        || similarity >= SURE && meeting.bond() >= 2.0
        || half && similarity >= CONFLICT_FAR && meeting.bond() >= 3.0 && meeting.telling() >= 2.0
}

/// In reports of one story the same value is hardly a chance, whatever the words around: two figures are one, or one with a
/// slip in its unit or scale where they have the same digits. So are digits with a misprint, where a word or the unit says
/// so as well.
pub(super) fn by_value(meeting: &Meeting<'_>, weighed: &Weighed, similarity: f64) -> Option<(Weighed, f64)> {
    let (a, b) = (meeting.a, meeting.b);
    let (f, g) = meeting.figures();
    if a.document == b.document || !meeting.one_story() {
        return None;
    }
    let same = a.digits.is_some() && a.digits == b.digits;
    match weighed.verdict {
        Verdict::Agree | Verdict::Consistent => {
            let one = same || meeting.sure_story() && is_one_value(meeting, weighed);
            (one && meeting.may_be_one(true)).then_some((*weighed, similarity.max(LEAST)))
        }
        Verdict::Conflict => {
            let misprint = if same { None } else { slip::misprint(f, g) };
            let slip = (same || misprint.is_some()) && is_slip(meeting, weighed, misprint, similarity);
            let one = slip && meeting.may_be_one(misprint.is_none()) && !parts_make_up(meeting);
            one.then_some((*weighed, similarity.max(CONFLICT)))
        }
        Verdict::NotComparable => None,
    }
}

/// Whether two figures are one value, converted or rounded, which is no chance: of more than one digit, or with a unit.
fn is_one_value(meeting: &Meeting<'_>, weighed: &Weighed) -> bool {
    let (f, g) = meeting.figures();
    let near = match weighed.reason {
        Reason::SameValue => true,
        Reason::Vague => false,
        _ => weighed.difference.is_some_and(|d| d <= Decimal::new(5, 2)),
    };
    let united = matches!(meeting.a.class, Class::Measure(_) | Class::Duration | Class::Share);
    near && (united || f.quantity.significant_digits.max(g.quantity.significant_digits) >= 2)
}

/// Whether two values that cannot both be true are one with a slip: the same digits, or all but for a misprint.
fn is_slip(
    meeting: &Meeting<'_>,
    weighed: &Weighed,
    misprint: Option<(Misprint, usize)>,
    similarity: f64,
) -> bool {
    let a = meeting.a;
    let (f, g) = meeting.figures();
    let measure = matches!(a.class, Class::Measure(_));
    let thousands = f.quantity.value.is_some_and(|value| value >= Decimal::ONE_THOUSAND);
    let thousandfold = a.class == Class::Money && weighed.reason == Reason::ScaleSlip;
    let slip = matches!(weighed.reason, Reason::ScaleSlip | Reason::UnitSlip) && a.class != Class::Count;
    let one_unit = codes::one_code(f, g);
    match misprint {
        None => slip && (measure || thousandfold || similarity >= 0.4),
        Some((Misprint::Exchanged, 3..)) if one_unit && (measure || a.class == Class::Money) => true,
        Some((Misprint::Exchanged, 3..)) if a.class == Class::Count && meeting.may_be_one_thing() => true,
        Some((_, 2..)) if one_unit && measure && thousands => true,
        Some((Misprint::Dropped, _)) => false,
        Some((Misprint::Exchanged, 2..) | (_, 3..)) => similarity >= 0.3,
        Some(_) => false,
    }
}

/// "148 on board" and "142 passengers and six crew": whether a figure and another of its sentence make the whole that the
/// other report gives.
pub(super) fn parts_make_up(meeting: &Meeting<'_>) -> bool {
    makes_up(meeting, meeting.a, meeting.b) || makes_up(meeting, meeting.b, meeting.a)
}

fn makes_up(meeting: &Meeting<'_>, part: &Frame, whole: &Frame) -> bool {
    let (f, g) = (meeting.figure(part), meeting.figure(whole));
    let Some((x, total)) = f.quantity.value.zip(g.quantity.value) else { return false };
    let figures = &meeting.documents[part.document].extraction.figures;
    let from = figures.partition_point(|o| o.sentence.start < f.sentence.start);
    let beside = figures[from..].iter().take_while(|o| o.sentence == f.sentence);
    let others = beside.filter(|o| o.number != f.number && o.kind == f.kind);
    matches!(part.class, Class::Count | Class::Money)
        && others.filter_map(|o| o.quantity.value).any(|y| x.checked_add(y) == Some(total))
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
pub(super) fn inside(meeting: &Meeting<'_>, weighed: &Weighed, similarity: f64) -> bool {
    if similarity < CONFLICT {
        return false;
    }
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
    similarity >= INSIDE && telling >= 1.0 && (slip || fate)
}
