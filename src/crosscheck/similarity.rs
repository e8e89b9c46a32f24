//! How surely two figures speak of the same thing.
//!
//! The score is `thing × setting`, each from 0 to 1:
//!
//! * `thing` is 1 where the counted things are the same by the lexicon (heads and synonyms), 0.9 where one is a kind of
//!   the other ("people" and "pensioners") or is left out ("12 killed");
//! * `setting` is the share of telling words that both have: *c* / (*c* + 0.8 *s* + 0.1 *l*), where *c* weighs the words
//!   in common, *s* the others of the side that has less of its own and *l* those of the other side (*s* and *l* less than a third of that where the names of two documents say that they tell one story, a fifth where
//!   they surely do). A word counts in full beside the figure, 0.4 elsewhere in its sentence, and a fifth of that if half of
//!   all news has it.
//!
//! What contradicts that they speak of the same thing (another time, place, name, role, or an exclusive concept such as
//! killed and injured) is no low score but a reason: they cannot be compared.

use rust_decimal::Decimal;

use super::frame::{Class, Frame, Stance};
use super::stories::{LONG_TEXT, ONE_STORY, Stories};
use super::verdict::code;
use super::words::key;
use super::{Checked, Reason};
use crate::figure::{ChangeRole, Comparator, Dimension, Figure, TimeExpression};

/// Within so many bytes of its start a text says what its headline says.
const LEAD: u32 = 300;

/// What was so many days before the publication is no news of the day.
const LONG_AGO: i32 = 200;

/// Below this nothing is said of two figures.
pub(super) const LEAST: f64 = 0.5;

/// Two frames on their way to be compared.
pub(super) struct Meeting<'a> {
    pub documents: &'a [Checked<'a>],
    /// The names of each document.
    pub names: &'a [Vec<u64>],
    pub stories: &'a Stories,
    pub a: &'a Frame,
    pub b: &'a Frame,
}

