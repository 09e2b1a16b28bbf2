//! `cargo xtask bench evidence [MB]`: what it costs to read a long log into groups, keep it, and read one group again.

use crate::{child, corpus::Dice};
use anyhow::{Result, bail};
use engine::{api, api::args::ImportArgs};
use serde_json::json;
use std::{fmt::Write as _, path::Path, time::Instant};

const SHAPES: usize = 300;

pub fn run(megabytes: usize) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let log = dir.path().join("app.log");
    std::fs::write(&log, text(megabytes << 20))?;
    let export = dir.path().join("ticket.jsonl");
    let at = "2026-05-01T12:00:00Z";
    let ticket = json!({ "kind": "ticket", "id": "T-1", "subject": "x", "body": "x", "created_at": at, "updated_at": at, "status": "open" });
    std::fs::write(&export, ticket.to_string())?;
    let engine = child::open(&dir.path().join("home"))?;
    let args = ImportArgs { path: path(&export), source: Some("files".into()), format: None, mapping: None };
    engine::import_now(&engine, &args, &|_, _| {})?;
    let call = |name: &str, args| {
        let started = Instant::now();
        let reply = api::rpc(&engine, name, args).map_err(|error| anyhow::anyhow!(error.message))?;
        Ok::<_, anyhow::Error>((reply, started.elapsed().as_secs_f64()))
    };
    let (added, seconds) = call("case_file_add", json!({ "ticket": "T-1", "path": path(&log) }))?;
    let groups = added["file"]["groups"].as_array().map_or(0, Vec::len);
    println!("{megabytes} MB, {} lines in {groups} groups: read and kept in {seconds:.2} s", added["file"]["lines"]);
    let group = &added["file"]["groups"][0]["key"];
    let (lines, again) = call("case_lines", json!({ "id": added["undo"], "group": group, "limit": 100 }))?;
    println!("a page of one group of {} lines again in {again:.2} s", lines["total"]);
    let (_, shown) = call("case_timeline", json!({ "ticket": "T-1" }))?;
    println!("the axis in {:.0} ms", shown * 1e3);
    if groups < 100 {
        bail!("{groups} groups are no measure");
    }
    Ok(())
}

fn path(of: &Path) -> String {
    of.to_string_lossy().into_owned()
}

/// As services write them: most is quiet, some fails, with a trace and ids.
fn text(bytes: usize) -> String {
    let mut dice = Dice(11);
    let mut out = String::with_capacity(bytes + 400);
    let mut n = 0u64;
    while out.len() < bytes {
        n += 1;
        let (minute, second, millis) = (n / 60_000 % 60, n / 1000 % 60, n % 1000);
        let shape = dice.below(SHAPES);
        let name: String = shape.to_string().bytes().map(|digit| char::from(b'a' + digit - b'0')).collect();
        let level = match dice.below(40) {
            0 => "ERROR",
            1 | 2 => "WARN",
            _ => "INFO",
        };
        let _ = writeln!(
            out,
            "2026-05-01 12:{minute:02}:{second:02},{millis:03} {level} [worker-{}] shop.{name}.Service - handled order {n} of customer {} in {} ms request_id=req-{:08x}",
            dice.below(16),
            dice.below(90_000),
            dice.below(900),
            dice.below(1 << 31)
        );
        if level == "ERROR" {
            out.push_str("java.lang.IllegalStateException: the drawer is open\n\tat shop.Till.close(Till.java:41)\n\tat shop.Day.end(Day.java:7)\n");
        }
    }
    out
}
