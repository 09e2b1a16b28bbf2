//! Writing, in one transaction each, and a stamp of what was written.

use crate::{Result, Store, error::Doing, open::lock};
use rusqlite::{Transaction, TransactionBehavior};
use std::sync::atomic::Ordering;

impl Store {
    /// Changes whenever this process wrote anything that figures may be made of. Ask before you read: what is read after
    /// that is at least as new.
    pub fn stamp(&self) -> u64 {
        self.stamp.load(Ordering::SeqCst)
    }

    /// One transaction: all of it or nothing.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let answer = self.write_aside(work);
        self.touch();
        answer
    }

    pub(crate) fn touch(&self) {
        self.stamp.fetch_add(1, Ordering::SeqCst);
    }

    /// As [`Store::write`], of what no figure is made of and is written often: requests, choices, how a source was asked.
    pub(crate) fn write_aside<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut writer = lock(&self.writer);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate).doing("begin to write")?;
        let answer = work(&transaction)?;
        self.proven(&transaction)?;
        transaction.commit().doing("commit")?;
        Ok(answer)
    }
}
