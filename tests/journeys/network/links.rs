//! What a forge's texts say of other issues, which come anyway and cost no request of their own; and what its timelines say.

use super::Asking;
use crate::support::forge::stamp;
use serde_json::{Value, json};

/// Kind and other end of what leads away from an issue.
fn links(asking: &Asking, number: u64) -> Vec<String> {
    let id = format!("ledger:acme/ledger#{number}");
    let ticket = asking.workspace.call("ticket_get", serde_json::json!({ "id": id }));
    let all = ticket["links"].as_array().unwrap().iter().filter(|link| link["outgoing"] == true);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    all.map(|link| [text(&link["kind"]), text(&link["display_id"]), text(&link["origin"])].join(" ")).collect()
}

#[test]
fn a_duplicate_that_a_remark_names_is_linked_without_another_request_and_let_go_with_the_remark() {
    let asking = Asking::forge(6);
    asking.forge.change(4, |issue| issue["body"] = "The same as in #2, since yesterday.".into());
    asking.forge.comment(70, 6, &stamp(70), "Duplicate of #3");
    let plain = Asking::forge(6);
    plain.sync();
    let (report, error) = asking.sync();
    assert_eq!((error, report.added), (None, 6));
    assert_eq!(asking.web.paths().len(), plain.web.paths().len());
    assert_eq!(links(&asking, 4), ["mentions acme/ledger#2 import"]);
    assert_eq!(links(&asking, 6), ["duplicate_of acme/ledger#3 inferred"]);

    asking.forge.comment(70, 6, &stamp(80), "I was wrong, that one is something else.");
    asking.sync();
    assert_eq!(links(&asking, 6), Vec::<String>::new());
}

#[test]
fn who_fixed_a_closed_issue_is_read_from_its_timeline_once_it_changed() {
    let asking = Asking::forge(6);
    asking.sync();
    let timelines = || asking.web.paths().iter().filter(|path| path.contains("/timeline")).count();
    assert_eq!(timelines(), 0, "nothing of history is closed");
    asking.forge.put(5, &stamp(90), "The fix");
    asking.forge.change(5, |issue| {
        issue["pull_request"] = json!({ "url": "x", "merged_at": stamp(90) });
        issue["body"] = "Fixes #3".into();
    });
    asking.forge.put(3, &stamp(91), "Closed");
    asking.forge.change(3, |issue| issue["state"] = "closed".into());
    asking.sync();
    assert_eq!(links(&asking, 3), ["fixed_by acme/ledger#5 inferred"]);
    assert_eq!(timelines(), 1);
}
