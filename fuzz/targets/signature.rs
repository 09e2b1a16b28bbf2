//! Whatever is pasted is read without a panic, and what was found lies where it is said to lie.
#![no_main]

use libfuzzer_sys::fuzz_target;
use matching::Asked;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (title, body) = text.split_once('\n').unwrap_or(("", &text));
    let question = matching::read(&Asked { title, body, product: None, components: &[], versions: &[] });
    for signature in matching::signatures(body) {
        let (from, to) = signature.span;
        assert!(body.get(from..to).is_some(), "{from}..{to} is no part of the text");
        assert!(!signature.canonical().is_empty());
    }
    matching::identifiers(body);
    matching::split_pasted(body);
    drop(question);
});
