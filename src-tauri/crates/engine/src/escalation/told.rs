//! What each message of a ticket tells, and when: the report first, then every reply and note.

use crate::{Engine, Result, text};
use ::escalation::{Fact, Known, actions, actual, expected, labelled, steps, times, tried};
use domain::{AuthorRole, Hop};
use store::{StoredComment, StoredTicket};

/// Messages of one ticket that are read.
const MOST: usize = 300;

const PLANS: &[&str] = &["plan", "subscription", "edition", "licence", "license"];
const ROLES: &[&str] = &["role", "user role", "rolle"];
const RIGHTS: &[&str] = &["permissions", "permission", "rights", "scopes", "access"];
const VERSIONS: &[&str] = &["version", "release", "build"];
const ZONES: &[&str] = &["time zone", "timezone", "zone"];

pub(super) struct Message {
    pub(super) at: i64,
    pub(super) role: AuthorRole,
    pub(super) text: String,
}

/// Oldest first.
pub(super) fn messages(stored: &StoredTicket, comments: &[StoredComment]) -> Vec<Message> {
    let ticket = &stored.ticket;
    let first = Message {
        at: ticket.created_at.0,
        role: AuthorRole::Requester,
        text: text::plain(&ticket.body, ticket.body_format).into_owned(),
    };
    let said = comments.iter().take(MOST).map(|StoredComment { comment, .. }| Message {
        at: comment.created_at.0,
        role: comment.author_role,
        text: text::plain(&comment.body, comment.body_format).into_owned(),
    });
    std::iter::once(first).chain(said).collect()
}

/// The first message that says it.
pub(super) fn first<T>(messages: &[Message], read: impl Fn(&str) -> Option<T>) -> Option<T> {
    messages.iter().find_map(|message| read(&message.text))
}

pub(super) fn plan(text: &str) -> Option<String> {
    labelled(text, PLANS)
}

pub(super) fn role(text: &str) -> Option<String> {
    labelled(text, ROLES)
}

pub(super) fn permissions(text: &str) -> Option<String> {
    labelled(text, RIGHTS)
}

pub(super) fn zone(text: &str) -> Option<String> {
    labelled(text, ZONES)
}

/// Every fact that was told, with when. Steps count where they are steps, not where a colleague lists an answer.
pub(super) fn known(engine: &Engine, stored: &StoredTicket, messages: &[Message], hops: &[Hop]) -> Result<Vec<Known>> {
    let mut known = Vec::new();
    let mut note = |fact, at| known.push(super::known(fact, at, hops));
    let opened = stored.ticket.created_at.0;
    let given = &stored.ticket;
    for (fact, is_there) in [
        (Fact::Account, given.account.is_some()),
        (Fact::Product, given.product.is_some()),
        (Fact::Version, !given.affected_versions.is_empty()),
    ] {
        if is_there {
            note(fact, opened);
        }
    }
    let extra = engine.core.store.ticket_extra(stored.row)?;
    for (fact, names) in [
        (Fact::Plan, super::gather::PLAN),
        (Fact::Role, super::gather::ROLE),
        (Fact::Permissions, super::gather::RIGHTS),
    ] {
        if super::gather::of_extra(&extra, names).is_some() {
            note(fact, opened);
        }
    }
    for Message { at, role, text } in messages {
        let theirs = *role == AuthorRole::Requester;
        let at = *at;
        for (fact, is_told) in [
            (Fact::Steps, theirs && steps(text).len() >= 2),
            (Fact::Expected, theirs && expected(text).is_some()),
            (Fact::Actual, theirs && actual(text).is_some()),
            (Fact::ErrorText, !matching::signatures(text).is_empty()),
            (Fact::ErrorTime, !times(text).is_empty()),
            (Fact::Plan, plan(text).is_some()),
            (Fact::Role, self::role(text).is_some()),
            (Fact::Permissions, permissions(text).is_some()),
            (Fact::Actions, theirs && !actions(text).is_empty()),
            (Fact::Version, labelled(text, VERSIONS).is_some()),
            (Fact::Tried, !theirs && !tried(text).is_empty()),
        ] {
            if is_told {
                note(fact, at);
            }
        }
    }
    Ok(known)
}
