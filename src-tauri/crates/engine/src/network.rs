//! What every request of this program goes through, and what is replaced where a test must not wait.

use connect::http::{
    ClientOptions, Deadlines, Entry, Failure, Hosts, Ledger, Outcome, Pace, Patience, Proxy, Resolve, SystemPace,
    system_resolver,
};
use domain::{Clock, SourceName};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use crate::{open::Core, rounds::surroundings::Surroundings};

/// How the network is used. Shared by everything that asks.
#[derive(Clone)]
pub struct Network {
    pub pace: Arc<dyn Pace>,
    pub resolve: Resolve,
    pub deadlines: Deadlines,
    pub patience: Patience,
    /// `None`: the one that the environment names, if it names one.
    pub proxy: Option<Proxy>,
    /// Whose turn it is at each host.
    pub hosts: Arc<Hosts>,
    /// Between two looks whether something that waits in the outbox can leave.
    pub post_pause: Duration,
    /// Between two looks whether a source is to be asked by itself.
    pub round_pause: Duration,
    /// Where a browser comes back to after signing in; 0 is any that is free.
    pub sign_in_port: u16,
    /// Whether this machine spares its battery or its money right now.
    pub surroundings: Arc<dyn Fn() -> Surroundings + Send + Sync>,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            pace: Arc::new(SystemPace::default()),
            resolve: system_resolver(),
            deadlines: Deadlines::default(),
            patience: Patience::default(),
            proxy: None,
            hosts: Arc::default(),
            post_pause: Duration::from_secs(15),
            round_pause: Duration::from_secs(15),
            sign_in_port: connect::oauth::PORT,
            surroundings: Arc::new(Surroundings::look),
        }
    }
}

impl Network {
    pub(crate) fn client(&self, ledger: Arc<dyn Ledger>, clock: Arc<dyn Clock>) -> Result<ClientOptions, Failure> {
        let proxy = match &self.proxy {
            Some(proxy) => proxy.clone(),
            None => Proxy::from_environment()?,
        };
        let Self { pace, resolve, deadlines, patience, hosts, .. } = self.clone();
        Ok(ClientOptions { hosts, ledger, clock, pace, resolve, proxy, deadlines, patience })
    }
}

/// The ledger's page of one source.
pub(crate) struct SourceLedger {
    core: Arc<Core>,
    source: SourceName,
    /// Why a line could not be written.
    failed: Mutex<Option<store::Error>>,
}

impl SourceLedger {
    pub(crate) fn of(core: &Arc<Core>, source: &SourceName) -> Arc<Self> {
        Arc::new(Self { core: Arc::clone(core), source: source.clone(), failed: Mutex::default() })
    }

    /// The reason behind a request that was not made because it could not be noted.
    pub(crate) fn reason(&self) -> Option<store::Error> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn fail(&self, error: store::Error) {
        *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }
}

impl Ledger for SourceLedger {
    fn begin(&self, entry: &Entry) -> Option<i64> {
        let Entry { host, method, path, purpose } = entry;
        let request = store::Request { source: &self.source, host, method, path, purpose };
        self.core.store.begin_request(&request, self.core.clock.now()).map_err(|error| self.fail(error)).ok()
    }

    fn end(&self, number: i64, outcome: &Outcome) {
        let Outcome { status, failed, bytes_out, bytes_in } = outcome;
        // The line stands; what it lacks is how the request ended, and the next line will fail too.
        if let Err(error) = self.core.store.end_request(number, *status, *failed, *bytes_out, *bytes_in) {
            self.fail(error);
        }
    }
}
