//! Parts of speech, and the tagger that assigns them.
//!
//! The tagger is an averaged perceptron that reads a sentence from left to right, trained by
//! `tools/ train-tagger`; `data/en/tagger.md` holds the recipe, the data and the scores.
//!
//! ```
//! use factfigures::tag::{Tag, tag_words};
//! let mut tags = Vec::new();
//! tag_words(["Two", "ships", "sank", "."], &mut tags);
//! assert_eq!(tags, [Tag::Num, Tag::Nouns, Tag::VerbPast, Tag::Punct]);
//! ```

mod features;
mod model;
mod tagger;

use std::cell::RefCell;
use std::sync::LazyLock;

use crate::sentence::Sentence;

pub use features::{FEATURES, Feature, Features, History, Word, features, prepare};
pub use model::{Class, Lexicon, Model, SLOTS, Table};
pub use tagger::Tagger;

/// Bytes that start at a cache line.
#[repr(C, align(64))]
struct Aligned<B: ?Sized>(B);

static BYTES: &Aligned<[u8]> = &Aligned(*include_bytes!("../data/en/tagger.bin"));

/// The weights for English.
static ENGLISH: LazyLock<Model<'static>> =
    LazyLock::new(|| Model::parse(&BYTES.0).expect("the embedded weights are well formed"));

thread_local! {
    static TAGGER: RefCell<Tagger<'static, 'static>> = RefCell::new(Tagger::new(&ENGLISH));
}

/// Tags one sentence. `words` are its tokens as written; `tags` is cleared and gets one tag a token.
pub fn tag_words<'w>(words: impl IntoIterator<Item = &'w str>, tags: &mut Vec<Tag>) {
    TAGGER.with_borrow_mut(|tagger| tagger.tag(words, tags));
}

/// The tags of a sentence's tokens, before the corrections that need a wider view ([`Sentence::tag`] has those).
pub(crate) fn read(sentence: &Sentence) -> Vec<Tag> {
    let mut tags = Vec::with_capacity(sentence.len());
    tag_words(sentence.tokens.iter().map(|t| t.word), &mut tags);
    tags
}

/// The tag of token `at`, one of the first few of a sentence, judged by the words up to the second one behind it.
pub(crate) fn at_start(sentence: &Sentence, at: usize) -> Tag {
    let mut tags = Vec::with_capacity(at + 3);
    tag_words((0..sentence.len().min(at + 3)).map(|i| sentence.word(i)), &mut tags);
    tags.get(at).copied().unwrap_or(Tag::X)
}

/// A part of speech: Universal Dependencies' UPOS, refined by the Penn Treebank distinctions that the
/// readers need (number of nouns, form of verbs).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Tag {
    /// NN
    Noun,
    /// NNS
    Nouns,
    /// NNP
    Name,
    /// NNPS
    Names,
    /// VB: base form of a full verb
    Verb,
    /// VBP: present, not third person singular
    VerbPresent,
    /// VBZ
    VerbS,
    /// VBD
    VerbPast,
    /// VBN
    VerbParticiple,
    /// VBG
    VerbIng,
    /// UPOS AUX, finite or not ("is", "has", "do")
    Aux,
    /// UPOS AUX with XPOS MD ("will", "may")
    Modal,
    Adj,
    /// JJR
    AdjComparative,
    /// JJS
    AdjSuperlative,
    Adv,
    /// RBR, RBS
    AdvComparative,
    Adp,
    Det,
    /// UPOS PRON that is personal, reflexive, indefinite or expletive ("he", "it", "someone", "there")
    Pron,
    /// PRP$ and WP$ ("his", "whose")
    Possessive,
    /// Interrogative and relative pronouns ("who", "which", "what", "that" as WDT)
    Relative,
    Num,
    /// "to" before a verb, "not", the genitive "'s"
    Part,
    Cconj,
    Sconj,
    Intj,
    Punct,
    Sym,
    X,
}

impl Tag {
    /// Every tag, in the order of its number: `Tag::ALL[tag as usize] == tag`.
    pub const ALL: [Tag; 30] = [
        Tag::Noun,
        Tag::Nouns,
        Tag::Name,
        Tag::Names,
        Tag::Verb,
        Tag::VerbPresent,
        Tag::VerbS,
        Tag::VerbPast,
        Tag::VerbParticiple,
        Tag::VerbIng,
        Tag::Aux,
        Tag::Modal,
        Tag::Adj,
        Tag::AdjComparative,
        Tag::AdjSuperlative,
        Tag::Adv,
        Tag::AdvComparative,
        Tag::Adp,
        Tag::Det,
        Tag::Pron,
        Tag::Possessive,
        Tag::Relative,
        Tag::Num,
        Tag::Part,
        Tag::Cconj,
        Tag::Sconj,
        Tag::Intj,
        Tag::Punct,
        Tag::Sym,
        Tag::X,
    ];

