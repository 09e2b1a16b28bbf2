//! The exam, taken without anybody asking.

use crate::support::{
    network::{noon, staying},
    ticket,
};
use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// Long enough for any machine; nothing here waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(120);

/// Tickets in pairs, of which the second repeats the first.
fn pairs(of: std::ops::Range<u32>) -> String {
    let line = |id: String, subject: &str, repeats: Option<String>| {
        let mut line: Value = serde_json::from_str(&ticket(&id, subject, "It fails since noon.")).unwrap();
        line["created_at"] = json!(format!("2024-0{}-01T10:00:00Z", if repeats.is_some() { 3 } else { 2 }));
        line["duplicate_of"] = json!(repeats.into_iter().collect::<Vec<_>>());
        line.to_string()
    };
    let pair = |n: u32| {
        let (first, subject) = (format!("A-{n}"), format!("thing{n} stops"));
        [line(first.clone(), &subject, None), line(format!("B-{n}"), &subject, Some(first))]
    };
    of.flat_map(pair).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_exam_is_taken_by_itself_once_enough_answers_are_known_once_a_week_and_never_on_battery() {
    let dir = tempfile::tempdir().unwrap();
    let (clock, on_battery) = (noon(), Arc::new(AtomicBool::new(false)));
    let (door, ended) = staying(&dir.path().join("home"), &clock, &on_battery, 90);
    let next = |patience| ended.recv_timeout(patience).map(|job| (job["kind"].clone(), job["state"].clone())).ok();
    let call = |name: &str, args: Value| door.rpc(name, args).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    let import = |pairs: String| {
        let file = dir.path().join("tickets.jsonl");
        std::fs::write(&file, pairs).unwrap();
        call("import_start", json!({ "path": file, "source": "files" }));
        assert_eq!(next(PATIENCE), Some(("import".into(), "done".into())));
    };
    let left_alone = || assert_eq!(next(Duration::from_millis(300)), None);
    let taken = || assert_eq!(next(PATIENCE), Some(("replay".into(), "done".into())));

    import(pairs(0..99));
    clock.move_minutes(11);
    left_alone();
    import(pairs(0..101));
    on_battery.store(true, Ordering::SeqCst);
    clock.move_minutes(61);
    left_alone();
    on_battery.store(false, Ordering::SeqCst);
    left_alone();
    clock.move_minutes(61);
    taken();
    assert_eq!(call("replay_get", json!({}))["run"]["labelled"], 101);
    import(pairs(0..110));
    clock.move_by(3);
    left_alone();
    clock.move_by(5);
    taken();
    assert_eq!(call("replay_get", json!({}))["run"]["labelled"], 110);
}
