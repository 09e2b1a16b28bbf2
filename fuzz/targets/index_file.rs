//! A file of the index that is not what was written: refused, whatever it is.
#![no_main]

use domain::CipherKey;
use libfuzzer_sys::fuzz_target;

const MARK: &[u8] = b"PRCDSEA1";

fuzz_target!(|data: &[u8]| {
    let key = CipherKey::new(Box::new([7; 32]));
    // Half of the runs get past the mark.
    let marked = [MARK, data].concat();
    for file in [data, &marked] {
        assert!(index::unseal(&key, "meta.json", file).is_err(), "made without the key");
    }
});
