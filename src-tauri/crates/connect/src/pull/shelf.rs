//! The articles of a help centre: what changed of them, and which of them are there.
//!
//! Nothing tells which articles are gone. So a run first looks at the newest changes and at how many there are; where that
//! does not explain itself, or a day has passed, every article is listed, and what is not among them is gone. Who may read
//! them is asked for in every run, before any of them.

use super::{BadRecord, StreamPage, answer};
use crate::{
    formats::centre::Listed as Article,
    http::{Failure, Request, Response, Site},
};
use domain::{Change, Cursor, Millis};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// The stream that articles are.
pub(crate) const ARTICLES: &str = "articles";
/// Everything is listed once in so long, whatever the numbers say.
const EVERY: i64 = Millis::DAY;
/// Changes may become visible later than their stamp says.
const OVERLAP: i64 = Millis::MINUTE;
/// Times that a listing begins anew because something left it meanwhile.
const AGAIN: u32 = 3;
/// Pages of one run: more than any help centre has.
const PAGES: u32 = 50_000;

/// How one help centre is asked. Pure, as all connectors are.
pub(crate) trait Centre: Send + Sync {
    fn site(&self) -> &Site;
    /// Lists that a run begins with: what says for whom articles are, then the newest changes. Where it knows no order by
    /// change there are none, and each run lists everything.
    fn news(&self) -> &'static [&'static str];
    /// Lists in which every article stands.
    fn whole(&self) -> &'static [&'static str];
    /// Where this list is refused or not there, there is nothing to be read at all. A list that only helps to read the
    /// others is not needed.
    fn needs(&self, list: &str, status: u16) -> bool;
    /// `page` is what the page before named as next.
    fn ask(&self, list: &str, page: Option<&str>) -> Request;
    /// `known` is what the lists before said.
    fn read(
        &self,
        list: &str,
        page: Option<&str>,
        known: &BTreeMap<String, String>,
        response: &Response,
    ) -> Result<Leaf, Failure>;
}

/// A page of a list.
#[derive(Debug, Default)]
pub(crate) struct Leaf {
    pub(crate) articles: Vec<Article>,
    pub(crate) bad: Vec<BadRecord>,
    /// Lists that this one names, to be read after it.
    pub(crate) lists: Vec<String>,
    /// What the lists behind it are read by.
    pub(crate) known: Vec<(String, String)>,
    pub(crate) next: Option<String>,
    /// How many there are in all, where the server says so.
    pub(crate) count: Option<u64>,
    /// The newest changes stand first: what lies behind a page whose changes are old is older.
    pub(crate) by_change: bool,
}

impl Leaf {
    /// Reads records one by one: a bad one costs itself alone.
    pub(crate) fn each(
        &mut self,
        records: &[&serde_json::value::RawValue],
        read: impl Fn(&str) -> Result<Article, String>,
    ) {
        for (record, line) in records.iter().zip(1u64..) {
            match read(record.get()) {
                Ok(article) => self.articles.push(article),
                Err(reason) => self.bad.push(BadRecord::named(record.get(), line, reason)),
            }
        }
    }
}

/// Where the stream stands. All of it comes from the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Place {
    /// Of each list of news, the newest change that was read, and how many articles there were.
    heads: BTreeMap<String, i64>,
    counts: BTreeMap<String, u64>,
    known: BTreeMap<String, String>,
    /// When everything was last listed, by the server's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    listed: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<Run>,
}

/// A run that is not over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Run {
    lists: VecDeque<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    heads: BTreeMap<String, i64>,
    counts: BTreeMap<String, u64>,
    known: BTreeMap<String, String>,
    /// Everything has to be listed.
    whole: bool,
    /// Everything is being listed: paths so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<Vec<String>>,
    /// How many the list that is being read had on the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    /// How often listing began anew, and whether something left it once more after that.
    again: u32,
    torn: bool,
    pages: u32,
}

impl Place {
    /// A cursor that cannot be read is the beginning: everything comes again and changes nothing.
    fn read(cursor: Option<&Cursor>, centre: &dyn Centre) -> (Self, Run) {
        let mut place: Self = cursor.and_then(|cursor| serde_json::from_str(&cursor.0).ok()).unwrap_or_default();
        let run = place.run.take().unwrap_or_else(|| Run::begin(centre));
        (place, run)
    }

    fn write(&self) -> Cursor {
        Cursor(serde_json::to_string(self).expect("a place has string keys and no failing serialiser"))
    }
}

impl Run {
    fn begin(centre: &dyn Centre) -> Self {
        let lists: VecDeque<String> = centre.news().iter().map(|list| (*list).to_owned()).collect();
        if lists.is_empty() {
            Self { whole: true, ..Self::default() }.listing(centre)
        } else {
            Self { lists, ..Self::default() }
        }
    }

    /// From now on everything is listed.
    fn listing(self, centre: &dyn Centre) -> Self {
        let lists = centre.whole().iter().map(|list| (*list).to_owned()).collect();
        Self { lists, page: None, seen: Some(Vec::new()), total: None, ..self }
    }

    fn list(&self) -> &str {
        self.lists.front().map_or("", String::as_str)
    }
}

