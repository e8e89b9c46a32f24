//! `factfigures extract --format jsonl`: a line of JSON out for every line of JSON in.
//!
//! One thread cuts the input into batches of whole lines, the workers read documents, and the main thread
//! writes the results in order. Queues are bounded, so memory does not grow with the input; a batch is at
//! most what has arrived, so a slow feed is answered line by line.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use factfigures::config::threads;
use factfigures::error::Error;
use factfigures::wire::{self, Limits};

use super::extract::{Options, name, open, write_out};
use super::progress::Progress;

/// How much input one batch takes, longer lines aside.
const BATCH_BYTES: usize = 128 << 10;

/// Whole lines of the input.
#[derive(Default)]
struct Batch {
    first_line: usize,
    bytes: Vec<u8>,
}

/// What became of a batch.
#[derive(Default)]
struct Outcome {
    out: Vec<u8>,
    /// Number and problem of every line that could not be read.
    bad_lines: Vec<(usize, Error)>,
    documents: u64,
    bytes_in: u64,
}

/// A batch under way, with where its outcome is awaited.
type Job = (Batch, SyncSender<Outcome>);

/// Extracts from one file. Whether every line could be read; bad ones are reported with their numbers.
pub fn run(options: &Options, path: &Path) -> Result<bool, Error> {
    let (input, size) = open(path)?;
    let threads = threads(options.threads);
    let (to_workers, jobs) = sync_channel::<Job>(2 * threads);
    let (to_writer, in_order) = sync_channel::<Receiver<Outcome>>(4 * threads);
    let jobs = Mutex::new(jobs);
    thread::scope(|scope| {
        let reader = scope.spawn(move || cut(input, &to_workers, &to_writer));
        for _ in 0..threads {
            scope.spawn(|| work(options, &jobs));
        }
        let all_good = write(path, size, in_order)?;
        reader.join().unwrap_or(Ok(())).map_err(|e| Error::io(name(path), e))?;
        Ok(all_good)
    })
}

/// Cuts the input into batches. Ends early, without error, when nobody takes them any more.
fn cut(
    input: Box<dyn Read + Send>,
    to_workers: &SyncSender<Job>,
    to_writer: &SyncSender<Receiver<Outcome>>,
) -> std::io::Result<()> {
    let mut input = BufReader::with_capacity(BATCH_BYTES, input);
    let mut batch = Batch { first_line: 1, bytes: Vec::new() };
    loop {
        let arrived = match input.fill_buf() {
            Ok(arrived) => arrived,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        let at_end = arrived.is_empty();
        let whole_lines = memchr::memrchr(b'\n', arrived).map_or(0, |i| i + 1);
        batch.bytes.extend_from_slice(&arrived[..whole_lines]);
        if (at_end || whole_lines > 0) && !batch.bytes.is_empty() {
            let next_line = batch.first_line + memchr::memchr_iter(b'\n', &batch.bytes).count();
            let next = Batch { first_line: next_line, bytes: arrived[whole_lines..].to_vec() };
            let (sender, receiver) = sync_channel(1);
            let job = (std::mem::replace(&mut batch, next), sender);
            if to_writer.send(receiver).is_err() || to_workers.send(job).is_err() {
                return Ok(());
            }
        } else {
            batch.bytes.extend_from_slice(arrived);
        }
        if at_end {
            return Ok(());
        }
        let taken = arrived.len();
        input.consume(taken);
    }
}

fn work(options: &Options, jobs: &Mutex<Receiver<Job>>) {
    loop {
        let job = match jobs.lock() {
            Ok(jobs) => jobs.recv(),
            Err(_) => return,
        };
        let Ok((batch, result)) = job else { return };
        // A writer that is gone needs no result.
        let _ = result.send(read_batch(options, &batch));
    }
}

fn read_batch(options: &Options, batch: &Batch) -> Outcome {
    let mut outcome = Outcome { bytes_in: batch.bytes.len() as u64, ..Default::default() };
    let ends = memchr::memchr_iter(b'\n', &batch.bytes).chain([batch.bytes.len()]);
    let starts = [0].into_iter().chain(ends.clone().map(|end| end + 1));
    for (i, (start, end)) in starts.zip(ends).enumerate() {
        let line = &batch.bytes[start..end];
        if line.trim_ascii().is_empty() {
            continue;
        }
        let length = outcome.out.len();
        match read_line(options, line, &mut outcome.out) {
            Ok(()) => outcome.documents += 1,
            Err(problem) => {
                outcome.out.truncate(length);
                outcome.bad_lines.push((batch.first_line + i, problem));
            }
        }
    }
    outcome
}

fn read_line(options: &Options, line: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
    let line = str::from_utf8(line)
        .map_err(|e| Error::other(format!("is not UTF-8 after byte {}", e.valid_up_to())))?;
    let request = options.request(wire::read_document_json(line)?);
    let query = wire::read_extract_request(&request, Limits::LARGEST)?;
    let found = factfigures::extract(&query.document);
    wire::write_extract_response(&query, &found, out);
    out.push(b'\n');
    Ok(())
}

/// Writes the outcomes in order. Whether there was no bad line.
fn write(path: &Path, size: Option<u64>, in_order: Receiver<Receiver<Outcome>>) -> Result<bool, Error> {
    let name = name(path);
    let mut progress = Progress::new(size);
    let mut all_good = true;
    for awaited in in_order {
        let Ok(outcome) = awaited.recv() else {
            return Err(Error::other("a worker thread failed"));
        };
        if !outcome.out.is_empty() {
            write_out(&outcome.out)?;
        }
        for (line, problem) in &outcome.bad_lines {
            progress.hide_while(|| super::complain(&format!("{name}:{line}: {problem}")));
            all_good = false;
        }
        progress.add(outcome.documents, outcome.bytes_in);
    }
    Ok(all_good)
}
