//! The same of help desks and monitors.

use super::{
    served::{Needs, STAMPED, Served, Told, comments, detailed, listed, one, site, window, written},
    tape::Exchange,
};
use crate::{
    http::Response,
    pull::{
        Connector, StreamPage, datadog::Datadog, freshdesk::Freshdesk, listed::Todo, shelf::Centre, zendesk::Zendesk,
    },
    push::WriteKind,
};
use domain::{Change, Cursor};
use serde_json::json;
use std::collections::BTreeMap;

/// A page of a stream, by the place at which it is asked for. `told` counts what came of it.
fn page<C: Connector + 'static>(
    of: C,
    (stream, place): (&'static str, serde_json::Value),
    (endpoint, list): (&'static str, &'static str),
    needs: Needs,
    told: fn(&StreamPage) -> usize,
) -> Served {
    let cursor = Some(Cursor(place.to_string()));
    let asked = Some(of.request(stream, cursor.as_ref()));
    let read = move |response: &Response| {
        let page = of.read(stream, cursor.as_ref(), response)?;
        Ok(Told { read: told(&page), bad: page.bad })
    };
    Served { endpoint, asked, list: Some(list), needs, read: Box::new(read) }
}

fn tickets(page: &StreamPage) -> usize {
    page.changes.iter().filter(|change| matches!(change, Change::Ticket(_) | Change::Delete { .. })).count()
}

fn names(page: &StreamPage) -> usize {
    page.changes.iter().filter(|change| matches!(change, Change::Name(_))).count()
}

/// Recorded questions of who asks, and bodies that a client keeps, each by the name of what it holds.
pub(super) fn zendesk(exchange: &Exchange) -> Option<Served> {
    let of = || Zendesk::at(&site("https://acme.zendesk.com"));
    if exchange.route() == "/api/v2/users/me.json" {
        let read = move |response: &Response| of().tested(response).map(|_| Told { read: 1, bad: Vec::new() });
        let asked = Some(of().test());
        return Some(Served { endpoint: "who asks", asked, list: None, needs: &[], read: Box::new(read) });
    }
    let wrote = exchange.file.components().any(|part| part.as_os_str() == "PUT");
    let read = exchange.file.components().any(|part| part.as_os_str() == "GET");
    let history = |comments: bool| json!({ "agent": { "met": "all", "comments": comments, "staff": [], "todo": [{ "id": "4" }], "listed": true } });
    // The first is the ticket's own text.
    let said = |page: &StreamPage| {
        let said = page.changes.iter().filter(|change| matches!(change, Change::Comment(_))).count();
        said + 1
    };
    Some(match exchange.stem() {
        "tickets" | "ticket_show_many" if read => {
            page(of(), ("tickets", json!({})), ("tickets", "/tickets"), STAMPED, tickets)
        }
        "search_ticket" if read => page(of(), ("tickets", json!({})), ("tickets found", "/results"), STAMPED, tickets),
        "ticket_comments" if read => {
            page(of(), ("tickets", history(true)), ("comments of a ticket", "/comments"), STAMPED, said)
        }
        "ticket_audits" if read => {
            let needs: Needs = &[&["ticket_id"], &["created_at"]];
            page(of(), ("tickets", history(false)), ("audits of a ticket", "/audits"), needs, audits)
        }
        "users" if read => page(of(), ("events", json!({})), ("people", "/users"), &[&["id"], &["name"]], names),
        "groups" if read => page(
            of(),
            ("events", json!({ "step": "groups", "met": true })),
            ("groups", "/groups"),
            &[&["id"], &["name"]],
            names,
        ),
        "ticket" if read => {
            let read = move |response: &Response| {
                of().found("4", response).map(|found| Told { read: found.len().min(1), bad: Vec::new() })
            };
            Served { endpoint: "a ticket", asked: None, list: None, needs: &[], read: Box::new(read) }
        }
        "brands" if read => {
            let read = move |response: &Response| {
                let leaf = Centre::read(&of(), "brands", None, &BTreeMap::new(), response)?;
                Ok(Told { read: leaf.known.len(), bad: leaf.bad })
            };
            let asked = Some(Centre::ask(&of(), "brands", None));
            Served { endpoint: "brands", asked, list: None, needs: &[], read: Box::new(read) }
        }
        "ticket" if wrote => written(of(), WriteKind::Note, Some("4".into()), "a new note"),
        _ => return None,
    })
}

