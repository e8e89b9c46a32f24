//! A sentence and its words: what every reader looks at.

use std::cell::{Cell, OnceCell};

use crate::Span;
use crate::retag;
use crate::tag::{self, Tag};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner apostrophes and periods where they belong ("don" of "don't", "U.S.").
    Word,
    /// A numeral in digits, grouped or with decimals ("6,700", "2½", "3:07:35" is three numerals and colons).
    Number,
    /// A mix of letters and digits that names something ("F-16", "G7", "COVID-19", a URL).
    Identifier,
    /// A currency sign, "%", "°", "+", "~" and other symbols.
    Symbol,
    /// Everything else.
    Punct,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub struct Token<'t> {
    /// As written.
    pub word: &'t str,
    /// With ASCII letters in lower case.
    pub lower: &'t str,
    /// Where it stands in the document's text.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether it follows the token before it without white space.
    pub glued: bool,
}

/// A sentence with its tokens.
///
/// Spans count bytes of the whole document; indices count tokens of this sentence.
#[derive(Clone, Debug)]
pub struct Sentence<'t> {
    /// The whole document's text.
    pub text: &'t str,
    /// Where the sentence stands.
    pub span: Span,
    /// Which paragraph (a line or block between line breaks) it belongs to, counted from 0.
    pub paragraph: u32,
    /// Its tokens.
    pub tokens: Vec<Token<'t>>,
    /// Their parts of speech, once they were asked for: many sentences with a word of a time hold none after all.
    tags: OnceCell<Vec<Cell<Tag>>>,
    /// The whole document's text with ASCII letters in lower case, at the same offsets.
    pub lowered: &'t str,
}

impl<'t> Sentence<'t> {
    /// A sentence of these tokens.
    pub fn new(
        text: &'t str,
        lowered: &'t str,
        span: Span,
        paragraph: u32,
        tokens: Vec<Token<'t>>,
    ) -> Sentence<'t> {
        Sentence { text, span, paragraph, tokens, tags: OnceCell::new(), lowered }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Token `i` as written; "" outside the sentence.
    pub fn word(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |t| t.word)
    }

    /// Token `i` with ASCII letters in lower case; "" outside the sentence.
    pub fn lower(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |t| t.lower)
    }

    /// The tag of token `i`; `Punct` outside the sentence.
    pub fn tag(&self, i: usize) -> Tag {
        let tags = self.tags.get().map_or_else(|| self.read_tags(), Vec::as_slice);
        tags.get(i).map_or(Tag::Punct, Cell::get)
    }

    #[cold]
    fn read_tags(&self) -> &[Cell<Tag>] {
        let tags = self.tags.get_or_init(|| tag::read(self).into_iter().map(Cell::new).collect());
        retag::correct(self);
        tags
    }

    /// Corrects the tag of token `i`.
    pub(crate) fn correct_tag(&self, i: usize, tag: Tag) {
        if let Some(old) = self.tags.get().and_then(|tags| tags.get(i)) {
            old.set(tag);
        }
    }

    /// The kind of token `i`; `Punct` outside the sentence.
    pub fn kind(&self, i: usize) -> TokenKind {
        self.tokens.get(i).map_or(TokenKind::Punct, |t| t.kind)
    }

    /// Whether token `i` follows its predecessor without white space.
    pub fn glued(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.glued)
    }

    /// The span of tokens `from..to`.
    pub fn span_of(&self, from: usize, to: usize) -> Span {
        Span::new(self.tokens[from].span.start, self.tokens[to - 1].span.end)
    }

    /// Index of the first token that starts at or after byte `offset` of the document.
    pub fn token_at(&self, offset: u32) -> usize {
        self.tokens.partition_point(|t| t.span.start < offset)
    }

    /// Whether the lower-cased words from token `i` on are exactly these, separated by single spaces.
    pub fn starts_with(&self, i: usize, phrase: &str) -> bool {
        phrase.split(' ').enumerate().all(|(k, w)| self.lower(i + k) == w)
    }
}
