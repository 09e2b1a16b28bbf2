//! A folder of exports that is watched.

use crate::support::{
    Workspace,
    network::{HandClock, noon, unwaiting},
    ticket,
};
use engine::{Network, Surroundings};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::{Duration, SystemTime},
};

struct Watching {
    workspace: Workspace,
    folder: PathBuf,
    clock: Arc<HandClock>,
    _dir: tempfile::TempDir,
}

impl Watching {
    /// A folder with one export, watched but not read yet.
    fn folder() -> Self {
        Self::with(unwaiting().0, noon())
    }

    fn with(network: Network, clock: Arc<HandClock>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("exports");
        std::fs::create_dir(&folder).unwrap();
        let workspace = Workspace::asking(network, clock.clone());
        let watching = Self { workspace, folder, clock, _dir: dir };
        watching.write(
            "monday.jsonl",
            &[ticket("T-1", "The voucher is missing", ""), ticket("T-2", "A quartz clock", "")],
            60,
        );
        let added = watching.workspace.call("source_add", json!({ "kind": "files", "url": watching.folder }));
        assert_eq!((&added["name"], &added["kind"]), (&json!("exports"), &json!("files")));
        watching
    }

    /// As it was written so many seconds before noon.
    fn write(&self, name: &str, lines: &[String], ago: u64) {
        let path = self.folder.join(name);
        std::fs::write(&path, lines.join("\n")).unwrap();
        let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(1_714_564_800);
        std::fs::File::options().write(true).open(path).unwrap().set_modified(noon - Duration::from_secs(ago)).unwrap();
    }

    fn sync(&self) -> (engine::api::view::ImportReport, Option<&'static str>) {
        let run = engine::sync_now(&self.workspace.engine, Some("exports"), &|_, _| {}).unwrap().remove(0);
        self.workspace.engine.wait_until_searchable().unwrap();
        (run.report, run.error.map(|error| error.code()))
    }

    fn found(&self, words: &str) -> u64 {
        self.workspace.call("search", json!({ "query": words }))["total"].as_u64().unwrap()
    }

    fn source(&self) -> Value {
        self.workspace.call("sources_list", json!({}))[0].clone()
    }
}

#[test]
fn only_the_files_that_are_new_or_changed_are_read() {
    let watching = Watching::folder();
    let (report, error) = watching.sync();
    assert_eq!((report.read, report.added, error, watching.found("quartz")), (2, 2, None, 1));
    assert_eq!(watching.sync().0.read, 0, "nothing is opened that has not changed");
    watching.write("tuesday.jsonl", &[ticket("T-3", "An onyx ring", "")], 30);
    let (report, _) = watching.sync();
    assert_eq!((report.read, report.added, watching.found("onyx")), (1, 1, 1));
    let moved = ticket("T-2", "An opal clock", "").replace("2026-01-05T10:00:00Z\"", "2026-01-06T10:00:00Z\"");
    watching.write("monday.jsonl", &[ticket("T-1", "The voucher is missing", ""), moved], 20);
    let (report, _) = watching.sync();
    assert_eq!((report.read, report.changed, report.unchanged, watching.found("opal")), (2, 1, 1, 1));
    std::fs::remove_file(watching.folder.join("tuesday.jsonl")).unwrap();
    assert_eq!(
        (watching.sync().0.read, watching.found("onyx")),
        (0, 1),
        "what came from a file stays when the file goes"
    );
}

#[test]
fn a_file_that_is_still_written_waits_for_the_next_round() {
    let watching = Watching::folder();
    watching.sync();
    watching.write("half.jsonl", &[ticket("T-9", "A jade cup", "")], 1);
    assert_eq!(watching.sync().0.read, 0);
    watching.clock.move_minutes(1);
    assert_eq!((watching.sync().0.read, watching.found("jade")), (1, 1));
}

