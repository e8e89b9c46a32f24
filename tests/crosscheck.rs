//! Cross-checking: pairs of sentences, pairs of articles, and what holds for any documents.
//!
//! Every file of `tests/corpus/crosscheck` holds `[[pair]]` blocks: `say`, one text or two that are checked together, and
//! `expect`, the verdict with its reason of the most serious finding. `NOT_COMPARABLE` expects none. Scores over all pairs
//! are asserted; what is missed is printed (`cargo test --test crosscheck -- --nocapture`).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use factfigures::crosscheck::{Checked, Finding, Item, Options, Place, Verdict, check};
use factfigures::document::Region;
use factfigures::{Document, extract};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    pair: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    /// One text, checked with itself, or two.
    say: Vec<String>,
    /// `VERDICT REASON`, or `NOT_COMPARABLE`.
    expect: String,
    /// Publication date of the texts.
    date: Option<String>,
    /// Region of the texts.
    region: Option<String>,
}

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
}

/// The pairs of every file of a folder, with the name of their file.
fn pairs(name: &str) -> Vec<(String, Pair)> {
    let mut files: Vec<_> = fs::read_dir(folder(name)).expect("the corpus is there").flatten().collect();
    files.sort_by_key(|f| f.file_name());
    let mut out = Vec::new();
    for file in files {
        let text = fs::read_to_string(file.path()).expect("a file of the corpus");
        let corpus: Corpus =
            toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.path().display()));
        let name = file.file_name().to_string_lossy().into_owned();
        out.extend(corpus.pair.into_iter().map(|pair| (name.clone(), pair)));
    }
    out
}

fn checked(documents: &[Document<'_>], options: Options) -> Vec<Finding> {
    let extractions: Vec<_> = documents.iter().map(extract).collect();
    let sides: Vec<_> = documents
        .iter()
        .zip(&extractions)
        .map(|(document, extraction)| Checked { document: *document, extraction })
        .collect();
    check(&sides, options)
}

impl Pair {
    fn documents(&self) -> Vec<Document<'_>> {
        let publish_date = self.date.as_deref().map(|d| d.parse().expect("a date"));
        let region = self.region.as_deref().map_or(Region::US, |r| Region::parse(r).expect("a region"));
        self.say.iter().map(|text| Document { text, publish_date, region }).collect()
    }

    fn found(&self) -> (String, Vec<Finding>) {
        let findings = checked(&self.documents(), Options::default());
        let first = findings.first().map(|f| format!("{} {}", upper(f.verdict), upper(f.reason)));
        (first.unwrap_or_else(|| "NOT_COMPARABLE".into()), findings)
    }
}

/// `NotComparable` as `NOT_COMPARABLE`.
fn upper(name: impl std::fmt::Debug) -> String {
    let mut out = String::new();
    for c in format!("{name:?}").chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_uppercase());
    }
    out
}

fn verdict(expected: &str) -> &str {
    expected.split(' ').next().unwrap_or("")
}

/// What the checker gets right of some pairs.
#[derive(Default)]
struct Score {
    pairs: usize,
    /// Conflicts that are found, claimed, and there.
    hits: usize,
    claimed: usize,
    there: usize,
    /// Pairs that can be compared, and those with the right verdict.
    comparable: usize,
    right: usize,
    /// Pairs with the right verdict and reason, of all.
    reasons: usize,
}

impl Score {
    fn add(&mut self, expected: &str, found: &str) {
        let (want, got) = (verdict(expected), verdict(found));
        self.pairs += 1;
        self.there += usize::from(want == "CONFLICT");
        self.claimed += usize::from(got == "CONFLICT");
        self.hits += usize::from(want == "CONFLICT" && got == "CONFLICT");
        self.comparable += usize::from(want != "NOT_COMPARABLE");
        self.right += usize::from(want != "NOT_COMPARABLE" && want == got);
        self.reasons += usize::from(expected == found);
    }

    fn precision(&self) -> f64 {
        100.0 * self.hits as f64 / self.claimed.max(1) as f64
    }

    fn recall(&self) -> f64 {
        100.0 * self.hits as f64 / self.there.max(1) as f64
    }

    fn accuracy(&self) -> f64 {
        100.0 * self.right as f64 / self.comparable.max(1) as f64
    }

    fn line(&self, name: &str) -> String {
        format!(
            "{name}: {} pairs, CONFLICT precision {:.1} recall {:.1}, verdicts right {:.1}, with the reason {:.1}",
            self.pairs,
            self.precision(),
            self.recall(),
            self.accuracy(),
            100.0 * self.reasons as f64 / self.pairs.max(1) as f64
        )
    }
}

