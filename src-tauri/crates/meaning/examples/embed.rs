//! What a pack makes of texts, for a look at it: one text a line in, how long it took and who is nearest out.
//!
//!     embed PACK < TEXTS

use anyhow::{Context, Result};
use meaning::Model;
use std::{io::Read, path::PathBuf, time::Instant};

const TOGETHER: usize = 8;

fn main() -> Result<()> {
    let pack = PathBuf::from(std::env::args().nth(1).context("usage: embed PACK < TEXTS")?);
    let started = Instant::now();
    let model = Model::open(&pack)?;
    println!("{} opened in {:.0} ms", model.id(), started.elapsed().as_secs_f64() * 1000.0);
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let texts: Vec<&str> = text.lines().collect();
    let started = Instant::now();
    // As many together as stay in the processor's memory.
    let vectors: Vec<_> = texts.chunks(TOGETHER).flat_map(|texts| model.embed(texts)).collect();
    let ms = started.elapsed().as_secs_f64() * 1000.0;
    println!("{} texts, {:.1} ms each", texts.len(), ms / texts.len().max(1) as f64);
    for (text, vector) in texts.iter().zip(&vectors) {
        let others = texts.iter().zip(&vectors).filter(|(other, _)| *other != text);
        let nearest = others.max_by(|a, b| vector.likeness(a.1).total_cmp(&vector.likeness(b.1)));
        if let Some((other, its)) = nearest {
            println!("{:.3}  {text}\n       {other}", vector.likeness(its));
        }
    }
    Ok(())
}
