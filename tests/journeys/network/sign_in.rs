//! Signing in to a help desk: a browser that comes back, tokens that end, and what is left when somebody pulls the plug.

use crate::support::{
    network::{HandClock, noon, unwaiting},
    precedent,
    web::{Answer, Asked, Fault, Web},
};
use engine::{Engine, KeyFile, OpenOptions, api::view::Event};
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::TcpStream,
    path::PathBuf,
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

/// Long enough for any machine; nothing here waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(120);

/// A desk that signs in as RFC 6749 and 7636 have it. Each pair of tokens ends the one before.
#[derive(Default)]
struct Desk {
    /// How many pairs were given.
    pairs: u64,
    /// What the browser was asked to bring: the challenge.
    challenge: String,
    /// Every refresh token is refused.
    ended: bool,
    /// The access token ends after so many more answers.
    end_after: Option<u64>,
    ended_early: bool,
    /// The answer to the next renewal does not arrive.
    lose_one: bool,
    /// The file in which the workspace keeps its secrets, and whether each token was in it before it was used.
    keys: PathBuf,
    kept_first: bool,
}

impl Desk {
    fn answer(&mut self, asked: &Asked) -> Answer {
        let path = asked.path.split('?').next().unwrap();
        if path == "/oauth/tokens" {
            return self.give(&serde_json::from_str(&asked.body).unwrap());
        }
        let token = asked.header("authorization").unwrap_or_default().to_owned();
        self.end_after = match self.end_after {
            Some(0) => {
                self.ended_early = true;
                None
            }
            left => left.map(|left| left - 1),
        };
        if token != format!("Bearer access-{}", self.pairs) || self.pairs == 0 || self.ended_early {
            return Answer::new(401, r#"{"error":"invalid_token"}"#);
        }
        let kept = std::fs::read_to_string(&self.keys).unwrap_or_default();
        self.kept_first &= kept.contains(&format!("refresh-{}", self.pairs));
        let ok = |body: Value| Answer::new(200, body.to_string());
        match path {
            "/api/v2/tickets.json" => ok(json!({ "tickets": [ticket()], "meta": { "has_more": false } })),
            "/api/v2/incremental/tickets/cursor.json" => {
                ok(json!({ "tickets": [ticket()], "after_cursor": "1", "end_of_stream": true }))
            }
            "/api/v2/incremental/ticket_events.json" => {
                ok(json!({ "ticket_events": [], "end_time": 1_767_400_100, "end_of_stream": true }))
            }
            "/api/v2/users.json" => ok(json!({ "users": [], "meta": { "has_more": false } })),
            "/api/v2/groups.json" => ok(json!({ "groups": [], "meta": { "has_more": false } })),
            _ => Answer::new(404, "{}"),
        }
    }

    fn give(&mut self, body: &Value) -> Answer {
        let refused = || Answer::new(400, r#"{"error":"invalid_grant","error_description":"The grant is invalid."}"#);
        let due = match body["grant_type"].as_str() {
            Some("authorization_code") => {
                let verifier = body["code_verifier"].as_str().unwrap();
                let hash = ring::digest::digest(&ring::digest::SHA256, verifier.as_bytes());
                let proven = self.challenge == base64url(hash.as_ref());
                body["code"] == "the code" && proven
            }
            Some("refresh_token") => body["refresh_token"] == format!("refresh-{}", self.pairs) && !self.ended,
            _ => false,
        };
        if !due || body["client_id"] != "precedent" {
            return refused();
        }
        self.pairs += 1;
        self.ended_early = false;
        let number = self.pairs;
        let pair = json!({ "access_token": format!("access-{number}"), "refresh_token": format!("refresh-{number}"),
            "expires_in": 1800, "token_type": "bearer", "scope": "read" });
        let answer = Answer::new(200, pair.to_string());
        if std::mem::take(&mut self.lose_one) { answer.failing(Fault::Reset(0)) } else { answer }
    }
}

fn ticket() -> Value {
    json!({ "id": 1, "subject": "Voucher 1 was not posted", "description": "The ledger stays empty.", "status": "open",
        "requester_id": 7, "tags": [], "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-03T00:00:00Z",
        "generated_timestamp": 1_767_400_100 })
}

fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let letter = |six: &str| char::from(LETTERS[usize::from_str_radix(&format!("{six:0<6}"), 2).unwrap()]);
    bits.as_bytes().chunks(6).map(|six| letter(std::str::from_utf8(six).unwrap())).collect()
}

struct Asking {
    engine: Arc<Engine>,
    desk: Arc<Mutex<Desk>>,
    web: Web,
    clock: Arc<HandClock>,
    ended: mpsc::Receiver<Value>,
    _dir: tempfile::TempDir,
}

impl Asking {
    fn desk() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let keys = dir.path().join("keys");
        let desk = Arc::new(Mutex::new(Desk { keys: keys.clone(), kept_first: true, ..Desk::default() }));
        let mine = Arc::clone(&desk);
        let web = Web::serve(move |asked| mine.lock().unwrap().answer(asked));
        let (clock, secrets) = (noon(), Arc::new(KeyFile::at(keys)));
        let (network, home) = (unwaiting().0, dir.path().join("home"));
        let engine =
            Engine::open(OpenOptions { secrets, network, clock: clock.clone(), ..OpenOptions::at(home) }).unwrap();
        let (tell, ended) = mpsc::channel();
        let tell = Mutex::new(tell);
        engine.subscribe(Box::new(move |event| {
            if let Event::Job { job } = event
                && job.state != "running"
            {
                let _ = tell.lock().unwrap().send(serde_json::to_value(job).unwrap());
            }
        }));
        let asking = Self { engine, desk, web, clock, ended, _dir: dir };
        let url = format!("http://{}", asking.web.address);
        let options = json!([{ "key": "client", "value": "precedent" }]);
        let added =
            asking.call("source_add", json!({ "kind": "zendesk", "url": url, "name": "desk", "options": options }));
        assert_eq!((&added["signs_in"], &added["has_token"]), (&json!(true), &json!(false)));
        asking
    }

