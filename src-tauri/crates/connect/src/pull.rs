//! Asking a server for what changed.
//!
//! A [`Connector`] is pure: it says what to ask and reads what comes back. A [`Pull`] does the asking. Whoever drives it
//! stores each page together with its cursor in one transaction, so a pull may be stopped anywhere.

mod answer;
mod datadog;
mod found;
mod freshdesk;
mod github;
mod gitlab;
mod intercom;
mod jira;
mod listed;
mod query;
#[cfg(test)]
mod recordings;
mod redmine;
mod roll;
mod rt;
mod sent;
mod sentry;
mod shelf;
mod walk;
mod zendesk;

pub(crate) use answer::{good, said};
pub(crate) use datadog::region as datadog_region;
pub use found::{Found, Lack, Probe};
pub use roll::Called;

use crate::{
    BadRecord,
    http::{Client, ClientOptions, Failure, Request, Response, Site},
    oauth,
    push::Writer,
};
use domain::{Change, Cursor};
use secrecy::SecretString;
use std::{collections::BTreeMap, path::PathBuf};

/// What can be asked, by the word that `source add` takes.
pub const KINDS: [&str; 10] =
    ["datadog", "freshdesk", "github", "gitlab", "intercom", "jira", "redmine", "rt", "sentry", "zendesk"];

/// Options that every kind takes.
const COMMON: [&str; 4] = ["private", "ca", "write", ASKS_TOKEN];
/// The one that says that its token is given anew for each run, and kept nowhere.
const ASKS_TOKEN: &str = "ask_token";
/// And the one that says by which client somebody signs in, where a kind knows that.
const CLIENT: &str = "client";

/// One kind of server: what to ask it and how to read its answers. No network, no clock, no state.
pub trait Connector: Send + Sync {
    /// Where its interface answers.
    fn site(&self) -> &Site;
    /// The name of a source that nobody named.
    fn default_name(&self) -> String;
    /// The value of the `authorization` header.
    fn authorization(&self, token: &SecretString) -> SecretString;
    /// In the order in which they are read: what others refer to comes first. One that is named again is read again where
    /// something was asked in between.
    fn streams(&self) -> &'static [&'static str];
    /// Nothing will ever come from this stream again: it is not asked.
    fn is_over(&self, _stream: &str, _cursor: Option<&Cursor>) -> bool {
        false
    }
    /// The other streams go on where this account may not read this one.
    fn is_optional(&self, _stream: &str) -> bool {
        false
    }
    fn request(&self, stream: &str, cursor: Option<&Cursor>) -> Request;
    fn read(&self, stream: &str, cursor: Option<&Cursor>, response: &Response) -> Result<StreamPage, Failure>;
    /// The same place with a smaller page, where the server broke down under this one.
    fn smaller(&self, stream: &str, cursor: Option<&Cursor>) -> Option<Cursor>;
    /// What is deleted comes as a change: no roll has to be called.
    fn tells_what_is_gone(&self) -> bool {
        false
    }
    /// This account is not told, though others are: so says what was read of the stream.
    fn keeps_silent(&self, _stream: &str, _cursor: Option<&Cursor>) -> bool {
        false
    }
    /// Asks whether the source is there, and for whom.
    fn test(&self) -> Request;
    fn tested(&self, response: &Response) -> Result<Found, Failure>;
    /// What else is asked of one that is there, given the answers so far, and what follows from them. `writes`: it is to be
    /// written to.
    fn probe(&self, writes: bool, told: &[Response]) -> Probe {
        let _ = (writes, told);
        Probe::Done(Vec::new())
    }
    /// Asks how many records there are.
    fn count(&self) -> Request;
    /// Asks the same of its `nth` other list, where it keeps records in several; their sum is the number.
    fn count_of_other(&self, _nth: usize) -> Option<Request> {
        None
    }
    /// `None` where the answer does not say.
    fn counted(&self, response: &Response) -> Result<Option<u64>, Failure>;
    /// Asks for the ids of everything that is there. `after` is what the page before named as next.
    fn roll(&self, after: Option<&str>) -> Request;
    /// `after` is what was asked with.
    fn rolled(&self, after: Option<&str>, response: &Response) -> Result<RollPage, Failure>;
    /// Asks for one record that was missing from the roll.
    fn one(&self, id: &str) -> Request;
    /// What became of it.
    fn found(&self, id: &str, response: &Response) -> Result<Vec<Change>, Failure>;
    /// Asks for what was deleted last, newest first and page by page from 1, where the server keeps a list of that.
    fn dropped(&self, _page: usize) -> Option<Request> {
        None
    }
    /// Its ids; of an account that may not see them, none.
    fn dropped_ids(&self, _response: &Response) -> Result<Vec<String>, Failure> {
        Ok(Vec::new())
    }
}

