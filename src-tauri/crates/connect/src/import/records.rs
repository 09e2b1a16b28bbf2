//! Finds the records in a stream of JSON: lines, arrays, pages, one after the other in any order.

use super::{
    rewind::Rewind,
    scan::{Ending, Scan},
};
use memchr::{memchr, memchr3, memmem};
use std::io::{self, BufRead};

/// The largest record that is taken; what is longer is passed over without being kept.
pub(super) const LARGEST: usize = 64 << 20;

/// A record, whose bytes lie in the buffer that was passed in.
pub(super) struct Found {
    /// Where it begins, counted from 1.
    pub line: u64,
    /// Why it cannot be one, where that is plain without parsing.
    pub broken: Option<&'static str>,
}

pub(super) const TOO_LONG: &str = "the record is longer than 64 MB";
const CUT_OFF: &str = "the record is cut off";
const NO_OBJECT: &str = "there is no JSON object here";

pub(super) struct Records<R> {
    input: Rewind<R>,
    line: u64,
    /// Open arrays around the current record.
    arrays: u32,
    /// The outermost of them belongs to a page, whose other keys follow it.
    in_page: bool,
    /// Records stand one to a line, so that a line's end is a record's end whatever is in it.
    by_lines: bool,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input: Rewind::new(input), line: 1, arrays: 0, in_page: false, by_lines: false }
    }

    /// Where it stands.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    pub(super) fn next(&mut self, record: &mut Vec<u8>) -> io::Result<Option<Found>> {
        loop {
            record.clear();
            let Some(byte) = self.skip_space()? else {
                let cut = std::mem::take(&mut self.arrays) > 0;
                return Ok(cut.then_some(Found { line: self.line, broken: Some("the list is cut off") }));
            };
            match byte {
                b'{' if self.by_lines => {
                    let found = Found { line: self.line, broken: None };
                    let kept = self.line_into(record)?;
                    return Ok(Some(if kept { found } else { Found { broken: Some(TOO_LONG), ..found } }));
                }
                b'{' => {
                    if let Some(found) = self.object(record)? {
                        return Ok(Some(found));
                    }
                }
                b'[' if !self.by_lines => {
                    self.input.consume(1);
                    self.arrays = self.arrays.saturating_add(1);
                }
                b']' if self.arrays > 0 => {
                    self.input.consume(1);
                    self.arrays -= 1;
                    if self.arrays == 0 && std::mem::take(&mut self.in_page) {
                        self.skip_page_end()?;
                    }
                }
                _ => {
                    let line = self.line;
                    if self.arrays > 0 {
                        self.pass_over_scalar()?;
                    } else {
                        self.line_into(record)?;
                    }
                    return Ok(Some(Found { line, broken: Some(NO_OBJECT) }));
                }
            }
        }
    }

    /// The next byte that means something. Commas part records, and byte order marks may stand in front of any.
    fn skip_space(&mut self) -> io::Result<Option<u8>> {
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let is_space = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | 0xef | 0xbb | 0xbf);
            let end = chunk.iter().position(|byte| !is_space(byte));
            let space = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
            let newlines = space.iter().filter(|byte| **byte == b'\n').count();
            let (found, used) = (end.and_then(|end| chunk.get(end)).copied(), space.len());
            self.line += newlines as u64;
            self.input.consume(used);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// `None` where it was the beginning of a page, or a page without records.
    fn object(&mut self, record: &mut Vec<u8>) -> io::Result<Option<Found>> {
        let line = self.line;
        let mut scan = Scan::new(self.arrays == 0);
        let mut too_long = false;
        let ending = loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                break Ending::Broken;
            }
            let (used, ending) = scan.feed(chunk);
            if record.len() + used > LARGEST {
                too_long = true;
                record.clear();
            }
            if !too_long {
                record.extend_from_slice(chunk.get(..used).unwrap_or_default());
            }
            self.input.consume(used);
            if ending != Ending::Open {
                break ending;
            }
        };
        self.line += scan.newlines;
        if ending == Ending::Broken && !too_long {
            // A line that was cut off where an object may follow has taken the next lines with it.
            if let Some(end) = memmem::find(record, b"\n{") {
                let taken = record.split_off(end);
                self.line -= taken.iter().filter(|byte| **byte == b'\n').count() as u64;
                self.input.take_back(&taken);
            }
        }
        match ending {
            Ending::Page => {
                (self.arrays, self.in_page) = (1, true);
                return Ok(None);
            }
            Ending::Complete if self.arrays == 0 && is_empty_page(record) => return Ok(None),
            Ending::Complete if self.arrays == 0 && scan.newlines == 0 => {
                self.by_lines = matches!(self.input.fill_buf()?.first(), Some(b'\n' | b'\r'));
            }
            _ => {}
        }
        let broken = match ending {
            _ if too_long => Some(TOO_LONG),
            Ending::Complete => None,
            _ => Some(CUT_OFF),
        };
        Ok(Some(Found { line, broken }))
    }

    /// Passes over what follows a page's records, up to the end of the page.
    fn skip_page_end(&mut self) -> io::Result<()> {
        let mut scan = Scan::new(false);
        // The scan stands inside the page's object.
        scan.feed(b"{\"\":0");
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(());
            }
            let (used, ending) = scan.feed(chunk);
            self.input.consume(used);
            if ending != Ending::Open {
                self.line += scan.newlines;
                return Ok(());
            }
        }
    }

    /// What stands in a list and is no object: up to the next object, the list's end or the line's.
    fn pass_over_scalar(&mut self) -> io::Result<()> {
        loop {
            let chunk = self.input.fill_buf()?;
            let end = memchr3(b'{', b']', b'\n', chunk);
            let used = end.unwrap_or(chunk.len());
            self.input.consume(used);
            if end.is_some() || used == 0 {
                return Ok(());
            }
        }
    }

    /// The rest of the line, without its end. `false` where it was too long to keep.
    fn line_into(&mut self, record: &mut Vec<u8>) -> io::Result<bool> {
        let mut kept = true;
        loop {
            let chunk = self.input.fill_buf()?;
            let end = memchr(b'\n', chunk);
            let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
            if record.len() + part.len() > LARGEST {
                kept = false;
                record.clear();
            }
            if kept {
                record.extend_from_slice(part);
            }
            let (used, empty) = (part.len(), chunk.is_empty());
            // The newline itself is left for the next look at what follows.
            self.input.consume(used);
            if end.is_some() || empty {
                return Ok(kept);
            }
        }
    }
}

/// `{"issues": [], "total": 0}` says that there is nothing, which is no mistake.
fn is_empty_page(record: &[u8]) -> bool {
    if record.len() > 4096 {
        return false;
    }
    let Ok(page) = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(record) else { return false };
    let is_empty = |key: &str| page.get(key).and_then(|list| list.as_array()).is_some_and(Vec::is_empty);
    !page.contains_key("kind") && ["issues", "tickets", "results", "items"].into_iter().any(is_empty)
}
