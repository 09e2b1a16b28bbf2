//! Datadog: issues of its error tracking, of traces, logs and browsers, each with a link to where it is shown. Only read.
//!
//! A search names at most a hundred issues and cannot be turned on, so time is cut in halves until fewer come; what is
//! *now* is asked of the server first. Ninety days are read, fifteen at a time, the newest first. Checked against what the
//! vendor's own client recorded for a search and for one issue; **not against a live account**, and the recordings hold no
//! search of more than one. What is excluded there is closed here; what is deleted is not told. Incidents and monitors are
//! not read.

use super::{Connector, Found, Lack, Probe, RollPage, StreamPage, answer, found, query::part};
use crate::{
    BadRecord,
    formats::{Loose, datadog as format, lenient},
    http::{Asks, Failure, Request, Response, Site},
};
use domain::{Change, Cursor, Millis};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{json, value::RawValue};
use std::collections::VecDeque;

/// The most that one search names.
const MOST: usize = 100;
const STRETCH: i64 = 15 * Millis::DAY;
const BACK: i64 = 90 * Millis::DAY;
/// Issues are counted a while after they happened.
const OVERLAP: i64 = 15 * Millis::MINUTE;
/// Half of this is not cut any more.
const SHORTEST: i64 = Millis::MINUTE;

pub(super) struct Datadog {
    site: Site,
    /// Where people open an issue.
    app: String,
}

/// Where a stream stands. All times are the server's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Place {
    /// Everything before was read.
    done: Option<i64>,
    /// When this walk began: `done`, once it is over.
    now: Option<i64>,
    /// What is left to be searched, the next first.
    spans: VecDeque<(i64, i64)>,
    /// Issues that a search named and did not show.
    todo: VecDeque<String>,
}

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow, default, deserialize_with = "lenient::members")]
    data: Vec<Named<'a>>,
    #[serde(borrow, default)]
    included: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(deserialize_with = "lenient::id")]
    id: String,
    #[serde(borrow, default, rename = "type")]
    kind: Loose<'a>,
}

#[derive(Deserialize)]
struct One<'a> {
    #[serde(borrow)]
    data: &'a RawValue,
}

impl Place {
    fn read(cursor: Option<&Cursor>) -> Self {
        cursor.and_then(|cursor| serde_json::from_str(&cursor.0).ok()).unwrap_or_default()
    }

    fn write(&self) -> Option<Cursor> {
        serde_json::to_string(self).ok().map(Cursor)
    }

    /// The newest first.
    fn begin(&mut self, now: i64) {
        let from = self.done.map_or(now - BACK, |done| done.min(now) - OVERLAP);
        let mut to = now;
        self.now = Some(now);
        while to > from {
            self.spans.push_back(((to - STRETCH).max(from), to));
            to -= STRETCH;
        }
    }

    fn page(mut self, page: StreamPage) -> StreamPage {
        let more = !self.spans.is_empty() || !self.todo.is_empty();
        if !more {
            self = Self { done: self.now.or(self.done), ..Self::default() };
        }
        StreamPage { more, next: self.write(), ..page }
    }
}

/// `us3.datadoghq.com` of `https://acme.us3.datadoghq.com`: an account may have a name of its own before it. `None` is none
/// of Datadog's.
pub(crate) fn region(host: &str) -> Option<&str> {
    let known = ["datadoghq.com", "datadoghq.eu", "ddog-gov.com"];
    let base = known
        .into_iter()
        .find(|known| host.strip_suffix(known).is_some_and(|own| own.is_empty() || own.ends_with('.')))?;
    let own = host.strip_suffix(base)?.trim_end_matches('.');
    let last = own.rsplit('.').next().unwrap_or_default();
    // us3, ap1, uk1: two letters and a digit.
    let numbered =
        matches!(last.as_bytes(), [a, b, n] if a.is_ascii_lowercase() && b.is_ascii_lowercase() && n.is_ascii_digit());
    host.get(host.len() - base.len() - if numbered { last.len() + 1 } else { 0 }..)
}

