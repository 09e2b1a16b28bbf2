//! Opening, creating and checking an index. What is visible of it is one [`State`]: a searcher and the watermark of the
//! commit that it shows.

mod scan;
mod verify;
mod watermark;

pub use watermark::Watermark;

use crate::{
    Candidate, Error, Found, Limits, SearchQuery, Writer, candidates, directory,
    error::guarded,
    schema::{self, Fields},
    search,
    view::View,
    writer::committed_keys,
};
use domain::{CipherKey, DocId, Question, Scope};
use std::{
    collections::HashSet,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};
use tantivy::{IndexReader, IndexSettings, ReloadPolicy, directory::Directory};

/// Share it behind an `Arc`; readers never wait for a writer.
pub struct Index {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub tantivy: tantivy::Index,
    /// The same files, read from disk anew each time.
    afresh: Box<dyn Directory>,
    pub fields: Fields,
    reader: IndexReader,
    state: RwLock<State>,
}

#[derive(Clone)]
pub(crate) struct State {
    pub view: View,
    pub watermark: Watermark,
}

impl Index {
    /// Opens the index in `dir`, which `key` has encrypted, and verifies it to the last byte. On an error that [`Error::needs_rebuild`], call
    /// [`Index::create`] and fill it from the store.
    pub fn open(dir: &Path, key: &CipherKey) -> Result<Self, Error> {
        if !dir.join(directory::META).exists() {
            return Err(Error::Missing(dir.to_owned()));
        }
        guarded(|| {
            let (schema, fields) = Fields::new();
            let files = directory::on_disk(dir, key)?;
            let mut tantivy = tantivy::Index::open(files.box_clone())
                .map_err(|error| Error::from_tantivy("open its files", error))?;
            tantivy.set_tokenizers(schema::tokenizers());
            let watermark = verify::metas(&tantivy, &schema)?;
            // Held until the reader has them too: each file is decrypted once.
            let held = verify::files(&tantivy, files.as_ref())?;
            let index = Self::over(tantivy, directory::on_disk(dir, key)?, fields, watermark)?;
            drop(held);
            verify::documents(&index.state())?;
            Ok(index)
        })
    }

    /// An empty index in `dir`; what was there of an earlier one is removed first.
    pub fn create(dir: &Path, key: &CipherKey) -> Result<Self, Error> {
        directory::clear(dir)?;
        Self::empty(directory::on_disk(dir, key)?, directory::on_disk(dir, key)?)
    }

    /// An index that ends with the value: for tests, and where nothing may be written.
    pub fn in_ram() -> Result<Self, Error> {
        let files = directory::in_ram();
        Self::empty(files.box_clone(), files)
    }

    fn empty(files: Box<dyn Directory>, afresh: Box<dyn Directory>) -> Result<Self, Error> {
        let (schema, fields) = Fields::new();
        // Nothing is stored, so there is nothing that a thread of its own could compress.
        let settings = IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() };
        let mut tantivy = tantivy::Index::create(files, schema, settings)
            .map_err(|error| Error::from_tantivy("create its files", error))?;
        tantivy.set_tokenizers(schema::tokenizers());
        let index = Self::over(tantivy, afresh, fields, Watermark::default())?;
        // The first commit puts the watermark down: without one an index counts as damaged.
        index.writer(0, 1)?.commit(Watermark::default())?;
        Ok(index)
    }

    fn over(
        tantivy: tantivy::Index,
        afresh: Box<dyn Directory>,
        fields: Fields,
        watermark: Watermark,
    ) -> Result<Self, Error> {
        // Manual: the writer reloads when it has committed, so that a commit is visible when it returns.
        let reader = tantivy
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(|error| Error::from_tantivy("read its files", error))?;
        let state = State { view: View::new(reader.searcher(), &fields, None)?, watermark };
        Ok(Self { inner: Arc::new(Inner { tantivy, afresh, fields, reader, state: RwLock::new(state) }) })
    }

    /// Of the last commit that is visible.
    pub fn watermark(&self) -> Watermark {
        self.state().watermark
    }

    /// How many documents can be found.
    pub fn documents(&self) -> u64 {
        self.state().view.documents()
    }

    /// Which documents can be found, in no order. For `doctor`: it reads a column of every segment.
    pub fn ids(&self) -> Result<HashSet<DocId>, Error> {
        guarded(|| Ok(committed_keys(&self.inner)?.into_iter().filter_map(DocId::unpack).collect()))
    }

    /// The only writer; a second one is refused with [`Error::Locked`] until the first is dropped.
    pub fn writer(&self, memory_bytes: usize, threads: usize) -> Result<Writer, Error> {
        guarded(|| Writer::new(Arc::clone(&self.inner), memory_bytes, threads))
    }

    /// Reads every stored byte again. For `doctor`; [`Index::open`] has done it once.
    pub fn check(&self) -> Result<(), Error> {
        guarded(|| {
            let (schema, _) = Fields::new();
            verify::again(&self.inner.tantivy, self.inner.afresh.as_ref(), &schema)?;
            verify::documents(&self.state())
        })
    }

    /// How many terms and files hold `word`: none, once a document with it was removed and [`Writer::expunge`]d.
    pub fn occurrences(&self, word: &str) -> Result<u64, Error> {
        guarded(|| scan::occurrences(&self.inner, word))
    }

    /// Which documents may answer a whole ticket, best first. See [`Limits`] for how many.
    pub fn candidates(
        &self,
        question: &Question,
        scope: &Scope,
        limits: &Limits,
        cancel: &dyn Fn() -> bool,
    ) -> Result<Vec<Candidate>, Error> {
        guarded(|| candidates::find(&self.inner.fields, &self.state().view, question, scope, limits, cancel))
    }

    /// What one document shares with a whole ticket, candidate or not; `None` where it is not in the index.
    pub fn look(
        &self,
        question: &Question,
        doc: DocId,
        limits: &Limits,
        cancel: &dyn Fn() -> bool,
    ) -> Result<Option<Candidate>, Error> {
        guarded(|| candidates::look(&self.inner.fields, &self.state().view, question, doc, limits, cancel))
    }

    /// What a person typed, answered as they type.
    pub fn search(&self, query: &SearchQuery, cancel: &dyn Fn() -> bool) -> Result<Found, Error> {
        guarded(|| search::find(&self.inner.fields, &self.state().view, query, cancel))
    }

    fn state(&self) -> State {
        self.inner.state()
    }
}

impl Inner {
    pub(crate) fn state(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Makes the last commit visible, with its watermark and at once.
    pub(crate) fn show(&self, watermark: Watermark) -> Result<(), Error> {
        self.reader.reload().map_err(|error| Error::from_tantivy("read its files", error))?;
        let view = View::new(self.reader.searcher(), &self.fields, Some(&self.state().view))?;
        let state = State { view, watermark };
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
        Ok(())
    }
}
