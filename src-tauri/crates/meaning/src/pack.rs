//! The file: `PRECPACK`, the length of a header, the header (JSON), the vocabulary (one word a line), the weights (f16,
//! little-endian, in the order of [`Shape::tensors`]), and the SHA-256 of all before it.

use crate::{Error, Result, half};
use ring::digest::{Context, SHA256, SHA256_OUTPUT_LEN};
use serde::{Deserialize, Serialize};
use std::{
    io::{self, Write},
    path::Path,
};

const MAGIC: &[u8; 8] = b"PRECPACK";
const FORMAT: u32 = 1;
/// No header is longer; more is a foreign file.
const HEADER_MOST: usize = 64 << 10;
/// No model that we could run in memory is larger.
const WEIGHTS_MOST: usize = 1 << 30;

/// What a pack says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    pub format: u32,
    /// Vectors of different models cannot be compared: each is kept under this name.
    pub model: String,
    /// Of the model's weights and vocabulary.
    pub licence: String,
    /// Where it was made from.
    pub source: String,
    pub shape: Shape,
    /// Bytes of the vocabulary.
    pub vocabulary: usize,
}

/// The sizes of a BERT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    pub words: usize,
    pub positions: usize,
    /// Numbers in a vector.
    pub width: usize,
    pub layers: usize,
    pub heads: usize,
    pub inner: usize,
}

impl Shape {
    /// Names (those of the published model) and lengths of the weights, in the order of the file.
    pub fn tensors(&self) -> Vec<(String, usize)> {
        let (width, inner) = (self.width, self.inner);
        let mut all: Vec<(String, usize)> = [
            ("word_embeddings.weight", self.words * width),
            ("position_embeddings.weight", self.positions * width),
            ("token_type_embeddings.weight", 2 * width),
            ("LayerNorm.weight", width),
            ("LayerNorm.bias", width),
        ]
        .map(|(name, length)| (format!("embeddings.{name}"), length))
        .into();
        for layer in 0..self.layers {
            let own = [
                ("attention.self.query.weight", width * width),
                ("attention.self.key.weight", width * width),
                ("attention.self.value.weight", width * width),
                ("attention.self.query.bias", width),
                ("attention.self.key.bias", width),
                ("attention.self.value.bias", width),
                ("attention.output.dense.weight", width * width),
                ("attention.output.dense.bias", width),
                ("attention.output.LayerNorm.weight", width),
                ("attention.output.LayerNorm.bias", width),
                ("intermediate.dense.weight", inner * width),
                ("intermediate.dense.bias", inner),
                ("output.dense.weight", width * inner),
                ("output.dense.bias", width),
                ("output.LayerNorm.weight", width),
                ("output.LayerNorm.bias", width),
            ];
            all.extend(own.map(|(name, length)| (format!("encoder.layer.{layer}.{name}"), length)));
        }
        all
    }

    /// `None` where the numbers cannot be those of a model.
    fn weights(&self) -> Option<usize> {
        let sane = |value: usize, most: usize| (1..=most).contains(&value);
        let sizes = sane(self.words, 1 << 20) && sane(self.positions, 1 << 13) && sane(self.width, 1 << 13);
        let layers = sane(self.layers, 64) && sane(self.heads, 128) && sane(self.inner, 1 << 15);
        if !(sizes && layers && self.width.is_multiple_of(self.heads)) {
            return None;
        }
        Some(self.tensors().iter().map(|(_, length)| length).sum()).filter(|sum| *sum <= WEIGHTS_MOST)
    }
}

/// A whole file, checked to the last byte.
pub(crate) struct Read {
    pub header: Header,
    pub vocabulary: String,
    /// As in the file.
    pub weights: Vec<u16>,
}

