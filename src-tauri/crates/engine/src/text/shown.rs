//! A reply on its way to eyes: every text in it shows what would mislead. One place, so that no field can be forgotten.

use super::unseen::marked;
use serde_json::Value;

/// What is passed back to the engine, or kept for the page, and not read by people.
const HANDLES: [&str; 10] = ["id", "ids", "cases", "tickets", "known_error", "url", "home", "place", "key", "value"];

pub(crate) fn shown(reply: &mut Value) {
    match reply {
        Value::String(text) => {
            if let std::borrow::Cow::Owned(marked) = marked(text) {
                *text = marked;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(shown),
        Value::Object(fields) => {
            for (name, value) in fields {
                if HANDLES.contains(&name.as_str()) { shown_below(value) } else { shown(value) }
            }
        }
        _ => {}
    }
}

/// A handle is a text or a list of texts; what is more than that is a view again.
fn shown_below(value: &mut Value) {
    match value {
        Value::Object(_) => shown(value),
        Value::Array(items) => items.iter_mut().for_each(shown_below),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_text_is_shown_and_what_comes_back_stays() {
        let rlo = "a\u{202e}b";
        let mut reply = json!({
            "id": rlo, "display_id": rlo, "tags": [rlo], "cases": [rlo], "known_error": rlo,
            "tickets": [{ "id": rlo, "subject": rlo }], "n": 1, "none": null,
        });
        shown(&mut reply);
        let mark = "a⟨U+202E⟩b";
        let expected = json!({
            "id": rlo, "display_id": mark, "tags": [mark], "cases": [rlo], "known_error": rlo,
            "tickets": [{ "id": rlo, "subject": mark }], "n": 1, "none": null,
        });
        assert_eq!(reply, expected);
    }

    #[test]
    fn a_known_error_inside_a_view_is_a_view() {
        let mut reply = json!({ "known_error": { "id": "x\u{202e}", "title": "x\u{202e}" } });
        shown(&mut reply);
        assert_eq!(reply, json!({ "known_error": { "id": "x\u{202e}", "title": "x⟨U+202E⟩" } }));
    }
}
