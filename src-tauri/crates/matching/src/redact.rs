//! What should not leave this machine in a text: addresses, numbers and names of people, and whatever opens something.
//!
//! Each detector is a file of its own and only knows its own kind. They may overlap; what they find is united, so that
//! no part of anything found is left standing. A placeholder is never looked into, so a redacted text stays as it is.

mod card;
mod email;
mod iban;
mod ip;
mod jwt;
mod names;
mod phone;
mod private_key;
mod scan;
mod secret;
mod span;
mod token;
mod url;

pub use names::Names;
pub use span::{Redaction, Sensitive, placeholders};

use scan::Scan;
use span::{Found, Numbers};

/// Replacing one thing can uncover another. Real text needs two rounds, the second of which finds nothing.
const ROUNDS: usize = 6;

/// A text that may leave, and what it lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    pub text: String,
    /// In order, apart from each other. Places in the text as it was given.
    pub spans: Vec<Redaction>,
}

/// Takes out everything that the detectors find, and the names of `people`. The same value gets the same number
/// throughout a text. Linear in the text's length.
pub fn redact(text: &str, people: &Names) -> Redacted {
    let mut found: Vec<Found> = Vec::new();
    let mut shown = Redacted { text: text.to_owned(), spans: Vec::new() };
    for _ in 0..ROUNDS {
        let fresh = find(&shown.text, people);
        if fresh.is_empty() {
            break;
        }
        found.extend(span::in_original(&shown.spans, fresh));
        found = span::united(found);
        shown = replaced(text, &found);
    }
    shown
}

fn find(text: &str, people: &Names) -> Vec<Found> {
    let scan = Scan::new(text);
    let mut found = Vec::new();
    private_key::find(&scan, &mut found);
    jwt::find(&scan, &mut found);
    token::find(&scan, &mut found);
    url::find(&scan, &mut found);
    secret::find(&scan, &mut found);
    email::find(&scan, &mut found);
    iban::find(&scan, &mut found);
    card::find(&scan, &mut found);
    phone::find(&scan, &mut found);
    ip::find(&scan, &mut found);
    people.find(&scan, &mut found);
    span::outside_placeholders(text, found)
}

fn replaced(text: &str, found: &[Found]) -> Redacted {
    let mut numbers = Numbers::after(text);
    let mut out = Redacted { text: String::with_capacity(text.len()), spans: Vec::with_capacity(found.len()) };
    let mut done = 0;
    for one in found {
        let value = text.get(one.start..one.end).unwrap_or_default();
        let number = numbers.of(one, value);
        let redaction = Redaction { start: one.start, end: one.end, kind: one.kind, number };
        out.text.push_str(text.get(done..one.start).unwrap_or_default());
        out.text.push_str(&redaction.placeholder());
        out.spans.push(redaction);
        done = one.end;
    }
    out.text.push_str(text.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests;
