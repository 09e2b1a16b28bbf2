//! A forge that answers as GitHub does: `since`, pages, links, entity tags, and 404, 410 or somewhere else for what is
//! gone. What comes back can be replaced answer by answer.

use super::web::{Answer, Asked, Web};
use rustls::ServerConfig;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
};

const HOME: &str = "/api/v3/repos/acme/ledger";

#[derive(Clone, Default)]
pub struct Forge(Arc<Mutex<State>>);

type Twist = Box<dyn FnMut(&Asked, Answer) -> Answer + Send>;

#[derive(Default)]
struct State {
    issues: BTreeMap<u64, Value>,
    comments: BTreeMap<u64, Value>,
    /// The newest first.
    releases: Vec<Value>,
    tags: Vec<Value>,
    /// The newest first.
    deployments: Vec<Value>,
    /// Answers that come instead, one for each request; `None` is the true one.
    instead: VecDeque<Option<Answer>>,
    twist: Option<Twist>,
    token: Option<String>,
    no_last: bool,
    /// No page is larger, whatever is asked for.
    largest: Option<usize>,
}

impl Forge {
    /// With so many issues, a minute apart, and a comment to every fifth.
    pub fn with(issues: u64) -> Self {
        let forge = Self::default();
        for number in 1..=issues {
            forge.put(number, &stamp(number), &super::texts::title(number));
            if number.is_multiple_of(5) {
                forge.comment(number, number, &stamp(number), super::services::SAID);
            }
        }
        forge
    }

    pub fn put(&self, number: u64, updated: &str, title: &str) {
        let issue = json!({
            "id": 900_000 + number, "number": number, "title": title, "state": "open", "body": super::texts::body(number),
            "user": { "login": "ann", "type": "User" }, "labels": [{ "name": "component: Posting" }], "assignee": null,
            "milestone": null, "comments": 0, "created_at": stamp(number), "updated_at": updated, "closed_at": null,
            "html_url": format!("https://github.com/acme/ledger/issues/{number}"),
            "repository_url": "https://api.github.com/repos/acme/ledger",
        });
        self.0.lock().unwrap().issues.insert(number, issue);
    }

    pub fn comment(&self, id: u64, issue: u64, updated: &str, body: &str) {
        let comment = json!({
            "id": id, "issue_url": format!("https://api.github.com/repos/acme/ledger/issues/{issue}"), "body": body,
            "user": { "login": "ben", "type": "User" }, "author_association": "MEMBER", "created_at": updated, "updated_at": updated,
        });
        self.0.lock().unwrap().comments.insert(id, comment);
    }

    /// Published, with the tag that names its commit.
    pub fn release(&self, id: u64, tag: &str, commit: &str, published: &str) {
        let mut state = self.0.lock().unwrap();
        let url = format!("https://github.com/acme/ledger/releases/tag/{tag}");
        let release = json!({ "id": id, "tag_name": tag, "target_commitish": "main", "draft": false, "html_url": url,
            "prerelease": false, "created_at": published, "published_at": published });
        state.releases.insert(0, release);
        state.tags.insert(0, json!({ "name": tag, "commit": { "sha": commit } }));
    }

    /// Brought to an environment, where it arrived five minutes later.
    pub fn deploy(&self, id: u64, tag: &str, commit: &str, environment: &str, at: &str) {
        let deployment = json!({ "id": id, "ref": tag, "sha": commit, "task": "deploy", "environment": environment, "created_at": at, "updated_at": at });
        self.0.lock().unwrap().deployments.insert(0, deployment);
    }

    /// The release, and not its tag.
    pub fn unpublish(&self, id: u64) {
        self.0.lock().unwrap().releases.retain(|release| release["id"] != id);
    }

    pub fn delete(&self, number: u64) {
        self.0.lock().unwrap().issues.remove(&number);
    }

    /// Bodies of the issues and comments that hold these words.
    pub fn holding(&self, words: &str) -> Vec<String> {
        let state = self.0.lock().unwrap();
        let all = state.issues.values().chain(state.comments.values());
        let bodies = all.filter_map(|record| record["body"].as_str().map(str::to_owned));
        bodies.filter(|body| body.contains(words)).collect()
    }

    pub fn change(&self, number: u64, change: impl FnOnce(&mut Value)) {
        change(self.0.lock().unwrap().issues.get_mut(&number).unwrap());
    }

    /// The next requests are answered so; `None` is the true answer.
    pub fn instead(&self, answers: impl IntoIterator<Item = Option<Answer>>) {
        self.0.lock().unwrap().instead.extend(answers);
    }

    /// Every true answer goes through here first.
    pub fn twist(&self, twist: impl FnMut(&Asked, Answer) -> Answer + Send + 'static) {
        self.0.lock().unwrap().twist = Some(Box::new(twist));
    }

