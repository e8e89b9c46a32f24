//! Splits a sentence into tokens.
//!
//! Words part at hyphens ("two-day" is three tokens), digits part from letters glued to them ("152mm" is
//! two), currency signs stand alone, contractions part as in Universal Dependencies ("do" + "n't"). Names
//! with digits ("F-16", "G7", "COVID-19", URLs) stay whole as identifiers.

use crate::Span;
use crate::lexicon::abbreviations::{OTHERS, TITLES};
use crate::lexicon::identifiers::PREFIXES;
use crate::sentence::{Sentence, Token, TokenKind};

/// Splits the sentence at `span` of `text` into tokens. `lowered` is the text with ASCII letters in lower case, made
/// once for all sentences.
///
/// ```
/// use factfigures::{Span, token::tokenize};
/// let text = "A two-day, $3.2bn deal";
/// let lowered = text.to_ascii_lowercase();
/// let sentence = tokenize(text, &lowered, Span::new(0, text.len() as u32), 0);
/// let words: Vec<&str> = (0..sentence.len()).map(|i| sentence.word(i)).collect();
/// assert_eq!(words, ["A", "two", "-", "day", ",", "$", "3.2", "bn", "deal"]);
/// ```
pub fn tokenize<'t>(text: &'t str, lowered: &'t str, span: Span, paragraph: u32) -> Sentence<'t> {
    let tokens = Vec::with_capacity(span.len() as usize / 4 + 4);
    let mut out = Tokenizer { text, lowered, end: span.end as usize, tokens };
    out.run(span.start as usize);
    Sentence::new(text, lowered, span, paragraph, out.tokens)
}

/// What a byte can be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Space,
    Letter,
    Digit,
    /// A sign that stands alone.
    Punct,
    Symbol,
    /// A sign that may belong to what stands before or behind it.
    Joint,
    /// Part of a character beyond ASCII.
    Wide,
}

static SORTS: [Sort; 256] = {
    let mut sorts = [Sort::Wide; 256];
    let mut b = 0;
    while b < 128 {
        sorts[b] = match b as u8 {
            b'\t'..=b'\r' | b' ' => Sort::Space,
            b'a'..=b'z' | b'A'..=b'Z' => Sort::Letter,
            b'0'..=b'9' => Sort::Digit,
            b'\'' | b'&' | b'.' | b'-' | b':' | b'@' | b'#' => Sort::Joint,
            b'$' | b'%' | b'+' | b'~' | b'=' | b'<' | b'>' | b'^' | b'|' => Sort::Symbol,
            _ => Sort::Punct,
        };
        b += 1;
    }
    sorts
};

fn sort(b: u8) -> Sort {
    SORTS[usize::from(b)]
}

struct Tokenizer<'t> {
    text: &'t str,
    lowered: &'t str,
    end: usize,
    tokens: Vec<Token<'t>>,
}

