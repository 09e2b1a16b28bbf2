//! An export, read page by page.

mod input;
mod records;
mod rewind;
mod rows;
mod scan;
mod surrogates;

use crate::{
    Error, Format,
    formats::{self, Columns, Object},
};
use domain::{Change, Cursor, Page};
use input::Input;
pub use input::{Export, exports};
use records::{Found, Records};
use rows::Rows;
use std::{
    io::{self, BufRead, Read},
    path::Path,
};

/// Bytes of records after which a page is full, whatever their number: pages wait in memory until they are stored.
const PAGE_BYTES: usize = 16 << 20;
/// A file in which none of so many records is known is not an export.
const STRANGERS: u64 = 100;

#[derive(Clone, Debug, Default)]
pub struct Options {
    pub format: Format,
    /// For CSV: which column is which field of a ticket, as (column, field). Goes before what the names say.
    pub mapping: Vec<(String, String)>,
}

/// A record that was skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRecord {
    /// The file's name inside the folder; `None` where a single file was read. Of a server the id of the record, where it has
    /// one that can be read.
    pub file: Option<String>,
    /// Where the record begins, counted from 1.
    pub line: u64,
    /// In words that follow "line 7: ".
    pub reason: String,
}

/// What some records turned into, and how far the import is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportPage {
    pub page: Page,
    /// Records in this page, bad ones and those that leave nothing included.
    pub read: u64,
    pub bad: Vec<BadRecord>,
    /// Bytes read so far, of all files and as they lie on the disk.
    pub bytes: u64,
    /// The line of the current file where the last record begins.
    pub line: u64,
}

/// An export that is being read. Made by [`open`].
pub struct Import {
    input: Input,
    options: Options,
    /// Records before the current one, in all files.
    records: u64,
    /// Records that an earlier import has already handed out.
    skip: u64,
    reading: Option<Reading>,
    /// What ended the import while the page before it was still to be handed out.
    failed: Option<Error>,
    record: Vec<u8>,
}

/// Opens a file, a folder or, for `-`, standard input. Nothing but the ends of each file is read yet.
pub fn open(path: &Path, options: Options) -> Result<Import, Error> {
    if path.as_os_str() == "-" {
        return Ok(open_reader(Box::new(io::stdin()), options));
    }
    let input = Input::at(path, &options)?;
    Ok(Import::new(input, options))
}

/// Reads from anything. Such an import has no identity and cannot be resumed.
pub fn open_reader(reader: Box<dyn Read + Send>, options: Options) -> Import {
    Import::new(Input::stream(reader), options)
}

impl Import {
    fn new(input: Input, options: Options) -> Self {
        Self { input, options, records: 0, skip: 0, reading: None, failed: None, record: Vec::new() }
    }

    /// Names, sizes and ends of the files, and how they are to be read: a changed file is another stream. Empty for
    /// what cannot be read twice.
    pub fn identity(&self) -> String {
        self.input.identity.clone()
    }

    /// Bytes on the disk of all files; `None` where that is not known.
    pub fn total_bytes(&self) -> Option<u64> {
        self.input.total
    }

    /// Goes on after the page that this cursor came with. A cursor of another file changes nothing.
    pub fn resume(&mut self, cursor: &Cursor) {
        let place =
            cursor.0.rsplit_once(':').filter(|(stream, _)| *stream == self.input.identity && !stream.is_empty());
        self.skip = place.and_then(|(_, records)| records.parse().ok()).unwrap_or(0);
    }