impl Meeting<'_> {
    /// The score and, where they cannot be compared whatever it is, why.
    pub fn similarity(&self) -> (f64, Option<Reason>) {
        let (a, b) = (self.a, self.b);
        if a.identity == b.identity {
            return (1.0, None);
        }
        let setting = self.setting();
        if setting < LEAST && a.class != Class::Age {
            return (setting, None);
        }
        if a.class == Class::Age && self.one_person() {
            return (0.95, None);
        }
        if let Some(reason) = self.apart() {
            return (setting, Some(reason));
        }
        let Some(thing) = self.thing() else { return (setting, Some(Reason::DifferentSubject)) };
        let mut score = thing * setting;
        let sure = self.sure_story();
        for (doubtful, factor) in [
            (self.lacks_an_aspect(), if sure { 0.95 } else { 0.85 }),
            (self.lacks_names() && !sure, 0.9),
            (a.stage.is_some() != b.stage.is_some(), 0.85),
            (a.stance != b.stance, 0.95),
            (a.stretch != b.stretch, 0.5),
            (a.role.is_some() != b.role.is_some() && a.class == Class::Count, 0.95),
        ] {
            score *= if doubtful { factor } else { 1.0 };
        }
        (score, None)
    }

    /// Whether two ages are those of the same person, by name.
    fn one_person(&self) -> bool {
        let (f, g) = self.figures();
        // "people under 30" is nobody's age
        let value = |f: &Figure| {
            let q = &f.quantity;
            q.value.is_some() && matches!(q.comparator, Comparator::Exact | Comparator::Approximately)
        };
        // "Moller, a 34-year-old electrician": the only name of the sentence
        let bearer = |f: &Frame| match f.who.is_empty() {
            true => f.names.iter().copied().take(if f.names.len() > 2 { 0 } else { 2 }).collect(),
            false => f.who.clone(),
        };
        let (x, y): (Vec<u64>, Vec<u64>) = (bearer(self.a), bearer(self.b));
        let shared = x.iter().filter(|n| y.contains(n)).count();
        value(f) && value(g) && shared > 0 && (shared == x.len() || shared == y.len())
    }

    fn figures(&self) -> (&Figure, &Figure) {
        (self.figure(self.a), self.figure(self.b))
    }

    fn figure(&self, f: &Frame) -> &Figure {
        &self.documents[f.document].extraction.figures[f.figure]
    }

    /// Whether one is a part of, or comes on top of, or is what each one gets of what the other is.
    pub fn limits_differ(&self) -> bool {
        let differ = |flag: fn(&Frame) -> bool| flag(self.a) != flag(self.b);
        differ(|f| f.further)
            || differ(|f| f.part)
            || differ(|f| f.each)
            || differ(|f| f.separate)
            || differ(|f| f.estimate) && self.a.source != self.b.source
            || a_term_differs(self.a, self.b)
                && (self.a.class != Class::Duration || self.a.priced && self.b.priced)
            || self.sessions_differ()
            || self.places_differ()
            || self.periods_differ()
            || self.scopes_differ()
    }

    /// A quarter and the whole year, and what was said of a year long ago and of today.
    fn periods_differ(&self) -> bool {
        let (a, b) = (self.a, self.b);
        let time = |f: &Frame| {
            f.time
                .and_then(|t| self.documents[f.document].extraction.times.get(t))
                .filter(|t| t.end.is_some())
        };
        let old = |f: &Frame| {
            let published = self.documents[f.document].document.publish_date;
            let days = time(f).and_then(|t| t.end).zip(published).map(|(end, day)| (day - end).get_days());
            days.is_some_and(|days| days > LONG_AGO)
        };
        let own = |f: &Frame| self.figure(f).time.is_some();
        a.period.zip(b.period).is_some_and(|(x, y)| x != y)
            || own(a) && old(a) && time(b).is_none_or(|_| !old(b))
            || own(b) && old(b) && time(a).is_none_or(|_| !old(a))
    }

    /// "Among women, 7.6 per cent": of whom the other sentence does not speak.
    fn scopes_differ(&self) -> bool {
        let unknown = |of: &Frame, to: &Frame| {
            let known = |key: &u64| {
                to.words.binary_search_by_key(key, |w| w.0).is_ok()
                    || self.names[to.document].binary_search(key).is_ok()
            };
            !of.within.is_empty() && !of.within.iter().any(known)
        };
        self.a.document != self.b.document && (unknown(self.a, self.b) || unknown(self.b, self.a))
    }

    /// A price at lunchtime and one at the close.
    fn sessions_differ(&self) -> bool {
        self.a.session.zip(self.b.session).is_some_and(|(x, y)| x != y)
    }

    /// Whether one is said of a place that the other document, though it is long enough, never names.
    fn places_differ(&self) -> bool {
        let unknown = |of: &Frame, to: &Frame| {
            let long = self.documents[to.document].document.text.len() >= LONG_TEXT;
            let known = |name: &u64| self.names[to.document].binary_search(name).is_ok();
            long && !of.places.is_empty() && !of.names.iter().any(known)
        };
        self.a.document != self.b.document && (unknown(self.a, self.b) || unknown(self.b, self.a))
    }

    /// The share of words in common; 0 where there is none that tells.
    fn setting(&self) -> f64 {
        let (a, b) = (&self.a.words, &self.b.words);
        let (mut common, mut own_a, mut own_b) = (0.0, 0.0, 0.0);
        let (mut i, mut k) = (0, 0);
        while i < a.len() || k < b.len() {
            match (a.get(i), b.get(k)) {
                (Some(x), Some(y)) if x.0 == y.0 => {
                    common += (x.1 * y.1).sqrt();
                    (i, k) = (i + 1, k + 1);
                }
                (Some(x), y) if y.is_none_or(|y| x.0 < y.0) => {
                    own_a += x.1;
                    i += 1;
                }
                (_, Some(y)) => {
                    own_b += y.1;
                    k += 1;
                }
                (_, None) => break,
            }
        }
        let (less, more) = (f32::min(own_a, own_b), f32::max(own_a, own_b));
        let rest = match () {
            () if self.sure_story() => 0.2,
            () if self.one_story() => 0.3,
            () => 1.0,
        };
        let whole = common + rest * (0.8 * less + 0.1 * more);
        if whole == 0.0 { 0.0 } else { f64::from(common / whole) }
    }

    /// How the counted things match; `None` where they differ.
    fn thing(&self) -> Option<f64> {
        let (a, b) = (self.a, self.b);
        let inside = |thing: u64, f: &Frame| f.words.binary_search_by_key(&thing, |w| w.0).is_ok();
        match (a.thing, b.thing) {
            (Some(x), Some(y)) if x == y => Some(1.0),
            _ if a.scale.is_some() && a.scale == b.scale => Some(0.95),
            (Some(x), Some(y)) if a.kind == Some(y) || b.kind == Some(x) => Some(0.9),
            (Some(_), Some(_)) if a.person && b.person && (a.anyone || b.anyone) => {
                self.shares_an_aspect().then_some(0.9)
            }
            (Some(_), Some(_)) => None,
            // "five dead" and "thousands spent the night in the open"
            (None, None) if a.class == Class::Count => (self.fate(a) == self.fate(b)).then_some(0.85),
            (None, None) => Some(1.0),
            (x, _) => {
                let (full, elided) = if x.is_some() { (a, b) } else { (b, a) };
                let person = full.person
                    && (self.shares_an_aspect() || elided.crowd && (!full.anyone || self.sure_story()));
                let said = full.thing_word.is_some_and(|word| inside(word, elided));
                // "Of these, 383 had waited": all else is the same
                (person || said || full.person && self.setting() >= 0.8).then_some(0.9)
            }
        }
    }

    /// Why the two cannot be compared.
    fn apart(&self) -> Option<Reason> {
        let (a, b) = (self.a, self.b);
        if self.roles_differ() {
            return Some(Reason::DifferentRole);
        }
        if self.times_differ() || self.stages_differ() {
            return Some(Reason::DifferentTime);
        }
        if a.stance != b.stance && (a.stance == Stance::Open || b.stance == Stance::Open) {
            return Some(Reason::DifferentModality);
        }
        if self.other_story() || self.names_differ() || self.subjects_differ() || self.aspects_differ() {
            return Some(Reason::DifferentSubject);
        }
        None
    }

    /// Whether nothing but the words around speaks against two figures of one story being the same; less does where they
    /// have the same digits.
    pub fn may_be_one(&self, same: bool) -> bool {
        let (a, b) = (self.a, self.b);
        let stance = same || a.stance == b.stance || a.stance != Stance::Open && b.stance != Stance::Open;
        let told = |x: &(&str, &str)| {
            !matches!(x.0, "money" | "extent") && b.aspects.iter().any(|y| x.0 == y.0 && x.1 != y.1)
        };
        let aspects = if same { a.aspects.iter().any(told) } else { self.aspects_differ() };
        let else_apart = self.roles_differ() || self.times_differ() || self.stages_differ() || aspects;
        self.one_story() && stance && !else_apart && !self.limits_differ()
    }

    /// A level is also what a change leads to. What was counted one by one may be given as a loss in one text and as a
    /// number in the other; a percentage may not.
    fn roles_differ(&self) -> bool {
        let level = |role: Option<ChangeRole>| role.filter(|r| *r != ChangeRole::To);
        let (x, y) = (level(self.a.role), level(self.b.role));
        let loose = matches!(self.a.class, Class::Count | Class::Measure(_) | Class::Rate | Class::Money);
        x != y && !(loose && x != Some(ChangeRole::From) && y != Some(ChangeRole::From))
    }

    fn times_differ(&self) -> bool {
        let time = |f: &Figure, frame: &Frame| {
            let extraction = self.documents[frame.document].extraction;
            let text = self.documents[frame.document].document.text;
            let counting = self.a.until || self.b.until;
            let time = if counting { frame.time } else { f.time };
            let time = time.and_then(|t| extraction.times.get(t))?;
            // "twice as much as a year earlier": the time of what it is compared with
            let earlier = ["earlier", "ago", "before"].iter().any(|w| time.span.of(text).ends_with(w));
            (!earlier || frame.role == Some(ChangeRole::From)).then_some((time, text))
        };
        let (f, g) = self.figures();
        match (time(f, self.a), time(g, self.b)) {
            (Some(x), Some(y)) if self.reported(x.0, y.0) || self.reported(y.0, x.0) => false,
            (Some(x), Some(y)) => {
                let counting = self.a.until || self.b.until;
                let report = !counting && self.one_story() && self.shares_a_fate() && days_apart(x.0, y.0);
                apart(x, y) && !report
            }
            _ => false,
        }
    }

    /// The first round and the second.
    fn stages_differ(&self) -> bool {
        let stages = self.a.stage.zip(self.b.stage);
        stages.is_some_and(|(x, y)| x.of == y.of && x.number != y.number)
    }

    /// Weight of what both say of the figure itself beyond the names of the story: what is counted, what happened, and
    /// the words beside it.
    pub fn bond(&self) -> f32 {
        let (a, b) = (self.a, self.b);
        let (f, g) = self.figures();
        let name = |k: u64| a.names.binary_search(&k).is_ok() || b.names.binary_search(&k).is_ok();
        let other = |k: u64| b.words.binary_search_by_key(&k, |w| w.0).ok().map(|i| b.words[i].1);
        let words = a.words.iter().filter(|w| !name(w.0)).filter_map(|w| Some((w.1 * other(w.0)?).sqrt()));
        let telling_class = match a.class {
            Class::Measure(dimension) => !matches!(dimension, Dimension::Length | Dimension::Time),
            Class::Rate => code(f) == code(g),
            Class::Score | Class::Age => true,
            _ => false,
        };
        let same = [
            telling_class,
            a.thing.is_some() && a.thing == b.thing,
            a.scale.is_some() && a.scale == b.scale,
            a.crowd && b.crowd,
            a.role == Some(ChangeRole::By) && a.role == b.role,
        ];
        let aspects = a.aspects.iter().filter(|x| b.aspects.contains(x)).count();
        words.sum::<f32>() + (same.into_iter().filter(|same| *same).count() + aspects) as f32
    }

    /// Whether nothing says that two documents tell of the same: neither a name in both sentences, nor enough names that
    /// both documents have.
    fn other_story(&self) -> bool {
        let (a, b) = (self.a, self.b);
        if a.document == b.document || self.shares_a_name() {
            return false;
        }
        let long = |f: &Frame| self.documents[f.document].document.text.len() >= LONG_TEXT;
        match self.stories.of(a, b).shared {
            Some(shared) => shared < ONE_STORY,
            None => long(a) && long(b) && self.telling() < 2.0,
        }
    }

    pub fn shares_a_name(&self) -> bool {
        self.a.names.iter().any(|n| self.b.names.binary_search(n).is_ok())
    }

    /// Whether more than names says that they speak of the same: the counted thing, what happened, or a telling word.
    pub fn more_than_names(&self) -> bool {
        let (a, b) = (self.a, self.b);
        let name = |k: u64| a.names.binary_search(&k).is_ok();
        let word = |k: u64| b.words.binary_search_by_key(&k, |w| w.0).is_ok_and(|i| b.words[i].1 >= 0.4);
        let telling = || a.words.iter().any(|w| w.1 >= 0.4 && !name(w.0) && word(w.0));
        let subject = a.subject.is_some_and(|s| a.subject == b.subject && !name(s));
        subject
            || a.class == Class::Age && self.one_person()
            || a.thing.is_some() && a.thing == b.thing
            || self.shares_an_aspect()
            || telling()
    }

    /// Whether nothing tells what is asked or counted: 62 % who disapprove, of one thing or another; four and three.
    pub fn says_little(&self) -> bool {
        let (f, g) = self.figures();
        let small = |f: &Figure| f.quantity.value.is_some_and(|v| v < Decimal::TEN);
        let sole = ["jobless", "inflation"];
        let asked = self.a.class == Class::Share && !self.a.aspects.iter().any(|x| sole.contains(&x.1));
        let few = self.a.class == Class::Count && small(f) && small(g) && !self.shares_a_fate();
        (asked || few) && self.telling() < 1.0
    }

    /// Weight of the telling words that both have beyond what is counted and what happened to it.
    pub fn telling(&self) -> f32 {
        let (a, b) = (self.a, self.b);
        let known = |k: u64| {
            let aspect = |f: &Frame| f.aspects.iter().any(|x| key(x.1) == k);
            a.thing == Some(k) || b.thing == Some(k) || aspect(a) || aspect(b)
        };
        let other = |k: u64| b.words.binary_search_by_key(&k, |w| w.0).ok().map(|i| b.words[i].1);
        let both = a.words.iter().filter(|w| !known(w.0)).filter_map(|w| Some(w.1.min(other(w.0)?)));
        both.filter(|w| *w >= 0.4).sum()
    }

    /// Whether the first is but the day of the report and the second the quarter or year that it is about.
    fn reported(&self, day: &TimeExpression, period: &TimeExpression) -> bool {
        let business = matches!(self.a.class, Class::Money | Class::Share | Class::Rate);
        let length = |t: &TimeExpression| t.start.zip(t.end).map(|(s, e)| (e - s).get_days());
        let published = [self.a, self.b].map(|f| self.documents[f.document].document.publish_date);
        let recent = |p: jiff::civil::Date| day.start.is_some_and(|d| (0..=3).contains(&(p - d).get_days()));
        business
            && length(day) == Some(0)
            && length(period).is_some_and(|days| days > 20)
            && published.into_iter().flatten().any(recent)
    }

    /// Names without any in common, where neither document has those of the other.
    fn names_differ(&self) -> bool {
        let (a, b) = (self.a, self.b);
        let known = |names: &[u64], f: &Frame| {
            names
                .iter()
                .any(|n| self.names[f.document].binary_search(n).is_ok() || f.names.binary_search(n).is_ok())
        };
        if self.shares_a_name() || a.names.is_empty() || b.names.is_empty() {
            return false;
        }
        let (one, other) = (known(&a.names, b), known(&b.names, a));
        a.document == b.document || if self.sure_story() { !one && !other } else { !one || !other }
    }

    /// Subjects that are other names, or other things that the other sentence does not mention.
    fn subjects_differ(&self) -> bool {
        let (a, b) = (self.a, self.b);
        let mentions = |f: &Frame, key: u64| {
            f.words.binary_search_by_key(&key, |w| w.0).is_ok() || f.names.binary_search(&key).is_ok()
        };
        let unknown = |of: &Frame, to: &Frame| of.anchor.is_some_and(|k| !mentions(to, k));
        let others = |of: &Frame, to: &Frame| !of.who.is_empty() && !of.who.iter().any(|k| mentions(to, *k));
        // "Cortland county" and "Harmon county"
        let others_named = |which: usize, same: bool| {
            let own = |of: &Frame, to: &Frame| of.modifiers[which].iter().any(|k| !mentions(to, *k));
            same && own(a, b) && own(b, a)
        };
        let heads = [a.anchor.is_some() && a.anchor == b.anchor, a.thing.is_some() && a.thing == b.thing];
        let modified = others_named(0, heads[0]) || others_named(1, heads[1]);
        let loose = || !matches!(a.class, Class::Count | Class::Money | Class::Share) || self.bond() >= 1.0;
        let unknown = unknown(a, b) && unknown(b, a) && !(self.sure_story() && loose());
        unknown || others(a, b) && others(b, a) || modified
    }

    fn aspects_differ(&self) -> bool {
        let other = |group| self.b.aspects.iter().find(|x| x.0 == group);
        let states = |f: &Frame, group| f.aspects.iter().any(|x| x.0 == group);
        let alone = |group| states(self.a, group) != states(self.b, group);
        self.a.aspects.iter().any(|x| other(x.0).is_some_and(|y| y.1 != x.1))
            || alone("scope")
            || alone("wish")
    }

    /// Whether the same thing is said to have happened to those whom both count.
    pub fn shares_a_fate(&self) -> bool {
        self.fate(self.a).is_some() && self.fate(self.a) == self.fate(self.b)
    }

    fn fate(&self, of: &Frame) -> Option<&'static str> {
        of.aspects.iter().find(|x| x.0 == "fate").map(|x| x.1)
    }

    /// Whether the names of two documents say that they tell one story.
    fn one_story(&self) -> bool {
        self.stories.of(self.a, self.b).shared.is_some_and(|shared| shared >= ONE_STORY) || self.sure_story()
    }

    /// Whether two documents evidently tell one story.
    pub fn sure_story(&self) -> bool {
        self.stories.of(self.a, self.b).sure || self.headline_and_lead()
    }

    /// Whether one stands in the headline and the other where the text begins, which tells the same.
    pub fn headline_and_lead(&self) -> bool {
        let lead = |f: &Frame| !f.headline && f.sentence.start < LEAD;
        let (a, b) = (self.a, self.b);
        a.document == b.document && (a.headline && lead(b) || b.headline && lead(a))
    }

    fn shares_an_aspect(&self) -> bool {
        self.a.aspects.iter().any(|x| self.b.aspects.contains(x))
    }

    /// Whether one says what happened and the other does not.
    fn lacks_an_aspect(&self) -> bool {
        self.a.aspects.len() != self.b.aspects.len()
    }

    fn lacks_names(&self) -> bool {
        self.a.names.is_empty() != self.b.names.is_empty()
    }
}

