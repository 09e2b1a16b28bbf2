use super::*;
use proptest::prelude::*;

fn signer(byte: u8) -> Signer {
    Signer::from_seed(&[byte; 32]).unwrap()
}

fn parts() -> Vec<Part> {
    [("package.json", "{}"), ("package.md", "# Case\n"), ("empty", "")]
        .map(|(name, text)| Part { name: name.into(), bytes: text.into() })
        .into()
}

fn bundle() -> Vec<u8> {
    write("files:T-1", 3, 1_700_000_000_000, "Mia Castellani", &parts(), &signer(7)).unwrap()
}

#[test]
fn a_bundle_reads_back_what_was_written_and_says_who_wrote_it() {
    let read = read(&bundle()).unwrap();
    assert_eq!((read.case.as_str(), read.epoch, read.made_at), ("files:T-1", 3, 1_700_000_000_000));
    assert_eq!((read.author.key, read.author.name.as_str()), (signer(7).key(), "Mia Castellani"));
    assert_eq!((read.parts.clone(), read.part("package.md")), (parts(), Some(&b"# Case\n"[..])));
    assert_ne!(Author { key: signer(8).key(), name: String::new() }.code(), read.author.code());
    // Pinned: a code that somebody wrote down has to be the same in the next release and on every platform.
    assert_eq!(read.author.code(), PINNED);
}

const PINNED: &str = "11RZ-7ANW-4VJ5-GB2G-HBTW";

#[test]
fn any_changed_byte_any_cut_and_anything_behind_the_end_is_refused() {
    let good = bundle();
    for at in 0..good.len() {
        for bit in [1, 0x80] {
            let mut bad = good.clone();
            bad[at] ^= bit;
            assert!(read(&bad).is_err(), "byte {at} was changed by {bit}");
        }
        assert!(read(&good[..at]).is_err(), "cut at {at}");
    }
    assert_eq!(read(&[&good[..], b"x"].concat()), Err(Refused::CutOff));
}

#[test]
fn each_way_of_being_wrong_has_its_own_name() {
    let good = bundle();
    let with = |at: usize, bytes: &[u8]| {
        let mut bad = good.clone();
        bad[at..at + bytes.len()].copy_from_slice(bytes);
        read(&bad).unwrap_err()
    };
    assert_eq!(read(b"PK\x03\x04"), Err(Refused::Foreign));
    assert_eq!(with(8, &[9, 0]), Refused::Newer);
    assert_eq!(with(42, &[0; 64]), Refused::Unsigned);
    assert_eq!(with(10, &signer(8).key()), Refused::Tampered, "somebody else's name is put on it");
    assert_eq!(with(106, &[255; 4]), Refused::TooLarge);
    assert_eq!(with(106, &[255, 255, 0, 0]), Refused::CutOff);
    assert_eq!(with(good.len() - 2, b"!"), Refused::Tampered);
}

#[test]
fn what_a_known_author_signs_is_still_not_believed() {
    let say = |heading: &str, body: &[u8]| read(&sealed(heading.as_bytes(), body, &signer(7))).unwrap_err();
    let part = |name: &str, length: u64| {
        format!(
            r#"{{"case":"a:1","epoch":1,"made_at":1,"author":"x","parts":[{{"name":"{name}","length":{length},"hash":""}}]}}"#
        )
    };
    assert!(matches!(say("[", b""), Refused::Malformed(_)));
    for name in ["../etc/passwd", "a/b", "", ".hidden", "C:x", "Ä"] {
        assert!(matches!(say(&part(name, 0), b""), Refused::Malformed(_)), "{name}");
    }
    assert_eq!(say(&part("a", u64::MAX), b"abc"), Refused::CutOff);
    assert_eq!(say(&part("a", 2), b"abc"), Refused::CutOff);
    assert_eq!(say(&part("a", 3), b"abc"), Refused::Tampered, "its hash is another");
    let twice = r#"{"case":"a:1","epoch":1,"made_at":1,"author":"x","parts":[{"name":"a","length":0,"hash":""},{"name":"a","length":0,"hash":""}]}"#;
    assert!(matches!(say(twice, b""), Refused::Malformed(_)));
}

#[test]
fn what_no_reader_would_take_is_not_written() {
    let huge = Part { name: "a".into(), bytes: vec![0; LARGEST] };
    assert_eq!(write("a:1", 1, 1, "x", &[huge], &signer(7)), None);
    let path = Part { name: "../a".into(), bytes: Vec::new() };
    assert_eq!(write("a:1", 1, 1, "x", &[path], &signer(7)), None);
}

proptest! {
    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(read(&bytes).is_err());
        prop_assert!(read(&[&MAGIC[..], &[1, 0], &bytes].concat()).is_err());
    }
}
