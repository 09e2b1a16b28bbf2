//! The bare libraries on the same texts: what a program would pay that did nothing but insert.

use crate::{
    corpus::{Dice, Text},
    cpu::{Spent, at},
};
use anyhow::Result;
use rusqlite::Connection;
use std::{collections::BTreeMap, path::Path, time::Instant};
use tantivy::{
    Index, TantivyDocument, Term,
    collector::{Count, TopDocs},
    query::{BooleanQuery, FuzzyTermQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption, STRING, Schema, TEXT},
};

/// Questions of each kind.
const QUESTIONS: usize = 300;

pub struct Bare {
    /// Tantivy and SQLite, one after the other.
    pub seconds: f64,
    index: Index,
    title: Field,
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
    Ok(Bare { seconds, index, title, body, sqlite })
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

    /// Processor time below which 99 of 100 whole tickets are answered, in milliseconds: any of their words in title or
    /// body, the best 25.
    pub fn whole_p99_cpu_ms(&self, texts: &[Text]) -> Result<f64> {
        self.p99(texts, 25, |text, _| {
            let mut all = words(&format!("{} {}", text.title, text.body));
            all.sort();
            all.dedup();
            all.iter()
                .flat_map(|word| {
                    [(Occur::Should, self.word(self.title, word)), (Occur::Should, self.word(self.body, word))]
                })
                .collect()
        })
    }

    /// The same of the 25 words of a ticket that say most (tf·idf, in three texts or more), of its text alone: chosen outside of
    /// the time, and every match looked at, as whoever wants the true best has to.
    pub fn best_25_p99_cpu_ms(&self, texts: &[Text]) -> Result<f64> {
        let searcher = self.index.reader()?.searcher();
        let all = searcher.num_docs() as f64;
        let mut dice = Dice(3);
        let mut times = Vec::with_capacity(QUESTIONS);
        for _ in 0..QUESTIONS {
            let Some(text) = texts.get(dice.below(texts.len())) else { continue };
            let mut often: BTreeMap<String, f64> = BTreeMap::new();
            for word in words(&format!("{} {}", text.title, text.body)) {
                *often.entry(word).or_default() += 1.0;
            }
            let mut weighed = Vec::with_capacity(often.len());
            for (word, often) in often {
                let held = searcher.doc_freq(&Term::from_field_text(self.body, &word))?;
                if held >= 3 {
                    weighed.push((often * (1.0 + all / held as f64).ln(), word));
                }
            }
            weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
            let best = weighed.iter().take(25).map(|(_, word)| (Occur::Should, self.word(self.body, word)));
            let query = BooleanQuery::new(best.collect());
            let spent = Spent::start()?;
            std::hint::black_box(searcher.search(&query, &(TopDocs::with_limit(25).order_by_score(), Count))?);
            times.push(spent.ms()?);
        }
        Ok(at(&mut times, 0.99))
    }

    /// The same of what is being typed, the best 20: all words, and the last as a beginning.
    pub fn typed_p99_cpu_ms(&self, texts: &[Text]) -> Result<f64> {
        self.p99(texts, 20, |text, number| {
            let mut all = words(&typed(&text.title, number));
            let last = all.pop();
            let anywhere = |of: &dyn Fn(Field) -> Box<dyn Query>| -> (Occur, Box<dyn Query>) {
                (Occur::Must, Box::new(BooleanQuery::union(vec![of(self.title), of(self.body)])))
            };
            let whole = all.iter().map(|word| anywhere(&|field| self.word(field, word)));
            let begun = last.iter().map(|begun| {
                anywhere(&|field| Box::new(FuzzyTermQuery::new_prefix(Term::from_field_text(field, begun), 0, true)))
            });
            whole.chain(begun).collect()
        })
    }

    fn word(&self, field: Field, word: &str) -> Box<dyn Query> {
        Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
    }

    fn p99(
        &self,
        texts: &[Text],
        k: usize,
        query: impl Fn(&Text, usize) -> Vec<(Occur, Box<dyn Query>)>,
    ) -> Result<f64> {
        let searcher = self.index.reader()?.searcher();
        let mut dice = Dice(3);
        let mut times = Vec::with_capacity(QUESTIONS);
        for number in 0..QUESTIONS {
            let Some(text) = texts.get(dice.below(texts.len())) else { continue };
            let query = BooleanQuery::new(query(text, number));
            let spent = Spent::start()?;
            std::hint::black_box(searcher.search(&query, &TopDocs::with_limit(k).order_by_score())?);
            times.push(spent.ms()?);
        }
        Ok(at(&mut times, 0.99))
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

/// As a person types: one letter more each time, up to three words.
pub fn typed(title: &str, number: usize) -> String {
    let whole: String = title.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    whole.chars().take(1 + number % 18).collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && word.len() < 40)
        .map(str::to_lowercase)
        .collect()
}
