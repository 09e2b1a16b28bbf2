//! Where the bytes come from: files in order, unpacked, counted, and known again by name, size and ends.

use super::Options;
use crate::Error;
use domain::Millis;
use flate2::bufread::MultiGzDecoder;
use std::{
    collections::VecDeque,
    fs::{self, File},
    io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

const BUFFER: usize = 256 << 10;
/// As much of each end of a file makes its identity.
const END: u64 = 64 << 10;
/// Text packs to a tenth, and the same line over and over to a hundredth. Gzip can do a thousandth, zstd far less.
const RATIO: u64 = 400;
/// What may come out of any file.
const ALWAYS: u64 = 64 << 20;
const ENDINGS: [&str; 5] = ["json", "jsonl", "ndjson", "csv", "tsv"];

pub(super) struct Input {
    pub identity: String,
    pub total: Option<u64>,
    waiting: VecDeque<Piece>,
    count: Arc<AtomicU64>,
}

enum Piece {
    File { path: PathBuf, shown: Option<String> },
    Stream(Box<dyn Read + Send>),
}

/// The name in messages, the name in reports, the unpacked bytes.
pub(super) type Opened = (String, Option<String>, Box<dyn BufRead + Send>);

impl Input {
    pub(super) fn at(path: &Path, options: &Options) -> Result<Self, Error> {
        let about = fs::metadata(path).map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound => Error::Missing(path.into()),
            _ => Error::Open { path: path.into(), cause },
        })?;
        let mut files = Vec::new();
        if about.is_dir() {
            gather(path, &mut files)?;
            files.sort();
        } else {
            files.push(path.to_owned());
        }
        if files.is_empty() {
            return Err(Error::Empty(path.into()));
        }
        // A pipe or device has no end to look at and cannot be read twice.
        if !about.is_dir() && !about.is_file() {
            let file = File::open(path).map_err(|cause| Error::Open { path: path.into(), cause })?;
            return Ok(Self::stream(Box::new(file)));
        }
        let mut hash = blake3::Hasher::new();
        hash.update(format!("{} {:?}", options.format.as_str(), options.mapping).as_bytes());
        let mut total = 0;
        let mut waiting = VecDeque::new();
        for file in files {
            let name = file.strip_prefix(path).ok().filter(|rest| !rest.as_os_str().is_empty());
            let shown = name.map(|name| name.display().to_string());
            let named = shown.clone().unwrap_or_else(|| file_name(&file));
            total += identify(&file, &named, &mut hash).map_err(|cause| Error::Open { path: file.clone(), cause })?;
            waiting.push_back(Piece::File { path: file, shown });
        }
        let hash = hash.finalize().to_hex();
        let identity = format!("{}:{total}:{}", file_name(path), hash.get(..16).unwrap_or_default());
        Ok(Self { identity, total: Some(total), waiting, count: Arc::default() })
    }

    pub(super) fn stream(reader: Box<dyn Read + Send>) -> Self {
        let waiting = VecDeque::from([Piece::Stream(reader)]);
        Self { identity: String::new(), total: None, waiting, count: Arc::default() }
    }

    pub(super) fn bytes(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// Nothing more is read.
    pub(super) fn abandon(&mut self) {
        self.waiting.clear();
    }

    pub(super) fn next_file(&mut self) -> Result<Option<Opened>, Error> {
        let count = self.count.clone();
        Ok(Some(match self.waiting.pop_front() {
            None => return Ok(None),
            Some(Piece::Stream(reader)) => {
                let reader = unpack(Counted { reader, count }).map_err(|cause| Error::Read {
                    file: "the input".into(),
                    line: 1,
                    cause,
                })?;
                ("the input".into(), None, reader)
            }
            Some(Piece::File { path, shown }) => {
                let opened = File::open(&path).and_then(|reader| unpack(Counted { reader, count }));
                let reader = opened.map_err(|cause| Error::Open { path: path.clone(), cause })?;
                (path.display().to_string(), shown, reader)
            }
        }))
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A file that an import of its folder would read, and how it is right now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Within the folder.
    pub name: String,
    pub path: PathBuf,
    /// Bytes.
    pub size: u64,
    pub changed: Millis,
}

/// What lies in a folder to be imported, by name; a file is the only one. A folder without any is none yet, and no error.
pub fn exports(path: &Path) -> Result<Vec<Export>, Error> {
    let cannot = |path: &Path, cause: io::Error| match cause.kind() {
        io::ErrorKind::NotFound => Error::Missing(path.into()),
        _ => Error::Open { path: path.into(), cause },
    };
    let mut files = Vec::new();
    if fs::metadata(path).map_err(|cause| cannot(path, cause))?.is_dir() {
        gather(path, &mut files)?;
        files.sort();
    } else {
        files.push(path.to_owned());
    }
    let mut exports = Vec::new();
    for file in files {
        // One that went since it was listed is gone.
        let Ok(about) = fs::metadata(&file) else { continue };
        let name = file.strip_prefix(path).ok().filter(|rest| !rest.as_os_str().is_empty());
        let name = name.map_or_else(|| file_name(&file), |name| name.display().to_string());
        let since = about.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let changed = Millis(since.and_then(|since| i64::try_from(since.as_millis()).ok()).unwrap_or_default());
        exports.push(Export { name, path: file, size: about.len(), changed });
    }
    Ok(exports)
}

/// Hidden files, other endings and folders behind links are passed over.
fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let cannot = |cause| Error::Open { path: folder.into(), cause };
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().to_lowercase());
        if name.starts_with('.') {
            continue;
        }
        let kind = entry.file_type().map_err(cannot)?;
        if kind.is_dir() {
            gather(&path, files)?;
        } else if path.is_file() {
            let bare = name.trim_end_matches(".gz").trim_end_matches(".zst");
            if ENDINGS.iter().any(|ending| bare.rsplit_once('.').is_some_and(|(_, end)| end == *ending)) {
                files.push(path);
            }
        }
    }
    Ok(())
}

