//! What was measured, as a table.

use serde_json::json;
use std::fmt::Write;

pub struct Figures {
    /// What the tickets were resampled from.
    from: String,
    pub rows: Vec<Row>,
}

pub struct Row {
    pub documents: usize,
    pub bytes: usize,
    pub import_seconds: f64,
    pub import_rss_mb: f64,
    pub bare_seconds: f64,
    pub bare_term_us: f64,
    pub type_p50_ms: f64,
    pub type_p95_ms: f64,
    pub seen_p50_ms: f64,
    pub seen_p95_ms: f64,
    /// The whole-ticket question without showing anything: ids alone.
    pub core_p95_ms: f64,
    pub ask_rss_mb: f64,
    pub fts_ms: f64,
    pub start_ms: f64,
    /// Processor time below which 99 of 100 stay, ours and the bare index's.
    pub cpu: Cpu,
}

#[derive(Clone, Copy)]
pub struct Cpu {
    pub type_p99_ms: f64,
    pub bare_type_p99_ms: f64,
    pub seen_p99_ms: f64,
    pub core_p99_ms: f64,
    pub bare_whole_p99_ms: f64,
    pub bare_best_p99_ms: f64,
    /// With the semantic pack, the question's embedding in it.
    pub meant_p99_ms: Option<f64>,
}

impl Row {
    pub fn summary(&self) -> String {
        format!(
            "{} documents: import at {:.0} % of the bare rate, typing p95 {:.1} ms, whole ticket p95 {:.1} ms",
            self.documents,
            100.0 * self.bare_seconds / self.import_seconds,
            self.type_p95_ms,
            self.seen_p95_ms
        )
    }
}

impl Figures {
    pub fn new(from: String) -> Self {
        Self { from, rows: Vec::new() }
    }

    pub fn table(&self) -> String {
        let mut out = format!(
            "# Bench\n\n`cargo xtask bench`, resampled from {}. One run; read the ratios. *Bare* is an index and a database of \
             the same texts, with the libraries' own defaults.\n\n",
            self.from
        );
        let mut line = |name: &str, show: &dyn Fn(&Row) -> String| {
            let cells: Vec<String> = self.rows.iter().map(show).collect();
            let _ = writeln!(out, "| {name} | {} |", cells.join(" | "));
        };
        line("documents", &|row| row.documents.to_string());
        line("---", &|_| "---:".into());
        line("text, MB", &|row| format!("{:.1}", row.bytes as f64 / 1e6));
        line("(a) import rate ÷ bare Tantivy + bare SQLite", &|row| {
            format!("{:.2}", row.bare_seconds / row.import_seconds)
        });
        line("    documents per second, ours · bare", &|row| {
            let rate = |seconds: f64| row.documents as f64 / seconds;
            format!("{:.0} · {:.0}", rate(row.import_seconds), rate(row.bare_seconds))
        });
        line("(b) as-you-type p95 ÷ bare TermQuery", &|row| {
            format!("{:.0}", row.type_p95_ms * 1e3 / row.bare_term_us)
        });
        line("    p50 · p95, ms", &|row| format!("{:.1} · {:.1}", row.type_p50_ms, row.type_p95_ms));
        line("(b) whole ticket p95 ÷ bare TermQuery", &|row| {
            format!("{:.0}", row.seen_p95_ms * 1e3 / row.bare_term_us)
        });
        line("    p50 · p95 with all that is shown, p95 of ids alone, ms", &|row| {
            format!("{:.1} · {:.1} · {:.1}", row.seen_p50_ms, row.seen_p95_ms, row.core_p95_ms)
        });
        line("(c) FTS5, any word of the ticket ÷ ours p50", &|row| format!("{:.1}", row.fts_ms / row.seen_p50_ms));
        line("(d) start to first hit, ms", &|row| format!("{:.0}", row.start_ms));
        line("(e) peak memory, import · questions, MB", &|row| {
            format!("{:.0} · {:.0}", row.import_rss_mb, row.ask_rss_mb)
        });
        let cpu = |ours: f64, bare: f64| format!("{:.2} ({ours:.1} ÷ {bare:.1} ms)", ours / bare);
        line("(f) CPU p99, as you type ÷ bare AND + prefix", &|row| {
            cpu(row.cpu.type_p99_ms, row.cpu.bare_type_p99_ms)
        });
        line("(g) CPU p99, whole ticket, ids alone ÷ bare, the 25 words that say most", &|row| {
            cpu(row.cpu.core_p99_ms, row.cpu.bare_best_p99_ms)
        });
        line("    with all that is shown", &|row| cpu(row.cpu.seen_p99_ms, row.cpu.bare_best_p99_ms));
        line("    ids alone ÷ bare, any of its words", &|row| cpu(row.cpu.core_p99_ms, row.cpu.bare_whole_p99_ms));
        if self.rows.iter().any(|row| row.cpu.meant_p99_ms.is_some()) {
            line(
                "(i) CPU p99, whole ticket, ids alone, with the semantic pack and its reading of the ticket, ms",
                &|row| row.cpu.meant_p99_ms.map_or_else(String::new, |ms| format!("{ms:.1}")),
            );
        }
        if let Some((times, typed, whole)) = self.growth() {
            let _ = writeln!(
                out,
                "\n(h) {times:.0} times as many documents: as you type {typed:.1} times the CPU p99, a whole ticket {whole:.1} times."
            );
        }
        if let Some(last) = self.rows.last() {
            let Cpu { type_p99_ms, bare_type_p99_ms, core_p99_ms, bare_best_p99_ms, meant_p99_ms, .. } = last.cpu;
            let of = |what, found: f64, most: f64| {
                let said = if found <= most { "met" } else { "missed" };
                format!("{what} {found:.1} of at most {most}: {said}")
            };
            let mut told = vec![
                of("as you type, ms", type_p99_ms, 8.0),
                of("÷ bare AND + prefix", type_p99_ms / bare_type_p99_ms, 2.0),
                of("a whole ticket ÷ the 25 words that say most", core_p99_ms / bare_best_p99_ms, 2.5),
            ];
            told.extend(meant_p99_ms.map(|ms| of("with the pack, ms", ms, 40.0)));
            let _ = writeln!(
                out,
                "\nProcessor time of {} documents against what is asked: {}.",
                last.documents,
                told.join("; ")
            );
        }
        out
    }

