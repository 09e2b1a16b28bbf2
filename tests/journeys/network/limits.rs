//! Servers that ask to be left alone, break down, or take back what they allowed.

use super::Asking;
use crate::support::{
    network::impatient,
    web::{Answer, Fault},
};
use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

#[test]
fn a_storm_of_429_is_waited_out_within_bounds_and_within_a_budget() {
    let asking = Asking::forge(250);
    let limit = |said: Option<&str>| {
        let answer = Answer::new(429, "Number of allowed API requests per minute exceeded");
        Some(said.into_iter().fold(answer, |answer, said| answer.with("retry-after", said)))
    };
    let date = Some("Wed, 01 May 2024 12:00:30 GMT");
    asking.forge.instead([limit(Some("1")), limit(Some("60")), limit(Some("0")), None]);
    asking.forge.instead([limit(Some("-5")), limit(date), limit(None), limit(Some("1000000000")), None]);
    let (report, error) = asking.sync();
    assert_eq!((error, report.added), (None, 250));
    let waits: Vec<u64> = asking.pace.waits().iter().map(Duration::as_secs).collect();
    assert_eq!(waits, [1, 60, 1, 1, 30, 240, 300], "the unsaid one is the third in a row and doubles twice");
    assert_eq!(asking.web.paths().len(), 13 + 7, "a request for each page, and one for each wait");
    assert_eq!(asking.web.most_in_flight(), 1);
}

#[test]
fn an_endless_storm_ends_the_run_and_the_next_one_goes_on() {
    let asking = Asking::forge(250);
    asking.forge.instead([None]);
    asking.forge.twist(|_, _| Answer::new(429, "").with("retry-after", "5"));
    // The true first page, twisted, is a limit too: the twist goes before.
    let (report, error) = asking.sync();
    assert_eq!((error, report.added), (Some("rate_limited"), 0));
    assert_eq!(asking.web.paths().len(), 6, "no request is hammered");
    let source = asking.source("ledger");
    assert_eq!((&source["stopped"], source["not_before"].is_i64()), (&json!(false), true));

    asking.forge.untwist();
    let (_, error) = asking.sync();
    assert_eq!((error, asking.web.paths().len()), (Some("rate_limited"), 6), "not before the wait is over");
    asking.clock.move_by(1);
    assert_eq!((asking.sync().1, asking.tickets()), (None, 250));
}

#[test]
fn a_server_that_fails_now_and_then_is_asked_to_the_end_and_one_that_fails_all_the_time_is_not() {
    // It may ask again twice, and once more for every five answers.
    for (every, ended) in [(7, None), (3, Some("server_trouble"))] {
        let asking = Asking::through(impatient(), Default::default(), 2_500);
        let (mut answers, mut failed) = (0, 0);
        let counted = Arc::new(AtomicU64::new(0));
        let seen = Arc::clone(&counted);
        asking.forge.twist(move |_, answer| {
            answers += 1;
            if answers % every > 0 {
                return answer;
            }
            failed += 1;
            seen.store(failed, Ordering::SeqCst);
            Answer::new(503, "")
        });
        let (report, error) = asking.sync();
        assert_eq!(error, ended, "every {every}th answer fails");
        assert!(error.is_some() || (report.added == 2_500 && counted.load(Ordering::SeqCst) > 3), "{report:?}");
    }
}

