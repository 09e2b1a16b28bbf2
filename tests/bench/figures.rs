//! What was measured, as a table.

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
        out
    }
}
