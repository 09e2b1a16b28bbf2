//! What forges and monitors tell of versions: published, tagged, brought somewhere. It counts wherever the repositories' own
//! tags and what people said do, and names who tells it.

use super::Asking;
use crate::{
    journeys::code::{commit, git},
    support::{
        Workspace,
        network::{noon, unwaiting},
        web::{Answer, Asked, Web},
    },
};
use serde_json::{Value, json};
use std::path::Path;

/// A clone whose fix of LED-2 no tag names: the commits of the release before it, and of the fix.
fn ledger(dir: &Path) -> (String, String) {
    git(dir, &["init", "-q", "-b", "main"]);
    git(dir, &["remote", "add", "origin", "git@github.com:acme/ledger.git"]);
    commit(dir, "post.rs", "fn post() {}\n", "Begin");
    git(dir, &["tag", "v1.0.0"]);
    let first = git(dir, &["rev-parse", "HEAD"]);
    commit(dir, "post.rs", "fn post() { retry() }\n", "LED-2: Post it once more");
    (first, git(dir, &["rev-parse", "HEAD"]))
}

fn read(workspace: &Workspace, dir: &Path) {
    workspace.call("code_add", json!({ "path": dir, "name": "ledger" }));
    engine::code_update_now(&workspace.engine, None, &|_| {}).unwrap();
}

fn fix(workspace: &Workspace) -> Value {
    workspace.call("code_fix", json!({ "reference": "LED-2", "version": "1.0.0" }))
}

#[test]
fn a_version_that_a_forge_published_is_a_release_of_the_clone_that_came_from_there() {
    let dir = tempfile::tempdir().unwrap();
    let (first, fixed) = ledger(dir.path());
    let asking = Asking::forge(3);
    read(&asking.workspace, dir.path());
    assert_eq!(fix(&asking.workspace)["state"], "merged", "no tag has it");
    asking.forge.release(1, "v1.0.0", &first, "2024-04-01T08:00:00Z");
    asking.forge.release(2, "v1.1.0", &fixed, "2024-04-20T08:00:00Z");
    asking.forge.release(3, "v2.0.0", &"ab".repeat(20), "2024-04-30T08:00:00Z");
    let (report, error) = asking.sync();
    assert_eq!((error, report.releases, report.skipped), (None, 6, 0), "releases and their tags");

    let told = fix(&asking.workspace);
    assert_eq!(
        (&told["state"], &told["verdict"], &told["upgrade_to"]),
        (&json!("released"), &json!("fixed_later"), &json!("v1.1.0"))
    );
    let by = json!({ "source": "ledger", "at": 1_713_600_000_000i64, "url": "https://github.com/acme/ledger/releases/tag/v1.1.0" });
    assert_eq!(told["releases"][0]["told"], by);
    let listed = asking.workspace.call("code_releases", json!({}));
    let names: Vec<_> = listed["releases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["name"].clone(), one["told"]["source"].clone()))
        .collect();
    let by_forge = |name: &str| (json!(name), json!("ledger"));
    assert_eq!(names, [by_forge("v2.0.0"), by_forge("v1.1.0"), by_forge("v1.0.0")], "the clone has not got v2.0.0");

    // Nothing is new: one request for each list, answered in a word.
    let before = asking.web.paths().len();
    assert_eq!(asking.sync().0.releases, 0);
    let paths = asking.web.paths().split_off(before);
    let of = |list: &str| paths.iter().filter(|path| path.contains(list)).count();
    assert_eq!((of("/releases?"), of("/tags?")), (1, 1), "{paths:?}");
    let ledger = asking.workspace.call("ledger_list", json!({ "limit": 500 }));
    let noted = ledger["rows"].as_array().unwrap().iter().filter(|row| row["purpose"] == "releases").count();
    assert_eq!(noted, 6, "three lists, twice");

    // Taken back on the forge: it is a release no longer, though its tag still says where it was.
    asking.forge.unpublish(2);
    asking.sync();
    let told = fix(&asking.workspace);
    assert_eq!((&told["state"], &told["releases"][0]["told"]["at"]), (&json!("released"), &json!(null)));

    // Brought somewhere: that it arrived, and when, is asked once of each.
    asking.forge.deploy(7, "v1.1.0", &fixed, "production", "2024-04-21T08:00:00Z");
    asking.sync();
    let deploys = asking.workspace.call("code_deploys", json!({}))["deploys"].clone();
    assert_eq!((&deploys[0]["release"], &deploys[0]["source"]), (&json!("v1.1.0"), &json!("ledger")), "{deploys}");
    assert_eq!(deploys[0]["at"], json!(1_713_686_700_000i64));
    asking.sync();
    let asked = asking.web.paths();
    assert_eq!(asked.iter().filter(|path| path.contains("/statuses")).count(), 1);
    asking.workspace.call("source_remove", json!({ "name": "ledger", "purge": true }));
    assert_eq!(fix(&asking.workspace)["state"], "merged", "purged, it says nothing any more");
}

/// A monitor with one release that runs in production, at this commit.
fn monitor(commit: &str) -> impl Fn(&Asked) -> Answer + Send + Sync + 'static {
    let release = json!([{ "version": "ledger@1.1.0", "dateReleased": "2024-04-20T08:00:00Z", "lastCommit": { "id": commit },
        "deployCount": 1, "projects": [{ "id": 2, "name": "Ledger", "slug": "ledger" }],
        "lastDeploy": { "id": "8", "environment": "production", "dateFinished": "2024-04-21T08:00:00Z" } }]);
    let issue = json!([{ "id": "7", "shortId": "LEDGER-7", "title": "Not posted", "project": { "id": "2", "name": "Ledger" },
        "firstSeen": "2024-04-01T00:00:00Z", "lastSeen": "2024-04-02T00:00:00Z" }]);
    move |asked| {
        let body = match asked.path.split('?').next().unwrap() {
            path if path.ends_with("/releases/") => release.to_string(),
            path if path.ends_with("/issues/") => issue.to_string(),
            _ => json!({ "eventID": "a", "dateCreated": "2024-04-02T00:00:00Z", "entries": [] }).to_string(),
        };
        Answer::new(200, body)
    }
}

