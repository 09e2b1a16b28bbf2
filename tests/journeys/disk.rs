//! A full disk: told in words, nothing lost, reading goes on, and so does writing when there is room again.
#![cfg(target_os = "linux")]

use crate::support::{Workspace, ticket};
use serde_json::{Value, json};
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

const INSIDE: &str = "PRECEDENT_SMALL_DISK";

fn lines(numbers: std::ops::Range<u32>, body: usize) -> String {
    let line = |n| ticket(&format!("T-{n}"), &format!("Gauge {n} shows zero"), &noise(n, body));
    numbers.map(line).collect::<Vec<_>>().join("\n")
}

/// Words that do not repeat, so that they take room in the index too.
fn noise(n: u32, words: usize) -> String {
    (0..words)
        .map(|w| format!("w{:x}", (u64::from(n) * 7919 + w as u64).wrapping_mul(2_654_435_761) % 0xff_ffff))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The same test again, in a place of its own that has a disk of 24 MB.
fn run_inside() {
    let dir = tempfile::tempdir().unwrap();
    let test = "journeys::disk::a_full_disk_is_told_in_words_loses_nothing_and_is_over_when_there_is_room";
    let run = |how: &[&str]| {
        let mut command = Command::new(how[0]);
        command.args(&how[1..]).arg("sh").arg(dir.path()).arg(std::env::current_exe().unwrap()).arg(test);
        command.env(INSIDE, dir.path()).env("PRECEDENT_KEY_FILE", "").output()
    };
    let mounted =
        "mount -t tmpfs -o size=24m tmpfs \"$1\" && touch \"$1/small\" && exec \"$2\" \"$3\" --exact --nocapture";
    let output = run(&["unshare", "-rm", "sh", "-c", mounted]);
    let ran = |output: &std::process::Output| String::from_utf8_lossy(&output.stdout).contains("running 1 test");
    let output = match output {
        Ok(output) if ran(&output) => output,
        other => {
            eprintln!(
                "NO SMALL DISK HERE ({other:?}): files that may not grow past 12 MB take its place, which proves less"
            );
            run(&["sh", "-c", "trap '' XFSZ; ulimit -f 24576; exec \"$2\" \"$3\" --exact --nocapture"]).unwrap()
        }
    };
    let said = format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
fn a_full_disk_is_told_in_words_loses_nothing_and_is_over_when_there_is_room() {
    let Some(disk) = std::env::var_os(INSIDE) else { return run_inside() };
    let disk = Path::new(&disk);
    // Files that may not grow fail in another way than a full disk does.
    let small = disk.join("small").exists();
    let home = disk.join("home");
    let exports = tempfile::tempdir().unwrap();
    let file = |name: &str, text: String| {
        let path = exports.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let workspace = Workspace::at(&home);
    let import = |file: &Path| workspace.import_as_code(json!({ "path": file, "source": "files" }));
    let few = file("few.jsonl", lines(0..50, 20));
    import(&few).unwrap();
    workspace.engine.wait_until_searchable().unwrap();

    // More text than the disk has room, however far behind the index is by then.
    let many = file("many.jsonl", lines(0..9_000, 400));
    let refused = import(&many).unwrap_err();
    assert!(!small || refused == "disk_full", "an import: {refused}");
    let filler = disk.join("filler");
    let fill = || {
        let mut file = std::fs::File::options().append(true).create(true).open(&filler).unwrap();
        for size in [1 << 16, 1 << 12, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
    };
    if small {
        fill();
    }
    // What is written over again needs no room, so each edit is another.
    let edit =
        |n: u32| workspace.try_call("preference_set", json!({ "key": format!("note {n}"), "value": noise(n, 1_000) }));
    let refused = (0..4_000).find_map(|n| edit(n).err());
    if small {
        assert_eq!(refused.as_deref(), Some("disk_full"), "an edit");
    }
    let read = |id: &str| workspace.call("ticket_get", json!({ "id": id }))["display_id"].clone();
    assert_eq!(read("T-7"), "T-7", "reading goes on");
    let found = workspace.call("search", json!({ "query": "gauge 7" }));
    assert!(found["total"].as_u64().unwrap() > 0, "and so does searching: {found}");

    if small {
        let refused = workspace.engine.reindex().unwrap_err();
        assert_eq!(refused.code(), "disk_full", "a rebuild: {refused}");
        assert_eq!(read("T-8"), "T-8", "reading goes on");
        // It tries again every second, so it may just be at it.
        assert_ne!(workspace.call("workspace_status", json!({}))["index"]["state"], "ready");
        workspace.engine.back_up();
        let failed = workspace.call("workspace_status", json!({}))["backups"]["failed"].clone();
        assert!(failed.is_string(), "a copy: {failed}");
        no_litter(&[home.clone(), home.join("backups")]);
        std::fs::remove_file(&filler).unwrap();
        let mut larger = Command::new("mount");
        assert!(larger.args(["-o", "remount,size=128m"]).arg(disk).status().unwrap().success());
    }
    // There is room.
    let some = file("some.jsonl", lines(50..90, 20));
    import(&some).unwrap();
    let mut tries = 0;
    while let Err(error) = workspace.engine.wait_until_searchable() {
        tries += 1;
        assert!(tries < 20, "it does not go on by itself: {error}");
    }
    let report = workspace.call("doctor", json!({}));
    assert_eq!(report["ok"], true, "{report}");
    assert!(workspace.hits("Gauge 55 shows zero").contains(&"T-55".into()));
    drop(workspace);
    // Closed, because the index tries again every second while it is open.
    no_litter(&[home.clone(), home.join("backups"), home.join("index")]);
    let workspace = Workspace::at(&home);
    assert_eq!(workspace.call("ticket_get", json!({ "id": "T-49" }))["display_id"], Value::from("T-49"));
    assert_eq!(workspace.call("doctor", json!({}))["ok"], true);
}

/// Files that something began and never ended.
fn no_litter(dirs: &[PathBuf]) {
    for dir in dirs {
        for entry in std::fs::read_dir(dir).into_iter().flatten() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(!name.contains(".new") && !name.starts_with(".tmp") && !name.contains("-journal"), "{name}");
        }
    }
}
