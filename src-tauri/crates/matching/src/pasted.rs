//! Pasted text becomes a title and a body.

use crate::{mask, signatures};
use domain::SignatureKind;

/// A longer first line is a paragraph: it stays in the body whole and its start becomes the title.
const TITLE: usize = 160;

/// The first meaningful line is the title when more follows; a pasted stack trace is named by its error.
pub fn split_pasted(text: &str) -> (String, String) {
    let body = text.trim();
    let trace = signatures(body)
        .into_iter()
        .find(|one| matches!(one.kind, SignatureKind::StackTrace(_)) && !one.frames.is_empty());
    let mut lines = body.lines();
    let mut first = "";
    // Where the rest begins after the line that became the title.
    for line in lines.by_ref() {
        if is_meaningful(line) {
            first = line;
            break;
        }
    }
    let start = body.len() - body.get(body.find(first).unwrap_or(0)..).map_or(0, str::len);
    if let Some(trace) = trace.filter(|trace| trace.span.0 <= start + first.len()) {
        let message: String = trace.message.iter().map(|piece| piece.text.as_str()).collect();
        let title = if message.is_empty() { trace.exception } else { format!("{}: {message}", trace.exception) };
        return (mask::clip(&title, TITLE * 2).to_owned(), body.to_owned());
    }
    let rest = body.get(start + first.len()..).unwrap_or_default().trim();
    if rest.is_empty() {
        return (String::new(), body.to_owned());
    }
    let title = clean(first);
    if title.len() > TITLE {
        let sentence = title.find(". ").and_then(|end| title.get(..end)).filter(|sentence| sentence.len() <= TITLE);
        return (sentence.unwrap_or(mask::clip(title, TITLE)).trim().to_owned(), body.to_owned());
    }
    (title.to_owned(), rest.to_owned())
}

fn clean(line: &str) -> &str {
    let line = line.trim().trim_start_matches(['#', '>', '*', ' ']);
    for mark in ["Subject:", "Title:", "Summary:", "Betreff:", "RE:", "Re:", "FW:", "Fwd:"] {
        if let Some(rest) = line.strip_prefix(mark) {
            return clean(rest);
        }
    }
    line.trim()
}

fn is_meaningful(line: &str) -> bool {
    let line = clean(line).trim_matches(|c: char| !c.is_alphanumeric());
    let lower = line.to_lowercase();
    let greeting = ["hi", "hello", "hey", "dear", "good morning", "good afternoon", "hallo", "guten tag", "bonjour"];
    let greets = greeting
        .iter()
        .any(|word| lower.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric())));
    let header = ["from:", "to:", "cc:", "sent:", "date:", "von:", "an:"].iter().any(|word| lower.starts_with(word));
    let short = line.split_whitespace().count() <= 5;
    !(line.is_empty() || header || greets && short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_meaningful_line_is_the_title_when_more_follows() {
        let split = |text| split_pasted(text);
        assert_eq!(split("Hi team,\n\nBroker hangs\nsince Monday"), ("Broker hangs".into(), "since Monday".into()));
        assert_eq!(split("Subject: Re: Broker hangs\n\nsince Monday"), ("Broker hangs".into(), "since Monday".into()));
        assert_eq!(split("Broker hangs"), (String::new(), "Broker hangs".into()));
        assert_eq!(split("  \n "), (String::new(), String::new()));
    }

    #[test]
    fn a_pasted_trace_is_named_by_its_error() {
        let text = "java.lang.IllegalStateException: No session 12\n\tat com.acme.Foo.bar(Foo.java:1)\n\tat com.acme.Foo.baz(Foo.java:2)";
        assert_eq!(split_pasted(text), ("java.lang.IllegalStateException: No session 12".into(), text.into()));
        let text = format!("Broker hangs\n{text}");
        assert_eq!(split_pasted(&text).0, "Broker hangs");
    }
}
