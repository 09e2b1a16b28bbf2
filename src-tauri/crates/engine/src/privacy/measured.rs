//! What the redactor finds of what was planted in real text, and what it takes for something that it is not.
//!
//! `cargo test -p engine --lib privacy::measured -- --nocapture` prints the figures. `PRECEDENT_TEXT=FILE` measures on a
//! text of one's own too.

mod plant;

use crate::{sample, text};
use domain::{Change, Millis};
use matching::{Names, redact};
use plant::{KINDS, Random};

const CANARIES: usize = 500;

/// Nothing in it belongs to anybody.
const SUPPORT: &str = include_str!("measured/support.txt");

/// The sample company's tickets and replies as they are read, and the people in them.
fn company() -> (Vec<String>, Vec<String>) {
    let (mut bodies, mut people) = (Vec::new(), Vec::new());
    for change in sample::sample(Millis(1_768_380_000_000)) {
        match change {
            Change::Ticket(ticket) => {
                bodies.push(text::plain(&ticket.body, ticket.body_format).into_owned());
                people.extend(ticket.requester.into_iter().chain(ticket.assignee));
            }
            Change::Comment(comment) => {
                bodies.push(text::plain(&comment.body, comment.body_format).into_owned());
                people.extend(comment.author);
            }
            _ => {}
        }
    }
    people.sort();
    people.dedup();
    (bodies, people)
}

struct Measured {
    planted: usize,
    missed: Vec<String>,
}

/// Each canary in a text of its own, between two of its words.
fn planted(texts: &[String], people: &[String], seed: u64) -> Vec<(plant::Canary, String)> {
    let mut random = Random(seed);
    let mut plant_one = |n: usize| {
        let host = random.pick(texts);
        let blanks: Vec<usize> = host.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).collect();
        let at = if blanks.is_empty() { host.len() } else { *random.pick(&blanks) };
        let canary = plant::canary(KINDS[n % KINDS.len()], &mut random, people);
        let planted = format!("{} {} {}", &host[..at], canary.sentence, &host[at..]);
        (canary, planted)
    };
    (0..CANARIES).map(&mut plant_one).collect()
}

fn plant_into(texts: &[String], people: &[String], seed: u64) -> Measured {
    let mut missed = Vec::new();
    for (canary, planted) in planted(texts, people, seed) {
        let names = Names::new(canary.person.as_deref());
        let left = redact(&planted, &names).text;
        if canary.secrets.iter().any(|secret| left.contains(secret)) {
            missed.push(format!("{}: {}", canary.kind, canary.sentence));
        }
    }
    Measured { planted: CANARIES, missed }
}

/// What is found where nothing was planted.
fn found_in(texts: &[String]) -> Vec<String> {
    texts
        .iter()
        .flat_map(|text| {
            let found = redact(text, &Names::default());
            found.spans.into_iter().map(|span| format!("{}: {}", span.kind.as_str(), &text[span.start..span.end]))
        })
        .collect()
}

fn recall_of(name: &str, measured: &Measured) -> usize {
    let found = measured.planted - measured.missed.len();
    let recall = 100.0 * found as f64 / measured.planted as f64;
    println!("{name}: {found} of {} planted found ({recall:.1} %)", measured.planted);
    for missed in &measured.missed {
        println!("  missed {missed}");
    }
    assert!(recall >= 99.5, "recall {recall:.2} %");
    found
}

#[test]
fn of_five_hundred_planted_things_nearly_all_are_found_and_little_else() {
    let (mut texts, people) = company();
    texts.extend(SUPPORT.split("\n\n").map(str::to_owned));
    // What the sample company's people wrote about themselves is found rightly.
    let false_alarms: Vec<_> =
        found_in(&texts).into_iter().filter(|found| !plant::is_the_companys_own(found)).collect();
    for seed in [1, 2, 3] {
        let found = recall_of(&format!("seed {seed}, {} texts", texts.len()), &plant_into(&texts, &people, seed));
        let precision = 100.0 * found as f64 / (found + false_alarms.len()) as f64;
        println!("  {} false alarms in all texts: precision {precision:.1} %", false_alarms.len());
        assert!(precision >= 95.0, "precision {precision:.2} %: {false_alarms:?}");
    }
}

/// What is found in it besides, only a person can judge: `precedent redact FILE --json`.
#[test]
fn in_a_text_of_ones_own_nearly_all_are_found() {
    let own = std::env::var("PRECEDENT_TEXT").map(|file| std::fs::read_to_string(file).unwrap());
    let texts: Vec<String> = own.as_deref().unwrap_or(SUPPORT).split("\n\n").map(str::to_owned).collect();
    recall_of("a text of one's own", &plant_into(&texts, &company().1, 4));
}

