//! Finds where a JSON object ends, without parsing it and however its bytes arrive.

use memchr::memchr3;

/// Keys under which pages hold their records. Only an array that begins with an object counts: a known error's
/// `tickets` are texts.
const PAGE_KEYS: [&[u8]; 4] = [b"issues", b"tickets", b"results", b"items"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// More bytes are needed.
    Open,
    /// The object is complete.
    Complete,
    /// The bytes so far are no JSON, and what follows is the next record.
    Broken,
    /// What follows is the first record of the page that this object is.
    Page,
}

/// Fed with the bytes of one object, from its `{` on.
#[derive(Default)]
pub(super) struct Scan {
    depth: u64,
    /// A bit for each level: whether it is an object. The innermost is the lowest; beyond 128 levels outer ones are lost.
    objects: u128,
    in_text: bool,
    escaped: bool,
    /// The last byte that was not space.
    last: u8,
    fresh_line: bool,
    pub newlines: u64,
    /// The last text on the first level, as far as it could be a page's key.
    key: Vec<u8>,
    /// Whether pages are looked for at all.
    may_be_page: bool,
    page_opens: bool,
}

impl Scan {
    pub(super) fn new(may_be_page: bool) -> Self {
        Self { may_be_page, ..Self::default() }
    }

    /// How many bytes of the chunk belong to the object, and how that left it.
    pub(super) fn feed(&mut self, chunk: &[u8]) -> (usize, Ending) {
        let mut at = 0;
        while let Some(&byte) = chunk.get(at) {
            if self.in_text {
                let Some(ending) = self.text(chunk, &mut at) else { continue };
                return (at, ending);
            }
            if byte.is_ascii_whitespace() {
                if byte == b'\n' {
                    self.newlines += 1;
                    self.fresh_line = true;
                }
                at += 1;
                continue;
            }
            if byte == b'{' {
                if self.page_opens {
                    return (at, Ending::Page);
                }
                if self.fresh_line && !self.may_hold_object() {
                    return (at, Ending::Broken);
                }
            }
            at += 1;
            let opens_page = byte == b'[' && self.last == b':' && self.depth == 1 && self.names_page();
            match byte {
                b'{' | b'[' => {
                    self.depth += 1;
                    self.objects = (self.objects << 1) | u128::from(byte == b'{');
                }
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.objects >>= 1;
                    if self.depth == 0 {
                        return (at, Ending::Complete);
                    }
                }
                b'"' => {
                    self.in_text = true;
                    self.key.clear();
                }
                _ => {}
            }
            self.page_opens = opens_page;
            self.last = byte;
            self.fresh_line = false;
        }
        (at, Ending::Open)
    }

    /// Goes on inside a text.
    fn text(&mut self, chunk: &[u8], at: &mut usize) -> Option<Ending> {
        if self.escaped {
            self.escaped = false;
            *at += 1;
            return None;
        }
        let rest = chunk.get(*at..).unwrap_or_default();
        let end = memchr3(b'"', b'\\', b'\n', rest);
        if self.may_be_page && self.depth == 1 {
            let seen = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            // Longer than any page's key is as good as none.
            self.key.extend(seen.iter().take(16usize.saturating_sub(self.key.len())));
        }
        let Some(end) = end else {
            *at = chunk.len();
            return None;
        };
        *at += end;
        match rest.get(end) {
            // JSON has no line ends inside texts: the line was cut off.
            Some(b'\n') => return Some(Ending::Broken),
            Some(b'\\') => self.escaped = true,
            _ => self.in_text = false,
        }
        *at += 1;
        None
    }

    fn names_page(&self) -> bool {
        self.may_be_page && PAGE_KEYS.contains(&self.key.as_slice())
    }

    /// Whether an object may begin after what was read last.
    fn may_hold_object(&self) -> bool {
        let in_object = self.objects & 1 == 1;
        match self.last {
            0 => true,
            b':' => in_object,
            b'[' | b',' => !in_object,
            _ => false,
        }
    }
}
