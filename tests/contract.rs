//! The contract is pinned: after a release no method, field or value is renamed, renumbered or retyped.
//!
//! `BLESS=1 cargo test --test contract` writes `tests/contract.txt` anew; the diff then shows what changed.

use std::fmt::Write;
use std::path::Path;

use factfigures::proto;
use prost_reflect::{DescriptorPool, FieldDescriptor, Kind, MessageDescriptor, Value};

const PACKAGE: &str = "factfigures.v1";

fn pool() -> DescriptorPool {
    DescriptorPool::decode(proto::FILE_DESCRIPTOR_SET).expect("the descriptors decode")
}

fn type_name(field: &FieldDescriptor) -> String {
    let name = match field.kind() {
        Kind::Message(message) => message.full_name().to_owned(),
        Kind::Enum(r#enum) => r#enum.full_name().to_owned(),
        scalar => format!("{scalar:?}").to_lowercase(),
    };
    if field.is_list() { format!("repeated {name}") } else { name }
}

fn describe_message(out: &mut String, message: &MessageDescriptor) {
    let _ = writeln!(out, "message {}", message.name());
    let mut fields: Vec<_> = message.fields().collect();
    fields.sort_by_key(FieldDescriptor::number);
    for field in fields {
        let oneof = field.containing_oneof().map(|o| format!(" (oneof {})", o.name())).unwrap_or_default();
        let _ = writeln!(out, "  {} {}: {}{oneof}", field.number(), field.name(), type_name(&field));
    }
}

/// Every method, message, field and value, one line each.
fn describe() -> String {
    let pool = pool();
    let mut out = String::new();
    for service in pool.services().filter(|s| s.package_name() == PACKAGE) {
        let _ = writeln!(out, "service {}", service.name());
        for method in service.methods() {
            let stream = |is| if is { "stream " } else { "" };
            let _ = writeln!(
                out,
                "  {}({}{}) -> {}{}",
                method.name(),
                stream(method.is_client_streaming()),
                method.input().name(),
                stream(method.is_server_streaming()),
                method.output().name()
            );
        }
    }
    let mut messages: Vec<_> = pool.all_messages().filter(|m| m.package_name() == PACKAGE).collect();
    messages.sort_by_key(|m| m.full_name().to_owned());
    for message in &messages {
        describe_message(&mut out, message);
    }
    let mut enums: Vec<_> = pool.all_enums().filter(|e| e.package_name() == PACKAGE).collect();
    enums.sort_by_key(|e| e.full_name().to_owned());
    for r#enum in &enums {
        let _ = writeln!(out, "enum {}", r#enum.name());
        for value in r#enum.values() {
            let _ = writeln!(out, "  {} {}", value.number(), value.name());
        }
    }
    out
}

#[test]
fn nothing_is_renumbered_or_renamed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract.txt");
    let described = describe();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &described).expect("tests/contract.txt can be written");
    }
    let pinned = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    if described != pinned {
        let missing: Vec<_> = pinned.lines().filter(|line| !described.lines().any(|d| d == *line)).collect();
        panic!(
            "the contract differs from tests/contract.txt; if that is meant, run BLESS=1 cargo test --test \
             contract. Gone: {missing:#?}"
        );
    }
}

#[test]
fn unary_methods_have_http_routes() {
    let pool = pool();
    let http = pool.get_extension_by_name("google.api.http").expect("annotations.proto is imported");
    let mut routes = Vec::new();
    for method in pool.get_service_by_name(proto::SERVICE).expect("the service is there").methods() {
        let options = method.options();
        if !options.has_extension(&http) {
            continue;
        }
        let rule = options.get_extension(&http);
        let rule = rule.as_message().expect("an HttpRule");
        for verb in ["get", "post"] {
            if let Some(path) = rule.get_field_by_name(verb).as_deref().and_then(Value::as_str)
                && !path.is_empty()
            {
                let body = rule.get_field_by_name("body").and_then(|b| b.as_str().map(str::to_owned));
                routes.push(format!("{} {verb} {path} {}", method.name(), body.unwrap_or_default()));
            }
        }
    }
    assert_eq!(
        routes,
        [
            "ExtractFigures post /v1/figures:extract *",
            "CrossCheckFigures post /v1/figures:crossCheck *",
            "ListUnits get /v1/units ",
        ]
    );
}

