//! Solution articles of Freshdesk, and for whom their folder is.

use crate::formats::{
    Loose, Reason,
    centre::{Listed, path, reader},
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
    status: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default)]
    updated_at: Loose<'a>,
}

/// `folder` is for whom the folder is that it lies in; `base` is where people open it.
pub(crate) fn read_article(record: &str, folder: Audience, base: &str) -> Result<Listed, Reason> {
    let record: Record<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let time = |name, value: Loose<'_>| value.time().map_err(|bad| format!("an article's \"{name}\": {bad}"));
    let id = record.id.text().ok_or("an article has no \"id\"")?;
    let (created, updated) = (time("created_at", record.created_at)?, time("updated_at", record.updated_at)?);
    let (audience, confidence) = reader(record.status == Loose::Whole(2), folder);
    // Where those who work there read it: it opens drafts too.
    let url = id.bytes().all(|byte| byte.is_ascii_digit()).then(|| format!("{base}/a/solutions/articles/{id}"));
    let article = Article {
        path: path(&id),
        title: record.title.text().unwrap_or_default(),
        body: record.description.text().unwrap_or_default(),
        resolution: String::new(),
        product: None,
        components: Vec::new(),
        confidence: confidence.into(),
        audience,
        url,
        created_at: created,
        updated_at: updated.or(created),
        id,
    };
    Ok(Listed { article, created, at: updated.or(created) })
}

#[derive(Deserialize)]
struct Folder<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    visibility: Loose<'a>,
    #[serde(borrow, default)]
    sub_folders_count: Loose<'a>,
}

/// A folder.
pub(crate) struct Shelf {
    pub(crate) id: String,
    pub(crate) audience: Audience,
    /// There are folders in it.
    pub(crate) has_more: bool,
}

/// Some companies alone are nobody that we could name.
pub(crate) fn read_folder(record: &str) -> Option<Shelf> {
    let folder: Folder<'_> = serde_json::from_str(record).ok()?;
    let audience = match folder.visibility {
        Loose::Whole(1) => Audience::Public,
        Loose::Whole(2) => Audience::Customer,
        _ => Audience::Internal,
    };
    let has_more = matches!(folder.sub_folders_count, Loose::Whole(1..));
    Some(Shelf { id: folder.id.text()?, audience, has_more })
}
