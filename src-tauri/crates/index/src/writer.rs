//! Writing: put and remove documents, then commit them together with the watermark.

use crate::{
    Document, Error, Watermark,
    error::guarded,
    index::Inner,
    removal::Removal,
    schema::{Fields, KEY},
};
use domain::{DocId, crash_point};
use std::{
    collections::HashSet,
    sync::Arc,
    time::{Duration, Instant},
};
use tantivy::{
    IndexWriter, TantivyDocument, Term,
    indexer::{IndexWriterOptions, LogMergePolicy},
};

/// What Tantivy needs for a thread at least.
const LEAST_MEMORY: usize = 15_000_000;
const MOST_MEMORY: usize = 1 << 30;
const MOST_THREADS: usize = 8;
/// Segments of fewer documents than this are of one size to a merge. Tantivy's own bound, 10,000, has every handful of new
/// documents write up to so many old ones anew: a slow first sync did little else.
const SMALL_SEGMENT: u32 = 300;
/// Segments within so many doublings of the largest are merged with it, eight at a time.
const OF_A_SIZE: f64 = 2.0;
/// How long the lock of a writer may outlive it: a program that another thread is just starting holds every open file of
/// this one until it runs.
const LINGERS: Duration = Duration::from_secs(3);

/// The only writer of its index. Nothing of what it was given can be found before [`Writer::commit`]; dropping it
/// forgets what was not committed.
pub struct Writer {
    inner: Arc<Inner>,
    tantivy: IndexWriter<TantivyDocument>,
    /// The documents that are in the index once everything given so far is committed. Tells exactly how many, and
    /// spares the delete that a new document does not need.
    keys: HashSet<u64>,
}

impl Writer {
    pub(crate) fn new(inner: Arc<Inner>, memory_bytes: usize, threads: usize) -> Result<Self, Error> {
        let threads = threads.clamp(1, MOST_THREADS);
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread((memory_bytes / threads).clamp(LEAST_MEMORY, MOST_MEMORY))
            .num_merge_threads(1)
            .build();
        let began = Instant::now();
        let tantivy = loop {
            let found = inner.tantivy.writer_with_options(options.clone());
            match found.map_err(|error| Error::from_tantivy("start writing", error)) {
                Err(Error::Locked) if began.elapsed() < LINGERS => std::thread::sleep(Duration::from_millis(20)),
                found => break found?,
            }
        };
        let mut merges = LogMergePolicy::default();
        merges.set_min_layer_size(SMALL_SEGMENT);
        merges.set_level_log_size(OF_A_SIZE);
        tantivy.set_merge_policy(Box::new(merges));
        let keys = committed_keys(&inner)?;
        Ok(Self { inner, tantivy, keys })
    }

    /// Adds a document, or replaces the one with the same id.
    pub fn put(&mut self, document: &Document) -> Result<(), Error> {
        guarded(|| {
            let key = document.doc.pack();
            if !self.keys.insert(key) {
                self.take_out(key)?;
            }
            let document = document.to_tantivy(&self.inner.fields);
            match self.tantivy.add_document(document) {
                Ok(_) => Ok(()),
                Err(error) => Err(self.why_it_ended().unwrap_or_else(|| Error::from_tantivy("add a document", error))),
            }
        })
    }

    /// Whether there was such a document.
    pub fn remove(&mut self, doc: DocId) -> Result<bool, Error> {
        guarded(|| {
            let key = doc.pack();
            let there = self.keys.remove(&key);
            if there {
                self.take_out(key)?;
            }
            Ok(there)
        })
    }

    fn take_out(&self, key: u64) -> Result<(), Error> {
        let removal = Removal(Term::from_field_u64(self.inner.fields.key, key));
        let removed = self.tantivy.delete_query(Box::new(removal));
        removed.map(|_| ()).map_err(|error| Error::from_tantivy("remove a document", error))
    }

    /// How many documents the index will hold after the next commit: what its watermark has to say.
    pub fn documents(&self) -> u64 {
        self.keys.len() as u64
    }

    /// Makes everything given so far visible and durable, with its watermark. After an error nothing was committed:
    /// [`Error::Miscounted`] leaves the writer as it was, any other puts it back to the last commit.
    pub fn commit(&mut self, watermark: Watermark) -> Result<(), Error> {
        let counted = self.documents();
        if watermark.documents != counted {
            return Err(Error::Miscounted { promised: watermark.documents, counted });
        }
        let committed = guarded(|| self.write(watermark));
        if committed.is_err() {
            self.roll_back();
        }
        committed?;
        guarded(|| self.inner.show(watermark))?;
        crash_point("index reloaded");
        Ok(())
    }

