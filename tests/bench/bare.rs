//! The bare libraries on the same texts: what a program would pay that did nothing but insert.

use crate::corpus::{Dice, Text};
use anyhow::Result;
use rusqlite::Connection;
use std::{path::Path, time::Instant};
use tantivy::{
    Index, TantivyDocument, Term,
    collector::TopDocs,
    query::TermQuery,
    schema::{Field, IndexRecordOption, STRING, Schema, TEXT},
};

pub struct Bare {
    /// Tantivy and SQLite, one after the other.
    pub seconds: f64,
    index: Index,
    body: Field,
    sqlite: Connection,
}

pub fn build(texts: &[Text], dir: &Path) -> Result<Bare> {
    let mut sqlite = Connection::open(dir.join("bare.db"))?;
    sqlite.pragma_update(None, "journal_mode", "WAL")?;
    sqlite.pragma_update(None, "synchronous", "FULL")?;
    sqlite.execute_batch("CREATE TABLE ticket (id TEXT PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL)")?;
    let mut schema = Schema::builder();
    let (id, title, body) = (
        schema.add_text_field("id", STRING),
        schema.add_text_field("title", TEXT),
        schema.add_text_field("body", TEXT),
    );
    let path = dir.join("bare-index");
    std::fs::create_dir_all(&path)?;
    let index = Index::create_in_dir(&path, schema.build())?;

    let started = Instant::now();
    for (page, chunk) in texts.chunks(500).enumerate() {
        let transaction = sqlite.transaction()?;
        for (number, text) in chunk.iter().enumerate() {
            let key = format!("T-{}", page * 500 + number);
            transaction
                .prepare_cached("INSERT INTO ticket VALUES (?1, ?2, ?3)")?
                .execute((key, &text.title, &text.body))?;
        }
        transaction.commit()?;
    }
    let mut writer = index.writer(64 << 20)?;
    for (number, text) in texts.iter().enumerate() {
        let mut document = TantivyDocument::new();
        document.add_text(id, format!("T-{number}"));
        document.add_text(title, &text.title);
        document.add_text(body, &text.body);
        writer.add_document(document)?;
    }
    writer.commit()?;
    let seconds = started.elapsed().as_secs_f64();
    writer.wait_merging_threads()?;
    Ok(Bare { seconds, index, body, sqlite })
}

impl Bare {
    /// Median of looking one word up, top 20.
    pub fn term_query_us(&self, texts: &[Text]) -> Result<f64> {
        let searcher = self.index.reader()?.searcher();
        let mut dice = Dice(7);
        let mut times = Vec::new();
        for _ in 0..500 {
            let Some(text) = texts.get(dice.below(texts.len())) else { continue };
            let words: Vec<String> = words(&text.title);
            let Some(word) = words.get(dice.below(words.len())) else { continue };
            let query = TermQuery::new(Term::from_field_text(self.body, word), IndexRecordOption::WithFreqs);
            let started = Instant::now();
            searcher.search(&query, &TopDocs::with_limit(20).order_by_score())?;
            times.push(started.elapsed().as_secs_f64() * 1e6);
        }
        times.sort_by(f64::total_cmp);
        Ok(times.get(times.len() / 2).copied().unwrap_or(f64::NAN))
    }

    /// Median of a whole ticket as one FTS5 question: any of its words, ordered by bm25.
    pub fn fts_ms(&self, texts: &[Text]) -> Result<f64> {
        self.sqlite.execute_batch(
            "CREATE VIRTUAL TABLE fts USING fts5 (title, body, content = 'ticket');
             INSERT INTO fts (fts) VALUES ('rebuild');",
        )?;
        let mut statement =
            self.sqlite.prepare("SELECT rowid FROM fts WHERE fts MATCH ?1 ORDER BY bm25(fts) LIMIT 20")?;
        let mut dice = Dice(9);
        let mut times = Vec::new();
        for _ in 0..9 {
            let Some(text) = texts.get(dice.below(texts.len())) else { continue };
            let mut terms = words(&format!("{} {}", text.title, text.body));
            terms.sort();
            terms.dedup();
            let any: Vec<String> = terms.iter().map(|term| format!("\"{term}\"")).collect();
            let started = Instant::now();
            let found = statement.query_map([any.join(" OR ")], |row| row.get::<_, i64>(0))?.count();
            std::hint::black_box(found);
            times.push(started.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        Ok(times.get(times.len() / 2).copied().unwrap_or(f64::NAN))
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && word.len() < 40)
        .map(str::to_lowercase)
        .collect()
}
