//! The laptop goes to sleep in the middle of a page: the program stands still while the server goes on, or cuts the connection.

use super::storm::{Source, service};
use crate::support::web::Fault;
use std::{
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicUsize, Ordering},
    },
    time::Duration,
};

/// So long it stands still each time.
const ASLEEP: Duration = Duration::from_millis(400);
/// One request in so many meets it.
const EACH: usize = 14;

fn signal(name: &str, process: u32) {
    assert!(Command::new("kill").args([name, &process.to_string()]).status().unwrap().success(), "{name}");
}

#[test]
fn a_stop_in_the_middle_of_a_page_ends_equal_row_for_row_also_where_the_connection_was_cut_meanwhile() {
    let service = service("github");
    let dir = tempfile::tempdir().unwrap();
    let web = (service.open)(service.small);
    let calm = Source { home: dir.path().join("calm"), web: &web, service };
    calm.add();
    assert!(calm.sync().wait().unwrap().success());
    let (least, (rows, comments)) = (web.count(), calm.rows(10));

    let web = (service.open)(service.small);
    let slept = Source { home: dir.path().join("slept"), web: &web, service };
    slept.add();
    let (pulling, stops, seen) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicUsize::new(0)), AtomicUsize::new(0));
    let (process, counted) = (Arc::clone(&pulling), Arc::clone(&stops));
    web.twist(move |_, answer| {
        let (process, nth) = (process.load(Ordering::SeqCst), seen.fetch_add(1, Ordering::SeqCst));
        if process == 0 || nth % EACH != 1 {
            return answer;
        }
        // It asked, and sleeps before the answer comes.
        signal("-STOP", process);
        std::thread::spawn(move || {
            std::thread::sleep(ASLEEP);
            signal("-CONT", process);
        });
        let half = answer.body.len() / 2;
        match counted.fetch_add(1, Ordering::SeqCst) % 2 {
            0 => answer.failing(Fault::Reset(half)),
            _ => answer,
        }
    });
    let mut child = slept.sync();
    pulling.store(child.id(), Ordering::SeqCst);
    assert!(child.wait().unwrap().success(), "it goes on by itself");
    let stops = stops.load(Ordering::SeqCst);
    assert!(stops >= 2, "it slept {stops} times of {} requests", web.count());
    let (there, said) = slept.rows(10);
    let other = there.iter().zip(&rows).find(|(there, calm)| there != calm);
    assert!(other.is_none(), "a row is not what a calm run leaves: {other:#?}");
    assert_eq!((there.len(), said), (rows.len(), comments), "0 lost, 0 doubled");
    let asked = web.count();
    println!("{stops} stops of {ASLEEP:?}, {asked} requests where {least} are enough");
    assert!(asked <= least + stops, "only what was cut off is asked for again: {asked} of {least}, {stops} stops");
}