#[test]
fn what_is_wrong_with_one_file_costs_that_file_and_is_tried_again() {
    let watching = Watching::folder();
    watching.write("other.csv", &["name,colour".into(), "cup,green".into()], 40);
    let (report, error) = watching.sync();
    assert_eq!((report.added, error), (2, Some("mapping_wrong")));
    assert_eq!(report.errors[0].file.as_deref(), Some("other.csv"));
    let source = watching.source();
    assert_eq!((&source["stopped"], &source["failure"]["code"]), (&json!(false), &json!("mapping_wrong")));
    watching.write("other.csv", &["id,subject,created_at".into(), "C-1,A green cup,2026-01-05T10:00:00Z".into()], 10);
    assert_eq!((watching.sync().1, watching.found("green"), &watching.source()["failure"]), (None, 1, &json!(null)));
}

#[test]
fn a_folder_that_is_away_is_told_and_goes_on_when_it_is_back() {
    let watching = Watching::folder();
    watching.sync();
    let away = watching.folder.with_file_name("away");
    std::fs::rename(&watching.folder, &away).unwrap();
    assert_eq!(watching.sync().1, Some("file_missing"));
    assert_eq!(watching.workspace.try_call("source_test", json!({ "name": "exports" })).unwrap_err(), "file_missing");
    std::fs::rename(&away, &watching.folder).unwrap();
    assert_eq!((watching.sync().0.read, watching.sync().1), (0, None));
    watching.workspace.call("source_test", json!({ "name": "exports" }));
    watching.workspace.call("source_remove", json!({ "name": "exports" }));
    assert_eq!(watching.found("quartz"), 1);
}

#[test]
fn a_source_that_was_imported_once_can_be_watched_and_another_kind_keeps_its_name() {
    let watching = Watching::folder();
    watching.workspace.import(&ticket("F-1", "A file", ""));
    let add = |args: Value| watching.workspace.try_call("source_add", args);
    assert!(add(json!({ "kind": "files", "url": watching.folder, "name": "files" })).is_ok());
    assert_eq!(add(json!({ "kind": "files", "url": Path::new("/no/such/folder") })).unwrap_err(), "file_missing");
    assert_eq!(
        add(json!({ "kind": "files", "url": watching.folder.parent(), "name": "files" })).unwrap_err(),
        "source_taken"
    );
    let odd = json!([{ "key": "private", "value": "yes" }]);
    assert_eq!(add(json!({ "kind": "files", "url": watching.folder, "options": odd })).unwrap_err(), "bad_input");
}

#[test]
fn the_last_of_a_battery_ends_the_import_of_a_folder_and_the_rest_comes_with_charge() {
    // There is charge as it begins, and little half an hour later, which the first page takes.
    let left = Arc::new(AtomicU8::new(90));
    let told = Arc::clone(&left);
    let surroundings = move || Surroundings { battery: Some(told.load(Ordering::SeqCst)), metered: false };
    let watching = Watching::with(Network { surroundings: Arc::new(surroundings), ..unwaiting().0 }, noon());
    let many: Vec<String> = (0..2_500).map(|n| ticket(&format!("L-{n}"), "A long evening", "")).collect();
    watching.write("long.jsonl", &many, 30);
    let sync = || {
        let later = |_: u64, _: Option<u64>| {
            watching.clock.move_minutes(30);
            left.store(9, Ordering::SeqCst);
        };
        let run = engine::sync_now(&watching.workspace.engine, Some("exports"), &later).unwrap().remove(0);
        watching.workspace.engine.wait_until_searchable().unwrap();
        (run.report, run.error.map(|error| error.code()))
    };
    let (report, error) = sync();
    assert_eq!((error, report.added < 2_502), (Some("battery_low"), true), "{report:?}");
    // Whoever syncs once more knows what is left.
    let (report, error) = sync();
    assert_eq!((error, watching.found("\"long evening\""), watching.found("quartz")), (None, 2_500, 1), "{report:?}");
}
