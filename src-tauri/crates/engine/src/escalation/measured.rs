//! How often the guard stops what was answered before, and how often what was not.
//!
//! `cargo test -p engine --lib escalation::measured -- --nocapture` prints the figures. `PRECEDENT_REPEATS=FILE` measures on a
//! history of one's own, too: an interchange file whose duplicates say what they repeat.

use super::repeat;
use crate::{
    Engine, OpenOptions,
    api::{
        self,
        args::{ImportArgs, SeenArgs},
    },
    import, sample, seen, text, ticket,
};
use connect::KeyFile;
use domain::{DocKind, LinkKind, Status};
use serde_json::json;
use std::{
    collections::{BTreeSet, HashSet},
    path::Path,
    sync::Arc,
};
use store::StoredTicket;

const PLANTED: usize = 80;
/// Tickets of one's own history that are asked of each kind.
const ASKED: usize = 400;

fn opened(dir: &Path) -> Arc<Engine> {
    let secrets = Arc::new(KeyFile::at(dir.join("keys")));
    Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.join("home")) }).unwrap()
}

fn import(engine: &Engine, path: &Path, source: &str) {
    let args =
        ImportArgs { path: path.display().to_string(), source: Some(source.into()), format: None, mapping: None };
    import::run(engine, &args, &|_, _| {}).unwrap();
    engine.wait_until_searchable().unwrap();
}

/// Every ticket, oldest first.
fn tickets(engine: &Engine) -> Vec<StoredTicket> {
    let docs = engine.core.store.document_ids().unwrap().into_iter().filter(|doc| doc.kind == DocKind::Ticket);
    let mut all: Vec<StoredTicket> = docs.filter_map(|doc| engine.core.store.ticket(doc.row).unwrap()).collect();
    all.sort_by_key(|stored| (stored.ticket.created_at, stored.row));
    all
}

/// As it was asked on its day, by its words alone: what people and sources tied together since is not seen.
fn stops(engine: &Engine, stored: &StoredTicket) -> Option<String> {
    let ticket = &stored.ticket;
    let body = text::plain(&ticket.body, ticket.body_format);
    let asked = SeenArgs {
        text: Some(format!("{}\n\n{body}", ticket.subject)),
        product: ticket.product.clone(),
        version: ticket.affected_versions.first().cloned(),
        as_of: Some(ticket.created_at.to_rfc3339()),
        exclude: Some(vec![stored.key.to_string()]),
        ..SeenArgs::default()
    };
    let seen = seen::seen_before(engine, &asked).unwrap();
    repeat::find(engine, stored, &seen).unwrap().map(|repeat| repeat.id)
}

/// The same problem told by somebody else on another day: another sender, other numbers, other ids.
fn retold(stored: &StoredTicket, n: usize) -> serde_json::Value {
    let ticket = &stored.ticket;
    let shift = |text: &str| -> String {
        let mut out = String::new();
        let mut run = String::new();
        for letter in text.chars().chain(std::iter::once('\n')) {
            if letter.is_ascii_hexdigit() {
                run.push(letter);
                continue;
            }
            // Versions and status codes say what it is; longer numbers and ids are of one case alone.
            let volatile = run.len() >= 5 && run.contains(|c: char| c.is_ascii_digit());
            out.extend(run.drain(..).map(|c| match c.to_digit(10) {
                Some(digit) if volatile => char::from_digit((digit + 3 + n as u32) % 10, 10).unwrap_or(c),
                _ => c,
            }));
            out.push(letter);
        }
        out.truncate(out.len() - 1);
        out
    };
    let body = text::plain(&ticket.body, ticket.body_format);
    let requester = ticket.requester.clone().unwrap_or_default();
    let body = shift(&body).replace(&requester, "Robin Okonkwo");
    json!({ "kind": "ticket", "id": format!("P-{n}"), "subject": shift(&ticket.subject), "body": body, "status": "open",
        "product": ticket.product, "components": ticket.components, "affected_versions": ticket.affected_versions,
        "requester": "Robin Okonkwo", "account": "Quillfeather Paper", "group": "L2 Application Support",
        "created_at": "2099-01-05T10:00:00Z", "updated_at": "2099-01-05T10:00:00Z" })
}

