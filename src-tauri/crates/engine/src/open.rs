//! Opening a workspace: the store, then the index that shadows it, rebuilt whenever it cannot be trusted.

use crate::{
    Error, Home, Result, Subscriber,
    api::view::{Event, IndexState, IndexView},
    backups,
    code::{Known, Ready},
    events::Events,
    indexer::Indexer,
    insights::Gathered,
    jobs::Jobs,
    keeper::Keeper,
    lanes::Lanes,
    network::Network,
    outbox::Post,
    pack::{Pack, Reader},
    privacy::lost,
    replay::calibration::Calibration,
    rounds::Rounds,
    rules::{Speaking, triage::Triaged},
    vault::{Vault, default_secrets},
};
use connect::SecretStore;
use domain::{CipherKey, Clock, SourceName, SystemClock};
use index::Index;
use jiff::tz::TimeZone;
use secrecy::SecretString;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::{
        Arc, Mutex, OnceLock, PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
};
use store::Store;

#[derive(Clone)]
pub struct OpenOptions {
    /// The workspace's folder; made if it is missing.
    pub home: PathBuf,
    pub clock: Arc<dyn Clock>,
    /// Whose midnight "today" begins at.
    pub zone: TimeZone,
    /// Where the key is kept that opens the workspace.
    pub secrets: Arc<dyn SecretStore>,
    /// What opens it instead, where somebody chose so. A new workspace is made under it.
    pub passphrase: Option<SecretString>,
    pub network: Network,
    /// Who works here, for what is written down of what they sent.
    pub person: String,
}

impl OpenOptions {
    pub fn at(home: impl Into<PathBuf>) -> Self {
        let (clock, zone, secrets) = (Arc::new(SystemClock), TimeZone::system(), default_secrets());
        let (network, person) = (Network::default(), person());
        Self { home: home.into(), clock, zone, secrets, passphrase: None, network, person }
    }
}

/// As this machine calls whoever is signed in.
fn person() -> String {
    let named = ["USER", "LOGNAME", "USERNAME"].into_iter().filter_map(|name| std::env::var(name).ok());
    named.map(|name| name.trim().to_owned()).find(|name| !name.is_empty()).unwrap_or_else(|| "somebody".into())
}

/// What every part of the engine stands on.
pub(crate) struct Core {
    pub(crate) home: Home,
    pub(crate) vault: Mutex<Vault>,
    pub(crate) store: Store,
    index: RwLock<Arc<Index>>,
    index_view: Mutex<IndexView>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) zone: TimeZone,
    pub(crate) events: Events,
    /// Running imports: while there are any, the index commits less often.
    pub(crate) bulk: AtomicUsize,
    pub(crate) network: Network,
    pub(crate) person: String,
    /// Held while something is sent.
    pub(crate) posting: Mutex<()>,
    /// The semantic pack, where there is one.
    pub(crate) pack: Pack,
    /// Sources that are being asked right now.
    pub(crate) syncing: Mutex<BTreeSet<SourceName>>,
    /// What was read of each repository, as far as anybody asked.
    pub(crate) known: Mutex<BTreeMap<SourceName, Arc<Known>>>,
    /// Held while a repository is read.
    pub(crate) reading: Mutex<()>,
    /// The knowledge folder is shared by one at a time.
    pub(crate) sharing: Mutex<()>,
    /// Held while a mirror is fetched.
    pub(crate) fetching: Mutex<()>,
    /// Held while a sign-in is renewed.
    pub(crate) renewing: Mutex<()>,
    /// What the newest exam says of the verdict, once somebody asked.
    pub(crate) calibration: Mutex<Option<Arc<Calibration>>>,
    /// The detection rules that speak, once somebody asked.
    pub(crate) rules: Mutex<Speaking>,
    /// What they suggest for tickets that are open.
    pub(crate) triaged: Mutex<Triaged>,
    /// What figures are made of, once somebody asked.
    pub(crate) gathered: Mutex<Option<Arc<Gathered>>>,
    /// Why the index had to be rebuilt when this workspace was opened.
    rebuilt: Option<String>,
    /// What was done to bring the database back, in words.
    mended: Mutex<Option<String>>,
    /// Why the newest copy of the database could not be made, where it could not.
    backup_failed: Mutex<Option<String>>,
    /// Held while copies of the database are made or let go.
    pub(crate) copying: Mutex<()>,
    /// Why there is no index to ask: it is unreadable, and not ours to replace.
    no_index: Option<String>,
}

