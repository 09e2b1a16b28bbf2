//! Every way in which a command can fail, with a code for the hosts and words for people.

mod hint;

use crate::api::view::ApiErrorView;
use std::path::PathBuf;

pub(crate) use hint::hint_of;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Index(#[from] index::Error),
    #[error(transparent)]
    Code(#[from] code::Error),
    /// Shared: one that cannot be used says so each time.
    #[error(transparent)]
    Pack(std::sync::Arc<meaning::Error>),
    #[error(transparent)]
    Knowledge(#[from] knowledge::Error),
    /// What is wrong with it, a line each.
    #[error("the rule cannot be used as it is: {0}")]
    RuleWrong(String),
    #[error("\"{id}\" was not backtested as it is now; a rule speaks only once it is known what it would have said")]
    RuleNotTested { id: String },
    #[error("this runbook is for {needs} and above, and you work in {tier}; hand the ticket over")]
    RunbookTier { needs: String, tier: String },
    #[error("this runbook needs the word of {who} first; note who agreed, then go on")]
    RunbookApproval { who: String },
    #[error("{url} is not among what runbooks of this team may call; nothing was sent")]
    CallNotAllowed { url: String },
    #[error("the runbook has changed since its request was shown; nothing was sent")]
    CallNotSeen,
    #[error("there is no solved ticket to practise on whose problem and answer are known")]
    NothingToPractise,
    #[error("it could not be taken back: {0}")]
    NotUndone(String),
    #[error("no knowledge folder was chosen yet")]
    NoKnowledge,
    #[error("the name \"{name}\" is taken by the repository in {path}")]
    RepoTaken { name: String, path: String },
    #[error("no repository was added yet")]
    NoRepo,
    #[error("there are several repositories: {}", names.join(", "))]
    WhichRepo { names: Vec<String> },
    #[error(transparent)]
    Connect(#[from] connect::Error),
    #[error("nothing is handed to engineering without a reason")]
    ReasonMissing,
    #[error("the same was answered before, in {id} \"{title}\"")]
    AnsweredBefore { id: String, title: String },
    #[error("`{command}` is the repository's own code; nothing was run, as nobody agreed to it")]
    NotAgreed { command: String },
    #[error(transparent)]
    Bundle(escalation::bundle::Refused),
    #[error("the bundle in {} could not be {doing}: {cause}", path.display())]
    BundleFile { doing: &'static str, path: PathBuf, cause: std::io::Error },
    #[error("this case bundle is from \"{name}\" (code {code}), who is not known here")]
    BundleAuthorUnknown { name: String, code: String },
    #[error("a newer bundle of {case} was opened before this one")]
    BundleOld { case: String },
    #[error("{what} could not be done in {}: {cause}", path.display())]
    Home { what: &'static str, path: PathBuf, cause: std::io::Error },
    #[error("{place} does not hold this workspace's key, which was put into {made_in}")]
    KeyMissing { place: String, made_in: String },
    #[error("{place} holds another key than this workspace's")]
    KeyWrong { place: String },
    #[error("{place} did not keep the key that was put there; nothing was stored without it")]
    KeyNotKept { place: String },
    #[error("the key file {} lies in the workspace that it opens; a key beside its lock protects nothing", path.display())]
    KeyInside { path: PathBuf },
    #[error("the workspace in {} has no readable keys.json, and without it nothing there can be decrypted", path.display())]
    KeysDamaged { path: PathBuf },
    #[error("the keys of the workspace in {} were written by a newer version of Precedent", path.display())]
    KeysNewer { path: PathBuf },
    #[error("there is no place to keep a key for a new workspace: {0}")]
    NoPlaceForKey(connect::Error),
    #[error("this workspace opens with a passphrase")]
    PassphraseNeeded,
    #[error("this is not the passphrase of this workspace")]
    PassphraseWrong,
    #[error("a passphrase of fewer than {least} characters is guessed too quickly")]
    PassphraseShort { least: usize },
    #[error("the database of the workspace is gone from {}", path.display())]
    DatabaseMissing { path: PathBuf },
    #[error("no recovery key was ever made for this workspace")]
    NoRecoveryKey,
    #[error("this is the recovery key of another workspace, or an earlier one of this")]
    RecoveryKeyWrong,
    #[error("a letter of the recovery key is wrong or missing")]
    RecoveryKeyMistyped,
    /// A panic: a mistake of ours, not of whoever asked.
    #[error("something went wrong in Precedent itself")]
    Broken,
    #[error("the system gave no random bytes for a key")]
    NoRandomness,
    #[error("another Precedent has this workspace open")]
    InUse,
    /// Nothing can be found until it has.
    #[error("another Precedent has this workspace open and is making its search index anew: {0}")]
    NoIndex(String),
    /// What the index could not do while it followed the store.
    #[error("{0}")]
    Following(std::sync::Arc<Error>),
    /// It is deleted and can no longer be found; what is left of it on disk could not be cleared.
    #[error("everything was deleted, and its traces on disk could not be cleared: {0}")]
    Erasing(String),
    #[error("there is no {what} \"{id}\" here")]
    NotFound { what: &'static str, id: String },
    #[error("\"{id}\" is in several sources: {}", keys.join(", "))]
    Ambiguous { id: String, keys: Vec<String> },
    #[error("{0}")]
    BadInput(String),
    #[error("there is no command \"{0}\"")]
    UnknownCommand(String),
    #[error("a newer question took this one's place")]
    Superseded,
    #[error("the name \"{name}\" is taken by another source ({kind})")]
    SourceTaken { name: String, kind: String },
    #[error("\"{name}\" is no source that can be asked: it was imported, or its connection was removed")]
    NotAsked { name: String },
    #[error("{place} no longer holds the token of \"{name}\"")]
    TokenMissing { name: String, place: String },
    #[error("the file {path} cannot be opened with the workspace's passphrase: it was changed or damaged")]
    TokensSealed { path: PathBuf },
    #[error("the file {path} with the tokens cannot be read or written: {cause}")]
    TokenFile { path: PathBuf, cause: std::io::Error },
    #[error("\"{name}\" is being asked already")]
    Syncing { name: String },
    #[error("the server behind \"{name}\" asked to be left alone until {until}")]
    AskedToWait { name: String, until: domain::Millis },
    #[error("the battery has {left} % left, so \"{name}\" was not read any further")]
    BatteryLow { name: String, left: u8 },
    #[error("nobody allowed yet that something is written to \"{name}\"")]
    WriteNotAllowed { name: String, needs: &'static str },
    #[error("writing to \"{name}\" needs a token that may: {needs}")]
    WriteNeedsToken { name: String, needs: &'static str },
    #[error("\"{name}\" ({kind}) is only read: nothing can be written there")]
    ReadOnly { name: String, kind: String },
    #[error("number {id} of the outbox is not what was shown, so it was not sent")]
    NotPreviewed { id: i64 },
    #[error("the package of {ticket} is not what was shown any more, so it was not handed over")]
    PackageChanged { ticket: String },
    #[error("number {id} of the outbox is {state}, and this cannot be done with it")]
    OutboxState { id: i64, state: &'static str },
    #[error("it was cancelled")]
    Cancelled,
    #[error("this workspace already holds tickets")]
    NotEmpty,
    #[error("of no ticket is it known which earlier one it repeats")]
    NothingToMeasure,
}

impl Error {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Index(error) => error.code(),
            Self::Connect(error) => error.code(),
            Self::Code(error) => error.code(),
            Self::Pack(error) => error.code(),
            Self::Knowledge(error) => error.code(),
            Self::RuleWrong(_) => "rule_wrong",
            Self::RuleNotTested { .. } => "rule_not_backtested",
            Self::RunbookTier { .. } => "runbook_tier",
            Self::RunbookApproval { .. } => "runbook_approval",
            Self::CallNotAllowed { .. } => "call_not_allowed",
            Self::CallNotSeen => "call_not_seen",
            Self::NotUndone(_) => "not_undone",
            Self::NothingToPractise => "nothing_to_practise",
            Self::NoKnowledge => "no_knowledge_chosen",
            Self::RepoTaken { .. } => "repository_taken",
            Self::NoRepo => "no_repository_added",
            Self::WhichRepo { .. } => "which_repository",
            Self::ReasonMissing => "reason_missing",
            Self::AnsweredBefore { .. } => "answered_before",
            Self::NotAgreed { .. } => "not_agreed",
            Self::Bundle(refused) => refused.code(),
            Self::BundleFile { cause, .. } if cause.kind() == std::io::ErrorKind::StorageFull => "disk_full",
            Self::BundleFile { .. } => "bundle_file",
            Self::BundleAuthorUnknown { .. } => "bundle_author_unknown",
            Self::BundleOld { .. } => "bundle_old",
            Self::Home { cause, .. } if cause.kind() == std::io::ErrorKind::StorageFull => "disk_full",
            Self::Home { .. } => "home_unusable",
            Self::DatabaseMissing { .. } => "database_missing",
            Self::KeyMissing { .. } => "key_missing",
            Self::KeyWrong { .. } => "key_wrong",
            Self::KeyNotKept { .. } => "key_not_kept",
            Self::KeyInside { .. } => "key_inside",
            Self::KeysDamaged { .. } => "keys_damaged",
            Self::KeysNewer { .. } => "newer_schema",
            Self::NoPlaceForKey(_) => "no_place_for_key",
            Self::PassphraseNeeded => "passphrase_needed",
            Self::PassphraseWrong => "passphrase_wrong",
            Self::PassphraseShort { .. } => "passphrase_short",
            Self::NoRecoveryKey => "no_recovery_key",
            Self::RecoveryKeyWrong => "recovery_key_wrong",
            Self::RecoveryKeyMistyped => "recovery_key_mistyped",
            Self::NoRandomness => "no_randomness",
            Self::Broken => "unexpected",
            Self::InUse => "in_use",
            Self::NoIndex(_) => "index_elsewhere",
            Self::Following(error) => error.code(),
            Self::Erasing(_) => "not_cleared",
            Self::NotFound { .. } => "not_found",
            Self::Ambiguous { .. } => "ambiguous",
            Self::BadInput(_) => "bad_input",
            Self::UnknownCommand(_) => "unknown_command",
            Self::Superseded => "superseded",
            Self::SourceTaken { .. } => "source_taken",
            Self::NotAsked { .. } => "not_asked",
            Self::TokenMissing { .. } => "token_missing",
            Self::TokensSealed { .. } => "tokens_sealed",
            Self::TokenFile { .. } => "token_file",
            Self::Syncing { .. } => "syncing",
            Self::AskedToWait { .. } => "rate_limited",
            Self::BatteryLow { .. } => "battery_low",
            Self::WriteNotAllowed { .. } => "write_not_allowed",
            Self::WriteNeedsToken { .. } => "write_needs_token",
            Self::ReadOnly { .. } => "only_read",
            Self::NotPreviewed { .. } => "not_previewed",
            Self::PackageChanged { .. } => "package_changed",
            Self::OutboxState { .. } => "outbox_state",
            Self::Cancelled => "cancelled",
            Self::NotEmpty => "not_empty",
            Self::NothingToMeasure => "nothing_to_measure",
        }
    }

    /// Why the index has to be made anew from the store, where that would help.
    pub(crate) fn spoilt_index(&self) -> Option<String> {
        match self {
            Self::Index(error) if error.needs_rebuild() => Some(error.to_string()),
            Self::Following(error) => error.spoilt_index(),
            _ => None,
        }
    }

    /// Whether [`crate::mend`] can do something about it: a workspace that does not open for its database's sake.
    pub fn can_be_mended(&self) -> bool {
        matches!(self.code(), "database_damaged" | "database_missing")
    }

    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Store(error) => error.is_permanent(),
            Self::Index(error) => error.is_permanent(),
            Self::Connect(error) => error.is_permanent(),
            Self::Code(error) => error.is_permanent(),
            Self::Pack(error) => error.is_permanent(),
            Self::Knowledge(error) => error.is_permanent(),
            Self::Following(error) => error.is_permanent(),
            Self::KeyMissing { .. } | Self::KeyNotKept { .. } | Self::NoRandomness | Self::BundleFile { .. } => false,
            Self::NoPlaceForKey(_) | Self::PassphraseNeeded | Self::Erasing(_) => false,
            Self::Syncing { .. } | Self::AskedToWait { .. } | Self::BatteryLow { .. } => false,
            Self::InUse | Self::NoIndex(_) | Self::Superseded | Self::Home { .. } => false,
            _ => true,
        }
    }

    pub fn view(&self) -> ApiErrorView {
        ApiErrorView {
            code: self.code().into(),
            message: sentence(&self.to_string()),
            hint: self.hint(),
            retryable: !self.is_permanent() || self.spoilt_index().is_some(),
        }
    }
}

/// Capital first, full stop last: errors are read by people. An address stays as it is typed.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let is_address = text.split_whitespace().next().is_some_and(|word| word.contains("://"));
    let first: String = match letters.next() {
        Some(letter) if is_address => letter.into(),
        letter => letter.into_iter().flat_map(char::to_uppercase).collect(),
    };
    let stop = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn a_sentence_begins_with_a_capital_and_an_address_stays_as_it_is_typed() {
        assert_eq!(sentence("the key is gone"), "The key is gone.");
        assert_eq!(sentence("http://x.example is no server"), "http://x.example is no server.");
        assert_eq!((sentence(""), sentence("über?")), (".".into(), "Über?".into()));
    }
}
