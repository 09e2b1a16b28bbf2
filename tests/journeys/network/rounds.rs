//! Sources that are asked by themselves, as a host that stays has them asked.

use crate::support::{
    forge::{Forge, stamp},
    network::{HandClock, noon, staying},
};
use engine::Door;
use serde_json::{Value, json};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::Duration,
};

/// Long enough for any machine; nothing here waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(120);

struct Staying {
    door: Arc<Door>,
    forge: Forge,
    web: crate::support::web::Web,
    clock: Arc<HandClock>,
    ended: Mutex<mpsc::Receiver<Value>>,
    on_battery: Arc<AtomicBool>,
    _dir: tempfile::TempDir,
}

impl Staying {
    fn with(issues: u64) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (forge, clock) = (Forge::with(issues), noon());
        let web = forge.open();
        let on_battery = Arc::new(AtomicBool::new(false));
        let (door, ended) = staying(&dir.path().join("home"), &clock, &on_battery, 10);
        let staying = Self { door, forge, web, clock, ended: Mutex::new(ended), on_battery, _dir: dir };
        let url = format!("http://{}/acme/ledger", staying.web.address);
        staying.call("source_add", json!({ "kind": "github", "url": url, "name": "ledger" }));
        staying.call("sync_start", json!({ "name": "ledger" }));
        assert_eq!(staying.next_end()["unasked"], false);
        staying
    }

    fn call(&self, name: &str, args: Value) -> Value {
        self.door.rpc(name, args).unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    fn source(&self) -> Value {
        self.call("sources_list", json!({}))[0].clone()
    }

    /// The next round that ends, while minutes pass: a look may come before or after any of them.
    fn next_round(&self) -> Value {
        for _ in 0..600 {
            self.clock.move_minutes(2);
            let ended = self.ended.lock().unwrap().recv_timeout(Duration::from_millis(200));
            if let Ok(job) = ended {
                assert_eq!(job["unasked"], true);
                return job;
            }
        }
        panic!("nothing came round")
    }

    /// The next job that ends.
    fn next_end(&self) -> Value {
        self.ended.lock().unwrap().recv_timeout(PATIENCE).expect("a run ends")
    }

    /// Nothing runs although there were looks enough: each look that finds something due starts it.
    fn assert_left_alone(&self) {
        let ended = self.ended.lock().unwrap().recv_timeout(Duration::from_millis(400));
        assert!(ended.is_err(), "{ended:?}");
    }
}

#[test]
fn what_changed_comes_by_itself_and_without_a_fuss() {
    let staying = Staying::with(20);
    staying.forge.put(7, &stamp(9_000), "Voucher 7 was posted twice");
    let round = staying.next_round();
    assert_eq!(
        (&round["unasked"], &round["state"], &round["report"]["changed"]),
        (&json!(true), &json!("done"), &json!(1))
    );
    staying.next_round();
    let jobs = staying.call("jobs_list", json!({}));
    let unasked = jobs.as_array().unwrap().iter().filter(|job| job["unasked"] == true).count();
    assert_eq!(unasked, 1, "of many rounds the last one is remembered");
}

#[test]
fn a_round_that_fails_heals_alone_and_a_permanent_failure_ends_the_rounds() {
    let staying = Staying::with(20);
    staying.forge.instead((0..6).map(|_| Some(crate::support::web::Answer::new(503, ""))));
    assert_eq!(staying.next_round()["error"]["code"], "server_trouble");
    assert_eq!(staying.source()["failure"]["code"], "server_trouble");
    assert_eq!(staying.next_round()["state"], "done");
    assert_eq!(staying.source()["failure"], json!(null));
    staying.forge.want_token("another");
    assert_eq!(staying.next_round()["error"]["code"], "token_needed");
    staying.clock.move_minutes(600);
    staying.assert_left_alone();
    assert_eq!((&staying.source()["stopped"], &staying.source()["paused"]), (&json!(true), &json!(false)));
}

#[test]
fn a_pause_lasts_until_somebody_ends_it_and_a_sync_by_hand_does_not() {
    let staying = Staying::with(20);
    let pause = |paused: bool| staying.call("source_pause", json!({ "name": "ledger", "paused": paused }));
    assert_eq!((&pause(true)["paused"], &staying.source()["stopped"]), (&json!(true), &json!(false)));
    staying.clock.move_minutes(600);
    staying.assert_left_alone();
    staying.call("sync_start", json!({ "name": "ledger" }));
    assert_eq!(staying.next_end()["state"], "done");
    assert_eq!(staying.source()["paused"], true);
    assert_eq!(pause(false)["paused"], false);
    assert_eq!(staying.next_round()["unasked"], true);
}

#[test]
fn the_person_and_the_battery_decide_how_often() {
    let staying = Staying::with(5);
    assert_eq!(staying.call("rhythm_get", json!({})), json!({ "minutes": 5, "now": 5, "slower": null }));
    assert_eq!(staying.call("rhythm_set", json!({ "minutes": null }))["now"], json!(null));
    staying.clock.move_minutes(600);
    staying.assert_left_alone();
    staying.on_battery.store(true, Ordering::SeqCst);
    let low = staying.call("rhythm_set", json!({ "minutes": 60 }));
    assert_eq!(low, json!({ "minutes": 60, "now": null, "slower": "low_battery" }));
    staying.clock.move_minutes(600);
    staying.assert_left_alone();
    staying.on_battery.store(false, Ordering::SeqCst);
    assert_eq!(staying.next_round()["unasked"], true);
    let refused = staying.door.rpc("rhythm_set", json!({ "minutes": 0 })).unwrap_err();
    assert_eq!(refused.code, "bad_input");
}
