//! Every way in which a command can fail, with a code for the hosts and words for people.

use crate::api::view::ApiErrorView;
use std::path::PathBuf;

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
    #[error("\"{name}\" is being asked already")]
    Syncing { name: String },
    #[error("the server behind \"{name}\" asked to be left alone until {until}")]
    AskedToWait { name: String, until: domain::Millis },
    #[error("nobody allowed yet that something is written to \"{name}\"")]
    WriteNotAllowed { name: String, needs: &'static str },
    #[error("writing to \"{name}\" needs a token that may: {needs}")]
    WriteNeedsToken { name: String, needs: &'static str },
    #[error("\"{name}\" ({kind}) is only read: nothing can be written there")]
    ReadOnly { name: String, kind: String },
    #[error("number {id} of the outbox is not what was shown, so it was not sent")]
    NotPreviewed { id: i64 },
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
            Self::NotUndone(_) => "not_undone",
            Self::NoKnowledge => "no_knowledge_chosen",
            Self::RepoTaken { .. } => "repository_taken",
            Self::NoRepo => "no_repository_added",
            Self::WhichRepo { .. } => "which_repository",
            Self::ReasonMissing => "reason_missing",
            Self::AnsweredBefore { .. } => "answered_before",
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
            Self::Syncing { .. } => "syncing",
            Self::AskedToWait { .. } => "rate_limited",
            Self::WriteNotAllowed { .. } => "write_not_allowed",
            Self::WriteNeedsToken { .. } => "write_needs_token",
            Self::ReadOnly { .. } => "only_read",
            Self::NotPreviewed { .. } => "not_previewed",
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
            Self::Syncing { .. } | Self::AskedToWait { .. } => false,
            Self::InUse | Self::NoIndex(_) | Self::Superseded | Self::Home { .. } => false,
            _ => true,
        }
    }

    /// What to do next, where the message alone does not say it.
    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::KeyMissing { .. } | Self::KeyWrong { .. } => {
                "Unlock or bring back the keyring (or key file) that held it and start again. Where it is lost, the \
                 recovery key opens the workspace: `precedent key restore`."
            }
            Self::RuleNotTested { .. } => "Backtest it first: `precedent rule backtest ID`.",
            Self::NotUndone(_) => "It was changed again since: change it by hand, or take the later change back first.",
            Self::NoKnowledge => "Make one with `precedent kb init DIR`, or read one with `precedent kb open DIR`.",
            Self::Broken => "Try again; if it happens again, tell support what was done before.",
            Self::KeyNotKept { .. } => "Unlock the keyring and start again.",
            Self::KeyInside { .. } => "Name a file outside the workspace in PRECEDENT_KEY_FILE.",
            Self::KeysDamaged { .. } => {
                "Put keys.json back from a backup of the folder, or begin anew in another folder."
            }
            Self::NoPlaceForKey(_) => {
                "Unlock the keyring and try again; or choose a passphrase to type at each start (`precedent key \
                 passphrase`); or name a file outside the workspace in PRECEDENT_KEY_FILE: whoever can read that file \
                 can read the workspace."
            }
            Self::PassphraseNeeded => {
                "Start it in a terminal, which asks for it, or name a file that holds it in PRECEDENT_PASSPHRASE_FILE."
            }
            Self::PassphraseWrong => {
                "Type it again. Where it is forgotten, the recovery key opens the workspace: `precedent key restore`."
            }
            Self::PassphraseShort { .. } => "Take four or five words that do not belong together.",
            Self::NoRecoveryKey | Self::RecoveryKeyWrong => "Without it only the keyring that held the key can help.",
            Self::RecoveryKeyMistyped => "Compare it group by group with what was written down.",
            Self::InUse => "Close the other window, or do this in it.",
            Self::NoIndex(_) => "Ask again in a moment, or ask in the other window.",
            Self::Following(error) => return error.hint(),
            Self::Erasing(_) => "Free some space and do it again: it clears what is left.",
            Self::NotFound { .. } => "Check the id, or search for it.",
            Self::Ambiguous { .. } => "Write the source in front of it, as in the list.",
            Self::Home { .. } if self.code() != "disk_full" => "Check that the folder exists, is yours and has room.",
            Self::NothingToMeasure => {
                "Duplicates, merged tickets, known errors and links made by hand say so: import them, or link two tickets."
            }
            Self::ReasonMissing => "Say one with --reason.",
            Self::AnsweredBefore { .. } => "Read that answer. To hand it over all the same, say why with --although.",
            Self::BundleFile { .. } => {
                "Check the name. A file that is there already is never written over, and a folder has to be there."
            }
            Self::BundleAuthorUnknown { .. } => {
                "Ask them for their code on a way that you trust. Where it is the same, open the file with it (--trust CODE)."
            }
            Self::BundleOld { .. } => "Nothing was changed. Ask its author for the newest one.",
            Self::RepoTaken { .. } => "Give the new one another name, or remove the old one first.",
            Self::NoRepo => "Add a clone that lies on this machine, or an address: `precedent code add PATH_OR_URL`.",
            Self::WhichRepo { .. } => "Name one with --repo.",
            Self::WriteNotAllowed { needs, .. } => {
                return Some(format!(
                    "Add the source again with the option write=yes and a token that may write. It needs: {needs}."
                ));
            }
            Self::WriteNeedsToken { .. } => "Make one and give it along; the one that is there need not be allowed to.",
            Self::ReadOnly { .. } => "Write to a source of another kind, or copy the text.",
            Self::NotPreviewed { .. } => "Look at it once more, then send what is shown.",
            Self::OutboxState { .. } => "Look at it once more: it has moved on.",
            Self::NotEmpty => "The sample fills empty workspaces only; choose another home folder for it.",
            _ => match self.code() {
                _ if self.spoilt_index().is_some() => "It is made anew from the database; ask again in a moment.",
                "disk_full" => "Free some space; nothing was lost, and it goes on from the last commit.",
                "no_keyring" | "keyring_locked" => {
                    "Unlock the keyring and start again. On a machine without one, name a file outside the workspace in \
                     PRECEDENT_KEY_FILE: whoever can read that file can read the workspace."
                }
                "not_encrypted" => "Import the exports into a new workspace, then delete this one.",
                "newer_schema" => "Install the newer version of Precedent; this one leaves the workspace as it is.",
                "pack_missing" | "pack_io" => "Check the file's name, and that it can be read.",
                "pack_foreign" | "pack_damaged" => {
                    "Fetch or make the pack again (`cargo xtask model`) and install that. Until then cases are found by words alone."
                }
                "bundle_tampered" | "bundle_unsigned" | "bundle_cut_off" | "bundle_malformed" => {
                    "Nothing of it was used. Ask its author to send it once more, on another way."
                }
                "bundle_foreign" | "bundle_too_large" => "Choose a file that Precedent saved as a case bundle.",
                "bundle_newer" => "Install the newer version of Precedent; nothing of the file was used.",
                "pack_newer" => "Install the newer version of Precedent, or a pack that belongs to this one.",
                "mapping_wrong" => {
                    "Write a field, an equals sign and one of the file's columns, as in created_at=Opened."
                }
                "database_damaged" | "database_missing" => {
                    "Mend the workspace (`precedent doctor --repair`): what cannot be read is moved aside, and what can be, or \
                     the newest copy, takes its place."
                }
                "unknown_field" => return Some(fields_hint()),
                code => return hint_of(code).map(str::to_owned),
            },
        };
        Some(hint.into())
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

