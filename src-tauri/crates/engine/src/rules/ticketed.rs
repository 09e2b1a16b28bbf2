//! A stored ticket as rules see it: what was known when it came in, and nothing that was said later.

use crate::text;
use ::knowledge::{About, Incoming, RuleField};
use domain::{Key, Signature, SourceName, Ticket};
use store::StoredTicket;

pub(super) struct Ticketed {
    pub(super) key: Key,
    pub(super) ticket: Ticket,
    text: String,
    codes: Vec<String>,
}

impl Ticketed {
    /// Reading a text for errors costs more than all the rest: only where some rule asks for one.
    pub(super) fn of(stored: StoredTicket, with_codes: bool) -> Self {
        let StoredTicket { key, ticket, .. } = stored;
        let body = text::plain(&ticket.body, ticket.body_format);
        let environment = ticket.environment.as_deref().unwrap_or_default();
        let text = format!("{}\n{}\n{environment}", ticket.subject, body);
        let codes = if with_codes { codes(&body) } else { Vec::new() };
        Self { key, text, codes, ticket }
    }

    pub(super) fn pasted(text: &str) -> Self {
        let text = text::cut(text, Incoming::LONGEST).to_owned();
        let codes = codes(&text);
        let key = Key::new(SourceName::from_text("text"), "");
        Self { key, ticket: Ticket::default(), codes, text }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn codes(&self) -> &[String] {
        &self.codes
    }

    pub(super) fn fields(&self) -> Vec<(RuleField, &str)> {
        let ticket = &self.ticket;
        let one = [
            (RuleField::Priority, ticket.priority.as_deref()),
            (RuleField::Group, ticket.group.as_deref()),
            (RuleField::Account, ticket.account.as_deref()),
            (RuleField::Source, Some(self.key.source.as_str())),
        ];
        let one = one.into_iter().filter_map(|(field, value)| Some((field, value?)));
        one.chain(ticket.tags.iter().map(|tag| (RuleField::Tag, tag.as_str()))).collect()
    }

    pub(super) fn incoming<'a>(&'a self, fields: &'a [(RuleField, &'a str)]) -> Incoming<'a> {
        let about = About {
            signatures: &self.codes,
            product: self.ticket.product.as_deref(),
            components: &self.ticket.components,
            versions: &self.ticket.affected_versions,
            fields,
        };
        Incoming::new(&self.text, about)
    }
}

fn codes(body: &str) -> Vec<String> {
    matching::signatures(body).iter().map(Signature::code).collect()
}
