//! The fields of a document in the index.

use crate::analysis::TextTokenizer;
use tantivy::{
    schema::{Field, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing, TextOptions},
    tokenizer::TokenizerManager,
};

/// Goes up with every change of a field or of the analysis: an older index is then built anew.
pub(crate) const VERSION: u32 = 2;

const TEXT: &str = "precedent";
const RAW: &str = "raw";

#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub key: Field,
    pub title: Field,
    pub body: Field,
    pub resolution: Field,
    /// Identifiers as wholes, folded.
    pub identifier: Field,
    /// The words inside identifiers, frames and the display id.
    pub part: Field,
    pub display: Field,
    pub signature: Field,
    pub frame: Field,
    pub source: Field,
    pub product: Field,
    pub component: Field,
    pub status: Field,
    pub kind: Field,
    pub version: Field,
    /// Versions that have the fix.
    pub fixed: Field,
    pub priority: Field,
    pub group: Field,
    pub assignee: Field,
    pub account: Field,
    pub requester: Field,
    pub tag: Field,
    pub created_at: Field,
    pub updated_at: Field,
}

/// Names of the fast fields, by which Tantivy opens them.
pub(crate) const KEY: &str = "key";
pub(crate) const CREATED_AT: &str = "created_at";

impl Fields {
    /// The schema and its fields, always in this order.
    pub(crate) fn new() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let text = |builder: &mut SchemaBuilder, name: &str| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(TEXT)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions);
            builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
        };
        let exact = |builder: &mut SchemaBuilder, name: &str| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(RAW)
                .set_fieldnorms(false)
                .set_index_option(IndexRecordOption::Basic);
            builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
        };
        let fields = Self {
            key: builder.add_u64_field(KEY, NumericOptions::default().set_indexed().set_fast()),
            title: text(&mut builder, "title"),
            body: text(&mut builder, "body"),
            resolution: text(&mut builder, "resolution"),
            identifier: exact(&mut builder, "identifier"),
            part: exact(&mut builder, "part"),
            display: exact(&mut builder, "display"),
            signature: exact(&mut builder, "signature"),
            frame: exact(&mut builder, "frame"),
            source: exact(&mut builder, "source"),
            product: exact(&mut builder, "product"),
            component: exact(&mut builder, "component"),
            status: exact(&mut builder, "status"),
            kind: exact(&mut builder, "kind"),
            version: exact(&mut builder, "version"),
            fixed: exact(&mut builder, "fixed"),
            priority: exact(&mut builder, "priority"),
            group: exact(&mut builder, "group"),
            assignee: exact(&mut builder, "assignee"),
            account: exact(&mut builder, "account"),
            requester: exact(&mut builder, "requester"),
            tag: exact(&mut builder, "tag"),
            created_at: builder.add_i64_field(CREATED_AT, NumericOptions::default().set_fast()),
            updated_at: builder.add_i64_field("updated_at", NumericOptions::default().set_fast()),
        };
        (builder.build(), fields)
    }

    /// The index field that holds a field of the domain.
    pub(crate) fn text(&self, field: domain::Field) -> Field {
        match field {
            domain::Field::Title => self.title,
            domain::Field::Body => self.body,
            domain::Field::Resolution => self.resolution,
        }
    }
}

pub(crate) const TEXT_FIELDS: [domain::Field; 3] =
    [domain::Field::Title, domain::Field::Body, domain::Field::Resolution];

pub(crate) fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register(TEXT, TextTokenizer::default());
    tokenizers
}
