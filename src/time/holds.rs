//! Which of a sentence's times a figure holds at.

use std::ops::Range;

use crate::figure::{Kind, TimeExpression, TimeType};
use crate::mention::Mention;
use crate::sentence::{Sentence, TokenKind};
use crate::tag::Tag;

/// The time at which a figure of this sentence holds, by index into `times`.
///
/// It stands in the figure's clause. The time of the reporting ("said on Tuesday") is not the figure's, and a
/// figure that is compared with ("from $40m a year earlier") takes only the time that stands right behind it.
pub fn holds_at(
    sentence: &Sentence,
    times: &[TimeExpression],
    mention: &Mention,
    mentions: &[Mention],
) -> Option<usize> {
    if times.is_empty() {
        return None;
    }
    let scene = Scene { s: sentence, times, mentions };
    let places: Vec<Range<usize>> = times.iter().map(|t| scene.tokens(t)).collect();
    if scene.compared(mention) {
        return scene.own(mention, &places);
    }
    let free = |t: &usize| {
        scene.states_when(*t, mention) && !scene.reports(&places[*t]) && !scene.compares(*t, &places[*t])
    };
    let candidates: Vec<usize> =
        (0..times.len()).filter(free).filter(|&t| scene.attaches(mention, t, &places[t])).collect();
    let cost = |&t: &usize| scene.cost(mention, &places[t]);
    candidates.into_iter().min_by_key(cost)
}

struct Scene<'a, 't> {
    s: &'a Sentence<'t>,
    times: &'a [TimeExpression],
    mentions: &'a [Mention],
}

impl Scene<'_, '_> {
    fn tokens(&self, time: &TimeExpression) -> Range<usize> {
        self.s.token_at(time.span.start)..self.s.token_at(time.span.end)
    }

    /// Whether the time says when something holds, and is not part of the figure itself.
    fn states_when(&self, t: usize, mention: &Mention) -> bool {
        let time = &self.times[t];
        let vague = matches!(time.timex.as_str(), "PAST_REF" | "FUTURE_REF");
        let length = time.time_type == TimeType::Duration
            && time.start.is_none()
            && !self.s.lower(self.tokens(time).start).eq("the");
        !vague && !length && !time.span.overlaps(mention.number) && !time.span.overlaps(mention.span)
    }

    /// Whether a time is that of a report: "said on Tuesday", "reported late Monday".
    fn reports(&self, place: &Range<usize>) -> bool {
        let mut i = place.start;
        for _ in 0..6 {
            let Some(before) = i.checked_sub(1) else { return false };
            i = before;
            let lower = self.s.lower(i);
            if reporting(lower) {
                return true;
            }
            let between = matches!(
                lower,
                "on" | "in"
                    | "late"
                    | "early"
                    | "earlier"
                    | "reporters"
                    | "a"
                    | "an"
                    | "statement"
                    | "the"
                    | "his"
                    | "her"
                    | "their"
                    | "report"
                    | "interview"
                    | "news"
                    | "conference"
            ) || matches!(self.s.tag(i), Tag::Name | Tag::Adv | Tag::Pron);
            if !between {
                return false;
            }
        }
        false
    }

    /// Whether the figure is what another is compared with: "from $40m", "compared with 12".
    fn compared(&self, mention: &Mention) -> bool {
        let start = self.s.token_at(mention.span.start);
        if self.compares_at(start) {
            return true;
        }
        // "from $1.69 billion, or $7.03 a share"
        let before = self.mentions.iter().rev().find(|m| m.span.end <= mention.span.start);
        before.is_some_and(|m| {
            let gap = m.end.max(m.tokens.end)..start;
            gap.len() <= 4
                && gap.clone().any(|i| self.s.lower(i) == "or")
                && !gap.clone().any(|i| self.s.lower(i) == "to")
                && self.compared(m)
        })
    }