    /// The Universal Dependencies part of speech that it refines.
    ///
    /// ```
    /// assert_eq!(factfigures::tag::Tag::Names.upos(), "PROPN");
    /// ```
    pub const fn upos(self) -> &'static str {
        match self {
            Tag::Noun | Tag::Nouns => "NOUN",
            Tag::Name | Tag::Names => "PROPN",
            Tag::Verb | Tag::VerbPresent | Tag::VerbS | Tag::VerbPast => "VERB",
            Tag::VerbParticiple | Tag::VerbIng => "VERB",
            Tag::Aux | Tag::Modal => "AUX",
            Tag::Adj | Tag::AdjComparative | Tag::AdjSuperlative => "ADJ",
            Tag::Adv | Tag::AdvComparative => "ADV",
            Tag::Adp => "ADP",
            Tag::Det => "DET",
            Tag::Pron | Tag::Possessive | Tag::Relative => "PRON",
            Tag::Num => "NUM",
            Tag::Part => "PART",
            Tag::Cconj => "CCONJ",
            Tag::Sconj => "SCONJ",
            Tag::Intj => "INTJ",
            Tag::Punct => "PUNCT",
            Tag::Sym => "SYM",
            Tag::X => "X",
        }
    }
    /// Whether it is a common or proper noun.
    pub const fn is_noun(self) -> bool {
        matches!(self, Tag::Noun | Tag::Nouns | Tag::Name | Tag::Names)
    }
    /// Whether it is a proper noun.
    pub const fn is_name(self) -> bool {
        matches!(self, Tag::Name | Tag::Names)
    }
    /// Whether it is a full verb in any form.
    pub const fn is_verb(self) -> bool {
        matches!(
            self,
            Tag::Verb | Tag::VerbPresent | Tag::VerbS | Tag::VerbPast | Tag::VerbParticiple | Tag::VerbIng
        )
    }
    /// Whether it is, or may be, a finite verb: all but participles.
    pub const fn is_finite(self) -> bool {
        matches!(self, Tag::Verb | Tag::VerbPresent | Tag::VerbS | Tag::VerbPast | Tag::Aux | Tag::Modal)
    }
    /// Whether it is an adjective in any degree.
    pub const fn is_adj(self) -> bool {
        matches!(self, Tag::Adj | Tag::AdjComparative | Tag::AdjSuperlative)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(sentence: &str) -> Vec<Tag> {
        let mut tags = Vec::new();
        tag_words(sentence.split(' '), &mut tags);
        tags
    }

    #[test]
    fn numbers_of_tags() {
        for (i, tag) in Tag::ALL.into_iter().enumerate() {
            assert_eq!(tag as usize, i);
        }
    }

    #[test]
    fn news_sentences() {
        use Tag::*;
        assert_eq!(
            tags("The company shipped about 6,700 containers to Russia ."),
            [Det, Noun, VerbPast, Adv, Num, Nouns, Adp, Name, Punct]
        );
        assert_eq!(
            tags("Profits fell 12 % to $ 50 million , she said ."),
            [Nouns, VerbPast, Num, Sym, Adp, Sym, Num, Num, Punct, Pron, VerbPast, Punct]
        );
        assert_eq!(
            tags("It has n't been two weeks since 40 of the workers were fired ."),
            [Pron, Aux, Part, Aux, Num, Nouns, Sconj, Num, Adp, Det, Nouns, Aux, VerbParticiple, Punct]
        );
    }

    #[test]
    fn a_sentence_has_a_finite_verb() {
        assert_eq!(tags("The benchmark index edged down 0.3 % .")[3], Tag::VerbPast);
        assert_eq!(tags("Petrol averaged $ 2.11 per gallon .")[1], Tag::VerbPast);
        assert_eq!(tags("The trucks built in Ohio were recalled .")[2], Tag::VerbParticiple);
    }

    #[test]
    fn typographic_signs_are_like_plain_ones() {
        assert_eq!(tags("“ It ’s the mayor ’s plan – not ours , ” he did n’t say ."), {
            tags("\" It 's the mayor 's plan - not ours , \" he did n't say .")
        });
    }

    #[test]
    fn capitals_do_not_make_every_word_a_name() {
        let upper = tags("OIL PRICES FALL AS TWO COUNTRIES RAISE OUTPUT");
        assert_eq!(upper, tags("oil prices fall as two countries raise output"));
        assert_eq!(upper[5], Tag::Nouns);
        assert!(upper[2].is_verb() && upper[6].is_verb());
    }

    #[test]
    fn any_words_get_a_tag_each() {
        for sentence in ["", " ", "é", "’", "“ ”", "日本 語 1２", "\u{0} \u{10ffff}", "İ İ İ", "a\u{301} ………"]
        {
            assert_eq!(tags(sentence).len(), sentence.split(' ').count());
        }
        let mut none = vec![Tag::X];
        tag_words([], &mut none);
        assert!(none.is_empty());
    }

    #[test]
    fn broken_weights_are_refused() {
        let bytes = &BYTES.0;
        assert!(Model::parse(bytes).is_some());
        for broken in [&[][..], &bytes[..5], &bytes[..64], &bytes[..bytes.len() - 1], &[255; 4096]] {
            assert!(Model::parse(broken).is_none());
        }
    }
}