/// Title and text of five hundred issues, each about a ticket whose requester is the person that was planted.
#[test]
fn in_what_is_to_be_written_elsewhere_nearly_all_are_found_too() {
    use crate::{Engine, KeyFile, OpenOptions, api, import_now};
    use serde_json::json;

    let (texts, people) = company();
    let all = planted(&texts, &people, 5);
    let dir = tempfile::tempdir().unwrap();
    let secrets = std::sync::Arc::new(KeyFile::at(dir.path().join("keys")));
    let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.path().join("home")) }).unwrap();
    let call = |name: &str, args| api::rpc(&engine, name, args).unwrap();
    let lines = all.iter().enumerate().map(|(n, (canary, _))| {
        let line = json!({ "kind": "ticket", "id": format!("T-{n}"), "subject": "Gauge", "requester": canary.person,
                           "created_at": "2026-01-05T10:00:00Z" });
        line.to_string()
    });
    let export = dir.path().join("export.jsonl");
    std::fs::write(&export, lines.collect::<Vec<_>>().join("\n")).unwrap();
    let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
    import_now(&engine, &args, &|_, _| {}).unwrap();
    let options = json!([{ "key": "write", "value": "yes" }]);
    call(
        "source_add",
        json!({ "kind": "github", "url": "https://github.com/acme/ledger", "options": options, "secret": "t" }),
    );

    let mut missed = Vec::new();
    for (n, (canary, planted)) in all.iter().enumerate() {
        let about = format!("files:T-{n}");
        let title: String = canary.sentence.chars().take(200).collect();
        let asked = json!({ "kind": "issue", "to": "ledger", "title": title, "text": planted, "about": about });
        let item = call("outbox_write", asked);
        // What is stored and what would leave.
        let left: serde_json::Value = serde_json::from_str(item["payload"].as_str().unwrap()).unwrap();
        let shown = [&item["title"], &item["body"], &left["title"], &left["body"]].map(|text| text.as_str().unwrap());
        if canary.secrets.iter().any(|secret| shown.iter().any(|text| text.contains(secret))) {
            missed.push(format!("{}: {}", canary.kind, canary.sentence));
        }
    }
    recall_of("written to a repository", &Measured { planted: CANARIES, missed });
}

/// Five hundred cases in files, each of a ticket, a colleague's note and a fact that hold what was planted.
#[test]
fn in_the_bytes_of_case_bundles_nearly_all_are_found_too() {
    use crate::{Engine, KeyFile, OpenOptions, api, import_now};
    use serde_json::json;

    let (texts, people) = company();
    let all = planted(&texts, &people, 6);
    let dir = tempfile::tempdir().unwrap();
    let secrets = std::sync::Arc::new(KeyFile::at(dir.path().join("keys")));
    let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.path().join("home")) }).unwrap();
    let call = |name: &str, args| api::rpc(&engine, name, args).unwrap();
    let lines = all.iter().enumerate().flat_map(|(n, (canary, planted))| {
        let at = "2026-01-05T10:00:00Z";
        let ticket = json!({ "kind": "ticket", "id": format!("T-{n}"), "subject": format!("Gauge {n}"), "body": planted,
                             "requester": canary.person, "created_at": at });
        let note = json!({ "kind": "comment", "ticket": format!("T-{n}"), "id": format!("c{n}"), "author_role": "agent",
                           "body": format!("I checked this: {}", canary.sentence), "created_at": at });
        [ticket.to_string(), note.to_string()]
    });
    let export = dir.path().join("export.jsonl");
    std::fs::write(&export, lines.collect::<Vec<_>>().join("\n")).unwrap();
    let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
    import_now(&engine, &args, &|_, _| {}).unwrap();
    engine.wait_until_searchable().unwrap();

    let mut missed = Vec::new();
    for (n, (canary, _)) in all.iter().enumerate() {
        let facts = json!([{ "fact": "role", "text": canary.sentence }]);
        let package = json!({ "ticket": format!("files:T-{n}"), "reason": "no_access", "facts": facts });
        let handed = call("escalation_submit", json!({ "package": package, "although": canary.sentence }));
        let path = dir.path().join(format!("{n}.bundle"));
        call("bundle_save", json!({ "id": handed["row"]["id"], "path": path }));
        let bytes = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
        if canary.secrets.iter().any(|secret| bytes.contains(secret) || handed.to_string().contains(secret)) {
            missed.push(format!("{}: {}", canary.kind, canary.sentence));
        }
    }
    recall_of("case bundles", &Measured { planted: CANARIES, missed });
}
