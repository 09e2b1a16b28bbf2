//! The ledger holds what a proxy sees: the same hosts, as many requests, the same bytes.

use super::{Asking, unasked};
use crate::support::{
    forge::Forge,
    network::unwaiting,
    proxy::RecordingProxy,
    tls::{Age, Authority},
};
use engine::http::Proxy;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[test]
fn a_proxy_sees_the_hosts_the_requests_and_the_bytes_that_the_ledger_lists_and_no_others() {
    let authority = Authority::new();
    let forge = Forge::with(250);
    let web = forge.open_tls(authority.server("forge.example", Age::Fresh));
    let proxy = RecordingProxy::to(web.address);
    let (network, _) = unwaiting();
    let via = Proxy::at(&format!("http://{}", proxy.address), "").unwrap();
    let workspace = unasked(engine::Network { proxy: Some(via), ..network });
    let ca = json!([{ "key": "ca", "value": authority.file }]);
    let url = "https://forge.example/acme/ledger";
    workspace.call("source_add", json!({ "kind": "github", "url": url, "options": ca }));
    assert_eq!(proxy.tunnels().len(), 0, "adding asks nobody");
    workspace.call("source_test", json!({ "name": "ledger" }));
    let runs = engine::sync_now(&workspace.engine, None, &|_, _| {}).unwrap();
    assert_eq!((runs[0].report.added, runs[0].error.is_none()), (250, true));

    let ledger = workspace.call("ledger_list", json!({}));
    let rows = ledger["rows"].as_array().unwrap();
    let listed: BTreeSet<&str> = rows.iter().map(|row| row["host"].as_str().unwrap()).collect();
    let tunnels = proxy.tunnels();
    let seen: BTreeSet<&str> = tunnels.iter().map(|tunnel| tunnel.to.strip_suffix(":443").unwrap()).collect();
    assert_eq!(listed, seen, "0 undeclared hosts");
    assert_eq!(tunnels.len(), 2, "one connection for the test, one for the sync");

    let paths: Vec<String> = web.paths().iter().map(|path| path.split('?').next().unwrap().to_owned()).collect();
    let noted: Vec<String> = rows.iter().rev().map(|row| row["path"].as_str().unwrap().to_owned()).collect();
    assert_eq!(noted, paths, "each request, in its order");
    let captured = tunnels.iter().map(|tunnel| tunnel.bytes()).fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    let sums = |name: &str| rows.iter().map(|row| row[name].as_u64().unwrap()).sum::<u64>();
    assert_eq!((sums("bytes_out"), sums("bytes_in")), captured, "byte for byte, TLS and the greeting included");
    assert_eq!((&ledger["bytes_out"], &ledger["bytes_in"]), (&json!(captured.0), &json!(captured.1)));
}

#[test]
fn on_a_plain_socket_the_bytes_are_those_that_the_server_counted() {
    let asking = Asking::forge(250);
    asking.forge.instead([Some(crate::support::web::Answer::new(503, "busy"))]);
    asking.sync();
    asking.sync();
    let ledger = asking.workspace.call("ledger_list", json!({}));
    let (into_server, out_of_server) = asking.web.bytes();
    assert_eq!((&ledger["bytes_out"], &ledger["bytes_in"]), (&json!(into_server), &json!(out_of_server)));
    assert_eq!(ledger["total"], json!(asking.web.paths().len()));
}

#[test]
fn a_request_that_was_refused_or_had_no_answer_is_listed_too() {
    let (network, _) = unwaiting();
    let lying = std::sync::Arc::new(|_: &str, port: u16| Ok(vec![([169, 254, 169, 254], port).into()]));
    let workspace = unasked(engine::Network { resolve: lying, ..network });
    workspace.call("source_add", json!({ "kind": "github", "url": "https://forge.example/acme/ledger" }));
    let refused = workspace.try_call("source_test", json!({ "name": "ledger" }));
    assert_eq!(refused.unwrap_err(), "address_forbidden");
    let ledger = workspace.call("ledger_list", json!({}));
    let row = &ledger["rows"][0];
    assert_eq!(
        (&row["host"], &row["status"], &row["failed"]),
        (&json!("forge.example"), &Value::Null, &json!("address_forbidden"))
    );
    assert_eq!((&row["bytes_out"], &row["bytes_in"]), (&json!(0), &json!(0)), "nothing left this machine");
}

#[test]
fn the_ledger_is_asked_by_time_and_by_source_and_holds_no_query() {
    let asking = Asking::forge(30);
    let list = |args: Value| asking.workspace.call("ledger_list", args);
    asking.sync();
    let first = list(json!({}))["total"].as_u64().unwrap();
    asking.clock.move_by(2);
    asking.sync();
    let all = list(json!({}))["total"].as_u64().unwrap();
    assert_eq!(list(json!({ "since": "2024-05-02" }))["total"], json!(all - first));
    assert_eq!(list(json!({ "source": "other" }))["total"], 0);
    assert_eq!(list(json!({ "source": "ledger", "limit": 2 }))["rows"].as_array().unwrap().len(), 2);
    assert_eq!(asking.workspace.try_call("ledger_list", json!({ "since": "then" })).unwrap_err(), "bad_input");
    let text = list(json!({})).to_string();
    assert!(!text.contains('?') && !text.contains("per_page"), "{text}");
}
