//! Reading requests: every rule is checked, all violations are returned together.

use jiff::civil;

use super::enums;
use crate::Document;
use crate::document::Region;
use crate::error::{Error, Violation};
use crate::figure::Kind;
use crate::proto;
use crate::proto::v1;

/// What a request may ask for at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest text in bytes of UTF-8.
    pub text_bytes: usize,
}

impl Limits {
    /// The limit of the contract: 1 MiB.
    pub const DEFAULT: Limits = Limits { text_bytes: 1 << 20 };
    /// As long as spans can count.
    pub const LARGEST: Limits = Limits { text_bytes: i32::MAX as usize };
}

/// A request that breaks no rule: what to read and how to answer.
#[derive(Clone, Debug)]
pub struct Query<'t> {
    /// What to read.
    pub document: Document<'t>,
    /// The caller's id of the document.
    pub id: &'t str,
    /// The language to read it as.
    pub language_code: &'t str,
    /// What spans count.
    pub offset_unit: v1::OffsetUnit,
    /// The kinds asked for; empty means all.
    pub kinds: Vec<Kind>,
}

impl Query<'_> {
    /// Whether figures of this kind are asked for.
    pub fn wants(&self, kind: Kind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}

/// Checks a request. The error lists every violation.
pub fn read_extract_request(request: &v1::ExtractFiguresRequest, limits: Limits) -> Result<Query<'_>, Error> {
    let mut violations = Violations(Vec::new());
    let offset_unit = offset_unit(request.offset_unit, &mut violations);
    let kinds = kinds(&request.kinds, &mut violations);
    let query = match &request.document {
        Some(sent) => Some(Query { kinds, ..query(sent, "document", offset_unit, limits, &mut violations) }),
        None => {
            violations.add("document", "is required");
            None
        }
    };
    match query {
        Some(query) if violations.0.is_empty() => Ok(query),
        _ => Err(Error::invalid(violations.0)),
    }
}

/// A document with how to answer; `path` is that of the document's field.
pub(super) fn query<'t>(
    sent: &'t v1::Document,
    path: &str,
    offset_unit: v1::OffsetUnit,
    limits: Limits,
    violations: &mut Violations,
) -> Query<'t> {
    Query {
        document: document(sent, path, limits, violations),
        id: &sent.id,
        language_code: if sent.language_code.is_empty() { "en" } else { &sent.language_code },
        offset_unit,
        kinds: Vec::new(),
    }
}

/// What is wrong with a request so far.
pub(super) struct Violations(pub(super) Vec<Violation>);

impl Violations {
    pub(super) fn add(&mut self, field: impl Into<String>, description: impl Into<String>) {
        self.0.push(Violation::new(field, description));
    }
}

fn document<'t>(
    sent: &'t v1::Document,
    path: &str,
    limits: Limits,
    violations: &mut Violations,
) -> Document<'t> {
    let field = |name: &str| format!("{path}.{name}");
    let (length, allowed) = (sent.text.len(), limits.text_bytes);
    if length > allowed {
        violations
            .add(field("text"), format!("is {length} bytes of UTF-8 long; at most {allowed} are allowed"));
    }
    if !is_english(&sent.language_code) {
        violations.add(
            field("language_code"),
            format!(
                "{} is not served; expected en, en with a region such as en-GB, or nothing",
                quoted(&sent.language_code)
            ),
        );
    }
    let publish_date = sent.publish_date.as_ref().and_then(|sent| match date(sent) {
        Ok(date) => Some(date),
        Err(problem) => {
            violations.add(field("publish_date"), problem);
            None
        }
    });
    let region = if sent.region_code.is_empty() {
        region_of_language(&sent.language_code)
    } else {
        Region::parse(&sent.region_code).unwrap_or_else(|| {
            violations.add(
                field("region_code"),
                format!(
                    "{} is no region; expected two letters of ISO 3166-1 such as GB, or three digits of \
                     UN M.49 such as 826",
                    quoted(&sent.region_code)
                ),
            );
            Region::US
        })
    };
    Document { text: &sent.text, publish_date, region }
}

