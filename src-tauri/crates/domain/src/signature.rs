//! The fingerprint of an error: exception type, message with its volatile parts masked, top frames.

use serde::{Deserialize, Serialize};

/// Which runtime printed a stack trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    Java,
    Python,
    JavaScript,
    CSharp,
    Go,
    Rust,
    Ruby,
    Php,
    Cpp,
    Swift,
}

impl Language {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Java => "java",
            Self::Python => "python",
            Self::JavaScript => "javascript",
            Self::CSharp => "csharp",
            Self::Go => "go",
            Self::Rust => "rust",
            Self::Ruby => "ruby",
            Self::Php => "php",
            Self::Cpp => "cpp",
            Self::Swift => "swift",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureKind {
    StackTrace(Language),
    LogLine,
    /// A bare code: `ORA-00942`, `0x8007000E`, `HTTP 503`.
    ErrorCode,
}

/// What a masked part of a message was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mask {
    Number,
    Hex,
    Uuid,
    Id,
    Path,
    Url,
    Address,
    Time,
    Quoted,
}

impl Mask {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Hex => "hex",
            Self::Uuid => "uuid",
            Self::Id => "id",
            Self::Path => "path",
            Self::Url => "url",
            Self::Address => "address",
            Self::Time => "time",
            Self::Quoted => "quoted",
        }
    }
}

/// A piece of a message: text that belongs to the template, or a volatile part that is masked in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Piece {
    /// As written, also where it is masked.
    pub text: String,
    pub mask: Option<Mask>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Frame {
    /// The line as written, trimmed.
    pub raw: String,
    /// Qualified and free of volatile parts: `org.apache.activemq.broker.TransportConnection.processAddConsumer`.
    pub function: String,
    pub file: Option<String>,
    pub line: Option<u32>,
    /// `false` for the runtime and well-known libraries.
    pub in_project: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Signature {
    pub kind: SignatureKind,
    /// `java.lang.NullPointerException`, a log level or logger, or the code itself.
    pub exception: String,
    pub message: Vec<Piece>,
    /// Innermost first. Of a chain of causes, the frames of the root cause.
    pub frames: Vec<Frame>,
    /// Where it stands in the text it was read from: byte offsets `start..end`.
    pub span: (usize, usize),
}

impl Signature {
    /// How many frames, project frames first, take part in the fingerprint.
    pub const FRAMES: usize = 3;

    /// The message with `<number>`, `<path>`, … in place of the volatile parts.
    pub fn template(&self) -> String {
        let parts = self.message.iter().map(|piece| match piece.mask {
            Some(mask) => format!("<{}>", mask.as_str()),
            None => piece.text.clone(),
        });
        parts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The frames that identify the error: project frames if there are any, else the innermost ones.
    pub fn top_frames(&self) -> impl Iterator<Item = &Frame> {
        let own = self.frames.iter().any(|frame| frame.in_project);
        self.frames.iter().filter(move |frame| frame.in_project || !own).take(Self::FRAMES)
    }

    /// The text that is fingerprinted. Line numbers, ids, paths and numbers are not in it, so a rebuild, another
    /// customer or another day does not change it. With frames the message counts only by its exception type:
    /// messages are translated and carry data, frames do not.
    pub fn canonical(&self) -> String {
        let frames: Vec<&str> = self.top_frames().map(|frame| frame.function.as_str()).collect();
        match self.kind {
            SignatureKind::StackTrace(language) if !frames.is_empty() => {
                format!("{}\n{}\n{}", language.as_str(), self.exception, frames.join("\n"))
            }
            SignatureKind::StackTrace(language) => {
                format!("{}\n{}\n{}", language.as_str(), self.exception, self.template())
            }
            SignatureKind::LogLine => format!("log\n{}\n{}", self.exception, self.template()),
            SignatureKind::ErrorCode => format!("code\n{}", self.exception),
        }
    }

    /// Eight characters that can be read on the phone, the same on every machine: `7F3K-9Q2M`. Crockford's alphabet
    /// (no I, L, O, U) over the first 40 bits of BLAKE3 of the canonical text.
    pub fn code(&self) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let hash = blake3::hash(self.canonical().as_bytes());
        let bits = hash.as_bytes().iter().take(5).fold(0u64, |bits, byte| (bits << 8) | u64::from(*byte));
        let letters = (0..8).map(|place| {
            let letter = (bits >> (35 - 5 * place)) & 31;
            char::from(ALPHABET.get(letter as usize).copied().unwrap_or(b'0'))
        });
        let code: String = letters.collect();
        format!("{}-{}", code.get(..4).unwrap_or_default(), code.get(4..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, mask: Option<Mask>) -> Piece {
        Piece { text: text.into(), mask }
    }

    fn frame(function: &str, line: u32, in_project: bool) -> Frame {
        Frame { raw: String::new(), function: function.into(), file: None, line: Some(line), in_project }
    }

    fn error(user: &str, line: u32) -> Signature {
        Signature {
            kind: SignatureKind::StackTrace(Language::Java),
            exception: "java.lang.IllegalStateException".into(),
            message: vec![piece("No session for user ", None), piece(user, Some(Mask::Number))],
            frames: vec![frame("java.util.Optional.get", 1, false), frame("com.acme.Sessions.find", line, true)],
            span: (0, 0),
        }
    }

    #[test]
    fn volatile_parts_do_not_change_the_code_and_the_exception_does() {
        assert_eq!(error("4711", 12).code(), error("9", 99).code());
        let other = Signature { exception: "java.io.IOException".into(), ..error("4711", 12) };
        assert_ne!(error("4711", 12).code(), other.code());
        assert_eq!(error("4711", 12).template(), "No session for user <number>");
        // Pinned: a code that somebody wrote down has to mean the same error in the next release and on every platform.
        assert_eq!(error("4711", 12).code(), "8CX6-ZRQY");
    }

    #[test]
    fn library_frames_count_only_where_there_are_no_others() {
        let functions: Vec<_> = error("1", 1).top_frames().map(|frame| frame.function.clone()).collect();
        assert_eq!(functions, ["com.acme.Sessions.find"]);
    }
}
