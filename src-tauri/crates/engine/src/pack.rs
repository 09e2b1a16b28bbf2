//! The semantic pack of a workspace: a file beside the database. It is checked when it is put there and whenever it is
//! opened; without it everything works, by words alone.

mod known;
mod read;

use crate::{
    Engine, Error, Result,
    api::{
        args::ModelInstallArgs,
        view::{Done, ModelView},
    },
    home::Home,
    open::Core,
};
use domain::Question;
use meaning::Model;
use std::{
    fs::File,
    io,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

pub(crate) use known::Meant;
pub(crate) use read::Reader;
pub use read::{Embed, embed};

/// The model of the pack, read once it is needed, and what it made of the workspace.
#[derive(Default)]
pub(crate) struct Pack {
    slot: Mutex<Slot>,
    pub(crate) known: known::Known,
    /// Questions so far: whoever reads in the background gives way to them.
    asked: AtomicU64,
    /// Held while documents are read.
    reading: Mutex<()>,
}

#[derive(Default)]
enum Slot {
    #[default]
    Unread,
    None,
    Open(Arc<Model>),
    /// It lies there and cannot be used.
    Refused(Arc<meaning::Error>),
}

impl Pack {
    /// `None` where no pack is installed. One that cannot be used is an error each time.
    pub(crate) fn model(&self, home: &Home) -> Result<Option<Arc<Model>>> {
        let mut slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*slot, Slot::Unread) {
            *slot = match Model::open(&home.pack()) {
                Ok(model) => Slot::Open(Arc::new(model)),
                Err(error) if error.code() == "pack_missing" => Slot::None,
                Err(error) => {
                    tracing::error!(code = error.code(), "the semantic pack cannot be used");
                    Slot::Refused(Arc::new(error))
                }
            };
        }
        match &*slot {
            Slot::Open(model) => Ok(Some(Arc::clone(model))),
            Slot::Refused(error) => Err(Error::Pack(Arc::clone(error))),
            Slot::None | Slot::Unread => Ok(None),
        }
    }

    /// Looked for again when it is needed next.
    fn forget(&self) {
        *self.slot.lock().unwrap_or_else(PoisonError::into_inner) = Slot::Unread;
        self.known.clear();
    }

    /// The model, where it has read nearly all of the workspace: what an exam with it is worth.
    pub(crate) fn at_home(&self, core: &Core) -> Result<Option<Arc<Model>>> {
        let Some(model) = self.model(&core.home).ok().flatten() else { return Ok(None) };
        self.known.follow(core, &model)?;
        let unread = core.store.unread(model.id())?.len() as u64;
        Ok((unread * 20 <= core.store.documents()?).then_some(model))
    }

    /// What a question means; `None` without a pack, with one that cannot be used, and while nothing is read yet. A pack is
    /// no reason for a question to fail.
    pub(crate) fn meant(&self, core: &Core, question: &Question) -> Option<Meant<'_>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let model = self.model(&core.home).ok().flatten()?;
        match self.known.follow(core, &model) {
            Ok(()) => self.known.meant(&model, question),
            Err(error) => {
                tracing::warn!(code = error.code(), "vectors could not be read");
                None
            }
        }
    }
}

pub(crate) fn status(engine: &Engine) -> Result<ModelView> {
    let home = &engine.core.home;
    let (model, error) = match engine.core.pack.model(home) {
        Ok(model) => (model, None),
        Err(error) => (None, Some(error.view())),
    };
    let known = match &model {
        Some(model) => {
            engine.core.pack.known.follow(&engine.core, model)?;
            engine.core.pack.known.len()
        }
        None => 0,
    };
    let header = model.as_ref().map(|model| model.header());
    Ok(ModelView {
        installed: model.is_some(),
        model: header.map(|header| header.model.clone()),
        licence: header.map(|header| header.licence.clone()),
        bytes: std::fs::metadata(home.pack()).map_or(0, |file| file.len()),
        memory: model.as_ref().map_or(0, |model| model.memory()),
        read: known as u64,
        documents: engine.core.store.documents()?,
        error,
    })
}