pub struct Engine {
    pub(crate) core: Arc<Core>,
    /// `None` when another process owns the workspace: we read what it wrote.
    pub(crate) indexer: Option<Indexer>,
    /// Makes copies of the database, where it is ours.
    _keeper: Option<Keeper>,
    /// Reads in the background what texts mean, where a semantic pack is installed.
    _reader: Option<Reader>,
    /// Reads ahead what versions print.
    _ready: Option<Ready>,
    /// Takes along what could not leave at once.
    _post: Option<Post>,
    /// Asks sources by itself, where the host stays.
    pub(crate) rounds: OnceLock<Rounds>,
    pub(crate) jobs: Jobs,
    pub(crate) lanes: Lanes,
}

impl Engine {
    /// Opens a workspace. Answers as soon as questions can be asked; an index that lags behind or has to be rebuilt
    /// catches up in the background, and says so in its state.
    pub fn open(options: OpenOptions) -> Result<Arc<Self>> {
        let home = Home::open(&options.home)?;
        let vault = Vault::open(&home, options.secrets, options.passphrase.as_ref(), options.clock.now())?;
        home.must_have_its_database()?;
        let owned = home.is_owned();
        let copy = backups::next(&home.backups(), backups::Kind::Whole, options.clock.now());
        let store = Store::open_keeping(&home.database(), &vault.database(), owned.then_some(copy.as_path()))?;
        let (expired, lost) = if owned { let_go(&store, options.clock.now()) } else { (0, 0) };
        let Opened { index, rebuild, no_index } = open_index(&home, &vault.index(), &store)?;
        let state = if no_index.is_some() { IndexState::Behind } else { IndexState::Ready };
        let core = Arc::new(Core {
            home,
            vault: Mutex::new(vault),
            store,
            index: RwLock::new(Arc::new(index)),
            index_view: Mutex::new(IndexView { state, done: 0, total: 0, reason: no_index.clone() }),
            clock: options.clock,
            zone: options.zone,
            events: Events::default(),
            bulk: AtomicUsize::new(0),
            network: options.network,
            person: options.person,
            posting: Mutex::default(),
            pack: Pack::default(),
            syncing: Mutex::default(),
            known: Mutex::default(),
            reading: Mutex::default(),
            sharing: Mutex::default(),
            fetching: Mutex::default(),
            renewing: Mutex::default(),
            calibration: Mutex::default(),
            rules: Mutex::default(),
            triaged: Mutex::default(),
            gathered: Mutex::default(),
            rebuilt: rebuild.clone(),
            mended: Mutex::default(),
            backup_failed: Mutex::default(),
            copying: Mutex::default(),
            no_index,
        });
        let indexer = if owned { Some(Indexer::start(&core, rebuild)?) } else { None };
        if let Some(indexer) = indexer.as_ref().filter(|_| expired + lost > 0) {
            indexer.erase_soon();
        }
        if lost > 0 {
            backups::renew(&core)?;
        }
        let _keeper = owned.then(|| Keeper::start(&core));
        let _reader = owned.then(|| Reader::start(&core));
        let _ready = owned.then(|| Ready::start(&core));
        let _post = owned.then(|| Post::start(&core));
        let (rounds, jobs, lanes) = (OnceLock::new(), Jobs::default(), Lanes::default());
        Ok(Arc::new(Self { core, indexer, _keeper, _reader, _ready, _post, rounds, jobs, lanes }))
    }

    /// Calls back on every event, on the thread where it happened.
    pub fn subscribe(&self, subscriber: Subscriber) {
        self.core.events.subscribe(subscriber);
    }

