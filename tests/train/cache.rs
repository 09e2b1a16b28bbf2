//! Vectors of earlier runs, by their text: one after the other, each behind the id of its text.

use anyhow::{Context, Result};
use engine::{Model, Text, TextId, Vector};
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Mutex, PoisonError},
};

const ID: usize = 16;
const STEP: usize = 4;

#[derive(Default)]
pub struct Cache(Mutex<BTreeMap<TextId, Vector>>);

impl Cache {
    /// Of the vectors of one model, each with so many numbers. A missing file holds none.
    pub fn read(path: &Path, width: usize) -> Result<Self> {
        let bytes = match std::fs::read(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            read => read.with_context(|| format!("{} could not be read", path.display()))?,
        };
        let mut all = BTreeMap::new();
        for one in bytes.chunks_exact(ID + STEP + width) {
            let (id, vector) = one.split_first_chunk::<ID>().context("it is cut short")?;
            all.insert(TextId(*id), Vector::from_bytes(vector).context("it holds something else")?);
        }
        Ok(Self(Mutex::new(all)))
    }

    pub fn write(&self, path: &Path) -> Result<()> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes: Vec<u8> =
            all.iter().flat_map(|(text, vector)| text.0.into_iter().chain(vector.to_bytes())).collect();
        std::fs::write(path, bytes).with_context(|| format!("{} could not be written", path.display()))
    }

    /// Those that are known, and the others made.
    pub fn embed(&self, model: &Model, texts: &[&Text]) -> Vec<Vector> {
        let find = |text: &&Text| self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&text.id()).cloned();
        let mut vectors: Vec<Option<Vector>> = texts.iter().map(find).collect();
        let missing: Vec<&Text> =
            texts.iter().zip(&vectors).filter(|(_, known)| known.is_none()).map(|(text, _)| *text).collect();
        let made = if missing.is_empty() { Vec::new() } else { engine::embed(model, &missing) };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend(missing.iter().map(|text| text.id()).zip(made.iter().cloned()));
        let mut made = made.into_iter();
        vectors.iter_mut().filter(|known| known.is_none()).for_each(|slot| *slot = made.next());
        vectors.into_iter().flatten().collect()
    }
}
