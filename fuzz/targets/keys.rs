//! `keys.json` that somebody changed, and a recovery key as people type it.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    engine::fuzz::keys(&text);
});
