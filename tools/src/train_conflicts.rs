//! Trains the model of contradictions in reports of one story (`data/en/conflicts.md`) and measures it.

use std::collections::HashSet;

use factfigures::crosscheck::learning::{ACCEPTED, Case, DENIED, FEATURES, SLIP_DENIED, cases};
use factfigures::crosscheck::{Checked, Item, Place};
use factfigures::{Document, extract};
use serde::Deserialize;

use crate::boost::{Recipe, Trees};

/// A line of a file of pairs: two reports, and which figures of theirs are the same quantity.
#[derive(Deserialize)]
struct Pair {
    a: String,
    b: String,
    publish_date: Option<String>,
    expect: Vec<Link>,
    /// Of a pair of sentences, whether they contradict each other; which figures do is what the rules say.
    #[serde(skip)]
    whole: Option<bool>,
}

/// A file of the corpus of pairs of sentences.
#[derive(Deserialize)]
struct Corpus {
    pair: Vec<Sentences>,
}

#[derive(Deserialize)]
struct Sentences {
    say: Vec<String>,
    expect: String,
    date: Option<String>,
}

#[derive(Deserialize)]
struct Link {
    a: String,
    b: String,
    verdict: String,
}

const RECIPE: Recipe = Recipe { trees: 120, rate: 0.1, leaves: 6, least: 10, ridge: 1.0 };

/// Each pair is answered by a model that was learnt without the tenth of the pairs that it belongs to.
const FOLDS: usize = 10;

/// An open case with its answer.
struct Example {
    pair: usize,
    case: Case,
    conflict: bool,
}

/// `--pairs FILE… [--corpus FILE…] [--test FILE…] [--out FILE]`
pub fn run(arguments: &[String]) -> Result<(), String> {
    let (mut pairs, mut corpus, mut test, mut out) = (Vec::new(), Vec::new(), Vec::new(), None);
    let mut list = None;
    for argument in arguments {
        match argument.as_str() {
            "--pairs" | "--corpus" | "--test" | "--out" => list = Some(argument.as_str()),
            file => match list {
                Some("--pairs") => pairs.extend(read(file)?),
                Some("--corpus") => corpus.extend(sentences(file)?),
                Some("--test") => test.extend(read(file)?),
                Some(_) => out = Some(file.to_owned()),
                None => {
                    return Err("expected --pairs FILE… [--corpus FILE…] [--test FILE…] [--out FILE]".into());
                }
            },
        }
    }
    let (mut examples, sentences) = (examples(&pairs), self::examples(&corpus));
    let (open, all) = (examples.iter().filter(|e| e.conflict).count(), stated(&pairs));
    println!("{} pairs, {} cases, {open} of {all} contradictions among them", pairs.len(), examples.len());
    println!("{} pairs of sentences, {} cases", corpus.len(), sentences.len());
    let answers = across_folds(&examples, &sentences);
    report("cross-validated", &examples.iter().collect::<Vec<_>>(), &answers, stated(&pairs));
    examples.extend(sentences);
    let all: Vec<&Example> = examples.iter().collect();
    let trees = train(&all);
    if !test.is_empty() {
        let examples = self::examples(&test);
        let all: Vec<&Example> = examples.iter().collect();
        let answers: Vec<f64> = all.iter().map(|e| trees.probability(&e.case.features)).collect();
        let open = examples.iter().filter(|e| e.conflict).count();
        println!("test: {} pairs, {open} of {} contradictions open", test.len(), stated(&test));
        report("test", &all, &answers, stated(&test));
    }
    match out {
        Some(file) => std::fs::write(&file, written(&trees)).map_err(|e| format!("{file}: {e}")),
        None => Ok(()),
    }
}

/// The trees, headed by what their features are.
fn written(trees: &Trees) -> String {
    let names: Vec<String> = FEATURES.iter().enumerate().map(|(i, name)| format!("{i} {name}")).collect();
    format!(
        "# Made by `tools/ train-conflicts`, see conflicts.md. Features: {}\n{}",
        names.join(", "),
        trees.write()
    )
}

fn read(file: &str) -> Result<Vec<Pair>, String> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    let pair = |line: &str| serde_json::from_str(line).map_err(|e| format!("{file}: {e}"));
    text.lines().filter(|line| !line.trim().is_empty()).map(pair).collect()
}

fn sentences(file: &str) -> Result<Vec<Pair>, String> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    let corpus: Corpus = toml::from_str(&text).map_err(|e| format!("{file}: {e}"))?;
    let pair = |s: Sentences| {
        let [a, b] = <[String; 2]>::try_from(s.say).ok()?;
        let whole = Some(s.expect.starts_with("CONFLICT"));
        Some(Pair { a, b, publish_date: s.date, expect: Vec::new(), whole })
    };
    Ok(corpus.pair.into_iter().filter_map(pair).collect())
}

