//! Articles of help centres: made plain when they come, and shown as they are, to be changed where they came from.

use crate::{Engine, Error, Result, api::view::ArticleView, knowledge, text};
use domain::{Article, BodyFormat, Change};

/// What is searched is what people read: articles come as HTML.
pub(crate) fn as_read(changes: Vec<Change>) -> Vec<Change> {
    let plain = |change| match change {
        Change::Article(article) => {
            let body = text::plain(&article.body, BodyFormat::Html).trim().to_owned();
            Change::Article(Box::new(Article { body, ..*article }))
        }
        other => other,
    };
    changes.into_iter().map(plain).collect()
}

/// By what a search or an answer called it. One of the team's folder comes from its file.
pub(crate) fn get(engine: &Engine, id: &str) -> Result<ArticleView> {
    let id = id.trim();
    let rows = engine.core.store.find_article(id)?;
    let mut found = Vec::new();
    for row in rows {
        found.extend(engine.core.store.article(row)?);
    }
    let ours = |key: &domain::Key| key.source.as_str() == knowledge::SOURCE;
    let stored = match found.len() {
        // Written since the folder was last read, or found by what its file is called.
        0 => return in_folder(engine, id),
        1 => found.remove(0),
        _ => {
            let keys = found.iter().map(|stored| stored.key.to_string()).collect();
            return Err(Error::Ambiguous { id: id.into(), keys });
        }
    };
    if ours(&stored.key) {
        return in_folder(engine, &stored.article.path);
    }
    let article = stored.article;
    Ok(ArticleView {
        id: stored.key.to_string(),
        display_id: article.id,
        kind: "article".into(),
        title: article.title,
        source: stored.key.source.to_string(),
        path: None,
        url: article.url,
        confidence: article.confidence,
        audience: article.audience.as_str().into(),
        updated_at: Some(stored.updated_at.0),
        html: text::html(&article.body, BodyFormat::Text),
        text: article.body,
    })
}

fn in_folder(engine: &Engine, id: &str) -> Result<ArticleView> {
    let shown = knowledge::show(engine, id)?;
    let entry = shown.entry;
    Ok(ArticleView {
        id: format!("{}:{}", knowledge::SOURCE, entry.path),
        display_id: entry.id,
        kind: entry.kind,
        title: entry.title,
        source: knowledge::SOURCE.into(),
        path: Some(entry.path),
        url: None,
        confidence: entry.confidence,
        audience: entry.audience,
        updated_at: None,
        text: shown.text,
        html: shown.html,
    })
}
