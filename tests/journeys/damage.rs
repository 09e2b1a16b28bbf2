//! Every file of a workspace, damaged in every way: what comes of it stands in the table.

use crate::support::{Workspace, ticket};
use engine::{Engine, KeyFile, OpenOptions};
use serde_json::json;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Damage {
    Flipped,
    Halved,
    Emptied,
    Deleted,
    /// By the same file of an earlier day.
    Older,
}

const ALL: [Damage; 5] = [Damage::Flipped, Damage::Halved, Damage::Emptied, Damage::Deleted, Damage::Older];

/// What a person meets at the next start.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    /// Everything, as before; what was damaged was put right or was not needed.
    Whole,
    /// The state of an earlier commit or day, sound: what nobody can tell from a true earlier state.
    Earlier,
    /// It does not open, in these words, until it is mended; then all of it, or the state of the newest copy.
    Told(&'static str),
}

/// The rules, first match counts.
fn expected(file: &str, damage: Damage) -> &'static [Outcome] {
    use Damage::*;
    use Outcome::*;
    match (file, damage) {
        // The log may be lost; what was folded into the file is not.
        ("store.db-wal", _) => &[Earlier],
        ("store.db-shm", _) => &[Whole, Earlier],
        ("store.db", Deleted) => &[Told("database_missing")],
        // Pages of an earlier day under the log of today: told, or sound.
        ("store.db", Older) => &[Earlier, Whole, Told("database_damaged")],
        // A page that the log has anew hides the one in the file.
        ("store.db", Flipped) => &[Whole, Told("database_damaged")],
        ("store.db", _) => &[Whole, Earlier, Told("database_damaged")],
        // One of two copies is enough, and a copy of yesterday's keys opens too: nothing was changed since.
        ("keys.json" | "keys.copy.json", _) => &[Whole],
        ("lock", _) => &[Whole],
        (name, _) if name.starts_with("backups/") => &[Whole],
        (name, _) if name.starts_with("index/") => &[Whole],
        other => panic!("{other:?} is stored, and the table says nothing of it"),
    }
}

fn lines(numbers: std::ops::Range<u32>) -> String {
    let line = |n| ticket(&format!("T-{n}"), &format!("Gauge {n} shows zero"), &format!("Sensor bus drops frame {n}"));
    numbers.map(line).collect::<Vec<_>>().join("\n")
}

fn files(home: &Path, below: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(home.join(below)).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.extend(files(home, &format!("{name}/")));
        } else {
            found.push(name);
        }
    }
    found.sort();
    found
}