/// Feeds name, size and both ends into the hash; answers the size.
fn identify(path: &Path, name: &str, hash: &mut blake3::Hasher) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    hash.update(format!("\n{name} {size} ").as_bytes());
    let mut end = Vec::new();
    (&mut file).take(END).read_to_end(&mut end)?;
    if size > END {
        file.seek(SeekFrom::Start(size.saturating_sub(END).max(END)))?;
        file.take(END).read_to_end(&mut end)?;
    }
    hash.update(&end);
    Ok(size)
}

struct Counted<R> {
    reader: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// By its first bytes; names lie.
fn unpack(mut packed: Counted<impl Read + Send + 'static>) -> io::Result<Box<dyn BufRead + Send>> {
    let count = Arc::clone(&packed.count);
    let mut magic = Vec::with_capacity(4);
    (&mut packed).take(4).read_to_end(&mut magic)?;
    let packed = BufReader::with_capacity(BUFFER, Cursor::new(magic.clone()).chain(packed));
    Ok(match magic.as_slice() {
        [0x1f, 0x8b, ..] => measured(MultiGzDecoder::new(packed), count),
        [0x28, 0xb5, 0x2f, 0xfd] => measured(zstd::Decoder::with_buffer(packed)?, count),
        _ => Box::new(packed),
    })
}

fn measured(reader: impl Read + Send + 'static, packed: Arc<AtomicU64>) -> Box<dyn BufRead + Send> {
    let before = packed.load(Ordering::Relaxed);
    Box::new(BufReader::with_capacity(BUFFER, Measured { reader, packed, before, unpacked: 0 }))
}

/// Ends where more comes out than any export holds: such a file was made to fill a memory or a disk.
struct Measured<R> {
    reader: R,
    /// Bytes read, packed, of all files; and before this one.
    packed: Arc<AtomicU64>,
    before: u64,
    unpacked: u64,
}

impl<R: Read> Read for Measured<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.unpacked += read as u64;
        let packed = self.packed.load(Ordering::Relaxed).saturating_sub(self.before);
        if self.unpacked > ALWAYS + packed.saturating_mul(RATIO) {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(read)
    }
}

/// The beginning, and a reader that still has it.
pub(super) fn head(mut reader: Box<dyn BufRead + Send>) -> io::Result<(Vec<u8>, Box<dyn BufRead + Send>)> {
    let mut head = Vec::new();
    (&mut reader).take(END).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(reader))))
}

/// A byte order mark or space may come before.
pub(super) fn begins_as_json(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    matches!(head.first(), Some(b'{' | b'['))
}

/// Files that are no text at all are named for what they are instead of line by line.
pub(super) fn refuse_foreign(file: &str, head: &[u8]) -> Result<(), Error> {
    let (found, advice) = match head {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => ("UTF-16 text", "save it as UTF-8"),
        [b'P', b'K', 3, 4, ..] => ("a zip archive or a spreadsheet", "unpack it, or save it as CSV"),
        [b'%', b'P', b'D', b'F', ..] => ("a PDF", "export JSON or CSV instead"),
        [b'<', ..] => ("XML or a web page", "export JSON or CSV instead"),
        // One hole in a file that begins as it should is a bad record of it, no more.
        _ if head.contains(&0) && !begins_as_json(head) => ("not text", "export JSON or CSV instead"),
        _ => return Ok(()),
    };
    Err(Error::NotText { file: file.into(), found, advice })
}
