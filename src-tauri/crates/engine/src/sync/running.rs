use crate::{Error, Result};
use domain::SourceName;
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

/// One run of a source at a time.
pub(super) struct Running<'a>(&'a Mutex<BTreeSet<SourceName>>, SourceName);

impl<'a> Running<'a> {
    pub(super) fn begin(all: &'a Mutex<BTreeSet<SourceName>>, name: &SourceName) -> Result<Self> {
        let begun = all.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone());
        if begun { Ok(Self(all, name.clone())) } else { Err(Error::Syncing { name: name.to_string() }) }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}
