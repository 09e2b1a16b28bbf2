//! What changed since somebody was last here: known errors that are new or say something else, fixes that came out, articles
//! that changed, what was handed over again, and what engineering answered.

use crate::{
    Engine, Result,
    api::{
        args::DigestArgs,
        view::{DigestRow, DigestView},
    },
    code::marks,
    knowledge::list::is_open,
};
use ::escalation::State;
use std::collections::HashMap;
use store::{Reached, StoredEscalation};

/// Until when somebody said that they had read it.
const KEPT: &str = "digest.read";
/// Whoever never said so is told of a week.
const WEEK: i64 = 7 * 86_400_000;
/// Of each kind.
const MOST: usize = 50;

pub(crate) fn get(engine: &Engine, args: &DigestArgs) -> Result<DigestView> {
    let now = engine.core.clock.now().0;
    let kept = engine.core.store.preference(KEPT)?.and_then(|kept| kept.parse().ok());
    let since = args.since.or(kept).unwrap_or(now - WEEK).min(now);
    let mut rows = known_errors(engine, since, now)?;
    rows.extend(articles(engine, since)?);
    rows.extend(escalations(engine, since)?);
    rows.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.id.cmp(&b.id)));
    let mut counted: HashMap<&'static str, usize> = HashMap::new();
    let all = rows.len();
    rows.retain(|row| {
        let count = counted.entry(row.what).or_default();
        *count += 1;
        *count <= MOST
    });
    Ok(DigestView { since, until: now, more: (all - rows.len()) as u64, rows })
}

/// From now on only what comes later is told.
pub(crate) fn read(engine: &Engine, args: &DigestArgs) -> Result<DigestView> {
    engine.must_own()?;
    let now = engine.core.clock.now().0;
    let until = args.since.unwrap_or(now).min(now);
    engine.core.store.set_preference(KEPT, &until.to_string())?;
    get(engine, &DigestArgs { since: Some(until) })
}

fn known_errors(engine: &Engine, since: i64, now: i64) -> Result<Vec<DigestRow>> {
    let plain = |version: &str| version.trim_start_matches(['v', 'V']).to_owned();
    let out: Vec<(String, i64)> = marks::all(engine)?
        .into_iter()
        .filter(|mark| mark.environment.is_none() && (since..=now).contains(&mark.at))
        .map(|mark| (plain(&mark.version), mark.at))
        .collect();
    let mut rows = Vec::new();
    for (stored, ..) in engine.core.store.known_errors()? {
        let error = &stored.error;
        let row = |what, at, said: &str| DigestRow {
            what,
            at,
            kind: "known_error".into(),
            id: stored.key.to_string(),
            display_id: error.id.clone(),
            title: error.title.clone(),
            said: said.into(),
        };
        if error.created_at.0 > since {
            rows.push(row("new", error.created_at.0, error.state.as_str()));
        } else if error.updated_at.0 > since {
            rows.push(row("changed", error.updated_at.0, error.state.as_str()));
        }
        let shipped = out.iter().find(|(version, _)| error.fix_versions.iter().any(|fix| plain(fix) == *version));
        // Its fix is out, and it says still that there is none.
        let what = if is_open(error.state) { "stale" } else { "shipped" };
        rows.extend(shipped.map(|(version, at)| row(what, *at, version)));
    }
    Ok(rows)
}

fn articles(engine: &Engine, since: i64) -> Result<Vec<DigestRow>> {
    let changed = engine.core.store.articles_changed(domain::Millis(since))?.into_iter();
    let row = |stored: store::StoredArticle| DigestRow {
        what: if stored.created_at.0 > since { "new" } else { "changed" },
        at: stored.updated_at.0,
        kind: "article".into(),
        id: stored.key.to_string(),
        display_id: stored.article.id,
        title: stored.article.title,
        said: stored.article.confidence,
    };
    Ok(changed.map(row).collect())
}

