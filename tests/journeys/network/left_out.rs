//! What a source does not bring, and a read that ends because of the battery or for want of a token: each says so until it is
//! mended.

use super::Asking;
use crate::support::{network::unwaiting, web::Answer};
use engine::{Network, Surroundings};
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicU8, AtomicUsize, Ordering},
};

#[test]
fn what_is_refused_in_a_round_is_told_at_the_source_until_it_may_be_read_again() {
    let asking = Asking::forge(5);
    assert_eq!(asking.sync().1, None);
    assert_eq!(asking.source("ledger")["left_out"], json!({ "refused": [], "skipped": 0, "skips": [] }));
    asking.forge.twist(|asked, answer| match asked.path.contains("/releases") {
        true => Answer::new(403, r#"{"message":"Resource not accessible by this token"}"#),
        false => answer,
    });
    let (report, error) = asking.sync();
    assert_eq!((report.errors.len(), error), (1, None), "the others go on");
    let told = asking.source("ledger")["left_out"]["refused"].clone();
    assert_eq!(
        (told.as_array().unwrap().len(), &told[0]["what"], &told[0]["code"]),
        (1, &json!("releases"), &json!("access_denied"))
    );
    let since = told[0]["at"].clone();
    asking.clock.move_minutes(30);
    asking.sync();
    assert_eq!(asking.source("ledger")["left_out"]["refused"][0]["at"], since, "since when stays");
    asking.forge.untwist();
    asking.sync();
    assert_eq!(asking.source("ledger")["left_out"]["refused"], json!([]));
}

#[test]
fn a_record_that_was_skipped_is_told_at_the_source_until_it_is_read() {
    let asking = Asking::forge(5);
    asking.forge.change(3, |issue| issue["created_at"] = json!("the day before"));
    let (report, _) = asking.sync();
    assert_eq!(report.added, 4);
    let told = asking.source("ledger")["left_out"].clone();
    assert_eq!(
        (&told["skipped"], &told["skips"][0]["record"]),
        (&json!(1), &json!("3")),
        "once, though it was met twice"
    );
    asking.sync();
    assert_eq!(asking.source("ledger")["left_out"]["skipped"], 1, "what overlaps adds nothing, and nothing read it");
    asking.forge.put(3, &crate::support::forge::stamp(9_000), "Voucher 3 was posted twice");
    assert_eq!(asking.sync().0.added, 1);
    assert_eq!(asking.source("ledger")["left_out"]["skipped"], 0);
}

#[test]
fn a_long_read_ends_with_the_battery_and_goes_on_where_it_was() {
    let left = Arc::new(AtomicU8::new(100));
    let told = Arc::clone(&left);
    let surroundings = move || Surroundings { battery: Some(told.load(Ordering::SeqCst)), metered: false };
    let (network, pace) = unwaiting();
    let network = Network { surroundings: Arc::new(surroundings), ..network };
    let asking = Asking::through(network, pace, 450);
    let (clock, drained, pages) = (Arc::clone(&asking.clock), Arc::clone(&left), Arc::new(AtomicUsize::new(0)));
    asking.forge.twist(move |_, answer| {
        clock.move_minutes(1);
        if pages.fetch_add(1, Ordering::SeqCst) == 2 {
            drained.store(9, Ordering::SeqCst);
        }
        answer
    });
    let (report, error) = asking.sync();
    assert_eq!(error, Some("battery_low"));
    assert!((1..450).contains(&report.added) && asking.tickets() == report.added, "{report:?}");
    let source = asking.source("ledger");
    assert_eq!(
        (&source["failure"]["code"], &source["stopped"], &source["paused"]),
        (&json!("battery_low"), &json!(false), &json!(false))
    );
    let (before, had) = (asking.web.paths().len(), report.added);

    // Whoever syncs once more knows what is left.
    let (report, error) = asking.sync();
    assert_eq!((error, asking.tickets()), (None, 450));
    assert_eq!((report.added, report.unchanged < 100), (450 - had, true), "it went on and did not begin anew");
    assert!(asking.web.paths().len() > before);
    assert_eq!(asking.source("ledger")["failure"], json!(null));
}

#[test]
fn a_source_whose_token_was_for_one_run_asks_for_it_and_nobody_else_meanwhile() {
    let asking = Asking::forge(5);
    asking.forge.want_token("ghp_zanzibar");
    let url = format!("http://{}/acme/ledger", asking.web.address);
    let add = json!({ "kind": "github", "url": url, "name": "ledger", "secret": "ghp_zanzibar", "this_run": true });
    asking.workspace.call("source_add", add.clone());
    assert_eq!(asking.source("ledger")["asks_token"], false);
    assert_eq!((asking.sync().1, asking.tickets()), (None, 5));

    let Asking { workspace, web, .. } = asking;
    let workspace = workspace.reopen(|_| {});
    let source = || workspace.call("sources_list", json!({}))[0].clone();
    let before = web.count();
    assert_eq!(source()["asks_token"], true);
    let code =
        || engine::sync_now(&workspace.engine, None, &|_, _| {}).unwrap().remove(0).error.map(|error| error.code());
    assert_eq!(
        (code(), web.count()),
        (Some("token_missing"), before),
        "as nobody, what it may see would look as if it were all"
    );
    // Another option without a token leaves that as it is; the token alone is enough.
    workspace.call("source_add", json!({ "kind": "github", "url": url, "name": "ledger" }));
    assert_eq!(source()["asks_token"], true);
    workspace.call("source_add", add);
    assert_eq!((&source()["asks_token"], code()), (&json!(false), None));
}

#[test]
fn what_was_typed_is_tested_before_it_is_added_and_nothing_of_it_is_kept() {
    let asking = Asking::forge(5);
    asking.forge.want_token("ghp_zanzibar");
    let url = format!("http://{}/acme/ledger", asking.web.address);
    let typed = |secret: &str| json!({ "kind": "github", "url": url, "name": "typed", "secret": secret });
    let try_out = |args: Value| asking.workspace.try_call("source_try", args);
    assert_eq!(try_out(typed("ghp_wrong")).unwrap_err(), "token_refused");
    let found = try_out(typed("ghp_zanzibar")).unwrap();
    assert_eq!(
        (&found["name"], &found["signed_in"], &found["lacks"]),
        (&json!("acme/ledger"), &json!(true), &json!([]))
    );
    asking.forge.twist(|asked, answer| match asked.path.contains("/deployments") {
        true => Answer::new(403, r#"{"message":"Resource not accessible by personal access token"}"#),
        false => answer,
    });
    assert_eq!(try_out(typed("ghp_zanzibar")).unwrap()["lacks"], json!(["deployments"]));
    let sources = asking.workspace.call("sources_list", json!({}));
    assert!(sources.as_array().unwrap().iter().all(|source| source["name"] != "typed"), "{sources}");
    assert_eq!(asking.workspace.try_call("source_test", json!({ "name": "typed" })).unwrap_err(), "not_found");
    // One that is there lends its token to nobody else.
    let elsewhere = json!({ "kind": "github", "url": url.replace("ledger", "desk"), "name": "ledger" });
    assert_eq!(try_out(elsewhere).unwrap_err(), "token_needed");
    // Every request of it stands in the ledger.
    assert_eq!(asking.workspace.call("ledger_list", json!({}))["total"], json!(asking.web.count()));
}
