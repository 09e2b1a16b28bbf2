//! Many questions in a row, answered with ids alone: what scripts and exams ask for. And what is measured of each
//! candidate, for the program that learns from it.

use super::{Ranking, Turn, docs_of, rank, scope_of};
use crate::{Engine, Error, Result};
use domain::{DocId, DocKind, Key, Millis, Question};
use matching::Asked;
use serde::{Deserialize, Serialize};
use std::{collections::HashSet, time::Instant};

const DAY: f64 = 86_400_000.0;

#[derive(Clone, Debug, Deserialize)]
pub struct BatchQuestion {
    pub id: String,
    #[serde(default)]
    pub subject: String,
    #[serde(default)]
    pub body: String,
    /// Left out, these two are those of the ticket that has this id and subject, where there is one.
    #[serde(default)]
    pub product: Option<String>,
    #[serde(default)]
    pub components: Vec<String>,
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

/// All candidates of a question as ranking sees them, best words first.
pub struct Measured {
    pub cases: Vec<MeasuredCase>,
    pub verdict: matching::VerdictKind,
    /// Ids of the cases that the verdict means, best first.
    pub judged: Vec<String>,
}

pub struct MeasuredCase {
    pub id: String,
    /// How old it was when the question was asked.
    pub days: f64,
    pub features: [f64; matching::FEATURES.len()],
    /// How much of the question it has, where it is among the best.
    pub like: Option<matching::Likeness>,
}

impl Engine {
    /// One question of a batch.
    pub fn answer(&self, asked: &BatchQuestion, k: usize) -> Result<BatchAnswer> {
        let started = Instant::now();
        let Ranking { ranked, .. } = self.ask_batch(asked)?.2;
        let mut hits = Vec::with_capacity(k);
        for ranked in ranked.iter().take(k) {
            let kind = ranked.doc.kind.as_str();
            hits.extend(self.key_of(ranked.doc)?.map(|key| BatchHit {
                kind,
                id: key.to_string(),
                score: ranked.score,
            }));
        }
        Ok(BatchAnswer { id: asked.id.clone(), hits, ms: started.elapsed().as_secs_f64() * 1000.0 })
    }

    /// What ranking knows of each candidate of a question, before it weighs it.
    pub fn measure(&self, asked: &BatchQuestion) -> Result<Measured> {
        let (question, now, Ranking { ranked, judged, facts }) = self.ask_batch(asked)?;
        let likenesses = matching::likenesses(&question, &ranked);
        let mut cases = Vec::with_capacity(ranked.len());
        for (at, case) in ranked.iter().enumerate() {
            let like = likenesses.get(at).copied();
            let (Some(key), Some(facts)) = (self.key_of(case.doc)?, facts.get(&case.doc)) else { continue };
            let days = (now.0 - facts.created_at.0) as f64 / DAY;
            cases.push(MeasuredCase { id: key.to_string(), days, features: case.features, like });
        }
        let mut ids = Vec::new();
        for doc in &judged.cases {
            ids.extend(self.key_of(*doc)?.map(|key| key.to_string()));
        }
        Ok(Measured { cases, verdict: judged.kind, judged: ids })
    }

    fn ask_batch(&self, asked: &BatchQuestion) -> Result<(Question, Millis, Ranking)> {
        let time = asked.as_of.as_deref().map(Millis::parse).transpose();
        let as_of = time.map_err(|bad| Error::BadInput(format!("question {}: {bad}", asked.id)))?;
        let now = as_of.unwrap_or_else(|| self.core.clock.now());
        let mut exclude = Vec::new();
        for id in &asked.exclude {
            exclude.extend(docs_of(self, id)?);
        }
        let scope = scope_of(now, as_of.is_some(), exclude);
        let (product, components) = self.place_of(asked)?;
        let question = matching::read(&Asked {
            title: &asked.subject,
            body: &asked.body,
            product: product.as_deref(),
            components: &components,
            versions: &[],
        });
        let turn: Turn = self.lanes.enter(None);
        let ranking = rank(self, &question, &scope, now, &turn, &HashSet::new())?;
        Ok((question, now, ranking))
    }

    /// An id alone could be any ticket's: only one with the same subject is the question itself.
    fn place_of(&self, asked: &BatchQuestion) -> Result<(Option<String>, Vec<String>)> {
        let (product, components) = (asked.product.clone(), asked.components.clone());
        if product.is_some() || !components.is_empty() {
            return Ok((product, components));
        }
        let store = &self.core.store;
        for row in store.find_ticket(&asked.id)? {
            if let Some(stored) = store.ticket(row)?.filter(|stored| stored.ticket.subject == asked.subject) {
                return Ok((stored.ticket.product, stored.ticket.components));
            }
        }
        Ok((None, Vec::new()))
    }

    pub(crate) fn key_of(&self, doc: DocId) -> Result<Option<Key>> {
        let store = &self.core.store;
        Ok(match doc.kind {
            DocKind::Ticket => store.ticket_rows(&[doc.row])?.into_iter().next().map(|row| row.key),
            DocKind::KnownError => store.known_error(doc.row)?.map(|stored| stored.key),
            DocKind::Article => store.article(doc.row)?.map(|stored| stored.key),
        })
    }
}