pub(crate) fn read(path: &Path) -> Result<Read> {
    let bytes = std::fs::read(path).map_err(|cause| Error::Io { path: path.into(), cause })?;
    let damaged = |reason: &str| Error::Damaged { path: path.into(), reason: reason.into() };
    let foreign = || Error::NotAPack(path.into());
    let (magic, rest) = bytes.split_first_chunk::<8>().ok_or_else(foreign)?;
    if magic != MAGIC {
        return Err(foreign());
    }
    let cut_short = || damaged("it is cut short");
    let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(cut_short)?;
    let length = u32::from_le_bytes(*length) as usize;
    if length > HEADER_MOST {
        return Err(damaged("its header cannot be that long"));
    }
    let (header, rest) = rest.split_at_checked(length).ok_or_else(cut_short)?;
    // Before the sum: what a newer version wrote may be summed otherwise.
    #[derive(Deserialize)]
    struct Format {
        format: u32,
    }
    let Format { format } = serde_json::from_slice(header).map_err(|bad| damaged(&format!("its header: {bad}")))?;
    if format > FORMAT {
        return Err(Error::Newer(path.into()));
    }
    let header: Header = serde_json::from_slice(header).map_err(|bad| damaged(&format!("its header: {bad}")))?;
    let (body, sum) = bytes.split_last_chunk::<SHA256_OUTPUT_LEN>().ok_or_else(cut_short)?;
    if ring::digest::digest(&SHA256, body).as_ref() != sum {
        return Err(damaged("its bytes do not have the sum that it names"));
    }
    let (vocabulary, weights) = rest.split_at_checked(header.vocabulary).ok_or_else(cut_short)?;
    let vocabulary = std::str::from_utf8(vocabulary).map_err(|_| damaged("its vocabulary is no text"))?;
    let (weights, _) = weights.split_last_chunk::<SHA256_OUTPUT_LEN>().ok_or_else(cut_short)?;
    let expected = header.shape.weights().ok_or_else(|| damaged("its sizes make no sense"))?;
    if weights.len() != expected * 2 || vocabulary.lines().count() != header.shape.words {
        return Err(damaged("it does not hold what its header says"));
    }
    let (pairs, _) = weights.as_chunks::<2>();
    let weights = pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    Ok(Read { vocabulary: vocabulary.into(), header, weights })
}

/// Writes a pack; `tensor` gives the weights of a name, as many as [`Shape::tensors`] says.
///
/// # Errors
/// Those of the file; `InvalidInput` where the sizes do not fit together.
pub fn write(
    to: impl Write,
    header: &Header,
    vocabulary: &str,
    mut tensor: impl FnMut(&str) -> io::Result<Vec<f32>>,
) -> io::Result<()> {
    let refused = |why: String| io::Error::new(io::ErrorKind::InvalidInput, why);
    if header.shape.weights().is_none() || vocabulary.lines().count() != header.shape.words {
        return Err(refused("the sizes in the header do not fit together".into()));
    }
    let header = Header { format: FORMAT, vocabulary: vocabulary.len(), ..header.clone() };
    let json = serde_json::to_vec(&header).map_err(io::Error::other)?;
    let mut out = Summed { to, sum: Context::new(&SHA256) };
    out.write(MAGIC)?;
    out.write(&(json.len() as u32).to_le_bytes())?;
    out.write(&json)?;
    out.write(vocabulary.as_bytes())?;
    for (name, length) in header.shape.tensors() {
        let weights = tensor(&name)?;
        if weights.len() != length {
            return Err(refused(format!("{name} has {} numbers and should have {length}", weights.len())));
        }
        let bytes: Vec<u8> = weights.iter().flat_map(|weight| half::narrow(*weight).to_le_bytes()).collect();
        out.write(&bytes)?;
    }
    let Summed { mut to, sum } = out;
    to.write_all(sum.finish().as_ref())?;
    to.flush()
}

struct Summed<W> {
    to: W,
    sum: Context,
}

impl<W: Write> Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sum.update(bytes);
        self.to.write_all(bytes)
    }
}