impl<'t> Tokenizer<'t> {
    fn run(&mut self, mut at: usize) {
        let mut glued = false;
        while at < self.end {
            at = match sort(self.byte(at)) {
                Sort::Space => {
                    glued = false;
                    at += 1;
                    continue;
                }
                Sort::Letter => self.word(at, glued),
                Sort::Digit => self.number(at, glued),
                Sort::Punct => self.push(at, at + 1, TokenKind::Punct, glued),
                Sort::Symbol => self.push(at, at + 1, TokenKind::Symbol, glued),
                Sort::Joint | Sort::Wide => match self.char_at(at) {
                    Some(c) if is_space(c) => {
                        glued = false;
                        at += c.len_utf8();
                        continue;
                    }
                    Some(c) => self.token(at, c, glued),
                    None => break,
                },
            };
            glued = true;
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        let byte = *self.text.as_bytes().get(at).filter(|_| at < self.end)?;
        if byte < 0x80 { Some(byte as char) } else { self.text[at..self.end].chars().next() }
    }

    fn byte(&self, at: usize) -> u8 {
        if at < self.end { self.text.as_bytes()[at] } else { 0 }
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind, glued: bool) -> usize {
        let span = Span::new(start as u32, end as u32);
        self.tokens.push(Token { word: span.of(self.text), lower: span.of(self.lowered), span, kind, glued });
        end
    }

    /// Reads one token (or the tokens of one word) from `at`; returns where it ends.
    fn token(&mut self, at: usize, c: char, glued: bool) -> usize {
        if is_digit(c) || (c == '.' && self.byte(at + 1).is_ascii_digit() && !glued) {
            return self.number(at, glued);
        }
        if is_letter(c) {
            return self.word(at, glued);
        }
        if (c == '@' || c == '#') && self.byte(at + 1).is_ascii_alphabetic() {
            let end = self.span_while(at + 1, |c| c.is_alphanumeric() || c == '_');
            return self.push(at, end, TokenKind::Identifier, glued);
        }
        let torn = |t: &&Token| t.lower == "covid" && self.byte(at + 1).is_ascii_digit();
        if let Some(name) = self.tokens.last().filter(|t| c == '-' && torn(t)).copied() {
            // "COVID -19", its hyphen set apart
            let end = self.span_while(at + 1, |c| c.is_ascii_digit());
            self.tokens.pop();
            return self.push(name.span.start as usize, end, TokenKind::Identifier, name.glued);
        }
        let mut end = at + c.len_utf8();
        if c == '.' || c == '-' {
            end = self.span_while(at, |d| d == c);
        }
        let kind = if is_symbol(c) { TokenKind::Symbol } else { TokenKind::Punct };
        self.push(at, end, kind, glued)
    }

    /// Where the letters from `at` on end.
    fn letters(&self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..self.end).unwrap_or_default();
        let ascii = rest.iter().position(|&b| sort(b) != Sort::Letter).unwrap_or(rest.len());
        match rest.get(ascii) {
            Some(0x80..) => self.span_while(at + ascii, is_letter),
            _ => at + ascii,
        }
    }

    fn span_while(&self, mut at: usize, keep: impl Fn(char) -> bool) -> usize {
        while let Some(c) = self.char_at(at) {
            if !keep(c) {
                break;
            }
            at += c.len_utf8();
        }
        at
    }

    // ------------------------------------------------------------------------------------------ numbers

    fn number(&mut self, at: usize, glued: bool) -> usize {
        let mut end = self.span_while(at, is_digit);
        if let Some(long) = self.dotted_identifier(at, end) {
            return self.push(at, long, TokenKind::Identifier, glued);
        }
        if self.text.as_bytes()[at] != b'.' && !has_fraction(&self.text[at..end]) {
            end = self.groups(at, end);
        }
        let point = match self.char_at(end) {
            Some('.') => 1,
            Some('·') => 2,
            _ => 0,
        };
        if point > 0 && self.byte(end + point).is_ascii_digit() && self.byte(at) != b'.' {
            end = self.span_while(end + point, is_digit);
        }
        if self.byte(at) == b'.' {
            end = self.span_while(at + 1, is_digit);
        }
        self.push(at, end, TokenKind::Number, glued)
    }

    /// "1.2.3", "192.168.0.1": versions and addresses, not numbers.
    fn dotted_identifier(&self, at: usize, first: usize) -> Option<usize> {
        let (mut end, mut dots, mut thousands) = (first, 0, first - at <= 3);
        while self.byte(end) == b'.' && self.byte(end + 1).is_ascii_digit() {
            let next = self.span_while(end + 1, |c| c.is_ascii_digit());
            thousands &= next - end == 4;
            end = next;
            dots += 1;
        }
        (dots >= 2 && !thousands).then_some(end)
    }

