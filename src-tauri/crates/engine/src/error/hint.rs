//! What to do next, where an error alone does not say it.

use super::Error;

impl Error {
    /// What to do next, where the message alone does not say it.
    pub(super) fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::KeyMissing { .. } | Self::KeyWrong { .. } => {
                "Unlock or bring back the keyring (or key file) that held it and start again. Where it is lost, the \
                 recovery key opens the workspace: `precedent key restore`."
            }
            Self::RuleNotTested { .. } => "Backtest it first: `precedent rule backtest ID`.",
            Self::NothingToPractise => {
                "Link duplicates, or import tickets whose history says so; or choose another product."
            }
            Self::NotUndone(_) => "It was changed again since: change it by hand, or take the later change back first.",
            Self::NoKnowledge => "Make one with `precedent kb init DIR`, or read one with `precedent kb open DIR`.",
            Self::Broken => "Try again; if it happens again, tell support what was done before.",
            Self::TokensSealed { .. } => {
                "Put it back from a backup of the folder; or move it away, and add each source again with its token."
            }
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
            Self::NotAgreed { .. } => "Look at it; to run it with your rights, agree (--run).",
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
        "knowledge_may_not" => {
            "Give it on a branch, where somebody who may publish it looks at it: `precedent kb push --branch NAME`."
        }
        "knowledge_calls" => "Put calls.yml of the folder right; until then runbooks call nothing.",
        "knowledge_people" => "Put people.yml of the team right, then share it once more.",
        "knowledge_not_signed" => "Unlock the key that git signs with, then do it once more.",
        "call_not_allowed" => {
            "Whoever leads the team names its address in calls.yml of the knowledge folder, below `allowed:`."
        }
        "call_not_seen" => "Look at it once more, then send what is shown.",
        "source_taken" => "Give the new one another name.",
        "address_refused" => "Write the address as the server's own page shows it in a browser.",
        "address_private" => "Where a server in your own network is meant, add it with --option private=yes.",
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
        "certificate_file" => "Name a file that you may read, with certificates in PEM, with --option ca=FILE.",
        "battery_low" => {
            "What came before is stored. It goes on by itself once there is mains or charge, where sources are asked by \
             themselves; or sync it again to go on regardless."
        }
        "rate_limited" => "It goes on from here after that. A token allows many more requests than none.",
        "token_missing" => {
            "Unlock or bring back what held it, or add the source again with the token; `precedent sync NAME --ask-token` asks \
             for it and keeps it for that run only."
        }
        "token_needed" => {
            "Add the source again with a token, or give one for this run: `precedent sync NAME --ask-token`. What came before \
             stays."
        }
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
