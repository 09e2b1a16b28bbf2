//! From rows of the store to a document of the index: one text per case, read for signatures and identifiers.

use crate::{Result, escalation, evidence, text};
use domain::{DocId, DocKind, Millis, Question, Signature};
use index::{Document, Labels};
use matching::Said;
use meaning::Text;
use std::fmt::Write;
use store::{Store, StoredArticle, StoredComment, StoredKnownError, StoredTicket};

/// Text of one case that is indexed and read for signatures; the rest of an enormous one is stored, not searched.
const LONGEST: usize = 512 << 10;

/// A document and the errors that were read in it; `None` when it is gone and has to leave the index.
pub(crate) fn document(store: &Store, doc: DocId) -> Result<Option<(Document, Vec<Signature>)>> {
    match doc.kind {
        DocKind::Ticket => {
            let Some(ticket) = store.ticket(doc.row)? else { return Ok(None) };
            let comments = store.comments(doc.row)?;
            let (mut document, mut signatures) = ticket_document(doc, &ticket, &comments);
            for (_, thrown) in evidence::thrown(store, &ticket.key.to_string())? {
                let told = matching::and_thrown(Question::default(), &[thrown]);
                document.identifiers.extend(told.identifiers);
                document.frames.extend(frames(&told.signatures));
                document.signatures.extend(told.signatures.iter().map(Signature::code));
                signatures.extend(told.signatures);
            }
            // What engineering answered is found with what was done.
            if let Some(answered) = escalation::answer_to(store, &ticket.key.to_string())? {
                let words = answered.answer.words();
                document.resolution =
                    if document.resolution.is_empty() { words } else { words + "\n\n" + &document.resolution };
            }
            Ok(Some((document, signatures)))
        }
        DocKind::KnownError => Ok(store.known_error(doc.row)?.map(|stored| known_error_document(doc, &stored))),
        DocKind::Article => Ok(store.article(doc.row)?.map(|stored| (article_document(doc, stored), Vec::new()))),
    }
}

/// A ticket as it was first written: what was said and done later is not in it. Its subject, text, product and components are
/// those of today, for what they were before somebody changed them is not kept.
pub(crate) fn first_written(store: &Store, row: i64) -> Result<Option<Document>> {
    let Some(mut stored) = store.ticket(row)? else { return Ok(None) };
    stored.ticket.resolution = None;
    Ok(Some(ticket_document(DocId::ticket(row), &stored, &[]).0))
}

/// What of a document has a meaning, and when it was made: what was said and done later is not in it.
pub(crate) fn meaning(store: &Store, doc: DocId) -> Result<Option<(Text, Millis)>> {
    Ok(match doc.kind {
        DocKind::Ticket => store.ticket(doc.row)?.map(|stored| {
            let ticket = &stored.ticket;
            (Text::of(&ticket.subject, &text::plain(&ticket.body, ticket.body_format)), ticket.created_at)
        }),
        DocKind::KnownError => store.known_error(doc.row)?.map(|stored| {
            let document = known_error_document(doc, &stored).0;
            (Text::of(&document.title, &document.body), document.created_at)
        }),
        // The team's articles are found by their words.
        DocKind::Article => None,
    })
}

fn ticket_document(doc: DocId, stored: &StoredTicket, comments: &[StoredComment]) -> (Document, Vec<Signature>) {
    let ticket = &stored.ticket;
    let mut body = text::plain(&ticket.body, ticket.body_format).into_owned();
    let said: Vec<_> =
        comments.iter().map(|stored| text::plain(&stored.comment.body, stored.comment.body_format)).collect();
    for comment in &said {
        if body.len() + comment.len() > LONGEST {
            break;
        }
        body.push_str("\n\n");
        body.push_str(comment);
    }
    let said: Vec<Said<'_>> = comments.iter().zip(&said).map(|(stored, text)| said_of(stored, text)).collect();
    let resolution = matching::answer(ticket.resolution.as_deref(), ticket.resolution_class, ticket.solved_at, &said);
    let signatures = matching::signatures(&body);
    let mut identifiers = matching::identifiers(&ticket.subject);
    identifiers.extend(matching::identifiers(&body));
    let document = Document {
        doc,
        display_id: ticket.id.clone(),
        title: ticket.subject.clone(),
        resolution: resolution.map(|answer| answer.text).unwrap_or_default(),
        identifiers,
        signatures: signatures.iter().map(Signature::code).collect(),
        frames: frames(&signatures),
        source: stored.key.source.as_str().into(),
        product: ticket.product.clone(),
        components: ticket.components.clone(),
        status: ticket.status.as_str().into(),
        labels: Labels {
            versions: ticket.affected_versions.clone(),
            fixed: ticket.fix_versions.clone(),
            priority: ticket.priority.clone(),
            group: ticket.group.clone(),
            assignee: ticket.assignee.clone(),
            account: ticket.account.clone(),
            requester: ticket.requester.clone(),
            tags: ticket.tags.clone(),
        },
        created_at: ticket.created_at,
        updated_at: ticket.updated_at,
        body,
    };
    (document, signatures)
}

fn known_error_document(doc: DocId, stored: &StoredKnownError) -> (Document, Vec<Signature>) {
    let error = &stored.error;
    let mut body = error.cause.clone().unwrap_or_default();
    if let Some(text) = &error.error_text {
        let _ = write!(body, "\n\n{text}");
    }
    let signatures = matching::signatures(&body);
    let document = Document {
        doc,
        display_id: error.id.clone(),
        title: error.title.clone(),
        resolution: error.workaround.join("\n"),
        identifiers: matching::identifiers(&body),
        signatures: signatures.iter().map(Signature::code).collect(),
        frames: frames(&signatures),
        source: stored.key.source.as_str().into(),
        product: error.product.clone(),
        components: error.components.clone(),
        status: error.state.as_str().into(),
        labels: Labels { fixed: error.fix_versions.clone(), ..Labels::default() },
        created_at: error.created_at,
        updated_at: error.updated_at,
        body,
    };
    (document, signatures)
}

/// Its errors are found by its words and signatures; none of them is one more case of the error.
fn article_document(doc: DocId, stored: StoredArticle) -> Document {
    let StoredArticle { key, article, created_at, updated_at, .. } = stored;
    let body = text::cut(&article.body, LONGEST).to_owned();
    let signatures = matching::signatures(&body);
    let mut identifiers = matching::identifiers(&article.title);
    identifiers.extend(matching::identifiers(&body));
    Document {
        doc,
        display_id: article.id,
        title: article.title,
        resolution: article.resolution,
        identifiers,
        signatures: signatures.iter().map(Signature::code).collect(),
        frames: frames(&signatures),
        source: key.source.as_str().into(),
        product: article.product,
        components: article.components,
        status: article.confidence,
        labels: Labels::default(),
        created_at,
        updated_at,
        body,
    }
}

pub(crate) fn said_of<'a>(stored: &'a StoredComment, text: &'a str) -> Said<'a> {
    let comment = &stored.comment;
    let author = comment.author.as_deref();
    Said { role: comment.author_role, author, public: comment.public, at: comment.created_at, text }
}

/// Of each error, the frames that identify it.
fn frames(signatures: &[Signature]) -> Vec<String> {
    signatures.iter().flat_map(|signature| signature.top_frames().map(|frame| frame.function.clone())).collect()
}
