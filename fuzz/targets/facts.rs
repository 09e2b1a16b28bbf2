//! Versions and times as exports write them: the order of versions is one, and a time reads back.
#![no_main]

use domain::{Millis, Version};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let versions: Vec<Version> = text.lines().take(3).filter_map(Version::parse).collect();
    if let [a, b, c] = versions.as_slice() {
        assert_eq!(a.cmp(b), b.cmp(a).reverse(), "{a:?} {b:?}");
        assert!(!(a <= b && b <= c) || a <= c, "{a:?} {b:?} {c:?}");
    }
    for line in text.lines().take(8) {
        if let Ok(at) = Millis::parse(line) {
            assert_eq!(Millis::parse(&at.to_rfc3339()).ok(), Some(at), "{line}");
        }
    }
});
