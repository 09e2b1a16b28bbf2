//! Signing in to a forge with a code that is typed in there (RFC 8628), as GitHub answers it: refusals come with status 200.

use crate::support::{
    network::{HandClock, NoWait, noon, unwaiting},
    web::{Answer, Asked, Web},
};
use engine::{Engine, KeyFile, OpenOptions, api::view::Event};
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

/// Long enough for any machine; nothing here waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(120);

#[derive(Default)]
struct Forge {
    /// What is said to each question whether somebody said yes; then it is yes.
    says: VecDeque<Value>,
    /// How many pairs of tokens were given.
    pairs: u64,
}

impl Forge {
    fn answer(&mut self, asked: &Asked, address: &str) -> Answer {
        let ok = |body: Value| Answer::new(200, body.to_string());
        let body: Value = serde_json::from_str(&asked.body).unwrap_or_default();
        let path = asked.path.split('?').next().unwrap();
        if path.starts_with("/login/")
            && (asked.header("accept") != Some("application/json") || body["client_id"] != "Iv1.precedent")
        {
            return Answer::new(404, "");
        }
        match path {
            "/login/device/code" => ok(json!({ "device_code": "the-device-code", "user_code": "WDJB-MJHT",
                "verification_uri": format!("http://{address}/login/device"), "expires_in": 900, "interval": 5 })),
            "/login/oauth/access_token" => {
                let due = match body["grant_type"].as_str() {
                    Some("urn:ietf:params:oauth:grant-type:device_code") => body["device_code"] == "the-device-code",
                    Some("refresh_token") => body["refresh_token"] == format!("ghr_{}", self.pairs),
                    _ => false,
                };
                if !due {
                    return ok(json!({ "error": "bad_refresh_token", "error_description": "It is over." }));
                }
                if let Some(said) = self.says.pop_front() {
                    return ok(said);
                }
                self.pairs += 1;
                let number = self.pairs;
                ok(json!({ "access_token": format!("ghu_{number}"), "refresh_token": format!("ghr_{number}"),
                    "expires_in": 28_800, "token_type": "bearer", "scope": "" }))
            }
            _ if asked.header("authorization") != Some(format!("Bearer ghu_{}", self.pairs).as_str()) => {
                Answer::new(401, r#"{"message":"Bad credentials"}"#)
            }
            _ if path.ends_with("/issues")
                || path.ends_with("/comments")
                || path.contains("/releases")
                || path.contains("/tags")
                || path.contains("/deployments") =>
            {
                ok(json!([]))
            }
            _ => Answer::new(404, "{}"),
        }
    }
}

struct Asking {
    engine: Arc<Engine>,
    forge: Arc<Mutex<Forge>>,
    web: Web,
    pace: Arc<NoWait>,
    clock: Arc<HandClock>,
    ended: mpsc::Receiver<Value>,
    _dir: tempfile::TempDir,
}

impl Asking {
    fn saying(says: &[Value]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let forge = Arc::new(Mutex::new(Forge { says: says.to_vec().into(), pairs: 0 }));
        let mine = Arc::clone(&forge);
        let web = Web::serve(move |asked| {
            let host = asked.header("host").unwrap().to_owned();
            mine.lock().unwrap().answer(asked, &host)
        });
        let (network, pace) = unwaiting();
        let (clock, secrets) = (noon(), Arc::new(KeyFile::at(dir.path().join("keys"))));
        let home = dir.path().join("home");
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
        let asking = Self { engine, forge, web, pace, clock, ended, _dir: dir };
        let url = format!("http://{}/acme/ledger", asking.web.address);
        let options = json!([{ "key": "client", "value": "Iv1.precedent" }]);
        asking.call("source_add", json!({ "kind": "github", "url": url, "name": "forge", "options": options }));
        asking
    }

    fn call(&self, name: &str, args: Value) -> Value {
        engine::api::rpc(&self.engine, name, args).unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// What is shown, and how it ended.
    fn sign_in(&self) -> (Value, Value) {
        let begun = self.call("source_sign_in", json!({ "name": "forge" }));
        (begun, self.ended.recv_timeout(PATIENCE).expect("the job ends"))
    }

    fn sync(&self) -> Option<&'static str> {
        let run = engine::sync_now(&self.engine, Some("forge"), &|_, _| {}).unwrap().remove(0);
        run.error.map(|error| error.code())
    }

    fn waits(&self) -> Vec<u64> {
        self.pace.waits().iter().map(Duration::as_secs).collect()
    }
}

fn said(error: &str) -> Value {
    json!({ "error": error, "error_description": format!("It is {error}.") })
}

#[test]
fn a_code_is_shown_and_asked_about_as_often_as_the_service_wants_until_somebody_said_yes() {
    let asking = Asking::saying(&[
        said("authorization_pending"),
        json!({ "error": "slow_down", "interval": 10 }),
        said("authorization_pending"),
    ]);
    let (shown, job) = asking.sign_in();
    assert_eq!(shown["code"], "WDJB-MJHT");
    assert_eq!(shown["page"], format!("http://{}/login/device", asking.web.address));
    assert_eq!(job["state"], "done", "{job}");
    assert_eq!(asking.waits(), [5, 5, 10, 10], "before the first question too, and slower from when it was told");
    assert_eq!(asking.sync(), None);
    let ledger = asking.call("ledger_list", json!({}));
    let rows = ledger["rows"].as_array().unwrap();
    assert_eq!(rows.iter().filter(|row| row["purpose"] == "sign in").count(), 5);
    assert_eq!(ledger["total"], json!(asking.web.paths().len()));
    let told = ledger.to_string();
    assert!(!told.contains("the-device-code") && !told.contains("ghu_") && !told.contains("WDJB"), "{told}");
}

#[test]
fn what_signing_in_gave_is_renewed_before_it_ends_and_told_when_it_is_over() {
    let asking = Asking::saying(&[]);
    assert_eq!(asking.sign_in().1["state"], "done");
    asking.clock.move_minutes(8 * 60);
    assert_eq!((asking.sync(), asking.forge.lock().unwrap().pairs), (None, 2));
    // Somebody took it back there.
    asking.forge.lock().unwrap().pairs = 7;
    assert_eq!(asking.sync(), Some("signed_out"));
    asking.forge.lock().unwrap().says.clear();
    assert_eq!(asking.sign_in().1["state"], "done", "and signing in again mends it");
    assert_eq!(asking.sync(), None);
}

#[test]
fn who_says_no_or_nothing_is_told_so_and_nobody_is_signed_in() {
    for (says, words) in [("access_denied", "said no"), ("expired_token", "in time")] {
        let asking = Asking::saying(&[said("authorization_pending"), said(says)]);
        let job = asking.sign_in().1;
        assert_eq!((&job["state"], &job["error"]["code"]), (&json!("failed"), &json!("sign_in_failed")), "{job}");
        assert!(job["error"]["message"].as_str().unwrap().contains(words), "{job}");
        assert_eq!(asking.call("sources_list", json!({}))[0]["has_token"], false);
    }
    // It never says anything: the code is over by this machine's own watch.
    let asking = Asking::saying(&vec![said("authorization_pending"); 400]);
    let job = asking.sign_in().1;
    assert!(job["error"]["message"].as_str().unwrap().contains("in time"), "{job}");
    assert_eq!(asking.waits().iter().sum::<u64>() / 5, 181, "fifteen minutes, and not one question more");
}