/// Whether a BCP-47 tag is English, with or without script and region.
fn is_english(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    tag.is_empty()
        || subtags.next().is_some_and(|language| language.eq_ignore_ascii_case("en"))
            && subtags.all(|s| (2..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn region_of_language(tag: &str) -> Region {
    tag.split('-').skip(1).find_map(Region::parse).unwrap_or(Region::US)
}

fn date(sent: &proto::Date) -> Result<civil::Date, String> {
    let proto::Date { year, month, day } = *sent;
    if !(1..=9999).contains(&year) {
        return Err(format!("year {year} is out of range; expected a full date, with a year from 1 to 9999"));
    }
    if !(1..=12).contains(&month) {
        return Err(format!(
            "month {month} is out of range; expected a full date, with a month from 1 to 12"
        ));
    }
    i8::try_from(day).ok().and_then(|day| civil::Date::new(year as i16, month as i8, day).ok()).ok_or_else(
        || {
            let days = civil::date(year as i16, month as i8, 1).days_in_month();
            format!(
                "day {day} is out of range; expected a full date, with a day from 1 to {days} in \
                 {year:04}-{month:02}"
            )
        },
    )
}

pub(super) fn offset_unit(sent: i32, violations: &mut Violations) -> v1::OffsetUnit {
    v1::OffsetUnit::try_from(sent).unwrap_or_else(|_| {
        violations.add(
            "offset_unit",
            format!(
                "{sent} is unknown; expected OFFSET_UNIT_UTF8_BYTE, OFFSET_UNIT_UTF16_CODE_UNIT or \
                 OFFSET_UNIT_UNICODE_CODE_POINT"
            ),
        );
        v1::OffsetUnit::Unspecified
    })
}

fn kinds(sent: &[i32], violations: &mut Violations) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for (i, &sent) in sent.iter().enumerate() {
        match Kind::ALL.into_iter().find(|&kind| enums::kind(kind) as i32 == sent) {
            Some(kind) if kinds.contains(&kind) => {}
            Some(kind) => kinds.push(kind),
            // A list of nothing but mistakes must not make an error message of a megabyte.
            None if violations.0.len() < 100 => violations.add(
                format!("kinds[{i}]"),
                format!("{sent} is unknown; expected values from KIND_COUNT (1) to KIND_NUMBER (12)"),
            ),
            None => {}
        }
    }
    kinds
}

/// What the client sent, short enough for a message.
fn quoted(sent: &str) -> String {
    match sent.char_indices().nth(40) {
        Some((end, _)) => format!("{:?}…", &sent[..end]),
        None => format!("{sent:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(request: &v1::ExtractFiguresRequest) -> Vec<String> {
        match read_extract_request(request, Limits { text_bytes: 10 }) {
            Ok(_) => Vec::new(),
            Err(e) => e.violations().iter().map(|v| v.field.clone()).collect(),
        }
    }

    fn of(document: v1::Document) -> v1::ExtractFiguresRequest {
        v1::ExtractFiguresRequest { document: Some(document), ..Default::default() }
    }

    #[test]
    fn all_violations_together() {
        let request = v1::ExtractFiguresRequest {
            document: Some(v1::Document {
                id: String::new(),
                text: "eleven byte".into(),
                publish_date: Some(proto::Date { year: 2024, month: 6, day: 31 }),
                language_code: "de".into(),
                region_code: "Britain".into(),
            }),
            offset_unit: 9,
            kinds: vec![1, 0, 13, -1],
        };
        assert_eq!(
            fields(&request),
            [
                "offset_unit",
                "kinds[1]",
                "kinds[2]",
                "kinds[3]",
                "document.text",
                "document.language_code",
                "document.publish_date",
                "document.region_code"
            ]
        );
        assert_eq!(fields(&v1::ExtractFiguresRequest::default()), ["document"]);
        assert_eq!(fields(&of(v1::Document::default())), [""; 0]);
    }

    #[test]
    fn dates() {
        for (year, month, day, problem) in [
            (2024, 13, 1, "month 13"),
            (2024, 0, 1, "month 0"),
            (2023, 2, 29, "1 to 28 in 2023-02"),
            (2024, 6, 0, "day 0"),
            (2024, 6, 300, "day 300"),
            (2024, 0, 0, "full date"),
            (0, 6, 12, "year 0"),
            (10_000, 1, 1, "year 10000"),
            (i32::MIN, i32::MAX, i32::MIN, "year"),
        ] {
            let problem_found = date(&proto::Date { year, month, day }).unwrap_err();
            assert!(problem_found.contains(problem), "{problem_found}");
        }
        assert_eq!(date(&proto::Date { year: 2024, month: 2, day: 29 }), Ok(civil::date(2024, 2, 29)));
        assert_eq!(date(&proto::Date { year: 9999, month: 12, day: 31 }), Ok(civil::date(9999, 12, 31)));
    }

    #[test]
    fn languages_and_regions() {
        for (language, region, expected) in [
            ("", "", Some("US")),
            ("en", "", Some("US")),
            ("EN-gb", "", Some("GB")),
            ("en-Latn-AU", "", Some("AU")),
            ("en-GB", "au", Some("AU")),
            ("en", "826", Some("826")),
            ("eng", "", None),
            ("en_GB", "", None),
            ("en-", "", None),
            ("fr", "", None),
            ("en", "U", None),
            ("en", "ÜK", None),
        ] {
            let request = of(v1::Document {
                language_code: language.into(),
                region_code: region.into(),
                ..Default::default()
            });
            let query = read_extract_request(&request, Limits::DEFAULT);
            assert_eq!(
                query.as_ref().ok().map(|q| q.document.region.as_str()),
                expected,
                "{language} {region}"
            );
        }
    }

    #[test]
    fn long_mistakes_make_short_messages() {
        let mut request = of(v1::Document { language_code: "é".repeat(100_000), ..Default::default() });
        request.kinds = vec![99; 100_000];
        let message = read_extract_request(&request, Limits::DEFAULT).unwrap_err().to_string();
        assert!(message.len() < 20_000, "{} bytes", message.len());
    }
}
