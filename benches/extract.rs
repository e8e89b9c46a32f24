//! How fast texts are read, in megabytes a second on one core: news, a table, and texts made to be slow.
//!
//! `cargo bench --no-default-features` prints a line for each; the last column says how much longer twice the text
//! takes, which is 2 where the time is linear and should not be above 2.3.

#[path = "../tests/hostile/mod.rs"]
mod hostile;

use std::hint::black_box;
use std::time::Instant;

use factfigures::document::{Document, Region};
use factfigures::extract;

const NEWS: &str = include_str!("article.txt");

const TABLE: &str = "Ward\tVotes\tShare\nNorth\t12,481\t46.2%\nSouth\t9,077\t33.6%\nEast\t5,461\t20.2%\n";

fn main() {
    let full = !std::env::args().any(|arg| arg == "--test");
    let (size, rounds) = if full { (200_000, 5) } else { (2_000, 1) };
    let own = [("news", news(10 * size)), ("a table", TABLE.repeat(size / TABLE.len() + 1))];
    let no_spaces = ("a word without an end", "abc".repeat(10 * size / 3));
    for (name, twice) in own.into_iter().chain([no_spaces]).chain(hostile::texts(size)) {
        let mut half = twice.len() / 2;
        while !twice.is_char_boundary(half) {
            half += 1;
        }
        let (one, two) = (seconds(&twice[..half], rounds), seconds(&twice, rounds));
        println!("{name:<28} {:>8.2} MB/s {:>6.2}", twice.len() as f64 / two / 1e6, two / one);
    }
}

/// News of other places and figures again and again: no two articles have the same names and numbers.
fn news(bytes: usize) -> String {
    const STARTS: [&str; 16] = [
        "Al", "Bra", "Cor", "Dun", "Es", "Far", "Gil", "Hol", "In", "Jar", "Kel", "Lor", "Mon", "Nor", "Os",
        "Pel",
    ];
    const ENDS: [&str; 16] = [
        "burn", "ca", "dale", "den", "field", "gate", "ham", "ley", "mouth", "ness", "port", "sby", "ster",
        "ton", "vik", "wick",
    ];
    let mut text = String::with_capacity(bytes + NEWS.len());
    for round in 0.. {
        if text.len() >= bytes {
            break;
        }
        for (at, word) in NEWS.split_inclusive([' ', '\n']).enumerate() {
            let pick = (round + 1) * (at + 7);
            let name = word.len() > 7 && word.starts_with(char::is_uppercase) && word.ends_with(' ');
            if name {
                text.extend([STARTS[pick % 16], ENDS[pick / 16 % 16], " "]);
            } else {
                text.extend(word.chars().map(|c| match c.to_digit(10).filter(|&digit| digit > 0) {
                    Some(digit) => char::from(b'1' + (digit as usize + pick) as u8 % 9),
                    None => c,
                }));
            }
        }
    }
    text
}

/// The shortest of some rounds.
fn seconds(text: &str, rounds: usize) -> f64 {
    let document = Document { text, publish_date: Some(jiff::civil::date(2024, 5, 7)), region: Region::US };
    let round = |_| {
        let start = Instant::now();
        black_box(extract(black_box(&document)));
        start.elapsed().as_secs_f64()
    };
    (0..rounds).map(round).fold(f64::MAX, f64::min)
}