/// Some changes of a stream, and where it goes on.
#[derive(Debug, Default)]
pub struct StreamPage {
    pub changes: Vec<Change>,
    pub bad: Vec<BadRecord>,
    /// To be stored with the changes.
    pub next: Option<Cursor>,
    pub more: bool,
    /// How many records there are, where this page says so of all of them.
    pub total: Option<u64>,
    /// Why this account may not read the stream, where it may not and the others go on.
    pub closed: Option<Failure>,
    /// Where the page is what a listing left out of one record: whether it may be read.
    pub detail: Option<Detail>,
}

/// What became of the request that asked for what a listing leaves out of a record.
#[derive(Debug)]
pub struct Detail {
    /// What it is: `details` (what was said, and handoffs), `deploys`, `links`.
    pub what: &'static str,
    /// Where this account may not read it.
    pub refused: Option<Failure>,
}

/// Ids of records that are there.
#[derive(Debug, Default)]
pub struct RollPage {
    pub ids: Vec<String>,
    pub next: Option<String>,
}

/// How a source was set up.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    pub kind: String,
    pub url: String,
    pub options: BTreeMap<String, String>,
}

#[derive(Debug, thiserror::Error)]
pub enum BadSetup {
    #[error("\"{0}\" is not a kind of source; there is {kinds}", kinds = KINDS.join(", "))]
    Kind(String),
    #[error("\"{0}\" is not an option of this kind of source; there is {options}", options = COMMON.join(", "))]
    Option(String),
    #[error("nobody signs in to a source of the kind {0} with a client: it takes a token")]
    NoSignIn(String),
    #[error("the client is named by its unique identifier, which has no spaces")]
    BadClient,
    #[error("the option {0} is yes or no")]
    YesOrNo(&'static str),
    #[error("nothing can be written to a source of the kind {0}: it is only read")]
    ReadOnly(String),
    #[error(transparent)]
    Address(#[from] Failure),
}

impl Setup {
    /// Checks everything that can be checked without asking anybody.
    pub fn connector(&self) -> Result<Box<dyn Connector>, BadSetup> {
        if let Some(strange) = self.options.keys().find(|key| !COMMON.contains(&key.as_str()) && *key != CLIENT) {
            return Err(BadSetup::Option(strange.clone()));
        }
        let site = self.site()?;
        self.sign_in()?;
        self.asks_token()?;
        if self.may_write()? && self.writer()?.is_none() {
            return Err(BadSetup::ReadOnly(self.kind.clone()));
        }
        match self.kind.as_str() {
            "datadog" => Ok(Box::new(datadog::Datadog::at(&site)?)),
            "freshdesk" => Ok(Box::new(walk::Walk(freshdesk::Freshdesk::at(&site)))),
            "github" => Ok(Box::new(walk::Walk(github::Github::at(&site)?))),
            "gitlab" => Ok(Box::new(walk::Walk(gitlab::Gitlab::at(&site)?))),
            "intercom" => Ok(Box::new(walk::Walk(intercom::Intercom::at(&site)?))),
            "jira" => Ok(Box::new(walk::Walk(jira::Jira::at(&site)?))),
            "redmine" => Ok(Box::new(walk::Walk(redmine::Redmine::at(&site)?))),
            "rt" => Ok(Box::new(walk::Walk(rt::Rt::at(&site)))),
            "sentry" => Ok(Box::new(walk::Walk(sentry::Sentry::at(&site)?))),
            "zendesk" => Ok(Box::new(zendesk::Zendesk::at(&site))),
            other => Err(BadSetup::Kind(other.into())),
        }
    }

    /// Its token is given anew for each run of the program, and kept nowhere.
    pub fn asks_token(&self) -> Result<bool, BadSetup> {
        self.is_set(ASKS_TOKEN)
    }

    /// Whether its token is to be given for each run, or kept.
    pub fn ask_token(&mut self, asks: bool) {
        match asks {
            true => self.options.insert(ASKS_TOKEN.into(), "yes".into()),
            false => self.options.remove(ASKS_TOKEN),
        };
    }

    /// How this kind of server is written to; `None` where it is only read.
    pub fn writer(&self) -> Result<Option<Box<dyn Writer>>, BadSetup> {
        let site = self.site()?;
        Ok(Some(match self.kind.as_str() {
            "freshdesk" => Box::new(freshdesk::Freshdesk::at(&site)),
            "github" => Box::new(github::Github::at(&site)?),
            "gitlab" => Box::new(gitlab::Gitlab::at(&site)?),
            "jira" => Box::new(jira::Jira::at(&site)?),
            "redmine" => Box::new(redmine::Redmine::at(&site)?),
            "rt" => Box::new(rt::Rt::at(&site)),
            "zendesk" => Box::new(zendesk::Zendesk::at(&site)),
            _ => return Ok(None),
        }))
    }

    /// By which client somebody signs in to it, where one is named.
    pub fn sign_in(&self) -> Result<Option<oauth::Client>, BadSetup> {
        let Some(id) = self.options.get(CLIENT) else { return Ok(None) };
        let (way, reads, writes) = match self.kind.as_str() {
            "zendesk" => (oauth::Way::Browser, "read", "read tickets:write"),
            // An app of GitHub's has what it was given; without a scope any other client reads what is public.
            "github" => (oauth::Way::Code, "", "repo"),
            other => return Err(BadSetup::NoSignIn(other.into())),
        };
        if id.is_empty() || id.len() > 200 || id.bytes().any(|byte| !byte.is_ascii_graphic()) {
            return Err(BadSetup::BadClient);
        }
        let scope = if self.may_write()? { writes } else { reads };
        Ok(Some(oauth::Client { site: self.site()?.with(None, ""), id: id.clone(), scope, way }))
    }

    /// The person allowed it. Nothing is ever written to a source where nobody did.
    pub fn may_write(&self) -> Result<bool, BadSetup> {
        self.is_set("write")
    }

    pub fn site(&self) -> Result<Site, BadSetup> {
        Ok(Site::parse(&self.url, self.is_set("private")?)?)
    }

    fn is_set(&self, option: &'static str) -> Result<bool, BadSetup> {
        match self.options.get(option).map(String::as_str) {
            None | Some("no") => Ok(false),
            Some("yes") => Ok(true),
            Some(_) => Err(BadSetup::YesOrNo(option)),
        }
    }

    /// Who vouches for the server, where the person named a file.
    pub fn ca_file(&self) -> Option<PathBuf> {
        self.options.get("ca").map(PathBuf::from)
    }
}

/// Makes another token where the one that was used has ended, as those do that signing in gave. Kept before it is answered.
pub type Renew = Box<dyn FnMut() -> Result<SecretString, Failure>>;

/// A source that is being asked.
pub struct Pull {
    connector: Box<dyn Connector>,
    client: Client,
    renew: Option<Renew>,
    /// What is deleted is not told to this account.
    silent: bool,
}

impl Pull {
    pub fn new(
        setup: &Setup,
        token: Option<&SecretString>,
        options: ClientOptions,
        cancelled: Box<dyn Fn() -> bool + Send + Sync>,
    ) -> Result<Self, BadSetup> {
        let connector = setup.connector()?;
        let authorization = token.map(|token| connector.authorization(token));
        let client = Client::new(connector.site().clone(), authorization, setup.ca_file(), options, cancelled)?;
        Ok(Self { connector, client, renew: None, silent: false })
    }

    /// From now on a token that has ended is replaced, once for each request.
    pub fn renewing(self, renew: Renew) -> Self {
        Self { renew: Some(renew), ..self }
    }

    /// Every request of a pull goes through here.
    fn ask<T>(
        &mut self,
        request: &Request,
        read: impl Fn(&dyn Connector, &Response) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let connector = self.connector.as_ref();
        match (self.client.ask(request, |response| read(connector, response)), &mut self.renew) {
            (Err(Failure::TokenRefused { .. }), Some(renew)) => {
                self.client.authorize(connector.authorization(&renew()?));
                self.client.ask(request, |response| read(connector, response))
            }
            // Nothing was taken back that was never given: what came with a token of one run alone stays.
            (Err(Failure::TokenRefused { host }), None) if !self.client.is_authorized() => {
                Err(Failure::NoToken { host })
            }
            (asked, _) => asked,
        }
    }

    pub fn streams(&self) -> &'static [&'static str] {
        self.connector.streams()
    }

    /// Nothing will ever come from this stream again.
    pub fn is_over(&self, stream: &str, cursor: Option<&Cursor>) -> bool {
        self.connector.is_over(stream, cursor)
    }

    /// Whether it is there, and what it lacks. `writes`: it is to be written to.
    pub fn test(&mut self, writes: bool) -> Result<Found, Failure> {
        let request = self.connector.test();
        let mut found = self.ask(&request, |connector, response| connector.tested(response))?;
        let mut told = Vec::new();
        while told.len() < found::PROBES {
            match self.connector.probe(writes, &told) {
                Probe::Done(lacks) => {
                    found.lacks.extend(lacks);
                    break;
                }
                // What cannot be told now is no reason to say that it is not there.
                Probe::Ask(request) => match self.client.ask(&request, |response| Ok(response.clone())) {
                    Ok(response) => told.push(response),
                    Err(Failure::Cancelled) => return Err(Failure::Cancelled),
                    Err(_) => told.push(Response::default()),
                },
            }
        }
        found.lacks.sort();
        found.lacks.dedup();
        Ok(found)
    }

    /// How many records there are, where the server tells.
    pub fn count(&mut self) -> Result<Option<u64>, Failure> {
        let (mut request, mut sum) = (Some(self.connector.count()), 0);
        for nth in 0.. {
            let Some(asked) = request else { break };
            let Some(one) = self.ask(&asked, |connector, response| connector.counted(response))? else {
                return Ok(None);
            };
            sum += one;
            request = self.connector.count_of_other(nth);
        }
        Ok(Some(sum))
    }

    /// The page at this place of the stream.
    pub fn page(&mut self, stream: &str, cursor: Option<&Cursor>) -> Result<StreamPage, Failure> {
        let mut smaller: Option<Cursor> = None;
        loop {
            let cursor = smaller.as_ref().or(cursor);
            let request = self.connector.request(stream, cursor);
            let asked = self.ask(&request, |connector, response| connector.read(stream, cursor, response));
            match asked {
                Err(failure) if failure.is_overload() => match self.connector.smaller(stream, cursor) {
                    Some(next) => smaller = Some(next),
                    None => return Err(failure),
                },
                Err(failure @ (Failure::AccessDenied { .. } | Failure::NotThere { .. }))
                    if self.connector.is_optional(stream) =>
                {
                    let next = cursor.cloned();
                    return Ok(StreamPage { next, closed: Some(failure), ..StreamPage::default() });
                }
                asked => {
                    let page = asked?;
                    self.silent |= self.connector.keeps_silent(stream, page.next.as_ref());
                    return Ok(page);
                }
            }
        }
    }
}
