//! Case bundles, as anybody may make them: refused or read within bounds, also where the signature is a good one.
#![no_main]

use escalation::{
    Package,
    bundle::{Signer, read, sealed_for_fuzz},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = read(data);
    // What a known author signs is believed no more than anything else.
    let (cut, rest) = data.split_at_checked(2).unwrap_or((&[0, 0], data));
    let length = usize::from(u16::from_le_bytes([cut[0], cut[1]])).min(rest.len());
    let (heading, body) = rest.split_at(length);
    let signer = Signer::from_seed(&[7; 32]).expect("32 bytes are a seed");
    let bytes = sealed_for_fuzz(heading, body, &signer);
    if let Ok(bundle) = read(&bytes) {
        assert_eq!(bundle.parts.iter().map(|part| part.bytes.len()).sum::<usize>(), body.len(), "every byte is somebody's");
        assert!(bundle.parts.iter().all(|part| !part.name.contains('/') && !part.name.starts_with('.')));
        for part in &bundle.parts {
            let _ = serde_json::from_slice::<Package>(&part.bytes);
        }
    }
    let mut changed = bytes.clone();
    let at = 10 + length % (bytes.len() - 10);
    changed[at] ^= 1;
    assert!(read(&changed).is_err() || read(&bytes).is_err(), "a changed byte is noticed");
});