    /// Whether a word of comparison stands before token `i`, with an article or currency between at most.
    fn compares_at(&self, i: usize) -> bool {
        let skipped = (1..=5).map_while(|k| i.checked_sub(k)).find(|&k| {
            !(matches!(self.s.lower(k), "a" | "an" | "the" | "about" | "just" | "only" | "of")
                || self.s.kind(k) == TokenKind::Symbol
                || self.s.tag(k) == Tag::Adj
                || self.s.lower(k + 1) == "of")
        });
        let Some(k) = skipped else { return false };
        match self.s.lower(k) {
            "from" => true,
            "versus" | "vs." | "against" => true,
            "with" | "to" => {
                k > 0
                    && matches!(self.s.lower(k - 1), "compared" | "up" | "down")
                    && self.s.lower(k) == "with"
                    || k > 0 && self.s.lower(k - 1) == "compared"
            }
            _ => false,
        }
    }

    /// The time right behind a figure that is compared with.
    fn own(&self, mention: &Mention, places: &[Range<usize>]) -> Option<usize> {
        let end = mention.end.max(mention.tokens.end);
        let t = places.iter().position(|p| p.start >= mention.tokens.end)?;
        let gap = end.min(places[t].start)..places[t].start;
        let stop = gap.clone().any(|i| {
            matches!(self.s.lower(i), ";" | "to" | "while" | "but") || self.s.tag(i) == Tag::VerbPast
        });
        let other = self.mentions.iter().any(|m| {
            m.span.start >= mention.span.end && m.tokens.start < places[t].start && !self.compared(m)
        });
        (!stop && !other && gap.len() <= 14 && self.states_when(t, mention) && !self.reports(&places[t]))
            .then_some(t)
    }

    /// Whether a time belongs to what is compared with: "from 40 a year earlier", "higher than a year ago".
    fn compares(&self, t: usize, place: &Range<usize>) -> bool {
        let words = place.clone();
        // "In the year-earlier period, it earned $461m" speaks of that time
        let first = !self.mentions.iter().any(|m| m.tokens.end <= place.start);
        if first && place.start <= 2 {
            return false;
        }
        // "down 14% on last year"
        let on = place.start > 0 && self.s.lower(place.start - 1) == "on";
        if on
            && matches!(
                self.s.lower(place.end - 1),
                "year" | "quarter" | "month" | "week" | "season" | "decade"
            )
        {
            return true;
        }
        let earlier = words.clone().any(|i| matches!(self.s.lower(i), "earlier" | "ago"))
            && !matches!(self.s.lower(place.start), "earlier" | "later");
        if earlier && self.times[t].time_type == TimeType::Date {
            return true;
        }
        if place.start > 0
            && matches!(self.s.lower(place.start - 1), "from" | "than")
            && !self.closes_range(place)
        {
            return true;
        }
        if place.start > 1 && self.s.lower(place.start - 2) == "than" {
            return true;
        }
        let before = self.mentions.iter().rev().find(|m| m.tokens.end <= place.start);
        before.is_some_and(|m| {
            let end = m.end.max(m.tokens.end).min(place.start);
            place.start - end <= 3 && self.compared(m)
        })
    }

    fn closes_range(&self, place: &Range<usize>) -> bool {
        matches!(self.s.lower(place.end), "to" | "through" | "until")
    }

    /// Whether the time belongs to the statement that the figure stands in.
    fn attaches(&self, mention: &Mention, t: usize, place: &Range<usize>) -> bool {
        let hyphenated = self.s.lower(mention.tokens.end) == "-";
        // "In 2008, a 7.9-magnitude quake": at the head of the sentence it holds for all of it
        let heads = place.start <= 1 && self.s.lower(place.end) == ",";
        let modifier = hyphenated && matches!(mention.kind, Kind::Measurement | Kind::Count) && !heads;
        // "Monday's debate", "last year's pace" name a thing
        let genitive = matches!(self.s.lower(place.end), "'s" | "’s" | "'" | "’");
        // "the best since May", "for the first time since May" ranks what happened
        let ranks = mention.kind != Kind::Ordinal && self.ranked_since(place);
        if mention.kind == Kind::Age || modifier || genitive || ranks {
            return false;
        }
        if place.start >= mention.tokens.end {
            self.follows(mention, t, place)
        } else {
            self.precedes(mention, t, place)
        }
    }

    /// "its best finish since May": whether a time says since when something is the most or the first.
    fn ranked_since(&self, place: &Range<usize>) -> bool {
        let since = place.start - usize::from(place.start > 0 && self.s.lower(place.start) != "since");
        let rank = |k: usize| self.s.tag(k) == Tag::AdjSuperlative || self.s.lower(k) == "first";
        self.s.lower(since) == "since"
            && (since.saturating_sub(4)..since).rev().take_while(|&k| !self.finite(k)).any(rank)
    }

