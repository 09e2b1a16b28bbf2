//! A commit's name.

use std::fmt;

/// 20 bytes of SHA-1, written in hex.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommitId(pub [u8; 20]);

impl CommitId {
    /// All 40 digits.
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(text.as_bytes())
    }

    pub(crate) fn read(hex: &[u8]) -> Option<Self> {
        let mut id = [0; 20];
        if hex.len() != 40 {
            return None;
        }
        for (byte, digits) in id.iter_mut().zip(hex.chunks_exact(2)) {
            let [high, low] = digits else { return None };
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Some(Self(id))
    }

    /// Whether it begins with these digits.
    pub fn starts_with(&self, prefix: &Prefix) -> bool {
        prefix.digits.iter().enumerate().all(|(at, digit)| self.digit(at) == Some(*digit))
    }

    fn digit(&self, at: usize) -> Option<u8> {
        let byte = self.0.get(at / 2)?;
        Some(if at.is_multiple_of(2) { byte >> 4 } else { byte & 15 })
    }

    /// The first ten digits: what people read.
    pub fn short(&self) -> String {
        self.to_string().chars().take(10).collect()
    }
}

/// The beginning of a commit's name: at least 7 digits, as people shorten them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefix {
    digits: Vec<u8>,
}

impl Prefix {
    pub fn parse(text: &str) -> Option<Self> {
        if !(7..=40).contains(&text.len()) {
            return None;
        }
        let digits: Option<Vec<u8>> = text.bytes().map(digit).collect();
        Some(Self { digits: digits? })
    }

    pub(crate) fn to_text(&self) -> String {
        self.digits.iter().filter_map(|digit| char::from_digit(u32::from(*digit), 16)).collect()
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

impl fmt::Display for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back_as_it_was_written_and_knows_its_beginnings() {
        let text = "0123456789abcdef0123456789abcdef01234567";
        let id = CommitId::parse(text).unwrap();
        assert_eq!(id.to_string(), text);
        assert!(id.starts_with(&Prefix::parse("0123456").unwrap()));
        assert!(!id.starts_with(&Prefix::parse("0123457").unwrap()));
        for bad in ["", "012345", "zzzzzzz", &text[1..], &format!("{text}0"), "--upload-pack=x"] {
            assert!(CommitId::parse(bad).is_none(), "{bad}");
        }
        assert!(Prefix::parse("HEAD~10").is_none());
    }
}