#[test]
fn a_limit_that_ends_in_an_hour_ends_the_run_at_once() {
    let asking = Asking::forge(5);
    let used_up = Answer::new(403, r#"{"message":"API rate limit exceeded for 192.0.2.1."}"#)
        .with("x-ratelimit-remaining", "0")
        .with("x-ratelimit-reset", "1714568400")
        .with("date", "Wed, 01 May 2024 12:00:00 GMT");
    asking.forge.instead([Some(used_up)]);
    let (_, error) = asking.sync();
    assert_eq!((error, asking.web.paths().len(), asking.pace.waits().len()), (Some("rate_limited"), 1, 0));
    // noon and an hour and a second
    assert_eq!(asking.source("ledger")["not_before"], 1_714_568_401_000i64);
    assert_eq!(asking.source("ledger")["stopped"], false, "it heals by itself");
}

#[test]
fn the_last_fifth_of_a_minutes_quota_is_left_to_others_without_a_word_of_refusal() {
    let asking = Asking::forge(250);
    let mut left = 25;
    asking.forge.twist(move |_, answer| {
        left = if left > 20 { left - 1 } else { 100 };
        let answer = answer.with("x-ratelimit-limit", "100").with("x-ratelimit-remaining", (left - 2).to_string());
        answer.with("x-ratelimit-reset", "40")
    });
    let (report, error) = asking.sync();
    assert_eq!((error, report.added), (None, 250));
    let waits: Vec<u64> = asking.pace.waits().iter().map(Duration::as_secs).collect();
    assert!(!waits.is_empty() && waits.iter().all(|wait| *wait == 40), "{waits:?}");
}

#[test]
fn a_secondary_limit_is_known_by_its_words_and_a_refusal_is_not_taken_for_one() {
    let asking = Asking::forge(5);
    let words = r#"{"message":"You have exceeded a secondary rate limit. Please wait a few minutes."}"#;
    asking.forge.instead([Some(Answer::new(403, words))]);
    let (_, error) = asking.sync();
    let waits: Vec<u64> = asking.pace.waits().iter().map(Duration::as_secs).collect();
    assert_eq!((error, &waits[..]), (None, &[60][..]));
}

#[test]
fn trouble_of_the_server_and_resets_are_tried_again_and_nothing_comes_twice() {
    let asking = Asking::forge(250);
    let whole = Answer::new(200, "x".repeat(4_000));
    let bad = [500, 502, 503].map(|status| Some(Answer::new(status, "<html>busy</html>")));
    asking.forge.instead(bad);
    asking.forge.instead([None, Some(whole.clone().failing(Fault::Reset(1_000))), Some(whole.failing(Fault::Cut(10)))]);
    let (report, error) = asking.sync();
    assert_eq!((error, report.added, report.changed, asking.tickets()), (None, 250, 0, 250));
    let waits: Vec<f64> = asking.pace.waits().iter().map(Duration::as_secs_f64).collect();
    assert_eq!(waits, [1.0, 2.0, 1.0, 1.0, 2.0], "they double, and begin anew with a smaller page and the next one");
}

#[test]
fn a_page_that_is_too_heavy_is_asked_for_in_halves() {
    let asking = Asking::forge(250);
    asking.forge.twist(|asked, answer| {
        let size: u64 = asked.query("per_page").unwrap().parse().unwrap();
        if size > 30 { Answer::new(502, "") } else { answer }
    });
    let (report, error) = asking.sync();
    assert_eq!((error, report.added), (None, 250));
    let sizes: Vec<_> = asking
        .web
        .asked()
        .iter()
        .filter(|asked| asked.path.contains("/issues?state=all&sort"))
        .filter_map(|asked| asked.query("per_page"))
        .collect();
    assert_eq!(sizes[..6], ["1", "100", "100", "50", "50", "25"], "each is tried twice, and the size that works stays");
    let heavy = sizes[5..].iter().filter(|size| ["100", "50"].contains(&size.as_str())).count();
    assert_eq!(heavy, 4, "what changed has to learn it as well, once: {sizes:?}");
}

#[test]
fn a_token_that_is_taken_back_stops_that_source_with_one_notice_and_nothing_is_lost() {
    for (status, code) in [(401, "token_refused"), (403, "access_denied"), (404, "not_there")] {
        let asking = Asking::forge(250);
        // After the two that say where now is, and the newest page.
        let refused = Answer::new(status, r#"{"message":"Your plan no longer covers this"}"#);
        asking.forge.instead([None, None, None, Some(refused)]);
        let (report, error) = asking.sync();
        assert_eq!((error, report.added, asking.web.paths().len()), (Some(code), 100, 4), "no second try");
        assert_eq!((asking.tickets(), asking.found("\"Voucher 160\"")), (100, 1), "what came before stays readable");
        let source = asking.source("ledger");
        assert_eq!((&source["stopped"], &source["failure"]["code"]), (&json!(true), &json!(code)));
        assert!(source["failure"]["hint"].as_str().is_some_and(|hint| !hint.is_empty()));

        assert_eq!(engine::sync_now(&asking.workspace.engine, None, &|_, _| {}).unwrap().len(), 0, "it is left alone");
        assert_eq!(asking.web.paths().len(), 4);
        // Somebody looked: it is asked again, and goes on.
        asking.workspace.call("source_test", json!({ "name": "ledger" }));
        assert_eq!((asking.sync().1, asking.tickets()), (None, 250));
        assert_eq!(asking.source("ledger")["failure"], json!(null));
    }
}

#[test]
fn what_a_source_brought_goes_a_week_after_it_took_its_permission_back() {
    for (status, code) in [(401, "token_refused"), (403, "access_denied"), (404, "not_there")] {
        let asking = Asking::forge(30);
        assert_eq!(asking.sync().1, None);
        let refuse = || asking.forge.instead([Some(Answer::new(status, r#"{"message":"no"}"#))]);
        let retry = || {
            asking.workspace.call("source_test", json!({ "name": "ledger" }));
            refuse();
            asking.sync().1
        };
        refuse();
        assert_eq!((asking.sync().1, asking.tickets()), (Some(code), 30));
        asking.clock.move_by(6);
        let traces = || {
            let scan = asking.workspace.call("scan", json!({ "word": "Voucher" }));
            scan["database"].as_u64().unwrap() + scan["index"].as_u64().unwrap()
        };
        assert!(traces() > 0);
        assert_eq!(asking.tickets(), 30, "most often a token ran out, and a new one mends it");
        // Whoever looked and was let in starts another week; whoever was refused again does not.
        assert_eq!((retry(), asking.tickets()), (Some(code), 30));
        asking.clock.move_by(8);
        refuse();
        let run = engine::sync_now(&asking.workspace.engine, Some("ledger"), &|_, _| {}).unwrap().remove(0);
        asking.workspace.engine.wait_until_searchable().unwrap();
        assert_eq!((run.error.map(|error| error.code()), asking.tickets()), (Some(code), 0));
        assert_eq!(traces(), 0, "not a word of it is left");

        // Allowed again, it is fetched from the beginning.
        asking.workspace.call("source_test", json!({ "name": "ledger" }));
        assert_eq!((asking.sync().1, asking.tickets()), (None, 30));
    }
}

#[test]
fn a_slow_server_is_given_up_on_and_other_sources_go_on() {
    let asking = Asking::through(impatient(), Default::default(), 30);
    // Each byte comes in time, and the whole never does.
    asking.forge.twist(|_, answer| answer.failing(Fault::Drip(Duration::from_millis(100))));
    let other = crate::support::forge::Forge::with(40);
    let web = other.open();
    asking.add("other", &web);
    let started = std::time::Instant::now();
    let runs = engine::sync_now(&asking.workspace.engine, None, &|_, _| {}).unwrap();
    let ended: Vec<_> =
        runs.iter().map(|run| (run.report.added, run.error.as_ref().map(|error| error.code()))).collect();
    assert_eq!(ended, [(0, Some("timed_out")), (40, None)]);
    // Twice the whole deadline of three seconds, and not the minutes that the whole answer would take.
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());

    // And one that says nothing at all between two bytes.
    asking.forge.twist(|_, answer| answer.failing(Fault::Drip(Duration::from_secs(30))));
    let started = std::time::Instant::now();
    let tested = asking.workspace.try_call("source_test", json!({ "name": "ledger" }));
    assert_eq!(tested.unwrap_err(), "timed_out");
    assert!(
        started.elapsed() < Duration::from_secs(25),
        "the deadline between two pieces counts: {:?}",
        started.elapsed()
    );
}

#[test]
fn a_clock_that_jumps_moves_no_cursor_and_asks_for_nothing_twice() {
    let asking = Asking::forge(250);
    asking.sync();
    let stamps = |paths: &[String]| {
        let since =
            paths.iter().filter(|path| path.contains("/issues?state=all&sort") && path.contains("&since=")).cloned();
        since.collect::<Vec<_>>().last().cloned()
    };
    let before = stamps(&asking.web.paths());
    for days in [-1, 366, -365] {
        asking.clock.move_by(days);
        let asked = asking.web.paths().len();
        asking.forge.put(
            1_000 + days.unsigned_abs(),
            &crate::support::forge::stamp(9_000),
            "Made while the clock jumped",
        );
        let (report, error) = asking.sync();
        assert_eq!((error, report.added, report.changed), (None, 1, 0), "{days} days: no gap");
        let paths = asking.web.paths().split_off(asked);
        let (roll, read): (Vec<&String>, Vec<&String>) = paths.iter().partition(|path| path.contains("sort=created"));
        assert_eq!(read.len(), 3 + 3, "{days} days: no full re-sync");
        assert!(roll.len() <= 3, "{days} days: the day's roll at most");
    }
    assert_ne!(before, stamps(&asking.web.paths()));
    let sent: Vec<_> = asking.web.asked().iter().filter_map(|asked| asked.query("since")).collect();
    assert!(sent.iter().all(|since| since.starts_with("2026-01-")), "stamps are the server's own: {sent:?}");
}
