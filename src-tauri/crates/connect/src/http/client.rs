//! Requests to one site, one after the other.

use super::{
    Deadlines, Entry, Failure, Hosts, Ledger, Outcome, Pace, Patience, Proxy, Resolve, Site, body,
    connection::{Connection, Route},
    limits::take_turn,
    quota, redirect,
    retry::{self, Budget, Verdict, Wait},
    sign::sign,
    tls,
};
use domain::Clock;
use http_body_util::Full;
use hyper::{Method, body::Bytes};
use secrecy::SecretString;
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::runtime::Runtime;

/// Between two looks whether somebody wants the request to end.
const LOOK: Duration = Duration::from_millis(100);

/// What all clients of the program share, and what tests replace.
#[derive(Clone)]
pub struct ClientOptions {
    pub hosts: Arc<Hosts>,
    pub ledger: Arc<dyn Ledger>,
    pub clock: Arc<dyn Clock>,
    pub pace: Arc<dyn Pace>,
    pub resolve: Resolve,
    pub proxy: Proxy,
    pub deadlines: Deadlines,
    pub patience: Patience,
}

/// What a request does to the other side, and so whether it may be sent again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Asks {
    /// Reads what lies at the path.
    #[default]
    Get,
    /// Reads too: a question in JSON, too long for a path.
    Search(String),
    /// Makes something of this JSON. Sent with [`Client::write`] alone, once.
    Create(String),
    /// Changes what lies at the path by this JSON. Sent as [`Self::Create`] is.
    Change(String),
}

impl Asks {
    pub fn method(&self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Search(_) | Self::Create(_) => "POST",
            Self::Change(_) => "PUT",
        }
    }

    /// What goes along, byte for byte.
    pub fn body(&self) -> Option<&str> {
        match self {
            Self::Get => None,
            Self::Search(body) | Self::Create(body) | Self::Change(body) => Some(body),
        }
    }

    pub fn writes(&self) -> bool {
        matches!(self, Self::Create(_) | Self::Change(_))
    }
}

