use super::*;
use crate::{Fact, Reason, lint, lint::generated};

#[test]
fn a_full_package_shows_every_text_and_is_always_written_the_same_way() {
    let package = generated::full(7);
    let written = markdown(&package, &lint(&package, &[]));
    // Of a file its name stands there: its text goes along behind.
    let behind = |word: &String| package.evidence.iter().any(|file| file.text == *word);
    assert!(
        written.contains(&format!("{}: its", package.evidence[0].name)) || written.contains("one line of each kind")
    );
    for word in generated::words(7).into_iter().filter(|word| !behind(word)) {
        assert!(written.contains(&word), "{word} is not in it");
    }
    assert_eq!(written, markdown(&package, &lint(&package, &[])));
    assert!(written.ends_with("18 of 18 facts.\n"), "{written}");
}

#[test]
fn what_is_missing_and_what_got_lost_is_said_at_its_end() {
    let mut package = generated::full(1);
    package.customer.role.clear();
    package.reason = Some(Reason::Other);
    let known = [crate::Known { fact: Fact::Role, at: 1_700_000_000_000, handoffs: 1 }];
    let written = markdown(&package, &lint(&package, &known));
    assert!(written.contains("Missing: role."));
    assert!(written.contains("Lost: role was known at 2023-11-14T22:13:20Z, before handoff 2."), "{written}");
}

#[test]
fn words_of_strangers_become_no_markup_no_mention_and_no_picture() {
    let hostile = "# big @everyone ![x](https://evil.test/p.png) <img src=x onerror=y> [a](javascript:z) org/repo#12 www.evil.test";
    let mut package = generated::full(1);
    package.ticket.subject = hostile.into();
    package.reproduction.expected = hostile.into();
    package.ticket.body = "````\n</details> ```".into();
    let written = markdown(&package, &lint(&package, &[]));
    let first = written.lines().next().unwrap();
    assert!(first.starts_with("# \\# big `@everyone`"), "{first}");
    for bare in [" @everyone", " <img", " ![x]", "[a]("] {
        assert!(!written.contains(bare), "{bare}");
    }
    assert!(written.contains("`````text\n````\n</details> ```\n`````\n"), "{written}");
}