fn escalations(engine: &Engine, since: i64) -> Result<Vec<DigestRow>> {
    let reached: Vec<Reached> = engine.core.store.all_reached()?.into_iter().filter(|one| one.at > since).collect();
    // The last time: what is open is handed over anew in its own place.
    let came_to = |state: State| -> HashMap<i64, i64> {
        let came = reached.iter().filter(|one| one.state == state.as_str());
        came.map(|one| (one.escalation, one.at)).collect()
    };
    let (answered, handed) = (came_to(State::Answered), came_to(State::Submitted));
    let mut rows = Vec::new();
    for one in engine.core.store.escalations()?.into_iter().filter(|one| one.updated_at > since) {
        let row = |one: &StoredEscalation, what, at, said: &str| DigestRow {
            what,
            at,
            kind: "escalation".into(),
            id: one.id.to_string(),
            display_id: one.ticket.clone(),
            title: one.title.clone(),
            said: said.into(),
        };
        // What waits was handed over when it was written last; the same package anew is no other state.
        let waits = (one.state == State::Submitted.as_str()).then_some(one.updated_at);
        if let (Some(why), Some(at)) = (&one.repeat_reason, waits.or_else(|| handed.get(&one.id).copied())) {
            rows.push(row(&one, "repeat", at, why));
        }
        if let Some(at) = answered.get(&one.id) {
            rows.push(row(&one, "answered", *at, one.answered_by.as_deref().unwrap_or_default()));
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use crate::{Engine, KeyFile, OpenOptions, api};
    use serde_json::{Value, json};
    use std::{fs, sync::Arc};

    fn call(engine: &Arc<Engine>, name: &str, args: Value) -> Value {
        api::rpc(engine, name, args).unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    fn told(view: &Value) -> Vec<(String, String)> {
        let rows = view["rows"].as_array().unwrap().iter();
        let mut told: Vec<_> = rows
            .map(|row| (row["what"].as_str().unwrap().to_owned(), row["display_id"].as_str().unwrap().to_owned()))
            .collect();
        told.sort();
        told
    }

    #[test]
    fn what_changed_since_somebody_was_here_is_told_once_and_nothing_from_before() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Arc::new(KeyFile::at(dir.path().join("keys")));
        let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.path().join("home")) }).unwrap();
        let at = |day: u32| format!("2024-03-{day:02}T10:00:00Z");
        let known = |id: &str, made: u32, changed: u32| json!({ "kind": "known_error", "id": id, "title": id, "state": "identified", "created_at": at(made), "updated_at": at(changed) });
        let ticket = json!({ "kind": "ticket", "id": "T-1", "subject": "Drawer jams", "body": "Since today.", "created_at": at(1), "updated_at": at(1), "status": "open" });
        let export = dir.path().join("export.jsonl");
        let lines = [known("KE-old", 1, 2), known("KE-changed", 1, 12), known("KE-new", 11, 11), ticket];
        fs::write(&export, lines.map(|line| line.to_string()).join("\n")).unwrap();
        let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
        crate::import_now(&engine, &args, &|_, _| {}).unwrap();
        engine.wait_until_searchable().unwrap();
        let tenth = domain::Millis::parse(&at(10)).unwrap().0;
        let since = || told(&call(&engine, "digest_get", json!({ "since": tenth })));
        let pair = |what: &str, id: &str| (what.to_owned(), id.to_owned());
        assert_eq!(since(), [pair("changed", "KE-changed"), pair("new", "KE-new")]);
        let package = json!({ "ticket": "T-1", "reason": "needs_code_fix" });
        let first = call(&engine, "escalation_submit", json!({ "package": package }));
        let answer = json!({ "id": first["row"]["id"], "cause": "Dust.", "fix": "", "workaround": "", "versions": "", "note": "" });
        call(&engine, "escalation_answer", answer);
        call(&engine, "escalation_submit", json!({ "package": package, "although": "still jams" }));
        assert_eq!(
            since(),
            [
                pair("answered", "files:T-1"),
                pair("changed", "KE-changed"),
                pair("new", "KE-new"),
                pair("repeat", "files:T-1")
            ]
        );
        // What is open is handed over anew in its own place: that is told, too, and once.
        call(&engine, "digest_read", json!({}));
        assert_eq!(told(&call(&engine, "digest_get", json!({}))), []);
        call(&engine, "escalation_submit", json!({ "package": package, "although": "and again" }));
        let again = call(&engine, "digest_get", json!({}));
        assert_eq!((told(&again), &again["rows"][0]["said"]), (vec![pair("repeat", "files:T-1")], &json!("and again")));
        call(&engine, "digest_read", json!({ "since": tenth }));
        assert_eq!(call(&engine, "digest_get", json!({}))["since"], tenth, "it is kept");
        let later = domain::Millis::parse(&at(11)).unwrap().0;
        call(&engine, "digest_read", json!({ "since": later }));
        let after = told(&call(&engine, "digest_get", json!({})));
        assert_eq!(after, [pair("answered", "files:T-1"), pair("changed", "KE-changed"), pair("repeat", "files:T-1")]);
        assert_eq!(told(&call(&engine, "digest_read", json!({}))), [], "all of it is read");
    }
}
