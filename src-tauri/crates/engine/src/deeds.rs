//! What people did, with the way back: a command that changes what people wrote is noted once it was done, and one that is
//! just the way back of an earlier one marks that one instead.

use crate::{
    Engine, Error, Result,
    api::{
        self,
        args::{DeedUndoArgs, LimitArgs},
        view::{ApiErrorView, DeedView},
    },
    ticket,
};
use domain::LinkOrigin;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::StoredLink;

/// A command that takes something back, and its arguments.
type Step = (String, Value);

/// What lies among the preferences: one of them is put back as it was.
const CHOSEN: [&str; 13] = [
    "adaptation_set", "baseline_freeze", "code_deploys_add", "code_deploys_remove", "code_map_set", "code_unlink",
    "cost_set", "handled_set", "hours_set", "preference_set", "rhythm_set", "severity_set", "tiers_set",
];

/// What is taken back by its number, a file or a value.
const TAKEN_BACK: [&str; 22] = [
    "always_set", "aside_set", "capture_into", "capture_save", "capture_undo", "case_file_add", "case_file_remove",
    "entries_merge", "flag_raise", "flag_settle", "interview_set", "kb_new", "kb_save", "kb_set", "link_add",
    "link_remove", "look_set", "outbox_write", "programme_tick", "reason_set", "rule_save", "rule_state_set",
];

/// By its number, with another command than the one that did it.
const NUMBERED: [(&str, &str); 5] = [
    ("chain_say", "chain_unsay"),
    ("feedback_set", "feedback_undo"),
    ("step_log", "step_unlog"),
    ("runbook_log", "step_unlog"),
    ("triage_say", "feedback_undo"),
];

/// What has left, or was deleted: it is told, and there is no way back.
const FINAL: [&str; 23] = [
    "bundle_open", "bundle_save", "code_add", "code_remove", "draft_drop", "escalation_answer", "escalation_move",
    "escalation_submit", "import_start", "kb_import", "kb_pull", "kb_push", "kb_resolve", "key_rotate",
    "model_install", "model_remove", "outbox_drop", "outbox_send", "purge", "report_save", "retention_set",
    "runbook_call", "source_remove",
];

/// How a window looks is nobody's deed.
const OF_PEOPLE: [&str; 1] = ["runbooks.tier"];

/// What has to be known from before a command runs, so that it can be taken back.
#[derive(Default)]
pub(crate) struct Before {
    args: Value,
    preferences: BTreeMap<String, String>,
    links: Vec<StoredLink>,
    aside: Option<String>,
    rule: Option<String>,
}

/// `None` of what changes nothing that people wrote.
pub(crate) fn before(engine: &Engine, name: &str, args: &Value) -> Option<Before> {
    let said = |field: &str| args.get(field).and_then(Value::as_str).unwrap_or_default();
    let is_look = name == "preference_set" && !OF_PEOPLE.contains(&said("key"));
    let numbered = NUMBERED.iter().any(|(done, _)| *done == name);
    let back = NUMBERED.iter().any(|(_, back)| *back == name) || name == "outbox_drop";
    let noted = CHOSEN.contains(&name) || TAKEN_BACK.contains(&name) || FINAL.contains(&name);
    if is_look || !(numbered || back || noted) {
        return None;
    }
    let store = &engine.core.store;
    let mut known = Before { args: args.clone(), ..Before::default() };
    if CHOSEN.contains(&name) {
        known.preferences = store.preferences().ok()?.into_iter().collect();
    }
    match name {
        "link_add" | "link_remove" => {
            let (a, b) = (ticket::find(engine, said("a")).ok()?.key, ticket::find(engine, said("b")).ok()?.key);
            known.links = store.links(&a).ok()?;
            known.links.retain(|link| {
                let between = (link.from == a && link.to == b) || (link.from == b && link.to == a);
                between && link.origin == LinkOrigin::Human && link.positive
            });
        }
        "aside_set" => known.aside = store.aside(said("item")).ok()?.remove(said("item")).map(|(why, _)| why),
        "rule_state_set" => known.rule = crate::rules::get(engine, said("id")).ok().map(|rule| rule.text),
        _ => {}
    }
    Some(known)
}

/// Once it was done. What cannot be noted is done all the same.
pub(crate) fn note(engine: &Engine, name: &str, before: &Before, reply: &Value) {
    if let Err(error) = noted(engine, name, before, reply) {
        tracing::warn!(code = error.view().code, command = name, "what was done could not be noted");
    }
}

