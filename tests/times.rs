//! Times are read whole, once, and with the right value: the phrasings are in `corpus/times.toml`.

use factfigures::document::{Document, Region};
use factfigures::figure::TimeExpression;
use factfigures::time::Reader;
use factfigures::{Span, segment, token};

const CORPUS: &str = include_str!("corpus/times.toml");

fn read(document: &Document) -> Vec<TimeExpression> {
    let mut reader = Reader::new(*document);
    let lowered = document.text.to_ascii_lowercase();
    let sentences = segment::split(document.text)
        .map(|segment| token::tokenize(document.text, &lowered, segment.span, segment.paragraph));
    sentences.flat_map(|sentence| reader.read(&sentence)).collect()
}

fn kind(time: &TimeExpression) -> String {
    format!("{:?}", time.time_type).to_uppercase()
}

/// What is wrong with the reading of one phrase, if anything.
fn fault(group: &toml::Table, marked: &str) -> Option<String> {
    let field = |name: &str| group.get(name).and_then(|v| v.as_str());
    let context = field("context").map(|c| format!("{c}\n")).unwrap_or_default();
    let text = format!("{context}{}", marked.replace(['[', ']'], ""));
    let mut document = Document::new(&text);
    document.publish_date = field("on").map(|d| d.parse().expect("a date"));
    document.region = field("region").map_or(Region::US, |r| Region::parse(r).expect("a region"));
    let times: Vec<_> =
        read(&document).into_iter().filter(|t| t.span.start as usize >= context.len()).collect();
    let Some(open) = marked.find('[') else {
        return times.first().map(|t| format!("read {:?} as {}", t.span.of(&text), t.timex));
    };
    let close = marked.find(']').expect("a closing bracket") - 1;
    let expected = Span::new((context.len() + open) as u32, (context.len() + close) as u32);
    let [time] = &times[..] else {
        let found: Vec<_> = times.iter().map(|t| t.span.of(&text)).collect();
        return Some(format!("expected one time, read {found:?}"));
    };
    let same = |name: &str, is: String| match field(name) {
        Some(wanted) if wanted != is => {
            Some(format!("{name}: expected {wanted}, read {is} of {:?}", time.span.of(&text)))
        }
        _ => None,
    };
    let day = |d: Option<jiff::civil::Date>| d.map_or("none".into(), |d| d.to_string());
    if time.span != expected {
        return Some(format!("expected {:?}, read {:?}", expected.of(&text), time.span.of(&text)));
    }
    same("kind", kind(time))
        .or_else(|| same("timex", time.timex.clone()))
        .or_else(|| same("start", day(time.start)))
        .or_else(|| same("end", day(time.end)))
}

#[test]
fn corpus() {
    let corpus: toml::Table = CORPUS.parse().expect("the corpus is TOML");
    let mut faults = Vec::new();
    for group in corpus["group"].as_array().expect("groups") {
        let group = group.as_table().expect("a group");
        for text in group["texts"].as_array().expect("texts") {
            let text = text.as_str().expect("a text");
            if let Some(fault) = fault(group, text) {
                faults.push(format!("{:?}: {text:?}: {fault}", group["name"]));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn any_text_is_read_without_panic_in_order_and_apart() {
    let odd = [
        "31 31 31/31/31 99:99:99 0000-00-00 9999-12-31 next year 9999",
        "a a a the the the last last of of of year year 's 's - - - -",
        "9999 years ago, 9999 centuries later, in 9999 decades; 1 millennium ago",
        "the 00s ’90s the 0s 0th century 99th century the 31st of February",
        "Q9 H3 FY1 FY99999 q10 June-99-99 May-0 é-12 12é 1/2/3/4/5 2024-13-45",
        "early late mid early the end of the beginning of the end of",
        "– – — “ ” ½ ½ ½ of the year 24:00 25:61 24.60pm 0am 13pm",
        "from 1980 to to between and and from 2012 to 1980",
    ];
    for text in odd {
        for date in ["0001-01-01", "9999-12-31", "2024-02-29"] {
            let mut document = Document::new(text);
            document.publish_date = Some(date.parse().expect("a date"));
            let times = read(&document);
            assert!(times.windows(2).all(|w| w[0].span.end <= w[1].span.start), "{text:?}");
        }
    }
}

#[test]
fn words_of_times_in_any_order_are_read_without_panic() {
    let words = "the a an last next this past early end of in on at to and from between every each two 2 31 12 1999 2024 9999 80 \
        s th ' 's - / : , . 30 a.m. pm ago earlier later week weeks year years quarter first second third half Monday June Jan. \
        may summer morning night noon today yesterday century decade hundred thousand few couple times once twice fiscal Q3 é – \
        Christmas Easter weekend ET local time recent future period ½ 3.30 before after now daily \
        all ish that Friday ( ) p m on bi weekly other tonight tomorrow night long";
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut seed = 1u64;
    let mut next = |n: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % n
    };
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..12 {
            text += words[next(words.len())];
            text += if next(4) == 0 { "" } else { " " };
        }
        let mut document = Document::new(&text);
        document.publish_date = ["0001-01-01", "9999-12-31", "2024-02-29"][next(3)].parse().ok();
        let times = read(&document);
        assert!(times.windows(2).all(|w| w[0].span.end <= w[1].span.start), "{text:?}");
        assert!(times.iter().all(|t| !t.timex.is_empty() && t.start <= t.end), "{text:?}: {times:?}");
    }
}

#[test]
fn many_dates_in_a_row_are_all_read() {
    // a date may be cut in two where a run without an end is cut
    let text = "June 12, 2024 ".repeat(5000);
    assert!((5000..5100).contains(&read(&Document::new(&text)).len()));
    let text = "early the last of the ".repeat(5000) + "year";
    read(&Document::new(&text));
}
