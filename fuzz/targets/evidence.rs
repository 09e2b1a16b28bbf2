//! Files that tell what happened: whatever they are, each kind of reader reads them or refuses them, and what a group counts
//! is what can be read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use matching::evidence::{Kind, kind, read, rows};

fuzz_target!(|data: &[u8]| {
    let told = kind(data).ok();
    for kind in [Kind::Log, Kind::Har, Kind::Sentry, Kind::Otel] {
        let Ok(found) = read(kind, data) else { continue };
        assert!(found.first_at <= found.last_at, "{:?} {:?}", found.first_at, found.last_at);
        if let Some(group) = found.groups.first().filter(|_| told == Some(kind)) {
            let (_, total) = rows(kind, data, Some(group.key), 0, 3).expect("it was read before");
            assert_eq!(total, group.count, "{group:?}");
        }
    }
});
