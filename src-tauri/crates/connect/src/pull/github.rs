//! GitHub and GitHub Enterprise: issues and pull requests, and what was said about them.
//!
//! Both streams are walked by the server's own `updated_at`, oldest change first: the next page begins **at** the last
//! stamp of the page before, so that what moves while it is paged is seen twice and never missed. Page numbers would
//! shift.

mod cursor;
mod link;

use super::{Connector, Found, RollPage, StreamPage, answer};
use crate::{
    BadRecord,
    formats::{Loose, github as format},
    http::{Failure, Request, Response, Site},
};
use cursor::Place;
use domain::{Change, Cursor};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::value::RawValue;

pub(super) struct Github {
    site: Site,
    /// `owner/name`, as the person wrote it: ids are made of it and stay when it is renamed.
    repository: String,
}

#[derive(Deserialize)]
struct Stamped<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    updated_at: Loose<'a>,
}

impl Github {
    pub(super) fn at(site: &Site) -> Result<Self, Failure> {
        let wrong = || Failure::BadAddress {
            address: format!("{}{}", site.origin(), site.path()),
            because: "it names no repository; write it like https://github.com/OWNER/REPOSITORY",
        };
        let path = site.path().trim_start_matches('/').trim_end_matches(".git");
        let parts: Vec<&str> = path.split('/').collect();
        let fits = |part: &&str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        };
        if parts.len() != 2 || !parts.iter().all(fits) {
            return Err(wrong());
        }
        let interface = match site.host().as_str() {
            "github.com" | "www.github.com" => site.with(Some("api.github.com"), ""),
            _ => site.with(None, "/api/v3"),
        };
        Ok(Self { site: interface, repository: path.to_owned() })
    }

    fn ask(&self, path: &str, purpose: &'static str) -> Request {
        let headers = vec![
            ("accept", "application/vnd.github+json".to_owned()),
            ("x-github-api-version", "2022-11-28".to_owned()),
        ];
        let path = format!("{}/repos/{}{path}", self.site.path(), self.repository);
        Request { path, headers, purpose, divisible: false }
    }

    fn good<'a>(&self, response: &'a Response) -> Result<&'a [u8], Failure> {
        answer::good(&self.site, &self.repository, response)
    }

    fn records<'a>(&self, response: &'a Response) -> Result<Vec<&'a RawValue>, Failure> {
        serde_json::from_slice(self.good(response)?).map_err(|error| answer::unreadable(&self.site, &error))
    }
}

impl Connector for Github {
    fn site(&self) -> &Site {
        &self.site
    }

    fn default_name(&self) -> String {
        self.repository.rsplit('/').next().unwrap_or_default().to_owned()
    }

    fn authorization(&self, token: &SecretString) -> SecretString {
        answer::bearer(token)
    }