fn stated(pairs: &[Pair]) -> usize {
    pairs.iter().flat_map(|p| &p.expect).filter(|l| l.verdict == "CONFLICT").count()
}

fn examples(pairs: &[Pair]) -> Vec<Example> {
    let mut out = Vec::new();
    for (n, pair) in pairs.iter().enumerate() {
        let date = pair.publish_date.as_ref().and_then(|date| date.parse().ok());
        let [a, b] = [&pair.a, &pair.b].map(|text| Document { publish_date: date, ..Document::new(text) });
        let extractions = [extract(&a), extract(&b)];
        let documents = [
            Checked { document: a, extraction: &extractions[0] },
            Checked { document: b, extraction: &extractions[1] },
        ];
        let names = |place: &Place, quote: &str| {
            let Item::Figure(i) = place.item else { return false };
            let checked = &documents[place.document];
            let span = checked.extraction.figures[i].span;
            let found = checked.document.text.match_indices(quote);
            found.into_iter().any(|(at, _)| (at as u32) < span.end && span.start < (at + quote.len()) as u32)
        };
        let cases = cases(&documents);
        let only = cases.len() == 1;
        for case in cases {
            let [left, right] = &case.sides;
            let is = |l: &Link| l.verdict == "CONFLICT" && names(left, &l.a) && names(right, &l.b);
            let conflict = pair.expect.iter().any(is) || pair.whole == Some(true) && (only || case.by_rule);
            out.push(Example { pair: n, case, conflict });
        }
    }
    out
}

fn train(examples: &[&Example]) -> Trees {
    let examples: Vec<(&[f32], bool)> = examples.iter().map(|e| (&e.case.features[..], e.conflict)).collect();
    Trees::train(&examples, RECIPE)
}

fn across_folds(examples: &[Example], also: &[Example]) -> Vec<f64> {
    let mut answers = vec![0.0; examples.len()];
    for fold in 0..FOLDS {
        let known = examples.iter().filter(|e| e.pair % FOLDS != fold);
        let known: Vec<&Example> = known.chain(also).collect();
        let trees = train(&known);
        for (answer, example) in answers.iter_mut().zip(examples).filter(|(_, e)| e.pair % FOLDS == fold) {
            *answer = trees.probability(&example.case.features);
        }
    }
    answers
}

/// Precision and recall at some thresholds: of the rules, of the model, and of both together.
fn report(name: &str, examples: &[&Example], answers: &[f64], all: usize) {
    let show = |what: &str, chosen: &dyn Fn(&Example, f64) -> bool| {
        let mut order: Vec<usize> =
            (0..examples.len()).filter(|&i| chosen(examples[i], answers[i])).collect();
        order.sort_by(|a, b| answers[*b].total_cmp(&answers[*a]));
        let (mut taken, mut right, mut wrong) = (HashSet::new(), 0, 0);
        for example in order.into_iter().map(|i| examples[i]) {
            let ends = example.case.sides.map(|side| (example.pair, side));
            if ends.iter().all(|end| !taken.contains(end)) {
                taken.extend(ends);
                *if example.conflict { &mut right } else { &mut wrong } += 1;
            }
        }
        let [precision, recall] = [right + wrong, all].map(|of| 100.0 * right as f64 / of.max(1) as f64);
        println!("| {name} | {what} | {right} of {} | {precision:.1} | {recall:.1} |", right + wrong);
    };
    show("rules", &|e, _| e.case.by_rule);
    for threshold in [0.3, 0.4, 0.5, 0.6] {
        show(&format!("model {threshold}"), &|_, p| p >= threshold);
    }
    let column = |name: &str| FEATURES.iter().position(|f| *f == name).unwrap_or_default();
    let slips = [column("scale"), column("unit")];
    let slip = |e: &Example| slips.iter().any(|&i| e.case.features[i] > 0.0);
    let [accepted, denied, slip_denied] = [ACCEPTED, DENIED, SLIP_DENIED].map(f64::from);
    let program =
        format!("as the program does: rules from {DENIED}, slips from {SLIP_DENIED}, or model {ACCEPTED}");
    show(&program, &|e, p| e.case.by_rule && (p >= denied || slip(e) && p >= slip_denied) || p >= accepted);
    for (low, high) in [(0.25, 0.5), (0.35, 0.6)] {
        show(&format!("rules from {low} or model {high}"), &|e, p| e.case.by_rule && p >= low || p >= high);
    }
}
