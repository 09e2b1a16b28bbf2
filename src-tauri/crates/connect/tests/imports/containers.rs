use crate::support::{Whole, drain, line, lines, read};
use connect::{Error, Options, open};
use std::{
    fs,
    io::{Read, Write},
    path::Path,
};
use tempfile::TempDir;

fn gz(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

fn zst(text: &str) -> Vec<u8> {
    zstd::encode_all(text.as_bytes(), 1).unwrap()
}

fn whole(path: &Path) -> Whole {
    drain(open(path, Options::default()).unwrap(), 500).unwrap()
}

fn refused(path: &Path) -> Error {
    match open(path, Options::default()) {
        Ok(import) => drain(import, 500).unwrap_err(),
        Err(error) => error,
    }
}

#[test]
fn plain_gzip_and_zstd_are_told_by_content_whatever_the_name() {
    let dir = TempDir::new().unwrap();
    let text = lines(0..1500);
    let plain = read(text.clone());
    let two_members = [gz(&lines(0..700)), gz(&lines(700..1500))].concat();
    let two_frames = [zst(&lines(0..700)), zst(&lines(700..1500))].concat();
    for (name, bytes) in [
        ("a.jsonl", text.clone().into_bytes()),
        ("b.jsonl", gz(&text)),
        ("c", zst(&text)),
        ("d.gz", two_members),
        ("e.zst", two_frames),
    ] {
        let file = dir.path().join(name);
        fs::write(&file, &bytes).unwrap();
        let import = open(&file, Options::default()).unwrap();
        assert_eq!(import.total_bytes(), Some(bytes.len() as u64));
        assert!(drain(import, 500).unwrap() == plain, "{name}");
    }
}

#[test]
fn a_stream_is_read_without_an_identity() {
    let import = connect::open_reader(Box::new(std::io::Cursor::new(zst(&lines(0..3)))), Options::default());
    assert_eq!((import.identity(), import.total_bytes()), (String::new(), None));
    assert_eq!(drain(import, 2).unwrap().ids(), ["0", "1", "2"]);
}

#[test]
fn bytes_that_trickle_in_make_the_same_tickets() {
    struct Trickle(std::vec::IntoIter<u8>);
    impl Read for Trickle {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let Some((place, byte)) = buffer.first_mut().zip(self.0.next()) else { return Ok(0) };
            *place = byte;
            Ok(1)
        }
    }
    let text = format!("[{}\n,{}]", line("a\\\\\\\"}"), line("b"));
    let import = connect::open_reader(Box::new(Trickle(text.into_bytes().into_iter())), Options::default());
    assert_eq!(drain(import, 500).unwrap().ids(), ["a\\\"}", "b"]);
}

#[test]
fn a_folder_is_read_in_order_with_each_file_in_its_own_format() {
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("2025")).unwrap();
    fs::write(dir.path().join("2025/b.jsonl.gz"), gz(&format!("{}\n{{oops\n", line("2")))).unwrap();
    fs::write(dir.path().join("a.csv"), "id,subject,created\n1,S,2026-01-05\n").unwrap();
    fs::write(dir.path().join("c.json"), r#"{"key":"J-3","fields":{"summary":"S","created":"2024-05-01"}}"#).unwrap();
    fs::write(dir.path().join("notes.txt"), "not an export").unwrap();
    fs::write(dir.path().join(".hidden.jsonl"), line("hidden")).unwrap();
    let whole = whole(dir.path());
    assert_eq!(whole.ids(), ["2", "1", "J-3"]);
    assert_eq!((whole.bad[0].file.as_deref(), whole.bad[0].line), (Some("2025/b.jsonl.gz"), 2));
}

#[test]
fn what_cannot_be_imported_is_refused_in_words() {
    let dir = TempDir::new().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let missing = refused(&dir.path().join("nowhere.jsonl"));
    assert_eq!((missing.code(), missing.to_string().contains("nowhere.jsonl")), ("file_missing", true));
    let empty = dir.path().join("empty");
    fs::create_dir(&empty).unwrap();
    assert_eq!(refused(&empty).code(), "folder_without_exports");
    for (name, bytes, word) in [
        ("a.jsonl", &b"\xff\xfe{\0"[..], "UTF-16"),
        ("b.json", b"PK\x03\x04rest", "spreadsheet"),
        ("c.json", b"<!DOCTYPE html>", "web page"),
        ("d.json", b"\x00\x01\x02", "not text"),
    ] {
        let error = refused(&file(name, bytes));
        assert_eq!(error.code(), "file_not_text");
        assert!(error.to_string().contains(word), "{error}");
    }
    let strangers = refused(&file("e.jsonl", "{\"a\":1}\n".repeat(200).as_bytes()));
    assert_eq!((strangers.code(), strangers.is_permanent()), ("format_unknown", true));
}

#[test]
fn a_packed_file_that_was_cut_off_hands_out_what_it_has_and_then_says_so() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("cut.jsonl.gz");
    // Text that does not pack well, so that half of the file is about half of the records.
    let text: String = (0..4000u64).map(|n| line(&blake3::hash(&n.to_le_bytes()).to_hex()) + "\n").collect();
    let packed = gz(&text);
    fs::write(&file, &packed[..packed.len() / 2]).unwrap();
    let mut import = open(&file, Options::default()).unwrap();
    let mut tickets = 0;
    let error = loop {
        match import.next_page(500) {
            Ok(Some(page)) => tickets += page.page.changes.len(),
            Ok(None) => panic!("the cut was not noticed"),
            Err(error) => break error,
        }
    };
    assert!((1000..3000).contains(&tickets), "{tickets}");
    assert_eq!((error.code(), error.is_permanent()), ("file_cut_off", false));
    assert!(matches!(import.next_page(500), Ok(None)), "there is nothing after an error");
}

#[test]
fn nothing_in_it_is_no_mistake() {
    for text in ["", "\n\n", "[]", "\u{feff}", "{\"issues\":[],\"total\":0}"] {
        assert_eq!(read(text), Whole::default(), "{text:?}");
    }
}
