//! Reads the frames of one sentence.

use std::borrow::Cow;

use super::super::codes::code;
use super::super::slip;
use super::super::words::{self, Lexicon, Word, key, lowered};
use super::whole::{Whole, part_of, stage_itself};
use super::{Class, Frame, Stage, Stance};
use crate::Span;
use crate::figure::{Attribution, ChangeRole, Figure, Kind, Modality, Phrase, TimeExpression};
use crate::lexicon::crosscheck::{ANYONE, AROUND, EXCLUSIVE, IMPLIED, KINDS, RANKS, THINGS};

/// A figure's sentence: the words near the figure, and what is known of the whole.
pub(super) struct Scene<'a, F> {
    pub text: &'a str,
    pub sentence: Span,
    pub words: &'a [Word],
    pub whole: &'a Whole,
    pub is_name: &'a F,
    pub times: &'a [TimeExpression],
}

impl<F: Fn(u64) -> bool> Scene<'_, F> {
    pub fn frame(&self, figure: &Figure, class: Class, lexicon: &mut Lexicon) -> Frame {
        let own = self.own(figure);
        let beside = self.beside(figure);
        let head = head(figure).filter(|h| class != Class::Ordinal || !RANKS.contains_key(&lowered(h)));
        let thing = head.map(thing);
        let (names, who) = self.names(figure);
        let around = |offset: Option<&str>| offset.and_then(|w| AROUND.get(w)).copied();
        let (before, after) = (self.word_before(figure), self.word_after(figure));
        let flags = [around(before.as_deref()), around(after.as_deref())];
        let heads = [&figure.subject, &figure.counted]
            .map(|p| p.as_ref().map(|p| (p, lexicon.of(&p.head).meaning.0)));
        let behind =
            self.text.get(figure.number.end as usize..self.sentence.end as usize).unwrap_or("").trim_start();
        let of_them = class == Class::Count
            && ["of them", "of whom", "of those", "of which", "of the "]
                .iter()
                .any(|w| behind.starts_with(w));
        Frame {
            document: 0,
            figure: 0,
            class,
            thing,
            thing_word: heads[1].map(|h| h.1).or_else(|| head.map(|h| lexicon.of(h).meaning.0)),
            person: head.is_some_and(|h| words::is_person(&h.to_lowercase())),
            anyone: head.is_some_and(|h| ANYONE.contains_key(&h.to_lowercase())),
            kind: head.and_then(|h| KINDS.get(&h.to_lowercase())).map(|kind| self::thing(kind)),
            scale: self.scale(class, after.as_deref(), &own),
            stage: self.stage(figure, class),
            crowd: class == Class::Count
                && self
                    .words
                    .iter()
                    .zip(&own)
                    .any(|(w, own)| w.concept == Some("crowd") && *own == Some(true)),
            words: self.weights(figure, &own),
            names,
            who,
            anchor: heads[0].and_then(|(p, head)| self.anchor(p, head)),
            subject: heads[0].map(|h| h.1),
            modifiers: self.all_modifiers(figure, heads),
            stretch: figure
                .change
                .filter(|c| c.role == ChangeRole::By)
                .and_then(|_| *self.whole.stretch.get_or_init(|| self.stretch())),
            aspects: self.aspects(figure, class, &own),
            further: flags.contains(&Some("further")) || after.as_deref() == Some("more"),
            part: matches!(flags[0], Some("including" | "among"))
                || of_them
                || !figure.relations.is_empty() && self.is_part(figure),
            still: class == Class::Count && self.beside_says(beside, "still"),
            bar: matches!(class, Class::Count | Class::Share) && self.beside_says(beside, "bar"),
            turn: self.turn(beside),
            sorts: self.sorts(class, &own),
            total: class == Class::Duration && self.beside_says(beside, "total"),
            then: class == Class::Age && self.at_an_event(figure),
            separate: self.whole.separate,
            until: self.until(figure),
            time: self.time(figure),
            period: self.period(figure, beside),
            within: self.within(figure),
            session: self.session(figure, &own),
            places: self.places(figure, &own),
            each: flags[1] == Some("each") || flags[0] == Some("each"),
            role: figure.change.map(|c| c.role),
            stance: match figure.modality {
                Modality::Asserted | Modality::Negated | Modality::Disputed => Stance::Fact,
                Modality::Projected if !self.whole.says("forecast") => Stance::Planned,
                Modality::Possible | Modality::Projected | Modality::Conditional => Stance::Open,
            },
            term: self.whole.term(beside),
            priced: self.whole.priced(beside),
            digits: slip::digits(figure),
            estimate: figure.attribution.as_ref().is_some_and(|a| self.estimates(a)),
            source: self.reporter(figure).map(|a| key(&a.source.head)),
            identity: key(self.sentence.of(self.text))
                ^ u64::from(figure.number.start - self.sentence.start).wrapping_mul(0x9e37_79b9_7f4a_7c15),
            sentence: self.sentence,
            headline: false,
            plain: None,
        }
    }

    /// Who only reports the figure. A company that "reported a profit" or "expects" visitors is whose profit and visitors
    /// they are.
    pub fn reporter<'f>(&self, figure: &'f Figure) -> Option<&'f Attribution> {
        let said = figure.attribution.as_ref()?;
        let cue = said.cue.of(self.text).split_whitespace().next().unwrap_or("").to_lowercase();
        let speaks = matches!(AROUND.get(&cue), Some(&("speech" | "estimate")));
        Some(said).filter(|_| speaks || said.source.span.start > figure.number.start)
    }

    fn is_part(&self, figure: &Figure) -> bool {
        figure.relations.iter().any(|r| r.relation == crate::figure::RelationType::PartOf)
    }

    /// Of every word whether it stands beside the figure: in the same stretch, or in its subject or counted phrase;
    /// `None` for words that only say who reports it.
    fn own(&self, figure: &Figure) -> Vec<Option<bool>> {
        let part = part_of(self.text, self.words, figure);
        let phrases = [figure.counted.as_ref(), figure.subject.as_ref()];
        let inside = |w: &Word| phrases.into_iter().flatten().any(|p| p.span.contains(w.span));
        let said = self.reporter(figure);
        let reports =
            |w: &Word| said.is_some_and(|a| a.source.span.contains(w.span) || a.cue.contains(w.span));
        let of = |w: &Word| match reports(w) {
            true => None,
            false => Some(Some(w.part) == part || inside(w)),
        };
        self.words.iter().map(of).collect()
    }

    fn weights(&self, figure: &Figure, own: &[Option<bool>]) -> Vec<(u64, f32)> {
        let mut out = Vec::with_capacity(self.words.len() + 2);
        for (word, own) in self.words.iter().zip(own) {
            let Some(own) = own else { continue };
            let weight: f32 = if *own { 1.0 } else { 0.4 };
            out.push((word.key, if word.common { 0.2 * weight } else { weight }));
        }
        for resolved in figure.subject.iter().filter_map(|p| p.resolved.as_deref()) {
            out.extend(resolved.split_whitespace().map(|w| (key(w), 1.0)));
        }
        out.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        out.dedup_by_key(|w| w.0);
        out
    }

    /// Names of the sentence, and those of the subject.
    fn names(&self, figure: &Figure) -> (Vec<u64>, Vec<u64>) {
        let said = self.reporter(figure).map(|a| a.source.span);
        let reports = |w: &&Word| w.name && !said.is_some_and(|s| s.contains(w.span));
        let mut names: Vec<u64> = self.words.iter().filter(reports).map(|w| w.key).collect();
        let mut who = Vec::new();
        if let Some(subject) = &figure.subject {
            let inside = self.words.iter().filter(|w| w.name && subject.span.contains(w.span));
            who.extend(inside.map(|w| w.key));
            let resolved = subject.resolved.iter().flat_map(|r| r.split_whitespace()).map(key);
            who.extend(resolved.filter(|&k| (self.is_name)(k)));
            names.extend(&who);
        }
        for list in [&mut names, &mut who] {
            list.sort_unstable();
            list.dedup();
        }
        (names, who)
    }

    fn estimates(&self, said: &Attribution) -> bool {
        let cue = words::runs(self.text, said.cue).next();
        cue.is_some_and(|(word, _)| matches!(self.around(word), Some("estimate" | "forecast")))
    }

    fn anchor(&self, subject: &Phrase, head: u64) -> Option<u64> {
        let inside = |w: &&Word| subject.span.contains(w.span) && !w.common;
        let mut telling = self.words.iter().filter(inside);
        let found = telling.clone().find(|w| w.key == head || w.key == key(&subject.head));
        found.or_else(|| telling.next_back()).map(|w| w.key)
    }

    /// For each group of exclusive concepts the one of the figure: in its own phrases, else the nearest beside it, else
    /// one in a stretch without figures.
    fn aspects(
        &self,
        figure: &Figure,
        class: Class,
        own: &[Option<bool>],
    ) -> Vec<(&'static str, &'static str)> {
        let mut best: Vec<(&'static str, &'static str, u32)> = Vec::new();
        let phrases = [figure.subject.as_ref(), figure.counted.as_ref()];
        for (word, own) in self.words.iter().zip(own) {
            let Some((concept, group)) = word.concept.and_then(|c| Some((c, *EXCLUSIVE.get(c)?))) else {
                continue;
            };
            // "cut its rate" makes nobody redundant, nor does "lost 12 homes".
            let staff = matches!(concept, "sacked" | "hired" | "employed");
            let person = head(figure).is_none_or(|h| words::is_person(&h.to_lowercase()));
            if group == "fate" && !matches!(class, Class::Count | Class::Share)
                || group == "fate" && class == Class::Share && figure.change.is_some()
                || group == "money" && matches!(class, Class::Count | Class::Ordinal)
                || staff && !person
                || word.name
                || concept == "tax" && self.is_before_tax(word)
                || concept == "employed" && class == Class::Share && self.is_of_it(word)
            {
                continue;
            }
            let distance = match word.span.start > figure.number.start {
                true => word.span.start - figure.number.end.min(word.span.start),
                false => figure.number.start - word.span.end.min(figure.number.start),
            };
            let in_phrase = phrases.into_iter().flatten().any(|p| p.span.contains(word.span));
            let penalty = match own {
                Some(true) if in_phrase && group != "fate" => 0,
                Some(true) => 1_000,
                _ if group != "fate" || self.belongs_to_other(word) => continue,
                _ => 100_000,
            };
            // "worth" and "cost" go with every sum: a fine, an aid package.
            // "lost their lives" is no loss of jobs
            let vague = match concept {
                "price" => 500,
                "sacked" => 50,
                _ => 0,
            };
            let cost = distance + penalty + vague;
            match best.iter_mut().find(|b| b.0 == group) {
                Some(known) if known.2 <= cost => {}
                Some(known) => *known = (group, concept, cost),
                None => best.push((group, concept, cost)),
            }
        }
        let implied = figure.counted.as_ref().and_then(|p| IMPLIED.get(&p.head.to_lowercase()));
        if let (Some(&concept), false) = (implied, best.iter().any(|b| b.0 == "fate")) {
            best.push(("fate", concept, 0));
        }
        best.into_iter().map(|(group, concept, _)| (group, concept)).collect()
    }

    /// The stage that an ordinal names, and of another figure the one that stands nearest.
    fn stage(&self, figure: &Figure, class: Class) -> Option<Stage> {
        if class == Class::Ordinal {
            return stage_itself(figure);
        }
        let at = figure.number.start;
        let stages = self.whole.stages.iter();
        stages.min_by_key(|(start, _)| start.abs_diff(at)).map(|(_, stage)| *stage)
    }

    /// By what an ordinal ranks: a superlative behind it, or else a table or ranking.
    fn scale(&self, class: Class, after: Option<&str>, own: &[Option<bool>]) -> Option<u64> {
        let ranking = || {
            let mut beside = self.words.iter().zip(own).filter(|(_, own)| **own == Some(true));
            beside.find(|(w, _)| w.concept == Some("standings")).map(|(w, _)| w.key)
        };
        let superlative = || after.filter(|w| is_superlative(w)).map(|w| words::meaning(w).0);
        if class == Class::Ordinal { superlative().or_else(ranking) } else { None }
    }

    /// Telling words before the heads of the subject and of what is counted or ranked.
    fn all_modifiers(&self, figure: &Figure, heads: [Option<(&Phrase, u64)>; 2]) -> [Vec<u64>; 2] {
        let mut all = heads.map(|h| self.modifiers(h));
        let unit =
            figure.quantity.unit.as_ref().and_then(|u| u.span).filter(|_| figure.kind == Kind::Ordinal);
        if let Some(head) = unit.filter(|_| heads[1].is_none()) {
            let between = figure.number.end..head.start;
            all[1].extend(self.words.iter().filter(|w| between.contains(&w.span.start)).map(|w| w.key));
            all[1].sort_unstable();
        }
        all
    }

    fn modifiers(&self, phrase: Option<(&Phrase, u64)>) -> Vec<u64> {
        let Some((phrase, head)) = phrase else { return Vec::new() };
        let inside = self.words.iter().filter(|w| phrase.span.contains(w.span));
        let is_head = |w: &&Word| w.key == head || w.key == key(&phrase.head);
        let before = inside.clone().position(|w| is_head(&w)).unwrap_or(0);
        let mut out: Vec<u64> = inside.take(before).filter(|w| !w.common).map(|w| w.key).collect();
        out.sort_unstable();
        out
    }

    /// Whether another figure stands in the word's stretch.
    fn belongs_to_other(&self, word: &Word) -> bool {
        self.whole.stretches.binary_search(&word.part).is_ok()
    }

    /// The sentence up to an offset; empty where that is none of its.
    pub fn before(&self, at: u32) -> &str {
        self.text.get(self.sentence.start as usize..at as usize).unwrap_or("")
    }

    fn word_before(&self, figure: &Figure) -> Option<Cow<'_, str>> {
        let start = figure.span.start.min(figure.number.start);
        self.before(start).trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().map(lowered)
    }

    fn word_after(&self, figure: &Figure) -> Option<Cow<'_, str>> {
        let after = self.text.get(figure.number.end as usize..self.sentence.end as usize)?;
        after.trim_start().trim_start_matches('-').split(|c: char| !c.is_alphanumeric()).next().map(lowered)
    }
}

/// Whether a word is a superlative, as far as its ending tells.
fn is_superlative(word: &str) -> bool {
    word.len() > 5 && word.ends_with("est")
}

/// What is counted.
pub(super) fn head(figure: &Figure) -> Option<&str> {
    figure.counted.as_ref().map(|p| &*p.head).or_else(|| braced(figure))
}

/// The noun of a braced unit: `container` of `{container}` and of `{container}/d`.
fn braced(figure: &Figure) -> Option<&str> {
    match figure.kind {
        Kind::Count | Kind::Ordinal => words::braced(code(figure)),
        Kind::Rate => words::braced(code(figure).split_once('/')?.0),
        _ => None,
    }
}

/// The key of a counted thing: that of all words for the same thing.
fn thing(head: &str) -> u64 {
    let lower = head.to_lowercase();
    key(THINGS.get(&lower).copied().unwrap_or(&lower))
}
