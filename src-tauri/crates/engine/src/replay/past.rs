//! An index of the past: every ticket as it was first written, in memory, for as long as an exam takes.
//!
//! The workspace's own index will not do: it holds what was said of a ticket later, among it *this is a duplicate of …* and
//! how it was solved.

use crate::{Engine, Result, read};
use domain::{DocId, DocKind, Millis};
use index::{Document, Index, Watermark};
use meaning::{Model, Near, Place, Text, Vector};
use std::sync::{
    atomic::{AtomicBool, Ordering},
    mpsc,
};
use store::{PastKnownError, PastTicket};

const MEMORY: usize = 128 << 20;
/// Documents that may wait to be indexed.
const AHEAD: usize = 256;
/// Between two words about how far it is.
const STEP: u64 = 200;

pub(super) struct Past {
    pub index: Index,
    /// What each of them meant as it was first written, where there is a model.
    pub near: Near,
}

/// Of what existed before `until`. `progress` hears how many documents are in, and ends it with an error.
pub(super) fn of(
    engine: &Engine,
    model: Option<&Model>,
    tickets: &[PastTicket],
    known: &[PastKnownError],
    until: Millis,
    progress: &dyn Fn(u64) -> Result<()>,
) -> Result<Past> {
    let docs: Vec<DocId> = tickets
        .iter()
        .filter(|ticket| ticket.created_at < until)
        .map(|ticket| DocId::ticket(ticket.row))
        .chain(known.iter().filter(|known| known.created_at < until).map(|known| DocId::known_error(known.row)))
        .collect();
    let (past, mut near) = (Index::in_ram()?, Near::default());
    let mut writer = past.writer(MEMORY, 1)?;
    let given_up = AtomicBool::new(false);
    let halves = docs.split_at(docs.len() / 2);
    let filled = std::thread::scope(|scope| {
        let (sender, documents) = mpsc::sync_channel::<Result<Option<Read>>>(AHEAD);
        for half in [halves.0, halves.1] {
            let (sender, given_up) = (sender.clone(), &given_up);
            scope.spawn(move || {
                for doc in half {
                    if given_up.load(Ordering::SeqCst) || sender.send(read(engine, model, *doc)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut done = 0;
        let mut fill = || -> Result<()> {
            for document in &documents {
                if let Some((document, meant)) = document? {
                    writer.put(&document)?;
                    if let Some((place, vector)) = meant {
                        near.put(place, &vector);
                    }
                }
                done += 1;
                if done % STEP == 0 {
                    progress(done)?;
                }
            }
            Ok(())
        };
        let filled = fill();
        given_up.store(true, Ordering::SeqCst);
        // A reader that waits for room is let go.
        drop(documents);
        filled
    });
    filled?;
    let documents = writer.documents();
    writer.commit(Watermark { sequence: 0, documents })?;
    writer.finish()?;
    Ok(Past { index: past, near })
}

type Read = (Document, Option<(Place, Vector)>);

fn read(engine: &Engine, model: Option<&Model>, doc: DocId) -> Result<Option<Read>> {
    let store = &engine.core.store;
    let document = match doc.kind {
        DocKind::Ticket => read::first_written(store, doc.row)?,
        DocKind::KnownError => read::document(store, doc)?.map(|(document, _)| document),
        // What an article said then, nobody kept.
        DocKind::Article => None,
    };
    Ok(document.map(|document| {
        let meant = model.and_then(|model| {
            let text = Text::of(&document.title, &document.body);
            let place = Place { doc, created_at: document.created_at, text: text.id() };
            Some((place, engine.core.pack.known.vector(model, &text)?))
        });
        (document, meant)
    }))
}

/// What of the known errors could not be found then: what they said before their last change, nobody kept.
pub(super) fn not_yet(known: &[PastKnownError], at: Millis) -> impl Iterator<Item = DocId> {
    known.iter().filter(move |known| known.updated_at >= at).map(|known| DocId::known_error(known.row))
}

/// So that a count of work is known before it begins.
pub(super) fn size(tickets: &[PastTicket], known: &[PastKnownError], until: Millis) -> u64 {
    let tickets = tickets.iter().filter(|ticket| ticket.created_at < until).count();
    let known = known.iter().filter(|known| known.created_at < until).count();
    (tickets + known) as u64
}
