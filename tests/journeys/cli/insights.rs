//! Figures, costs, tiers and avoidable escalations on the command line.

use super::Home;
use serde_json::{Value, json};

fn filled() -> Home {
    let home = Home::new();
    home.json(&["demo"]);
    home
}

#[test]
fn every_figure_has_its_base_and_an_explained_one_its_sql_and_its_tickets() {
    let home = filled();
    let figures = home.json(&["kpi", "--days", "0"]);
    let engineering = figures.as_array().unwrap().iter().find(|figure| figure["name"] == "engineering").unwrap();
    assert!(engineering["of"].as_u64().unwrap() > 1000, "{engineering}");
    let told = home.json(&["kpi", "--days", "0", "--explain", "engineering"]);
    assert_eq!((&told[0]["sql_count"], &told[0]["rows"]["total"]), (&engineering["count"], &engineering["count"]));
    assert_eq!(home.json(&["kpi", "--days", "0", "--name", "engineering", "--explain"])[0]["sql"], told[0]["sql"]);
    let words = home.run(&["kpi", "--days", "0", "--explain", "engineering"]).stdout;
    for part in
        ["Formula: ", "Base: all tickets", "Rule: escalated to engineering", "SELECT count(*)", "The newest 10 of"]
    {
        assert!(words.contains(part), "{part} in {words}");
    }
    let wrong = home.run(&["kpi", "--name", "nonsense", "--json"]);
    assert_eq!((wrong.code, &wrong.document()["error"]["code"]), (Some(2), &json!("bad_input")));
}

#[test]
fn the_article_costs_what_it_says_and_other_assumptions_cost_otherwise() {
    let home = filled();
    let words = home.run(&["cost", "--preset", "article"]).stdout;
    assert!(words.contains("24000 to 48000 a month, 288000 to 576000 a year"), "{words}");
    let severe = home.run(&["severity", "--accounts", "6", "--people", "12", "--usual", "0.5"]).stdout;
    assert!(severe.starts_with("high: impact high (6 accounts; high from 5 on), urgency high (12 people"), "{severe}");
    assert_eq!(home.json(&["severity", "--accounts", "6", "--from-accounts", "7"])["class"], "low");
    let before = home.json(&["cost"]);
    let after = home.json(&["cost", "--low", "4", "--high", "8"]);
    let monthly = |of: &Value| of["monthly"]["low"].as_f64().unwrap();
    // A month has gone on a little between the two.
    assert!((monthly(&after) / monthly(&before) - 2.0).abs() < 1e-3, "{after} after {before}");
    assert_eq!(home.json(&["cost"])["hours_low"], 4.0, "it is kept");
}

#[test]
fn a_group_is_given_a_tier_and_the_baseline_stays() {
    let home = filled();
    let frozen = home.json(&["baseline", "freeze", "--days", "0"]);
    let before = |shown: &Value| -> Vec<Value> {
        shown["figures"].as_array().unwrap().iter().map(|figure| figure["before"].clone()).collect()
    };
    let groups = home.json(&["tiers", "show"]);
    let first = groups["groups"][0]["name"].as_str().unwrap();
    let set = home.json(&["tiers", "set", first, "l3"]);
    assert_eq!((&set["groups"][0]["tier"], &set["groups"][0]["said"]), (&json!("l3"), &json!(true)));
    home.json(&["tiers", "rule", "group"]);
    let shown = home.json(&["baseline", "show"]);
    assert_eq!(before(&shown), before(&frozen));
    assert_eq!(shown["baseline"]["rule_changed"], true);
    assert_eq!(home.run(&["baseline", "freeze"]).code, Some(2), "what is frozen is not thawed by a slip");
}

