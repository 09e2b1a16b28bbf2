//! Held against vectors that numpy computed, in 64 bits, from the same weights: of a tiny model that is made here, and of
//! the real one where it lies on this machine.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says no by panicking")]

use meaning::{Header, Model, Shape};
use serde::Deserialize;
use std::{
    collections::HashMap,
    fs::File,
    path::{Path, PathBuf},
};

#[derive(Deserialize)]
struct Tiny {
    vocabulary: Vec<String>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
    vector: Vec<f32>,
}

fn tiny() -> Tiny {
    serde_json::from_str(include_str!("tiny.json")).unwrap()
}

/// Weights of no meaning, the same here and in numpy: whole numbers below 2003, as shares of it around 0.
fn pack(path: &Path) {
    let vocabulary = tiny().vocabulary.join("\n");
    let shape = Shape { words: tiny().vocabulary.len(), positions: 32, width: 24, layers: 2, heads: 3, inner: 40 };
    let places: HashMap<String, (i64, usize)> =
        (1..).zip(shape.tensors()).map(|(at, (name, length))| (name, (at, length))).collect();
    let words = |text: &str| text.to_owned();
    let header = Header {
        format: 1,
        model: words("tiny"),
        licence: words("MIT"),
        source: words("a test"),
        shape,
        vocabulary: 0,
    };
    meaning::write(File::create(path).unwrap(), &header, &vocabulary, |name| {
        let (at, length) = places[name];
        let number = |i: i64| ((i * 7919 + at * 104_729 + i * i * 31) % 2003) as f64 / 2003.0 - 0.5;
        let middle = if name.ends_with("LayerNorm.weight") { 1.0 } else { 0.0 };
        Ok((0..length as i64).map(|i| (number(i) + middle) as f32).collect())
    })
    .unwrap();
}

fn furthest(ours: &[f32], right: &[f32]) -> f32 {
    assert_eq!(ours.len(), right.len());
    ours.iter().zip(right).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn a_tiny_model_computes_what_numpy_computes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("tiny.pack");
    pack(&path);
    let model = Model::open(&path).unwrap();
    for case in tiny().cases {
        let ours = model.exact(&[&case.text]);
        let off = furthest(&ours[0], &case.vector);
        assert!(off < 1.0e-4, "{:?} is off by {off}", case.text);
    }
}

#[test]
fn texts_given_together_come_out_as_they_would_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("tiny.pack");
    pack(&path);
    let model = Model::open(&path).unwrap();
    let cases = tiny().cases;
    let texts: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
    let alone: Vec<_> = texts.iter().flat_map(|text| model.embed(&[text])).collect();
    assert_eq!(model.embed(&texts), alone);
}

#[test]
fn a_pack_with_any_byte_changed_or_missing_is_refused_with_a_reason() {
    let dir = tempfile::tempdir().unwrap();
    let (path, bad) = (dir.path().join("tiny.pack"), dir.path().join("bad.pack"));
    pack(&path);
    let whole = std::fs::read(&path).unwrap();
    let code = |bytes: &[u8]| {
        std::fs::write(&bad, bytes).unwrap();
        Model::open(&bad).err().map(|error| error.code())
    };
    for at in (0..whole.len()).step_by(97) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        assert!(matches!(code(&bytes), Some("pack_foreign" | "pack_damaged" | "pack_newer")), "byte {at}");
        assert!(matches!(code(&whole[..at]), Some("pack_foreign" | "pack_damaged")), "cut at {at}");
    }
    assert_eq!(code(b"PK\x03\x04 a zip of something else"), Some("pack_foreign"));
    assert_eq!(Model::open(&dir.path().join("none")).err().map(|error| error.code()), Some("pack_missing"));
    let newer = whole.windows(10).position(|here| here == b"\"format\":1").unwrap() + 9;
    let mut bytes = whole.clone();
    bytes[newer] = b'9';
    assert_eq!(code(&bytes), Some("pack_newer"));
    assert_eq!(code(&whole), None);
}

/// Where `cargo xtask model` puts it, or where `PRECEDENT_PACK` says.
fn installed() -> Option<PathBuf> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target/all-MiniLM-L6-v2.pack");
    std::env::var_os("PRECEDENT_PACK").map(PathBuf::from).or(Some(built)).filter(|path| path.exists())
}

#[test]
fn the_real_model_computes_what_numpy_computes() {
    let Some(path) = installed() else {
        eprintln!("left out: the semantic pack is not here (`cargo xtask model` makes it)");
        return;
    };
    let model = Model::open(&path).unwrap();
    let cases: Vec<Case> = serde_json::from_str(include_str!("reference.json")).unwrap();
    for case in cases {
        let ours = model.exact(&[&case.text]);
        let off = furthest(&ours[0], &case.vector);
        assert!(off < 1.0e-3, "{:?} is off by {off}", case.text);
    }
}
