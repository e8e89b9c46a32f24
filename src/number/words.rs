//! Numerals that begin with a word.

use rust_decimal::Decimal;

use super::{Form, Numeral, Reader};
use crate::cue::COMPARATIVES;
use crate::lexicon::numbers::{DECADES, FRACTIONS, GROUPS, MULTIPLES, SCALES, TRIGGERS};
use crate::sentence::Sentence;
use crate::tag::Tag;

/// Whether the word at token `i` is a verb that the tagger may take for a noun: "a fifth vaped weekly".
pub(crate) fn does(s: &Sentence, i: usize) -> bool {
    s.lower(i).ends_with("ed") && matches!(s.tag(i + 1), Tag::Adv | Tag::Det | Tag::Adp | Tag::Pron)
}

/// Whether the word at token `i` says how a fraction compares: "a third less than last year", "a fifth more boats".
pub(crate) fn compares(s: &Sentence, i: usize) -> bool {
    COMPARATIVES.contains_key(s.lower(i)) && s.tag(i + 1) != Tag::Noun
}

impl Reader<'_> {
    pub(super) fn words(&self, i: usize) -> Option<Numeral> {
        let word = self.lower(i);
        if !TRIGGERS.contains(word) && !matches!(word, "a" | "an" | "several" | "few" | "point") {
            return None;
        }
        // "at least once", "more than once"
        if word == "once" {
            let bound =
                i > 0 && matches!(self.lower(i - 1), "least" | "than") && !self.s.tag(i + 1).is_noun();
            return bound.then(|| Numeral::new(i..i + 1, Decimal::ONE, Form::Multiple));
        }
        self.vague(i)
            .or_else(|| self.half(i))
            .or_else(|| self.multiple(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.bare_half(i))
            .or_else(|| self.cardinal(i))
            .or_else(|| self.ordinal_word(i))
    }

    /// "doubled", "twice", "tenfold".
    fn multiple(&self, i: usize) -> Option<Numeral> {
        let &factor = MULTIPLES.get(self.lower(i))?;
        let value = Decimal::new(factor, 2).normalize();
        Some(Numeral { step: Decimal::ZERO, ..Numeral::new(i..i + 1, value, Form::Multiple) })
    }

    /// "the thirties": a decade of years or of life.
    fn decade(&self, i: usize) -> Option<Numeral> {
        let &first = DECADES.get(self.lower(i))?;
        Some(Numeral::new(i..i + 1, first.into(), Form::Decade))
    }

    /// "twenty-five", "three million", "a hundred", "a dozen", "a couple of hundred", "three point five".
    fn cardinal(&self, i: usize) -> Option<Numeral> {
        let mut n = match self.lower(i) {
            "a" | "an" => self.after_article(i)?,
            _ => self.spelled(i)?,
        };
        self.point(&mut n);
        if self.ordinal_tail(&mut n) {
            return Some(n);
        }
        self.fraction_words(&mut n);
        if !matches!(n.form, Form::Fraction(..) | Form::Ordinal) {
            if n.scale == 0 {
                self.scales(&mut n);
                n.letter = None;
            }
            if !n.couple {
                self.and_a_half(&mut n);
            }
        }
        Some(n)
    }

    /// What an article can begin: "a hundred", "a dozen", "a couple (of hundred)", "a third".
    fn after_article(&self, i: usize) -> Option<Numeral> {
        let word = self.lower(i + 1);
        if let Some(&group) = GROUPS.get(word).filter(|_| word != "pair" && word != "gross") {
            if word == "score" && self.lower(i + 2) != "of" && self.lower(i + 2) != "more" {
                return None;
            }
            return Some(Numeral::new(i..i + 2, group.into(), Form::Words));
        }
        if word == "couple" {
            return self.couple(i);
        }
        if SCALES.contains_key(word) && !matches!(word, "mil" | "grand" | "mn" | "mln") {
            let mut n = self.spelled(i + 1)?;
            n.tokens.start = i;
            return Some(n);
        }
        let &den = FRACTIONS.get(word).filter(|_| word != "half" && word != "second")?;
        // "a fifth term" is an ordinal, "a fifth of" and "a fifth vaped" are shares
        let next = self.s.tag(i + 2);
        let ordinal = next.is_noun()
            || next.is_adj()
            || next == Tag::Num
            || self.lower(i + 2) == "-"
            || matches!(self.lower(i + 2), "such" | "consecutive" | "straight");
        let ordinal = ordinal && !does(self.s, i + 2) && !compares(self.s, i + 2);
        let participle = next == Tag::VerbParticiple && self.s.tag(i + 3).is_noun();
        if (ordinal || participle) && word != "quarter" {
            return None;
        }
        (!word.ends_with('s')).then(|| {
            let den = den as u32;
            Numeral::new(i..i + 2, Decimal::ONE / Decimal::from(den), Form::Fraction(1, den))
        })
    }

    /// "a couple", "a couple of hundred".
    fn couple(&self, i: usize) -> Option<Numeral> {
        let j = if self.lower(i + 2) == "of" { i + 3 } else { i + 2 };
        let mut n = Numeral::new(i..i + 2, 2.into(), Form::Words);
        n.couple = true;
        if SCALES.contains_key(self.lower(j)) || self.lower(j) == "dozen" {
            n.tokens.end = j;
            self.scales(&mut n);
        } else if self.lower(i + 2) != "of" && !self.s.tag(i + 2).is_noun() && self.lower(i + 2) != "more" {
            return None;
        }
        Some(n)
    }
}