    /// A time behind the figure: nothing between may begin another statement.
    fn follows(&self, mention: &Mention, t: usize, place: &Range<usize>) -> bool {
        let gap = mention.end.max(mention.tokens.end).min(place.start)..place.start;
        // the word right before the time is its preposition ("since 1958")
        let stop = |i: usize| self.breaks(i) && (i + 1 < place.start || self.s.word(i) == ";");
        if gap.clone().any(|i| stop(i) || self.purpose(i)) {
            return false;
        }
        let verbs = gap.clone().filter(|&i| self.finite(i)).count();
        let start = self.clause_start(mention.tokens.start, place.start);
        let subject = !(start..mention.tokens.start).any(|i| self.finite(i));
        if verbs > usize::from(subject) {
            return false;
        }
        let commas = gap.clone().filter(|&i| self.s.lower(i) == ",").count();
        let close = match mention.kind {
            Kind::Ordinal => gap.len() <= 9 && commas == 0,
            _ if self.times[t].time_type == TimeType::Set => gap.len() <= 6 && commas == 0,
            Kind::Multiple | Kind::Ratio => gap.len() <= 16 && commas == 0,
            _ => gap.len() <= 22 && commas <= 1,
        };
        close && !(commas > 0 && self.listed(&gap))
    }

    /// A time before the figure: at the head of the clause it holds for all of it, else for what is next.
    fn precedes(&self, mention: &Mention, t: usize, place: &Range<usize>) -> bool {
        // "At noon: 34 seats" heads a list
        let heading = self.s.lower(place.end) == ":";
        let gap = place.end + usize::from(heading)..mention.tokens.start;
        // "in the 1890s, when hundreds arrived"
        let named = place.start > 0 && self.s.tag(place.start - 1) == Tag::Adp;
        let told = named && self.s.lower(gap.start) == "," && self.s.lower(gap.start + 1) == "when";
        let gap = if told { gap.start + 2..gap.end.max(gap.start + 2) } else { gap };
        if gap.clone().any(|i| self.breaks(i)) || (self.times[t].time_type == TimeType::Set && gap.len() > 3)
        {
            return false;
        }
        let start = self.clause_start(place.start, place.start);
        let head = heading || (!(start..place.start).any(|i| self.finite(i)) && place.start - start <= 14);
        let commas = gap.clone().filter(|&i| self.s.lower(i) == ",").count();
        let verbs = gap.clone().filter(|&i| self.finite(i)).count();
        if verbs > 0 && self.s.tag(start) != Tag::Adp && self.in_aside(place, gap.end) {
            return false;
        }
        let other = gap.clone().any(|i| self.s.tag(i) == Tag::Verb);
        // "at noon on Sunday, killing two and wounding nine"
        let chained = gap.clone().filter(|&i| self.s.tag(i) == Tag::VerbIng).count() > 1;
        let result = self.s.lower(gap.start) == ","
            && self.s.tag(gap.start + 1) == Tag::VerbIng
            && gap.len() <= if chained { 12 } else { 6 };
        match mention.kind {
            Kind::Ordinal => gap.len() <= 4 && verbs == 0,
            Kind::Ratio | Kind::Multiple => gap.len() <= 8 && verbs <= 1 && commas == 0,
            _ if head => verbs <= 2 && gap.len() <= 30 && !(other && commas > 1),
            _ if result && mention.kind == Kind::Count => true,
            _ if told => verbs <= 1 && gap.len() <= 12,
            _ => {
                verbs == 0
                    && !other
                    && !gap.clone().any(|i| self.s.tag(i) == Tag::VerbIng)
                    && gap.len() <= if commas == 0 { 10 } else { 2 }
            }
        }
    }

    /// "The firm, valued at $4bn in 2021, has raised": whether a time belongs to a participle between commas that
    /// ends before token `to`.
    fn in_aside(&self, place: &Range<usize>, to: usize) -> bool {
        let comma = |k: &usize| self.s.lower(*k) == ",";
        let open = (place.start.saturating_sub(10)..place.start).rev().find(comma);
        let close = (place.end..to.min(place.end + 10)).find(comma);
        let told = |open: usize, close: usize| {
            open > 0 && self.s.tag(open + 1) == Tag::VerbParticiple && !(open..close).any(|i| self.finite(i))
        };
        open.zip(close).is_some_and(|(open, close)| told(open, close))
    }

