//! Which call it is: its request id and its place in a distributed trace (W3C trace context), exported by OTLP
//! where that is configured.

use std::path::Path;
use std::time::Duration;

use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::{
    Span, SpanBuilder, SpanContext, SpanKind, Status as SpanStatus, TraceContextExt, TraceFlags, TraceState,
    Tracer as _, TracerProvider,
};
use opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::tonic_types::transport::{Certificate, ClientTlsConfig};
use opentelemetry_otlp::{WithExportConfig, WithTonicConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{IdGenerator, RandomIdGenerator, SdkTracer, SdkTracerProvider};
use tonic::Code;
use tonic::codegen::http::{HeaderMap, HeaderValue};

use super::status;
use crate::config::Telemetry;
use crate::error::Error;

/// The longest request id that is taken over from a client.
const LONGEST_ID: usize = 128;

/// Makes traces, and sends them where they are wanted.
#[derive(Debug)]
pub(super) struct Tracer {
    export: Option<(SdkTracerProvider, SdkTracer)>,
    ids: RandomIdGenerator,
    propagator: TraceContextPropagator,
}

impl Tracer {
    /// Must be called within the runtime that the exporter is to use.
    pub(super) fn new(config: &Telemetry) -> Result<Tracer, Error> {
        let endpoint = config.otlp_endpoint.as_deref();
        let export = endpoint.map(|endpoint| exporter(endpoint, config.otlp_ca.as_deref())).transpose()?;
        Ok(Tracer { export, ids: RandomIdGenerator::default(), propagator: TraceContextPropagator::new() })
    }

    /// The trace of a call that begins now.
    pub(super) fn begin(&self, method: &'static str, headers: &HeaderMap) -> Trace {
        let parent = self.propagator.extract_with_context(&Context::new(), &Headers(headers));
        let (context, span) = match &self.export {
            Some((_, tracer)) => {
                let span = SpanBuilder::from_name(method).with_kind(SpanKind::Server);
                let span = tracer.build_with_context(span, &parent);
                (span.span_context().clone(), Some(span))
            }
            None => {
                let parent = parent.span().span_context().clone();
                let (trace, flags) = if parent.is_valid() {
                    (parent.trace_id(), parent.trace_flags())
                } else {
                    (self.ids.new_trace_id(), TraceFlags::default())
                };
                (SpanContext::new(trace, self.ids.new_span_id(), flags, false, TraceState::default()), None)
            }
        };
        let request_id = headers
            .get("x-request-id")
            .and_then(|id| id.to_str().ok())
            .filter(|id| (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_graphic()))
            .map_or_else(|| self.ids.new_trace_id().to_string(), str::to_owned);
        Trace { request_id, context, span }
    }

    /// Sends what has not been sent yet.
    pub(super) async fn finish(&self) {
        if let Some((provider, _)) = self.export.clone() {
            let sent =
                tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(Duration::from_secs(1)));
            if let Ok(Err(e)) = sent.await {
                tracing::warn!(error = %e, "the last traces were not sent");
            }
        }
    }
}

fn exporter(endpoint: &str, authorities: Option<&Path>) -> Result<(SdkTracerProvider, SdkTracer), Error> {
    let mut exporter = opentelemetry_otlp::SpanExporter::builder().with_tonic().with_endpoint(endpoint);
    if endpoint.starts_with("https://") {
        let tls = ClientTlsConfig::new();
        exporter = exporter.with_tls_config(match authorities {
            Some(file) => {
                let pem = std::fs::read(file);
                let pem = pem.map_err(|e| Error::io(format!("reading {}", file.display()), e))?;
                tls.ca_certificate(Certificate::from_pem(pem))
            }
            None => tls.with_native_roots(),
        });
    }
    let exporter =
        exporter.build().map_err(|e| Error::other(format!("sending traces to {endpoint}: {e}")))?;
    let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
    let resource = Resource::builder().with_service_name("factfigures").with_attribute(version).build();
    let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build();
    let tracer = provider.tracer("factfigures");
    Ok((provider, tracer))
}

/// One call's.
#[derive(Debug)]
pub(super) struct Trace {
    request_id: String,
    context: SpanContext,
    span: Option<opentelemetry_sdk::trace::Span>,
}

impl Trace {
    pub(super) fn request_id(&self) -> &str {
        &self.request_id
    }

    pub(super) fn trace_id(&self) -> String {
        self.context.trace_id().to_string()
    }

    /// Tells the client the ids: `x-request-id`, and `traceresponse` of W3C's trace context.
    pub(super) fn tell(&self, headers: &mut HeaderMap) {
        if let Ok(id) = HeaderValue::from_str(&self.request_id) {
            headers.insert("x-request-id", id);
        }
        let (trace, span) = (self.context.trace_id(), self.context.span_id());
        let response = format!("00-{trace}-{span}-{:02x}", self.context.trace_flags());
        if let Ok(response) = HeaderValue::from_str(&response) {
            headers.insert("traceresponse", response);
        }
    }

    /// The call is over.
    pub(super) fn end(&mut self, system: &'static str, method: &'static str, code: Code) {
        let Some(span) = &mut self.span else { return };
        span.set_attribute(KeyValue::new("rpc.system.name", system));
        span.set_attribute(KeyValue::new("rpc.method", method));
        span.set_attribute(KeyValue::new("rpc.response.status_code", status::name(code)));
        span.set_attribute(KeyValue::new("factfigures.request_id", self.request_id.clone()));
        // The codes that are the server's fault, by the conventions.
        if matches!(
            code,
            Code::Unknown
                | Code::DeadlineExceeded
                | Code::Unimplemented
                | Code::Internal
                | Code::Unavailable
                | Code::DataLoss
        ) {
            span.set_status(SpanStatus::error(status::name(code)));
        }
        span.end();
    }
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(|name| name.as_str()).collect()
    }
}