fn noted(engine: &Engine, name: &str, before: &Before, reply: &Value) -> Result<()> {
    let (store, now) = (&engine.core.store, engine.core.clock.now());
    // The way back of something, told to the engine by whoever knows it.
    let own = written(&[(name.to_owned(), before.args.clone())]);
    // What somebody lets go of was not added by mistake: that has a way back of its own.
    let lets_go = name == "interview_set" && reply["after"].is_null()
        || name == "case_file_remove" && before.args.get("back") != Some(&json!(true));
    if let Some(deed) = store.deed_undone_by(&own)?.filter(|_| !lets_go) {
        return Ok(store.mark_undone(deed, now)?);
    }
    if NUMBERED.iter().any(|(_, back)| *back == name) {
        return Ok(());
    }
    let back = way_back(engine, name, before, reply)?;
    // It was so already.
    if back.as_ref().is_some_and(Vec::is_empty) {
        return Ok(());
    }
    store.note_deed(name, &about(&before.args, reply), back.as_deref().map(written).as_deref(), now)?;
    Ok(())
}

fn written(steps: &[Step]) -> String {
    Value::from_iter(steps.iter().map(|(name, args)| json!([name, args]))).to_string()
}

/// Ids alone: the log keeps no words of customers.
fn about(args: &Value, reply: &Value) -> String {
    let said = |value: &Value, path: &str| match value.pointer(path) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let named = [
        "/path", "/entry", "/keep", "/item", "/step", "/hit", "/b", "/id", "/ticket", "/name", "/source", "/key",
        "/environment",
    ];
    let of_args = named.iter().filter_map(|path| said(args, path)).find(|text| !text.is_empty());
    let of_reply =
        || ["/path", "/entry/path", "/rule/path", "/id", "/ticket"].iter().find_map(|path| said(reply, path));
    let text = of_args.or_else(of_reply).unwrap_or_default();
    crate::text::cut(&text, 200).to_owned()
}

/// Empty where nothing changed; `None` where there is no way back.
fn way_back(engine: &Engine, name: &str, before: &Before, reply: &Value) -> Result<Option<Vec<Step>>> {
    let args = &before.args;
    let step = |name: &str, args: Value| Some(vec![(name.to_owned(), args)]);
    if let Some((_, back)) = NUMBERED.iter().find(|(done, _)| *done == name) {
        return Ok(step(back, json!({ "undo": reply["undo"] })));
    }
    if CHOSEN.contains(&name) {
        let after: BTreeMap<String, String> = engine.core.store.preferences()?.into_iter().collect();
        let changed = after.iter().filter(|(key, value)| before.preferences.get(*key) != Some(value));
        let put = changed.map(|(key, _)| {
            let value = before.preferences.get(key).cloned().unwrap_or_default();
            ("preference_set".to_owned(), json!({ "key": key, "value": value }))
        });
        return Ok(Some(put.collect()));
    }
    let links = |links: &[StoredLink]| {
        let add = |link: &StoredLink| {
            let args = json!({ "a": link.from.to_string(), "kind": link.kind.as_str(), "b": link.to.to_string() });
            ("link_add".to_owned(), args)
        };
        links.iter().map(add).collect::<Vec<Step>>()
    };
    let changed = |file: &Value| -> Vec<Step> {
        if file["before"] == file["text"] {
            return Vec::new();
        }
        let args = json!({ "path": file["path"], "before": file["text"], "text": file["before"] });
        vec![("kb_save".to_owned(), args)]
    };
    let path = |at: &str| reply.pointer(at).cloned().unwrap_or_default();
    let new = |at: &str| step("capture_undo", json!({ "path": path(at), "before": reply["text"], "text": "" }));
    Ok(match name {
        "flag_raise" => step("flag_settle", json!({ "id": reply["undo"], "settled": true })),
        "flag_settle" => step("flag_settle", json!({ "id": args["id"], "settled": args["settled"] != json!(true) })),
        "link_add" => {
            let there = before.links.iter().any(|link| args["kind"] == link.kind.as_str());
            let remove = json!({ "a": args["a"], "b": args["b"] });
            if there {
                Some(Vec::new())
            } else {
                Some(std::iter::once(("link_remove".to_owned(), remove)).chain(links(&before.links)).collect())
            }
        }
        "link_remove" => Some(links(&before.links)),
        "capture_save" => new("/path"),
        "kb_new" => new("/entry/path"),
        "capture_into" | "kb_set" => Some(changed(reply)),
        "kb_save" => Some(changed(args)),
        "entries_merge" => Some([changed(&reply["archived"]), changed(&reply["keep"])].concat()),
        "aside_set" => match &before.aside {
            Some(why) => step("aside_set", json!({ "item": args["item"], "why": why })),
            None => step("aside_set", json!({ "item": args["item"] })),
        },
        "rule_save" => match (&args["path"], &args["before"]) {
            (Value::String(path), Value::String(old)) => {
                step("rule_save", json!({ "path": path, "before": reply["text"], "text": old }))
            }
            _ => new("/rule/path"),
        },
        "rule_state_set" => match &before.rule {
            Some(old) if reply["text"] == old.as_str() => Some(Vec::new()),
            Some(old) => step("rule_save", json!({ "path": path("/rule/path"), "before": reply["text"], "text": old })),
            None => None,
        },
        "case_file_add" => step("case_file_remove", json!({ "undo": reply["undo"] })),
        "case_file_remove" => step(name, json!({ "undo": args["undo"], "back": args["back"] != json!(true) })),
        "programme_tick" | "interview_set" | "always_set" | "look_set" | "reason_set"
            if reply["before"] == reply["after"] =>
        {
            Some(Vec::new())
        }
        "always_set" => step(name, json!({ "name": reply["name"], "always": reply["before"] })),
        "look_set" => step(
            name,
            json!({ "kind": reply["kind"], "ticket": reply["ticket"], "other": reply["other"], "fits": reply["before"] }),
        ),
        "reason_set" => step(name, json!({ "ticket": reply["ticket"], "reason": reply["before"] })),
        "programme_tick" => step(name, json!({ "step": args["step"], "done": reply["before"] })),
        "interview_set" => step(name, json!({ "id": reply["id"], "note": reply["before"] })),
        "outbox_write" => step("outbox_drop", json!({ "id": reply["id"] })),
        _ => None,
    })
}

