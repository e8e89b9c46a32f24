//! Findings for people: what is wrong in a sentence, and the sentences it is about side by side.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use factfigures::Span;
use factfigures::crosscheck::{Checked, Finding, Item, Place, Verdict};

const MARK: Style = AnsiColor::Yellow.on_default().bold();
const FAINT: Style = Style::new().dimmed();
const ALARM: Style = AnsiColor::Red.on_default().bold();

/// Width of one of two columns.
const COLUMN: usize = 50;

/// The findings, most serious first, and how many there are.
pub fn render(documents: &[Checked<'_>], names: &[&str], findings: &[Finding], colour: bool) -> String {
    let mut page = Page { documents, names, colour, out: String::new() };
    for finding in findings {
        page.finding(finding);
    }
    let count = |verdict| findings.iter().filter(|f| f.verdict == verdict).count();
    let conflicts = count(Verdict::Conflict);
    let _ = write!(page.out, "{conflicts} {}", if conflicts == 1 { "conflict" } else { "conflicts" });
    for (verdict, name) in [
        (Verdict::Consistent, "consistent"),
        (Verdict::Agree, "in agreement"),
        (Verdict::NotComparable, "not comparable"),
    ] {
        match count(verdict) {
            0 => {}
            n => drop(write!(page.out, ", {n} {name}")),
        }
    }
    page.out.push('\n');
    page.out
}

/// Text that may be coloured, one piece of a line.
type Piece = (String, Option<Style>);

struct Page<'a> {
    documents: &'a [Checked<'a>],
    names: &'a [&'a str],
    colour: bool,
    out: String,
}

impl Page<'_> {
    fn finding(&mut self, finding: &Finding) {
        let (verdict, style) = match finding.verdict {
            Verdict::Conflict => ("CONFLICT", Some(ALARM)),
            Verdict::Consistent => ("CONSISTENT", None),
            Verdict::Agree => ("AGREE", None),
            Verdict::NotComparable => ("NOT COMPARABLE", Some(FAINT)),
        };
        self.piece(&(verdict.to_owned(), style));
        let _ = writeln!(self.out, "  {}", clean(&finding.explanation));
        let two = &finding.sides[..finding.sides.len().min(2)];
        match two {
            [one, other] if self.sentence(*one) != self.sentence(*other) => self.side_by_side(*one, *other),
            _ => self.alone(&finding.sides),
        }
        let others = finding.sides.iter().skip(2).filter(|s| self.sentence(**s) != self.sentence(two[0]));
        let lines: Vec<String> = others
            .map(|s| format!("  also {}: {}\n", self.name(*s), clean(self.span(*s).of(self.text(*s)))))
            .collect();
        lines.into_iter().for_each(|line| self.piece(&(line, Some(FAINT))));
        self.out.push('\n');
    }

    /// Two sentences in two columns.
    fn side_by_side(&mut self, one: Place, other: Place) {
        let columns = [one, other].map(|place| {
            let mut lines = vec![vec![(shortened(&self.name(place), COLUMN), Some(FAINT))]];
            lines.extend(wrap(self.marked(&[place]), COLUMN));
            lines
        });
        for i in 0..columns[0].len().max(columns[1].len()) {
            let empty = Vec::new();
            let (left, right) = (columns[0].get(i).unwrap_or(&empty), columns[1].get(i).unwrap_or(&empty));
            self.out.push_str("  ");
            let width = left.iter().map(|p| p.0.chars().count()).sum::<usize>();
            left.iter().for_each(|p| self.piece(p));
            if !right.is_empty() {
                self.out.extend(std::iter::repeat_n(' ', COLUMN.saturating_sub(width) + 3));
                right.iter().for_each(|p| self.piece(p));
            }
            self.out.push('\n');
        }
    }

    /// One sentence with everything that is compared in it.
    fn alone(&mut self, places: &[Place]) {
        self.out.push_str("  ");
        self.piece(&(self.name(places[0]), Some(FAINT)));
        self.out.push('\n');
        for line in wrap(self.marked(places), 2 * COLUMN + 3) {
            self.out.push_str("  ");
            line.iter().for_each(|p| self.piece(p));
            self.out.push('\n');
        }
    }

    fn name(&self, place: Place) -> String {
        match self.names[place.document] {
            "" => format!("document {}", place.document + 1),
            name => clean(name),
        }
    }

    fn text(&self, place: Place) -> &str {
        self.documents[place.document].document.text
    }

    fn span(&self, place: Place) -> Span {
        let extraction = self.documents[place.document].extraction;
        match place.item {
            Item::Figure(i) => extraction.figures[i].span,
            Item::Time(i) => extraction.times[i].span,
        }
    }

    /// The sentence of a figure; of a time the sentence of a figure around it, or itself.
    fn sentence(&self, place: Place) -> (usize, Span) {
        let figures = &self.documents[place.document].extraction.figures;
        let span = match place.item {
            Item::Figure(i) => figures[i].sentence,
            Item::Time(_) => {
                let time = self.span(place);
                figures.iter().map(|f| f.sentence).find(|s| s.contains(time)).unwrap_or(time)
            }
        };
        (place.document, span)
    }

    /// The sentence of the first place, with all places in it marked: in colour, else in square brackets.
    fn marked(&self, places: &[Place]) -> Vec<Piece> {
        let (document, sentence) = self.sentence(places[0]);
        let text = self.documents[document].document.text;
        let words = |from: u32, to: u32| clean(text.get(from as usize..to as usize).unwrap_or(""));
        let mut marks: Vec<Span> =
            places.iter().map(|p| self.span(*p)).filter(|s| sentence.contains(*s)).collect();
        marks.sort_by_key(|s| s.start);
        let (mut out, mut at) = (Vec::new(), sentence.start);
        for mark in marks {
            if mark.start < at {
                continue;
            }
            out.push((words(at, mark.start), None));
            match self.colour {
                true => out.push((words(mark.start, mark.end), Some(MARK))),
                false => out.push((format!("[{}]", words(mark.start, mark.end)), None)),
            }
            at = mark.end;
        }
        out.push((words(at, sentence.end), None));
        out
    }

    fn piece(&mut self, (words, style): &Piece) {
        match style.filter(|_| self.colour) {
            Some(style) => drop(write!(self.out, "{}{words}{}", style.render(), style.render_reset())),
            None => self.out.push_str(words),
        }
    }
}

/// Words on one line: control characters, which a terminal might obey, become spaces.
fn clean(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn shortened(name: &str, width: usize) -> String {
    let skip = name.chars().count().saturating_sub(width);
    if skip == 0 {
        name.to_owned()
    } else {
        format!("…{}", name.chars().skip(skip + 1).collect::<String>())
    }
}

/// Breaks pieces into lines of at most a width, between words.
fn wrap(pieces: Vec<Piece>, width: usize) -> Vec<Vec<Piece>> {
    let (mut lines, mut used) = (vec![Vec::new()], 0);
    for (words, style) in pieces {
        for word in words.split_inclusive(' ') {
            let length = word.trim_end().chars().count();
            if used > 0 && used + length > width {
                lines.push(Vec::new());
                used = 0;
            }
            used += word.chars().count();
            if let Some(line) = lines.last_mut() {
                line.push((word.to_owned(), style));
            }
        }
    }
    lines
}