    pub fn untwist(&self) {
        self.0.lock().unwrap().twist = None;
    }

    /// Nobody is answered without it from now on.
    pub fn want_token(&self, token: &str) {
        self.0.lock().unwrap().token = Some(token.into());
    }

    /// As the newer interface, which does not say how many pages there are.
    pub fn without_last(&self) {
        self.0.lock().unwrap().no_last = true;
    }

    /// Pages are cut silently.
    pub fn with_pages_of(self, largest: usize) -> Self {
        self.0.lock().unwrap().largest = Some(largest);
        self
    }

    pub fn open(&self) -> Web {
        let forge = self.clone();
        Web::serve(move |asked| forge.answer(asked))
    }

    pub fn open_tls(&self, tls: Arc<ServerConfig>) -> Web {
        let forge = self.clone();
        Web::serve_tls(tls, move |asked| forge.answer(asked))
    }

    pub fn answer(&self, asked: &Asked) -> Answer {
        let mut state = self.0.lock().unwrap();
        if let Some(Some(answer)) = state.instead.pop_front() {
            return answer;
        }
        let answer = state.true_answer(asked);
        match state.twist.take() {
            None => answer,
            Some(mut twist) => {
                // It may change the forge.
                drop(state);
                let answer = twist(asked, answer);
                self.0.lock().unwrap().twist.get_or_insert(twist);
                answer
            }
        }
    }
}