/// Those that leave something are comments or handoffs; of others nothing is kept.
fn audits(page: &StreamPage) -> usize {
    let told = |change: &&Change| matches!(change, Change::Comment(_) | Change::Hop(_));
    page.changes.iter().filter(told).count().min(1)
}

/// Bodies that a client keeps, each by the name of what it holds.
pub(super) fn freshdesk(exchange: &Exchange) -> Option<Served> {
    let of = || Freshdesk::at(&site("https://acme.freshdesk.com"));
    let list = |list: &str, endpoint, needs| listed(of(), window(exchange, list, 30), endpoint, needs);
    let shelf = |list: &'static str, endpoint, told: fn(&crate::pull::shelf::Leaf) -> usize| {
        let read = move |response: &Response| {
            let leaf = Centre::read(&of(), list, None, &BTreeMap::new(), response)?;
            Ok(Told { read: told(&leaf), bad: leaf.bad })
        };
        let asked = Some(Centre::ask(&of(), list, None));
        Served { endpoint, asked, list: Some(""), needs: &[&["id"]], read: Box::new(read) }
    };
    Some(match exchange.stem() {
        "all_tickets" => list("", "tickets", STAMPED),
        "groups" => list("groups", "groups", &[&["id"], &["name"]]),
        "agents" => list("agents", "agents", &[&["id"], &["contact", "name"]]),
        "companies" => list("companies", "companies", &[&["id"], &["name"]]),
        "conversations" => {
            let todo = Todo { id: "1".into(), note: "[1,null,null]".into() };
            detailed(of(), todo, "conversations", &[&["id"], &["created_at"]], comments)
        }
        "ticket_1" | "ticket_1_updated" => one(of(), "1".into(), "a ticket", STAMPED),
        "note_1" => written(of(), WriteKind::Note, Some("1".into()), "a new note"),
        "solution_categories" | "solution_categories_fr" => shelf("categories", "categories", |leaf| leaf.lists.len()),
        "solution_folders" | "solution_folders_fr" => {
            shelf("folders 1", "folders", |leaf| leaf.lists.len().div_ceil(2))
        }
        "solution_articles" | "solution_articles_fr" => {
            shelf("articles 1 team", "articles", |leaf| leaf.articles.len())
        }
        _ => return None,
    })
}

/// What the vendor's own client recorded.
pub(super) fn datadog(exchange: &Exchange) -> Option<Served> {
    let of = || Datadog::at(&site("https://app.datadoghq.com")).unwrap();
    let issues = "/api/v2/error-tracking/issues/";
    let rest = exchange.route().strip_prefix(issues)?;
    Some(match (exchange.method.as_str(), rest) {
        ("POST", "search") => {
            let place = json!({ "now": 2, "spans": [[1, 2]] });
            // Those that are not included are asked for by themselves.
            let told = |page: &StreamPage| {
                let place: serde_json::Value = serde_json::from_str(&page.next.as_ref().unwrap().0).unwrap();
                tickets(page) + place["todo"].as_array().map_or(0, Vec::len)
            };
            page(of(), ("trace", place), ("a search", "/data"), &[&["id"]], told)
        }
        ("GET", id) if !id.contains('/') => {
            let id = id.to_owned();
            let asked = Some(of().one(&id));
            let read = move |response: &Response| {
                of().found(&id, response).map(|found| Told { read: found.len().min(1), bad: Vec::new() })
            };
            Served { endpoint: "an issue", asked, list: None, needs: &[], read: Box::new(read) }
        }
        _ => return None,
    })
}
