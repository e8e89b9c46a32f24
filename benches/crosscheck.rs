//! How long 50 documents of 5 kB take to cross-check, in relation to extracting their figures: reports that say the same,
//! alike ones, alike ones without a sentence in common, and nothing but figures.
//!
//! `cargo bench --no-default-features --bench crosscheck` prints a line for each.

use std::hint::black_box;
use std::time::Instant;

use factfigures::crosscheck::{Checked, Options, check};
use factfigures::{Document, extract};

const STORY: &str = "\
Harbour traffic at Westhaven fell for a third month in April, the port authority said on Tuesday, as a strike by crane
drivers kept ships waiting. About 6,700 containers were handled, down 12% from 7,610 a year earlier. The authority, which
employs nearly 900 people, expects to lose $3.5 million in the second quarter. Its chairman told reporters that talks
would go on. Shipping lines have begun to send cargo to Norvik instead. The detour adds two days and costs as much as 40
cents a kilometre, according to the Association of Carriers. Drivers want a raise of 8 percent over three years; the city
has offered half of that. Fourteen ships were waiting outside the breakwater. The last strike lasted 19 days.
";

fn main() {
    let full = !std::env::args().any(|arg| arg == "--test");
    let rounds = if full { 9 } else { 1 };
    let names =
        ["Norvik", "Calder", "Tarn", "Kolm", "Vesna", "Lubo", "Dunmore", "Wexcombe", "Zanko", "Hallow"];
    let sized = |text: &str| text.repeat(5_000 / text.len() + 1).chars().take(5_000).collect::<String>();
    let same: Vec<String> = (0..50).map(|_| sized(STORY)).collect();
    let alike: Vec<String> = (0..50)
        .map(|i| {
            let mut text = String::new();
            for k in 0..8 {
                let story = STORY.replace("6,700", &format!("{},{:03}", 6 + k, 700 + i));
                text.push_str(
                    &story.replace("Westhaven", names[(i + k) % 10]).replace("900", &format!("{}", 900 + k)),
                );
            }
            text.chars().take(5_000).collect()
        })
        .collect();
    // the same with words of its own in every sentence: nothing is a copy
    let reworded: Vec<String> = alike
        .iter()
        .enumerate()
        .map(|(i, text)| {
            let paper = format!(", the {} Post of day {i} has it. ", names[i % 10]);
            text.replace(". ", &paper).replace(".\n", &paper).chars().take(5_000).collect()
        })
        .collect();
    let figures: Vec<String> =
        (0..50).map(|i| sized(&format!("They sold {i} cars and 7 boats at Tarn. "))).collect();
    for (name, texts) in [
        ("one report, 50 times", same),
        ("50 alike reports", alike),
        ("50 reworded reports", reworded),
        ("nothing but figures", figures),
    ] {
        report(name, &texts, rounds);
    }
}

fn report(name: &str, texts: &[String], rounds: usize) {
    let documents: Vec<Document<'_>> = texts.iter().map(|text| Document::new(text)).collect();
    let extractions: Vec<_> = documents.iter().map(extract).collect();
    let sides: Vec<Checked<'_>> = documents
        .iter()
        .zip(&extractions)
        .map(|(document, extraction)| Checked { document: *document, extraction })
        .collect();
    let figures: usize = extractions.iter().map(|e| e.figures.len()).sum();
    let extracting = shortest(rounds, || documents.iter().for_each(|d| drop(black_box(extract(d)))));
    let mut found = 0;
    let checking = shortest(rounds, || found = black_box(check(&sides, Options::default())).len());
    println!(
        "{name:<22} {figures:>6} figures {found:>6} findings, extracting {:>7.1} ms, checking {:>7.1} ms, together {:.2} times",
        extracting * 1e3,
        checking * 1e3,
        (extracting + checking) / extracting
    );
}

/// The shortest of some rounds, in seconds.
fn shortest(rounds: usize, mut work: impl FnMut()) -> f64 {
    let round = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    (0..rounds).map(round).fold(f64::MAX, f64::min)
}
