use super::*;
use crate::{KeyFile, OpenOptions, api};
use serde_json::{Value, json};
use std::sync::Arc;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

fn call(engine: &Arc<Engine>, name: &str, args: Value) -> Value {
    api::rpc(engine, name, args).unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

/// Two tickets and a release before the first of them.
fn opened(dir: &Path) -> Arc<Engine> {
    let secrets = Arc::new(KeyFile::at(dir.join("keys")));
    let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.join("home")) }).unwrap();
    let ticket = |id: &str, body: &str| json!({ "kind": "ticket", "id": id, "subject": "Paying fails", "body": body, "created_at": "2026-05-01T13:00:00Z", "updated_at": "2026-05-01T13:00:00Z", "status": "open", "requester": "Ann Example" });
    let export = dir.join("t.jsonl");
    let lines = [ticket("T-1", "It says that the request req-778899aa failed."), ticket("T-2", "x")];
    std::fs::write(&export, lines.map(|line| line.to_string()).join("\n")).unwrap();
    let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
    crate::import_now(&engine, &args, &|_, _| {}).unwrap();
    let release = domain::Release {
        id: "releases 1".into(),
        of: "shop".into(),
        version: "2.3.1".into(),
        at: Some(domain::Millis(1_777_633_200_000)),
        ..Default::default()
    };
    let source = domain::SourceName::from_text("files");
    let change = domain::Change::Release(Box::new(release));
    engine.core.store.apply(&source, &[change], None, domain::Millis(1)).unwrap();
    engine
}

fn log() -> String {
    let mut log = String::new();
    for n in 0..40 {
        log += &format!("2026-05-01T12:00:{n:02}Z INFO served order {n}\n");
    }
    log + &format!(
        "2026-05-01T12:01:00Z ERROR no stock for order 7 request_id=req-778899aa trace_id={TRACE} by ann@example.com\n    at shop.Stock.take(Stock.java:7)\n"
    )
}

fn event() -> String {
    json!({ "event_id": "1", "timestamp": "2026-05-01T12:01:01Z", "contexts": { "trace": { "trace_id": TRACE } },
            "breadcrumbs": [{ "timestamp": "2026-05-01T12:00:59Z", "category": "ui.click", "message": "button.pay" }],
            "exception": { "values": [{ "type": "StockError", "value": "nothing left" }] } })
    .to_string()
}

#[test]
fn files_of_a_ticket_are_joined_stand_on_one_axis_and_what_led_to_what_is_said_by_a_person_and_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    let path = dir.path().join("app.log");
    std::fs::write(&path, log()).unwrap();
    let added = call(&engine, "case_file_add", json!({ "ticket": "T-1", "path": path }));
    assert_eq!((added["file"]["kind"].as_str(), added["file"]["errors"].as_u64()), (Some("log"), Some(1)));
    assert_eq!(added["file"]["sensitive"], json!([{ "kind": "email", "count": 1 }]));
    call(&engine, "case_file_add", json!({ "ticket": "T-1", "name": "event.json", "data": event() }));
    call(&engine, "case_file_add", json!({ "ticket": "T-1", "link": "https://replay.example/r/1" }));
    let list = call(&engine, "case_files_list", json!({ "ticket": "T-1" }));
    let joins: Vec<_> = list["joins"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (one["kind"].as_str().unwrap(), one["files"].as_array().unwrap().len(), one["ticket"].as_bool().unwrap())
        })
        .collect();
    assert_eq!(joins, [("request", 1, true), ("trace", 2, false), ("time", 2, true)]);
    let group = &list["files"][0]["groups"][0];
    let lines = call(&engine, "case_lines", json!({ "id": list["files"][0]["id"], "group": group["key"], "limit": 5 }));
    assert_eq!((lines["total"].as_u64(), lines["lines"][0]["number"].as_u64()), (Some(1), Some(41)));

    let axis = call(&engine, "case_timeline", json!({ "ticket": "T-1" }));
    let kinds: Vec<_> = axis["moments"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["release", "file", "file", "file", "ticket"]);
    let whys: Vec<_> = axis["perhaps"].as_array().unwrap().iter().map(|one| one["why"].as_str().unwrap()).collect();
    assert_eq!(whys, ["before", "shared", "reported"]);
    assert_eq!(axis["chain"], json!([]), "nothing is so until somebody says it");
    let first = &axis["perhaps"][0];
    let said = json!({ "ticket": "T-1", "cause": first["cause"], "effect": first["effect"] });
    let undo = call(&engine, "chain_say", said.clone())["undo"].clone();
    assert_eq!(api::rpc(&engine, "chain_say", said).unwrap_err().code, "bad_input", "once is enough");
    let backwards = json!({ "ticket": "T-1", "cause": first["effect"], "effect": first["cause"] });
    assert_eq!(api::rpc(&engine, "chain_say", backwards).unwrap_err().code, "bad_input");
    let axis = call(&engine, "case_timeline", json!({ "ticket": "T-1" }));
    assert_eq!((axis["chain"].as_array().unwrap().len(), axis["perhaps"].as_array().unwrap().len()), (1, 2));
    call(&engine, "chain_unsay", json!({ "undo": undo }));
    assert_eq!(call(&engine, "case_timeline", json!({ "ticket": "T-1" }))["chain"], json!([]));
}

