//! The program as a user runs it.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use factfigures::proto::v1::{CrossCheckFiguresResponse, ExtractFiguresResponse, ListUnitsResponse, Reason};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_factfigures"));
    command.env_remove("FACTFIGURES_ADDRESS").stdin(Stdio::null());
    command
}

fn run(args: &[&str], input: impl Into<Vec<u8>>) -> Output {
    let input = input.into();
    let mut child = program()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let feeder = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    output
}

fn stdout(output: &Output) -> &str {
    str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    str::from_utf8(&output.stderr).unwrap()
}

fn responses(output: &Output) -> Vec<ExtractFiguresResponse> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A file that is removed at the end of the test.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, content: &str) -> Temporary {
        let path = std::env::temp_dir().join(format!("factfigures-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        Temporary(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

const JSONL: [&str; 3] = ["extract", "--format", "jsonl"];

#[test]
fn jsonl_answers_in_order_and_skips_empty_lines() {
    let input: String = (0..1000)
        .map(|i| format!("{{\"id\":\"d{i}\",\"text\":\"{}\"}}\n\n", "They sold 12 cars. ".repeat(i % 12)))
        .collect();
    let output = run(&JSONL, input);
    assert!(output.status.success(), "{}", stderr(&output));
    let ids: Vec<_> = responses(&output).into_iter().map(|r| r.document_id).collect();
    assert_eq!(ids, (0..1000).map(|i| format!("d{i}")).collect::<Vec<_>>());
}

#[test]
fn threads_do_not_change_a_byte() {
    let input: String = (0..600)
        .map(|i| format!("{{\"id\":\"{i}\",\"text\":\"Prices 😀 rose {i}% to €{i}.5m on May {i}.\"}}\n"))
        .collect();
    let outputs =
        ["1", "2", "7"].map(|n| run(&[&JSONL[..], &["--threads", n]].concat(), input.clone()).stdout);
    assert!(outputs[0].len() > 2000);
    assert_eq!(outputs[0], outputs[1]);
    assert_eq!(outputs[0], outputs[2]);
}

#[test]
fn a_bad_line_is_named_and_the_rest_unharmed() {
    let input = [
        r#"{"id":"a","text":"1 car"}"#,
        "",
        "{not json",
        r#"{"id":"b","text":"2 cars","title":"x"}"#,
        r#"{"id":"c","text":"3 cars","publish_date":{"year":2024,"month":13,"day":1}}"#,
        r#"{"id":"d","text":"4 cars","languageCode":"de"}"#,
        r#"{"id":null,"text":"5 cars","regionCode":null}"#,
    ]
    .join("\n");
    let mut input = input.into_bytes();
    input.extend(b"\n\xff\n{\"id\":\"z\"}");
    let output = run(&JSONL, input);
    assert_eq!(output.status.code(), Some(1));
    let ids: Vec<_> = responses(&output).into_iter().map(|r| r.document_id).collect();
    assert_eq!(ids, ["a", "", "z"]);
    let problems: Vec<_> = stderr(&output).lines().collect();
    let expected = [(3, "column"), (4, "title"), (5, "month 13"), (6, "language_code"), (8, "UTF-8")];
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for (problem, (line, said)) in problems.iter().zip(expected) {
        let place = format!("factfigures: standard input:{line}: ");
        assert!(problem.starts_with(&place) && problem.contains(said), "{problem}");
    }
}

#[test]
fn an_empty_input_is_no_document() {
    for input in ["", "\n \n"] {
        let output = run(&JSONL, input);
        assert!(output.status.success());
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn a_slow_feed_is_answered_line_by_line() {
    let mut child = program().args(JSONL).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut feed = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in ["a", "b", "c"] {
        writeln!(feed, "{{\"id\":\"{id}\"}}").unwrap();
        let answer: ExtractFiguresResponse = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer.document_id, id);
    }
    drop(feed);
    assert!(answers.next().is_none());
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_line_larger_than_a_batch_is_read() {
    let input = format!("{{\"id\":\"big\",\"text\":\"{}\"}}", "so many words ".repeat(100_000));
    let output = run(&JSONL, input);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(responses(&output)[0].document_id, "big");
}

#[test]
fn offsets_count_what_is_asked_for() {
    let text = "😀 Café: 6,700 containers.";
    let input = format!("{{\"text\":\"{text}\"}}");
    for unit in ["utf8-byte", "utf16-code-unit", "unicode-code-point"] {
        let output = run(&[&JSONL[..], &["--offset-unit", unit]].concat(), input.clone());
        let figures = responses(&output).remove(0).figures;
        assert!(!figures.is_empty());
        for figure in figures {
            let span = figure.number.unwrap();
            let (start, end) = (span.start as usize, span.end as usize);
            let words = match unit {
                "utf8-byte" => text[start..end].to_owned(),
                "utf16-code-unit" => {
                    String::from_utf16(&text.encode_utf16().collect::<Vec<_>>()[start..end]).unwrap()
                }
                _ => text.chars().take(end).skip(start).collect(),
            };
            assert_eq!(words, span.text, "{unit}");
        }
    }
}

#[test]
fn files_are_documents() {
    let one = Temporary::new("one.txt", "Sales rose 5%.\n");
    let two = Temporary::new("two.txt", "");
    let output = run(&["extract", "--format", "json", one.path(), two.path(), "/no/such/file"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("/no/such/file"), "{}", stderr(&output));
    let mut values =
        serde_json::Deserializer::from_str(stdout(&output)).into_iter::<ExtractFiguresResponse>();
    assert_eq!(values.next().unwrap().unwrap().document_id, one.path());
    assert_eq!(values.next().unwrap().unwrap().document_id, two.path());
    assert!(values.next().is_none());

    let lines = Temporary::new("lines.jsonl", "{\"id\":\"x\"}\n");
    let output = run(&["extract", "--format", "jsonl", lines.path(), "-"], "{\"id\":\"y\"}\n");
    let ids: Vec<_> = responses(&output).into_iter().map(|r| r.document_id).collect();
    assert_eq!(ids, ["x", "y"]);
}

#[test]
fn text_is_plain_where_nobody_looks() {
    let output =
        run(&["extract", "--explain"], "About 6,700 containers\u{1b}[31m were shipped.\nIt cost $5m.\n");
    assert!(output.status.success());
    assert!(stdout(&output).lines().last().unwrap().contains("figure"));
    assert!(!stdout(&output).contains('\u{1b}'), "{}", stdout(&output));
}

#[test]
fn mistakes_on_the_command_line_are_named() {
    for (args, said) in [
        (&["extract", "--colour"][..], "--colour"),
        (&["extract", "--format", "xml"], "xml"),
        (&["extract", "--kinds", "money,size"], "percentage"),
        (&["extract", "--publish-date", "2024-6-31"], "2024-06-12"),
        (&["extract", "--publish-date", "2024-06-31"], "2024-06-12"),
        (&["extract", "--region", "Britain"], "GB"),
        (&["units", "--dimension", "taste"], "length"),
        (&["serve", "--address", "localhost"], "IP:PORT"),
        (&["serve", "--max-text-bytes", "0"], "from 1"),
        (&["serve", "--shutdown-deadline", "soon"], "10s"),
        (&["frob"], "frob"),
        (&[], "Usage"),
    ] {
        let output = run(args, "");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(said), "{args:?}: {}", stderr(&output));
    }
    let output = run(&["extract", "--format", "json", "--explain"], "");
    assert!(!output.status.success());
    assert!(stderr(&output).contains("--format text"));
}

#[test]
fn options_stand_in_for_what_documents_leave_out() {
    let args = ["--kinds", "KIND_MONEY,percentage", "--publish-date", "2024-06-12", "--region", "gb"];
    let input = "{\"text\":\"It cost £5 on Tuesday.\"}\n{\"text\":\"x\",\"regionCode\":\"AU\"}";
    let output = run(&[&JSONL[..], &args].concat(), input);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(responses(&output).len(), 2);
}

#[test]
fn units_are_listed() {
    let output = run(&["units", "--format", "json"], "");
    let list: ListUnitsResponse = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(list.total_size as usize, list.units.len());
    let output = run(&["units"], "");
    assert_eq!(stdout(&output).lines().count(), list.units.len());
    assert!(run(&["units", "--dimension", "flow-rate"], "").status.success());
}

#[test]
fn the_version_is_told() {
    let output = run(&["--version"], "");
    assert_eq!(stdout(&output), format!("factfigures {}\n", env!("CARGO_PKG_VERSION")));
    assert!(stdout(&run(&["serve", "--help"], "")).contains("FACTFIGURES_ADDRESS"));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_panic() {
    let mut child = program()
        .args(JSONL)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let line = format!("{{\"id\":\"{}\"}}\n", "x".repeat(1000));
    while stdin.write_all(line.as_bytes()).is_ok() {}
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(stderr(&output), "");
}

#[cfg(unix)]
#[test]
fn serve_prints_its_address_and_ends_on_sigterm() {
    let mut child = program()
        .args(["serve", "--address", "127.0.0.1:0", "--log-format", "json"])
        .args(["--shutdown-pause", "50ms", "--shutdown-deadline", "1s"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let address = first.rsplit(' ').next().unwrap();
    assert!(address.starts_with("127.0.0.1:") && !address.ends_with(":0"), "{first}");
    let second = lines.next().unwrap().unwrap();
    assert!(second.contains("grpcurl -plaintext") && second.contains(address), "{second}");
    // A connection that never speaks does not hold up the end beyond the deadline.
    let idle = std::net::TcpStream::connect(address).unwrap();

    let taken = program().args(["serve", "--address", address]).output().unwrap();
    assert_eq!(taken.status.code(), Some(1));
    assert!(stderr(&taken).contains(address), "{}", stderr(&taken));

    let started = Instant::now();
    let killed = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    assert!(stderr(&output).lines().all(|l| serde_json::from_str::<serde_json::Value>(l).is_ok()));
    drop(idle);
}

const MILLION: &str = "Orbis Energy posted a quarterly profit of $4.69 million.\n";
const BILLION: &str = "Orbis Energy's quarterly profit came to $4.69 billion.\n";

#[test]
fn check_shows_both_sentences_and_fails_on_a_conflict() {
    let one = Temporary::new("check-one.txt", MILLION);
    let other = Temporary::new("check-other.txt", BILLION);
    let output = run(&["check", one.path(), other.path()], "");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let shown = stdout(&output);
    assert!(
        shown.starts_with("CONFLICT  Paragraph 1 says $4.69 million, the other report $4.69 billion"),
        "{shown}"
    );
    assert!(shown.contains("[$4.69") && shown.contains("1 conflict\n"), "{shown}");

    let alike = run(&["check", one.path(), one.path()], "");
    assert_eq!(alike.status.code(), Some(0), "{}", stderr(&alike));
    assert!(stdout(&alike).contains("0 conflicts, 1 in agreement"), "{}", stdout(&alike));
}

#[test]
fn check_reads_standard_input_and_writes_json() {
    let one = Temporary::new("check-json.txt", MILLION);
    for (format, lines) in [("jsonl", 1..=1), ("json", 10..=1000)] {
        let output = run(&["check", "--format", format, one.path(), "-"], BILLION);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert!(lines.contains(&stdout(&output).lines().count()), "{format}");
        let response: CrossCheckFiguresResponse = serde_json::from_str(stdout(&output)).unwrap();
        assert_eq!(response.extractions.len(), 2);
        assert_eq!(response.findings[0].reason(), Reason::ScaleSlip);
    }
    let documents = format!("{{\"text\":{MILLION:?}}}\n\n{{\"text\":{BILLION:?}}}\n");
    let output = run(&["check", "--format", "jsonl"], documents);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
}

#[test]
fn check_says_what_it_cannot_do_with_status_2() {
    let many = vec!["-"; 51];
    for (args, said) in [(&["no-such-file.txt"][..], "no-such-file"), (&many[..], "at most 50")] {
        let output = run(&[&["check"], args].concat(), "");
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
    let empty = run(&["check"], "");
    assert_eq!((empty.status.code(), stdout(&empty)), (Some(0), "0 conflicts\n"));
}