    /// At most `max` records; `None` at the end. After an error there is nothing more.
    pub fn next_page(&mut self, max: usize) -> Result<Option<ImportPage>, Error> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let mut page = ImportPage::default();
        let mut weight = 0;
        let mut ended = false;
        while page.read < max as u64 && weight < PAGE_BYTES && !ended {
            match self.step(&mut page) {
                Ok(Some(bytes)) => weight += bytes,
                Ok(None) => ended = true,
                Err(error) => {
                    self.reading = None;
                    self.input.abandon();
                    if page.read == 0 {
                        return Err(error);
                    }
                    self.failed = Some(error);
                    break;
                }
            }
        }
        if ended && page.read == 0 {
            return Ok(None);
        }
        page.bytes = self.input.bytes();
        page.page.next = (!ended).then(|| Cursor(format!("{}:{}", self.input.identity, self.records)));
        Ok(Some(page))
    }

    /// One record further, how many bytes it had; `None` when the last file is through.
    fn step(&mut self, page: &mut ImportPage) -> Result<Option<usize>, Error> {
        let Some(reading) = &mut self.reading else {
            let Some((name, shown, reader)) = self.input.next_file()? else { return Ok(None) };
            self.reading = Some(Reading::new(name, shown, reader, &self.options)?);
            return Ok(Some(0));
        };
        let found = match reading.source.next(&mut self.record) {
            Ok(found) => found,
            Err(cause) if cause.kind() == io::ErrorKind::FileTooLarge => {
                return Err(Error::Unpacks { file: reading.name.clone(), line: reading.source.line() });
            }
            Err(cause) => {
                return Err(Error::Read { file: reading.name.clone(), line: reading.source.line(), cause });
            }
        };
        let Some(Found { line, broken }) = found else {
            self.reading = None;
            return Ok(Some(0));
        };
        self.records += 1;
        page.line = line;
        if self.skip > 0 {
            self.skip -= 1;
            // The format is told by the first records, whether or not they are news.
            if let (Some(record), None) = (std::str::from_utf8(&self.record).ok(), reading.format) {
                reading.format = Object::parse(record).ok().and_then(|object| formats::detect(&object));
            }
            return Ok(Some(0));
        }
        page.read += 1;
        let before = page.page.changes.len();
        let outcome = match broken {
            Some(reason) => Err(reason.into()),
            None => reading.read(&self.record, &mut page.page.changes),
        };
        if let Err(reason) = outcome {
            page.page.changes.truncate(before);
            page.bad.push(BadRecord { file: reading.shown.clone(), line, reason });
            reading.strangers += 1;
            if reading.format.is_none() && reading.strangers >= STRANGERS {
                return Err(Error::Unrecognised { file: reading.name.clone() });
            }
        }
        Ok(Some(self.record.len()))
    }
}

/// One file of the import.
struct Reading {
    name: String,
    /// Its name in reports.
    shown: Option<String>,
    source: Source,
    /// `None` until a record tells.
    format: Option<Format>,
    strangers: u64,
}

enum Source {
    Json(Records<Box<dyn BufRead + Send>>),
    Table(Rows<Box<dyn BufRead + Send>>, Columns),
}

impl Source {
    fn next(&mut self, record: &mut Vec<u8>) -> io::Result<Option<Found>> {
        match self {
            Self::Json(records) => records.next(record),
            Self::Table(rows, _) => rows.next(record),
        }
    }

    fn line(&self) -> u64 {
        match self {
            Self::Json(records) => records.line(),
            Self::Table(rows, _) => rows.line(),
        }
    }
}

impl Reading {
    fn new(
        name: String,
        shown: Option<String>,
        mut reader: Box<dyn BufRead + Send>,
        options: &Options,
    ) -> Result<Self, Error> {
        let cannot = |cause| Error::Read { file: name.clone(), line: 1, cause };
        let (head, rest) = input::head(reader).map_err(cannot)?;
        reader = rest;
        input::refuse_foreign(&name, &head)?;
        let is_table = match options.format {
            Format::Csv => true,
            Format::Auto => rows::looks_like_table(&name, &head),
            _ => false,
        };
        let source = if is_table {
            let (rows, header) = Rows::open(reader).map_err(cannot)?;
            let columns = Columns::read(&name, &header, &options.mapping)?;
            Source::Table(rows, columns)
        } else {
            Source::Json(Records::new(reader))
        };
        let format =
            if is_table { Some(Format::Csv) } else { Some(options.format).filter(|format| *format != Format::Auto) };
        Ok(Self { name, shown, source, format, strangers: 0 })
    }

    fn read(&mut self, record: &[u8], changes: &mut Vec<Change>) -> Result<(), String> {
        if let Source::Table(rows, columns) = &self.source {
            return columns.ticket(&rows.cells(record)?, changes);
        }
        let record = std::str::from_utf8(record).map_err(|error| {
            format!("this is not UTF-8 text (byte {} of the record); save the export as UTF-8", error.valid_up_to() + 1)
        })?;
        let record = &*surrogates::replace_lone(record);
        let format = match self.format {
            Some(format) => format,
            None => {
                let found = formats::detect(&Object::parse(record)?);
                *self.format.insert(found.ok_or("this is an object of no format known here")?)
            }
        };
        formats::read(format, record, changes)
    }
}