/// Scores the pairs of a folder, prints what is missed.
fn score(name: &str) -> Score {
    let mut all = Score::default();
    let mut files: BTreeMap<String, Score> = BTreeMap::new();
    for (file, pair) in pairs(name) {
        let (found, findings) = pair.found();
        all.add(&pair.expect, &found);
        files.entry(file.clone()).or_default().add(&pair.expect, &found);
        if found != pair.expect {
            println!("{file}: expected {}, found {found}\n  {}", pair.expect, pair.say.join("\n  "));
            for finding in &findings {
                println!(
                    "    {:?} {:?} {} {}",
                    finding.verdict, finding.reason, finding.similarity, finding.explanation
                );
            }
        }
    }
    for (file, score) in &files {
        println!("{}", score.line(file));
    }
    println!("{}", all.line(name));
    all
}

#[test]
fn sentences() {
    let score = score("crosscheck");
    assert!(score.pairs >= 200, "{} pairs", score.pairs);
    assert!(score.precision() >= 95.0 && score.recall() >= 90.0 && score.accuracy() >= 95.0);
}

#[test]
fn explanations_name_both_sides() {
    let [one, other] = [
        "Orbis Energy\n\nOrbis Energy posted a quarterly profit of $4.69 million.",
        "Orbis Energy's quarterly profit came to $4.69 billion.",
    ];
    let findings = checked(&[Document::new(one), Document::new(other)], Options::default());
    assert_eq!(findings.len(), 1);
    assert_eq!(
        findings[0].explanation,
        "Paragraph 2 says $4.69 million, the other report $4.69 billion: same digits, a thousand times apart; check the \
         scale word."
    );
    assert_eq!(findings[0].difference.unwrap().to_string(), "0.999");
}

#[test]
fn nothing_is_found_in_nothing() {
    assert_eq!(checked(&[], Options::default()), []);
    assert_eq!(checked(&[Document::new("")], Options::default()), []);
    assert_eq!(checked(&[Document::new(""), Document::new("It sold 12 cars.")], Options::default()), []);
}

#[test]
fn a_document_agrees_with_itself() {
    for (_, pair) in
        pairs("crosscheck").iter().filter(|(_, p)| !p.expect.starts_with("CONFLICT") && p.say.len() == 2)
    {
        for text in &pair.say {
            let document = pair.documents()[0];
            let document = Document { text, ..document };
            let figures = extract(&document).figures.len();
            let findings = checked(&[document, document], Options::default());
            let agree = findings.iter().filter(|f| f.verdict == Verdict::Agree).count();
            assert_eq!((agree, findings.len()), (figures, figures), "{text}: {findings:#?}");
        }
    }
}

/// Papers that print one agency's report, each with a line of its own: what all say is one finding, and a contradiction is
/// found against the original, and between a copied sentence and the headline over it.
#[test]
fn copied_sentences_are_one() {
    let copied = "Fourteen people were killed when a bridge fell at Tarn on Monday, police said.";
    let texts = [
        format!("{copied} Rescuers from Kolm went on searching."),
        format!("Bridge at Tarn falls, 41 killed\n\n{copied} The road stays closed."),
        format!("{copied} {copied}"),
        "Police said 12 people were killed when a bridge fell at Tarn on Monday.".to_owned(),
    ];
    let findings = checked(&texts.each_ref().map(|text| Document::new(text)), Options::default());
    let of = |finding: &Finding| finding.sides.iter().map(|side| side.document).collect::<Vec<_>>();
    let agree: Vec<_> = findings.iter().filter(|f| f.verdict == Verdict::Agree).map(of).collect();
    assert_eq!(agree, [[0, 1, 2, 2]], "{findings:#?}");
    let mut conflicts: Vec<_> = findings.iter().filter(|f| f.verdict == Verdict::Conflict).map(of).collect();
    conflicts.sort();
    assert!(
        conflicts.contains(&vec![0, 3]) && conflicts.iter().any(|c| c.starts_with(&[1, 1])),
        "{findings:#?}"
    );
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stories {
    story: Vec<Story>,
}

/// Two reports that do not contradict each other, and the slip that makes them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    date: String,
    reason: String,
    right: String,
    wrong: String,
    one: String,
    other: String,
}

