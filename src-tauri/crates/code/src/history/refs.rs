//! How the refs of a repository lie in the database: as they were when its history was read.

use super::codec::{Reader, Writer, unpack};
use crate::{Refs, Result, StoredRef};

impl Refs {
    pub fn pack(&self) -> Result<Vec<u8>> {
        let mut out = Writer::begin();
        out.text(self.main.as_deref().unwrap_or_default());
        out.number(self.all.len() as u64);
        for one in &self.all {
            out.text(&one.name);
            out.id(one.commit);
        }
        out.pack()
    }

    pub fn load(packed: &[u8]) -> Result<Self> {
        let bytes = unpack(packed)?;
        let mut input = Reader::begin(&bytes)?;
        let main = Some(input.text()?).filter(|name| !name.is_empty());
        let count = input.number()?;
        let all = (0..count).map(|_| Ok(StoredRef { name: input.text()?, commit: input.id()? }));
        Ok(Self { main, all: all.collect::<Result<_>>()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CommitId;

    #[test]
    fn refs_read_back_as_they_were_written() {
        for main in [None, Some("refs/heads/main".to_owned())] {
            let one = StoredRef { name: "refs/tags/v1.0".into(), commit: CommitId([7; 20]) };
            let refs = Refs { main, all: vec![one] };
            assert_eq!(Refs::load(&refs.pack().unwrap()).unwrap(), refs);
        }
        assert_eq!(Refs::load(b"no").unwrap_err().code(), "history_unreadable");
    }
}
