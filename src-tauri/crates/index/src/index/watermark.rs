//! How far an index is: kept in the payload of its commit.

use crate::{Error, schema::VERSION};
use serde::{Deserialize, Serialize};

/// How far the index has followed the store.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Watermark {
    /// The last change of the store that is in the index.
    pub sequence: i64,
    /// How many documents the index holds with it.
    pub documents: u64,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    sequence: i64,
    documents: u64,
    version: u32,
    crc: u32,
}

impl Payload {
    fn sum(&self) -> u32 {
        crc32fast::hash(format!("{} {} {}", self.sequence, self.documents, self.version).as_bytes())
    }
}

impl Watermark {
    pub(crate) fn to_payload(self) -> String {
        let mut payload = Payload { sequence: self.sequence, documents: self.documents, version: VERSION, crc: 0 };
        payload.crc = payload.sum();
        serde_json::to_string(&payload).unwrap_or_default()
    }

    pub(crate) fn from_payload(payload: Option<&str>) -> Result<Self, Error> {
        let text = payload.ok_or_else(|| Error::corrupt("it was never finished"))?;
        let payload: Payload =
            serde_json::from_str(text).map_err(|_| Error::corrupt("its watermark cannot be read"))?;
        if payload.crc != payload.sum() {
            return Err(Error::corrupt("its watermark has changed on disk"));
        }
        if payload.version != VERSION {
            let format = |version| format!("format {version}");
            return Err(Error::Outdated { found: format(payload.version), expected: format(VERSION) });
        }
        Ok(Self { sequence: payload.sequence, documents: payload.documents })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watermark_reads_back_and_a_changed_one_does_not() {
        let mark = Watermark { sequence: 41, documents: 7 };
        let payload = mark.to_payload();
        assert_eq!(Watermark::from_payload(Some(&payload)).unwrap(), mark);
        assert_eq!(Watermark::from_payload(Some(&payload.replace("41", "42"))).unwrap_err().code(), "index_corrupt");
        assert_eq!(Watermark::from_payload(None).unwrap_err().code(), "index_corrupt");
    }

    #[test]
    fn a_watermark_of_another_format_is_outdated_not_damaged() {
        let mut payload = Payload { sequence: 1, documents: 1, version: VERSION + 1, crc: 0 };
        payload.crc = payload.sum();
        let text = serde_json::to_string(&payload).unwrap();
        assert_eq!(Watermark::from_payload(Some(&text)).unwrap_err().code(), "index_outdated");
    }
}
