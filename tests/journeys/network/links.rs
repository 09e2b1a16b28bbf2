//! What a forge's texts say of other issues: they come anyway, and cost no request of their own.

use super::Asking;
use crate::support::forge::stamp;
use serde_json::Value;

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
