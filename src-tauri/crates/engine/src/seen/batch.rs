//! Many questions in a row, answered with ids alone: what scripts and exams ask for.

use super::{Turn, docs_of, rank};
use crate::{Engine, Error, Result};
use domain::{DocKind, Millis, Scope};
use matching::Asked;
use serde::{Deserialize, Serialize};
use std::time::Instant;

#[derive(Clone, Debug, Deserialize)]
pub struct BatchQuestion {
    pub id: String,
    #[serde(default)]
    pub subject: String,
    #[serde(default)]
    pub body: String,
    /// RFC 3339: only what existed before.
    pub as_of: Option<String>,
    #[serde(default)]
    pub exclude: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct BatchAnswer {
    pub id: String,
    pub hits: Vec<BatchHit>,
    pub ms: f64,
}

#[derive(Clone, Debug, Serialize)]
pub struct BatchHit {
    pub kind: &'static str,
    pub id: String,
    pub score: f64,
}

impl Engine {
    /// One question of a batch.
    pub fn answer(&self, asked: &BatchQuestion, k: usize) -> Result<BatchAnswer> {
        let started = Instant::now();
        let time = asked.as_of.as_deref().map(Millis::parse).transpose();
        let as_of = time.map_err(|bad| Error::BadInput(format!("question {}: {bad}", asked.id)))?;
        let mut scope = Scope { as_of, ..Scope::default() };
        for id in &asked.exclude {
            scope.exclude.extend(docs_of(self, id)?);
        }
        let fields = Asked { title: &asked.subject, body: &asked.body, product: None, components: &[], versions: &[] };
        let question = matching::read(&fields);
        let turn: Turn = self.lanes.enter(None);
        let ranking = rank(self, &question, &scope, as_of.unwrap_or_else(|| self.core.clock.now()), &turn)?;
        let mut hits = Vec::with_capacity(k);
        for ranked in ranking.ranked.iter().take(k) {
            let key = match ranked.doc.kind {
                DocKind::Ticket => {
                    self.core.store.ticket_rows(&[ranked.doc.row])?.into_iter().next().map(|row| row.key)
                }
                DocKind::KnownError => self.core.store.known_error(ranked.doc.row)?.map(|stored| stored.key),
            };
            let kind = ranked.doc.kind.as_str();
            hits.extend(key.map(|key| BatchHit { kind, id: key.to_string(), score: ranked.score }));
        }
        Ok(BatchAnswer { id: asked.id.clone(), hits, ms: started.elapsed().as_secs_f64() * 1000.0 })
    }
}
