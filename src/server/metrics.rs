//! What is counted, and how Prometheus gets it. Names and labels follow OpenTelemetry's conventions for RPC
//! where there are any.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric, prometheus_text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use tonic::Code;

use super::status;
use crate::proto::v1;

/// The bounds of OpenTelemetry's conventions, and two below: most calls take less than 5 ms.
const SECONDS: [f64; 16] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Rpc {
    rpc_system_name: &'static str,
    rpc_method: &'static str,
    rpc_response_status_code: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Token {
    token: Arc<str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfKind {
    kind: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

/// Everything that is counted.
#[derive(Debug)]
pub(super) struct Metrics {
    registry: Registry,
    durations: Family<Rpc, Histogram, fn() -> Histogram>,
    by_token: Family<Token, Counter>,
    shed: Family<Reason, Counter>,
    open_calls: Gauge,
    reading: Gauge,
    documents: Counter,
    document_bytes: Histogram,
    document_figures: Histogram,
    figures: Family<OfKind, Counter>,
    connections: Gauge,
    refused: Family<Reason, Counter>,
    reloads: Family<Outcome, Counter>,
}

/// Counted as long as it lives.
#[derive(Debug)]
pub(super) struct Counted(Gauge);

impl Counted {
    fn new(gauge: &Gauge) -> Counted {
        gauge.inc();
        Counted(gauge.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    pub(super) fn new() -> Arc<Metrics> {
        let mut registry = Registry::default();
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("factfigures_build", "The program that runs", build);
        let durations = Family::new_with_constructor((|| Histogram::new(SECONDS)) as fn() -> Histogram);
        registry.register_with_unit(
            "rpc_server_call_duration",
            "How long calls take",
            Unit::Seconds,
            durations.clone(),
        );
        let document_bytes = Histogram::new(exponential_buckets(256.0, 4.0, 8));
        registry.register_with_unit(
            "factfigures_document",
            "Length of the texts read",
            Unit::Bytes,
            document_bytes.clone(),
        );
        let document_figures =
            Histogram::new([0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1000.0, 10_000.0]);
        registry.register(
            "factfigures_document_figures",
            "Figures found in a document",
            document_figures.clone(),
        );
        let mut metrics = Metrics {
            durations,
            by_token: Family::default(),
            shed: Family::default(),
            open_calls: Gauge::default(),
            reading: Gauge::default(),
            documents: Counter::default(),
            document_bytes,
            document_figures,
            figures: Family::default(),
            connections: Gauge::default(),
            refused: Family::default(),
            reloads: Family::default(),
            registry,
        };
        let registry = &mut metrics.registry;
        registry.register("factfigures_documents", "Documents read", metrics.documents.clone());
        registry.register("factfigures_figures", "Figures found", metrics.figures.clone());
        registry.register("factfigures_open_calls", "Calls under way", metrics.open_calls.clone());
        registry.register("factfigures_reading_documents", "Documents being read", metrics.reading.clone());
        registry.register("factfigures_shed", "Calls turned away as too many", metrics.shed.clone());
        registry.register("factfigures_token_calls", "Calls by name of token", metrics.by_token.clone());
        registry.register("factfigures_connections", "Open connections", metrics.connections.clone());
        registry.register(
            "factfigures_refused_connections",
            "Connections closed before a call",
            metrics.refused.clone(),
        );
        registry.register(
            "factfigures_reloads",
            "Times that certificates or tokens were read anew",
            metrics.reloads.clone(),
        );
        registry.register_collector(Box::new(Process));
        Arc::new(metrics)
    }

    pub(super) fn call(&self) -> Counted {
        Counted::new(&self.open_calls)
    }

    /// How many calls are under way.
    pub(super) fn open_calls(&self) -> usize {
        usize::try_from(self.open_calls.get()).unwrap_or(0)
    }

    pub(super) fn reading(&self) -> Counted {
        Counted::new(&self.reading)
    }

    pub(super) fn connection(&self) -> Counted {
        Counted::new(&self.connections)
    }

    pub(super) fn call_ended(&self, system: &'static str, method: &'static str, code: Code, took: Duration) {
        let labels =
            Rpc { rpc_system_name: system, rpc_method: method, rpc_response_status_code: status::name(code) };
        self.durations.get_or_create(&labels).observe(took.as_secs_f64());
    }

    pub(super) fn token(&self, name: &Arc<str>) {
        self.by_token.get_or_create(&Token { token: Arc::clone(name) }).inc();
    }

    pub(super) fn shed(&self, reason: &'static str) {
        self.shed.get_or_create(&Reason { reason }).inc();
    }

    pub(super) fn refused(&self, reason: &'static str) {
        self.refused.get_or_create(&Reason { reason }).inc();
    }

    pub(super) fn reloaded(&self, well: bool) {
        let outcome = if well { "success" } else { "failure" };
        self.reloads.get_or_create(&Outcome { outcome }).inc();
    }

    pub(super) fn document(&self, bytes: usize, answer: &v1::ExtractFiguresResponse) {
        self.documents.inc();
        self.document_bytes.observe(bytes as f64);
        self.document_figures.observe(answer.figures.len() as f64);
        let mut kinds = [0u64; 16];
        for figure in &answer.figures {
            if let Some(count) = usize::try_from(figure.kind).ok().and_then(|kind| kinds.get_mut(kind)) {
                *count += 1;
            }
        }
        for (kind, count) in kinds.into_iter().enumerate().filter(|(_, count)| *count > 0) {
            let kind = v1::Kind::try_from(kind as i32).unwrap_or_default().as_str_name();
            self.figures.get_or_create(&OfKind { kind }).inc_by(count);
        }
    }

    /// Everything in Prometheus' text format.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        if let Err(e) = prometheus_text::encode(&mut text, &self.registry) {
            let _ = write!(text, "# {e}");
        }
        text
    }
}

/// What the kernel knows of this process.
#[derive(Debug)]
struct Process;

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), std::fmt::Error> {
        if let Some(bytes) = resident_bytes() {
            let gauge = ConstGauge::new(bytes);
            let unit = Some(&Unit::Bytes);
            let name = "process_resident_memory";
            let encoder = encoder.encode_descriptor(name, "Memory in use.", unit, gauge.metric_type())?;
            gauge.encode(encoder)?;
        }
        Ok(())
    }
}

/// The resident memory of this process, where the kernel tells it.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_conventions() {
        let metrics = Metrics::new();
        metrics.call_ended("grpc", "a/B", Code::DeadlineExceeded, Duration::from_millis(3));
        metrics.shed("calls");
        let answer = v1::ExtractFiguresResponse {
            figures: vec![v1::Figure { kind: v1::Kind::Money.into(), ..Default::default() }],
            ..Default::default()
        };
        metrics.document(500, &answer);
        let reading = metrics.reading();
        let text = metrics.text();
        for line in [
            "rpc_server_call_duration_seconds_count{rpc_system_name=\"grpc\",rpc_method=\"a/B\",\
             rpc_response_status_code=\"DEADLINE_EXCEEDED\"} 1",
            "factfigures_shed_total{reason=\"calls\"} 1",
            "factfigures_figures_total{kind=\"KIND_MONEY\"} 1",
            "factfigures_reading_documents 1",
            "factfigures_document_bytes_sum 500",
        ] {
            assert!(text.contains(line), "{line} is missing in\n{text}");
        }
        drop(reading);
        assert!(metrics.text().contains("factfigures_reading_documents 0"));
        assert!(text.contains("process_resident_memory_bytes") || cfg!(not(target_os = "linux")));
    }
}
