//! A package without what belongs to somebody.

use crate::{
    api::view::{RedactedSpan, RedactedView},
    text::unseen,
};
use ::escalation::Package;
use matching::{Names, Redaction, redact};

/// Between the texts of a package while they are read as one, so that the same value has the same number in all.
const BETWEEN: &str = "\n\u{1e}\n";

/// Every text of it, whichever field it stands in.
pub(super) fn cleaned(package: &Package, people: Vec<String>) -> Package {
    let names = names(people);
    package.map_texts(|texts| {
        let mut whole = String::new();
        let mut places = Vec::with_capacity(texts.len());
        for text in texts.iter() {
            let start = whole.len();
            // The separator stays ours.
            whole.push_str(&text.replace('\u{1e}', "\u{fffd}"));
            places.push((start, whole.len()));
            whole.push_str(BETWEEN);
        }
        let spans = redact(&whole, &names).spans;
        for (text, (start, end)) in texts.iter_mut().zip(places) {
            **text = part(&whole, start, end, &spans, &names);
        }
    })
}

fn names(mut people: Vec<String>) -> Names {
    people.sort_unstable();
    people.dedup();
    Names::new(people.iter().map(String::as_str))
}

/// One of the texts. What begins in an earlier one and reaches into this (a key without its end) says nothing of it.
fn part(whole: &str, start: usize, end: usize, spans: &[Redaction], names: &Names) -> String {
    let text = whole.get(start..end).unwrap_or_default();
    let mut own = spans.iter().filter(|span| span.start < end && span.end > start);
    if own.clone().any(|span| span.start < start) {
        return redact(text, names).text;
    }
    let mut out = String::with_capacity(text.len());
    let mut done = start;
    for span in &mut own {
        out.push_str(whole.get(done..span.start).unwrap_or_default());
        out.push_str(&span.placeholder());
        done = span.end.min(end);
    }
    out.push_str(whole.get(done..end).unwrap_or_default());
    out
}

/// A last look at the text that leaves, which is nearly always as it should be; and where its placeholders stand. What
/// cannot be seen is shown in it: so every host shows the very bytes that leave.
pub(super) fn marked(text: &str, people: Vec<String>) -> RedactedView {
    let text = redact(&text.replace("\r\n", "\n").replace('\r', "\n"), &names(people)).text;
    placed(unseen::marked(&text).into_owned())
}

/// A text that was cleaned before, with where its placeholders stand.
pub(super) fn placed(text: String) -> RedactedView {
    let spans = matching::placeholders(&text).map(|(start, end, kind)| RedactedSpan {
        start: start as u64,
        end: end as u64,
        kind: kind.as_str().into(),
        placeholder: text.get(start..end).unwrap_or_default().into(),
    });
    let spans = spans.collect();
    RedactedView { text, spans }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::escalation::Noted;

    /// Cut off before its end, as it comes out of a log.
    const KEY: &str =
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEAxGWfRzv3pQ7nJc2Yq0aKD9sVh8uT1mLbXo5eNyCtIgHwPdFrEj6k";

    #[test]
    fn the_same_value_has_the_same_number_in_every_field_and_fields_stay_apart() {
        let mut package = Package::default();
        package.ticket.subject = "a@example.org and b@example.org".into();
        package.customer.requester = "Zoë Müller".into();
        package.tried =
            ["b@example.org called Zoë", "\u{1e}", KEY].map(|text| Noted { at: None, text: text.into() }).into();
        let clean = cleaned(&package, vec!["Zoë Müller".into()]);
        let text = clean.to_json();
        assert!(!text.contains("example.org") && !text.contains("MIIE") && !text.contains("ller"), "{text}");
        let number = |text: &str| text.split("[e-mail ").nth(1).map(|rest| rest.chars().next().unwrap());
        assert_eq!(number(&clean.tried[0].text), number(clean.ticket.subject.split(" and ").nth(1).unwrap()));
        assert_eq!(clean.customer.requester, "[name 1]");
        assert_eq!(clean.tried[1].text, "\u{fffd}");
        assert_eq!(cleaned(&clean, vec!["Zoë Müller".into()]), clean, "a second look finds nothing more");
    }

    #[test]
    fn what_stands_for_something_is_marked_in_the_text_that_leaves() {
        let view = marked("x [e-mail 1] y [name 2]\n", Vec::new());
        let told: Vec<_> = view
            .spans
            .iter()
            .map(|span| (span.kind.as_str(), &view.text[span.start as usize..span.end as usize]))
            .collect();
        assert_eq!(told, [("email", "[e-mail 1]"), ("name", "[name 2]")]);
    }
}
