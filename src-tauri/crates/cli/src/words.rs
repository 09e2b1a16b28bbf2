//! What people read: the engine's views as plain text, in the window's own words.

pub(crate) mod adapt;
pub(crate) mod changes;
pub(crate) mod code;
pub(crate) mod code_tickets;
pub(crate) mod evidence;
pub(crate) mod fields;
pub(crate) mod fix;
pub(crate) mod flag;
pub(crate) mod insights;
mod plain;
pub(crate) mod replay;
pub(crate) mod repository;
pub(crate) mod search;
pub(crate) mod seen;
mod service;
pub(crate) mod ticket;
mod when;
pub(crate) mod who;
pub(crate) mod why_not;

pub(crate) use when::{When, counted};

/// How a link reads from this ticket to the other end, and from the other end to this ticket.
pub(crate) fn link(kind: &str, outgoing: bool) -> String {
    let (there, back) = match kind {
        "duplicate_of" => ("duplicate of", "has the duplicate"),
        "caused_by" => ("caused by", "causes"),
        "resolved_by" => ("resolved by", "resolves"),
        "documented_in" => ("documented in", "documents"),
        "fixed_by" => ("fixed by", "fixes"),
        "introduced_by" => ("introduced by", "introduced"),
        "mentions" => ("mentions", "mentioned in"),
        "evidence_for" => ("evidence for", "has the evidence"),
        "regressed_from" => ("regressed from", "came back as"),
        "escalated_as" => ("escalated as", "escalated from"),
        both => return both.replace('_', " "),
    };
    if outgoing { there.into() } else { back.into() }
}

/// How a case ended.
fn resolution(class: &str) -> String {
    match class {
        "how_to" => "explained how".into(),
        "restart_or_cache" => "restart or cache".into(),
        "known_error_workaround" => "workaround of a known error".into(),
        "wont_fix" => "will not be fixed".into(),
        other => other.replace('_', " "),
    }
}
