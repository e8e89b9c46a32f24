//! Reading messages from canonical protobuf JSON.

use std::sync::LazyLock;

use prost::Message;
use prost_reflect::{DescriptorPool, DeserializeOptions, DynamicMessage, MessageDescriptor};
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::proto::{self, v1};

/// The shapes of messages, for the exact reader. The descriptors were made when the program was built.
static POOL: LazyLock<Option<DescriptorPool>> =
    LazyLock::new(|| DescriptorPool::decode(proto::FILE_DESCRIPTOR_SET).ok());

/// Reads a document. Unknown fields are an error: a misspelt `publishDate` must not go unnoticed.
pub fn read_document_json(json: &str) -> Result<v1::Document, Error> {
    read_json(json, "Document")
        .map_err(|e| Error::other(e.to_string().replace(" at line 1 column ", " at column ")))
}

/// Reads a message of the contract by its name. Unknown fields are an error.
///
/// The generated code reads what everybody writes, fast; what it rejects is read again by reflection, which
/// knows all of the mapping (`null` for absent, `6.0` for 6) and has the last word.
pub fn read_json<M: DeserializeOwned + Message + Default>(json: &str, name: &str) -> Result<M, Error> {
    let explained = |problem: serde_json::Error| Error::other(format!("is no {name}: {problem}"));
    let shape = || POOL.as_ref()?.get_message_by_name(&format!("factfigures.v1.{name}"));
    serde_json::from_str(json).or_else(|problem| match shape() {
        Some(shape) => read_by_reflection(json, shape).map_err(explained),
        None => Err(explained(problem)),
    })
}

fn read_by_reflection<M: Message + Default>(
    json: &str,
    shape: MessageDescriptor,
) -> Result<M, serde_json::Error> {
    let mut source = serde_json::Deserializer::from_str(json);
    let message = DynamicMessage::deserialize_with_options(shape, &mut source, &DeserializeOptions::new())?;
    source.end()?;
    message.transcode_to().map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_and_all_of_the_mapping() {
        let expected = v1::Document {
            text: "t".into(),
            publish_date: Some(proto::Date { year: 2024, month: 6, day: 12 }),
            region_code: "GB".into(),
            ..Default::default()
        };
        for json in [
            r#"{"text":"t","publishDate":{"year":2024,"month":6,"day":12},"regionCode":"GB"}"#,
            r#" { "region_code": "GB", "publish_date": {"year":2024,"month":6,"day":12}, "text": "\u0074" } "#,
            r#"{"id":null,"text":"t","publishDate":{"year":"2024","month":6.0,"day":1.2e1},"regionCode":"GB"}"#,
        ] {
            assert_eq!(read_document_json(json).unwrap(), expected, "{json}");
        }
        let nothing = r#"{"id":null,"publishDate":null}"#;
        assert_eq!(read_document_json(nothing).unwrap(), v1::Document::default());
    }

    #[test]
    fn mistakes_are_named() {
        for (json, named) in [
            (r#"{"title":"t"}"#, "title"),
            (r#"{"text":5}"#, "string"),
            (r#"{"text":"t""#, "EOF"),
            (r#"{"text":"t"} x"#, "trailing"),
            (r#"{"publishDate":"2024-06-12"}"#, "expected a map at column 27"),
            (r#"["t"]"#, "Document"),
            (r#"{"text":"\ud800"}"#, "column"),
            ("", "EOF"),
        ] {
            let problem = read_document_json(json).unwrap_err().to_string();
            assert!(problem.contains(named), "{json}: {problem}");
        }
    }
}