#[test]
fn of_planted_repeats_nearly_all_are_stopped_and_of_what_never_came_before_nearly_none() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    engine.fill_sample().unwrap();
    let all = tickets(&engine);
    let once = sample::told_once();
    let answered: Vec<&StoredTicket> = all
        .iter()
        .filter(|stored| stored.ticket.status.is_done() && !once.contains(&stored.ticket.subject))
        .filter(|stored| repeat::by_engineering(&engine, stored).unwrap())
        .collect();
    assert!(answered.len() >= PLANTED, "{} of the sample's tickets were answered by engineering", answered.len());
    let step = answered.len() / PLANTED;
    let planted: Vec<String> = answered
        .iter()
        .step_by(step)
        .take(PLANTED)
        .enumerate()
        .map(|(n, stored)| retold(stored, n).to_string())
        .collect();
    let file = dir.path().join("planted.jsonl");
    std::fs::write(&file, planted.join("\n")).unwrap();
    import(&engine, &file, "planted");
    let repeats: Vec<StoredTicket> =
        (0..planted.len()).map(|n| ticket::find(&engine, &format!("planted:P-{n}")).unwrap()).collect();
    let missed: Vec<&str> =
        repeats.iter().filter(|one| stops(&engine, one).is_none()).map(|one| one.ticket.subject.as_str()).collect();
    let recall = 1.0 - missed.len() as f64 / repeats.len() as f64;

    let fresh: Vec<&StoredTicket> = all.iter().filter(|stored| once.contains(&stored.ticket.subject)).collect();
    let alarms: Vec<String> = fresh
        .iter()
        .filter_map(|one| stops(&engine, one).map(|by| format!("{} by {by}", one.ticket.subject)))
        .collect();
    let share = alarms.len() as f64 / fresh.len() as f64;
    println!(
        "{} of {} planted repeats stopped ({:.1} %); missed: {missed:?}",
        repeats.len() - missed.len(),
        repeats.len(),
        recall * 100.0
    );
    println!("{} of {} that came up once stopped ({:.1} %): {alarms:?}", alarms.len(), fresh.len(), share * 100.0);
    assert!(fresh.len() >= 40, "{}", fresh.len());
    assert!(recall >= 0.95 && share <= 0.05, "recall {recall:.3}, false alarms {share:.3}");
}

/// What is right there only its duplicates say: a stop where no duplicate is noted may be right all the same.
#[test]
fn on_a_history_of_ones_own_both_figures_are_printed() {
    let Ok(file) = std::env::var("PRECEDENT_REPEATS") else { return };
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    import(&engine, Path::new(&file), "own");
    let all = tickets(&engine);
    // A tracker has no support: whoever had a ticket there is an engineer.
    let who: BTreeSet<_> = all.iter().filter_map(|stored| stored.ticket.assignee.clone()).collect();
    let agents: Vec<_> = who.iter().map(|name| json!({ "name": name, "tier": "l3" })).collect();
    let tiers = json!({ "groups": [], "agents": agents, "tags": [], "issue": true, "group": true, "engineer": true });
    api::rpc(&engine, "tiers_set", tiers).unwrap();
    let (mut repeats, mut others, mut tied, mut closed) = (Vec::new(), Vec::new(), HashSet::new(), 0);
    for stored in &all {
        let links = engine.core.store.links(&stored.key).unwrap();
        let original = links.iter().find(|link| link.kind == LinkKind::DuplicateOf && link.from == stored.key);
        tied.extend(links.iter().flat_map(|link| [link.from.to_string(), link.to.to_string()]));
        let Some(link) = original else { continue };
        let Ok(first) = ticket::find(&engine, &link.to.to_string()) else { continue };
        let came_first = first.ticket.created_at < stored.ticket.created_at;
        if came_first && matches!(first.ticket.status, Status::Solved | Status::Closed) {
            closed += 1;
            // Where nothing says what helped there is no answer to stop with.
            if repeat::answered(&engine, &first.key.to_string(), "problem").unwrap().is_some() {
                repeats.push((stored, first.key.to_string()));
            }
        }
    }
    others.extend(all.iter().skip(all.len() / 4).filter(|stored| !tied.contains(&stored.key.to_string())));
    let (stopped, right) = repeats.iter().rev().take(ASKED).fold((0, 0), |(stopped, right), (one, original)| {
        let by = stops(&engine, one);
        (stopped + usize::from(by.is_some()), right + usize::from(by.as_ref() == Some(original)))
    });
    let asked = repeats.len().min(ASKED);
    let step = (others.len() / ASKED).max(1);
    let without: Vec<_> = others.iter().step_by(step).take(ASKED).collect();
    let alarms = without.iter().filter(|one| stops(&engine, one).is_some()).count();
    println!(
        "{asked} duplicates with an earlier original whose answer is on record, of {closed} with a closed one: {stopped} stopped, \
         {right} of them with that very original"
    );
    println!("{} without a noted duplicate: {alarms} stopped", without.len());
}
