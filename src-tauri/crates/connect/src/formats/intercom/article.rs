//! Articles of Intercom, of its help centre and of the team alone.

use crate::formats::{
    Loose, Reason,
    centre::{Listed, address, path, reader},
    reason,
};
use domain::{Article, Audience};
use serde::Deserialize;

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    title: Loose<'a>,
    #[serde(borrow, default)]
    description: Loose<'a>,
    #[serde(borrow, default)]
    body: Loose<'a>,
    #[serde(borrow, default)]
    state: Loose<'a>,
    #[serde(borrow, default)]
    url: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default)]
    updated_at: Loose<'a>,
}

/// `internal`: of the list that is the team's alone. What is published may still be for some customers only, which nothing
/// here says: so it is never taken for everybody's.
pub(crate) fn read_article(record: &str, internal: bool) -> Result<Listed, Reason> {
    let record: Record<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let time = |name, value: Loose<'_>| value.time().map_err(|bad| format!("an article's \"{name}\": {bad}"));
    let id = record.id.text().ok_or("an article has no \"id\"")?;
    let (created, updated) = (time("created_at", record.created_at)?, time("updated_at", record.updated_at)?);
    let published = internal || record.state.as_str() == "published";
    let (audience, confidence) = reader(published, if internal { Audience::Internal } else { Audience::Customer });
    let body = record.body.text().or_else(|| record.description.text()).unwrap_or_default();
    let article = Article {
        // The two lists count by themselves.
        path: if internal { path(&format!("internal-{id}")) } else { path(&id) },
        title: record.title.text().unwrap_or_default(),
        body,
        resolution: String::new(),
        product: None,
        components: Vec::new(),
        confidence: confidence.into(),
        audience,
        url: address(record.url),
        created_at: created,
        updated_at: updated.or(created),
        id,
    };
    Ok(Listed { article, created, at: updated.or(created) })
}
