//! What leaves the machine: spans lie on characters, follow each other, and a second look finds nothing more.
#![no_main]

use libfuzzer_sys::fuzz_target;
use matching::{Names, redact};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let people = Names::new(["Inés Albrecht", "Omar Diallo"]);
    let once = redact(&text, &people);
    let mut end = 0;
    for span in &once.spans {
        assert!(span.start >= end && text.get(span.start..span.end).is_some(), "{span:?}");
        end = span.end;
    }
    let again = redact(&once.text, &people);
    assert!(again.spans.is_empty(), "a second look finds {:?} in {}", again.spans, once.text);
});
