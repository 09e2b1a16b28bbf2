use crate::support::{Whole, drain, lines};
use connect::{Format, Import, Options, open};
use domain::Cursor;
use std::{fs, path::Path};
use tempfile::TempDir;

fn at(path: &Path) -> Import {
    open(path, Options::default()).unwrap()
}

/// Pages of `size` until `pages` were taken, and the cursor of the last.
fn interrupted(path: &Path, size: usize, pages: usize) -> (Whole, Option<Cursor>) {
    let mut import = at(path);
    let mut whole = Whole::default();
    let mut cursor = None;
    for _ in 0..pages {
        let Some(page) = import.next_page(size).unwrap() else { break };
        whole.changes.extend(page.page.changes);
        whole.read += page.read;
        whole.bad.extend(page.bad);
        cursor = page.page.next;
    }
    (whole, cursor)
}

fn check(path: &Path) {
    let all = drain(at(path), 7).unwrap();
    for pages in 1..4 {
        let (mut first, cursor) = interrupted(path, 7, pages);
        let mut import = at(path);
        import.resume(&cursor.unwrap());
        let rest = drain(import, 7).unwrap();
        first.changes.extend(rest.changes);
        first.bad.extend(rest.bad);
        first.read += rest.read;
        assert_eq!(first, all, "{} after {pages} pages", path.display());
    }
}

#[test]
fn an_interrupted_import_goes_on_where_it_stopped_in_every_container_and_format() {
    let dir = TempDir::new().unwrap();
    let text = format!("{}{{oops\n{}", lines(0..10), lines(10..40));
    let file = |name: &str, bytes: Vec<u8>| {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        check(&path);
    };
    file("a.jsonl", text.clone().into_bytes());
    file("a.jsonl.zst", zstd::encode_all(text.as_bytes(), 1).unwrap());
    file("a.json", format!("[{}]", lines(0..40).trim_end().replace('\n', ",")).into_bytes());
    let rows: String = (0..40).map(|n| format!("{n},\"S\n{n}\",2026-01-05\n")).collect();
    file("a.csv", format!("id,subject,created\n{rows}").into_bytes());
    fs::create_dir(dir.path().join("folder")).unwrap();
    for n in 0..8 {
        fs::write(dir.path().join(format!("folder/{n}.jsonl")), lines(n * 5..n * 5 + 5)).unwrap();
    }
    check(&dir.path().join("folder"));
}

#[test]
fn a_cursor_ends_in_the_number_of_records_that_were_read() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("a: b.jsonl");
    fs::write(&path, lines(0..40)).unwrap();
    let (_, cursor) = interrupted(&path, 7, 3);
    assert!(cursor.unwrap().0.ends_with(":21"));
}

#[test]
fn the_last_page_has_no_next_and_a_page_that_ends_with_the_file_does_no_harm() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("a.jsonl");
    fs::write(&path, lines(0..14)).unwrap();
    assert_eq!(interrupted(&path, 20, 1).1, None);
    let (_, cursor) = interrupted(&path, 7, 2);
    let mut import = at(&path);
    import.resume(&cursor.unwrap());
    assert_eq!(import.next_page(7).unwrap(), None);
}

#[test]
fn a_changed_file_is_another_stream_and_its_old_cursor_starts_over() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("a.jsonl");
    fs::write(&path, lines(0..40)).unwrap();
    let (_, cursor) = interrupted(&path, 7, 2);
    let before = at(&path).identity();
    assert_eq!(before, at(&path).identity());
    // As long as before, changed in its middle, at its end, and read in another way.
    fs::write(&path, lines(0..40).replace("Case 20", "Cave 20")).unwrap();
    assert_ne!(before, at(&path).identity());
    let mut import = at(&path);
    import.resume(&cursor.unwrap());
    assert_eq!(drain(import, 7).unwrap().read, 40);
    fs::write(&path, lines(0..40)).unwrap();
    assert_ne!(before, open(&path, Options { format: Format::Jsonl, ..Options::default() }).unwrap().identity());
}

#[test]
fn a_cursor_that_makes_no_sense_starts_over() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("a.jsonl");
    fs::write(&path, lines(0..3)).unwrap();
    for nonsense in ["", ":", "7", "other:7", ":2"] {
        let mut import = at(&path);
        import.resume(&Cursor(nonsense.into()));
        assert_eq!(drain(import, 7).unwrap().read, 3, "{nonsense:?}");
    }
}

#[test]
fn pages_count_records_and_bytes() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("a.jsonl");
    fs::write(&path, lines(0..10)).unwrap();
    let mut import = at(&path);
    let first = import.next_page(6).unwrap().unwrap();
    assert_eq!((first.read, first.line), (6, 6));
    let last = import.next_page(6).unwrap().unwrap();
    assert_eq!((last.read, last.line, Some(last.bytes)), (4, 10, import.total_bytes()));
}