    fn write(&mut self, watermark: Watermark) -> Result<(), Error> {
        let failed = |error| Error::from_tantivy("commit", error);
        let mut prepared = self.tantivy.prepare_commit().map_err(failed)?;
        crash_point("index prepared");
        prepared.set_payload(&watermark.to_payload());
        crash_point("index payload set");
        prepared.commit().map_err(failed)?;
        crash_point("index committed");
        Ok(())
    }

    /// A worker that died says only that it did; what it died of comes out when its work is asked for.
    fn why_it_ended(&mut self) -> Option<Error> {
        let error = self.tantivy.prepare_commit().err()?;
        Some(Error::from_tantivy("add a document", error))
    }

    /// A failure here only repeats the one that led to it: the next commit fails too, and says why.
    fn roll_back(&mut self) {
        let rolled = guarded(|| {
            self.tantivy.rollback().map_err(|error| Error::from_tantivy("roll back", error))?;
            committed_keys(&self.inner)
        });
        match rolled {
            Ok(keys) => self.keys = keys,
            Err(error) => tracing::warn!(code = error.code(), "the index writer could not roll back"),
        }
    }

    /// Writes every segment anew that still holds something of a removed document, and deletes the old files. Everything
    /// has to be committed, and no merge under way: on a writer that has just begun.
    pub fn expunge(&mut self) -> Result<(), Error> {
        guarded(|| {
            let failed = |error| Error::from_tantivy("write itself anew", error);
            let segments = self.inner.tantivy.searchable_segment_metas().map_err(failed)?;
            let stale: Vec<_> =
                segments.iter().filter(|segment| segment.has_deletes()).map(|segment| segment.id()).collect();
            // What is held of a segment keeps its files.
            drop(segments);
            if !stale.is_empty() {
                self.tantivy.merge(&stale).wait().map_err(failed)?;
            }
            self.inner.show(self.inner.state().watermark)?;
            self.tantivy.garbage_collect_files().wait().map_err(failed)?;
            Ok(())
        })
    }

    /// Ends writing when the merges under way are done: after a bulk load the index is then as quick as it gets.
    pub fn finish(self) -> Result<(), Error> {
        let Self { inner, tantivy, .. } = self;
        guarded(|| {
            tantivy.wait_merging_threads().map_err(|error| Error::from_tantivy("merge", error))?;
            inner.show(inner.state().watermark)
        })
    }
}

pub(crate) fn committed_keys(inner: &Inner) -> Result<HashSet<u64>, Error> {
    let searcher = inner.state().view.searcher;
    let mut keys = HashSet::with_capacity(usize::try_from(searcher.num_docs()).unwrap_or_default());
    for segment in searcher.segment_readers() {
        let column = segment
            .fast_fields()
            .u64(KEY)
            .map_err(|error| Error::from_tantivy("read its keys", error))?
            .first_or_default_col(0);
        keys.extend(segment.doc_ids_alive().map(|doc| column.get_val(doc)));
    }
    Ok(keys)
}

const _: fn() = || {
    fn shared<T: Send + Sync>() {}
    fn sent<T: Send>() {}
    shared::<crate::Index>();
    shared::<Fields>();
    sent::<Writer>();
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Index, Labels};
    use domain::Millis;

    fn ticket(row: i64) -> Document {
        Document {
            doc: DocId::ticket(row),
            display_id: format!("T-{row}"),
            title: "Timeout at checkout".into(),
            body: String::new(),
            resolution: String::new(),
            identifiers: Vec::new(),
            signatures: Vec::new(),
            frames: Vec::new(),
            source: "desk".into(),
            product: None,
            components: Vec::new(),
            status: "open".into(),
            labels: Labels::default(),
            created_at: Millis(row),
            updated_at: Millis(row),
        }
    }

    #[test]
    fn a_source_that_is_read_slowly_has_no_document_written_anew_over_and_over() {
        let index = Index::in_ram().unwrap();
        let (mut seen, mut written, mut most) = (HashSet::new(), 0, 0);
        for round in 0..100 {
            let mut writer = index.writer(0, 1).unwrap();
            for row in 0..20 {
                writer.put(&ticket(round * 20 + row)).unwrap();
            }
            let documents = writer.documents();
            writer.commit(Watermark { sequence: round, documents }).unwrap();
            let inner = Arc::clone(&writer.inner);
            writer.finish().unwrap();
            let segments = inner.tantivy.searchable_segment_metas().unwrap();
            most = most.max(segments.len());
            written += segments.iter().filter(|new| seen.insert(new.id())).map(|new| new.num_docs()).sum::<u32>();
        }
        let each = f64::from(written) / 2000.0;
        assert!(each < 5.0, "each document was written {each} times");
        assert!(most < 20, "{most} segments are slow to search");
    }
}
