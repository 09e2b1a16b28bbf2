//! Everything that was recorded of these services, replayed where it lies.
//!
//! None of it belongs to this repository: the folder is named by `PRECEDENT_RECORDINGS`, or lies beside the workspace, and
//! where it is not there these tests say so and end. Whatever lies in it is read by the connector's own reader, with good answers
//! and refusals alike; then each value of the good ones is taken away or made into something else, one by one, and nothing but
//! the record that it belongs to may suffer from that.

mod bent;
mod desks;
mod served;
mod tape;

use super::answer::{good, said};
use crate::http::{Failure, Response, Verdict, judge};
use domain::Millis;
use serde_json::Value;
use served::{Served, by};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};
use tape::Exchange;

fn folder() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/contracts/recordings");
    let named = std::env::var_os("PRECEDENT_RECORDINGS").map_or_else(|| beside.into(), PathBuf::from);
    if named.is_dir() {
        return Some(named);
    }
    eprintln!("skipped: no recordings lie in {}; name their folder in PRECEDENT_RECORDINGS", named.display());
    None
}

/// What became of one service's recordings.
#[derive(Default)]
struct Counts {
    files: usize,
    replayed: BTreeMap<&'static str, usize>,
    refusals: usize,
    asked: usize,
    records: usize,
    bare: usize,
    others: BTreeMap<String, usize>,
}

#[test]
fn every_recorded_answer_of_what_is_read_is_read() {
    let Some(folder) = folder() else { return };
    let (exchanges, files) = tape::all(&folder);
    assert!(!exchanges.is_empty(), "{} holds no recordings", folder.display());
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for (service, _) in &files {
        counts.entry(service.clone()).or_default().files += 1;
    }
    for exchange in &exchanges {
        let counts = counts.entry(exchange.service.clone()).or_default();
        match by(exchange) {
            Some(served) => replay(exchange, &served, counts),
            None => *counts.others.entry(name_of(exchange)).or_default() += 1,
        }
    }
    for (service, counts) in &counts {
        let replayed: usize = counts.replayed.values().sum();
        println!(
            "{service}: {} files; {replayed} answers replayed with {} records ({} of them too bare to be any), {} refusals; {} \
             questions as we ask them; {} answers of what is not read",
            counts.files,
            counts.records,
            counts.bare,
            counts.refusals,
            counts.asked,
            counts.others.values().sum::<usize>()
        );
        println!("  read: {}", listing(counts.replayed.iter().map(|(name, number)| format!("{name} {number}"))));
        println!("  not read: {}", listing(counts.others.iter().map(|(name, number)| format!("{name} {number}"))));
    }
}

#[test]
fn no_value_of_a_recorded_answer_that_is_missing_or_strange_costs_another_record() {
    let Some(folder) = folder() else { return };
    let (mut seen, mut tried, mut wrong) = (BTreeMap::<String, usize>::new(), 0, BTreeSet::new());
    for exchange in tape::all(&folder).0 {
        let Some(served) = by(&exchange).filter(|_| exchange.answer.status == 200) else { continue };
        let Ok(body) = serde_json::from_slice::<Value>(&exchange.answer.body) else { continue };
        if by(&exchange).is_some_and(|served| (served.read)(&exchange.answer).is_err()) {
            continue;
        }
        // The same endpoint looks the same after a few pages.
        let times = seen.entry(format!("{} {}", exchange.service, served.endpoint)).or_default();
        *times += 1;
        if *times > 3 {
            continue;
        }
        tried += bent::try_all(&exchange, &served, body, &mut wrong);
    }
    println!("{tried} bent answers");
    assert!(tried > 0 && wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), listing(wrong));
}

/// Also of what is never asked for: a service refuses everything in the same words.
#[test]
fn every_recorded_refusal_means_something_and_gives_its_reason() {
    let Some(folder) = folder() else { return };
    let (mut refusals, mut limits) = (0, 0);
    for exchange in tape::all(&folder).0.iter().filter(|exchange| exchange.answer.status >= 400) {
        let (answer, site) = (&exchange.answer, served::site("https://service.example"));
        let here = format!("{} {} in {}", exchange.method, exchange.path, exchange.file.display());
        refusals += 1;
        if judge(answer, 0, 0.5, Millis(0)) != Verdict::Answer {
            limits += 1;
            continue;
        }
        let failure = good(&site, "it", answer).expect_err(&here);
        assert!(failure.is_permanent(), "{here}: {failure}");
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let says = body.as_object().is_some_and(|said| !said.is_empty());
        assert_eq!(said(answer) != "it gave no reason", says, "{here}: {body}");
    }
    assert!(refusals > 0);
    println!("{refusals} refusals, {limits} of them to be asked again");
}

