//! What all languages share when frames become a signature.

use crate::mask;
use domain::{Frame, Language, Signature, SignatureKind};

/// Deeper frames than this neither identify an error nor get read.
pub const MOST_FRAMES: usize = 64;
/// Frames without an error above them.
pub const UNNAMED: &str = "stack trace";
/// A thread of a thread dump: `thread BLOCKED`.
pub const THREAD: &str = "thread ";

pub fn signature(
    language: Language,
    exception: &str,
    message: &str,
    frames: Vec<Frame>,
    span: (usize, usize),
) -> Signature {
    let exception = mask::clip(exception.trim(), 200).to_owned();
    let message = mask::pieces(message);
    Signature { kind: SignatureKind::StackTrace(language), exception, message, frames, span }
}

/// The raw line of a frame, without a minified bundle behind it.
pub fn raw(text: &str) -> String {
    mask::clip(text, 400).to_owned()
}

pub fn line_number(text: &str) -> Option<u32> {
    let digits = text.trim().split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// `views` of `/srv/app-1.2/shop/views.py`: where a module lies changes with the machine, its name does not.
pub fn stem(path: &str) -> &str {
    let name = basename(path);
    name.split_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
}

pub fn basename(path: &str) -> &str {
    path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(path)
}

/// `text` without the digits at its end.
pub fn without_number(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Removes every `open … close` pair, nested ones too; an unmatched mark stays.
pub fn without_brackets(text: &str, open: char, close: char) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0usize;
    for c in text.chars() {
        if c == open {
            depth += 1;
        } else if c == close && depth > 0 {
            depth -= 1;
        } else if depth == 0 {
            out.push(c);
        }
    }
    if depth > 0 { text.to_owned() } else { out }
}