/// A request to the site.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// With its query, beginning with a slash.
    pub path: String,
    pub asks: Asks,
    pub headers: Vec<(&'static str, String)>,
    /// Why it is made, for the ledger.
    pub purpose: &'static str,
    /// A smaller page can be asked for where this one is too much for the server.
    pub divisible: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Response {
    pub status: u16,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    /// Unpacked.
    pub body: Vec<u8>,
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// How something that was to be written ended.
#[derive(Debug)]
pub enum Wrote<T> {
    /// It is there.
    Done(T),
    /// It is certainly not there: nothing was sent, or the other side said that it took nothing.
    Not(Failure),
    /// It may be there. Nobody may send it again before the other side was asked.
    Perhaps(Failure),
}

/// Asks one site. Made for one run.
pub struct Client {
    site: Site,
    /// The whole value of the `authorization` header.
    authorization: Option<SecretString>,
    options: ClientOptions,
    tls: Arc<rustls::ClientConfig>,
    runtime: Runtime,
    connection: Option<Connection>,
    budget: Budget,
    cancelled: Box<dyn Fn() -> bool + Send + Sync>,
}

impl Client {
    /// The only way to make one.
    pub fn new(
        site: Site,
        authorization: Option<SecretString>,
        ca_file: Option<PathBuf>,
        options: ClientOptions,
        cancelled: Box<dyn Fn() -> bool + Send + Sync>,
    ) -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|cause| Failure::NoConnection { host: site.authority(), cause })?;
        let tls = tls::config(ca_file.as_deref())?;
        let budget = Budget::of(options.patience);
        Ok(Self { site, authorization, options, tls, runtime, connection: None, budget, cancelled })
    }

    pub fn site(&self) -> &Site {
        &self.site
    }

    /// It asks as somebody.
    pub fn is_authorized(&self) -> bool {
        self.authorization.is_some()
    }

    /// Asks with this from now on.
    pub fn authorize(&mut self, authorization: SecretString) {
        self.authorization = Some(authorization);
    }

    /// Asks until there is an answer that `read` can read, or until patience ends. Limits and passing trouble are waited
    /// out here; every other answer is for `read` to judge.
    pub fn ask<T>(&mut self, request: &Request, read: impl Fn(&Response) -> Result<T, Failure>) -> Result<T, Failure> {
        if request.asks.writes() {
            // What may not happen twice is never asked in a loop.
            return Err(Failure::NotRepeated { host: self.site.authority() });
        }
        let hosts = Arc::clone(&self.options.hosts);
        let host = hosts.of(&self.site);
        let mut attempt = 0;
        loop {
            let (failure, wait) = {
                let pace = Arc::clone(&self.options.pace);
                let mut turn = take_turn(&host, pace.as_ref(), &self.cancelled).ok_or(Failure::Cancelled)?;
                let answered = self.once(request, attempt);
                let rest = answered.as_ref().ok().and_then(|told| quota::rest(told, self.options.clock.now()));
                let outcome = answered.and_then(|response| self.judge(response, attempt, &read));
                let (failure, wait) = match outcome {
                    Ok(answer) => {
                        self.budget.earn();
                        if let Some(rest) = rest {
                            turn.rest_until(pace.now() + rest);
                        }
                        return Ok(answer);
                    }
                    Err(told) => told,
                };
                if let Some(wait) = wait {
                    turn.rest_until(pace.now() + wait);
                }
                (failure, wait)
            };
            attempt += 1;
            // The wait itself is taken before the next turn: it holds for everybody who asks this host.
            let too_heavy = request.divisible && attempt > 1 && failure.is_overload();
            if too_heavy || wait.is_none() || !self.budget.spend(attempt) {
                return Err(failure);
            }
        }
    }

    /// Sends something that is to be written, once: there is no second attempt here, whatever comes back, and no redirect
    /// is followed. `read` judges an answer that says it is done.
    pub fn write<T>(&mut self, request: &Request, read: impl Fn(&Response) -> Result<T, Failure>) -> Wrote<T> {
        let hosts = Arc::clone(&self.options.hosts);
        let host = hosts.of(&self.site);
        let pace = Arc::clone(&self.options.pace);
        let Some(mut turn) = take_turn(&host, pace.as_ref(), &self.cancelled) else {
            return Wrote::Not(Failure::Cancelled);
        };
        // The other side may have closed a connection that was kept, and whether it did so before or after it read what came
        // next cannot be told.
        self.connection = None;
        let response = match self.exchange(&request.path, request) {
            Ok(response) => response,
            Err((failure, Sent::No)) => return Wrote::Not(failure),
            Err((failure, Sent::Perhaps)) => return Wrote::Perhaps(failure),
        };
        let authority = self.site.authority();
        match (response.status, retry::judge(&response, 0, pace.chance(), self.options.clock.now())) {
            (200..=299, _) => match read(&response) {
                Ok(done) => Wrote::Done(done),
                // It said yes, and not to what.
                Err(failure) => Wrote::Perhaps(failure),
            },
            (403 | 429, Verdict::Again(wait) | Verdict::Later(wait)) => {
                turn.rest_until(pace.now() + wait.min(retry::LONGEST));
                Wrote::Not(Failure::Limited { host: authority, wait: Wait(wait) })
            }
            // It had not come to an end within its own time, or another of the kind was under way.
            (408 | 409 | 425, _) => Wrote::Perhaps(Failure::Server { host: authority, status: response.status }),
            (400..=499, _) => match read(&response) {
                Err(failure) => Wrote::Not(failure),
                Ok(_) => {
                    Wrote::Not(Failure::Unexpected { host: authority, status: response.status, said: String::new() })
                }
            },
            (300..=399, _) => Wrote::Perhaps(Failure::SentElsewhere { host: authority, to: "another address".into() }),
            (status, _) => Wrote::Perhaps(Failure::Server { host: authority, status }),
        }
    }

    fn judge<T>(
        &self,
        response: Response,
        attempt: u32,
        read: &impl Fn(&Response) -> Result<T, Failure>,
    ) -> Result<T, (Failure, Option<Duration>)> {
        let host = self.site.authority();
        let chance = self.options.pace.chance();
        match retry::judge(&response, attempt, chance, self.options.clock.now()) {
            Verdict::Answer => read(&response).map_err(|failure| {
                let wait = retry::after_failure(&failure, attempt, chance);
                (failure, wait)
            }),
            Verdict::Later(wait) => Err((Failure::Limited { host, wait: Wait(wait) }, None)),
            Verdict::Again(wait) if matches!(response.status, 403 | 429) => {
                Err((Failure::Limited { host, wait: Wait(wait) }, Some(wait)))
            }
            Verdict::Again(wait) => Err((Failure::Server { host, status: response.status }, Some(wait))),
        }
    }

    /// One request and, on the same server, where it leads to.
    fn once(&mut self, request: &Request, attempt: u32) -> Result<Response, (Failure, Option<Duration>)> {
        let mut path = request.path.clone();
        for _ in 0..=redirect::MOST {
            let response = self.exchange(&path, request).map_err(|(failure, _)| {
                let wait = retry::after_failure(&failure, attempt, self.options.pace.chance());
                (failure, wait)
            })?;
            if !redirect::is_redirect(response.status) {
                return Ok(response);
            }
            path =
                redirect::target(&self.site, &path, response.header("location")).map_err(|failure| (failure, None))?;
        }
        Err((Failure::Circles { host: self.site.authority() }, None))
    }

    /// One line of the ledger.
    fn exchange(&mut self, path: &str, request: &Request) -> Result<Response, (Failure, Sent)> {
        let entry = Entry {
            host: self.site.authority(),
            method: request.asks.method(),
            path: path.split('?').next().unwrap_or_default().to_owned(),
            purpose: request.purpose,
        };
        let number = self.options.ledger.begin(&entry).ok_or((Failure::NotNoted, Sent::No))?;
        let kept = self.connection.take();
        let counts = kept.as_ref().map(|kept| kept.counts.clone()).unwrap_or_default();
        let (out_before, in_before) = counts.so_far();
        let sent = AtomicBool::new(false);
        let work = timed(self.options.deadlines.total, &self.site, &self.cancelled, async {
            let route = Route {
                site: &self.site,
                proxy: &self.options.proxy,
                resolve: &self.options.resolve,
                tls: &self.tls,
                deadlines: self.options.deadlines,
            };
            let mut connection = match still_open(kept).await {
                Some(kept) => kept,
                None => route.connect(&counts).await?,
            };
            sent.store(true, Ordering::SeqCst);
            let response = send(&self.site, &mut connection, path, request, self.authorization.as_ref()).await?;
            Ok((connection, response))
        });
        let done = self.runtime.block_on(work);
        let (out_after, in_after) = counts.so_far();
        let outcome = Outcome {
            status: done.as_ref().ok().map(|(_, response)| response.status),
            failed: done.as_ref().err().map(Failure::code),
            bytes_out: out_after - out_before,
            bytes_in: in_after - in_before,
        };
        self.options.ledger.end(number, &outcome);
        let sent = if sent.load(Ordering::SeqCst) { Sent::Perhaps } else { Sent::No };
        let (connection, response) = done.map_err(|failure| (failure, sent))?;
        self.connection = Some(connection);
        Ok(response)
    }
}