#[test]
fn what_a_monitor_saw_deployed_counts_where_a_persons_word_does_and_names_the_monitor() {
    let dir = tempfile::tempdir().unwrap();
    let (_, fixed) = ledger(dir.path());
    let web = Web::serve(monitor(&fixed));
    let workspace = Workspace::asking(unwaiting().0, noon());
    let known = json!({ "kind": "known_error", "id": "KE-1", "title": "Not posted", "state": "fix_in_progress", "product": "Ledger",
        "fix_versions": ["1.1.0"], "tickets": ["LED-2"], "created_at": "2024-01-01T00:00:00Z", "updated_at": "2024-01-01T00:00:00Z" });
    let ticket = json!({ "kind": "ticket", "id": "LED-2", "subject": "Not posted", "status": "open", "product": "Ledger",
        "affected_versions": ["1.0.0"], "created_at": "2024-04-22T00:00:00Z" });
    workspace.import(&[known.to_string(), ticket.to_string()].join("\n"));
    let url = format!("http://{}/organizations/acme", web.address);
    workspace.call("source_add", json!({ "kind": "sentry", "url": url, "name": "monitor", "secret": "token" }));
    let run = engine::sync_now(&workspace.engine, Some("monitor"), &|_, _| {}).unwrap().remove(0);
    assert_eq!((run.error.map(|error| error.code()), run.report.releases), (None, 2));

    // Without any repository: the follow-up knows that the fix is out, since when, where it runs, and who says so.
    let group = &workspace.call("follow_ups_list", json!({}))["groups"][0];
    assert_eq!((&group["display_id"], &group["out"][0]["source"]), (&json!("KE-1"), &json!("monitor")));
    assert_eq!(
        (&group["out"][0]["at"], &group["runs"][0]["environment"]),
        (&json!(1_713_600_000_000i64), &json!("production"))
    );
    let deploys = workspace.call("code_deploys", json!({}));
    assert_eq!((&deploys["deploys"][0]["repo"], &deploys["deploys"][0]["product"]), (&json!(null), &json!("Ledger")));

    // With it: the passport, and what changed.
    read(&workspace, dir.path());
    let told = fix(&workspace);
    let runs = json!([{ "environment": "production", "release": "ledger@1.1.0", "at": 1_713_686_400_000i64, "source": "monitor" }]);
    assert_eq!((&told["state"], &told["deployed"]), (&json!("deployed"), &runs));

    // What a source tells is the source's to change.
    let gone = workspace.try_call("code_deploys_remove", json!({ "environment": "production" }));
    assert_eq!(gone.unwrap_err(), "not_found");
    // A person's word stands beside it, can be put right, and taken back.
    let said = json!({ "environment": "production", "version": "v1.0.0", "at": "2024-04-25T08:00:00Z" });
    workspace.call("code_deploys_add", json!({ "deploys": [said] }));
    assert_eq!(fix(&workspace)["state"], "released", "rolled back");
    let instead = json!({ "environment": "production", "repo": "ledger", "at": 1_714_032_000_000i64 });
    let right = json!({ "environment": "staging", "version": "v1.0.0", "at": "2040-01-01T00:00:00Z" });
    let put = workspace.call("code_deploys_add", json!({ "deploys": [right], "instead": instead }));
    assert_eq!(put["deploys"].as_array().unwrap().len(), 2);
    let changed = workspace.call("code_changes", json!({ "from": "1.0.0", "to": "ledger@1.1.0" }));
    let meanwhile: Vec<_> = changed["deploys"].as_array().unwrap().iter().map(|one| &one["environment"]).collect();
    assert_eq!(meanwhile, ["staging"], "the other was there before the clone's own commits were made");
    assert_eq!(fix(&workspace)["state"], "deployed");
    workspace
        .call("code_deploys_remove", json!({ "environment": "staging", "repo": "ledger", "at": 2_208_988_800_000i64 }));
    assert_eq!(workspace.call("code_deploys", json!({}))["deploys"].as_array().unwrap().len(), 1);
}
