//! `cargo xtask bench insights [TICKETS]`: what figures cost over many tickets that were handed about.
//!
//! A history of two years: four of ten tickets go to the second tier, one of seven of those to engineering, each with the
//! errors of a few hundred kinds. The same numbers in every run; times are those of this machine.

use crate::{child, corpus::Dice, cpu::Spent};
use anyhow::{Context, Result, bail};
use engine::{Engine, Millis, api};
use serde_json::{Value, json};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    sync::Arc,
    time::Instant,
};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const DESKS: [&str; 4] = ["L1 Service desk", "L1 Billing", "Front office", "Store support"];
const SECOND: [&str; 3] = ["L2 Applications", "L2 Payments", "Tier 2 Infrastructure"];
const ENGINEERING: [&str; 3] = ["L3 Commerce", "Platform engineering", "Mobile developers"];
const PRODUCTS: [&str; 6] = ["Shop", "Till", "Warehouse", "Portal", "Ledger", "App"];
/// Kinds of errors.
const ERRORS: usize = 400;

pub fn run(tickets: usize) -> Result<()> {
    if tickets < 100 {
        bail!("{tickets} tickets are too few to say anything");
    }
    let dir = tempfile::tempdir()?;
    let export = dir.path().join("history.jsonl");
    write(&export, tickets)?;
    let home = dir.path().join("home");
    let imported = child::spawn("import", &[&home, &export])?;
    let figures = child::spawn("insights", &[&home])?;
    println!("{tickets} tickets, imported in {:.0} s", imported["seconds"].as_f64().unwrap_or(f64::NAN));
    for (name, ms) in figures.as_object().into_iter().flatten() {
        println!("{name:40} {:10.1}", ms.as_f64().unwrap_or(f64::NAN));
    }
    Ok(())
}

/// In a process of its own. Milliseconds of its thread's processor time, and by the clock.
pub fn measure(engine: &Arc<Engine>) -> Result<Value> {
    let mut told = serde_json::Map::new();
    let mut time = |name: &str, command: &str, args: Value| -> Result<Value> {
        let (started, spent) = (Instant::now(), Spent::start()?);
        let reply = api::rpc(engine, command, args).map_err(|error| anyhow::anyhow!(error.message))?;
        told.insert(format!("ms cpu, {name}"), json!(spent.ms()?));
        told.insert(format!("ms, {name}"), json!(started.elapsed().as_secs_f64() * 1e3));
        Ok(reply)
    };
    time("insights_get, first", "insights_get", json!({}))?;
    let shown = time("insights_get, again", "insights_get", json!({}))?;
    time("insights_get, all of it", "insights_get", json!({ "days": 0 }))?;
    time("cohorts_get by product", "cohorts_get", json!({ "by": "product" }))?;
    time("figure_rows", "figure_rows", json!({ "name": "engineering", "offset": 0, "limit": 50 }))?;
    time("figure_explain, with its SQL", "figure_explain", json!({ "name": "l1_l2" }))?;
    time("sample_get, of all", "sample_get", json!({ "days": 0 }))?;
    time("baseline_freeze", "baseline_freeze", json!({}))?;
    time("baseline_freeze, of all", "baseline_freeze", json!({ "period": { "days": 0 }, "replace": true }))?;
    let groups = json!([{ "name": SECOND[0], "tier": "l3" }, { "name": DESKS[3], "tier": "l2" }]);
    let all = json!({ "groups": groups, "issue": false, "group": true, "engineer": true });
    time("tiers_set", "tiers_set", all)?;
    let anew = time("all of it by the new map", "insights_get", json!({ "days": 0 }))?;
    if anew["rule"] == shown["rule"] {
        bail!("the new map changed nothing");
    }
    Ok(told.into())
}

fn write(path: &Path, tickets: usize) -> Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    let mut dice = Dice(7);
    let now = engine::Clock::now(&engine::SystemClock).0;
    let first = now - 730 * DAY;
    let step = 730 * DAY / tickets as i64;
    let time = |at: i64| Millis(at.min(now - 1)).to_rfc3339();
    for number in 0..tickets {
        let created = first + step * number as i64 + dice.below(step.max(2) as usize) as i64;
        let group = |of: &[&'static str], dice: &mut Dice| of.get(dice.below(of.len())).copied().context("a group");
        let desk = group(&DESKS, &mut dice)?;
        let id = format!("H-{number}");
        let mut at = created;
        let mut held = desk;
        let mut rest = Vec::new();
        let mut hand = |to: &'static str, dice: &mut Dice, at: &mut i64, held: &mut &'static str| {
            *at += HOUR + dice.below(30 * HOUR as usize) as i64;
            rest.push(json!({ "kind": "hop", "ticket": id, "at": time(*at), "from_group": *held, "to_group": to }));
            *held = to;
        };
        if dice.below(10) < 4 {
            hand(group(&SECOND, &mut dice)?, &mut dice, &mut at, &mut held);
            if dice.below(7) == 0 {
                hand(group(&ENGINEERING, &mut dice)?, &mut dice, &mut at, &mut held);
                rest.push(json!({ "kind": "comment", "ticket": id, "id": format!("{id}-e"), "author": "Engineer", "author_role": "engineer",
                                  "body": "It is the rounding.", "created_at": time(at + HOUR) }));
            }
        }
        let solved = (dice.below(20) > 0).then(|| time(at + HOUR + dice.below(60 * HOUR as usize) as i64));
        let error = dice.below(ERRORS);
        let product = group(&PRODUCTS, &mut dice)?;
        let (minor, patch) = (dice.below(9), dice.below(4));
        let body = format!(
            "It stops since this morning.\n\n2026-01-05 10:00:0{} ERROR [main] shop.step{error}.Worker - {product} order {number} failed in step {error}\n",
            number % 10
        );
        let ticket = json!({
            "kind": "ticket", "id": id, "subject": format!("{product} stops at step {error}"), "body": body, "created_at": time(created),
            "updated_at": time(at + HOUR), "status": if solved.is_some() { "solved" } else { "open" }, "solved_at": solved, "group": held,
            "product": product, "version": format!("2.{minor}.{patch}"), "requester": format!("person{}@example.com", dice.below(9_000)),
            "account": format!("Account {}", dice.below(1_200)),
        });
        writeln!(out, "{ticket}")?;
        for line in rest {
            writeln!(out, "{line}")?;
        }
    }
    Ok(out.flush()?)
}