impl State {
    fn true_answer(&mut self, asked: &Asked) -> Answer {
        if let Some(token) = &self.token
            && asked.header("authorization") != Some(&format!("Bearer {token}"))
        {
            return Answer::new(401, r#"{"message":"Bad credentials"}"#);
        }
        let path = asked.path.split('?').next().unwrap();
        if asked.method == "POST" {
            return self.post(path, &asked.body);
        }
        if let Some(number) = path.strip_prefix(HOME).and_then(comments_of) {
            return self.said_on(asked, number);
        }
        match path.strip_prefix(HOME) {
            Some("") => Answer::new(200, json!({ "full_name": "acme/ledger", "private": false }).to_string())
                .with("x-ratelimit-remaining", "57"),
            Some("/issues") => self.page(asked, &self.issues),
            Some("/issues/comments") => self.page(asked, &self.comments),
            Some("/releases") => Self::whole(asked, &self.releases),
            Some("/tags") => Self::whole(asked, &self.tags),
            Some("/deployments") => Self::whole(asked, &self.deployments),
            Some(one) if one.starts_with("/deployments/") => {
                let id: u64 = one.split('/').nth(2).unwrap().parse().unwrap();
                let Some(deployment) = self.deployments.iter().find(|one| one["id"] == id) else {
                    return Answer::new(404, "{}");
                };
                let begun = engine::Millis::parse(deployment["created_at"].as_str().unwrap()).unwrap();
                let arrived = engine::Millis(begun.0 + 5 * engine::Millis::MINUTE).to_rfc3339();
                let states = json!([{ "state": "success", "created_at": arrived }, { "state": "queued", "created_at": begun.to_rfc3339() }]);
                Answer::new(200, states.to_string())
            }
            Some(one) if one.ends_with("/timeline") => {
                let number = one.split('/').nth(2).unwrap();
                Answer::new(200, self.timeline(number).to_string())
            }
            Some(one) => match one.strip_prefix("/issues/").and_then(|number| self.issues.get(&number.parse().ok()?)) {
                Some(issue) => Answer::new(200, issue.to_string()),
                None => Answer::new(404, r#"{"message":"Not Found"}"#),
            },
            None => Answer::new(404, r#"{"message":"Not Found"}"#),
        }
    }

    /// Which other issues name this one.
    fn timeline(&self, number: &str) -> Value {
        let names = |issue: &&Value| issue["body"].as_str().is_some_and(|body| body.ends_with(&format!("#{number}")));
        let event = |issue: &Value| {
            let mut issue = issue.clone();
            issue["repository_url"] = "https://api.github.com/repos/acme/ledger".into();
            json!({ "event": "cross-referenced", "source": { "type": "issue", "issue": issue } })
        };
        self.issues.values().filter(names).map(event).collect()
    }

    /// What is written, as GitHub takes and answers it.
    fn post(&mut self, path: &str, body: &str) -> Answer {
        let given: Value = serde_json::from_str(body).unwrap();
        let Some(place) = path.strip_prefix(HOME) else { return Answer::new(404, r#"{"message":"Not Found"}"#) };
        let text = given["body"].as_str().unwrap_or_default();
        if place == "/issues" {
            let number = self.issues.keys().max().map_or(1, |last| last + 1);
            let Some(title) = given["title"].as_str() else {
                return Answer::new(
                    422,
                    r#"{"message":"Validation Failed","errors":[{"resource":"Issue","code":"missing_field","field":"title"}]}"#,
                );
            };
            let issue = json!({
                "id": 900_000 + number, "number": number, "title": title, "state": "open", "body": text,
                "user": { "login": "ann", "type": "User" }, "labels": [], "assignee": null, "milestone": null, "comments": 0,
                "created_at": stamp(number), "updated_at": stamp(number), "closed_at": null,
                "html_url": format!("https://github.com/acme/ledger/issues/{number}"),
                "repository_url": "https://api.github.com/repos/acme/ledger",
            });
            self.issues.insert(number, issue.clone());
            return Answer::new(201, issue.to_string());
        }
        let Some(number) = comments_of(place).filter(|number| self.issues.contains_key(number)) else {
            return Answer::new(404, r#"{"message":"Not Found"}"#);
        };
        let id = self.comments.keys().max().map_or(1, |last| last + 1);
        let comment = json!({
            "id": id, "issue_url": format!("https://api.github.com/repos/acme/ledger/issues/{number}"), "body": text,
            "html_url": format!("https://github.com/acme/ledger/issues/{number}#issuecomment-{id}"),
            "user": { "login": "ann", "type": "User" }, "author_association": "MEMBER", "created_at": stamp(id), "updated_at": stamp(id),
        });
        self.comments.insert(id, comment.clone());
        Answer::new(201, comment.to_string())
    }

    /// The comments on one issue, the oldest first.
    fn said_on(&self, asked: &Asked, number: u64) -> Answer {
        if !self.issues.contains_key(&number) {
            return Answer::new(404, r#"{"message":"Not Found"}"#);
        }
        let size: usize = asked.query("per_page").map_or(30, |size| size.parse().unwrap());
        let page: usize = asked.query("page").map_or(1, |page| page.parse().unwrap());
        let end = format!("/issues/{number}");
        let said = self.comments.values().filter(|comment| comment["issue_url"].as_str().unwrap().ends_with(&end));
        let page: Vec<&Value> = said.skip((page - 1) * size).take(size).collect();
        Answer::new(200, json!(page).to_string())
    }

    /// A list of one page.
    fn whole(asked: &Asked, all: &[Value]) -> Answer {
        let body = json!(all).to_string();
        let etag = etag_of(&body);
        if asked.header("if-none-match") == Some(&etag) {
            return Answer::new(304, "");
        }
        Answer::new(200, body).with("etag", etag).with("date", "Wed, 01 May 2024 12:00:00 GMT")
    }

    fn page(&self, asked: &Asked, all: &BTreeMap<u64, Value>) -> Answer {
        let text = |record: &Value, field: &str| record[field].as_str().unwrap().to_owned();
        let since = asked.query("since").unwrap_or_default();
        let sort = if asked.query("sort").as_deref() == Some("created") { "created_at" } else { "updated_at" };
        let mut records: Vec<&Value> = all.values().filter(|record| text(record, "updated_at") >= since).collect();
        records.sort_by_key(|record| text(record, sort));
        if asked.query("direction").as_deref() == Some("desc") {
            records.reverse();
        }
        let number = |name: &str, default: usize| asked.query(name).map_or(default, |text| text.parse().unwrap());
        let (size, page) = (number("per_page", 30).min(self.largest.unwrap_or(100)), number("page", 1));
        let pages = records.len().div_ceil(size);
        let shown: Vec<&Value> = records.into_iter().skip((page - 1) * size).take(size).collect();
        let body = json!(shown).to_string();
        let etag = etag_of(&body);
        if asked.header("if-none-match") == Some(&etag) {
            return Answer::new(304, "");
        }
        let mut answer = Answer::new(200, body).with("etag", etag).with("date", "Wed, 01 May 2024 12:00:00 GMT");
        if page < pages {
            let query = asked.path.split_once('?').map_or("", |(_, query)| query);
            let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("page=")).collect();
            let link = |page: usize, rel: &str| {
                format!("<https://api.github.com/repositories/7/issues?{}&page={page}>; rel=\"{rel}\"", rest.join("&"))
            };
            let last = if self.no_last { String::new() } else { format!(", {}", link(pages, "last")) };
            answer = answer.with("link", link(page + 1, "next") + &last);
        }
        answer
    }
}

fn etag_of(body: &str) -> String {
    format!("W/\"{:x}\"", body.bytes().fold(7u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())))
}

/// `/issues/7/comments` is about the seventh.
fn comments_of(path: &str) -> Option<u64> {
    path.strip_prefix("/issues/")?.strip_suffix("/comments")?.parse().ok()
}

/// The time of an issue: a minute after the one before it.
pub fn stamp(number: u64) -> String {
    format!(
        "2026-{:02}-{:02}T{:02}:{:02}:00Z",
        1 + number / 40_000,
        1 + number / 1_440 % 28,
        number / 60 % 24,
        number % 60
    )
}
