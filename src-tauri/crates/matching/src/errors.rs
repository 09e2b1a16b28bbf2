//! The question's errors, read once for all candidates, and what a candidate shares of them.

use domain::{Candidate, Question, Signature};

pub(crate) struct Errors<'a> {
    /// With their codes: a hash each.
    signatures: Vec<(String, &'a Signature)>,
    /// How many frames of the question can be shared.
    pub frames: usize,
}

impl<'a> Errors<'a> {
    pub(crate) fn of(question: &'a Question) -> Self {
        Self {
            signatures: question.signatures.iter().map(|signature| (signature.code(), signature)).collect(),
            frames: question.signatures.iter().map(|signature| signature.top_frames().count()).sum(),
        }
    }

    pub(crate) fn shared<'b>(&'b self, candidate: &'b Candidate) -> impl Iterator<Item = &'a Signature> + 'b {
        let shared = self.signatures.iter().filter(|(code, _)| candidate.signatures.contains(code));
        shared.map(|(_, signature)| *signature)
    }

    /// Identifiers in common; what counted as a frame or as the error's name is told there.
    pub(crate) fn identifiers<'b>(&'b self, candidate: &'b Candidate) -> impl Iterator<Item = &'b String> + 'b {
        let told = |name: &str| {
            candidate.frames.iter().any(|frame| frame == name)
                || self.shared(candidate).any(|signature| signature.exception == name)
        };
        candidate.identifiers.iter().filter(move |name| !told(name))
    }
}
