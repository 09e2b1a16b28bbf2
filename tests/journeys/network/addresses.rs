//! Requests that somebody would like to turn against this machine or its network.

use super::{Asking, unasked};
use crate::support::{
    network::unwaiting,
    web::{Answer, Web},
};
use serde_json::{Value, json};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

#[test]
fn an_address_of_the_wrong_kind_is_refused_when_it_is_added() {
    let workspace = unasked(unwaiting().0);
    let add = |url: &str, options: Value| {
        workspace.try_call("source_add", json!({ "kind": "github", "url": url, "options": options })).map(drop)
    };
    for url in [
        "http://github.com/acme/ledger",
        "https://0x7f.1/acme/ledger",
        "https://2130706433/acme/ledger",
        "https://[::ffff:127.0.0.1]/acme/ledger",
        "https://169.254.169.254/acme/ledger",
        "https://ann:secret@github.com/acme/ledger",
        "file:///acme/ledger",
    ] {
        assert_eq!(add(url, json!([])).unwrap_err(), "address_refused", "{url}");
    }
    // Told apart: this one a person may mean.
    assert_eq!(add("https://10.0.0.1/acme/ledger", json!([])).unwrap_err(), "address_private");
    assert_eq!(add("https://10.0.0.1/acme/ledger", json!([{ "key": "private", "value": "yes" }])), Ok(()));
    let source = workspace.call("sources_list", json!({}))[0].clone();
    assert_eq!((&source["reach"], &source["options"][0]["key"]), (&json!("private"), &json!("private")), "it shows");
    assert_eq!(
        add("https://github.com/acme/ledger", json!([{ "key": "insecure", "value": "yes" }])).unwrap_err(),
        "bad_input"
    );
}

#[test]
fn a_name_that_leads_inside_is_refused_at_the_connection_also_when_it_changes_its_mind() {
    let inside: [[u8; 4]; 4] = [[127, 0, 0, 1], [10, 1, 2, 3], [169, 254, 169, 254], [192, 168, 0, 1]];
    for ip in inside {
        let web = Web::serve(|_| Answer::new(200, "[]"));
        let port = web.address.port();
        let lookups = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&lookups);
        let resolve = move |_: &str, _: u16| {
            // The first look is innocent, as a rebinding name server would have it; there is nothing at that address.
            let ip = if counted.fetch_add(1, Ordering::SeqCst) == 0 { [192, 0, 2, 1] } else { ip };
            Ok(vec![SocketAddr::from((ip, port))])
        };
        let workspace = unasked(engine::Network { resolve: Arc::new(resolve), ..unwaiting().0 });
        workspace.call("source_add", json!({ "kind": "github", "url": "https://forge.example/acme/ledger" }));
        assert_eq!(lookups.load(Ordering::SeqCst), 0);
        for _ in 0..2 {
            let refused = workspace.try_call("source_test", json!({ "name": "ledger" })).unwrap_err();
            assert_eq!(refused, "address_forbidden", "{ip:?}");
        }
        assert_eq!(web.asked().len(), 0, "nothing was sent");
    }
}

#[test]
fn one_bad_address_among_good_ones_is_enough_to_refuse() {
    let resolve = |_: &str, port: u16| Ok(vec![([140, 82, 121, 4], port).into(), ([127, 0, 0, 1], port).into()]);
    let workspace = unasked(engine::Network { resolve: Arc::new(resolve), ..unwaiting().0 });
    workspace.call("source_add", json!({ "kind": "github", "url": "https://forge.example/acme/ledger" }));
    assert_eq!(workspace.try_call("source_test", json!({ "name": "ledger" })).unwrap_err(), "address_forbidden");
}

#[test]
fn a_redirect_to_another_host_is_not_followed_and_the_token_stays() {
    let other = Web::serve(|_| Answer::new(200, r#"{"full_name":"acme/ledger"}"#));
    let elsewhere = [
        format!("http://{}/api/v3/repos/acme/ledger", other.address),
        "https://github.com/acme/ledger".into(),
        "http://169.254.169.254/latest/meta-data".into(),
        "//evil.example/x".into(),
        "http://0x7f.1/x".into(),
    ];
    for to in elsewhere {
        let asking = Asking::forge(3);
        asking.forge.instead([Some(Answer::new(302, "").with("location", &*to))]);
        let refused = asking.workspace.try_call("source_test", json!({ "name": "ledger" })).unwrap_err();
        assert_eq!(refused, "redirect_refused", "{to}");
        assert_eq!((asking.web.asked().len(), other.asked().len()), (1, 0), "{to}");
    }
}

#[test]
fn a_renamed_repository_is_followed_on_its_own_server_and_a_circle_is_left() {
    let asking = Asking::forge(3);
    asking.forge.instead([Some(Answer::new(301, "").with("location", "/api/v3/repos/acme/ledger"))]);
    assert_eq!(asking.workspace.call("source_test", json!({ "name": "ledger" }))["name"], "acme/ledger");
    asking.forge.twist(|_, _| Answer::new(302, "").with("location", "/api/v3/repos/acme/ledger"));
    let refused = asking.workspace.try_call("source_test", json!({ "name": "ledger" })).unwrap_err();
    assert_eq!(refused, "redirect_refused");
    // What else a test asks, three lists, comes after the one that led on.
    assert_eq!(asking.web.asked().len(), 2 + 3 + 6);
}
