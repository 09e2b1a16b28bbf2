//! Articles and concepts of the team's folder, and articles of help centres. Where they came from is the truth: these rows can
//! be read from it again.

use crate::{
    Error, Result, Store,
    apply::{from_json, hash_of, json},
    changes,
    erase::forget_derived,
    error::Doing,
    source::row_of,
};
use domain::{Article, Audience, CaseFacts, DocId, Key, Millis, Outcome, SourceName};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use std::collections::{BTreeSet, HashSet};

#[derive(Clone, Debug, PartialEq)]
pub struct StoredArticle {
    pub row: i64,
    pub key: Key,
    pub article: Article,
    /// As the file says it, else when it was first and last read as something new.
    pub created_at: Millis,
    pub updated_at: Millis,
}

impl Store {
    /// Puts these in the place of those that a source had: how many are new or changed, and how many are gone.
    pub fn keep_articles(&self, source: &SourceName, articles: &[Article], now: Millis) -> Result<(u64, u64)> {
        self.write(|transaction| {
            let source_row = row_of(transaction, source)?;
            let mut touched = BTreeSet::new();
            for article in articles {
                touched.extend(upsert(transaction, source_row, article, now)?);
            }
            let changed = touched.len() as u64;
            let paths: HashSet<&str> = articles.iter().map(|article| article.path.as_str()).collect();
            let gone = keep_only(transaction, source_row, &paths)?;
            touched.extend(&gone);
            changes::record(transaction, &touched)?;
            Ok((changed, gone.len() as u64))
        })
    }

    pub fn article(&self, row: i64) -> Result<Option<StoredArticle>> {
        self.read(|reader| {
            let found = reader
                .prepare_cached(
                    "SELECT article.*, source.name AS source_name FROM article JOIN source ON source.id = source_id
                     WHERE article.id = ?1",
                )
                .and_then(|mut statement| statement.query_row([row], Raw::read).optional())
                .doing("read an article")?;
            found.map(Raw::parse).transpose()
        })
    }

    /// Those that say something else since then, or are new; newest first.
    pub fn articles_changed(&self, since: Millis) -> Result<Vec<StoredArticle>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT article.*, source.name AS source_name FROM article JOIN source ON source.id = source_id
                     WHERE article.updated_at > ?1 OR article.created_at > ?1 ORDER BY article.updated_at DESC, article.id LIMIT 500",
                )
                .doing("list articles that changed")?;
            let rows = statement.query_map([since.0], Raw::read).doing("list articles that changed")?;
            rows.map(|row| row.doing("list articles that changed")?.parse()).collect()
        })
    }

    pub fn article_count(&self) -> Result<u64> {
        self.read(|reader| {
            let counted = reader.query_row("SELECT count(*) FROM article", [], |row| row.get::<_, i64>(0));
            counted.doing("count articles").map(|count| count as u64)
        })
    }

    /// What somebody of this audience may read.
    pub fn articles_for(&self, reader: Audience) -> Result<HashSet<DocId>> {
        let words: Vec<&str> =
            Audience::ALL.into_iter().filter(|own| own.reaches(reader)).map(Audience::as_str).collect();
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT id FROM article WHERE audience IN (SELECT value FROM json_each(?1))")
                .doing("list articles")?;
            let rows = statement.query_map([json(&words)], |row| row.get(0)).doing("list articles")?;
            let rows = rows.map(|row| row.map(DocId::article)).collect::<rusqlite::Result<_>>();
            rows.doing("list articles")
        })
    }

    /// By `source:path`, by the path, or by the id where only one has it.
    pub fn find_article(&self, id: &str) -> Result<Vec<i64>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT article.id FROM article JOIN source ON source.id = source_id
                     WHERE ext_id = ?1 OR display_id = ?1 OR source.name || ':' || ext_id = ?1",
                )
                .doing("find an article")?;
            let rows = statement.query_map([id], |row| row.get(0)).doing("find an article")?;
            rows.collect::<rusqlite::Result<_>>().doing("find an article")
        })
    }
}

/// `None` where it is the same as before.
pub(crate) fn upsert(
    transaction: &Transaction<'_>,
    source_row: i64,
    article: &Article,
    now: Millis,
) -> Result<Option<DocId>> {
    let mut statement = transaction.prepare_cached(include_str!("sql/upsert_article.sql")).doing("store an article")?;
    let row = statement.query_row(
        rusqlite::named_params! {
            ":source": source_row, ":ext_id": article.path, ":display_id": article.id,
            ":title": article.title, ":body": article.body, ":resolution": article.resolution,
            ":product": article.product, ":components": json(&article.components),
            ":confidence": article.confidence, ":audience": article.audience.as_str(), ":url": article.url,
            ":created_at": article.created_at.map(|at| at.0), ":updated_at": article.updated_at.map(|at| at.0),
            ":now": now.0, ":hash": hash_of(article),
        },
        |row| row.get(0),
    );
    Ok(row.optional().doing("store an article")?.map(DocId::article))
}