impl Datadog {
    /// `https://app.datadoghq.com`, `https://app.datadoghq.eu`, `https://us3.datadoghq.com`, … or the interface itself.
    pub(super) fn at(site: &Site) -> Result<Self, Failure> {
        let host = site.host();
        if site.reach() == crate::http::Reach::ThisMachine {
            return Ok(Self { app: site.origin(), site: site.with(None, "") });
        }
        let Some(region) = region(&host) else {
            return Err(Failure::BadAddress {
                address: format!("{}{}", site.origin(), site.path()),
                because: "it is none of Datadog's; write it as a browser shows it, like https://app.datadoghq.com or https://app.datadoghq.eu",
            });
        };
        let app = crate::telemetry::app_of(region);
        Ok(Self { site: site.with(Some(&format!("api.{region}")), ""), app })
    }

    fn ask(&self, path: impl Into<String>, purpose: &'static str) -> Request {
        Request { path: path.into(), purpose, ..Request::default() }
    }

    fn good<'r>(&self, response: &'r Response) -> Result<&'r [u8], Failure> {
        // It says 403 to keys that it does not know.
        if response.status == 403 && answer::said(response).contains("API key is invalid") {
            return Err(Failure::TokenRefused { host: self.site.authority() });
        }
        answer::good(&self.site, "the error tracking", response)
    }

    fn clock(&self, response: &Response) -> Result<i64, Failure> {
        self.good(response)?;
        let told = response.header("date").and_then(|date| httpdate::parse_http_date(date).ok());
        let told = told.and_then(|told| told.duration_since(std::time::UNIX_EPOCH).ok());
        let told = told.and_then(|told| i64::try_from(told.as_millis()).ok());
        told.ok_or_else(|| Failure::Unreadable { host: self.site.authority(), reason: "it tells no time".into() })
    }

    fn searched(&self, mut place: Place, response: &Response) -> Result<StreamPage, Failure> {
        let found: Page<'_> = answer::json(&self.site, self.good(response)?)?;
        let Some((from, to)) = place.spans.pop_front() else { return Ok(place.page(StreamPage::default())) };
        if found.data.len() >= MOST && to - from > SHORTEST {
            let middle = from + (to - from) / 2;
            place.spans.push_front((from, middle));
            place.spans.push_front((middle, to));
        }
        let mut page = StreamPage::default();
        let mut shown = Vec::new();
        for (record, line) in found.included.iter().zip(1u64..) {
            // Teams and people are included too, where somebody asks for them.
            if serde_json::from_str::<Named<'_>>(record.get()).is_ok_and(|named| named.kind.as_str() == "issue") {
                match format::read(record.get(), &self.app, &mut page.changes) {
                    Ok(id) => shown.push(id),
                    Err(reason) => page.bad.push(BadRecord::named(record.get(), line, reason)),
                }
            }
        }
        let bare = found.data.into_iter().map(|named| named.id).filter(|id| !shown.contains(id));
        if page.bad.is_empty() {
            place.todo.extend(bare);
        }
        Ok(place.page(page))
    }

    fn issue(&self, response: &Response) -> Result<(Vec<Change>, Vec<BadRecord>), Failure> {
        let one: One<'_> = answer::json(&self.site, self.good(response)?)?;
        let mut changes = Vec::new();
        let read = format::read(one.data.get(), &self.app, &mut changes);
        Ok((changes, read.err().map(|reason| BadRecord::named(one.data.get(), 1, reason)).into_iter().collect()))
    }
}

impl Connector for Datadog {
    fn site(&self) -> &Site {
        &self.site
    }

    fn default_name(&self) -> String {
        "datadog".into()
    }

    /// `API_KEY:APPLICATION_KEY`, each in a header of its own; else an access token.
    fn authorization(&self, token: &SecretString) -> SecretString {
        match token.expose_secret().trim().split_once(':') {
            Some((api, application)) => format!("dd-api-key: {api}\ndd-application-key: {application}").into(),
            None => answer::bearer(token),
        }
    }

