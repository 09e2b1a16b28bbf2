//! `cargo xtask bench growth --tickets FILE… --sizes 30000,1000000`: what a question costs in more and more documents.
//! The engine alone, where building the bare libraries' index and database beside it would take hours.

use crate::{
    child,
    corpus::{self, Text},
};
use anyhow::Result;
use serde_json::{Value, json};

const FIGURES: [(&str, &str); 3] = [
    ("type_p99_cpu_ms", "as you type"),
    ("core_p99_cpu_ms", "a whole ticket, ids alone"),
    ("seen_p99_cpu_ms", "a whole ticket, with all that is shown"),
];

/// From the smallest to the largest at most so many times as much.
const MOST: f64 = 10.0;

pub fn run(corpus: &[Text], sizes: &[usize]) -> Result<Vec<Value>> {
    let mut rows: Vec<(usize, Value)> = Vec::new();
    for size in sizes {
        let asked = measure(corpus, *size)?;
        let memory = asked["rss_mb"].as_f64().unwrap_or(f64::NAN);
        println!("{size} documents, at most {memory:.0} MB of memory while asked");
        rows.push((*size, asked));
    }
    let mut lines = Vec::new();
    for (name, words) in FIGURES {
        let of = |row: &(usize, Value)| row.1[name].as_f64().unwrap_or(f64::NAN);
        let told: Vec<String> = rows.iter().map(|row| format!("{:.1} ms", of(row))).collect();
        print!("CPU p99, {words}: {}", told.join(" · "));
        if let [first, .., last] = rows.as_slice() {
            let times = last.0 as f64 / first.0 as f64;
            let more = of(last) / of(first);
            let said = if more <= MOST { "met" } else { "missed" };
            print!("; {more:.1} times as much for {times:.0} times as many, of at most {MOST}: {said}");
            lines.push(json!({ "growth": name, "from": first.0, "to": last.0, "times": more }));
        }
        println!();
    }
    Ok(lines)
}

fn measure(corpus: &[Text], size: usize) -> Result<Value> {
    let dir = tempfile::tempdir()?;
    let (home, export) = (dir.path().join("home"), dir.path().join("export.jsonl"));
    corpus::write_export(&corpus::resample(corpus, size), &export)?;
    child::spawn("import", &[&home, &export])?;
    child::spawn("ask", &[&home, &export])
}
