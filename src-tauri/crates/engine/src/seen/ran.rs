//! Lane *What ran?*: the errors in the question, and how many other tickets have each.

use crate::{
    Engine, Result,
    api::view::{FrameView, PieceView, SignatureView},
};
use domain::{DocKind, Frame, Question, Signature, SignatureKind};

pub(super) fn ran(engine: &Engine, question: &Question, own: Option<i64>) -> Result<Vec<SignatureView>> {
    let mut views = Vec::with_capacity(question.signatures.len());
    for signature in question.signatures.iter().take(5) {
        let others = engine.core.store.documents_with(&signature.code(), DocKind::Ticket)?;
        let others = others.iter().filter(|row| Some(**row) != own).count();
        views.push(signature_view(signature, others as u32));
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
    }
}