/// Removes the source's others, and says which they were.
pub(crate) fn keep_only(transaction: &Transaction<'_>, source_row: i64, paths: &HashSet<&str>) -> Result<Vec<DocId>> {
    let mut list =
        transaction.prepare_cached("SELECT id, ext_id FROM article WHERE source_id = ?1").doing("list articles")?;
    let rows = list.query_map([source_row], |row| Ok((row.get(0)?, row.get(1)?))).doing("list articles")?;
    let rows: Vec<(i64, String)> = rows.collect::<rusqlite::Result<_>>().doing("list articles")?;
    let gone = rows.into_iter().filter(|(_, path)| !paths.contains(path.as_str()));
    let gone: Vec<DocId> = gone.map(|(row, _)| DocId::article(row)).collect();
    for doc in &gone {
        transaction.execute("DELETE FROM article WHERE id = ?1", [doc.row]).doing("remove an article")?;
        forget_derived(transaction, *doc)?;
    }
    Ok(gone)
}

pub(crate) fn facts(reader: &Connection, doc: DocId) -> Result<Option<CaseFacts>> {
    let found = reader
        .prepare_cached("SELECT created_at, updated_at, product, confidence, components FROM article WHERE id = ?1")
        .and_then(|mut statement| {
            let row = statement.query_row([doc.row], |row| {
                let validated = row.get::<_, String>(3)? == "validated";
                let facts = CaseFacts {
                    doc,
                    created_at: Millis(row.get(0)?),
                    updated_at: Millis(row.get(1)?),
                    product: row.get(2)?,
                    components: Vec::new(),
                    outcome: if validated { Outcome::Held } else { Outcome::Unresolved },
                    resolution_class: None,
                    used: 0,
                };
                Ok((facts, row.get::<_, String>(4)?))
            });
            row.optional()
        })
        .doing("read an article's facts")?;
    let Some((mut facts, components)) = found else { return Ok(None) };
    facts.components = from_json("an article's components", &components)?;
    Ok(Some(facts))
}

/// A row as SQLite has it, before it is trusted.
struct Raw {
    stored: StoredArticle,
    components: String,
    audience: String,
}

impl Raw {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let (created_at, updated_at) = (Millis(row.get("created_at")?), Millis(row.get("updated_at")?));
        let article = Article {
            path: row.get("ext_id")?,
            id: row.get("display_id")?,
            title: row.get("title")?,
            body: row.get("body")?,
            resolution: row.get("resolution")?,
            product: row.get("product")?,
            components: Vec::new(),
            confidence: row.get("confidence")?,
            audience: Audience::default(),
            url: row.get("url")?,
            created_at: Some(created_at),
            updated_at: Some(updated_at),
        };
        let source: String = row.get("source_name")?;
        let key = Key::new(SourceName::from_text(&source), article.path.as_str());
        Ok(Self {
            stored: StoredArticle { row: row.get("id")?, key, article, created_at, updated_at },
            components: row.get("components")?,
            audience: row.get("audience")?,
        })
    }

    fn parse(self) -> Result<StoredArticle> {
        let Self { mut stored, components, audience } = self;
        stored.article.components = from_json("an article's components", &components)?;
        stored.article.audience =
            Audience::parse(&audience).ok_or(Error::Unreadable { what: "an article's audience", value: audience })?;
        Ok(stored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::DocKind;

    fn article(path: &str, title: &str, audience: Audience) -> Article {
        Article {
            path: path.into(),
            id: "A-1".into(),
            title: title.into(),
            body: "Press the button.".into(),
            resolution: String::new(),
            product: None,
            components: vec!["Login".into()],
            confidence: "validated".into(),
            audience,
            url: None,
            created_at: None,
            updated_at: None,
        }
    }

    #[test]
    fn what_is_kept_takes_the_place_of_what_was_and_each_change_is_recorded_once() {
        let store = Store::in_memory().unwrap();
        let source = SourceName::new("knowledge").unwrap();
        store.ensure_source(&source, "knowledge", Millis(1)).unwrap();
        let (a, b) = (
            article("articles/a.md", "Log in", Audience::Public),
            article("articles/b.md", "Secret", Audience::Internal),
        );
        let both = [a.clone(), b];
        assert_eq!(store.keep_articles(&source, &both, Millis(10)).unwrap(), (2, 0));
        let sequence = store.sequence().unwrap();
        assert_eq!(store.keep_articles(&source, &both, Millis(20)).unwrap(), (0, 0));
        assert_eq!(store.sequence().unwrap(), sequence, "nothing changed, and something was recorded");
        assert_eq!(store.articles_for(Audience::Customer).unwrap().len(), 1);
        assert_eq!(store.articles_for(Audience::Internal).unwrap().len(), 2);
        assert_eq!(store.find_article("A-1").unwrap().len(), 2);

        let changed = Article { title: "Log in again".into(), ..a };
        assert_eq!(store.keep_articles(&source, &[changed], Millis(30)).unwrap(), (1, 1));
        let row = store.find_article("knowledge:articles/a.md").unwrap()[0];
        let stored = store.article(row).unwrap().unwrap();
        assert_eq!(
            (stored.article.title.as_str(), stored.created_at, stored.updated_at),
            ("Log in again", Millis(10), Millis(30))
        );
        assert_eq!((store.documents().unwrap(), store.article_count().unwrap()), (1, 1));
        assert_eq!(store.document_ids().unwrap(), HashSet::from([DocId { kind: DocKind::Article, row }]));
    }
}
