//! A tracker that answers as Redmine does: windows of `updated_on`, offsets, a total, journals issue by issue, 404 for what
//! is gone. It was written beside a real one, which `journeys/network/live.rs` asks the same of.

use super::web::{Answer, Asked, Web};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};
use url::form_urlencoded;

#[derive(Clone, Default)]
pub struct Tracker(Arc<Mutex<State>>);

type Twist = Box<dyn FnMut(&Asked, Answer) -> Answer + Send>;

#[derive(Default)]
struct State {
    issues: BTreeMap<u64, Value>,
    journals: BTreeMap<u64, Vec<Value>>,
    relations: Vec<Value>,
    /// What the role of whoever asks allows.
    allowed: Vec<String>,
    twist: Option<Twist>,
}

impl Tracker {
    /// With so many issues, two minutes apart, and a private note to every fifth.
    pub fn with(issues: u64) -> Self {
        let tracker = Self::default();
        for id in 1..=issues {
            tracker.put(id, id, &super::texts::title(id));
            if id.is_multiple_of(5) {
                tracker.note(id, id, super::services::SAID, true);
            }
        }
        tracker
    }

    /// `updated` counts in steps of two minutes.
    pub fn put(&self, id: u64, updated: u64, subject: &str) {
        let issue = json!({
            "id": id, "project": { "id": 1, "name": "Ledger" }, "tracker": { "id": 1, "name": "Bug" },
            "status": { "id": 1, "name": "New", "is_closed": false }, "priority": { "id": 2, "name": "Normal" },
            "author": { "id": 1, "name": "Ann" }, "subject": subject, "description": super::texts::body(id),
            "created_on": stamp(id), "updated_on": stamp(updated), "closed_on": null,
        });
        self.0.lock().unwrap().issues.insert(id, issue);
    }

    /// The issue changes with it.
    pub fn note(&self, id: u64, at: u64, text: &str, private: bool) {
        let mut state = self.0.lock().unwrap();
        let number = state.journals.values().map(Vec::len).sum::<usize>() + 1;
        let journal = json!({ "id": number, "user": { "id": 2, "name": "Ben" }, "notes": text, "created_on": stamp(at),
                              "private_notes": private, "details": [] });
        state.journals.entry(id).or_default().push(journal);
        state.issues.get_mut(&id).unwrap()["updated_on"] = stamp(at).into();
    }

    /// What was said of it is taken back, which changes the issue.
    pub fn unsay(&self, id: u64, at: u64) {
        let mut state = self.0.lock().unwrap();
        state.journals.remove(&id);
        state.issues.get_mut(&id).unwrap()["updated_on"] = stamp(at).into();
    }

    /// Whoever asks may do so much.
    pub fn allow(&self, allowed: &[&str]) {
        self.0.lock().unwrap().allowed = allowed.iter().map(|allowed| (*allowed).to_owned()).collect();
    }

    /// What was said of an issue, and whether it is private.
    pub fn said(&self, id: u64) -> Vec<(String, bool)> {
        let state = self.0.lock().unwrap();
        let said = state.journals.get(&id).into_iter().flatten();
        said.map(|said| (said["notes"].as_str().unwrap().to_owned(), said["private_notes"] == true)).collect()
    }

    pub fn delete(&self, id: u64) {
        self.0.lock().unwrap().issues.remove(&id);
    }

    /// Every true answer goes through here first.
    pub fn twist(&self, twist: impl FnMut(&Asked, Answer) -> Answer + Send + 'static) {
        self.0.lock().unwrap().twist = Some(Box::new(twist));
    }

    pub fn untwist(&self) {
        self.0.lock().unwrap().twist = None;
    }

    pub fn open(&self) -> Web {
        let tracker = self.clone();
        Web::serve(move |asked| tracker.answer(asked))
    }

    fn answer(&self, asked: &Asked) -> Answer {
        let (answer, twist) = {
            let mut state = self.0.lock().unwrap();
            (state.true_answer(asked), state.twist.take())
        };
        let Some(mut twist) = twist else { return answer };
        // It may change the tracker.
        let answer = twist(asked, answer);
        self.0.lock().unwrap().twist.get_or_insert(twist);
        answer
    }
}

