//! What people did stands in a log, and can be taken back.

use crate::support::Workspace;
use serde_json::{Value, json};
use std::{fs, path::Path};
use tempfile::TempDir;

const HISTORIES: u64 = 40;
const DEEDS: u64 = 25;

/// The same numbers for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len() as u64) as usize]
    }
}

fn started(dir: &Path) -> Workspace {
    let workspace = Workspace::new();
    let ticket = |n: u32| {
        json!({
            "kind": "ticket", "id": format!("T-{n}"), "subject": format!("Import {n} stalls"), "body": "At row 4096.",
            "product": "Harbor", "version": "5.2", "status": "solved", "resolution": "Restarted the importer, then it ran.",
            "group": "Platform", "created_at": format!("2026-11-0{n}T08:00:00Z"), "solved_at": format!("2026-11-0{n}T18:00:00Z"),
        })
        .to_string()
    };
    workspace.import(&(1..=5).map(ticket).collect::<Vec<_>>().join("\n"));
    let folder = dir.join("kb");
    workspace.call("kb_init", json!({ "path": folder }));
    for n in 1..=2 {
        let text = format!(
            "---\nid: KE-{n}\ntitle: Lock {n}\nstate: workaround_available\ntickets: [T-{n}]\n---\n## Issue\nA\n## Workaround\n1. Stop\n2. Start\n"
        );
        fs::write(folder.join(format!("known-errors/{n}.md")), text).unwrap();
    }
    fs::write(folder.join("rules/r.yml"), "title: R\nknown_error: KE-1\nlooks_for:\n  - phrases: [row 4096]\n")
        .unwrap();
    workspace.call("kb_read", json!({}));
    workspace
}

/// Everything that stands of what people said.
fn standing(workspace: &Workspace) -> Value {
    let of = |name: &str| workspace.call(name, json!({}));
    let tickets = (1..=5).map(|n| {
        let id = format!("T-{n}");
        let steps = [1, 2].map(|known| {
            let steps = workspace.call("steps_list", json!({ "ticket": id, "entry": format!("KE-{known}") }));
            let done: Vec<Value> = steps["done"].as_array().unwrap().iter().map(|done| done["step"].clone()).collect();
            json!([done, steps["outcome"]["outcome"], steps["tried"]["worked"], steps["tried"]["tried"]])
        });
        json!([workspace.call("ticket_get", json!({ "id": id }))["links"], steps])
    });
    let flags: Vec<Value> =
        of("known_errors_list")["rows"].as_array().unwrap().iter().map(|row| row["causes"].clone()).collect();
    let chosen: Vec<Value> =
        of("preferences_get").as_array().unwrap().iter().filter(|one| one["value"] != "").cloned().collect();
    json!({
        "folder": of("kb_status")["hash"],
        "rules": of("rules_list"),
        "tickets": tickets.collect::<Vec<_>>(),
        "flags": flags,
        "waiting": of("capture_list"),
        "curate": of("curate_list"),
        "tiers": of("tiers_get"),
        "cost": of("cost_get"),
        "chosen": chosen,
        "programme": of("programme_get")["markdown"],
    })
}

/// One of everything that can be taken back, to something by chance. What is refused changes nothing.
fn do_something(workspace: &Workspace, dice: &mut Dice) -> bool {
    let tickets = ["T-1", "T-2", "T-3", "T-4", "T-5"];
    let (ticket, other) = (dice.of(&tickets), dice.of(&tickets));
    let entry = dice.of(&["KE-1", "KE-2"]);
    let n = dice.below(1_000);
    let file = |id: &str| workspace.call("kb_show", json!({ "id": id }));
    let (name, args) = match dice.below(18) {
        0 => (
            "feedback_set",
            json!({ "question": format!("files:{ticket}"), "hit": other, "verdict": dice.of(&["used", "not_same"]) }),
        ),
        1 => {
            ("link_add", json!({ "a": ticket, "kind": dice.of(&["same_as", "duplicate_of", "mentions"]), "b": other }))
        }
        2 => ("link_remove", json!({ "a": ticket, "b": other })),
        3 => ("step_log", json!({ "ticket": ticket, "entry": entry, "step": 1 + dice.below(2), "outcome": "done" })),
        4 => ("step_log", json!({ "ticket": ticket, "entry": entry, "outcome": dice.of(&["worked", "did_not_work"]) })),
        5 => ("flag_raise", json!({ "entry": entry, "said": format!("Step {n} is gone") })),
        6 => ("flag_settle", json!({ "id": 1 + dice.below(5), "settled": dice.below(2) == 0 })),
        7 => ("aside_set", json!({ "item": format!("capture:files:{ticket}"), "why": format!("one-off {n}") })),
        8 => ("aside_set", json!({ "item": format!("capture:files:{ticket}") })),
        9 => ("kb_set", json!({ "id": entry, "state": dice.of(&["identified", "fix_released", "closed"]) })),
        10 => ("capture_into", json!({ "ticket": ticket, "entry": entry, "cause": format!("Cause {n}") })),
        11 => {
            let entry = file(entry);
            let text = format!("{}\nLine {n}\n", entry["text"].as_str().unwrap());
            ("kb_save", json!({ "path": entry["entry"]["path"], "before": entry["text"], "text": text }))
        }
        12 => (
            "capture_save",
            json!({ "ticket": ticket, "kind": "article", "title": format!("What {n} taught"), "resolution": "Start it." }),
        ),
        13 => match dice.below(3) {
            0 => (
                "tiers_set",
                json!({ "groups": [{ "name": "Platform", "tier": dice.of(&["l1", "l3"]) }], "group": true }),
            ),
            1 => ("cost_set", json!({ "hours_low": 1, "hours_high": 2 + n, "rate": 90, "refocus_minutes": 0 })),
            _ => ("preference_set", json!({ "key": "runbooks.tier", "value": dice.of(&["l1", "l2"]) })),
        },
        14 => (
            "rule_save",
            json!({ "text": format!("title: New {n}\nknown_error: KE-2\nlooks_for:\n  - phrases: [word{n}]\n") }),
        ),
        15 => ("programme_tick", json!({ "step": dice.of(&["gaps", "concepts"]), "done": dice.below(2) == 0 })),
        16 => {
            let note = json!({ "role": "l2", "pain": format!("Pain {n}"), "often": "daily" });
            let note = if dice.below(3) == 0 { Value::Null } else { note };
            ("interview_set", json!({ "id": dice.below(4), "note": note }))
        }
        _ => ("rule_state_set", json!({ "id": "r", "state": dice.of(&["draft", "muted"]) })),
    };
    workspace.try_call(name, args).is_ok()
}