const TRACE_TEXT: &str = "java.lang.IllegalStateException: no stock for order 7\n\tat shop.Stock.take(Stock.java:7)\n\tat shop.Web.pay(Web.java:40)\n";

/// Of two tickets one has the trace in its log, the other one in its words.
#[test]
fn a_trace_in_a_file_is_the_tickets_own_and_finds_the_case_that_has_it_in_its_words_and_is_found_by_it() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    let seen = |args: Value| call(&engine, "seen_before", args);
    let log = format!(
        "{}2026-05-01T12:02:00Z ERROR paying failed\n{TRACE_TEXT}",
        "2026-05-01T12:00:00Z INFO served\n".repeat(9)
    );
    let undo =
        call(&engine, "case_file_add", json!({ "ticket": "T-2", "name": "app.log", "data": log }))["undo"].clone();
    engine.wait_until_searchable().unwrap();
    let own = seen(json!({ "ticket": "T-2" }));
    assert_eq!(
        (&own["ran"][0]["exception"], &own["ran"][0]["file"]),
        (&json!("java.lang.IllegalStateException"), &json!("app.log"))
    );
    assert_eq!(own["ran"][0]["frames"][0]["line"], 7);
    let asked = seen(json!({ "text": TRACE_TEXT }));
    assert_eq!((&asked["ran"][0]["tickets"], &asked["hits"][0]["id"]), (&json!(1), &json!("files:T-2")), "{asked}");
    let kinds: Vec<_> =
        asked["hits"][0]["receipt"].as_array().unwrap().iter().map(|part| part["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"signature"), "{kinds:?}");
    let past = seen(json!({ "ticket": "T-2", "as_of": "2026-05-02T00:00:00Z" }));
    assert_eq!(past["ran"], json!([]), "the file came later");
    let draft = call(&engine, "escalation_draft", json!({ "ticket": "T-2" }));
    let package: Value = serde_json::from_str(draft["json"].as_str().unwrap()).unwrap();
    assert_eq!(package["errors"][0]["code"], own["ran"][0]["code"]);
    assert!(package["errors"][0]["times"][0]["utc"].as_str().unwrap().starts_with("2026-05-01T12:0"), "{package}");
    call(&engine, "case_file_remove", json!({ "undo": undo }));
    engine.wait_until_searchable().unwrap();
    assert_eq!(
        (&seen(json!({ "ticket": "T-2" }))["ran"], &seen(json!({ "text": TRACE_TEXT }))["ran"][0]["tickets"]),
        (&json!([]), &json!(0))
    );
}

#[test]
fn what_an_earlier_version_kept_of_a_file_is_read_again_once() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    let id = call(&engine, "case_file_add", json!({ "ticket": "T-2", "name": "app.log", "data": TRACE_TEXT }))["undo"]
        .as_i64()
        .unwrap();
    engine.core.store.put_found(id, r#"{"lines":1}"#).unwrap();
    assert_eq!(call(&engine, "seen_before", json!({ "ticket": "T-2" }))["ran"], json!([]));
    call(&engine, "case_files_list", json!({ "ticket": "T-2" }));
    assert_eq!(call(&engine, "seen_before", json!({ "ticket": "T-2" }))["ran"][0]["file"], "app.log");
}

#[test]
fn what_files_say_fills_the_package_redacted_and_goes_with_the_ticket() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    call(&engine, "case_file_add", json!({ "ticket": "T-2", "name": "app.log", "data": log() }));
    call(&engine, "case_file_add", json!({ "ticket": "T-2", "name": "event.json", "data": event() }));
    let draft = call(&engine, "escalation_draft", json!({ "ticket": "T-2" }));
    let text = draft["json"].as_str().unwrap();
    assert!(text.contains("no stock for order 7") && text.contains("StockError: nothing left"), "{text}");
    assert!(text.contains("ui.click: button.pay") && text.contains("2026-05-01T12:01:00"), "{text}");
    assert!(!text.contains("ann@example.com"), "what is somebody's does not leave");
    let files = draft["files"].as_array().unwrap();
    assert_eq!((files[0]["name"].as_str(), files[0]["whole"].as_bool()), (Some("app.log"), Some(true)));
    assert!(files[0]["text"]["text"].as_str().unwrap().contains("by [e-mail"), "{}", files[0]);
    assert!(draft["markdown"]["text"].as_str().unwrap().contains("app.log, 1"), "{}", draft["markdown"]["text"]);
    call(&engine, "purge", json!({ "ticket": "files:T-2" }));
    assert_eq!(call(&engine, "scan", json!({ "word": "no stock for order" }))["database"], 0);
}

