//! Whether engineering answered the same before. It stops only where that is as good as certain: the same stack trace,
//! or a problem that the pane calls *seen before*. What is merely alike is listed in the package.

use crate::{
    Engine, Result,
    api::view::{RepeatView, SeenBefore, VerdictKind},
    seen::{docs_of, hit, question_today},
};
use ::escalation::{Answer, State, Tier};
use domain::{AuthorRole, DocKind, SignatureKind};
use std::collections::HashSet;
use store::{StoredEscalation, StoredTicket};

/// How far above the bar of *seen before* a problem has to be for its answer to stop somebody, in log-odds: a wrong stop costs
/// trust in every right one. Chosen with the figures that `measured.rs` prints: at 0 the guard stopped 7.4 % of what came up once.
const CERTAIN: f64 = 1.0;
/// Cases of one problem that are looked at.
const MOST: usize = 60;

pub(super) fn find(engine: &Engine, stored: &StoredTicket, seen: &SeenBefore) -> Result<Option<RepeatView>> {
    let signature = same_trace(engine, stored)?;
    let is_seen = seen.verdict.kind == VerdictKind::Seen && seen.above >= CERTAIN;
    if let Some(found) = in_escalations(engine, stored, seen.verdict.cases.iter().filter(|_| is_seen))? {
        return Ok(Some(found));
    }
    let problem = seen.verdict.cases.iter().filter(|_| is_seen);
    for id in seen.verdict.cases.iter().filter(|id| signature.contains(*id)).chain(problem).take(MOST) {
        let because = if signature.contains(id) { "signature" } else { "problem" };
        if let Some(found) = answered(engine, id, because)? {
            return Ok(Some(found));
        }
    }
    // A known error that says what to do is engineering's answer, too.
    let known = seen.known_error.as_ref().filter(|known| is_seen || known.because == "signature");
    let known = known.filter(|known| !known.workaround.is_empty() || !known.fix_versions.is_empty());
    Ok(known.map(|known| RepeatView {
        id: known.id.clone(),
        kind: "known_error".into(),
        title: known.title.clone(),
        answer: match known.workaround.as_slice() {
            [] => format!("Fixed in {}.", known.fix_versions.join(", ")),
            steps => steps.join("\n"),
        },
        author: known.owner.clone(),
        at: Some(known.updated_at),
        because: "known_error".into(),
    }))
}

/// What engineering answered here, or in a bundle: of this ticket, of the same error, of the same problem.
fn in_escalations<'a>(
    engine: &Engine,
    stored: &StoredTicket,
    cases: impl Iterator<Item = &'a String>,
) -> Result<Option<RepeatView>> {
    let store = &engine.core.store;
    let mut found: Vec<(StoredEscalation, &str)> = Vec::new();
    let own = store.escalations_of(&stored.key.to_string())?;
    found.extend(own.into_iter().map(|one| (one, "problem")));
    let question = question_today(engine, stored)?;
    for signature in question.signatures.iter().filter(|one| matches!(one.kind, SignatureKind::StackTrace(_))) {
        found.extend(store.escalations_with(&signature.code())?.into_iter().map(|one| (one, "signature")));
    }
    for id in cases.take(MOST) {
        found.extend(store.escalations_of(id)?.into_iter().map(|one| (one, "problem")));
    }
    let answered = found.into_iter().find(|(one, _)| State::parse(&one.state).is_some_and(State::is_answered));
    Ok(answered.and_then(|(one, because)| {
        let answer: Answer = serde_json::from_str(one.answer.as_deref()?).ok()?;
        Some(RepeatView {
            id: one.id.to_string(),
            kind: "escalation".into(),
            title: one.title,
            answer: answer.words(),
            author: one.answered_by,
            at: one.answered_at,
            because: because.into(),
        })
    }))
}

/// Tickets with a stack trace of this one.
fn same_trace(engine: &Engine, stored: &StoredTicket) -> Result<HashSet<String>> {
    let store = &engine.core.store;
    let mut ids = HashSet::new();
    let question = question_today(engine, stored)?;
    for signature in question.signatures.iter().filter(|one| matches!(one.kind, SignatureKind::StackTrace(_))) {
        let rows: Vec<i64> = store.documents_with(&signature.code(), DocKind::Ticket)?.into_iter().take(500).collect();
        ids.extend(store.ticket_rows(&rows)?.into_iter().map(|row| row.key.to_string()));
    }
    ids.remove(&stored.key.to_string());
    Ok(ids)
}

