//! What is typed into the search field, letter by letter, over a few documents in several scripts.
#![no_main]

use domain::{DocId, Millis};
use index::{Document, Error, Index, Labels, SearchQuery, Watermark};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

const TITLES: [&str; 5] = [
    "ORA-00942 after AMQ-1234 in org.apache.Foo$Bar",
    "Zahlung schlägt fehl: Größe überschritten",
    "接続が切れる com/acme/pay.rs:42",
    "0x8007000E v2.3.1-rc1 mei.tanaka@example.com",
    "שלום 🧑‍💻 connection refused",
];

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let index = Index::in_ram().expect("memory is there");
    let mut writer = index.writer(0, 1).expect("memory is there");
    for (row, title) in (1..).zip(TITLES) {
        writer.put(&document(row, title)).expect("memory is there");
    }
    let documents = writer.documents();
    writer.commit(Watermark { sequence: 1, documents }).expect("memory is there");
    writer.finish().expect("memory is there");
    index
});

fn document(row: i64, title: &str) -> Document {
    Document {
        doc: DocId::ticket(row),
        display_id: format!("T-{row}"),
        title: title.into(),
        body: title.repeat(3),
        resolution: String::new(),
        identifiers: matching::identifiers(title).into_iter().collect(),
        signatures: Vec::new(),
        frames: Vec::new(),
        source: "files".into(),
        product: Some("Storefront".into()),
        components: vec!["checkout".into()],
        status: "open".into(),
        labels: Labels { versions: vec!["2.3.1-rc1".into()], tags: vec!["Größe".into()], ..Labels::default() },
        created_at: Millis(row),
        updated_at: Millis(row),
    }
}

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    for prefix in [false, true] {
        let query = SearchQuery { text: &text, prefix, k: 3, facets: true, ..SearchQuery::default() };
        let found = match INDEX.search(&query, &|| false) {
            Err(Error::UnknownField { .. } | Error::BadValue { .. }) => continue,
            found => found.expect("nobody cancels, and nothing is damaged"),
        };
        if let Some(next) = &found.next {
            let next = INDEX.search(&SearchQuery { after: Some(next), ..query }, &|| false).expect("it was given for this");
            assert!(next.hits.iter().all(|hit| found.hits.iter().all(|before| before.doc != hit.doc)));
        }
        assert!(found.hits.len() <= 3 && found.hits.len() as u64 <= found.total);
        assert!(found.hits.iter().all(|hit| hit.points.is_finite()));
        for title in TITLES {
            let ranges = found.terms.ranges(title);
            assert!(ranges.iter().all(|range| title.get(range.clone()).is_some()));
            found.terms.snippet(title);
        }
    }
});