#[test]
fn the_report_is_written_in_three_ways_and_avoidable_escalations_open_their_answers() {
    let home = filled();
    let of = |format: &str| home.run(&["insights", "--days", "0", "--format", format]).stdout;
    assert!(of("markdown").starts_with("# Support figures") && of("csv").starts_with("figure,value,"));
    assert!(of("html").starts_with("<!doctype html>") && of("html").ends_with("</html>\n"));
    let found = home.json(&["avoidable"]);
    let rows = found["rows"].as_array().unwrap();
    assert!(found["asked"].as_u64().unwrap() > 50 && !rows.is_empty(), "{found}");
    for row in rows.iter().take(5) {
        let (raised, answer) = (row["raised_at"].as_i64().unwrap(), row["answer"]["id"].as_str().unwrap());
        if row["answer"]["kind"] == "ticket" {
            let shown = home.json(&["rpc", "ticket_get", &json!({ "id": answer }).to_string()]);
            assert!(shown["created_at"].as_i64().unwrap() < raised, "{row}");
        }
    }
    let [ticket, answer] = ["ticket", "answer"].map(|of| rows[0][of]["id"].as_str().unwrap());
    home.json(&["sample", "answer", ticket, answer, "no"]);
    let denied = home.json(&["avoidable"]);
    assert_eq!(denied["avoidable"].as_u64().unwrap() + 1, found["avoidable"].as_u64().unwrap());
    let tie = home.json(&["sample", "--days", "0"])["rows"][0].clone();
    let [ticket, other] = ["ticket", "other"].map(|of| tie[of]["id"].as_str().unwrap());
    home.json(&["sample", "tie", ticket, other, "yes"]);
    let why = home.json(&["reasons", "--days", "0"]);
    let proposed = why["rows"].as_array().unwrap().iter().find(|row| !row["proposed"].is_null()).unwrap();
    let [ticket, reason] = [&proposed["ticket"]["id"], &proposed["proposed"]].map(|of| of.as_str().unwrap());
    assert!(home.run(&["reasons", "set", ticket, reason]).stdout.contains("was escalated for"));
    let now = home.json(&["reasons", "--days", "0"]);
    assert_eq!(now["left"].as_u64().unwrap() + 1, why["left"].as_u64().unwrap());
    assert!(home.run(&["reasons", "set", ticket, "bored"]).stderr.contains("no reason"));
    let could = home.json(&["always", "list"])["could"].as_array().unwrap().last().unwrap()["name"].clone();
    let could = could.as_str().unwrap();
    assert!(home.run(&["always", "add", could]).stdout.starts_with("Always needs engineering: "));
    let told = home.json(&["kpi", "--days", "0", "--explain", "avoidable"]);
    let of = |field: &str| told[0]["figure"][field].as_u64();
    assert_eq!((told[0]["sql_count"].as_u64(), told[0]["sql_of"].as_u64()), (of("count"), of("of")));
    assert!(of("of") < denied["asked"].as_u64(), "what always needs engineering is out of it");
    let words = home.run(&["avoidable"]).stdout;
    assert!(words.contains("engineering hours") && words.contains("answered by"), "{words}");
}

#[test]
fn cohorts_stand_side_by_side_and_hours_at_work_are_told_and_kept() {
    let home = filled();
    let words = home.run(&["cohorts", "product", "--days", "0"]).stdout;
    assert!(words.contains("engineering") && words.contains("Hours are medians. Rule: escalated"), "{words}");
    // A figure is never told without those that it says nothing without.
    for args in
        [&["kpi", "--days", "0", "--name", "deflection"][..], &["kpi", "--days", "0", "--explain", "deflection"]]
    {
        let words = home.run(args).stdout;
        assert!(["deflection", "reopened", "recontact", "csat"].iter().all(|name| words.contains(name)), "{words}");
    }
    let told = home.run(&["kpi", "--days", "0", "--name", "hours_all"]).stdout;
    assert!(told.contains("; at work "), "{told}");
    let cohorts = home.json(&["cohorts", "product", "--days", "0"]);
    let product = cohorts["rows"][0]["value"].as_str().unwrap();
    let only = home.json(&["kpi", "--days", "0", "--name", "engineering", "--only", &format!("product={product}")]);
    assert_eq!(only[0]["of"], cohorts["rows"][0]["tickets"]);
    home.json(&["hours", "--days", "Mon,Tue", "--zone", "Europe/Berlin"]);
    let kept = home.run(&["hours"]).stdout;
    assert!(kept.contains("Mon, Tue 09:00–17:00 Europe/Berlin."), "{kept}");
    assert_eq!(home.run(&["hours", "--zone", "Nowhere/At_all"]).code, Some(2));
}
