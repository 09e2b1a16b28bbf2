//! Weights as they are published: the length of a JSON header, the header, then the numbers.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::collections::HashMap;

pub struct Tensors<'a> {
    entries: HashMap<String, Entry>,
    numbers: &'a [u8],
}

#[derive(Deserialize)]
struct Entry {
    dtype: String,
    data_offsets: [usize; 2],
}

impl<'a> Tensors<'a> {
    pub fn read(bytes: &'a [u8]) -> Result<Self> {
        let (length, rest) = bytes.split_first_chunk::<8>().context("the weights are cut short")?;
        let length = u64::from_le_bytes(*length) as usize;
        let (header, numbers) = rest.split_at_checked(length).context("the weights are cut short")?;
        let all: HashMap<String, serde_json::Value> = serde_json::from_slice(header)?;
        let entries = all.into_iter().filter(|(name, _)| name != "__metadata__");
        let entries = entries.map(|(name, entry)| Ok((name, serde_json::from_value(entry)?)));
        Ok(Self { entries: entries.collect::<Result<_>>()?, numbers })
    }

    pub fn numbers(&self, name: &str) -> Result<Vec<f32>> {
        let entry = self.entries.get(name).with_context(|| format!("{name} is not among the weights"))?;
        ensure!(entry.dtype == "F32", "{name} has numbers of another kind ({})", entry.dtype);
        let [from, to] = entry.data_offsets;
        let bytes = self.numbers.get(from..to).with_context(|| format!("{name} is cut short"))?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect())
    }
}
