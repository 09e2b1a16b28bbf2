//! Every hit of a whole company's tickets: its receipt adds up, and the order is the same whoever asks beside.

use crate::support::Workspace;
use serde_json::{Value, json};
use std::{sync::mpsc, thread};

const ASKED: usize = 120;

fn filled() -> Workspace {
    let workspace = Workspace::new();
    let (tell, ended) = mpsc::channel();
    let tell = std::sync::Mutex::new(tell);
    workspace.engine.subscribe(Box::new(move |event| {
        if let engine::api::view::Event::Job { job } = event
            && job.state != "running"
        {
            let _ = tell.lock().unwrap().send(job.state.clone());
        }
    }));
    workspace.call("sample_fill", json!({}));
    assert_eq!(ended.recv().unwrap(), "done");
    workspace.engine.wait_until_searchable().unwrap();
    workspace
}

fn tickets(workspace: &Workspace) -> Vec<Value> {
    let rows = workspace.call("queue_list", json!({ "filter": "all", "limit": 500 }))["rows"].clone();
    rows.as_array().unwrap().iter().step_by(4).take(ASKED).map(|row| row["id"].clone()).collect()
}

fn hits(workspace: &Workspace, ticket: &Value) -> Vec<Value> {
    // As of one moment, so that no case grows older between two questions.
    let asked = json!({ "ticket": ticket, "k": 100, "as_of": "2030-01-01T00:00:00Z" });
    workspace.call("seen_before", asked)["hits"].as_array().unwrap().clone()
}

#[test]
fn every_receipt_of_a_batch_adds_up_to_its_score() {
    let workspace = filled();
    let mut looked_at = 0;
    for ticket in tickets(&workspace) {
        for hit in hits(&workspace, &ticket) {
            let parts = hit["receipt"].as_array().unwrap();
            let sum: f64 = parts.iter().map(|part| part["points"].as_f64().unwrap()).sum();
            let score = hit["score"].as_f64().unwrap();
            assert!((sum - score).abs() < 1e-6 && !parts.is_empty(), "{} for {ticket}: {sum}, not {score}", hit["id"]);
            looked_at += 1;
        }
    }
    assert!(looked_at > 5_000, "only {looked_at} hits");
}

#[test]
fn the_order_is_total_and_the_same_alone_and_among_threads() {
    let workspace = filled();
    let asked = tickets(&workspace);
    let order = |ticket: &Value| -> Vec<(String, u64)> {
        let hits = hits(&workspace, ticket);
        let key = |hit: &Value| (hit["id"].as_str().unwrap().to_owned(), hit["score"].as_f64().unwrap().to_bits());
        hits.iter().map(key).collect()
    };
    let alone: Vec<_> = asked.iter().map(order).collect();
    let among: Vec<_> = thread::scope(|scope| {
        let halves: Vec<_> =
            asked.chunks(ASKED / 4).map(|some| scope.spawn(|| some.iter().map(order).collect::<Vec<_>>())).collect();
        halves.into_iter().flat_map(|one| one.join().unwrap()).collect()
    });
    assert!(alone == among, "the same question was answered in another order, or with other points");
    for hits in &alone {
        let mut ids: Vec<_> = hits.iter().map(|(id, _)| id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), hits.len(), "a case stands in two places");
    }
}
