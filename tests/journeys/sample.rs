use crate::support::Workspace;
use serde_json::json;
use std::time::{Duration, Instant};

#[test]
fn the_sample_workspace_is_ready_in_time_and_every_part_of_the_pane_has_something_true_to_show() {
    let workspace = Workspace::new();
    let started = Instant::now();
    let report = workspace.engine.fill_sample().unwrap();
    // A debug build on a busy machine; the promise for people is 10 s.
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    assert!((1_300..=1_700).contains(&report.added), "{}", report.added);
    assert!(report.known_errors >= 20 && report.hops > 100 && report.comments > 1_500);

    let queue = workspace.call("queue_list", json!({ "filter": "open", "limit": 500 }));
    let mut found = [0; 6];
    for row in queue["rows"].as_array().unwrap() {
        let seen = workspace.call("seen_before", json!({ "ticket": row["id"] }));
        let shows = [
            seen["verdict"]["kind"] == "seen",
            !seen["known_error"].is_null(),
            seen["duplicates"]["today"].as_u64() > Some(1),
            !seen["ran"].as_array().unwrap().is_empty(),
            !seen["verdict"]["fix"].is_null(),
            seen["hits"].as_array().unwrap().iter().any(|hit| !hit["answer"].is_null()),
        ];
        for (count, shown) in found.iter_mut().zip(shows) {
            *count += usize::from(shown);
        }
    }
    assert!(found.iter().all(|count| *count > 0), "{found:?}");
}

#[test]
fn the_sample_fills_empty_workspaces_only() {
    let workspace = Workspace::new();
    workspace.engine.fill_sample().unwrap();
    let refused = workspace.engine.fill_sample().err().unwrap();
    assert_eq!(refused.code(), "not_empty");
}