    /// "to reduce": an infinitive that says something else, but not "to close at 117".
    fn purpose(&self, i: usize) -> bool {
        let closing =
            matches!(self.s.lower(i), "close" | "finish" | "end" | "settle" | "trade" | "stand" | "reach");
        self.s.tag(i) == Tag::Verb && !closing && i > 0 && self.s.lower(i - 1) == "to"
    }

    /// Whether a list or apposition stands between: a comma with a noun phrase behind it.
    fn listed(&self, gap: &Range<usize>) -> bool {
        gap.clone().any(|i| {
            let next = i + 1 + usize::from(self.s.tag(i + 1) == Tag::Adv);
            self.s.lower(i) == "," && matches!(self.s.tag(next), Tag::VerbIng | Tag::VerbParticiple)
        })
    }

    /// Where the clause begins that token `i` stands in.
    ///
    /// A comma with "and" begins one too where a verb follows before `to`.
    fn clause_start(&self, i: usize, to: usize) -> usize {
        let joined = |k: usize| {
            self.s.lower(k) == ","
                && matches!(self.s.lower(k + 1), "and" | "but")
                && (i..to).any(|v| self.finite(v))
        };
        (0..i).rev().find(|&k| self.breaks(k) || joined(k)).map_or(0, |k| k + 1)
    }

    /// Whether token `i` begins another statement.
    fn breaks(&self, i: usize) -> bool {
        matches!(self.s.word(i), ";" | ":" | "—" | "“" | "”" | "--" | "―")
            || matches!(
                self.s.lower(i),
                "which"
                    | "who"
                    | "whom"
                    | "whose"
                    | "when"
                    | "while"
                    | "but"
                    | "although"
                    | "though"
                    | "because"
                    | "if"
                    | "where"
                    | "whereas"
                    | "unless"
            )
            || (self.s.lower(i) == "that"
                && i > 0
                && self.s.lower(i - 1) != ","
                && matches!(self.s.tag(i), Tag::Relative | Tag::Sconj))
            || (matches!(self.s.lower(i), "after" | "before" | "as" | "since" | "until")
                && self.s.tag(i) == Tag::Sconj
                && !self.times.iter().any(|t| self.s.token_at(t.span.start) == i + 1))
    }

    /// Whether token `i` is a verb that makes a statement.
    fn finite(&self, i: usize) -> bool {
        match self.s.tag(i) {
            Tag::VerbPast | Tag::VerbS | Tag::VerbPresent | Tag::Modal => true,
            Tag::Aux => {
                !matches!(self.s.lower(i), "be" | "been" | "being")
                    && self.s.tag(i.wrapping_sub(1)) != Tag::Modal
            }
            _ => false,
        }
    }

    /// How far the time is from the figure: behind it is nearer than before it, and other figures or times
    /// between push it away.
    fn cost(&self, mention: &Mention, place: &Range<usize>) -> usize {
        let after = place.start >= mention.tokens.end;
        let (from, to) =
            if after { (mention.tokens.end, place.start) } else { (place.end, mention.tokens.start) };
        let between = self.mentions.iter().filter(|m| m.tokens.start >= from && m.tokens.start < to).count();
        let clauses = (from..to)
            .filter(|&i| {
                matches!(
                    self.s.lower(i),
                    "," | "and" | "while" | "but" | "as" | "when" | "which" | "that" | "(" | ":"
                )
            })
            .count();
        let same = usize::from(matches!(mention.kind, Kind::Duration) && !after);
        (to - from) + 6 * between + 4 * clauses + same
    }
}

/// Verbs and nouns of reporting.
fn reporting(lower: &str) -> bool {
    matches!(
        lower,
        "said"
            | "says"
            | "told"
            | "reported"
            | "announced"
            | "disclosed"
            | "added"
            | "reports"
            | "tabled"
            | "published"
            | "released"
            | "confirmed"
            | "estimated"
            | "wrote"
            | "showed"
            | "according"
    )
}
