//! What the servers' tickets say: made up, or what people once wrote, where `PRECEDENT_TEXTS` names a packed file of one
//! record to a line (Jira's issues, or any with a `title` and a `body`).

use serde_json::Value;
use std::{
    io::{BufRead, BufReader},
    sync::LazyLock,
};

static WRITTEN: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let Some(path) = std::env::var_os("PRECEDENT_TEXTS") else { return Vec::new() };
    let packed = std::fs::File::open(path).unwrap();
    let lines = BufReader::new(zstd::stream::read::Decoder::new(packed).unwrap()).lines();
    let all = lines.filter_map(|line| {
        let record: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = |at: &str| record.pointer(at).and_then(Value::as_str).map(|text| text.trim().to_owned());
        let title = text("/fields/summary").or_else(|| text("/title"))?;
        let body = text("/fields/description").or_else(|| text("/body")).unwrap_or_default();
        // A server trims what is written there, and so may a reader.
        Some((title, body)).filter(|(title, body)| !title.is_empty() && !body.is_empty())
    });
    all.collect()
});

fn written(id: u64) -> Option<&'static (String, String)> {
    let count = WRITTEN.len() as u64;
    (count > 0).then(|| &WRITTEN[usize::try_from(id % count).unwrap()])
}

/// No two are the same, however few were written.
pub fn title(id: u64) -> String {
    written(id).map_or_else(|| format!("Voucher {id} was not posted"), |(title, _)| format!("{title} ({id})"))
}

pub fn body(id: u64) -> String {
    written(id).map_or_else(|| "The ledger stays empty.".into(), |(_, body)| body.clone())
}
