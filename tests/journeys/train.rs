//! `cargo xtask train`: the same sets give the same weights, to the last bit.

use serde_json::json;
use std::{fs, path::Path, process::Command};

/// A tracker of pairs: each problem is told twice, in words that only partly agree.
fn set(path: &Path, seed: usize) {
    let things =
        ["printer", "barrier", "invoice", "gauge", "webhook", "calendar", "scanner", "voucher", "parcel", "kiosk"];
    let states = ["stops", "blinks", "repeats itself", "loses its place", "answers twice", "turns red", "is cut short"];
    let mut lines = String::new();
    let mut put = |id: String, day: usize, subject: String, body: String, product: usize, of: &[String]| {
        let at = format!("2025-{:02}-{:02}T10:00:00Z", 1 + day / 28, 1 + day % 28);
        let line = json!({ "kind": "ticket", "id": id, "subject": subject, "body": body, "created_at": at,
            "product": format!("P{product}"), "components": [format!("C{}", product % 2)], "duplicate_of": of });
        lines.push_str(&format!("{line}\n"));
    };
    for n in 0..70 {
        let thing = format!("{}{}", things[(n * 7 + seed) % 10], ["", "ora", "ina", "ulo"][n % 4]);
        let state = states[(n * 3 + seed) % 7];
        let (first, second) = (format!("A-{n}"), format!("B-{n}"));
        put(
            first.clone(),
            n,
            format!("The {thing} of hall{n} {state}"),
            format!("{thing} number {n}: {state} at noon."),
            n % 3,
            &[],
        );
        // Two of three say where it is.
        let place = if n.is_multiple_of(3) { "a hall".to_owned() } else { format!("hall{n}") };
        let told = format!("It {state} again, this {thing}, and number {} too.", n + seed);
        put(second, 100 + n, format!("Our {thing} in {place} {state}"), told, (n + n / 9) % 3, &[first]);
    }
    fs::write(path, lines).unwrap();
}

/// What it said and what it wrote.
fn train(dir: &Path, threads: &str, sets: &[&Path]) -> (String, String, String) {
    let out = dir.join(format!("out-{threads}"));
    fs::create_dir(&out).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_train"))
        .args(["--threads", threads, "--out"])
        .arg(&out)
        .args(sets)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let said = String::from_utf8(run.stdout).unwrap();
    let said = said.lines().filter(|line| !line.starts_with("Written to")).collect::<Vec<_>>().join("\n");
    let file = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    (said, file("learned.rs"), file("bars.rs"))
}

#[test]
fn the_same_sets_give_the_same_weights_bit_for_bit_in_whatever_order_and_on_however_many_threads() {
    let dir = tempfile::tempdir().unwrap();
    let (a, b) = (dir.path().join("a.jsonl"), dir.path().join("b.jsonl"));
    set(&a, 1);
    set(&b, 4);
    let alone = train(dir.path(), "1", &[&a, &b]);
    // Every weight is said in full, which is as good as its bits.
    let said = alone.0.lines().filter(|line| line.split_whitespace().count() == 3).count();
    assert!(said >= engine::FEATURES.len() && alone.1.contains("// coverage"), "{}", alone.0);
    assert_eq!(train(dir.path(), "3", &[&b, &a]), alone);
    let check = |folder: &Path| {
        let mut run = Command::new(env!("CARGO_BIN_EXE_train"));
        run.arg("--check").arg(folder).args([&a, &b]).output().unwrap().status.success()
    };
    assert!(check(&dir.path().join("out-1")));
    fs::write(dir.path().join("out-1/learned.rs"), alone.1.replace("// coverage", "// Coverage")).unwrap();
    assert!(!check(&dir.path().join("out-1")), "a file that says anything else is found");
}