/// A ticket that engineering had, and whose answer is on record.
pub(super) fn answered(engine: &Engine, id: &str, because: &str) -> Result<Option<RepeatView>> {
    let store = &engine.core.store;
    let Some(doc) = docs_of(engine, id)?.into_iter().find(|doc| doc.kind == DocKind::Ticket) else { return Ok(None) };
    let Some(case) = store.ticket(doc.row)? else { return Ok(None) };
    if !case.ticket.status.is_done() || !by_engineering(engine, &case)? {
        return Ok(None);
    }
    let Some(answer) = hit::answer(engine, &case)? else { return Ok(None) };
    Ok(Some(RepeatView {
        id: case.key.to_string(),
        kind: "ticket".into(),
        title: case.ticket.subject.clone(),
        answer: answer.text,
        author: answer.author,
        at: answer.at,
        because: because.into(),
    }))
}

/// An engineer spoke, or it was with the third tier, as the team's map has it.
pub(super) fn by_engineering(engine: &Engine, case: &StoredTicket) -> Result<bool> {
    let (store, tiers) = (&engine.core.store, crate::insights::tiers_in_use(engine)?);
    let StoredTicket { ticket, .. } = case;
    let l3 = |group: Option<&str>| group.is_some_and(|group| tiers.of(Some(group)) == Tier::L3);
    let marked = tiers.marked(ticket.assignee.as_deref(), &ticket.tags) == Some(Tier::L3);
    if marked || l3(ticket.group.as_deref()) || store.hops(case.row)?.iter().any(|hop| l3(hop.to_group.as_deref())) {
        return Ok(true);
    }
    let comments = store.comments(case.row)?;
    Ok(comments.iter().any(|stored| stored.comment.author_role == AuthorRole::Engineer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyFile, OpenOptions, api};
    use serde_json::{Value, json};
    use std::sync::Arc;

    /// Its name alone says nothing.
    #[test]
    fn an_answer_of_a_group_that_the_team_calls_engineering_stops_the_same_trace() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Arc::new(KeyFile::at(dir.path().join("keys")));
        let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.path().join("home")) }).unwrap();
        let trace = "java.lang.IllegalStateException: the drawer is open\n\tat shop.Till.close(Till.java:41)\n\tat shop.Day.end(Day.java:7)";
        let ticket = |id: &str, day: u32, more: Value| {
            let at = format!("2026-01-{day:02}T10:00:00Z");
            let mut line = json!({ "kind": "ticket", "id": id, "subject": "Till", "body": trace, "created_at": at, "updated_at": at, "group": "Blue team" });
            line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            line.to_string()
        };
        let solved = json!({ "status": "solved", "solved_at": "2026-01-02T10:00:00Z", "resolution": "Close the drawer first.", "tags": ["core"] });
        let lines = [ticket("A-1", 1, solved), ticket("A-2", 9, json!({ "status": "open" }))];
        let export = dir.path().join("export.jsonl");
        std::fs::write(&export, lines.join("\n")).unwrap();
        let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
        crate::import_now(&engine, &args, &|_, _| {}).unwrap();
        engine.wait_until_searchable().unwrap();
        let call = |name: &str, args: Value| api::rpc(&engine, name, args).unwrap();
        let stopped = || call("escalation_draft", json!({ "ticket": "A-2" }))["repeat"]["answer"].clone();
        assert_eq!(stopped(), Value::Null, "no engineer had it");
        let said = |of: &str, name: &str| {
            call(
                "tiers_set",
                json!({ of: [{ "name": name, "tier": "l3" }], "issue": true, "group": true, "engineer": true }),
            )
        };
        said("groups", "Blue team");
        assert_eq!(stopped(), "Close the drawer first.");
        said("agents", "nobody");
        assert_eq!(stopped(), Value::Null);
        said("tags", "core");
        assert_eq!(stopped(), "Close the drawer first.");
    }
}