pub(crate) fn request(centre: &dyn Centre, cursor: Option<&Cursor>) -> Request {
    let (_, run) = Place::read(cursor, centre);
    centre.ask(run.list(), run.page.as_deref())
}

pub(crate) fn read(centre: &dyn Centre, cursor: Option<&Cursor>, response: &Response) -> Result<StreamPage, Failure> {
    let (mut place, mut run) = Place::read(cursor, centre);
    let list = run.list().to_owned();
    let leaf = match response.status {
        403 | 404 | 410 if centre.needs(&list, response.status) => return Ok(nothing(centre, response)),
        403 | 404 | 410 => Leaf::default(),
        _ => centre.read(&list, run.page.as_deref(), &run.known, response)?,
    };
    run.pages += 1;
    if run.pages > PAGES || (leaf.next.is_some() && leaf.next == run.page) {
        return Err(Failure::Loop { host: centre.site().authority() });
    }
    let mut page = StreamPage { bad: leaf.bad, more: true, ..StreamPage::default() };
    run.known.extend(leaf.known);
    let head = place.heads.get(&list).copied();
    if let Some(count) = leaf.count.filter(|_| run.seen.is_none()) {
        run.counts.entry(list.clone()).or_insert(count);
    }
    let oldest = leaf.articles.iter().filter_map(|article| article.at).min();
    for article in &leaf.articles {
        if let Some(at) = article.at.filter(|_| run.seen.is_none()) {
            let newest = run.heads.entry(list.clone()).or_insert(at.0);
            *newest = at.0.max(*newest);
        }
        // Made since: as many as before are no longer the same.
        run.whole |= article.created.zip(head).is_some_and(|(created, head)| created.0 > head);
    }
    if let Some(seen) = &mut run.seen {
        seen.extend(leaf.articles.iter().map(|article| article.article.path.clone()));
        // What left its place moved what lies behind it forward: something may have been passed over.
        let shrunk = run.total.zip(leaf.count).is_some_and(|(before, now)| now < before);
        run.total = leaf.count.or(run.total);
        if shrunk && run.again < AGAIN {
            run.again += 1;
            return Ok(go_on(place, run.listing(centre), page, leaf.articles));
        }
        run.torn |= shrunk;
    }
    let old = leaf.by_change
        && run.seen.is_none()
        && head.zip(oldest).is_some_and(|(head, oldest)| oldest.0 < head - OVERLAP);
    // On a first run the rest comes with the list of everything.
    let enough = old || (leaf.by_change && run.seen.is_none() && head.is_none());
    run.page = leaf.next.filter(|_| !enough);
    if run.page.is_none() {
        (run.total, _) = (None, run.lists.pop_front());
        for list in leaf.lists.into_iter().rev() {
            run.lists.push_front(list);
        }
    }
    if !run.lists.is_empty() {
        return Ok(go_on(place, run, page, leaf.articles));
    }
    let now = response.header("date").and_then(|date| httpdate::parse_http_date(date).ok());
    let now = now.and_then(|now| now.duration_since(std::time::UNIX_EPOCH).ok());
    let now = now.map(|now| i64::try_from(now.as_millis()).unwrap_or(i64::MAX));
    let gone = match run.seen.take() {
        None => {
            let long_ago = place.listed.zip(now).is_none_or(|(listed, now)| !(0..EVERY).contains(&(now - listed)));
            if run.whole || long_ago || run.counts != place.counts || run.known != place.known {
                return Ok(go_on(place, run.listing(centre), page, leaf.articles));
            }
            None
        }
        // Something left it every time it was listed: which is gone is asked again in the next run.
        Some(_) if run.torn => {
            place.listed = None;
            None
        }
        Some(paths) => {
            // A server that does not tell the time is asked for everything each time.
            place.listed = now;
            Some(Change::Shelf { paths })
        }
    };
    page.changes = changes(leaf.articles);
    page.changes.extend(gone);
    Ok(over(place, run, page))
}

fn changes(articles: Vec<Article>) -> Vec<Change> {
    articles.into_iter().map(|listed| Change::Article(Box::new(listed.article))).collect()
}

fn go_on(mut place: Place, run: Run, page: StreamPage, articles: Vec<Article>) -> StreamPage {
    place.run = Some(run);
    StreamPage { changes: changes(articles), next: Some(place.write()), ..page }
}

fn over(mut place: Place, run: Run, page: StreamPage) -> StreamPage {
    for (list, newest) in run.heads {
        let head = place.heads.entry(list).or_insert(newest);
        *head = newest.max(*head);
    }
    (place.counts, place.known) = (run.counts, run.known);
    StreamPage { next: Some(place.write()), more: false, ..page }
}

/// There is no help centre, or none that this account may read: what was here of it goes.
fn nothing(centre: &dyn Centre, response: &Response) -> StreamPage {
    let closed =
        (response.status == 403).then(|| answer::good(centre.site(), "its articles", response).err()).flatten();
    let changes = vec![Change::Shelf { paths: Vec::new() }];
    StreamPage { changes, closed, next: Some(Place::default().write()), ..StreamPage::default() }
}

#[cfg(test)]
mod tests;
