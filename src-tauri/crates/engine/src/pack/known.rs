//! The vectors of a workspace, in memory: for the questions, while the model is the one that made them.

use crate::{Result, open::Core};
use domain::{DocId, Question};
use meaning::{Model, Near, Neighbour, Place, Text, TextId, Vector};
use std::{
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
    time::{Duration, Instant},
};
use store::StoredVector;

/// Where another process makes the vectors, this one looks for new ones no more often.
const LOOK: Duration = Duration::from_secs(30);
/// Documents of which it is looked whether they are still there, in one go.
const BATCH: usize = 500;

#[derive(Default)]
pub(crate) struct Known(RwLock<State>);

#[derive(Default)]
struct State {
    /// Whose vectors these are.
    model: Option<String>,
    near: Near,
    /// The change sequence that they are abreast of.
    at: i64,
    looked: Option<Instant>,
}

/// What a question means, and where to look for the like.
pub(crate) struct Meant<'a> {
    vector: Vector,
    among: Among<'a>,
}

enum Among<'a> {
    /// Those of the workspace, as they are: nobody changes them as long as this is held.
    Now(RwLockReadGuard<'a, State>),
    /// Those of an exam.
    Then(&'a Near),
}

impl<'a> Meant<'a> {
    pub(crate) fn then(vector: Vector, near: &'a Near) -> Self {
        Self { vector, among: Among::Then(near) }
    }

    pub(crate) fn nearest(&self, most: usize, admits: &dyn Fn(&Place) -> bool) -> Vec<Neighbour> {
        self.near().nearest(&self.vector, most, admits)
    }

    pub(crate) fn likeness(&self, doc: DocId) -> Option<f32> {
        self.near().likeness(doc, &self.vector)
    }

    fn near(&self) -> &Near {
        match &self.among {
            Among::Now(state) => &state.near,
            Among::Then(near) => near,
        }
    }
}

impl Known {
    /// `None` where nothing has been read yet. A text that some case has too needs no model.
    pub(crate) fn meant(&self, model: &Model, question: &Question) -> Option<Meant<'_>> {
        let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if state.near.is_empty() {
            return None;
        }
        let text = Text::of(&question.title, &question.body);
        let vector = state.near.of_text(&text.id()).or_else(|| model.embed(&[text.as_str()]).pop())?;
        Some(Meant { vector, among: Among::Now(state) })
    }

    pub(crate) fn of_text(&self, text: &TextId) -> Option<Vector> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).near.of_text(text)
    }

    /// That of any text: made where no case has the same.
    pub(crate) fn vector(&self, model: &Model, text: &Text) -> Option<Vector> {
        self.of_text(&text.id()).or_else(|| model.embed(&[text.as_str()]).pop())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.read().unwrap_or_else(PoisonError::into_inner).near.len()
    }

    pub(crate) fn clear(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = State::default();
    }

    /// As they are in the store: read once, then followed. A process that only reads looks again now and then.
    pub(crate) fn follow(&self, core: &Core, model: &Arc<Model>) -> Result<()> {
        let (at, fresh) = {
            let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
            let of_this = state.model.as_deref() == Some(model.id());
            let again = !core.home.is_owned() && state.looked.is_none_or(|looked| looked.elapsed() >= LOOK);
            (of_this.then_some(state.at), of_this && !again)
        };
        let sequence = core.store.sequence()?;
        match at {
            Some(at) if fresh => self.drop_gone(core, model.id(), at, sequence),
            _ => {
                let near = load(core, model.id())?;
                let state = State { model: Some(model.id().into()), near, at: sequence, looked: Some(Instant::now()) };
                *self.0.write().unwrap_or_else(PoisonError::into_inner) = state;
                Ok(())
            }
        }
    }

    /// What was deleted since leaves the memory too.
    fn drop_gone(&self, core: &Core, model: &str, mut at: i64, sequence: i64) -> Result<()> {
        while at < sequence {
            let changes = core.store.changes_since(at, BATCH)?;
            let Some(&(last, _)) = changes.last() else { break };
            let docs: Vec<DocId> = changes.iter().map(|(_, doc)| *doc).collect();
            let kept = core.store.with_vector(model, &docs)?;
            let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
            docs.iter().filter(|doc| !kept.contains(doc)).for_each(|doc| state.near.remove(*doc));
            (at, state.at) = (last, last);
        }
        self.0.write().unwrap_or_else(PoisonError::into_inner).at = sequence;
        Ok(())
    }

    pub(super) fn put(&self, read: &[(StoredVector, Vector)], kept: &[DocId]) {
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for (stored, vector) in read.iter().filter(|(stored, _)| kept.contains(&stored.doc)) {
            state.near.put(place(stored), vector);
        }
    }
}

fn place(stored: &StoredVector) -> Place {
    Place { doc: stored.doc, created_at: stored.created_at, text: TextId(stored.text) }
}

fn load(core: &Core, model: &str) -> Result<Near> {
    let mut near = Near::default();
    for stored in core.store.vectors(model)? {
        if let Some(vector) = Vector::from_bytes(&stored.bytes) {
            near.put(place(&stored), &vector);
        }
    }
    Ok(near)
}