    fn call(&self, name: &str, args: Value) -> Value {
        engine::api::rpc(&self.engine, name, args).unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// Begins, and does what a browser does when somebody said yes: `bring` is what it comes back with.
    fn sign_in(&self, bring: &str) -> Value {
        let begun = self.call("source_sign_in", json!({ "name": "desk" }));
        let page = begun["page"].as_str().unwrap();
        let asked = Asked { method: "GET".into(), path: page.into(), headers: Vec::new(), body: String::new() };
        self.desk.lock().unwrap().challenge = asked.query("code_challenge").unwrap();
        let back = asked.query("redirect_uri").unwrap().replace("%3A", ":").replace("%2F", "/");
        let place = back.strip_prefix("http://").unwrap();
        let (host, path) = place.split_once('/').unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        let bring = bring.replace("STATE", &asked.query("state").unwrap());
        write!(stream, "GET /{path}?{bring} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        stream.read_to_string(&mut String::new()).unwrap();
        self.ended.recv_timeout(PATIENCE).expect("the job ends")
    }

    fn signed_in() -> Self {
        let asking = Self::desk();
        let job = asking.sign_in("code=the+code&state=STATE");
        assert_eq!(job["state"], "done", "{job}");
        asking
    }

    /// The code of what ended a run.
    fn sync(&self) -> Option<&'static str> {
        let run = engine::sync_now(&self.engine, Some("desk"), &|_, _| {}).unwrap().remove(0);
        run.error.map(|error| error.code())
    }

    fn source(&self) -> Value {
        self.call("sources_list", json!({}))[0].clone()
    }

    fn given(&self) -> u64 {
        self.desk.lock().unwrap().pairs
    }
}

#[test]
fn somebody_signs_in_and_tickets_come_with_what_that_gave() {
    let asking = Asking::signed_in();
    assert_eq!((asking.sync(), asking.source()["tickets"].as_u64()), (None, Some(1)));
    let ledger = asking.call("ledger_list", json!({}));
    let rows = ledger["rows"].as_array().unwrap();
    let signed = rows.iter().find(|row| row["purpose"] == "sign in").unwrap();
    assert_eq!((&signed["path"], &signed["method"]), (&json!("/oauth/tokens"), &json!("POST")));
    assert!(!ledger.to_string().contains("the code") && !ledger.to_string().contains("access-1"));
    assert!(asking.web.asked().iter().all(|asked| !asked.path.contains("access") && !asked.path.contains("refresh")));
}

#[test]
fn a_token_that_ends_in_the_middle_of_a_run_is_replaced_once_and_the_run_goes_on_at_the_same_page() {
    let asking = Asking::signed_in();
    asking.desk.lock().unwrap().end_after = Some(2);
    assert_eq!((asking.sync(), asking.given()), (None, 2));
    let paths: Vec<String> = asking.web.paths().iter().map(|path| path.split('?').next().unwrap().to_owned()).collect();
    let renewed = paths.iter().rposition(|path| path == "/oauth/tokens").unwrap();
    assert_eq!(paths[renewed - 1], paths[renewed + 1], "the page that was refused is asked for again: {paths:?}");
    assert!(asking.desk.lock().unwrap().kept_first, "it was on the disk before anything was asked with it");
}

#[test]
fn before_its_time_is_over_the_next_pair_is_asked_for_and_the_old_one_never_used_again() {
    let asking = Asking::signed_in();
    asking.clock.move_minutes(29);
    assert_eq!((asking.sync(), asking.given()), (None, 2));
    asking.clock.move_minutes(10);
    assert_eq!((asking.sync(), asking.given()), (None, 2), "it is good for a while");
    asking.clock.move_minutes(60);
    assert_eq!((asking.sync(), asking.given()), (None, 3));
    assert!(asking.desk.lock().unwrap().kept_first, "each pair was on the disk before anything was asked with it");
}

#[test]
fn a_sign_in_that_is_over_stops_the_source_and_signing_in_again_mends_it() {
    let asking = Asking::signed_in();
    asking.desk.lock().unwrap().ended = true;
    asking.clock.move_minutes(60);
    assert_eq!(asking.sync(), Some("signed_out"));
    assert_eq!(asking.sync(), Some("signed_out"));
    let source = asking.source();
    assert_eq!((&source["stopped"], &source["failure"]["code"]), (&json!(true), &json!("signed_out")));
    assert_eq!(asking.sign_in("code=the+code&state=STATE")["state"], "done");
    assert_eq!(asking.source()["stopped"], false);
    asking.desk.lock().unwrap().ended = false;
    assert_eq!(asking.sync(), None);
}

#[test]
fn an_answer_that_is_lost_while_renewing_is_told_and_nothing_is_sent_twice() {
    let asking = Asking::signed_in();
    asking.desk.lock().unwrap().lose_one = true;
    asking.clock.move_minutes(60);
    assert_eq!(asking.sync(), Some("broken_off"));
    assert_eq!(asking.given(), 2, "it was asked for once");
    // The desk gave another pair that nobody heard of, and the one before is over: only a person helps.
    assert_eq!(asking.sync(), Some("signed_out"));
}

#[test]
fn who_says_no_and_a_code_that_is_not_the_desks_leave_the_source_as_it_was() {
    let asking = Asking::desk();
    let job = asking.sign_in("error=access_denied&error_description=The+end-user+denied+it&state=STATE");
    assert_eq!((&job["state"], &job["error"]["code"]), (&json!("failed"), &json!("sign_in_failed")));
    assert!(job["error"]["message"].as_str().unwrap().contains("The end-user denied it"));
    let job = asking.sign_in("code=another&state=STATE");
    assert_eq!(job["error"]["code"], "sign_in_failed");
    assert_eq!(asking.source()["has_token"], false);
    let url = json!({ "kind": "gitlab", "url": "https://gitlab.com/acme/ledger", "options": [{ "key": "client", "value": "x" }] });
    assert_eq!(engine::api::rpc(&asking.engine, "source_add", url).unwrap_err().code, "bad_input");
}

/// The plug is pulled between the answer with the next pair of tokens and the first request made with it.
#[cfg(all(unix, debug_assertions))]
#[test]
fn a_kill_while_the_token_is_renewed_leaves_a_source_that_heals_or_says_that_somebody_has_to_sign_in() {
    use std::process::Stdio;
    for (step, heals) in [("tokens answered", false), ("secret appended", true), ("tokens kept", true)] {
        let Asking { engine, desk, web, _dir: dir, .. } = Asking::signed_in();
        drop(engine);
        let keys = dir.path().join("keys");
        let sync = |crash: &str| {
            let mut command = precedent();
            command.args(["--json", "sync", "--once", "--home"]).arg(dir.path().join("home"));
            command.env("PRECEDENT_KEY_FILE", &keys).env("PRECEDENT_CRASH_AT", crash);
            let done = command.stdout(Stdio::piped()).stderr(Stdio::null()).output().unwrap();
            (done.status, serde_json::from_slice::<Value>(&done.stdout).unwrap_or_default())
        };
        // By the clock of this machine what was given at that noon is over: the first thing that is asked for is the next pair.
        let (status, _) = sync(step);
        assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(6), "{step} was never come by");
        assert_eq!(desk.lock().unwrap().pairs, 2, "{step}: the desk gave the next pair, which ends the one before");
        let kept = std::fs::read_to_string(&keys).unwrap();
        assert_eq!(kept.contains("refresh-2"), heals, "{step}: the new pair is on the disk or not");
        assert!(heals || kept.contains("refresh-1"), "{step}: then the old one is");

        let (status, lines) = sync("");
        assert_eq!(status.success(), heals, "{step}: {lines}");
        if heals {
            assert_eq!(
                (&lines[0]["error"], desk.lock().unwrap().pairs),
                (&json!(null), 2),
                "{step}: nothing was asked for again"
            );
            assert!(desk.lock().unwrap().kept_first, "{step}");
        } else {
            assert_eq!(lines[0]["error"]["code"], "signed_out", "{step}: {lines}");
            assert!(
                lines[0]["error"]["hint"].as_str().unwrap().contains("ign in"),
                "{step}: it says what to do: {lines}"
            );
        }
        let asked = web.paths().iter().filter(|path| *path == "/oauth/tokens").count();
        assert_eq!(asked, if heals { 2 } else { 3 }, "{step}: a pair is asked for once");
    }
}