#[test]
fn articles() {
    let text = fs::read_to_string(folder("articles/stories.toml")).expect("the stories are there");
    let stories: Stories = toml::from_str(&text).unwrap_or_else(|e| panic!("stories.toml: {e}"));
    let mut score = Score::default();
    for story in &stories.story {
        assert_eq!(story.other.matches(&story.right).count(), 1, "{}", story.right);
        let slipped = story.other.replace(&story.right, &story.wrong);
        for (other, expect) in
            [(&story.other, "NOT_COMPARABLE"), (&slipped, &*format!("CONFLICT {}", story.reason))]
        {
            let pair = Pair {
                say: vec![story.one.clone(), other.clone()],
                expect: expect.into(),
                date: Some(story.date.clone()),
                region: None,
            };
            let (found, findings) = pair.found();
            let found = if verdict(&found) == "CONFLICT" { found } else { "NOT_COMPARABLE".into() };
            score.add(expect, &found);
            let conflicts: Vec<_> = findings.iter().filter(|f| f.verdict == Verdict::Conflict).collect();
            if found != expect || conflicts.len() > 1 {
                println!(
                    "{}: expected {expect}, found {found}",
                    story.one.trim().lines().next().unwrap_or("")
                );
            }
            for finding in findings.iter().filter(|f| f.verdict < Verdict::Agree || found != expect) {
                println!(
                    "    {:?} {:?} {} {}",
                    finding.verdict, finding.reason, finding.similarity, finding.explanation
                );
            }
        }
    }
    println!("{}", score.line("articles"));
    assert!(score.pairs >= 30 && score.precision() >= 95.0 && score.recall() >= 90.0);
}

/// Two reports of one story in the words of two newsrooms, with the figures of one that are those of the other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reports {
    id: String,
    a: String,
    b: String,
    publish_date: Option<String>,
    expect: Vec<Link>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    a: String,
    b: String,
    verdict: String,
    reason: String,
}

impl Reports {
    fn read(name: &str) -> Vec<Reports> {
        let text = fs::read_to_string(folder("reports").join(name)).expect("the reports are there");
        let report =
            |line: &str| serde_json::from_str(line).unwrap_or_else(|e| panic!("{name}: {e}: {line}"));
        text.lines().map(report).collect()
    }

    /// Contradictions that are there, that are found, and how many of them are right.
    fn score(&self) -> [usize; 3] {
        let date = self.publish_date.as_ref().map(|date| date.parse().expect("a date"));
        let documents = [&self.a, &self.b].map(|text| Document { publish_date: date, ..Document::new(text) });
        let extractions = documents.map(|document| extract(&document));
        let sides: Vec<_> = documents
            .iter()
            .zip(&extractions)
            .map(|(document, extraction)| Checked { document: *document, extraction })
            .collect();
        let says = |place: &Place, quote: &str| {
            let Item::Figure(i) = place.item else { return false };
            let (span, text) = (extractions[place.document].figures[i].span, documents[place.document].text);
            let mut quoted = text.match_indices(quote);
            quoted.any(|(at, _)| (at as u32) < span.end && span.start < (at + quote.len()) as u32)
        };
        let conflict = |link: &&Link| link.verdict == "CONFLICT";
        let there: Vec<&Link> = self.expect.iter().filter(conflict).collect();
        let found: Vec<Finding> = check(&sides, Options::default())
            .into_iter()
            .filter(|f| {
                f.verdict == Verdict::Conflict && f.sides.iter().any(|s| s.document != f.sides[0].document)
            })
            .collect();
        let right = there.iter().filter(|link| {
            found.iter().any(|f| {
                let side = |document: usize, quote: &str| {
                    f.sides.iter().any(|s| s.document == document && says(s, quote))
                };
                side(0, &link.a) && side(1, &link.b)
            })
        });
        [there.len(), found.len(), right.count()]
    }
}

/// The model of contradictions was learnt from these reports: how it does on others is told by `data/en/conflicts.md`. Here
/// it is asked whether it still fits what the program hands it.
#[test]
fn reports() {
    for (name, precision, recall) in
        [("reports.jsonl", 90.0, 60.0), ("long.jsonl", 75.0, 55.0), ("short.jsonl", 85.0, 75.0)]
    {
        let pairs = Reports::read(name);
        let mut sum = [0; 3];
        for pair in &pairs {
            assert!(pair.expect.iter().all(|link| !link.reason.is_empty()), "{}", pair.id);
            for (sum, score) in sum.iter_mut().zip(pair.score()) {
                *sum += score;
            }
        }
        let [there, found, right] = sum.map(|n| n as f64);
        let [p, r] = [100.0 * right / found, 100.0 * right / there];
        println!("{name}: {} pairs, CONFLICT precision {p:.1} recall {r:.1}", pairs.len());
        assert!(p >= precision && r >= recall, "{name}: train the model again, see data/en/conflicts.md");
    }
}
