//! Half an emoji: programs that cut texts by UTF-16 units leave escapes that are no characters, and JSON has no reading
//! for them. One of them is worth a replacement character, not the ticket.

use memchr::memmem;
use std::borrow::Cow;

pub(super) fn replace_lone(record: &str) -> Cow<'_, str> {
    let bytes = record.as_bytes();
    if memmem::find(bytes, b"\\ud").is_none() && memmem::find(bytes, b"\\uD").is_none() {
        return Cow::Borrowed(record);
    }
    let mut whole = String::with_capacity(record.len());
    let mut kept = 0;
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        at += found;
        match unit(record, at) {
            Some(0xd800..=0xdbff) if matches!(unit(record, at + 6), Some(0xdc00..=0xdfff)) => at += 12,
            Some(0xd800..=0xdfff) => {
                whole.push_str(record.get(kept..at).unwrap_or_default());
                whole.push_str("\\ufffd");
                at += 6;
                kept = at;
            }
            // Any other escape, of which the second character may be a backslash.
            _ => at += 2,
        }
    }
    whole.push_str(record.get(kept..).unwrap_or_default());
    Cow::Owned(whole)
}

/// The UTF-16 unit that is escaped here.
fn unit(record: &str, at: usize) -> Option<u16> {
    let digits = record.get(at..at + 6)?.strip_prefix("\\u")?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn half_a_pair_becomes_a_replacement_character_and_a_whole_one_stays() {
        for (record, whole) in [
            (r#""a\ud83d""#, r#""a\ufffd""#),
            (r#""\uDE00 b""#, r#""\ufffd b""#),
            (r#""\ud83d\ude00""#, r#""\ud83d\ude00""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r#""\\ud83d""#, r#""\\ud83d""#),
            (r#""ä\u00e4""#, r#""ä\u00e4""#),
            (r#""\ud8"#, r#""\ud8"#),
        ] {
            assert_eq!(replace_lone(record), whole, "{record}");
        }
    }

    proptest! {
        #[test]
        fn any_text_of_escapes_is_json_afterwards(units in proptest::collection::vec(any::<u16>(), 0..20)) {
            let text: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let read: String = serde_json::from_str(&replace_lone(&format!("\"{text}\""))).unwrap();
            prop_assert_eq!(read, String::from_utf16_lossy(&units));
        }
    }
}
