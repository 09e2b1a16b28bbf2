use crate::fixture::{fill, key, rows, ticket};
use domain::{CipherKey, DocId};
use index::{Error, Index, Watermark};

#[test]
fn what_was_committed_is_there_after_opening_again_with_its_watermark() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create(dir.path(), &key()).unwrap();
    assert_eq!(index.watermark(), Watermark::default());
    fill(&index, &[ticket(1, "Timeout", ""), ticket(2, "Deadlock", "")]);
    drop(index);
    let index = Index::open(dir.path(), &key()).unwrap();
    assert_eq!(index.watermark(), Watermark { sequence: 1, documents: 2 });
    assert_eq!(index.documents(), 2);
    assert_eq!(rows(&index, "deadlock"), [2]);
    index.check().unwrap();
}

#[test]
fn a_document_put_again_replaces_itself_and_a_removed_one_is_gone() {
    let index = Index::in_ram().unwrap();
    fill(&index, &[ticket(1, "Timeout", ""), ticket(2, "Timeout", "")]);
    let mut writer = index.writer(0, 1).unwrap();
    writer.put(&ticket(1, "Deadlock", "")).unwrap();
    assert!(writer.remove(DocId::ticket(2)).unwrap());
    assert!(!writer.remove(DocId::ticket(3)).unwrap());
    assert_eq!(writer.documents(), 1);
    assert_eq!(rows(&index, "timeout").len(), 2, "nothing is visible before the commit");
    writer.commit(Watermark { sequence: 9, documents: 1 }).unwrap();
    assert_eq!(rows(&index, "timeout"), [] as [i64; 0]);
    assert_eq!(rows(&index, "deadlock"), [1]);
    assert_eq!((index.documents(), index.watermark().sequence), (1, 9));
    writer.put(&ticket(2, "Back", "")).unwrap();
    writer.remove(DocId::ticket(2)).unwrap();
    writer.put(&ticket(2, "Back again", "")).unwrap();
    writer.commit(Watermark { sequence: 10, documents: 2 }).unwrap();
    assert_eq!(rows(&index, "back"), [2]);
}

#[test]
fn a_commit_with_another_count_is_refused_and_can_be_repeated() {
    let index = Index::in_ram().unwrap();
    let mut writer = index.writer(0, 1).unwrap();
    writer.put(&ticket(1, "Timeout", "")).unwrap();
    let error = writer.commit(Watermark { sequence: 1, documents: 2 }).unwrap_err();
    assert_eq!((error.code(), error.needs_rebuild()), ("index_miscounted", true));
    assert_eq!(index.watermark(), Watermark::default());
    writer.commit(Watermark { sequence: 1, documents: 1 }).unwrap();
    assert_eq!(rows(&index, "timeout"), [1]);
}

#[test]
fn what_was_not_committed_is_forgotten() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create(dir.path(), &key()).unwrap();
    let mut writer = index.writer(0, 1).unwrap();
    writer.put(&ticket(1, "Timeout", "")).unwrap();
    drop(writer);
    drop(index);
    let index = Index::open(dir.path(), &key()).unwrap();
    assert_eq!((index.documents(), index.watermark()), (0, Watermark::default()));
}

#[test]
fn only_one_may_write() {
    let index = Index::in_ram().unwrap();
    let writer = index.writer(0, 1).unwrap();
    let error = index.writer(0, 1).err().expect("a second writer");
    assert!(matches!(error, Error::Locked) && !error.is_permanent());
    drop(writer);
    index.writer(0, 1).unwrap();
}

#[test]
fn a_lock_that_outlives_its_writer_for_a_moment_is_waited_for() {
    let index = Index::in_ram().unwrap();
    let writer = index.writer(0, 1).unwrap();
    let lingering = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(200));
        drop(writer);
    });
    index.writer(0, 1).unwrap();
    lingering.join().unwrap();
}

#[test]
fn a_directory_without_an_index_says_so_and_creating_starts_over() {
    let dir = tempfile::tempdir().unwrap();
    let error = Index::open(dir.path(), &key()).err().expect("nothing is there");
    assert_eq!((error.code(), error.needs_rebuild()), ("index_missing", true));
    let index = Index::create(dir.path(), &key()).unwrap();
    fill(&index, &[ticket(1, "Timeout", "")]);
    drop(index);
    let index = Index::create(dir.path(), &key()).unwrap();
    assert_eq!(index.documents(), 0);
}

#[test]
fn readers_see_whole_commits_while_somebody_writes() {
    let index = Index::in_ram().unwrap();
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            let mut writer = index.writer(0, 1).unwrap();
            for round in 1..=20 {
                writer.put(&ticket(2 * round - 1, "Timeout", "")).unwrap();
                writer.put(&ticket(2 * round, "Timeout", "")).unwrap();
                writer.commit(Watermark { sequence: round, documents: 2 * round as u64 }).unwrap();
            }
        });
        while !writing.is_finished() {
            assert_eq!(rows(&index, "timeout").len() % 2, 0);
        }
    });
    assert_eq!(rows(&index, "timeout").len(), 40);
}

#[test]
fn nothing_of_a_ticket_can_be_read_from_the_files_and_another_key_opens_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create(dir.path(), &key()).unwrap();
    fill(&index, &[ticket(1, "Zanzibarquartz refuses", "the krakenvalve jams")]);
    drop(index);
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
        for word in ["zanzibarquartz", "krakenvalve", "segments", "created_at"] {
            assert!(!bytes.windows(word.len()).any(|bytes| bytes == word.as_bytes()), "{word} in {}", path.display());
        }
    }
    let other = CipherKey::new(Box::new([8; 32]));
    let error = Index::open(dir.path(), &other).err().expect("the key is another");
    assert_eq!((error.code(), error.needs_rebuild()), ("index_corrupt", true));
    assert_eq!(Index::open(dir.path(), &key()).unwrap().documents(), 1);
}

#[test]
fn a_removed_document_is_in_no_term_and_no_file_once_it_is_expunged() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create(dir.path(), &key()).unwrap();
    fill(&index, &[ticket(1, "Zanzibarquartz refuses", "the krakenvalve jams"), ticket(2, "Badge printer", "jams")]);
    let mut writer = index.writer(0, 1).unwrap();
    assert!(writer.remove(DocId::ticket(1)).unwrap());
    writer.commit(Watermark { sequence: 2, documents: 1 }).unwrap();
    assert!(index.occurrences("zanzibarquartz").unwrap() > 0, "a removed document is still in its segment");
    drop(writer);
    index.writer(0, 1).unwrap().expunge().unwrap();
    assert_eq!((index.occurrences("Zanzibarquartz").unwrap(), index.occurrences("krakenvalve").unwrap()), (0, 0));
    assert_eq!((rows(&index, "badge"), index.watermark().sequence), (vec![2], 2));
    drop(index);
    let index = Index::open(dir.path(), &key()).unwrap();
    assert_eq!((index.documents(), index.occurrences("zanzibarquartz").unwrap()), (1, 0));
}
