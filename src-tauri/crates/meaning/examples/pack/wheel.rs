//! A wheel is a zip: the directory at its end names where each file lies.

use anyhow::{Context, Result, bail, ensure};
use std::{collections::BTreeMap, io::Read};

pub struct Wheel<'a> {
    bytes: &'a [u8],
    files: BTreeMap<String, Entry>,
}

struct Entry {
    method: u16,
    crc: u32,
    packed: usize,
    size: usize,
    header: usize,
}

impl<'a> Wheel<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        let end = (0..bytes.len().saturating_sub(21))
            .rev()
            .take(66_000)
            .find(|at| bytes.get(*at..).is_some_and(|rest| rest.starts_with(b"PK\x05\x06")));
        let end = end.context("it is no zip")?;
        let count = short(bytes, end + 10)?;
        let mut at = long(bytes, end + 16)? as usize;
        let mut files = BTreeMap::new();
        for _ in 0..count {
            ensure!(bytes.get(at..).is_some_and(|rest| rest.starts_with(b"PK\x01\x02")), "its directory is damaged");
            let lengths = [28, 30, 32].map(|field| short(bytes, at + field));
            let [name_length, extra, comment] = lengths;
            let name_length = name_length? as usize;
            let name = bytes.get(at + 46..at + 46 + name_length).context("its directory is cut short")?;
            let entry = Entry {
                method: short(bytes, at + 10)?,
                crc: long(bytes, at + 16)?,
                packed: long(bytes, at + 20)? as usize,
                size: long(bytes, at + 24)? as usize,
                header: long(bytes, at + 42)? as usize,
            };
            files.insert(String::from_utf8_lossy(name).into_owned(), entry);
            at += 46 + name_length + extra? as usize + comment? as usize;
        }
        Ok(Self { bytes, files })
    }

    pub fn read(&self, name: &str) -> Result<Vec<u8>> {
        let entry = self.files.get(name).with_context(|| format!("{name} is not in it"))?;
        let from = entry.header
            + 30
            + short(self.bytes, entry.header + 26)? as usize
            + short(self.bytes, entry.header + 28)? as usize;
        let packed = self.bytes.get(from..from + entry.packed).with_context(|| format!("{name} is cut short"))?;
        let mut out = Vec::with_capacity(entry.size);
        match entry.method {
            0 => out.extend_from_slice(packed),
            8 => {
                flate2::read::DeflateDecoder::new(packed).take(entry.size as u64 + 1).read_to_end(&mut out)?;
            }
            other => bail!("{name} is packed in a way that is not read here ({other})"),
        }
        let mut crc = flate2::Crc::new();
        crc.update(&out);
        ensure!(out.len() == entry.size && crc.sum() == entry.crc, "{name} is damaged");
        Ok(out)
    }
}

fn short(bytes: &[u8], at: usize) -> Result<u16> {
    let two = bytes.get(at..at + 2).context("it is cut short")?;
    Ok(u16::from_le_bytes(two.try_into()?))
}

fn long(bytes: &[u8], at: usize) -> Result<u32> {
    let four = bytes.get(at..at + 4).context("it is cut short")?;
    Ok(u32::from_le_bytes(four.try_into()?))
}
