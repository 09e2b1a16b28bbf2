//! The values of a field that matches have, as people write them: the index holds them folded.

use crate::{
    Engine, Result,
    api::view::{FacetValueView, FacetView},
};
use domain::{DocId, DocKind};
use index::{Facet, FacetValue, folded};

pub(super) fn view(engine: &Engine, facet: &Facet) -> Result<FacetView> {
    let values = facet.values.iter().map(|value| {
        let written = written(engine, facet.field, value.example)?;
        // Words of ours are the same either way.
        let name = written.into_iter().find(|written| folded(written.trim()) == value.value);
        let FacetValue { value, count, chosen, .. } = value.clone();
        Ok(FacetValueView { name: name.unwrap_or_else(|| value.clone()), value, count, chosen })
    });
    Ok(FacetView { field: facet.field.into(), values: values.collect::<Result<_>>()?, more: facet.more })
}

/// What a document has in a field, as its source writes it.
fn written(engine: &Engine, field: &str, doc: DocId) -> Result<Vec<String>> {
    let store = &engine.core.store;
    if !matches!(field, "product" | "component" | "version") {
        return Ok(Vec::new());
    }
    let (product, components, versions) = match doc.kind {
        DocKind::Ticket => {
            let Some(stored) = store.ticket(doc.row)? else { return Ok(Vec::new()) };
            (stored.ticket.product, stored.ticket.components, stored.ticket.affected_versions)
        }
        DocKind::KnownError => {
            let Some(stored) = store.known_error(doc.row)? else { return Ok(Vec::new()) };
            (stored.error.product, stored.error.components, Vec::new())
        }
        DocKind::Article => {
            let Some(stored) = store.article(doc.row)? else { return Ok(Vec::new()) };
            (stored.article.product, stored.article.components, Vec::new())
        }
    };
    Ok(match field {
        "product" => product.into_iter().collect(),
        "component" => components,
        _ => versions,
    })
}