#[test]
fn every_enumeration_starts_with_unspecified() {
    for r#enum in pool().all_enums().filter(|e| e.package_name() == PACKAGE) {
        let zero = r#enum.get_value(0).expect("a zero value");
        assert!(zero.name().ends_with("_UNSPECIFIED"), "{}", zero.name());
    }
}

#[test]
fn json_is_canonical() {
    use factfigures::proto::v1;
    let response = v1::ExtractFiguresResponse {
        document_id: "a".into(),
        figures: vec![v1::Figure {
            id: "f1".into(),
            kind: v1::Kind::Money.into(),
            span: Some(v1::Span { start: 0, end: 8, text: "\"€\u{2028}\u{1}".into() }),
            quantity: Some(v1::Quantity {
                value: "0.5".into(),
                interval: Some(v1::Interval { upper_open: true, ..Default::default() }),
                ..Default::default()
            }),
            ..Default::default()
        }],
        times: vec![v1::TimeExpression {
            start: Some(proto::Date { year: 2024, month: 6, day: 12 }),
            r#type: v1::TimeType::Date.into(),
            ..Default::default()
        }],
        ..Default::default()
    };
    let json = serde_json::to_string(&response).unwrap();

    // The same through the reflection of the descriptors, whose JSON is the reference.
    let message = pool().get_message_by_name("factfigures.v1.ExtractFiguresResponse").unwrap();
    let reference =
        prost_reflect::DynamicMessage::deserialize(message, &mut serde_json::Deserializer::from_str(&json))
            .expect("the reference reads our JSON");
    assert_eq!(serde_json::to_string(&reference).unwrap(), json);
    assert_eq!(reference.transcode_to::<v1::ExtractFiguresResponse>().unwrap(), response);
}

/// The line of JSON that is written at once says what the messages say.
#[test]
fn answers_written_at_once_are_those_of_the_messages() {
    use factfigures::proto::v1;
    use factfigures::wire::{self, Limits};

    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let articles = std::fs::read_dir(golden).expect("the folder exists").filter_map(|entry| {
        let path = entry.ok()?.path();
        path.extension().is_some_and(|e| e == "txt").then(|| std::fs::read_to_string(path).expect("text"))
    });
    let signs = "Sales of \"tea\\coffee\"\u{1}\tfell 3.50 % to €1.2bn\u{2028}— from −5 to about 60 kg, said Ann 🙂.\r\n\
        Between 5 and 10 of the 40 won 3-2; over 2,000 of them left on Friday.";
    let mut articles: Vec<String> = articles.chain([signs.to_owned(), String::new()]).collect();
    articles.push(format!("{} 5 boxes", "x".repeat(3_000)));
    for text in articles {
        for (offset_unit, kinds) in [(1, vec![]), (2, vec![]), (3, vec![v1::Kind::Money.into()])] {
            let document = v1::Document {
                id: "a \"b\"".into(),
                text: text.clone(),
                publish_date: Some(proto::Date { year: 2024, month: 6, day: 12 }),
                ..Default::default()
            };
            let request = v1::ExtractFiguresRequest { document: Some(document), offset_unit, kinds };
            let query = wire::read_extract_request(&request, Limits::LARGEST).expect("a request");
            let found = factfigures::extract(&query.document);
            let mut written = Vec::new();
            wire::write_extract_response(&query, &found, &mut written);
            let expected = serde_json::to_string(&wire::extract_response(&query, &found)).unwrap();
            assert_eq!(String::from_utf8(written).expect("UTF-8"), expected);
        }
    }
}