/// Newest first.
pub(crate) fn list(engine: &Engine, args: &LimitArgs) -> Result<Vec<DeedView>> {
    let view = |deed: store::Deed| DeedView {
        id: deed.id,
        at: deed.at.0,
        can_undo: deed.undo.is_some() && deed.undone_at.is_none(),
        what: deed.what,
        about: deed.about,
        undone_at: deed.undone_at.map(|at| at.0),
    };
    Ok(engine.core.store.deeds(args.limit.clamp(1, 1_000))?.into_iter().map(view).collect())
}

/// Takes one back: the one of that number, or the newest that has a way back.
pub(crate) fn undo(engine: &std::sync::Arc<Engine>, args: &DeedUndoArgs) -> Result<DeedView> {
    engine.must_own()?;
    let store = &engine.core.store;
    let newest = || -> Result<Option<store::Deed>> {
        Ok(store.deeds(1_000)?.into_iter().find(|deed| deed.undo.is_some() && deed.undone_at.is_none()))
    };
    let found = args.id.map_or_else(newest, |id| Ok(store.deed(id)?))?;
    let missing =
        || Error::NotFound { what: "deed", id: args.id.map_or_else(|| "the last".into(), |id| id.to_string()) };
    let deed = found.ok_or_else(missing)?;
    if deed.undone_at.is_some() {
        return Err(Error::BadInput("it was taken back already".into()));
    }
    let Some(undo) = &deed.undo else {
        return Err(Error::BadInput(format!(
            "{} has no way back: it has left this machine, or is too long ago",
            deed.what
        )));
    };
    let steps: Vec<Step> =
        serde_json::from_str(undo).map_err(|_| Error::BadInput("its way back cannot be read".into()))?;
    for (name, args) in steps {
        api::run(engine, &name, args).map_err(|ApiErrorView { message, .. }| Error::NotUndone(message))?;
    }
    let now = engine.core.clock.now();
    store.mark_undone(deed.id, now)?;
    let (id, at, what, about) = (deed.id, deed.at.0, deed.what, deed.about);
    Ok(DeedView { id, at, what, about, can_undo: false, undone_at: Some(now.0) })
}
