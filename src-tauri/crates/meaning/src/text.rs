//! What of a case is turned into a vector: its title and the beginning of its text.

/// Of which more than enough tokens can be made.
const LONGEST: usize = 4096;

/// Title and beginning, in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(String);

/// The same for the same text: its vector need not be made twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextId(pub [u8; 16]);

impl Text {
    /// Both in plain words: markup is gone.
    pub fn of(title: &str, body: &str) -> Self {
        let mut text = String::with_capacity(LONGEST);
        for part in [title.trim(), body.trim()].into_iter().filter(|part| !part.is_empty()) {
            if !text.is_empty() {
                text.push('\n');
            }
            let room = LONGEST.saturating_sub(text.len());
            text.push_str(part.get(..part.floor_char_boundary(room)).unwrap_or_default());
        }
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn id(&self) -> TextId {
        let mut id = [0; 16];
        let hash = blake3::hash(self.0.as_bytes());
        id.iter_mut().zip(hash.as_bytes()).for_each(|(to, byte)| *to = *byte);
        TextId(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beyond_the_beginning_makes_no_other_text() {
        let long = "é".repeat(4000);
        let (one, other) = (Text::of("Title", &format!("{long} one")), Text::of(" Title ", &format!("{long} other")));
        assert_eq!((one.id(), one.as_str().len() <= LONGEST), (other.id(), true));
        assert_ne!(Text::of("a", "b").id(), Text::of("ab", "").id());
        assert_eq!(Text::of("a", "").id(), Text::of("", " a").id(), "a pasted line is as a title alone");
    }
}
