//! Which tools are connected, which of the three questions each answers, and what packages lack for want of one.

use super::told;
use crate::{
    Engine, Error, Result,
    api::view::{ToolFieldView, ToolView},
    escalation::{PLAN, RIGHTS, ROLE, of_extra},
    knowledge,
};
use ::escalation::Fact;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use store::{Interview, StoredSource};

/// Of a source, the newest.
const LOOKED_AT: u32 = 500;
/// A fact that fewer than one ticket in so many says is lacking.
const RARE: u64 = 20;

pub(super) fn is_telemetry(kind: &str) -> bool {
    matches!(kind, "sentry" | "datadog")
}

pub(super) fn is_helpdesk(kind: &str) -> bool {
    !is_telemetry(kind) && kind != knowledge::SOURCE
}

/// Helpdesks first; what is missing stands where it would be.
pub(super) fn all(engine: &Engine, notes: &[Interview]) -> Result<Vec<ToolView>> {
    let store = &engine.core.store;
    let sources = store.sources()?;
    let mut tools = Vec::new();
    for source in sources.iter().filter(|source| is_helpdesk(&source.kind)) {
        tools.push(helpdesk(engine, source)?);
    }
    missing(&mut tools, "helpdesk", &["worked"], &[Fact::Account, Fact::Product, Fact::Version]);
    let of_source = |source: &StoredSource| ToolView {
        rows: Some(source.tickets),
        last_ok_at: source.last_ok_at.map(|at| at.0),
        failure: source.failure.as_ref().map(|failure| failure.code.clone()),
        ..tool(source.name.as_str(), "telemetry", &["ran"])
    };
    tools.extend(sources.iter().filter(|source| is_telemetry(&source.kind)).map(of_source));
    missing(&mut tools, "telemetry", &["ran"], &[Fact::ErrorText, Fact::ErrorTime, Fact::Actions]);
    for repo in store.repos()? {
        tools.push(tool(repo.name.as_str(), "repository", &["ran", "changed"]));
    }
    let of_code = [Fact::Release, Fact::CodeLane, Fact::Suspects, Fact::Owner];
    missing(&mut tools, "repository", &["ran", "changed"], &of_code);
    match knowledge::status(engine) {
        Ok(Some(folder)) => tools.push(ToolView {
            rows: Some(folder.known_errors + folder.articles + folder.runbooks + folder.concepts),
            ..tool(&folder.folder, "knowledge", &["worked"])
        }),
        Ok(None) | Err(Error::Knowledge(_)) => missing(&mut tools, "knowledge", &["worked"], &[Fact::Tried]),
        Err(error) => return Err(error),
    }
    named(&mut tools, notes);
    Ok(tools)
}

fn tool(name: &str, kind: &str, answers: &[&str]) -> ToolView {
    ToolView {
        name: name.into(),
        kind: kind.into(),
        connected: true,
        failure: None,
        rows: None,
        last_ok_at: None,
        answers: answers.iter().map(|one| (*one).into()).collect(),
        fields: Vec::new(),
        lacks: Vec::new(),
        named_by: 0,
    }
}

fn missing(tools: &mut Vec<ToolView>, kind: &str, answers: &[&str], lacks: &[Fact]) {
    if tools.iter().all(|tool| tool.kind != kind) {
        let lacks = lacks.iter().map(|fact| fact.as_str().into()).collect();
        tools.push(ToolView { connected: false, lacks, ..tool("", kind, answers) });
    }
}

fn helpdesk(engine: &Engine, source: &StoredSource) -> Result<ToolView> {
    let found = engine.core.store.source_fields(source.name.as_str(), LOOKED_AT)?;
    let extra: Vec<Map<String, Value>> =
        found.extra.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
    let with = |names: &[&str]| extra.iter().filter(|fields| of_extra(fields, names).is_some()).count() as u64;
    let counted = [
        (Fact::Product, found.product),
        (Fact::Version, found.version),
        (Fact::Account, found.account),
        (Fact::Plan, with(PLAN)),
        (Fact::Role, with(ROLE)),
        (Fact::Permissions, with(RIGHTS)),
    ];
    let of = found.tickets;
    let rare = counted.iter().filter(|(_, filled)| filled * RARE < of);
    Ok(ToolView {
        rows: Some(source.tickets),
        last_ok_at: source.last_ok_at.map(|at| at.0),
        failure: source.failure.as_ref().map(|failure| failure.code.clone()),
        lacks: rare.map(|(fact, _)| fact.as_str().into()).collect(),
        fields: counted.map(|(fact, filled)| ToolFieldView { fact: fact.as_str().into(), filled, of }).into(),
        ..tool(source.name.as_str(), "helpdesk", &["worked"])
    })
}

/// What people say that they open: one that is connected under nearly that name, or one that is not.
fn named(tools: &mut Vec<ToolView>, notes: &[Interview]) {
    let mut people: BTreeMap<String, (String, u64)> = BTreeMap::new();
    for note in notes {
        let mut once: Vec<(String, String)> =
            told::names(&note.tools).into_iter().map(|name| (name.to_lowercase(), name)).collect();
        once.sort();
        once.dedup_by(|a, b| a.0 == b.0);
        for (folded, name) in once {
            people.entry(folded).or_insert((name, 0)).1 += 1;
        }
    }
    for (folded, (name, count)) in people {
        match tools.iter_mut().find(|tool| tool.connected && tool.name.to_lowercase().contains(&folded)) {
            Some(tool) => tool.named_by += count,
            None => tools.push(ToolView { connected: false, named_by: count, ..tool(&name, "named", &[]) }),
        }
    }
}