impl State {
    /// As it writes: a note is public where the role does not allow more, and nothing is answered.
    fn write(&mut self, id: u64, asked: &Asked, relation: bool) -> Answer {
        let given: Value = serde_json::from_str(&asked.body).unwrap();
        if relation {
            let to = &given["relation"]["issue_to_id"];
            let made = json!({ "id": 1, "issue_id": id, "issue_to_id": to, "relation_type": given["relation"]["relation_type"] });
            self.relations.push(made.clone());
            return Answer::new(201, json!({ "relation": made }).to_string());
        }
        let allowed = self.allowed.iter().any(|allowed| allowed == "set_notes_private");
        let (note, private) = (&given["issue"]["notes"], allowed && given["issue"]["private_notes"] == true);
        let number = self.journals.values().map(Vec::len).sum::<usize>() + 1;
        let journal = json!({ "id": number, "user": { "id": 2, "name": "Ben" }, "notes": note, "created_on": stamp(900),
                              "private_notes": private, "details": [] });
        self.journals.entry(id).or_default().push(journal);
        self.issues.get_mut(&id).unwrap()["updated_on"] = stamp(900).into();
        Answer::new(204, "")
    }

    fn true_answer(&mut self, asked: &Asked) -> Answer {
        let (path, query) = asked.path.split_once('?').unwrap_or((&asked.path, ""));
        let query: BTreeMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        if path == "/issues.json" {
            return self.page(&query);
        }
        match path {
            "/users/current.json" => {
                let roles = json!([{ "project": { "id": 1 }, "roles": [{ "id": 4, "name": "Agent" }] }]);
                return Answer::new(
                    200,
                    json!({ "user": { "id": 2, "admin": false, "memberships": roles } }).to_string(),
                );
            }
            "/roles/4.json" => {
                return Answer::new(200, json!({ "role": { "id": 4, "permissions": self.allowed } }).to_string());
            }
            _ => {}
        }
        let id = path.strip_prefix("/issues/").and_then(|rest| rest.strip_suffix(".json"));
        let related = id.and_then(|id| id.strip_suffix("/relations"));
        let number: u64 = related.or(id).and_then(|id| id.parse().ok()).unwrap_or_default();
        if asked.method != "GET" && self.issues.contains_key(&number) {
            return self.write(number, asked, related.is_some());
        }
        if related.is_some() {
            let here = |one: &&Value| one["issue_id"] == number || one["issue_to_id"] == number;
            let relations: Vec<&Value> = self.relations.iter().filter(here).collect();
            return Answer::new(200, json!({ "relations": relations }).to_string());
        }
        let Some(issue) = id.and_then(|id| self.issues.get(&id.parse().ok()?)) else { return Answer::new(404, "") };
        let mut issue = issue.clone();
        issue["journals"] = self.journals.get(&issue["id"].as_u64().unwrap()).cloned().unwrap_or_default().into();
        Answer::new(200, json!({ "issue": issue }).to_string())
    }

    fn page(&self, query: &BTreeMap<String, String>) -> Answer {
        let text = |issue: &Value| issue["updated_on"].as_str().unwrap().to_owned();
        let mut issues: Vec<&Value> = self.issues.values().collect();
        if let Some(window) = query.get("updated_on") {
            let (sign, stamp) = window.split_at(2);
            issues.retain(
                |issue| if sign == ">=" { text(issue).as_str() >= stamp } else { text(issue).as_str() <= stamp },
            );
        }
        let id = |issue: &Value| issue["id"].as_u64().unwrap();
        match query["sort"].as_str() {
            "updated_on:asc,id:asc" => issues.sort_by_key(|issue| (text(issue), id(issue))),
            "updated_on:desc,id:desc" => issues.sort_by_key(|issue| std::cmp::Reverse((text(issue), id(issue)))),
            "id:asc" => issues.sort_by_key(|issue| id(issue)),
            other => panic!("it knows no order {other}"),
        }
        // Closed ones are left out unless they are asked for.
        if query.get("status_id").is_none_or(|status| status != "*") {
            issues.retain(|issue| issue["status"]["is_closed"] == false);
        }
        let number = |name: &str| query[name].parse::<usize>().unwrap();
        // More than a hundred silently become a hundred.
        let (limit, offset) = (number("limit").min(100), number("offset"));
        let total = issues.len();
        let shown: Vec<&Value> = issues.into_iter().skip(offset).take(limit).collect();
        let body = json!({ "issues": shown, "total_count": total, "offset": offset, "limit": limit });
        Answer::new(200, body.to_string()).with("date", "Fri, 01 Jan 2027 12:00:00 GMT")
    }
}

fn stamp(number: u64) -> String {
    engine::Millis(1_767_225_600_000 + i64::try_from(number).unwrap() * 120_000).to_rfc3339()
}
