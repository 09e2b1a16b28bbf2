//! Asking servers: what is asked, what is stored, what is noted, and what happens when they misbehave.

mod addresses;
#[cfg(unix)]
mod asleep;
mod bodies;
mod centre;
mod certificates;
mod desk;
mod device;
mod exam;
mod ledger;
mod left_out;
mod limits;
mod links;
mod live;
mod outbox;
mod recorded;
mod records;
mod releases;
mod rounds;
mod sign_in;
mod storm;
mod sync;
mod telemetry;
mod train;
mod walk;

use crate::support::{
    Workspace,
    forge::Forge,
    network::{HandClock, NoWait, noon, unwaiting},
    web::Web,
};
use engine::Network;
use serde_json::{Value, json};
use std::sync::Arc;

/// A workspace with one source, `ledger`, that asks a forge.
struct Asking {
    workspace: Workspace,
    forge: Forge,
    web: Web,
    pace: Arc<NoWait>,
    clock: Arc<HandClock>,
}

impl Asking {
    fn forge(issues: u64) -> Self {
        let (network, pace) = unwaiting();
        Self::through(network, pace, issues)
    }

    fn through(network: Network, pace: Arc<NoWait>, issues: u64) -> Self {
        let forge = Forge::with(issues);
        let web = forge.open();
        let clock = noon();
        let workspace = Workspace::asking(network, clock.clone());
        let asking = Self { workspace, forge, web, pace, clock };
        asking.add("ledger", &asking.web);
        asking
    }

    fn add(&self, name: &str, web: &Web) {
        let url = format!("http://{}/acme/ledger", web.address);
        self.workspace.call("source_add", json!({ "kind": "github", "url": url, "name": name, "secret": "mine" }));
    }

    /// One run of every source: the first one's report and the code of what ended it.
    fn sync(&self) -> (engine::api::view::ImportReport, Option<&'static str>) {
        let mut runs = engine::sync_now(&self.workspace.engine, None, &|_, _| {}).unwrap();
        self.workspace.engine.wait_until_searchable().unwrap();
        assert!(!runs.is_empty(), "a stopped source is not asked");
        let run = runs.remove(0);
        (run.report, run.error.map(|error| error.code()))
    }

    fn tickets(&self) -> u64 {
        self.workspace.call("workspace_status", json!({}))["tickets"].as_u64().unwrap()
    }

    fn source(&self, name: &str) -> Value {
        let sources = self.workspace.call("sources_list", json!({}));
        sources.as_array().unwrap().iter().find(|source| source["name"] == name).unwrap().clone()
    }

    fn found(&self, words: &str) -> u64 {
        self.workspace.call("search", json!({ "query": words }))["total"].as_u64().unwrap()
    }
}

/// A workspace that asks nobody yet.
fn unasked(network: Network) -> Workspace {
    Workspace::asking(network, noon())
}
