//! A ticket or pasted text becomes a [`Question`].

use crate::{identifiers, mentions, signatures, traced};
use domain::{Frame, Question};

/// What is asked: a ticket's fields or pasted text. Plain text (markup already gone, line breaks kept).
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub title: &'a str,
    pub body: &'a str,
    pub product: Option<&'a str>,
    pub components: &'a [String],
    pub versions: &'a [String],
}

pub fn read(asked: &Asked<'_>) -> Question {
    let traced = traced(asked.body);
    // Names that every trace has say nothing of this one.
    let body = traced.rest.as_deref().unwrap_or(asked.body);
    let mut text = match (asked.title.trim(), body.trim()) {
        ("", _) => body.to_owned(),
        (_, "") => asked.title.to_owned(),
        _ => format!("{}\n\n{body}", asked.title),
    };
    text.push_str(&traced.thrown());
    // Spans point into the body, the text that a screen marks; what a title alone holds is found in the joined text.
    let mut signatures = signatures(body);
    if !asked.title.trim().is_empty() {
        let known: Vec<String> = signatures.iter().map(|signature| signature.canonical()).collect();
        let title = crate::signatures(asked.title).into_iter();
        signatures.extend(title.filter(|one| !known.contains(&one.canonical())).map(|mut one| {
            one.span = (0, 0);
            one
        }));
        signatures.sort_by_key(crate::trace::strength);
    }
    // In JSON a stack trace is one long line, which no language's reader takes for one.
    let thrown = traced.errors.iter().flat_map(|error| &error.frames).filter(|frame| frame.in_project);
    let ran: Vec<Frame> = thrown.chain(&traced.frames).cloned().collect();
    if !traced.errors.is_empty() {
        let known: Vec<String> = signatures.iter().map(|signature| signature.canonical()).collect();
        signatures.extend(traced.errors.into_iter().filter(|one| !known.contains(&one.canonical())));
        signatures.sort_by_key(crate::trace::strength);
    }
    Question {
        title: asked.title.trim().to_owned(),
        body: asked.body.to_owned(),
        identifiers: identifiers(&text),
        phrases: mentions::phrases(&text),
        signatures,
        traced: ran,
        product: asked.product.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned),
        components: distinct(asked.components.iter().map(String::as_str)),
        versions: distinct(
            asked
                .versions
                .iter()
                .chain(&traced.versions)
                .map(String::as_str)
                .chain(mentions::versions(&text).iter().map(String::as_str)),
        ),
    }
}

/// What files of the ticket say was thrown is asked with it: errors, code that ran and what is named in them, each once. No
/// word of a file counts as a word of whoever asks.
pub fn and_thrown(mut question: Question, files: &[String]) -> Question {
    for text in files {
        let traced = traced(text);
        let rest = traced.rest.as_deref().unwrap_or(text);
        let known: Vec<String> = question.signatures.iter().map(|signature| signature.canonical()).collect();
        let errors = signatures(rest).into_iter().chain(traced.errors.iter().cloned());
        question.signatures.extend(errors.filter(|one| !known.contains(&one.canonical())).map(|mut one| {
            // It stands nowhere in the text of the ticket.
            one.span = (0, 0);
            one
        }));
        question
            .traced
            .extend(traced.frames.iter().filter(|frame| !question.traced.contains(frame)).cloned().collect::<Vec<_>>());
        let named = [question.identifiers.as_slice(), &identifiers(rest)].concat();
        question.identifiers = distinct(named.iter().map(String::as_str));
        let versions = [question.versions.as_slice(), &traced.versions].concat();
        question.versions = distinct(versions.iter().map(String::as_str));
    }
    question.signatures.sort_by_key(crate::trace::strength);
    question
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names.map(str::trim).filter(|name| !name.is_empty()) {
        if !kept.iter().any(|known| known == name) {
            kept.push(name.to_owned());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_holds_what_the_fields_and_the_text_say() {
        let question = read(&Asked {
            title: "Failover breaks with \"Wire format negotiation timeout\"",
            body: "Since we run ActiveMQ 5.15.0 the client logs ORA-00942, see AMQ-1234 and maxInactivityDuration.",
            product: Some(" ActiveMQ "),
            components: &["Broker".into(), "Broker".into()],
            versions: &["5.4.1".into()],
        });
        assert_eq!(question.product.as_deref(), Some("ActiveMQ"));
        assert_eq!(question.components, ["Broker"]);
        assert_eq!(question.versions, ["5.4.1", "5.15.0"]);
        assert_eq!(question.phrases, ["Wire format negotiation timeout"]);
        assert!(question.identifiers.contains(&"AMQ-1234".to_string()));
        assert_eq!(question.signatures.first().map(|one| one.exception.as_str()), Some("ORA-00942"));
    }

    #[test]
    fn what_a_file_says_was_thrown_is_asked_with_the_ticket_and_each_error_once() {
        let trace = "java.lang.IllegalStateException: x\n\tat shop.Cart.take(Cart.java:7)";
        let asked = Asked { title: "It fails", body: "", product: None, components: &[], versions: &[] };
        let question = and_thrown(read(&asked), &[trace.into(), trace.into()]);
        assert_eq!(
            question.signatures,
            and_thrown(read(&Asked { body: trace, ..asked }), &[trace.into()])
                .signatures
                .into_iter()
                .map(|one| domain::Signature { span: (0, 0), ..one })
                .collect::<Vec<_>>()
        );
        assert_eq!((question.signatures.len(), question.body.as_str()), (1, ""));
    }

    #[test]
    fn an_error_in_the_title_counts_even_where_the_body_has_none() {
        let asked = Asked {
            title: "Upload fails with HTTP 503",
            body: "Please help",
            product: None,
            components: &[],
            versions: &[],
        };
        assert_eq!(read(&asked).signatures.len(), 1);
    }
}
