//! A labelled history: tickets without their labels, and questions whose answers are known.

use anyhow::{Context, Result};
use engine::BatchQuestion;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::Path,
};

pub struct Set {
    pub name: String,
    /// Ready for import; nothing in it says what repeats what.
    pub tickets: String,
    pub documents: usize,
    /// In the order of time.
    pub questions: Vec<Asked>,
}

pub struct Asked {
    pub question: BatchQuestion,
    /// The earlier tickets of the same problem.
    pub right: HashSet<String>,
    pub product: String,
}

struct Ticket {
    id: String,
    created: String,
    subject: String,
    body: String,
    product: String,
}

pub fn read(path: &Path) -> Result<Set> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let (mut tickets, mut plain) = (Vec::new(), String::new());
    let mut same = Clusters::default();
    let mut known = HashSet::new();
    for line in text.lines() {
        let record: Value = serde_json::from_str(line).with_context(|| format!("a line of {}", path.display()))?;
        let word = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
        let ticket = Ticket {
            id: word("id"),
            created: word("created_at"),
            subject: word("subject"),
            body: word("body"),
            product: word("product"),
        };
        // Read twice, it would stand twice in the index's statistics for as long as nothing is merged there: by chance.
        if !known.insert(ticket.id.clone()) {
            continue;
        }
        for other in record["duplicate_of"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            same.join(&ticket.id, other);
        }
        // Only what was there when it was written: how it ended and what it repeats came later.
        let kept = json!({
            "kind": "ticket", "id": ticket.id, "subject": ticket.subject, "body": ticket.body,
            "body_format": record["body_format"], "created_at": ticket.created, "updated_at": ticket.created,
            "status": "closed", "product": record["product"], "components": record["components"],
        });
        plain.push_str(&kept.to_string());
        plain.push('\n');
        tickets.push(ticket);
    }
    tickets.sort_by(|a, b| (&a.created, &a.id).cmp(&(&b.created, &b.id)));
    let mut clusters: BTreeMap<String, Vec<&Ticket>> = BTreeMap::new();
    let mut questions = Vec::new();
    for ticket in &tickets {
        let Some(root) = same.root(&ticket.id) else { continue };
        let cluster = clusters.entry(root).or_default();
        let earlier: HashSet<String> =
            cluster.iter().filter(|other| other.created < ticket.created).map(|other| other.id.clone()).collect();
        cluster.push(ticket);
        // One that names its answer is no question.
        if earlier.is_empty() || earlier.iter().any(|id| names(ticket, id)) {
            continue;
        }
        let question = json!({
            "id": ticket.id, "subject": ticket.subject, "body": ticket.body, "as_of": ticket.created,
            "exclude": [ticket.id],
        });
        let product = ticket.product.clone();
        questions.push(Asked { question: serde_json::from_value(question)?, right: earlier, product });
    }
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let documents = tickets.len();
    Ok(Set { name, tickets: plain, documents, questions })
}

fn names(ticket: &Ticket, id: &str) -> bool {
    let number = id.rsplit('-').next().unwrap_or(id);
    let of_word = |c: char| c.is_alphanumeric() || c == '-';
    [id.to_owned(), format!("#{number}")].iter().any(|form| {
        [&ticket.subject, &ticket.body].iter().any(|text| {
            text.match_indices(form.as_str())
                .any(|(at, _)| !text[at + form.len()..].starts_with(of_word) && !text[..at].ends_with(of_word))
        })
    })
}

/// Which tickets tell of the same problem: whatever is tied, directly or through others.
#[derive(Default)]
struct Clusters(HashMap<String, String>);

impl Clusters {
    fn root(&self, id: &str) -> Option<String> {
        let mut at = self.0.get_key_value(id)?.0;
        while let Some(up) = self.0.get(at).filter(|up| *up != at) {
            at = up;
        }
        Some(at.clone())
    }

    fn join(&mut self, a: &str, b: &str) {
        for id in [a, b] {
            self.0.entry(id.into()).or_insert_with(|| id.into());
        }
        if let (Some(a), Some(b)) = (self.root(a), self.root(b)) {
            self.0.insert(a.clone().max(b.clone()), a.min(b));
        }
    }
}
