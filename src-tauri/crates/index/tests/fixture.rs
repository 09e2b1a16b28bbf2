//! Documents to find.

use domain::{CipherKey, DocId, Millis};
use index::{Document, Found, Index, Labels, SearchQuery, Watermark};

pub fn key() -> CipherKey {
    CipherKey::new(Box::new([7; 32]))
}

pub fn ticket(row: i64, title: &str, body: &str) -> Document {
    Document {
        doc: DocId::ticket(row),
        display_id: format!("T-{row}"),
        title: title.into(),
        body: body.into(),
        resolution: String::new(),
        identifiers: Vec::new(),
        signatures: Vec::new(),
        frames: Vec::new(),
        source: "files".into(),
        product: None,
        components: Vec::new(),
        status: "open".into(),
        labels: Labels::default(),
        created_at: Millis(row * 1000),
        updated_at: Millis(row * 1000),
    }
}

pub fn fill(index: &Index, documents: &[Document]) {
    let mut writer = index.writer(0, 1).unwrap();
    for document in documents {
        writer.put(document).unwrap();
    }
    let documents = writer.documents();
    writer.commit(Watermark { sequence: 1, documents }).unwrap();
    writer.finish().unwrap();
}

pub fn of(documents: &[Document]) -> Index {
    let index = Index::in_ram().unwrap();
    fill(&index, documents);
    index
}

pub fn search(index: &Index, text: &str, prefix: bool) -> Found {
    index.search(&SearchQuery { text, prefix, k: 50, ..SearchQuery::default() }, &|| false).unwrap()
}

/// The rows that a complete query finds, best first.
pub fn rows(index: &Index, text: &str) -> Vec<i64> {
    search(index, text, false).hits.iter().map(|hit| hit.doc.row).collect()
}

/// The rows that are shown while the last word is being typed.
pub fn typed(index: &Index, text: &str) -> Vec<i64> {
    search(index, text, true).hits.iter().map(|hit| hit.doc.row).collect()
}