/// Whether anything of a request may have reached the other side.
#[derive(Clone, Copy)]
enum Sent {
    No,
    Perhaps,
}

/// The connection of the last answer, where the other side has not closed it since.
async fn still_open(kept: Option<Connection>) -> Option<Connection> {
    let mut kept = kept?;
    kept.sender.ready().await.is_ok().then_some(kept)
}

async fn timed<T>(
    total: Duration,
    site: &Site,
    cancelled: &(dyn Fn() -> bool + Send + Sync),
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let asked_to_stop = async {
        while !cancelled() {
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::select! {
        done = work => done,
        () = tokio::time::sleep(total) => Err(Failure::Silent { host: site.authority() }),
        () = asked_to_stop => Err(Failure::Cancelled),
    }
}

async fn send(
    site: &Site,
    connection: &mut Connection,
    path: &str,
    request: &Request,
    authorization: Option<&SecretString>,
) -> Result<Response, Failure> {
    let host = site.authority();
    let method = match &request.asks {
        Asks::Get => Method::GET,
        Asks::Search(_) | Asks::Create(_) => Method::POST,
        Asks::Change(_) => Method::PUT,
    };
    let mut head = hyper::Request::builder()
        .method(method)
        .uri(path)
        .header("host", &host)
        .header("user-agent", concat!("Precedent/", env!("CARGO_PKG_VERSION")))
        .header("accept-encoding", "gzip");
    if request.asks.body().is_some() {
        head = head.header("content-type", "application/json");
    }
    for (name, value) in &request.headers {
        head = head.header(*name, value);
    }
    if let Some(authorization) = authorization {
        head = sign(head, authorization, &host)?;
    }
    let body = request.asks.body().unwrap_or_default();
    let unsayable = |_| Failure::BadAddress { address: host.clone(), because: "its path cannot be asked for" };
    let message = head.body(Full::new(Bytes::copy_from_slice(body.as_bytes()))).map_err(unsayable)?;
    let answer = connection.sender.send_request(message).await.map_err(|error| body::ended(&error, &host))?;
    let (head, incoming) = answer.into_parts();
    let text = |value: &hyper::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers: Vec<_> = head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    let encoding = head.headers.get("content-encoding").map(text);
    let kind = head.headers.get("content-type").map(text);
    let body = body::text(body::read(&host, encoding.as_deref(), incoming).await?, kind.as_deref());
    Ok(Response { status: head.status.as_u16(), headers, body })
}
