//! Files of a ticket by name: those that its source tells with the ticket, and those that are told apart from it.

use crate::{Engine, Result, api::view::AttachmentView};
use serde_json::Value;

pub(super) fn of(engine: &Engine, row: i64) -> Result<Vec<AttachmentView>> {
    let store = &engine.core.store;
    let extra = store.ticket_extra(row)?;
    let with_it = extra.get("attachments").and_then(Value::as_array).into_iter().flatten().filter_map(|file| {
        let name = file.get("name")?.as_str()?.to_owned();
        Some(AttachmentView { name, size: file.get("size").and_then(Value::as_i64), comment: None })
    });
    let apart = store.attachments(row)?.into_iter().map(|(comment, file)| AttachmentView {
        name: file.name,
        size: file.size,
        comment: Some(comment).filter(|comment| !comment.is_empty()),
    });
    Ok(with_it.chain(apart).collect())
}
