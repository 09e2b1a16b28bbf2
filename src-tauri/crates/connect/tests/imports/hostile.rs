//! Files that were made to break whoever reads them.

use crate::support::{Whole, drain, line, read};
use connect::{Options, open_reader};
use domain::Millis;
use std::io::{self, Read};

fn gz(mut plain: impl Read) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    io::copy(&mut plain, &mut packer).unwrap();
    packer.finish().unwrap()
}

fn zst(plain: impl Read) -> Vec<u8> {
    zstd::encode_all(plain, 1).unwrap()
}

fn counted(packed: Vec<u8>) -> (usize, String) {
    let mut import = open_reader(Box::new(io::Cursor::new(packed)), Options::default());
    let mut read = 0;
    loop {
        match import.next_page(500) {
            Ok(Some(page)) => read += page.page.changes.len(),
            Ok(None) => return (read, "the end".into()),
            Err(error) => {
                assert!(error.is_permanent() && error.to_string().contains("after line"), "{error}");
                return (read, error.code().into());
            }
        }
    }
}

#[test]
fn a_file_that_unpacks_without_end_is_cut_off_with_what_came_before_it_stored() {
    let good = line("1") + "\n";
    let endless = || io::Cursor::new(good.clone()).chain(io::repeat(b'x').take(160 << 20));
    for packed in [gz(endless()), zst(endless())] {
        assert!(packed.len() < 1 << 20, "{}", packed.len());
        assert_eq!(counted(packed), (1, "file_unpacks_too_far".into()));
    }
}

#[test]
fn a_word_of_one_megabyte_and_a_body_of_ten_are_read_whole() {
    let long = |letter: &str, bytes: usize| letter.repeat(bytes);
    let text = format!(
        "{}\n{}\n",
        line("word").replace("Case word", &long("w", 1 << 20)),
        line("body")
            .replace("\"created_at\"", &format!("\"body\":\"{}\",\"created_at\"", long("line of text ", 800_000)))
    );
    let whole = read(text);
    assert_eq!((whole.ids(), &whole.bad[..]), (vec!["word", "body"], &[][..]));
    assert_eq!((whole.tickets()[0].subject.len(), whole.tickets()[1].body.len()), (1 << 20, 10_400_000));
}

#[test]
fn half_an_emoji_costs_itself_and_not_its_ticket() {
    let cut = r#"{"kind":"ticket","id":"1","subject":"Smile \ud83d","created_at":0,"tags":["\ude00"]}"#;
    let whole: Whole = read(cut);
    assert_eq!(whole.ticket().subject, "Smile \u{fffd}");
    assert_eq!(whole.ticket().tags, ["\u{fffd}"]);
}

#[test]
fn times_of_no_age_are_read_or_refused_and_never_wrapped_round() {
    for (time, read_as) in
        [("9223372036854775807", None), ("-62135596800", Some(Millis(-62_135_596_800_000))), ("1e300", None)]
    {
        let text = format!(r#"{{"kind":"ticket","id":"1","subject":"S","created_at":{time}}}"#);
        let whole = drain(open_reader(Box::new(io::Cursor::new(text.into_bytes())), Options::default()), 5).unwrap();
        let at = whole.tickets().first().map(|ticket| ticket.created_at);
        match read_as {
            Some(_) => assert_eq!(at, read_as, "{time}"),
            None => assert!(at.is_none_or(|at| at.0 != i64::MIN && at.0 != -1000), "{time}: {at:?}"),
        }
    }
}
