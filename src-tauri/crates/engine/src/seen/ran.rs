//! Lane *What ran?*: the errors in the question, and how many other tickets have each.

use crate::{
    Engine, Result,
    api::view::{FrameView, PieceView, SignatureView},
    evidence,
};
use domain::{DocKind, Frame, Question, Signature, SignatureKind};
use store::StoredTicket;

pub(super) fn ran(engine: &Engine, question: &Question, own: Option<&StoredTicket>) -> Result<Vec<SignatureView>> {
    let mut views = Vec::with_capacity(question.signatures.len());
    let files = own.map(|own| evidence::thrown(&engine.core.store, &own.key.to_string())).transpose()?;
    let files: Vec<(String, Question)> = files
        .into_iter()
        .flatten()
        .map(|(name, thrown)| (name, matching::and_thrown(Question::default(), &[thrown])))
        .collect();
    for signature in question.signatures.iter().take(5) {
        let others = engine.core.store.documents_with(&signature.code(), DocKind::Ticket)?;
        let others = others.iter().filter(|row| Some(**row) != own.map(|own| own.row)).count();
        // What the ticket says itself stands somewhere in it.
        let is_it = |(_, file): &&(String, Question)| file.signatures.contains(signature);
        let file = files.iter().find(is_it).map(|(name, _)| name.clone());
        views.push(SignatureView { file, ..signature_view(signature, others as u32) });
    }
    Ok(views)
}

fn signature_view(signature: &Signature, tickets: u32) -> SignatureView {
    let counted: Vec<&Frame> = signature.top_frames().collect();
    let (kind, language) = match signature.kind {
        SignatureKind::StackTrace(language) => ("stack_trace", Some(language.as_str().into())),
        SignatureKind::LogLine => ("log_line", None),
        SignatureKind::ErrorCode => ("error_code", None),
    };
    let pieces = signature
        .message
        .iter()
        .map(|piece| PieceView { text: piece.text.clone(), mask: piece.mask.map(|mask| mask.as_str().into()) });
    let frames = signature.frames.iter().map(|frame| FrameView {
        raw: frame.raw.clone(),
        function: frame.function.clone(),
        file: frame.file.clone(),
        line: frame.line,
        in_project: frame.in_project,
        counted: counted.iter().any(|other| std::ptr::eq(*other, frame)),
    });
    SignatureView {
        code: signature.code(),
        kind: kind.into(),
        language,
        exception: signature.exception.clone(),
        message: pieces.collect(),
        frames: frames.collect(),
        tickets,
        file: None,
    }
}