    /// From the smallest to the largest size: how many times the documents, and how many times the processor time of what is
    /// typed and of whole tickets.
    fn growth(&self) -> Option<(f64, f64, f64)> {
        let (first, last) = (self.rows.first()?, self.rows.last()?);
        (last.documents > first.documents).then(|| {
            let times = last.documents as f64 / first.documents as f64;
            (times, last.cpu.type_p99_ms / first.cpu.type_p99_ms, last.cpu.core_p99_ms / first.cpu.core_p99_ms)
        })
    }

    /// For each size, for the history of all runs: the ratios alone, which can be compared.
    pub fn history(&self) -> Vec<serde_json::Value> {
        let rows = self.rows.iter().map(|row| {
            let Cpu {
                type_p99_ms,
                bare_type_p99_ms,
                seen_p99_ms,
                core_p99_ms,
                bare_whole_p99_ms,
                bare_best_p99_ms,
                meant_p99_ms,
            } = row.cpu;
            json!({
                "from": self.from, "documents": row.documents,
                "import_of_bare": round(row.bare_seconds / row.import_seconds),
                "type_cpu_p99_of_bare": round(type_p99_ms / bare_type_p99_ms),
                "whole_cpu_p99_of_bare": round(core_p99_ms / bare_best_p99_ms),
                "whole_shown_cpu_p99_of_bare": round(seen_p99_ms / bare_best_p99_ms),
                "whole_cpu_p99_of_bare_any_word": round(core_p99_ms / bare_whole_p99_ms),
                "type_cpu_p99_ms": round(type_p99_ms), "whole_cpu_p99_ms": round(core_p99_ms),
                "whole_with_pack_cpu_p99_ms": meant_p99_ms.map(round),
            })
        });
        rows.collect()
    }
}

fn round(of: f64) -> f64 {
    (of * 1000.0).round() / 1000.0
}