#[test]
fn whatever_was_done_in_whatever_order_is_taken_back_to_where_it_began() {
    let seed = std::env::var("PRECEDENT_SEED")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(u64::from(std::process::id()));
    println!("PRECEDENT_SEED={seed}");
    let dir = TempDir::new().unwrap();
    let workspace = started(dir.path());
    let before = standing(&workspace);
    let mut dice = Dice(seed);
    let (mut done, mut taken_back) = (0, 0);
    for history in 0..HISTORIES {
        for _ in 0..dice.below(DEEDS) {
            done += u32::from(do_something(&workspace, &mut dice));
        }
        while workspace.try_call("deed_undo", json!({})).is_ok() {
            taken_back += 1;
        }
        assert_eq!(standing(&workspace), before, "history {history}");
    }
    assert!(done > HISTORIES as u32 * 3 && taken_back > done / 2, "{done} done, {taken_back} taken back");
}

#[test]
fn what_is_taken_back_by_its_own_button_is_marked_and_is_no_deed_of_its_own() {
    let dir = TempDir::new().unwrap();
    let workspace = started(dir.path());
    let deeds = || workspace.call("deeds_list", json!({ "limit": 100 }));
    let raised = workspace.call("flag_raise", json!({ "entry": "KE-1", "said": "Step 2 is gone" }));
    assert_eq!(
        (&deeds()[0]["what"], &deeds()[0]["about"], &deeds()[0]["can_undo"]),
        (&json!("flag_raise"), &json!("KE-1"), &json!(true))
    );
    assert!(!deeds().to_string().contains("Step 2"), "a log holds no words");
    workspace.call("flag_settle", json!({ "id": raised["undo"], "settled": true }));
    assert_eq!((deeds().as_array().unwrap().len(), &deeds()[0]["can_undo"]), (1, &json!(false)));
    assert!(deeds()[0]["undone_at"].is_i64());
    assert_eq!(workspace.try_call("deed_undo", json!({})).unwrap_err(), "not_found", "there is nothing left");
    assert_eq!(workspace.try_call("deed_undo", json!({ "id": deeds()[0]["id"] })).unwrap_err(), "bad_input");

    // What would lose a later change is refused, and says so.
    let first = workspace.call("kb_set", json!({ "id": "KE-1", "state": "identified" }));
    let deed = deeds()[0]["id"].clone();
    let path = dir.path().join("kb").join(first["path"].as_str().unwrap());
    let text = fs::read_to_string(&path).unwrap() + "\nSomebody else wrote this.\n";
    fs::write(&path, &text).unwrap();
    assert_eq!(workspace.try_call("deed_undo", json!({ "id": deed })).unwrap_err(), "not_undone");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn nothing_of_a_purged_source_is_left_in_a_way_back() {
    let dir = TempDir::new().unwrap();
    let workspace = started(dir.path());
    workspace.call(
        "capture_save",
        json!({ "ticket": "T-3", "kind": "article", "title": "Kestrel", "resolution": "Feed the kestrel." }),
    );
    assert_eq!(workspace.call("deeds_list", json!({ "limit": 9 }))[0]["can_undo"], true);
    workspace.call("purge", json!({ "source": "files" }));
    let deeds = workspace.call("deeds_list", json!({ "limit": 9 }));
    assert_eq!(
        (&deeds[0]["what"], &deeds[1]["what"], &deeds[1]["can_undo"]),
        (&json!("purge"), &json!("capture_save"), &json!(false))
    );
}
