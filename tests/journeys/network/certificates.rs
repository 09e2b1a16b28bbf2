//! Servers that cannot prove who they are.

use super::unasked;
use crate::support::{
    Workspace,
    forge::Forge,
    network::unwaiting,
    tls::{Age, Authority, self_signed},
    web::Web,
};
use serde_json::json;
use std::{
    io::{Read, Write},
    net::TcpListener,
    path::Path,
};

/// What asking it ends with, trusting the authorities in this file (or those of the system).
fn asked(port: u16, ca: Option<&Path>) -> (Workspace, Result<serde_json::Value, String>) {
    let workspace = unasked(unwaiting().0);
    let options: Vec<_> = ca.iter().map(|file| json!({ "key": "ca", "value": file })).collect();
    let url = format!("https://localhost:{port}/acme/ledger");
    workspace.call("source_add", json!({ "kind": "github", "url": url, "options": options }));
    let answer = workspace.try_call("source_test", json!({ "name": "ledger" }));
    (workspace, answer)
}

fn refused(web: &Web, ca: Option<&Path>) -> String {
    let (workspace, answer) = asked(web.address.port(), ca);
    assert_eq!(web.asked().len(), 0, "nothing is asked before it is known who listens");
    assert_eq!(workspace.call("ledger_list", json!({}))["total"], 1, "and it is not tried again");
    answer.unwrap_err()
}

#[test]
fn a_server_with_a_bad_certificate_is_refused_and_only_a_named_file_vouches_for_it() {
    let authority = Authority::new();
    let forge = Forge::with(3);
    let good = forge.open_tls(authority.server("localhost", Age::Fresh));
    assert_eq!(asked(good.address.port(), Some(&authority.file)).1.unwrap()["name"], "acme/ledger");

    for (what, web, ca) in [
        ("expired", forge.open_tls(authority.server("localhost", Age::Expired)), Some(&*authority.file)),
        ("for another name", forge.open_tls(authority.server("forge.example", Age::Fresh)), Some(&*authority.file)),
        ("self-signed", forge.open_tls(self_signed("localhost")), Some(&*authority.file)),
        ("of nobody's", forge.open_tls(authority.server("localhost", Age::Fresh)), None),
        (
            "of another authority",
            forge.open_tls(Authority::new().server("localhost", Age::Fresh)),
            Some(&*authority.file),
        ),
    ] {
        assert_eq!(refused(&web, ca), "certificate_refused", "{what}");
    }
}

#[test]
fn a_server_that_speaks_only_tls_1_0_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let mut client = client.unwrap();
            let _ = client.read(&mut [0; 4096]);
            // A ServerHello of version 3.1: random bytes, no session, a cipher of that time, no compression.
            let mut hello = vec![0x16, 0x03, 0x01, 0x00, 0x2a, 0x02, 0x00, 0x00, 0x26, 0x03, 0x01];
            hello.extend([7; 32]);
            hello.extend([0x00, 0x00, 0x2f, 0x00]);
            let _ = client.write_all(&hello);
        }
    });
    assert_eq!(asked(port, None).1.unwrap_err(), "certificate_refused");
}

#[test]
fn a_file_without_certificates_vouches_for_nobody() {
    let authority = Authority::new();
    let web = Forge::with(3).open_tls(authority.server("localhost", Age::Fresh));
    let empty = authority.file.with_file_name("empty.pem");
    std::fs::write(&empty, "not a certificate").unwrap();
    for file in [&*empty, Path::new("/no/such/file.pem")] {
        assert_eq!(asked(web.address.port(), Some(file)).1.unwrap_err(), "certificate_file");
    }
}
