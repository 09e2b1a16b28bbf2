//! Reading the fields of a view. What is missing reads as empty: a view of a newer engine still prints.

use serde_json::Value;

pub(crate) fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

pub(crate) fn flag(value: &Value, path: &str) -> bool {
    value.pointer(path).and_then(Value::as_bool).unwrap_or_default()
}

pub(crate) fn number(value: &Value, path: &str) -> u64 {
    value.pointer(path).and_then(Value::as_u64).unwrap_or_default()
}

pub(crate) fn time(value: &Value, path: &str) -> Option<i64> {
    value.pointer(path).and_then(Value::as_i64)
}

pub(crate) fn list<'a>(value: &'a Value, path: &str) -> impl Iterator<Item = &'a Value> {
    value.pointer(path).and_then(Value::as_array).into_iter().flatten()
}

/// A list of texts in one line.
pub(crate) fn joined(value: &Value, path: &str) -> String {
    list(value, path).filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
}

/// Runs of text, put together again.
pub(crate) fn spans(value: &Value, path: &str) -> String {
    list(value, path).filter_map(|span| span.get("text")?.as_str()).collect()
}

/// One line, whatever a stranger wrote: a subject with line breaks must not look like lines of ours.
pub(crate) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