#[test]
fn what_cannot_be_read_is_refused_in_words() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    let wrong = |args: Value| api::rpc(&engine, "case_file_add", args).unwrap_err().message;
    let zip = dir.path().join("a.zip");
    std::fs::write(&zip, b"PK\x03\x04").unwrap();
    for (args, words) in [
        (json!({ "ticket": "T-1", "path": zip }), "unpack it"),
        (json!({ "ticket": "T-1", "path": dir.path() }), "is a folder"),
        (json!({ "ticket": "T-1", "path": "/nowhere/at/all" }), "annot read /nowhere"),
        (json!({ "ticket": "T-1", "name": "x", "data": "" }), "is empty"),
        (json!({ "ticket": "T-1", "name": "x", "data": "\u{2713}" }), "bytes"),
        (json!({ "ticket": "T-1", "link": "http://replay.example/1" }), "https://"),
        (json!({ "ticket": "T-1" }), "one file"),
    ] {
        assert!(wrong(args).contains(words), "{words}");
    }
    assert_eq!(call(&engine, "case_files_list", json!({ "ticket": "T-1" }))["files"], json!([]));
}

#[test]
fn a_file_that_was_taken_away_comes_back_and_a_picture_is_shown_as_large_as_it_says() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    let picture = |width: u32| -> String {
        let bytes =
            [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &width.to_be_bytes(), &[0, 0, 1, 0x90, 8, 6, 0, 0, 0]].concat();
        bytes.into_iter().map(char::from).collect()
    };
    let add = |name: &str, data: String| {
        call(&engine, "case_file_add", json!({ "ticket": "T-1", "name": name, "data": data }))["undo"].clone()
    };
    let (shot, bomb) = (add("shot.png", picture(640)), add("bomb.png", picture(4_000_000_000)));
    let shown = call(&engine, "case_picture", json!({ "id": shot }));
    assert_eq!((&shown["media"], &shown["width"], &shown["height"]), (&json!("image/png"), &json!(640), &json!(400)));
    assert_eq!(shown["data"], "iVBORw0KGgoAAAANSUhEUgAAAoAAAAGQCAYAAAA=");
    assert_eq!(api::rpc(&engine, "case_picture", json!({ "id": bomb })).unwrap_err().code, "bad_input");
    let files = || call(&engine, "case_files_list", json!({ "ticket": "T-1" }))["files"].as_array().unwrap().len();
    let deed = || call(&engine, "deeds_list", json!({ "limit": 1 }))[0].clone();
    call(&engine, "case_file_remove", json!({ "undo": shot }));
    assert_eq!((files(), &deed()["what"], &deed()["about"]), (1, &json!("case_file_remove"), &json!("files:T-1")));
    assert_eq!(api::rpc(&engine, "case_picture", json!({ "id": shot })).unwrap_err().code, "not_found");
    call(&engine, "deed_undo", json!({}));
    assert_eq!(files(), 2);
    // By its own button: the removal is marked as taken back, and is no second deed.
    call(&engine, "case_file_remove", json!({ "undo": shot }));
    call(&engine, "case_file_remove", json!({ "undo": shot, "back": true }));
    assert!(files() == 2 && deed()["undone_at"].is_i64());
    call(&engine, "deed_undo", json!({}));
    assert_eq!(files(), 1, "the last that stands is that the bomb was added");
}