/// Checks a pack to the last byte, then puts a copy of it into the workspace: the old one stays until the new one is whole.
pub(crate) fn install(engine: &Engine, args: &ModelInstallArgs) -> Result<ModelView> {
    engine.must_own()?;
    let from = Path::new(args.path.trim());
    if args.path.trim().is_empty() {
        return Err(Error::BadInput("there is nothing to install: name the pack's file".into()));
    }
    Model::open(from).map_err(|error| Error::Pack(Arc::new(error)))?;
    let to = engine.core.home.pack();
    let half = to.with_extension("part");
    let copied = copy(from, &half).and_then(|()| std::fs::rename(&half, &to));
    copied.map_err(|cause| Error::Home { what: "copying the pack", path: to, cause })?;
    engine.core.pack.forget();
    status(engine)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let (mut from, mut into) = (File::open(from)?, File::create(to)?);
    io::copy(&mut from, &mut into)?;
    into.sync_all()
}

pub(crate) fn remove(engine: &Engine) -> Result<Done> {
    engine.must_own()?;
    let pack = engine.core.home.pack();
    match std::fs::remove_file(&pack) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            return Err(Error::NotFound { what: "pack", id: "meaning.pack".into() });
        }
        done => done.map_err(|cause| Error::Home { what: "deleting the pack", path: pack, cause })?,
    }
    engine.core.pack.forget();
    engine.core.store.forget_vectors()?;
    Ok(Done {})
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{KeyFile, OpenOptions, api};
    use serde_json::json;

    const VOCABULARY: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nbroker\njournal\nlocked\nlogin\nloop\ninvoice\nempty\nfile\nexport\nafter\ncrash\nreport";

    /// A model of no meaning, small enough to be made in a test.
    pub(crate) fn tiny(path: &Path) {
        let shape = meaning::Shape { words: 16, positions: 128, width: 16, layers: 1, heads: 2, inner: 16 };
        let words = |text: &str| text.to_owned();
        let header = meaning::Header {
            format: 1,
            model: words("tiny"),
            licence: words("MIT"),
            source: words("a test"),
            shape,
            vocabulary: 0,
        };
        let mut at = 0i64;
        let mut number = || {
            at += 1;
            ((at * 7919 + at * at * 31) % 2003) as f32 / 2003.0 - 0.5
        };
        let lengths: std::collections::HashMap<_, _> = shape.tensors().into_iter().collect();
        meaning::write(File::create(path).unwrap(), &header, VOCABULARY, |name| {
            Ok((0..lengths[name]).map(|_| number()).collect())
        })
        .unwrap();
    }

    #[test]
    fn a_pack_is_checked_before_it_takes_the_place_of_another_and_goes_when_asked() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Arc::new(KeyFile::at(dir.path().join("keys")));
        let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.path().join("home")) }).unwrap();
        let call = |name: &str, args| api::rpc(&engine, name, args);
        assert_eq!(call("model_status", json!({})).unwrap()["installed"], false);
        let (pack, bad) = (dir.path().join("tiny.pack"), dir.path().join("bad.pack"));
        tiny(&pack);
        let installed = call("model_install", json!({ "path": pack })).unwrap();
        assert_eq!((&installed["installed"], &installed["model"]), (&json!(true), &json!("tiny")));
        assert_eq!(installed["bytes"], std::fs::metadata(&pack).unwrap().len());

        let mut bytes = std::fs::read(&pack).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(&bad, &bytes).unwrap();
        assert_eq!(call("model_install", json!({ "path": bad })).unwrap_err().code, "pack_damaged");
        assert_eq!(call("model_install", json!({ "path": dir.path().join("none") })).unwrap_err().code, "pack_missing");
        assert_eq!(call("model_status", json!({})).unwrap()["installed"], true, "the old one stays");

        call("model_remove", json!({})).unwrap();
        assert_eq!(call("model_status", json!({})).unwrap()["installed"], false);
        assert_eq!(call("model_remove", json!({})).unwrap_err().code, "not_found");
    }

    #[test]
    fn what_is_read_counts_in_the_answer_and_goes_with_its_ticket_and_with_the_pack() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Arc::new(KeyFile::at(dir.path().join("keys")));
        // Points for age would differ by the time that passes between two questions.
        let clock = Arc::new(domain::FixedClock(domain::Millis::parse("2026-02-05T10:00:00Z").unwrap()));
        let options = OpenOptions { secrets, clock, ..OpenOptions::at(dir.path().join("home")) };
        let engine = Engine::open(options).unwrap();
        let call = |name: &str, args| api::rpc(&engine, name, args).unwrap();
        let (pack, export) = (dir.path().join("tiny.pack"), dir.path().join("export.jsonl"));
        tiny(&pack);
        let lines: Vec<String> =
            [("T-1", "broker journal locked"), ("T-2", "login loop"), ("T-3", "invoice file empty")]
                .map(|(id, subject)| {
                    let at = "2026-01-05T10:00:00Z";
                    json!({ "kind": "ticket", "id": id, "subject": subject, "created_at": at, "updated_at": at })
                        .to_string()
                })
                .into();
        std::fs::write(&export, lines.join("\n")).unwrap();
        let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
        crate::import_now(&engine, &args, &|_, _| {}).unwrap();
        engine.wait_until_searchable().unwrap();
        // The same words as T-1 and none of the others'.
        let hits = || {
            let seen = call("seen_before", json!({ "text": "broker journal locked" }));
            let hits = seen["hits"].as_array().unwrap().clone();
            let sums = hits.iter().all(|hit| {
                let parts = hit["receipt"].as_array().unwrap();
                let sum: f64 = parts.iter().map(|part| part["points"].as_f64().unwrap()).sum();
                (sum - hit["score"].as_f64().unwrap()).abs() < 1e-6
            });
            let meaning = hits.iter().filter(|hit| hit["receipt"].to_string().contains("\"meaning\"")).count();
            assert!(sums, "{seen}");
            (hits.len(), meaning, hits)
        };
        let by_words = hits();
        assert_eq!((by_words.0, by_words.1), (1, 0));
        call("model_install", json!({ "path": pack }));
        assert_eq!(engine.read_meanings(&|_, _| true, &embed).unwrap(), 3);
        assert_eq!(engine.read_meanings(&|_, _| true, &embed).unwrap(), 0, "each is read once");
        let with_pack = hits();
        assert!(with_pack.0 == 3 && with_pack.1 > 0, "cases without a word in common are looked at: {:?}", with_pack.2);
        let why = call("why_not", json!({ "question": { "text": "broker journal locked", "k": 1 }, "id": "T-2" }));
        assert_eq!(why["state"], "below", "{why}");

        engine.core.store.purge_ticket(engine.core.store.find_ticket("T-2").unwrap()[0]).unwrap();
        assert_eq!(call("model_status", json!({}))["read"], 2, "it leaves the memory too");
        call("model_remove", json!({}));
        assert_eq!(engine.core.store.vectors("tiny").unwrap(), Vec::new());
        assert_eq!(hits(), by_words, "as before there was one, to the last digit");
    }

    #[test]
    fn the_workspace_is_read_in_the_background() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Arc::new(KeyFile::at(dir.path().join("keys")));
        let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.path().join("home")) }).unwrap();
        let (pack, export) = (dir.path().join("tiny.pack"), dir.path().join("export.jsonl"));
        tiny(&pack);
        let line =
            json!({ "kind": "ticket", "id": "T-1", "subject": "login loop", "created_at": "2026-01-05T10:00:00Z" });
        std::fs::write(&export, line.to_string()).unwrap();
        let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
        crate::import_now(&engine, &args, &|_, _| {}).unwrap();
        api::rpc(&engine, "model_install", json!({ "path": pack })).unwrap();
        let patience = std::time::Instant::now() + std::time::Duration::from_secs(60);
        while engine.core.store.vectors("tiny").unwrap().is_empty() {
            assert!(std::time::Instant::now() < patience, "nobody read it");
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_pack_that_spoiled_where_it_lies_is_said_and_questions_are_answered_all_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Arc::new(KeyFile::at(dir.path().join("keys")));
        let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.path().join("home")) }).unwrap();
        std::fs::write(dir.path().join("home/meaning.pack"), "PRECPACK and then nothing").unwrap();
        let status = api::rpc(&engine, "model_status", json!({})).unwrap();
        assert_eq!((&status["installed"], &status["error"]["code"]), (&json!(false), &json!("pack_damaged")));
        assert!(api::rpc(&engine, "seen_before", json!({ "text": "broker journal locked" })).is_ok());
    }
}