/// Whether what they are said of is named by different lengths of time: a two-year and a five-year loan.
fn a_term_differs(a: &Frame, b: &Frame) -> bool {
    a.term.zip(b.term).is_some_and(|(x, y)| x != y)
}

/// Whether two times are days next to each other: that of what happened in one report, that of the news of it in the other.
fn days_apart(a: &TimeExpression, b: &TimeExpression) -> bool {
    let day = |t: &TimeExpression| t.start.filter(|s| t.end == Some(*s));
    day(a).zip(day(b)).is_some_and(|(x, y)| (x - y).get_days().abs() <= 2)
}

/// Whether two times cannot be the same or overlap.
fn apart((a, text_a): (&TimeExpression, &str), (b, text_b): (&TimeExpression, &str)) -> bool {
    if let (Some(a_start), Some(a_end), Some(b_start), Some(b_end)) = (a.start, a.end, b.start, b.end) {
        let days = |from: jiff::civil::Date, to: jiff::civil::Date| (to - from).get_days() + 1;
        let both = days(a_start.max(b_start), a_end.min(b_end));
        // "between 1990 and 2010" and "between 2010 and 2020"
        let ranges = a.timex.contains('/') && b.timex.contains('/');
        return both <= 0 || ranges && both * 2 < days(a_start, a_end).max(days(b_start, b_end));
    }
    let day = |timex: &str| timex.split('T').next().unwrap_or("").to_owned();
    let (x, y) = (day(&a.timex), day(&b.timex));
    let sort =
        |t: &str| t.get(5..).map(|rest| rest.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned());
    if x.starts_with("XXXX-") && y.starts_with("XXXX-") && x != y && sort(&x) == sort(&y) {
        return true;
    }
    let turn = |t: &TimeExpression, text: &str| {
        let first = t.span.of(text).split_whitespace().next().unwrap_or("").to_lowercase();
        ["last", "this", "next", "previous"].contains(&&*first).then_some(first)
    };
    x == y && turn(a, text_a).zip(turn(b, text_b)).is_some_and(|(x, y)| x != y)
}

/// Whether one document gives both figures, each from a source of its own.
pub(super) fn sources_differ(a: &Frame, b: &Frame) -> bool {
    a.document == b.document && a.source.zip(b.source).is_some_and(|(x, y)| x != y)
}