fn replay(exchange: &Exchange, served: &Served, counts: &mut Counts) {
    *counts.replayed.entry(served.endpoint).or_default() += 1;
    let here = format!("{} {} in {}", exchange.method, exchange.path, exchange.file.display());
    if let Some(asked) = served.asked.as_ref().filter(|_| !exchange.path.is_empty()) {
        counts.asked += usize::from(fits(exchange, asked, &here));
    }
    if !(200..300).contains(&exchange.answer.status) {
        counts.refusals += 1;
        return refused(&exchange.answer, served, &here);
    }
    let body: Option<Value> = serde_json::from_slice(&exchange.answer.body).ok();
    let Some(body) = body else {
        // An answer that is no JSON is a page of something in between: it is asked for again.
        let failure = (served.read)(&exchange.answer).expect_err(&here);
        assert!(matches!(failure, Failure::Unreadable { .. }) && !failure.is_permanent(), "{here}: {failure}");
        return;
    };
    let records = records(served, &body);
    let bare = records.iter().filter(|record| !is_whole(record, served)).count();
    (counts.records, counts.bare) = (counts.records + records.len(), counts.bare + bare);
    let told = match (served.read)(&exchange.answer) {
        Err(Failure::Unreadable { .. }) if served.list.is_none() && bare > 0 => return,
        // A wrong token is answered there as if nobody had asked.
        Err(Failure::TokenRefused { .. })
            if body.pointer("/user/name").is_some_and(|name| name == "Anonymous user") =>
        {
            return;
        }
        told => told.unwrap_or_else(|failure| panic!("{here}: {failure}")),
    };
    assert_eq!(told.bad.len(), bare, "{here}: {:?}", told.bad);
    if exchange.service != "zendesk" || served.endpoint != "brands" {
        assert_eq!(told.read, records.len() - bare, "{here}");
    }
}

/// Whether this is the question that we would ask: the same endpoint, and nothing in it that ours says otherwise.
fn fits(exchange: &Exchange, asked: &crate::http::Request, here: &str) -> bool {
    let (path, query) = asked.path.split_once('?').unwrap_or((&asked.path, ""));
    // Where a repository was renamed the service itself leads on by its number.
    if !exchange.route().starts_with("/repositories/") {
        assert_eq!(path, exchange.route().replace(['<', '>'], ""), "{here}");
    }
    assert_eq!(asked.asks.method(), exchange.method, "{here}");
    let ours: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    exchange.pairs().iter().all(|(name, value)| {
        let same = ours.iter().find(|(own, _)| own == name).map(|(_, own)| own == value);
        same.unwrap_or(name == "page" && value == "1")
    })
}

fn refused(answer: &Response, served: &Served, here: &str) {
    let told = || (served.read)(answer).expect_err(here);
    match (judge(answer, 0, 0.5, Millis(0)), answer.status) {
        (Verdict::Again(_) | Verdict::Later(_), status) => {
            assert!(matches!(status, 403 | 408 | 425 | 429 | 500..), "{here}: {status} is asked for again");
        }
        // It is followed on the same host, or nothing has changed.
        (Verdict::Answer, 301 | 302 | 304 | 307 | 308) => {}
        // Of one record, that it is gone is no failure.
        (Verdict::Answer, 404) if (served.read)(answer).is_ok_and(|told| told.read == 1) => {}
        (Verdict::Answer, status) => {
            let failure = told();
            let code = match status {
                401 => "token_refused",
                403 => "access_denied",
                404 | 410 | 451 => "not_there",
                _ => "answer_unexpected",
            };
            assert_eq!(failure.code(), code, "{here}");
            assert!(failure.is_permanent(), "{here}: {failure}");
        }
    }
}

fn records<'b>(served: &Served, body: &'b Value) -> Vec<&'b Value> {
    match served.list {
        Some(at) => body.pointer(at).and_then(Value::as_array).into_iter().flatten().collect(),
        None => vec![body],
    }
}

/// Nothing of a record is missing that nothing can be done without.
fn is_whole(record: &Value, served: &Served) -> bool {
    served.needs.iter().all(|one_of| one_of.iter().any(|key| record.get(key).is_some_and(|value| !value.is_null())))
}

/// The endpoint without what differs from one record to the next.
fn name_of(exchange: &Exchange) -> String {
    if exchange.path.is_empty() {
        return exchange.stem().to_owned();
    }
    let plain = |part: &str| match part {
        part if part.bytes().any(|byte| byte.is_ascii_digit()) && part.len() > 2 => "N".to_owned(),
        part => part.to_owned(),
    };
    let parts: Vec<String> = exchange.route().split('/').map(plain).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["", "repos", _, _, rest @ ..] => format!("{} …/{}", exchange.method, rest.join("/")),
        parts => format!("{} {}", exchange.method, parts.join("/")),
    }
}

fn listing(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().collect::<Vec<_>>().join("; ")
}
