//! Bodies by strangers: what the window inserts passes the allow-list unchanged a second time, and text is text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((format, body)) = data.split_first() else { return };
    let body = String::from_utf8_lossy(body);
    let (plain, html) = engine::fuzz::body(&body, *format);
    let lower = html.to_lowercase();
    for tag in ["<script", "<img", "<svg", "<math", "<style", "<iframe", "<object", "<form", "<base", "<meta", "<link"] {
        assert!(!lower.contains(tag), "{tag} in {html}");
    }
    assert_eq!(engine::fuzz::clean(&html), html, "what was cleaned once is clean");
    assert!(plain.len() <= 8 * body.len() + 64);
});
