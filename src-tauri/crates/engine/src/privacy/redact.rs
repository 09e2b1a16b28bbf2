//! A text on its way out, without what belongs to somebody.

use crate::{
    Engine, Result,
    api::{
        args::RedactArgs,
        view::{RedactedSpan, RedactedView},
    },
};
use matching::Names;

pub(crate) fn redact(engine: &Engine, args: &RedactArgs) -> Result<RedactedView> {
    let mut people: Vec<String> = args.people.clone().unwrap_or_default();
    for id in args.tickets.iter().flatten() {
        people.extend(people_of(engine, id)?);
    }
    Ok(redact_text(&args.text, people))
}

/// Without a workspace: only the people who are given are taken out by name.
pub fn redact_text(text: &str, mut people: Vec<String>) -> RedactedView {
    // One person under one number, however often they spoke.
    people.sort_unstable();
    people.dedup();
    let redacted = matching::redact(text, &Names::new(people.iter().map(String::as_str)));
    let spans = redacted.spans.iter().map(|span| RedactedSpan {
        start: span.start as u64,
        end: span.end as u64,
        kind: span.kind.as_str().into(),
        placeholder: span.placeholder(),
    });
    RedactedView { spans: spans.collect(), text: redacted.text }
}

/// Everybody whom a ticket names: a colleague's name says something about a customer's case too.
pub(crate) fn people_of(engine: &Engine, id: &str) -> Result<Vec<String>> {
    let store = &engine.core.store;
    let mut people = Vec::new();
    for row in store.find_ticket(id.trim())? {
        if let Some(stored) = store.ticket(row)? {
            people.extend(stored.ticket.requester.into_iter().chain(stored.ticket.assignee));
        }
        people.extend(store.comments(row)?.into_iter().filter_map(|stored| stored.comment.author));
    }
    Ok(people)
}