    /// Why the index had to be rebuilt when this workspace was opened, in words.
    pub fn rebuilt_because(&self) -> Option<&str> {
        self.core.rebuilt.as_deref()
    }

    /// Makes the copies of the database that are due, now: for hosts that end before it would be done by itself.
    pub fn back_up(&self) {
        self.core.note_backup(backups::make_due(&self.core));
    }

    /// Waits until the index holds everything that the store holds now.
    pub fn wait_until_searchable(&self) -> Result<()> {
        let Some(indexer) = &self.indexer else { return Ok(()) };
        indexer.wait(&self.core)?;
        crate::insights::keep_facts(self);
        Ok(())
    }

    /// Makes the index anew when `error` says that it has to be: an answer from a damaged index is no answer.
    pub(crate) fn mend_index_after(&self, error: &Error) {
        let Some((indexer, reason)) = self.indexer.as_ref().zip(error.spoilt_index()) else { return };
        if self.core.index_view().state != IndexState::Rebuilding {
            indexer.rebuild(&self.core, &reason);
        }
    }

    pub(crate) fn must_own(&self) -> Result<&Indexer> {
        self.indexer.as_ref().ok_or(Error::InUse)
    }
}

impl Core {
    pub(crate) fn index(&self) -> Arc<Index> {
        Arc::clone(&self.index.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// For a question. Refused where another process is making the index anew: nothing found would read as *new*.
    pub(crate) fn index_to_ask(&self) -> Result<Arc<Index>> {
        match &self.no_index {
            Some(reason) => Err(Error::NoIndex(reason.clone())),
            None => Ok(self.index()),
        }
    }

    /// An empty one, on disk, in the place of what was there.
    pub(crate) fn make_index(&self) -> Result<()> {
        // The old files stay open as long as anybody holds the old index.
        self.replace_index(Index::in_ram()?);
        let key = self.vault.lock().unwrap_or_else(PoisonError::into_inner).index();
        self.replace_index(Index::create(&self.home.index(), &key)?);
        Ok(())
    }

    pub(crate) fn database_key(&self) -> CipherKey {
        self.vault.lock().unwrap_or_else(PoisonError::into_inner).database()
    }

    pub(crate) fn note_mended(&self, said: Option<String>) {
        *self.mended.lock().unwrap_or_else(PoisonError::into_inner) = said;
    }

    pub(crate) fn mended(&self) -> Option<String> {
        self.mended.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn note_backup(&self, made: Result<()>) {
        if let Err(error) = &made {
            tracing::warn!(code = error.code(), "the database could not be copied");
        }
        *self.backup_failed.lock().unwrap_or_else(PoisonError::into_inner) = made.err().map(|error| error.to_string());
    }

    pub(crate) fn backup_failed(&self) -> Option<String> {
        self.backup_failed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn replace_index(&self, index: Index) {
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(index);
    }

    pub(crate) fn index_view(&self) -> IndexView {
        self.index_view.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_index_view(&self, view: IndexView) {
        let mut current = self.index_view.lock().unwrap_or_else(PoisonError::into_inner);
        let news = current.state != view.state || current.reason != view.reason || view.state != IndexState::Ready;
        *current = view.clone();
        drop(current);
        if news {
            self.events.emit(Event::Index { index: view });
        }
    }

    /// Whoever shows the outbox asks again.
    pub(crate) fn tell_outbox(&self) {
        self.events.emit(Event::Outbox {});
    }

    pub(crate) fn is_bulk(&self) -> bool {
        self.bulk.load(Ordering::SeqCst) > 0
    }

    /// Nothing is imported, and no source is asked.
    pub(crate) fn is_quiet(&self) -> bool {
        !self.is_bulk() && self.syncing.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

/// Before anything can be asked or shown. A full disk or a damaged page is no reason not to open: `doctor` mends it.
fn let_go(store: &Store, now: domain::Millis) -> (u64, u64) {
    let told = |gone: store::Result<u64>| {
        gone.unwrap_or_else(|error| {
            tracing::error!(code = error.code(), "what was to go, or to be noted, could not be written");
            0
        })
    };
    told(store.close_requests());
    (told(store.expire(now)), told(lost::purge(store, now)))
}

struct Opened {
    index: Index,
    rebuild: Option<String>,
    no_index: Option<String>,
}

/// The index on disk if it can be trusted, else an empty one and the reason, in words, why it has to be rebuilt.
fn open_index(home: &Home, key: &CipherKey, store: &Store) -> Result<Opened> {
    let reason = match Index::open(&home.index(), key) {
        Ok(index) => match distrust(&index, store)? {
            None => return Ok(Opened { index, rebuild: None, no_index: None }),
            Some(reason) => Some(reason),
        },
        Err(error) if error.code() == "index_missing" => {
            (store.documents()? > 0).then(|| "the search index was missing".into())
        }
        Err(error) => Some(error.to_string()),
    };
    // Somebody else's index is not ours to replace.
    if !home.is_owned() {
        return Ok(Opened { index: Index::in_ram()?, rebuild: None, no_index: reason });
    }
    Ok(Opened { index: Index::create(&home.index(), key)?, rebuild: reason, no_index: None })
}

/// Sound by itself, but not a shadow of this store.
fn distrust(index: &Index, store: &Store) -> Result<Option<String>> {
    let (mark, sequence) = (index.watermark(), store.sequence()?);
    if mark.sequence > sequence {
        return Ok(Some("the search index was ahead of the database".into()));
    }
    if mark.sequence == sequence && mark.documents != store.documents()? {
        return Ok(Some("the search index and the database disagreed".into()));
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyFile, api, import_now};
    use domain::{FixedClock, Millis};
    use serde_json::json;

    #[test]
    fn a_clock_that_jumps_loses_nothing_and_does_nothing_twice() {
        let dir = tempfile::tempdir().unwrap();
        let (home, export) = (dir.path().join("home"), dir.path().join("export.jsonl"));
        let line = |id: &str, at: &str| {
            json!({ "kind": "ticket", "id": id, "subject": "Gauge", "created_at": at, "updated_at": at }).to_string()
        };
        // The hour that comes twice in Berlin, and a ticket from the future.
        let lines = [
            line("T-1", "2026-10-25T02:30:00+02:00"),
            line("T-2", "2026-10-25T02:30:00+01:00"),
            line("T-3", "2030-01-01T00:00:00Z"),
        ];
        std::fs::write(&export, lines.join("\n")).unwrap();
        let berlin = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let mut added = Vec::new();
        // Today, a day back, a year ahead, and in the hour that comes twice.
        for now in ["2026-11-25T12:00:00Z", "2026-11-24T12:00:00Z", "2027-11-25T12:00:00Z", "2026-10-25T00:59:59Z"] {
            let clock = Arc::new(FixedClock(Millis::parse(now).unwrap()));
            let secrets = Arc::new(KeyFile::at(dir.path().join("keys")));
            let options = OpenOptions { clock, secrets, zone: berlin.clone(), ..OpenOptions::at(&home) };
            let engine = Engine::open(options).unwrap();
            let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
            added.push(import_now(&engine, &args, &|_, _| {}).unwrap().added);
            engine.wait_until_searchable().unwrap();
            engine.back_up();
            let call = |name: &str, args| api::rpc(&engine, name, args).unwrap();
            let seen = call("seen_before", json!({ "ticket": "T-1" }));
            assert_eq!(seen["hits"].as_array().unwrap().len(), 2, "{now}: {seen}");
            let report = call("doctor", json!({}));
            assert_eq!((&report["ok"], engine.rebuilt_because()), (&json!(true), None), "{now}: {report}");
        }
        assert_eq!(added, [3, 0, 0, 0]);
        let copies = backups::all(&home.join("backups")).len();
        assert_eq!(copies, 4 + 2, "of what people wrote each day, of everything the newest two");
    }
}
