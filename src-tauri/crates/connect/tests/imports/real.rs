//! What real services sent, where the recordings lie beside the checkout. Elsewhere these tests say so and pass.

use crate::support::{Whole, drain, read};
use connect::{Options, open};
use domain::AuthorRole;
use serde_json::Value;
use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    path::PathBuf,
};

/// `None`, with words, where there are no recordings.
fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PRECEDENT_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared"), PathBuf::from);
    let path = root.join(path);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn the_activemq_export_arrives_with_everything_that_its_json_says() {
    let Some(path) = shared("data/activemq-jira.jsonl.zst") else { return };
    let whole = drain(open(&path, Options::default()).unwrap(), 500).unwrap();
    assert_eq!(whole.bad, []);

    // The same counts by another road: plain JSON values.
    let mut said = [0usize; 7];
    let mut links = 0;
    let file = BufReader::new(zstd::Decoder::new(std::fs::File::open(path).unwrap()).unwrap());
    for line in file.lines() {
        let issue: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let fields = &issue["fields"];
        let length = |list: &Value| list.as_array().map_or(0, Vec::len);
        let own = &issue["key"];
        let linked: BTreeSet<(String, String)> = fields["issuelinks"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|link| {
                let way = if link["outwardIssue"].is_object() { "outward" } else { "inward" };
                let to = &link[format!("{way}Issue")]["key"];
                assert_ne!(to, own);
                (link["type"][way].to_string(), to.to_string())
            })
            .collect();
        links += linked.len();
        let has = [
            true,
            !linked.is_empty(),
            length(&fields["versions"]) > 0,
            length(&fields["fixVersions"]) > 0,
            length(&fields["components"]) > 0,
            fields["environment"].as_str().is_some_and(|text| !text.trim().is_empty()),
        ];
        for (count, has) in said.iter_mut().zip(has) {
            *count += usize::from(has);
        }
        said[6] += length(&fields["comment"]["comments"]);
    }
    assert_eq!((said[0], said[1], said[2], said[3], said[6]), (4649, 750, 4124, 3200, 15_883));

    let tickets = whole.tickets();
    let count = |test: &dyn Fn(&domain::Ticket) -> bool| tickets.iter().filter(|ticket| test(ticket)).count();
    let came = [
        tickets.len(),
        count(&|ticket| !ticket.links.is_empty()),
        count(&|ticket| !ticket.affected_versions.is_empty()),
        count(&|ticket| !ticket.fix_versions.is_empty()),
        count(&|ticket| !ticket.components.is_empty()),
        count(&|ticket| ticket.environment.is_some()),
        whole.comments().len(),
    ];
    assert_eq!(came, said);
    // Several words of one tracker may mean one kind of link of ours.
    let kept: usize = tickets.iter().map(|ticket| ticket.links.len()).sum();
    assert!(kept <= links && kept * 100 >= links * 99, "{kept} of {links} links");
    let roles = |role| whole.comments().iter().filter(|comment| comment.author_role == role).count();
    for role in AuthorRole::ALL {
        assert!(roles(role) > 1000, "{role:?}: {}", roles(role));
    }
}

#[test]
fn recorded_pages_of_zendesk_are_tickets() {
    let Some(path) = shared("contracts/recordings/zendesk/go-zendesk/fixture/GET/tickets.json") else { return };
    let page: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let whole = drain(open(&path, Options::default()).unwrap(), 500).unwrap();
    same_ids(&whole, &page["tickets"], |ticket| ticket["id"].to_string());
    assert!(
        whole.tickets().iter().all(|ticket| ticket.url.as_ref().is_some_and(|url| url.contains("/agent/tickets/")))
    );
}

#[test]
fn recorded_pages_of_github_are_tickets() {
    let scenarios = "contracts/recordings/github/octokit-fixtures/scenarios/api.github.com";
    for (scenario, list) in [("paginate-issues", ""), ("search-issues", "/items")] {
        let Some(path) = shared(&format!("{scenarios}/{scenario}/normalized-fixture.json")) else { return };
        let requests: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let pages: Vec<&Value> = requests.as_array().unwrap().iter().map(|request| &request["response"]).collect();
        let text: String = pages.iter().map(|page| format!("{page}\n")).collect();
        let issues: Vec<Value> = pages
            .iter()
            .filter_map(|page| page.pointer(list)?.as_array())
            .flatten()
            .filter(|issue| issue["number"].is_u64())
            .cloned()
            .collect();
        assert!(!issues.is_empty());
        same_ids(&read(text), &Value::Array(issues), |issue| {
            format!("octokit-fixture-org/{scenario}#{}", issue["number"])
        });
    }
}

fn same_ids(whole: &Whole, expected: &Value, id: impl Fn(&Value) -> String) {
    let expected: Vec<String> = expected.as_array().unwrap().iter().map(id).collect();
    assert!(!expected.is_empty());
    assert_eq!(whole.bad, []);
    assert_eq!(whole.ids(), expected);
}