fn fields_hint() -> String {
    format!("Fields are {}. In quotes it is searched for as words.", index::FIELDS.join(", "))
}

/// What to do about a source, by the code of what stopped it.
pub(crate) fn hint_of(code: &str) -> Option<&'static str> {
    Some(match code {
        "bad_cursor" => "Search again from the start.",
        "bad_field_value" => "In quotes it is searched for as words.",
        "arrival_unknown" => {
            "Look there. Where it did not arrive, say so and it is sent again; where it did, drop it here."
        }
        "changed_since_shown" => "Write it once more, look at it, and drop this one.",
        "source_taken" => "Give the new one another name.",
        "address_refused" => "Write the address as the server's own page shows it in a browser.",
        "address_forbidden" => {
            "Where a server in your own network is meant, add it again with --option private=yes; else ask who runs the \
             name server."
        }
        "redirect_refused" => "Where the server has moved, add the source under its new address.",
        "name_unknown" => "Check the address, and that this machine is online. A server of your own may want its VPN.",
        "unreachable" | "timed_out" | "broken_off" | "server_trouble" | "proxy_failed" => {
            "What came before is stored; the next sync goes on from there."
        }
        "certificate_refused" => {
            "Ask who runs the server. Where its certificates come from an authority of your own, name its file with \
             --option ca=FILE."
        }
        "rate_limited" => "It goes on from here after that. A token allows many more requests than none.",
        "token_missing" => "Unlock or bring back what held it, or add the source again with the token.",
        "token_refused" => {
            "Make a new token and add the source again with it. What came before stays readable for a week, and is then \
             deleted here."
        }
        "sign_in_failed" => {
            "Sign in once more. An administrator sees the client and where it comes back to under OAuth clients."
        }
        "signed_out" => "Sign in again: `precedent source sign-in NAME`. What came before stays readable for a week.",
        "port_taken" => "End the other program, then sign in once more.",
        "access_denied" | "not_there" => {
            "Ask who runs it for access, then test the source. What came before stays readable for a week, and is then deleted \
             here."
        }
        "answer_too_large" | "answer_unreadable" | "answer_unexpected" | "endless_pages" => {
            "Nothing of this page was stored. Try again; where it stays so, tell who runs the server."
        }
        _ => return None,
    })
}

/// Capital first, full stop last: errors are read by people.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let stop = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
