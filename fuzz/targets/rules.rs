//! A rule's file, and a ticket below it. What is read fits or does not, in bounded time; what is wrong is told with a place
//! that the file has; and a rule that takes what it is shown takes it again.
#![no_main]

use knowledge::{Fit, Incoming, Rule};
use libfuzzer_sys::fuzz_target;
use std::cell::Cell;

/// Between a file and a ticket.
const PARTED: &str = "\n=====\n";

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (file, ticket) = text.split_once(PARTED).unwrap_or((&text, "the import stalls at row 4096"));
    match Rule::read("rules/a.yml", file) {
        Ok(rule) => {
            assert!(!rule.looks.is_empty() && !rule.title.is_empty());
            let looks = Cell::new(0_u32);
            let out_of_time = || {
                looks.set(looks.get() + 1);
                looks.get() > 2_000
            };
            let incoming = Incoming::text(ticket);
            let fit = rule.fits(&incoming, &out_of_time);
            if fit != Fit::TooSlow {
                looks.set(0);
                assert_eq!(rule.fits(&incoming, &out_of_time), fit);
            }
        }
        Err(wrong) => {
            assert!(!wrong.is_empty());
            // YAML ends a line at a carriage return too.
            let lines = file.matches(['\n', '\r']).count() as u32 + 1;
            for mistake in wrong {
                assert!(mistake.line <= lines && !mistake.what.is_empty(), "{mistake} of {lines} lines");
                assert!(!mistake.what.contains('\n'), "{mistake}");
            }
        }
    }
});
