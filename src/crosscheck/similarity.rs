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

use super::codes::code;
use super::frame::{Class, Frame};
use super::stories::{ONE_STORY, Stories};
use super::words::key;
use super::{Checked, Reason};
use crate::figure::{ChangeRole, Comparator, Dimension, Figure};

/// Within so many bytes of its start a text says what its headline says.
const LEAD: u32 = 300;

/// Two of one name whose ages are further apart are rather two of a family.
const GENERATION: Decimal = Decimal::from_parts(15, 0, 0, false, 0);

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
        // of a family of one name, mother and son
        let near = f.quantity.value.zip(g.quantity.value).is_some_and(|(x, y)| (x - y).abs() <= GENERATION);
        value(f) && value(g) && shared > 0 && (shared == x.len() || shared == y.len()) && (near || shared > 1)
    }

    pub fn figures(&self) -> (&Figure, &Figure) {
        (self.figure(self.a), self.figure(self.b))
    }

    pub fn figure<'f>(&'f self, f: &'f Frame) -> &'f Figure {
        f.plain.as_deref().unwrap_or(&self.documents[f.document].extraction.figures[f.figure])
    }

    /// How deep in its text the sentence of a figure begins, from 0 to 1.
    pub fn depth(&self, of: &Frame) -> f32 {
        let length = self.documents[of.document].document.text.len().max(1);
        of.sentence.start as f32 / length as f32
    }

    /// The share of words in common; 0 where there is none that tells.
    pub fn setting(&self) -> f64 {
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

    /// Whether nothing says that the counted things are others.
    pub fn may_be_one_thing(&self) -> bool {
        self.a.thing.is_none() || self.b.thing.is_none() || self.thing().is_some()
    }

    /// How the counted things match; `None` where they differ.
    pub fn thing(&self) -> Option<f64> {
        let (a, b) = (self.a, self.b);
        let inside = |thing: u64, f: &Frame| f.words.binary_search_by_key(&thing, |w| w.0).is_ok();
        match (a.thing, b.thing) {
            (Some(x), Some(y)) if x == y => Some(1.0),
            _ if a.scale.is_some() && a.scale == b.scale => Some(0.95),
            (Some(x), Some(y)) if a.kind == Some(y) || b.kind == Some(x) => Some(0.9),
            (Some(_), Some(_)) if a.person && b.person && (a.anyone || b.anyone) => {
                self.shares_an_aspect().then_some(0.9)
            }
            // "her third gold medal" and "Varga's fourth gold"
            (Some(_), Some(_)) if self.names_the_kind() => Some(0.9),
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

    /// Whether what one counts stands before what the other counts: golds and gold medals.
    fn names_the_kind(&self) -> bool {
        let before = |thing: Option<u64>, f: &Frame| {
            thing.is_some_and(|word| f.modifiers[1].binary_search(&word).is_ok())
        };
        before(self.a.thing_word, self.b) || before(self.b.thing_word, self.a)
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
        let by = self.a.role == Some(ChangeRole::By) && self.a.role == self.b.role;
        let by = by && self.a.stretch.is_some() && self.a.stretch == self.b.stretch && self.sure_story();
        let asked = self.a.class == Class::Share
            && !self.a.aspects.iter().any(|x| sole.contains(&x.1))
            && !(by && self.shares_an_aspect());
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

    /// Whether the same thing is said to have happened to those whom both count.
    pub fn shares_a_fate(&self) -> bool {
        self.fate(self.a).is_some() && self.fate(self.a) == self.fate(self.b)
    }

    pub fn fate(&self, of: &Frame) -> Option<&'static str> {
        of.aspects.iter().find(|x| x.0 == "fate").map(|x| x.1)
    }

    /// Whether the names of two documents say that they tell one story.
    pub fn one_story(&self) -> bool {
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

    pub fn shares_an_aspect(&self) -> bool {
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
