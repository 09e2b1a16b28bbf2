//! What the store hands over about a ticket or a known error, and how it lies in the index.

use crate::{
    analysis::{self, Kind},
    schema::Fields,
};
use domain::{DocId, Millis};
use std::collections::BTreeSet;
use tantivy::{TantivyDocument, schema::Field};

/// Of each text only this much is searchable: more than any ticket that a person wrote.
const LONGEST_TEXT: usize = 1 << 20;
/// Longer exact values are cut here, in documents and in questions alike.
const LONGEST_VALUE: usize = 240;
/// A log that was pasted whole can hold any number of these.
const MOST_VALUES: usize = 2000;

#[derive(Clone, Debug)]
pub struct Document {
    pub doc: DocId,
    pub display_id: String,
    pub title: String,
    /// Plain text: body and comments.
    pub body: String,
    pub resolution: String,
    pub identifiers: Vec<String>,
    /// Codes like `7F3K-9Q2M`.
    pub signatures: Vec<String>,
    /// Function names of the signatures' frames.
    pub frames: Vec<String>,
    pub source: String,
    pub product: Option<String>,
    pub components: Vec<String>,
    pub status: String,
    pub labels: Labels,
    pub created_at: Millis,
    pub updated_at: Millis,
}

/// What else a search can be narrowed by, as the source writes it.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    pub versions: Vec<String>,
    /// Versions that have the fix.
    pub fixed: Vec<String>,
    pub priority: Option<String>,
    pub group: Option<String>,
    pub assignee: Option<String>,
    pub account: Option<String>,
    pub requester: Option<String>,
    pub tags: Vec<String>,
}

/// The form in which an exact value is compared: folded, trimmed, cut.
pub(crate) fn exact(value: &str) -> String {
    let mut folded = String::new();
    analysis::fold(cut(value.trim(), LONGEST_VALUE), &mut folded);
    folded
}

/// What a person types for a display id such as `#1234` or `owner/app#1234`: also without a leading sign.
fn display_forms(display_id: &str) -> Vec<String> {
    let whole = exact(display_id);
    let bare = whole.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned();
    if bare == whole { vec![whole] } else { vec![whole, bare] }
}

pub(crate) fn cut(text: &str, at: usize) -> &str {
    text.get(..text.floor_char_boundary(at)).unwrap_or_default()
}

impl Document {
    pub(crate) fn to_tantivy(&self, fields: &Fields) -> TantivyDocument {
        let mut out = TantivyDocument::default();
        out.add_u64(fields.key, self.doc.pack());
        for (field, text) in
            [(fields.title, &self.title), (fields.body, &self.body), (fields.resolution, &self.resolution)]
        {
            if !text.is_empty() {
                out.add_text(field, cut(text, LONGEST_TEXT));
            }
        }
        self.add_exact(&mut out, fields);
        self.add_parts(&mut out, fields.part);
        out.add_i64(fields.created_at, self.created_at.0);
        out.add_i64(fields.updated_at, self.updated_at.0);
        out
    }

    fn add_exact(&self, out: &mut TantivyDocument, fields: &Fields) {
        let one = |field, value: &str| (field, vec![exact(value)]);
        let many =
            |field, values: &[String]| (field, values.iter().take(MOST_VALUES).map(|value| exact(value)).collect());
        let named = |field, value: &Option<String>| one(field, value.as_deref().unwrap_or_default());
        let labels = &self.labels;
        let values: [(Field, Vec<String>); 17] = [
            (fields.display, display_forms(&self.display_id)),
            many(fields.identifier, &self.identifiers),
            many(fields.signature, &self.signatures),
            many(fields.frame, &self.frames),
            one(fields.source, &self.source),
            named(fields.product, &self.product),
            many(fields.component, &self.components),
            one(fields.status, &self.status),
            one(fields.kind, self.doc.kind.as_str()),
            many(fields.version, &labels.versions),
            many(fields.fixed, &labels.fixed),
            named(fields.priority, &labels.priority),
            named(fields.group, &labels.group),
            named(fields.assignee, &labels.assignee),
            named(fields.account, &labels.account),
            named(fields.requester, &labels.requester),
            many(fields.tag, &labels.tags),
        ];
        for (field, mut values) in values {
            values.sort_unstable();
            values.dedup();
            for value in values.iter().filter(|value| !value.is_empty()) {
                out.add_text(field, value);
            }
        }
    }

    fn add_parts(&self, out: &mut TantivyDocument, field: Field) {
        let names = self.identifiers.iter().chain(&self.frames).take(MOST_VALUES).chain([&self.display_id]);
        let mut parts = BTreeSet::new();
        analysis::with(|analyzer| {
            for name in names {
                let tokens = analyzer.analyse(cut(name, LONGEST_VALUE));
                parts.extend(
                    tokens.iter().filter(|token| token.kind != Kind::Whole).map(|token| token.term().to_owned()),
                );
            }
        });
        for part in &parts {
            out.add_text(field, part);
        }
    }
}
