//! Tens of years: "in his 40s", "her late 70s"; of weather, tens of degrees.

use rust_decimal::Decimal;

use super::{Context, years};
use crate::figure::{Comparator, Kind, Unit};
use crate::item::Item;
use crate::mention::{Mention, Written};
use crate::tag::Tag;

/// "in his 40s", "her late 70s", "mid-30s": the ten years, or a third of them.
pub(super) fn read(c: &Context, item: &Item) -> Option<Mention> {
    let s = c.s;
    let mut i = item.start;
    if i > 0 && s.lower(i - 1) == "-" {
        i -= 1;
    }
    let part = i.checked_sub(1).map_or("", |k| s.lower(k));
    let (low, high) = match part {
        "early" => (0, 3),
        "mid" | "middle" => (4, 6),
        "late" => (7, 9),
        _ => (0, 9),
    };
    let from = if (low, high) == (0, 9) { item.start } else { i - 1 };
    let owner = (from.saturating_sub(2)..from).any(|k| {
        s.tag(k) == Tag::Possessive
            || matches!(s.lower(k), "his" | "her" | "their" | "my" | "our" | "your" | "'s" | "’s")
    });
    let kind = if owner { Kind::Age } else { return temperatures(c, item, from, low, high) };
    Some(tens(c, item, kind, from, low, high, years()))
}

fn tens(c: &Context, item: &Item, kind: Kind, from: usize, low: u32, high: u32, unit: Unit) -> Mention {
    let mut mention = c.mention(kind, "tens of years", item);
    mention.written = Written::Vague {
        lower: item.n.value + Decimal::from(low),
        upper: item.n.value + Decimal::from(high),
        open: false,
    };
    mention.comparator = Comparator::Vague;
    mention.number = c.s.span_of(from, item.number.end);
    mention.tokens = from..item.number.end;
    mention.span = mention.span.join(mention.number);
    mention.unit = Some(unit);
    mention
}

/// "highs in the mid-20s": temperatures, where the sentence speaks of weather.
fn temperatures(c: &Context, item: &Item, from: usize, low: u32, high: u32) -> Option<Mention> {
    if !c.facts.weather {
        return None;
    }
    let code = if c.region == crate::document::Region::US { "[degF]" } else { "Cel" };
    let found = crate::unit_phrase::with_code(code, item.end, item.end)?;
    Some(tens(c, item, Kind::Measurement, from, low, high, c.unit(&found)))
}