    fn streams(&self) -> &'static [&'static str] {
        &["trace", "logs", "rum"]
    }

    /// Not every account has all three.
    fn is_optional(&self, _: &str) -> bool {
        true
    }

    fn tells_what_is_gone(&self) -> bool {
        true
    }

    fn request(&self, stream: &str, cursor: Option<&Cursor>) -> Request {
        let place = Place::read(cursor);
        if let Some(id) = place.todo.front() {
            return self.one(id);
        }
        let Some((from, to)) = place.spans.front() else { return self.ask("/api/v1/validate", "clock") };
        let search = json!({ "data": { "type": "search_request", "attributes": { "query": "*", "track": stream, "from": from, "to": to } } });
        let path = "/api/v2/error-tracking/issues/search?include=issue";
        Request { asks: Asks::Search(search.to_string()), ..self.ask(path, "issues") }
    }

    fn read(&self, _: &str, cursor: Option<&Cursor>, response: &Response) -> Result<StreamPage, Failure> {
        let mut place = Place::read(cursor);
        if place.todo.pop_front().is_some() {
            // Gone since it was named.
            let (changes, bad) = if response.status == 404 { Default::default() } else { self.issue(response)? };
            return Ok(place.page(StreamPage { changes, bad, ..StreamPage::default() }));
        }
        if place.spans.is_empty() {
            place.begin(self.clock(response)?);
            return Ok(place.page(StreamPage::default()));
        }
        self.searched(place, response)
    }

    /// Shorter spans are tried by themselves.
    fn smaller(&self, _: &str, cursor: Option<&Cursor>) -> Option<Cursor> {
        let mut place = Place::read(cursor);
        let (from, to) = place.spans.pop_front().filter(|(from, to)| to - from > SHORTEST && place.todo.is_empty())?;
        let middle = from + (to - from) / 2;
        place.spans.push_front((from, middle));
        place.spans.push_front((middle, to));
        place.write()
    }

    fn test(&self) -> Request {
        // Answered with 403 where either key is missing or may not.
        let search = json!({ "data": { "type": "search_request", "attributes": { "query": "*", "track": "trace", "from": 1, "to": 2 } } });
        let path = "/api/v2/error-tracking/issues/search";
        Request { asks: Asks::Search(search.to_string()), ..self.ask(path, "test") }
    }

    fn tested(&self, response: &Response) -> Result<Found, Failure> {
        self.good(response)?;
        let left = response.header("x-ratelimit-remaining").and_then(|left| left.parse().ok());
        Ok(Found { name: self.site.authority(), private: true, requests_left: left, lacks: Vec::new() })
    }

    /// Each of what is tracked is a permission of its own. That keys are known at all is told by another.
    fn probe(&self, _: bool, told: &[Response]) -> Probe {
        let search = |track: &str| {
            let search = json!({ "data": { "type": "search_request", "attributes": { "query": "*", "track": track, "from": 1, "to": 2 } } });
            let path = "/api/v2/error-tracking/issues/search";
            Request { asks: Asks::Search(search.to_string()), ..self.ask(path, "test") }
        };
        let all: Vec<(Request, found::Reads)> = vec![
            (search("logs"), |told| found::refused(told).then_some(Lack::List("logs"))),
            (search("rum"), |told| found::refused(told).then_some(Lack::List("rum"))),
        ];
        found::each(all, told)
    }

    fn count(&self) -> Request {
        self.test()
    }

    fn counted(&self, _: &Response) -> Result<Option<u64>, Failure> {
        Ok(None)
    }

    fn roll(&self, _: Option<&str>) -> Request {
        self.test()
    }

    /// No list names all of them.
    fn rolled(&self, _: Option<&str>, _: &Response) -> Result<RollPage, Failure> {
        Ok(RollPage::default())
    }

    fn one(&self, id: &str) -> Request {
        self.ask(format!("/api/v2/error-tracking/issues/{}", part(id)), "issue")
    }

    fn found(&self, id: &str, response: &Response) -> Result<Vec<Change>, Failure> {
        if response.status == 404 {
            return Ok(vec![Change::Delete { ticket: id.to_owned() }]);
        }
        self.issue(response).map(|(changes, _)| changes)
    }
}

#[cfg(test)]
mod tests;
