//! Writing to a server what a person saw and sent.
//!
//! A [`Writer`] is pure: it says what leaves, byte for byte, and reads what comes back. Each text carries a mark of its own,
//! by which it is found again: after a cut connection or a crash the server is asked whether it has it, before anything is
//! sent a second time. A [`Push`] does the asking.
//!
//! Deliberately absent: changing or deleting what is there, attachments, anything public that was not asked for as such.

use crate::{
    http::{Client, ClientOptions, Failure, Request, Response, Wrote},
    pull::{BadSetup, Connector, Setup},
};
use domain::{Change, Comment, Millis, Ticket};
use secrecy::SecretString;

/// How many pages are looked through for a text. What is not on them may still be there.
const PAGES: usize = 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteKind {
    /// A new issue.
    Issue,
    /// A comment that everybody sees who sees the record.
    Comment,
    /// An internal note: not for whoever asked.
    Note,
    /// That a record is one of the problem that [`Piece::title`] names. It says nothing and has no mark: it is there or not.
    Link,
}

impl WriteKind {
    pub const ALL: [Self; 4] = [Self::Issue, Self::Comment, Self::Note, Self::Link];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Issue => "issue",
            Self::Comment => "comment",
            Self::Note => "note",
            Self::Link => "link",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// What is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub kind: WriteKind,
    /// The record that a comment, a note or a link is for, as its source names it.
    pub on: Option<String>,
    /// Of an issue; of a link the problem, as its source names it.
    pub title: Option<String>,
    /// With its mark, as [`Writer::marked`] put it there.
    pub body: String,
    pub mark: String,
}

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// As the server names it.
    pub id: String,
    /// Where a browser shows it, where the server says so.
    pub url: Option<String>,
}

/// What one page says of whether a text is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    There(Written),
    /// Not on this page; the next one is asked for with this.
    Further(String),
    /// On no page.
    Nowhere,
}

/// What all pages say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    There(Written),
    Nowhere,
    /// There is more than anybody looks through.
    Untold,
}

/// How one kind of server is written to.
pub trait Writer: Send + Sync {
    fn kinds(&self) -> &'static [WriteKind];
    /// The permission that a token needs for it, in the server's own words.
    fn needs(&self) -> &'static str;
    /// Letters that a text may have.
    fn longest(&self) -> usize;
    /// The text as it leaves, with its mark.
    fn marked(&self, body: &str, mark: &str) -> String;
    fn request(&self, piece: &Piece) -> Result<Request, &'static str>;
    fn written(&self, piece: &Piece, response: &Response) -> Result<Written, Failure>;
    /// What has to be asked before a text leaves, given the answers so far: where a server would make public what this account
    /// may not keep from others.
    fn before(&self, piece: &Piece, told: &[Response]) -> Result<Option<Request>, Failure> {
        let _ = (piece, told);
        Ok(None)
    }
    /// The record in an answer to [`Connector::one`], where a sync takes only a part of it.
    fn record(&self, id: &str, response: &Response) -> Option<Ticket> {
        let _ = (id, response);
        None
    }
    /// Asks for what was written, the newest first where the server can. `after` is what the page before named.
    fn look(&self, piece: &Piece, after: Option<&str>) -> Request;
    /// What else was said, in the answer to [`Writer::look`]. What cannot be read is left out.
    fn said(&self, piece: &Piece, response: &Response) -> Vec<Comment>;
    /// `since` lies before the moment at which it was first sent.
    fn looked(&self, piece: &Piece, since: Millis, after: Option<&str>, response: &Response) -> Result<Look, Failure>;
}

/// Writes to one source.
pub struct Push {
    writer: Box<dyn Writer>,
    connector: Box<dyn Connector>,
    client: Client,
}

impl Push {
    pub fn new(
        setup: &Setup,
        token: Option<&SecretString>,
        options: ClientOptions,
        cancelled: Box<dyn Fn() -> bool + Send + Sync>,
    ) -> Result<Self, BadSetup> {
        let writer = setup.writer()?.ok_or_else(|| BadSetup::ReadOnly(setup.kind.clone()))?;
        let connector = setup.connector()?;
        let authorization = token.map(|token| connector.authorization(token));
        let client = Client::new(connector.site().clone(), authorization, setup.ca_file(), options, cancelled)?;
        Ok(Self { writer, connector, client })
    }

    /// Sends `request`, which is what [`Writer::request`] made of `piece`, once.
    pub fn write(&mut self, piece: &Piece, request: &Request) -> Wrote<Written> {
        let writer = &self.writer;
        self.client.write(request, |response| writer.written(piece, response))
    }

    /// The record that something is written on, as it is now; `None` where it is gone.
    pub fn record(&mut self, id: &str) -> Result<Option<Ticket>, Failure> {
        let connector = self.connector.as_ref();
        let request = Request { purpose: "before writing", ..connector.one(id) };
        let writer = &self.writer;
        let read = |response: &Response| Ok((connector.found(id, response)?, writer.record(id, response)));
        let (changes, told) = self.client.ask(&request, read)?;
        let gone = changes.iter().any(|change| matches!(change, Change::Delete { .. }));
        let read = changes.into_iter().find_map(|change| match change {
            Change::Ticket(ticket) => Some(*ticket),
            _ => None,
        });
        Ok(read.or(told).filter(|_| !gone))
    }

    /// Whether a text would be read by those it is for, and by nobody else.
    pub fn may(&mut self, piece: &Piece) -> Result<(), Failure> {
        let mut told = Vec::new();
        while let Some(request) = self.writer.before(piece, &told)? {
            if told.len() >= PAGES {
                return Err(Failure::Loop { host: self.client.site().authority() });
            }
            let (writer, answers) = (&self.writer, told.clone());
            let request = Request { purpose: "before writing", ..request };
            let answer = self.client.ask(&request, |response| {
                let all: Vec<Response> = answers.iter().cloned().chain([response.clone()]).collect();
                writer.before(piece, &all).map(|_| response.clone())
            })?;
            told.push(answer);
        }
        Ok(())
    }

    /// What was said on the record that a piece is for: all of it, or the newest where there is very much.
    pub fn said(&mut self, piece: &Piece) -> Result<Vec<Comment>, Failure> {
        let writer = &self.writer;
        let (mut said, mut after): (Vec<Comment>, Option<String>) = (Vec::new(), None);
        for _ in 0..PAGES {
            let request = Request { purpose: "before writing", ..writer.look(piece, after.as_deref()) };
            let read = |response: &Response| {
                let look = writer.looked(piece, Millis(0), after.as_deref(), response)?;
                Ok((look, writer.said(piece, response)))
            };
            let (look, mut page) = self.client.ask(&request, read)?;
            said.append(&mut page);
            match look {
                Look::Further(next) => after = Some(next),
                Look::There(_) | Look::Nowhere => break,
            }
        }
        Ok(said)
    }

    /// Whether it is there. `since` lies before the moment at which it was first sent.
    pub fn find(&mut self, piece: &Piece, since: Millis) -> Result<Found, Failure> {
        let writer = &self.writer;
        let mut after: Option<String> = None;
        for _ in 0..PAGES {
            let request = writer.look(piece, after.as_deref());
            let look = |response: &Response| writer.looked(piece, since, after.as_deref(), response);
            match self.client.ask(&request, look)? {
                Look::There(written) => return Ok(Found::There(written)),
                Look::Nowhere => return Ok(Found::Nowhere),
                Look::Further(next) => after = Some(next),
            }
        }
        Ok(Found::Untold)
    }
}

#[cfg(test)]
mod tests;