/// Every file of one moment: an open workspace still tidies up behind its last write, and a copy of before and after is a
/// state that no crash leaves.
fn copy(from: &Path, to: &Path) {
    let moment = || -> Vec<_> {
        let stamp = |name: &String| std::fs::metadata(from.join(name)).and_then(|file| file.modified()).ok();
        files(from, "").into_iter().map(|name| (stamp(&name), name)).collect()
    };
    for _ in 0..100 {
        let _ = std::fs::remove_dir_all(to);
        let before = moment();
        let copied = before.iter().try_for_each(|(_, name)| {
            let file = to.join(name);
            std::fs::create_dir_all(file.parent().unwrap())?;
            std::fs::copy(from.join(name), file).map(drop)
        });
        if copied.is_ok() && moment() == before {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{} never holds still", from.display());
}

/// Whether there was anything to damage.
fn damage(home: &Path, older: &Path, name: &str, how: Damage) -> bool {
    let file = home.join(name);
    let mut bytes = std::fs::read(&file).unwrap();
    match how {
        Damage::Deleted => {
            std::fs::remove_file(&file).unwrap();
            return true;
        }
        Damage::Older if !older.join(name).exists() => return false,
        Damage::Older => bytes = std::fs::read(older.join(name)).unwrap(),
        Damage::Emptied => bytes.clear(),
        Damage::Halved => bytes.truncate(bytes.len() / 2),
        Damage::Flipped if bytes.is_empty() => return false,
        Damage::Flipped => {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        }
    }
    std::fs::write(&file, bytes).unwrap();
    true
}

fn try_open(home: &Path, how: fn(OpenOptions) -> engine::Result<Arc<Engine>>) -> Result<Workspace, &'static str> {
    let secrets = Arc::new(KeyFile::at(crate::support::key_file()));
    let engine = how(OpenOptions { secrets, ..OpenOptions::at(home) }).map_err(|error| error.code())?;
    engine.wait_until_searchable().map_err(|error| error.code())?;
    drop(engine);
    Ok(Workspace::at(home))
}

/// How many tickets are there, each found by its own words and by no other's; or why that cannot be read.
fn tickets(workspace: &Workspace) -> Result<u64, String> {
    let tickets = workspace.try_call("workspace_status", json!({}))?["tickets"].as_u64().unwrap();
    let found = workspace.try_call("search", json!({ "query": "\"sensor bus\"", "k": 50 }))?;
    assert_eq!(found["total"], tickets, "the index holds what the database does");
    for hit in found["hits"].as_array().unwrap() {
        let id = hit["display_id"].as_str().unwrap();
        let shown = workspace.try_call("ticket_get", json!({ "id": id }))?;
        let number = id.trim_start_matches("T-");
        assert_eq!(shown["subject"], format!("Gauge {number} shows zero"), "{id}");
    }
    Ok(tickets)
}

#[test]
fn every_stored_file_damaged_in_every_way_ends_as_the_table_says() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| -> PathBuf { dir.path().join(name) };
    // An earlier day, closed; then today, as a crash would leave it: open, with its log beside the database.
    let home = at("home");
    let workspace = Workspace::at(&home);
    let export = at("export.jsonl");
    let import = |workspace: &Workspace, text: String| {
        std::fs::write(&export, text).unwrap();
        workspace.import_file(&export);
        workspace.engine.wait_until_searchable().unwrap();
    };
    import(&workspace, lines(0..12));
    workspace.engine.back_up();
    drop(workspace);
    copy(&home, &at("older"));
    let today = Workspace::at(&home);
    import(&today, lines(12..20));
    copy(&home, &at("today"));
    drop(today);

    let names = files(&at("today"), "");
    assert!(names.iter().any(|name| name == "store.db-wal"), "{names:?}");
    let mut table = Vec::new();
    for name in &names {
        for how in ALL {
            copy(&at("today"), &at("damaged"));
            if !damage(&at("damaged"), &at("older"), name, how) {
                continue;
            }
            // Met at the start, or by the first who reads that page.
            let read = try_open(&at("damaged"), Engine::open).map_err(str::to_owned).and_then(|workspace| {
                let tickets = tickets(&workspace)?;
                Ok((tickets, workspace.call("doctor", json!({}))["ok"] == true))
            });
            let outcome = match read {
                Ok((20, _)) => Outcome::Whole,
                Ok((stored, sound)) => {
                    assert!(stored <= 12 && sound, "{name} {how:?}: {stored}");
                    Outcome::Earlier
                }
                Err(code) => {
                    let mended = try_open(&at("damaged"), engine::mend);
                    let mended = mended.unwrap_or_else(|code| panic!("{name} {how:?}: {code}"));
                    let report = mended.call("doctor", json!({ "repair": true }));
                    assert_eq!(report["ok"], true, "{name} {how:?}: {report}");
                    assert!([Ok(12), Ok(20)].contains(&tickets(&mended)), "{name} {how:?}");
                    let told = ["database_missing", "database_damaged"].into_iter().find(|known| *known == code);
                    Outcome::Told(told.unwrap_or_else(|| panic!("{name} {how:?}: {code}")))
                }
            };
            table.push(format!("{name} {how:?}: {outcome:?}"));
            assert!(expected(name, how).contains(&outcome), "{name} {how:?} ended as {outcome:?}");
        }
    }
    assert!(table.len() > 60, "{table:#?}");
    let seen = |outcome: &str| table.iter().any(|line| line.ends_with(outcome));
    assert!(seen("Whole") && seen("Earlier") && seen("Told(\"database_damaged\")"), "{table:#?}");
}