    fn streams(&self) -> &'static [&'static str] {
        &["issues", "comments"]
    }

    fn request(&self, stream: &str, cursor: Option<&Cursor>) -> Request {
        let place = Place::read(cursor);
        let (path, purpose, fixed) = match stream {
            "comments" => ("/issues/comments", "comments", ""),
            _ => ("/issues", "issues", "state=all&"),
        };
        let query = match &place.next {
            Some(next) => next.clone(),
            None => {
                // Without a first stamp nothing may be said: GitHub answers `since=1970` with an empty list.
                let since = place.since.as_ref().map(|since| format!("&since={since}")).unwrap_or_default();
                format!("{fixed}sort=updated&direction=asc&per_page={}{since}", place.size)
            }
        };
        let mut request = self.ask(&format!("{path}?{query}"), purpose);
        if let (Some(etag), None) = (place.etag, place.next) {
            request.headers.push(("if-none-match", etag));
        }
        Request { divisible: true, ..request }
    }

    fn read(&self, stream: &str, cursor: Option<&Cursor>, response: &Response) -> Result<StreamPage, Failure> {
        let place = Place::read(cursor);
        if response.status == 304 {
            return Ok(StreamPage { next: Some(place.write()), ..StreamPage::default() });
        }
        let records = self.records(response)?;
        let mut page = StreamPage::default();
        let (mut newest, mut print) = (place.since.clone(), blake3::Hasher::new());
        for (record, line) in records.iter().zip(1u64..) {
            let before = page.changes.len();
            let read = match stream {
                "comments" => format::read_comment(record.get(), Some(&self.repository), &mut page.changes),
                _ => format::read_issue(record.get(), &self.repository, &mut page.changes),
            };
            if let Err(reason) = read {
                page.changes.truncate(before);
                page.bad.push(BadRecord { file: None, line, reason });
            }
            let Ok(stamped) = serde_json::from_str::<Stamped<'_>>(record.get()) else { continue };
            let (id, at) = (stamped.id.text().unwrap_or_default(), stamped.updated_at.as_str().to_owned());
            print.update(id.as_bytes()).update(b" ").update(at.as_bytes()).update(b"\n");
            // RFC 3339 in UTC without fractions: as GitHub writes it, text sorts as time.
            if !at.is_empty() && newest.as_ref().is_none_or(|newest| at > *newest) {
                newest = Some(at);
            }
        }
        let print = print.finalize().to_hex().chars().take(16).collect::<String>();
        let next = link::next_query(response.header("link"));
        let full = next.is_some() || records.len() >= place.size;
        let advanced = newest != place.since;
        // A second full of changes looks the same from its stamp, too: then the server's own link leads on, once.
        let turned = place.next.is_some() || next.is_none();
        if full && turned && place.print.as_deref() == Some(print.as_str()) {
            return Err(Failure::Loop { host: self.site.authority() });
        }
        // Where a whole page is of one second, only its pages can be turned.
        let next = next.filter(|_| !advanced);
        page.more = full && (advanced || next.is_some());
        let etag = response.header("etag").filter(|_| !advanced && !page.more && place.next.is_none());
        let place =
            Place { since: newest, etag: etag.map(str::to_owned), print: page.more.then_some(print), next, ..place };
        page.next = Some(Place { next: place.next.clone().filter(|_| page.more), ..place }.write());
        Ok(page)
    }

    fn smaller(&self, _: &str, cursor: Option<&Cursor>) -> Option<Cursor> {
        Place::read(cursor).halved().map(|place| place.write())
    }

    fn test(&self) -> Request {
        self.ask("", "test")
    }

    fn tested(&self, response: &Response) -> Result<Found, Failure> {
        #[derive(Deserialize)]
        struct Repository {
            full_name: String,
            #[serde(default)]
            private: bool,
        }
        let repository: Repository =
            serde_json::from_slice(self.good(response)?).map_err(|error| answer::unreadable(&self.site, &error))?;
        let requests_left = response.header("x-ratelimit-remaining").and_then(|left| left.parse().ok());
        Ok(Found { name: repository.full_name, private: repository.private, requests_left })
    }

    fn count(&self) -> Request {
        self.ask("/issues?state=all&per_page=1", "count")
    }

    fn counted(&self, response: &Response) -> Result<Option<u64>, Failure> {
        let first = self.records(response)?.len() as u64;
        match response.header("link") {
            // Everything stands on this page.
            None => Ok(Some(first)),
            Some(link) => Ok(link::last_page(link)),
        }
    }

    fn roll(&self, after: Option<&str>) -> Request {
        let query = after.unwrap_or("state=all&sort=created&direction=asc&per_page=100");
        self.ask(&format!("/issues?{query}"), "roll")
    }

    fn rolled(&self, _: Option<&str>, response: &Response) -> Result<RollPage, Failure> {
        #[derive(Deserialize)]
        struct Numbered {
            number: u64,
        }
        let numbered: Vec<Numbered> =
            serde_json::from_slice(self.good(response)?).map_err(|error| answer::unreadable(&self.site, &error))?;
        let ids = numbered.into_iter().map(|Numbered { number }| format!("{}#{number}", self.repository)).collect();
        Ok(RollPage { ids, next: link::next_query(response.header("link")) })
    }

    fn one(&self, id: &str) -> Request {
        let number = id.rsplit('#').next().unwrap_or_default();
        self.ask(&format!("/issues/{number}"), "missing")
    }

    fn found(&self, id: &str, response: &Response) -> Result<Vec<Change>, Failure> {
        let gone = || vec![Change::Delete { ticket: id.to_owned() }];
        if matches!(response.status, 404 | 410) {
            return Ok(gone());
        }
        #[derive(Deserialize)]
        struct Lies<'a> {
            #[serde(borrow, default)]
            repository_url: Loose<'a>,
            #[serde(default)]
            number: u64,
        }
        let text = std::str::from_utf8(self.good(response)?)
            .map_err(|_| Failure::Unreadable { host: self.site.authority(), reason: "it is not text".into() })?;
        let lies: Lies<'_> = serde_json::from_str(text).map_err(|error| answer::unreadable(&self.site, &error))?;
        // A transferred issue answers from where it lies now, under another number or another repository.
        let here =
            lies.repository_url.as_str().to_lowercase().ends_with(&format!("/{}", self.repository.to_lowercase()));
        if !here || !id.ends_with(&format!("#{}", lies.number)) {
            return Ok(gone());
        }
        let mut changes = Vec::new();
        format::read_issue(text, &self.repository, &mut changes)
            .map_err(|reason| Failure::Unreadable { host: self.site.authority(), reason })?;
        Ok(changes)
    }
}

#[cfg(test)]
mod tests;
