//! The semantic pack.

use super::ApiErrorView;
use serde::Serialize;
use ts_rs::TS;

/// A small language model on this machine that finds cases told in other words. Everything works without it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ModelView {
    pub installed: bool,
    /// Its name; `null` without one.
    pub model: Option<String>,
    pub licence: Option<String>,
    /// On disk.
    pub bytes: u64,
    /// While it is open.
    pub memory: u64,
    /// Tickets and known errors whose meaning is known, of `documents`: the rest is read in the background.
    pub read: u64,
    pub documents: u64,
    /// Why the one that lies there cannot be used; else `null`.
    pub error: Option<ApiErrorView>,
}
