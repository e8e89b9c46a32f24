//! Why two figures cannot be compared: another role, time, place, name, source, or part of a whole.

use rust_decimal::Decimal;

use super::Reason;
use super::frame::{Class, Frame, Stance};
use super::similarity::Meeting;
use super::stories::{LONG_TEXT, ONE_STORY};
use super::verdict::Weighed;
use crate::figure::{ChangeRole, Figure, TimeExpression};

/// What was so many days before the publication is no news of the day.
const LONG_AGO: i32 = 200;

impl Meeting<'_> {
    /// Whether one is a part of, or comes on top of, or is what each one gets of what the other is.
    pub fn limits_differ(&self) -> bool {
        let differ = |flag: fn(&Frame) -> bool| flag(self.a) != flag(self.b);
        differ(|f| f.further)
            || differ(|f| f.still)
            || differ(|f| f.then)
            || differ(|f| f.bar)
            || self.a.sorts != self.b.sorts
            || self.turns_differ()
            || self.is_whole()
            || self.goes_on()
            || self.wholes_differ()
    }

    /// The same but for what may be said of one and the same value in one report only: "an extra £84", "now 69 %".
    fn wholes_differ(&self) -> bool {
        let differ = |flag: fn(&Frame) -> bool| flag(self.a) != flag(self.b);
        differ(|f| f.part)
            || differ(|f| f.total)
            || differ(|f| f.each)
            || differ(|f| f.separate)
            || differ(|f| f.estimate) && self.a.source != self.b.source
            || self.terms_differ()
            || self.sessions_differ()
            || self.places_differ()
            || self.periods_differ()
            || self.scopes_differ()
    }

    /// Whether it is left to the model if two figures of reports of one story are one: what is told of another time, stage,
    /// event or name, or as a mere possibility, is another, unless it has the same digits.
    pub fn is_open(&self) -> bool {
        let (a, b) = (self.a, self.b);
        // the same digits are one figure, or a slip
        let same = a.digits.is_some() && a.digits == b.digits;
        let stance = a.stance == b.stance || a.stance != Stance::Open && b.stance != Stance::Open;
        let from = |f: &Frame| f.role == Some(ChangeRole::From);
        self.sure_story()
            && (stance || same)
            && (same || from(a) == from(b))
            && (same || !self.times_differ())
            && !self.stages_differ()
            && (same || !self.aspects_exclude())
            && (same || !self.names_differ())
            && !(a.class == Class::Share && a.sorts != b.sorts)
            && !self.is_whole()
            && !self.sessions_differ()
            && !self.terms_differ()
            && a.period.zip(b.period).is_none_or(|(x, y)| x == y)
    }

    /// "$1.01 a share" and "$1.01 billion": the price of one is no slip of a total, whatever its digits.
    pub fn is_price_of_one(&self, weighed: &Weighed) -> bool {
        let rate = |f: &Frame| f.plain.is_some() && f.class == Class::Money;
        weighed.reason == Reason::ScaleSlip && (rate(self.a) || rate(self.b))
    }

    /// "1.1 million of the 1.3 million": whether one is the whole of which the other is a part.
    fn is_whole(&self) -> bool {
        let (f, g) = self.figures();
        let of = |part: &Figure, whole: &Figure| {
            part.quantity.parts.get(1).is_some_and(|all| whole.quantity.value == Some(*all))
        };
        of(f, g) || of(g, f)
    }

    /// Whether one is said of the time before something and the other of that after it.
    fn turns_differ(&self) -> bool {
        self.a.turn.zip(self.b.turn).is_some_and(|(x, y)| x != y)
    }

    /// What speaks against two figures being one, in the order of the model's features from "roles" to "bar".
    pub fn against(&self) -> [bool; 20] {
        let differ = |flag: fn(&Frame) -> bool| flag(self.a) != flag(self.b);
        [
            self.roles_differ(),
            self.times_differ(),
            self.stages_differ(),
            self.names_differ(),
            self.subjects_differ(),
            self.aspects_differ(),
            self.places_differ(),
            self.periods_differ(),
            self.scopes_differ(),
            differ(|f| f.further),
            differ(|f| f.part),
            differ(|f| f.estimate),
            differ(|f| f.each),
            differ(|f| f.still),
            differ(|f| f.separate),
            self.a.stretch != self.b.stretch,
            self.a.sorts != self.b.sorts,
            self.turns_differ(),
            self.goes_on(),
            differ(|f| f.bar),
        ]
    }

    /// Whether one report is of a later day, on which more may be known dead and fewer missing.
    fn goes_on(&self) -> bool {
        let (f, g) = self.figures();
        let days = self.stories.days_between(self.a, self.b);
        let (Some(x), Some(y)) = (bound(f), bound(g)) else { return false };
        let later = if days > 0 { y - x } else { x - y };
        let fate = self.fate(self.a).filter(|_| self.a.class == Class::Count && self.shares_a_fate());
        let fewer = matches!(fate, Some("missing" | "trapped"));
        days != 0 && fate.is_some() && (later.is_sign_negative() == fewer)
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

    /// Whether what they are said of is named by different lengths of time: a two-year and a five-year loan.
    fn terms_differ(&self) -> bool {
        let (a, b) = (self.a, self.b);
        let differ = a.term.zip(b.term).is_some_and(|(x, y)| x != y);
        differ && (a.class != Class::Duration || a.priced && b.priced)
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

    /// Why the two cannot be compared.
    pub fn apart(&self) -> Option<Reason> {
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
        let from = |f: &Frame| f.role == Some(ChangeRole::From);
        let roles = if same { from(a) != from(b) } else { self.roles_differ() };
        let else_apart = roles || self.times_differ() || self.stages_differ() || aspects;
        let limits = if same { self.wholes_differ() } else { self.limits_differ() };
        self.one_story() && stance && !else_apart && !limits
    }

    /// Whether what is said of two figures excludes each other: from and to, for and against, soldiers and rebels.
    pub fn is_opposed(&self) -> bool {
        let from = |f: &Frame| f.role == Some(ChangeRole::From);
        from(self.a) != from(self.b) || self.is_of_others()
    }

    /// Whether two figures are said of other things, answers or times.
    fn is_of_others(&self) -> bool {
        let (a, b) = (self.a, self.b);
        let things = a.thing.is_some() && b.thing.is_some() && self.thing().is_none();
        things || self.aspects_differ() || self.times_differ()
    }

    /// Whether a word of the subjects is the same.
    pub fn shares_a_subject(&self) -> bool {
        let (x, y) = (&self.a.modifiers[0], &self.b.modifiers[0]);
        let both = x.iter().any(|word| y.contains(word));
        both || x.is_empty() && y.is_empty() && self.a.subject.is_some() && self.a.subject == self.b.subject
    }

    /// Whether the same is said of two figures, as far as it is said.
    pub fn is_alike(&self) -> bool {
        let told = self.shares_an_aspect()
            || self.a.thing.is_some() && self.thing().is_some()
            || self.a.role.is_some() && self.a.role == self.b.role;
        told && self.may_be_alike()
    }

    /// Whether nothing says that two figures are said of something else.
    pub fn may_be_alike(&self) -> bool {
        let roles = self.a.role.zip(self.b.role);
        let opposed = roles.is_some_and(|(x, y)| (x == ChangeRole::From) != (y == ChangeRole::From));
        !opposed && !self.is_of_others() && !self.scopes_differ() && !self.places_differ()
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

    /// Whether nothing says that two documents tell of the same: neither a name in both sentences, nor enough names that
    /// both documents have.
    fn other_story(&self) -> bool {
        let (a, b) = (self.a, self.b);
        if a.document == b.document || self.shares_a_name() || self.sure_story() {
            return false;
        }
        let long = |f: &Frame| self.documents[f.document].document.text.len() >= LONG_TEXT;
        match self.stories.of(a, b).shared {
            Some(shared) => shared < ONE_STORY,
            None => long(a) && long(b) && self.telling() < 2.0,
        }
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
        unknown || others(a, b) && others(b, a) || modified || self.others_speak()
    }

    /// Whether they are said of different names, of which one document has both, or the other does not know one at all.
    fn others_speak(&self) -> bool {
        let (a, b) = (self.a, self.b);
        let named = |name: &u64, f: &Frame| self.names[f.document].binary_search(name).is_ok();
        let apart = |x: &Frame, y: &Frame| {
            let both = x.who.iter().all(|name| named(name, y)) && !y.who.is_empty();
            let stranger = !x.who.iter().any(|name| named(name, y)) && !y.names.is_empty();
            !x.who.is_empty() && !x.who.iter().any(|name| y.names.contains(name)) && (both || stranger)
        };
        a.document != b.document && a.class != Class::Age && (apart(a, b) || apart(b, a))
    }

    fn aspects_differ(&self) -> bool {
        let states = |f: &Frame, group| f.aspects.iter().any(|x| x.0 == group);
        let alone = |group| states(self.a, group) != states(self.b, group);
        self.aspects_exclude() || alone("scope") || alone("wish")
    }

    /// Whether what happened to the one is another thing than what happened to the other.
    fn aspects_exclude(&self) -> bool {
        let other = |group| self.b.aspects.iter().find(|x| x.0 == group);
        self.a.aspects.iter().any(|x| other(x.0).is_some_and(|y| y.1 != x.1))
    }
}

/// The value of a figure, or else its lower bound.
fn bound(figure: &Figure) -> Option<Decimal> {
    figure.quantity.value.or(figure.quantity.interval.and_then(|i| i.lower))
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