    /// Extends a run of digits over its groups: 6,700 · 816 000 · 1'000'000 · 1.000.000 · 12,34,567.
    fn groups(&self, at: usize, first: usize) -> usize {
        let lead = first - at;
        if lead > 3 || lead == 0 {
            return first;
        }
        let Some(separator) = self.char_at(first) else { return first };
        let width = separator.len_utf8();
        if !matches!(separator, ',' | '.' | '\'' | '’' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}') {
            return first;
        }
        let (mut end, mut count, mut lakh) = (first, 0, false);
        while self.char_at(end) == Some(separator) {
            let next = self.span_while(end + width, |c| c.is_ascii_digit());
            match next - end - width {
                3 => {}
                2 if separator == ',' && lead <= 2 && (count == 0 || lakh) => lakh = true,
                _ => break,
            }
            end = next;
            count += 1;
        }
        let last_width = if count > 0 {
            end - (0..end).rev().find(|&i| !self.text.as_bytes()[i].is_ascii_digit()).map_or(0, |i| i + 1)
        } else {
            0
        };
        if count == 0 && separator == ',' && self.set_apart(first) {
            return first + 5; // "10, 000"
        }
        let whole = count > 0 && last_width == 3;
        let plausible = match separator {
            '.' => count >= 2,
            ' ' => self.space_group(at, end, count),
            _ => true,
        };
        let zero = self.byte(at) == b'0';
        if whole && plausible && !zero { end } else { first }
    }

    /// Whether ", 000" follows at `at`: a group that a text with its tokens set apart has torn off.
    fn set_apart(&self, at: usize) -> bool {
        let rest = &self.text.as_bytes()[at..self.end];
        rest.starts_with(b", 000") && !rest.get(5).is_some_and(u8::is_ascii_digit)
    }

    /// An ordinary space groups digits only where nothing else explains it: not in a row of more numbers, not
    /// after a month or another number.
    fn space_group(&self, at: usize, end: usize, count: usize) -> bool {
        let before = self.text[..at].trim_end();
        let month = before.rsplit(|c: char| !c.is_alphabetic()).next().is_some_and(|w| {
            matches!(
                w.get(..3),
                Some(
                    "Jan"
                        | "Feb"
                        | "Mar"
                        | "Apr"
                        | "May"
                        | "Jun"
                        | "Jul"
                        | "Aug"
                        | "Sep"
                        | "Oct"
                        | "Nov"
                        | "Dec"
                )
            )
        });
        let digit_before = before.len() < at && before.ends_with(|c: char| c.is_ascii_digit() || c == '+');
        let digit_after = self.byte(end) == b' ' && self.byte(end + 1).is_ascii_digit();
        let hyphen_after = self.byte(end) == b'-' && self.byte(end + 1).is_ascii_digit();
        count <= 4 && !month && !digit_before && !digit_after && !hyphen_after
    }

    // ------------------------------------------------------------------------------------------ words

    fn word(&mut self, at: usize, glued: bool) -> usize {
        let end = self.letters(at);
        if matches!(sort(self.byte(end)), Sort::Space | Sort::Punct | Sort::Symbol) {
            return self.push(at, end, TokenKind::Word, glued);
        }
        if let Some(long) = self.url(at, end) {
            return self.push(at, long, TokenKind::Identifier, glued);
        }
        let after_digits = glued && self.tokens.last().is_some_and(|t| t.kind == TokenKind::Number);
        if self.byte(end).is_ascii_digit() && !after_digits {
            let dollar = at > 0 && self.text.as_bytes()[at - 1] == b'$';
            // "R500", "P5 trillion", "Y5 billion": rand, pesos and yen, where "R18" and "Y2000" are names
            let digits = self.span_while(end, |c| c.is_ascii_digit() || c == ',' || c == '.');
            let rest = self.text[digits..self.end].trim_start();
            let scaled = ["million", "billion", "trillion", "bn "].iter().any(|w| rest.starts_with(w));
            let long = digits - end >= 3 || scaled;
            let grouped = self.text[end..digits].trim_end_matches([',', '.']).contains(',');
            let yen = &self.text[at..end] == "Y" && (scaled || grouped);
            let rand = !glued && (long && matches!(&self.text[at..end], "R" | "P") || yen);
            if rand
                || (splits_from_digits(&self.text[at..end])
                    && (dollar || !matches!(&self.text[at..end], "US" | "AU" | "NZ" | "HK")))
                || dollar && matches!(&self.text[at..end], "A" | "C" | "S" | "CA" | "NT")
                || &self.text[at..end] == "PS" && self.amount(end)
            {
                return self.push(at, end, TokenKind::Word, glued);
            }
            let long = self.span_while(end, |c| c.is_alphanumeric());
            let long = self.hyphenated_digits(long);
            return self.push(at, long, TokenKind::Identifier, glued);
        }
        if !after_digits
            && self.byte(end) == b'-'
            && self.byte(end + 1).is_ascii_digit()
            && names_with_digits(&self.text[at..end])
        {
            let long = self.span_while(end + 1, |c| c.is_alphanumeric());
            return self.push(at, self.hyphenated_digits(long), TokenKind::Identifier, glued);
        }
        if let Some(long) = self.numbered_name(at, end) {
            return self.push(at, long, TokenKind::Identifier, glued);
        }
        let long = self.inner(at, end);
        if long == end {
            return self.push(at, end, TokenKind::Word, glued);
        }
        self.contraction(at, long, glued)
    }

    /// "ID.3": capitals, a point and a digit or two are the name of a model; "RM.5" and "No.5" are not.
    fn numbered_name(&self, at: usize, end: usize) -> Option<usize> {
        let word = &self.text[at..end];
        let capitals = word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
        if self.byte(end) != b'.' || !capitals || splits_from_digits(word) {
            return None;
        }
        let long = self.span_while(end + 1, |c| c.is_ascii_digit());
        let ends = !self.byte(long).is_ascii_alphanumeric() && !self.byte(long + 1).is_ascii_digit();
        ((1..=2).contains(&(long - end - 1)) && ends).then_some(long)
    }

    /// "PS2.7m", "PS21,700", where a feed's ASCII wrote PS for the pound sign; "PS5" is a name.
    fn amount(&self, at: usize) -> bool {
        let end = self.span_while(at, |c| c.is_ascii_digit() || c == ',' || c == '.');
        let digits = self.text[at..end].trim_end_matches([',', '.']);
        let rest = self.text[at + digits.len()..self.end].trim_start();
        digits.contains([',', '.'])
            || digits.len() >= 3
            || ["m ", "m.", "m,", "bn", "million", "billion"].iter().any(|w| rest.starts_with(w))
    }

    fn hyphenated_digits(&self, mut end: usize) -> usize {
        while self.byte(end) == b'-' && self.byte(end + 1).is_ascii_digit() {
            end = self.span_while(end + 1, |c| c.is_alphanumeric());
        }
        end
    }

    fn url(&self, at: usize, end: usize) -> Option<usize> {
        if !matches!(self.byte(end), b':' | b'.' | b'@') {
            return None;
        }
        let rest = &self.text.as_bytes()[end..self.end];
        let first = &self.text[at..end];
        let starts = rest.starts_with(b"://")
            || (first.eq_ignore_ascii_case("www") && rest.first() == Some(&b'.'))
            || (rest.first() == Some(&b'@') && rest.get(1).is_some_and(u8::is_ascii_alphabetic));
        if !starts {
            return None;
        }
        let end = self.span_while(end, |c| !c.is_whitespace() && !matches!(c, '"' | '”' | '>' | ')' | ','));
        let cut = self.text[at..end].trim_end_matches(['.', ';', ':', '!', '?']).len();
        Some(at + cut)
    }

    /// Extends a word over inner apostrophes (O'Brien), ampersands (S&P) and the periods of abbreviations.
    fn inner(&self, at: usize, mut end: usize) -> usize {
        loop {
            if !matches!(self.byte(end), b'\'' | b'&' | b'.' | 0xe2) {
                return end;
            }
            let Some(c) = self.char_at(end) else { return end };
            let next = end + c.len_utf8();
            let letter = self.char_at(next).is_some_and(is_letter);
            match c {
                '\'' | '’' | '&' if letter => end = self.letters(next),
                '.' if self.keeps_period(at, end, letter) => {
                    end = if letter { self.letters(next) } else { next };
                    if !letter {
                        return end;
                    }
                }
                _ => return end,
            }
        }
    }

    fn keeps_period(&self, at: usize, end: usize, letter: bool) -> bool {
        let word = &self.text[at..end];
        let last = word.rsplit('.').next().unwrap_or(word);
        if letter {
            return last.chars().count() == 1 || word.eq_ignore_ascii_case("ph");
        }
        if word.contains('.') {
            return last.chars().count() <= 2;
        }
        if word.len() > 8 {
            return false;
        }
        let lower = word.to_ascii_lowercase();
        let capital = word.starts_with(|c: char| c.is_uppercase());
        let initial = capital
            && word.chars().count() == 1
            && end + 1 < self.end
            && !self.tokens.last().is_some_and(|t| {
                t.span.end as usize == at && matches!(t.kind, TokenKind::Number | TokenKind::Symbol)
            });
        initial
            || ((OTHERS.contains(lower.as_str()) || TITLES.contains(lower.as_str()))
                && (end + 1 < self.end || OTHERS.contains(lower.as_str()))
                && (capital
                    || lower.len() > 2
                    || matches!(lower.as_str(), "no" | "vs" | "ca" | "pp" | "c" | "co" | "dr" | "mr" | "v"))
                && !(end + 1 >= self.end
                    && matches!(
                        lower.as_str(),
                        "no" | "art"
                            | "fig"
                            | "may"
                            | "mar"
                            | "sun"
                            | "ill"
                            | "ind"
                            | "miss"
                            | "mass"
                            | "wash"
                            | "del"
                            | "min"
                            | "max"
                            | "tel"
                    )))
    }

    /// Parts "don't" into "do" and "n't", "it's" into "it" and "'s".
    fn contraction(&mut self, at: usize, end: usize, glued: bool) -> usize {
        const TAILS: [&str; 14] =
            ["n't", "n’t", "'s", "’s", "'ll", "’ll", "'re", "’re", "'ve", "’ve", "'d", "’d", "'m", "’m"];
        let word = &self.lowered[at..end];
        let tail = TAILS.iter().find(|tail| word.len() > tail.len() && word.ends_with(**tail));
        let Some(tail) = tail else { return self.push(at, end, TokenKind::Word, glued) };
        let cut = end - tail.len();
        self.push(at, cut, TokenKind::Word, glued);
        self.push(cut, end, TokenKind::Word, true)
    }
}

