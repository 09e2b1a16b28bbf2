//! Finds the rows of a table: quoted cells may hold separators, quotes and line ends.

use super::input::begins_as_json;
use super::records::{Found, LARGEST, TOO_LONG};
use crate::formats::Columns;
use std::io::{self, BufRead};

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

pub(super) struct Rows<R> {
    input: R,
    line: u64,
    separator: u8,
    /// Cells in the header.
    width: usize,
}

/// Where a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A quote here opens a quoted cell.
    CellStart,
    Bare,
    Quoted,
    /// After a quote inside a quoted cell: another one means a quote, anything else ends the quoting.
    AfterQuote,
}

impl<R: BufRead> Rows<R> {
    /// Reads the header.
    pub(super) fn open(input: R) -> io::Result<(Self, Vec<String>)> {
        let mut rows = Self { input, line: 1, separator: b',', width: 0 };
        let mut header = Vec::new();
        rows.row(&mut header, &SEPARATORS)?;
        let header = header.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&header);
        rows.separator = separator(header);
        let cells = parse(header, rows.separator).unwrap_or_default();
        rows.width = cells.len();
        Ok((rows, cells))
    }

    pub(super) fn line(&self) -> u64 {
        self.line
    }

    pub(super) fn next(&mut self, row: &mut Vec<u8>) -> io::Result<Option<Found>> {
        self.row(row, &[self.separator])
    }

    pub(super) fn cells(&self, row: &[u8]) -> Result<Vec<String>, String> {
        let mut cells = parse(row, self.separator).ok_or("this row cannot be read")?;
        // Spreadsheets leave empty cells off, or add some.
        while cells.len() > self.width && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.len() != self.width {
            return Err(format!("this row has {} cells where the header has {}", cells.len(), self.width));
        }
        Ok(cells)
    }

    fn row(&mut self, row: &mut Vec<u8>, separators: &[u8]) -> io::Result<Option<Found>> {
        row.clear();
        let mut place = Place::CellStart;
        let mut line = self.line;
        let mut too_long = false;
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                let broken = match place {
                    _ if too_long => Some(TOO_LONG),
                    Place::Quoted => Some("a quote is opened here and never closed"),
                    _ => None,
                };
                return Ok((!row.is_empty() || too_long).then_some(Found { line, broken }));
            }
            let mut used = 0;
            let mut complete = false;
            for byte in chunk {
                used += 1;
                let ends_line = *byte == b'\n';
                self.line += u64::from(ends_line);
                place = match (place, byte) {
                    (Place::Quoted, b'"') => Place::AfterQuote,
                    (Place::Quoted, _) => Place::Quoted,
                    (Place::CellStart | Place::AfterQuote, b'"') => Place::Quoted,
                    (_, b'\n') => {
                        complete = true;
                        break;
                    }
                    (_, byte) if separators.contains(byte) => Place::CellStart,
                    _ => Place::Bare,
                };
            }
            if row.len() + used > LARGEST {
                too_long = true;
                row.clear();
            }
            if !too_long {
                row.extend_from_slice(chunk.get(..used).unwrap_or_default());
            }
            self.input.consume(used);
            if complete && (too_long || !row.trim_ascii().is_empty()) {
                return Ok(Some(Found { line, broken: too_long.then_some(TOO_LONG) }));
            }
            if complete {
                // A blank line.
                row.clear();
                (place, line) = (Place::CellStart, self.line);
            }
        }
    }
}

/// By its name, or because it begins with a header of tickets.
pub(super) fn looks_like_table(file: &str, head: &[u8]) -> bool {
    if begins_as_json(head) {
        return false;
    }
    let name = file.to_lowercase();
    let bare = name.trim_end_matches(".gz").trim_end_matches(".zst");
    if bare.ends_with(".csv") || bare.ends_with(".tsv") {
        return true;
    }
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    parse(first, separator(first)).is_some_and(|cells| Columns::fits(&cells))
}

/// The one that the header uses most.
fn separator(header: &[u8]) -> u8 {
    let count = |separator: &u8| header.iter().filter(|byte| *byte == separator).count();
    // The first of equals: a comma, unless another is there more often.
    SEPARATORS.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

fn parse(row: &[u8], separator: u8) -> Option<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(row);
    let record = reader.byte_records().next()?.ok()?;
    Some(record.iter().map(text).collect())
}

/// UTF-8, else Windows-1252, which is what spreadsheets on Windows write.
fn text(cell: &[u8]) -> String {
    match std::str::from_utf8(cell) {
        Ok(text) => text.into(),
        Err(_) => cell.iter().map(|byte| windows_1252(*byte)).collect(),
    }
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let place = usize::from(byte).checked_sub(0x80);
    place.and_then(|place| HIGH.get(place)).copied().unwrap_or_else(|| char::from(byte))
}
