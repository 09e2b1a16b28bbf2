//! Whatever happens to its files, an index says so: it never answers wrongly and never panics.

use crate::fixture::{fill, key, ticket};
use domain::DocId;
use index::{Document, Index, Watermark};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// With two segments and deleted documents, so that every kind of file is there.
fn made() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create(dir.path(), &key()).unwrap();
    let document = |row| Document {
        resolution: "Restarted".into(),
        identifiers: vec![format!("ERR-{row}")],
        signatures: vec!["7F3K-9Q2M".into()],
        ..ticket(row, "Broker hangs after failover", &format!("journal {row} is locked by process {}", row * 7))
    };
    fill(&index, &(1..=40).map(document).collect::<Vec<_>>());
    fill(&index, &(41..=60).map(document).collect::<Vec<_>>());
    let mut writer = index.writer(0, 1).unwrap();
    writer.remove(DocId::ticket(3)).unwrap();
    writer.commit(Watermark { sequence: 3, documents: 59 }).unwrap();
    writer.finish().unwrap();
    dir
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = paths.filter(|path| fs::metadata(path).unwrap().len() > 0).collect();
    files.sort();
    files
}

#[track_caller]
fn is_noticed(dir: &Path, what: &str) {
    match Index::open(dir, &key()) {
        Ok(_) => panic!("{what}: not noticed"),
        Err(error) => assert!(error.needs_rebuild(), "{what}: {error:?}"),
    }
}

#[test]
fn a_flipped_bit_anywhere_is_noticed() {
    let dir = made();
    let files = files(dir.path());
    for kind in ["idx", "pos", "term", "fast", "fieldnorm", "store", "del", "json"] {
        assert!(files.iter().any(|path| path.extension().is_some_and(|found| found == kind)), "no file of kind {kind}");
    }
    for path in files {
        let good = fs::read(&path).unwrap();
        // Every byte of the small ones; of the others enough to meet each part: about 400 places, and the footer.
        let step = (good.len() / 400).max(1);
        let places = (0..good.len()).step_by(step).chain(good.len().saturating_sub(40)..good.len());
        for at in places {
            let mut bad = good.clone();
            bad[at] ^= 1 << (at % 8);
            fs::write(&path, &bad).unwrap();
            is_noticed(dir.path(), &format!("{} at byte {at} of {}", path.display(), good.len()));
        }
        fs::write(&path, &good).unwrap();
    }
    Index::open(dir.path(), &key()).unwrap();
}

#[test]
fn a_missing_emptied_shortened_lengthened_or_zeroed_file_is_noticed() {
    let dir = made();
    for path in files(dir.path()) {
        let good = fs::read(&path).unwrap();
        let half = good.get(..good.len() / 2).unwrap().to_vec();
        let longer = [good.as_slice(), b"\n"].concat();
        for (what, bad) in
            [("emptied", Vec::new()), ("halved", half), ("longer", longer), ("zeroed", vec![0; good.len()])]
        {
            fs::write(&path, &bad).unwrap();
            is_noticed(dir.path(), &format!("{} {what}", path.display()));
        }
        fs::remove_file(&path).unwrap();
        is_noticed(dir.path(), &format!("{} removed", path.display()));
        fs::write(&path, &good).unwrap();
    }
    Index::open(dir.path(), &key()).unwrap();
}

#[test]
fn a_file_of_an_earlier_commit_in_the_place_of_a_newer_one_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create(dir.path(), &key()).unwrap();
    fill(&index, &[ticket(1, "Timeout", "")]);
    let earlier = fs::read(dir.path().join("meta.json")).unwrap();
    let mut writer = index.writer(0, 1).unwrap();
    writer.remove(DocId::ticket(1)).unwrap();
    writer.put(&ticket(2, "Deadlock", "")).unwrap();
    writer.put(&ticket(3, "Deadlock", "")).unwrap();
    writer.commit(Watermark { sequence: 2, documents: 2 }).unwrap();
    writer.finish().unwrap();
    drop(index);
    fs::write(dir.path().join("meta.json"), earlier).unwrap();
    is_noticed(dir.path(), "an earlier meta.json");
}

#[test]
fn damage_done_to_an_open_index_is_found_by_a_check() {
    let dir = made();
    let index = Index::open(dir.path(), &key()).unwrap();
    index.check().unwrap();
    let path = files(dir.path()).into_iter().find(|path| path.extension().is_some_and(|kind| kind == "pos")).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes[3] ^= 4;
    // In place: a new file would leave the mapped one as it was.
    use std::io::Write;
    fs::OpenOptions::new().write(true).open(&path).unwrap().write_all(&bytes).unwrap();
    let error = index.check().unwrap_err();
    assert_eq!((error.code(), error.needs_rebuild()), ("index_corrupt", true));
}