/// Letters before digits that are a currency or sign of their own: "Rs5,000", "USD200".
fn splits_from_digits(word: &str) -> bool {
    matches!(
        word,
        "Rs" | "RM"
            | "US"
            | "AU"
            | "NZ"
            | "HK"
            | "Tk"
            | "kr"
            | "Kr"
            | "Sh"
            | "KSh"
            | "Ksh"
            | "Rp"
            | "Lm"
            | "INR"
            | "Re"
            | "No"
            | "fy"
            | "FY"
    ) || (word.len() == 3 && !crate::currency::by_symbol(word).is_empty())
}

/// Whether letters with a hyphen and digits after them are a name: "F-16", "COVID-19", but not "mid-40s".
fn names_with_digits(word: &str) -> bool {
    if word.len() > 9 {
        return false;
    }
    let lower = word.to_ascii_lowercase();
    let capital = word.chars().any(char::is_uppercase);
    (capital || matches!(lower.as_str(), "covid" | "omega")) && !PREFIXES.contains(lower.as_str())
}

fn is_letter(c: char) -> bool {
    // quotation marks and dashes are what is met beyond ASCII
    !('\u{2000}'..='\u{206f}').contains(&c) && c.is_alphabetic()
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{fffc}' | '\u{2060}' | '\u{ad}')
}

/// ASCII and full-width digits and vulgar fractions.
pub(crate) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || (c > '\u{7f}' && (matches!(c, '０'..='９') || fraction(c).is_some()))
}

fn has_fraction(digits: &str) -> bool {
    !digits.is_ascii() && digits.chars().any(|c| fraction(c).is_some())
}

/// Numerator and denominator of a vulgar fraction sign.
pub(crate) fn fraction(c: char) -> Option<(u32, u32)> {
    Some(match c {
        '½' => (1, 2),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅐' => (1, 7),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        _ => return None,
    })
}

fn is_symbol(c: char) -> bool {
    matches!(
        c,
        '£' | '€'
            | '¥'
            | '¢'
            | '°'
            | '±'
            | '×'
            | '÷'
            | '≈'
            | '≤'
            | '≥'
            | '−'
            | '#'
            | '@'
            | '&'
            | '§'
            | '©'
            | '®'
            | '™'
            | '¹'
            | '²'
            | '³'
    ) || (c > '\u{7f}'
        && !matches!(
            c,
            '“' | '”' | '‘' | '’' | '–' | '—' | '…' | '«' | '»' | '•' | '·' | '\u{2010}'
                ..='\u{2012}' | '\u{2015}'
        ))
}
