//! Articles of a Zendesk help centre, and for whom they are.

use crate::formats::{
    Loose, Reason,
    centre::{Listed, address, path, reader},
    reason,
};
use domain::{Article, Audience};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    title: Loose<'a>,
    #[serde(borrow, default)]
    body: Loose<'a>,
    #[serde(borrow, default)]
    html_url: Loose<'a>,
    #[serde(borrow, default)]
    draft: Loose<'a>,
    /// For one segment; absent where the server forgot to say.
    #[serde(borrow, default, deserialize_with = "said")]
    user_segment_id: Option<Loose<'a>>,
    /// For several of them.
    #[serde(borrow, default)]
    user_segment_ids: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default)]
    updated_at: Loose<'a>,
    #[serde(borrow, default)]
    edited_at: Loose<'a>,
}

/// `null` says that everybody may read it, which nothing at all does not.
fn said<'de: 'a, 'a, D: serde::Deserializer<'de>>(input: D) -> Result<Option<Loose<'a>>, D::Error> {
    Loose::deserialize(input).map(Some)
}

/// `known` holds, under `segment ID`, who belongs to it, and under `host NAME` that a help centre there is not open.
pub(crate) fn read_article(record: &str, known: &BTreeMap<String, String>) -> Result<Listed, Reason> {
    let record: Record<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let time = |name, value: Loose<'_>| value.time().map_err(|bad| format!("an article's \"{name}\": {bad}"));
    let id = record.id.text().ok_or("an article has no \"id\"")?;
    let (created, updated) = (time("created_at", record.created_at)?, time("updated_at", record.updated_at)?);
    // Whoever edits the text alone moves the second one alone.
    let at = updated.max(time("edited_at", record.edited_at)?).or(created);
    let url = address(record.html_url);
    let segments = record.user_segment_ids.list();
    let segment = record.user_segment_id;
    let everybody = segment == Some(Loose::Nothing) && segments.is_empty();
    let open = match segment.and_then(Loose::text).into_iter().chain(segments).map(|id| members(known, &id)).min() {
        Some(narrowest) => narrowest,
        None if everybody => Audience::Public,
        None => Audience::Internal,
    };
    let host = url.as_deref().and_then(|url| url.split('/').nth(2)).unwrap_or_default();
    let closed = known.contains_key(&format!("host {host}"));
    let published = record.draft.flag() == Some(false);
    let (audience, confidence) = reader(published, if closed { Audience::Internal } else { open });
    let article = Article {
        path: path(&id),
        title: record.title.text().unwrap_or_default(),
        body: record.body.text().unwrap_or_default(),
        resolution: String::new(),
        product: None,
        components: Vec::new(),
        confidence: confidence.into(),
        audience,
        url,
        created_at: created,
        updated_at: at,
        id,
    };
    Ok(Listed { article, created, at })
}

fn members(known: &BTreeMap<String, String>, segment: &str) -> Audience {
    let word = known.get(&format!("segment {segment}")).map(String::as_str);
    word.and_then(Audience::parse).unwrap_or_default()
}

#[derive(Deserialize)]
struct Segment<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    user_type: Loose<'a>,
    #[serde(borrow, default)]
    group_ids: Loose<'a>,
    #[serde(borrow, default)]
    organization_ids: Loose<'a>,
    #[serde(borrow, default)]
    tags: Loose<'a>,
    #[serde(borrow, default)]
    or_tags: Loose<'a>,
}

/// Who belongs to a segment. Whoever is signed in is a customer; some of them alone are nobody that we could name.
pub(crate) fn read_segment(record: &str) -> Option<(String, String)> {
    let segment: Segment<'_> = serde_json::from_str(record).ok()?;
    let some = [segment.group_ids, segment.organization_ids, segment.tags, segment.or_tags];
    let all = some.into_iter().all(|list| list.list().is_empty());
    let customers = segment.user_type.as_str() == "signed_in_users" && all;
    let audience = if customers { Audience::Customer } else { Audience::Internal };
    Some((format!("segment {}", segment.id.text()?), audience.as_str().into()))
}

#[derive(Deserialize)]
struct Brand<'a> {
    #[serde(borrow, default)]
    brand_url: Loose<'a>,
    #[serde(borrow, default)]
    host_mapping: Loose<'a>,
    #[serde(borrow, default)]
    help_center_state: Loose<'a>,
}

/// The hosts of a help centre that is not open yet, or not any more.
pub(crate) fn read_brand(record: &str) -> Vec<(String, String)> {
    let Ok(brand) = serde_json::from_str::<Brand<'_>>(record) else { return Vec::new() };
    if brand.help_center_state.is_nothing() || brand.help_center_state.as_str() == "enabled" {
        return Vec::new();
    }
    let own = brand.brand_url.text().and_then(|url| url.split('/').nth(2).map(str::to_owned));
    let hosts = own.into_iter().chain(brand.host_mapping.text());
    hosts.map(|host| (format!("host {host}"), "closed".into())).collect()
}
