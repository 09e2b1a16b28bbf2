//! What somebody began to hand over: the state *draft* of an escalation. It is what was typed, not the package: that is made of
//! it anew each time.

use super::reason;
use crate::{
    Engine, Error, Result,
    api::{
        args::{CaseTicketArgs, EscalationSubmitArgs},
        view::{Done, DraftKept},
    },
    text, ticket,
};
use store::StoredDraft;

/// Bytes of one; more was not typed.
const LONGEST: usize = 200_000;

/// Of one in which nothing is said any more nothing is kept.
pub(crate) fn keep(engine: &Engine, args: &EscalationSubmitArgs) -> Result<Done> {
    engine.must_own()?;
    let ticket = ticket::find(engine, &args.package.ticket)?.key.to_string();
    let mut kept = EscalationSubmitArgs { seal: None, ..args.clone() };
    (kept.package.ticket, kept.package.lane) = (ticket.clone(), None);
    if is_blank(&kept) {
        engine.core.store.drop_draft(&ticket)?;
        return Ok(Done {});
    }
    // Another reason is chosen before it is put into words.
    reason(&args.package)
        .or_else(|error| if args.package.reason.as_deref() == Some("other") { Ok(None) } else { Err(error) })?;
    let body = serde_json::to_string(&kept).map_err(|_| Error::Broken)?;
    if body.len() > LONGEST {
        return Err(Error::BadInput("that is more than a package takes".into()));
    }
    engine.core.store.keep_draft(&StoredDraft { ticket, body, at: engine.core.clock.now() })?;
    Ok(Done {})
}

fn is_blank(kept: &EscalationSubmitArgs) -> bool {
    let said = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let package = &kept.package;
    !(said(&package.reason) || said(&package.reason_text) || said(&package.to) || said(&kept.although))
        && package.facts.as_ref().is_none_or(Vec::is_empty)
        && package.waived.as_ref().is_none_or(Vec::is_empty)
}

/// What another version wrote otherwise is left out, and stays.
pub(crate) fn list(engine: &Engine) -> Result<Vec<DraftKept>> {
    let mut all = Vec::new();
    for one in engine.core.store.drafts()? {
        let Ok(kept) = serde_json::from_str::<EscalationSubmitArgs>(&one.body) else { continue };
        let title = ticket::find(engine, &one.ticket).map(|stored| stored.ticket.subject).unwrap_or_default();
        all.push(DraftKept { title: text::cut(&title, 400).to_owned(), ticket: one.ticket, at: one.at.0, kept });
    }
    Ok(all)
}

pub(crate) fn throw_away(engine: &Engine, args: &CaseTicketArgs) -> Result<Done> {
    engine.must_own()?;
    // Its ticket may be gone by now.
    let key = ticket::find(engine, &args.ticket).map_or_else(|_| args.ticket.clone(), |stored| stored.key.to_string());
    if engine.core.store.drop_draft(&key)? {
        Ok(Done {})
    } else {
        Err(Error::NotFound { what: "draft", id: args.ticket.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyFile, OpenOptions, api};
    use serde_json::{Value, json};
    use std::{path::Path, sync::Arc};

    fn opened(dir: &Path) -> Arc<Engine> {
        let secrets = Arc::new(KeyFile::at(dir.join("keys")));
        Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.join("home")) }).unwrap()
    }

    fn call(engine: &Arc<Engine>, name: &str, args: Value) -> Value {
        api::rpc(engine, name, args).unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    #[test]
    fn what_was_typed_is_there_after_a_restart_until_it_is_handed_over_thrown_away_or_purged() {
        let dir = tempfile::tempdir().unwrap();
        let engine = opened(dir.path());
        let export = dir.path().join("t.jsonl");
        let ticket = |id: &str| {
            json!({ "kind": "ticket", "id": id, "subject": "Paying fails", "body": "x", "created_at": "2026-05-01T13:00:00Z", "status": "open" }).to_string()
        };
        std::fs::write(&export, ["T-1", "T-2", "T-3"].map(ticket).join("\n")).unwrap();
        let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
        crate::import_now(&engine, &args, &|_, _| {}).unwrap();
        let keep = |engine: &Arc<Engine>, id: &str, more: Value| {
            let mut package = json!({ "ticket": id });
            package.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            call(engine, "draft_keep", json!({ "package": package, "although": "" }))
        };
        for id in ["T-1", "T-2", "T-3"] {
            keep(&engine, id, json!({ "reason": "other", "facts": [{ "fact": "role", "text": "admin" }] }));
        }
        drop(engine);
        let engine = opened(dir.path());
        let kept = || call(&engine, "drafts_list", json!({})).as_array().unwrap().clone();
        let one = kept().into_iter().find(|one| one["ticket"] == "files:T-1").unwrap();
        assert_eq!(
            (&one["title"], &one["kept"]["package"]["facts"][0]["text"]),
            (&json!("Paying fails"), &json!("admin"))
        );
        assert_eq!((&one["kept"]["package"]["reason"], kept().len()), (&json!("other"), 3));
        keep(&engine, "T-1", json!({ "facts": [], "waived": [] }));
        assert_eq!(kept().len(), 2, "what says nothing any more is kept no longer");
        call(&engine, "escalation_submit", json!({ "package": { "ticket": "T-2", "reason": "no_access" } }));
        call(&engine, "purge", json!({ "ticket": "files:T-3" }));
        assert_eq!(kept(), Vec::<Value>::new());
        keep(&engine, "T-1", json!({ "to": "the team" }));
        call(&engine, "draft_drop", json!({ "ticket": "T-1" }));
        assert_eq!(
            (kept().len(), &call(&engine, "deeds_list", json!({ "limit": 1 }))[0]["what"]),
            (0, &json!("draft_drop"))
        );
        assert_eq!(api::rpc(&engine, "draft_drop", json!({ "ticket": "T-1" })).unwrap_err().code, "not_found");
    }
}
