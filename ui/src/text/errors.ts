/** What happened, what it means, what to do: keyed by the code of the error. */
import type { HostError } from '../host';

export interface ErrorWords {
  what: string;
  next: string;
}

/** Codes of the page's own doors. */
const ours: Record<string, ErrorWords> = {
  engine_unreachable: {
    what: 'The engine does not answer.',
    next: 'Check that Precedent is still running, then try again. Nothing is lost.',
  },
  clipboard: { what: 'The clipboard did not take the text.', next: 'Select the text and copy it by hand.' },
  unexpected: { what: 'Something went wrong in the window itself.', next: 'Try again; if it happens again, send the details to support.' },
};

/** Codes of the engine. Where its own message says more (a path, an id), it is left out here and shown as it is. */
export const engineWords: Record<string, ErrorWords> = {
  wrong_token: {
    what: 'This page has no valid token.',
    next: 'Open the address that Precedent printed when it started; it carries the token.',
  },
  in_use: { what: 'The workspace is open in another window.', next: 'Close the other one, or do this there.' },
  not_found: { what: 'This is no longer in the workspace.', next: 'It may have been merged or removed at its source.' },
  ambiguous: { what: 'More than one source has this id.', next: 'Put the source before it, as in source:id.' },
  not_empty: { what: 'The workspace already holds tickets.', next: 'The sample is only for an empty workspace.' },
  nothing_to_measure: { what: 'Of no ticket is it known which earlier one it repeats.', next: 'Import duplicates, merged tickets or known errors, or link two tickets.' },
  reason_missing: { what: 'Nothing is handed to engineering without a reason.', next: 'Choose one of the reasons.' },
  not_agreed: { what: 'Nothing was run: nobody agreed to it.', next: 'Look at the test and its command. It runs with your rights.' },
  program_missing: { what: 'What runs the test could not be started.', next: 'Install it, or change the command, then run it again.' },
  write_out_failed: { what: 'The files of a version could not be written out.', next: 'Check the room on the disk and the path of the test.' },
  answered_before: { what: 'Engineering answered the same before.', next: 'Read that answer. To hand it over all the same, say why.' },
  bundle_old: { what: 'A newer bundle of this case was opened before.', next: 'Nothing was changed. Ask its author for the newest one.' },
  bundle_tampered: { what: 'This bundle is not as its author signed it.', next: 'Nothing of it was used. Ask its author to send it once more, on another way.' },
  bundle_unsigned: { what: 'Nobody signed this bundle.', next: 'Nothing of it was used. Ask its author to save it once more.' },
  bundle_cut_off: { what: 'This bundle is cut off, or has something behind its end.', next: 'Nothing of it was used. Ask its author to send it once more.' },
  bundle_malformed: { what: 'This bundle is made wrongly.', next: 'Nothing of it was used. Ask its author with what they made it.' },
  bundle_foreign: { what: 'This is no case bundle.', next: 'Choose a file that Precedent saved as a case bundle.' },
  bundle_too_large: { what: 'This file is larger than any case bundle.', next: 'Choose a file that Precedent saved as a case bundle.' },
  bundle_newer: { what: 'This bundle was made by a newer version of Precedent.', next: 'Install that version; nothing of the file was used.' },
  disk_full: { what: 'The disk is full.', next: 'Free some space; what was stored so far is safe.' },
  database_damaged: { what: 'The database file is damaged.', next: 'It was left as it is until somebody mends it.' },
  database_missing: { what: 'The database file is gone.', next: 'Nothing takes its place until somebody mends it.' },
  newer_schema: { what: 'A newer Precedent wrote this workspace.', next: 'Install that version; this one leaves the file as it is.' },
  index_corrupt: { what: 'The search index is damaged.', next: 'It is made anew from the database; no ticket is lost. Ask again in a moment.' },
  index_elsewhere: { what: 'Another Precedent is making the search index anew.', next: 'Ask again in a moment, or ask in the other window.' },
  address_refused: { what: 'That address cannot be a source.', next: 'Write it as a browser shows it, with https.' },
  address_private: { what: 'That address lies in a private network; nothing was sent.', next: 'Where a server of your own is meant, tick “It is on our own network” under “More”, then go on.' },
  address_forbidden: { what: 'The address leads to a place that this source may not reach.', next: 'Where a server in your own network is meant, choose “Change” at the source and tick “It is on our own network” under “More”; else ask who runs the name server.' },
  redirect_refused: { what: 'The server sent us on to another server, and nothing was sent there.', next: 'Add the source under its new address.' },
  name_unknown: { what: 'The server’s name could not be looked up.', next: 'Check the address, and that this machine is online. A server of your own may want its VPN.' },
  unreachable: { what: 'The server cannot be reached.', next: 'What came before is stored; the next sync goes on from there.' },
  timed_out: { what: 'The server was silent for too long.', next: 'What came before is stored; the next sync goes on from there.' },
  certificate_refused: { what: 'The server could not prove who it is, and nothing was sent.', next: 'Ask who runs it. Where its certificates come from an authority of your own, choose “Change” at the source and name its file under “More”.' },
  certificate_file: { what: 'The file of your own authority cannot be read.', next: 'Choose “Change” at the source, and name a file under “More” that you may read, with certificates in PEM.' },
  battery_low: { what: 'The battery is nearly empty, so it was not read any further.', next: 'What came before is stored. It goes on by itself once it is charged, where sources are asked by themselves; or choose “Sync” to go on regardless.' },
  server_trouble: { what: 'The server has trouble of its own.', next: 'What came before is stored; the next sync goes on from there.' },
  rate_limited: { what: 'The server takes no more requests for now.', next: 'It goes on from here later. With a token many more are allowed.' },
  token_needed: { what: 'The server answers nobody without a token, and none was sent.', next: 'Choose “Give the token” at the source. What came before stays.' },
  token_refused: { what: 'The server no longer accepts the token.', next: 'Make a new one and choose “Give the token” at the source. What came before stays readable for a week, and is then deleted here.' },
  sign_in_failed: { what: 'Signing in did not work.', next: 'Sign in once more. The client and its redirect URL stand under OAuth clients in the service.' },
  signed_out: { what: 'The sign-in has ended.', next: 'Sign in again. What came before stays readable for a week, and is then deleted here.' },
  port_taken: { what: 'Another program holds the port that the browser comes back to.', next: 'End it, then sign in once more.' },
  tokens_sealed: { what: 'The file with the tokens cannot be opened: it was changed or damaged.', next: 'Put it back from a backup, or move it away and add each source again.' },
  token_file: { what: 'The file with the tokens cannot be read or written.', next: 'Check that the folder is yours and has room.' },
  token_missing: { what: 'The token is not where it was put.', next: 'Unlock what held it, or choose “Give the token” at the source.' },
  access_denied: { what: 'The server does not allow this any more.', next: 'Ask who runs it for access, then test the source. What came before stays readable for a week, and is then deleted here.' },
  not_there: { what: 'It is not there, or not for this account.', next: 'Check the address; a private repository needs a token.' },
  endless_pages: { what: 'The server gives the same page again and again.', next: 'What came before it is stored. Tell who runs the server.' },
  source_taken: { what: 'Another source has this name.', next: 'Give the new one another name.' },
  write_not_allowed: { what: 'Nobody allowed yet that something is written there.', next: 'Choose “Change” at the source in the settings, and allow it under “More”, with a token that may write.' },
  write_needs_token: { what: 'Writing there needs a token that may.', next: 'Make one and give it along; the one that is there need not be allowed to.' },
  only_read: { what: 'That source is only read.', next: 'Write to a source of another kind, or copy the text.' },
  package_changed: { what: 'The package changed since it was shown, so it was not handed over.', next: 'It is shown as it is now: look at it, then hand it over.' },
  not_previewed: { what: 'That is not what was shown, so it was not sent.', next: 'Look at it once more, then send what is shown.' },
  outbox_state: { what: 'It has moved on meanwhile.', next: 'Look at it once more.' },
  syncing: { what: 'This source is being asked already.', next: 'Wait for its end; it is shown below.' },
  pack_missing: { what: 'There is no such file.', next: 'Check the path.' },
  pack_io: { what: 'The pack could not be read.', next: 'Check that the file may be read.' },
  pack_foreign: { what: 'That is no semantic pack.', next: 'Choose the file that ends in .pack.' },
  pack_damaged: { what: 'The semantic pack is damaged.', next: 'Fetch it again and install that. Until then cases are found by their words.' },
  pack_newer: { what: 'The semantic pack was made for a newer version of Precedent.', next: 'Install that version, or a pack that belongs to this one.' },
  no_repository: { what: 'There is no git repository in that folder.', next: 'Choose the folder that holds .git, or a bare repository.' },
  repository_not_owned: { what: 'The repository belongs to somebody else, and git does not trust it.', next: 'Change its owner, or make a clone of your own.' },
  repository_odd: { what: 'The repository holds things that no repository holds.', next: 'It was left alone. Make a fresh clone and add that.' },
  repository_extension: { what: 'The repository leaves part of itself elsewhere.', next: 'Make a whole clone, without --filter.' },
  repository_unreadable: { what: 'The repository is damaged.', next: 'Let git check it (git fsck), or make a fresh clone.' },
  repository_too_large: { what: 'The repository took too long or is too large, and was given up.', next: 'What was known before stays. Try again when the machine is idle.' },
  repository_taken: { what: 'Another repository has this name.', next: 'Give the new one another name.' },
  repository_address: { what: 'That address of a repository cannot be used.', next: 'Use https:// or ssh:// without a password in it: your own git keeps the credentials.' },
  repository_unreachable: { what: 'The server of the repository could not be reached.', next: 'What was fetched before still answers. Try again when there is a network.' },
  repository_denied: { what: 'The server does not let your git read this repository, or has none there.', next: 'Check the address, and that git fetches it in a terminal without asking.' },
  no_repository_added: { what: 'No repository was added yet.', next: 'Add a clone that lies on this machine, or an address.' },
  which_repository: { what: 'There are several repositories.', next: 'Choose one of them.' },
  no_knowledge: { what: 'There is no knowledge folder there.', next: 'Make one here, or choose the folder that holds known-errors, articles or runbooks.' },
  no_knowledge_chosen: { what: 'No knowledge folder was chosen yet.', next: 'Choose one in the settings, or make one.' },
  knowledge_folder_taken: { what: 'That folder holds something else already.', next: 'Choose an empty one.' },
  knowledge_file: { what: 'A file of the knowledge folder could not be read or written.', next: 'Check who may write there and whether the disk is full, then try again.' },
  knowledge_too_large: { what: 'The folder holds more files than a team writes.', next: 'Choose the knowledge folder itself, not one above it.' },
  git_identity_missing: { what: 'Git does not know who you are on this machine.', next: 'Set your name and address once, in a terminal: git config --global user.name, then user.email.' },
  shared_folder_not_trusted: { what: 'Git does not trust the shared folder: somebody else owns it.', next: 'Where you trust them, say so once: git config --global --add safe.directory and the folder.' },
  knowledge_half_done: { what: 'A merge was begun with git and not ended, or no branch is checked out.', next: 'End it with git, then try again.' },
  knowledge_not_shared: { what: 'The folder is shared with nobody yet.', next: 'Say where to share it.' },
  knowledge_shared_elsewhere: { what: 'The folder is shared somewhere else already.', next: 'Change that with git: git remote set-url origin and the address.' },
  knowledge_address: { what: 'A folder cannot be shared there.', next: 'Take an address over https or ssh without a password, or a folder with its whole path.' },
  knowledge_setting: { what: 'The repository’s own settings may run a program or lead elsewhere.', next: 'Take that setting out; where you need it, put it into your own git settings.' },
  knowledge_in_the_way: { what: 'Edited files stand in the way of the team’s changes.', next: 'Commit them with git or move them away, then get the changes again.' },
  knowledge_sign_in: { what: 'The server does not let git in.', next: 'Sign in once with your own git, in a terminal, then try again.' },
  knowledge_may_not: { what: 'You may not publish this there.', next: 'Choose to have it looked at: it is given on a branch, to somebody who may publish it.' },
  knowledge_unreachable: { what: 'The team’s place cannot be reached.', next: 'What you wrote is committed here. Try again when you are connected.' },
  knowledge_remote_missing: { what: 'There is no repository at that place, or not for you.', next: 'Check the address, and whether you may read it.' },
  knowledge_remote: { what: 'Git gave up.', next: 'Read what it said; nothing here was changed.' },
  knowledge_faster: { what: 'The team was faster each time.', next: 'Try again in a moment.' },
  still_marked: { what: 'Both sides still stand in the text, between marks.', next: 'Keep one of each, or both, and take the marks away.' },
  entry_too_large: { what: 'A file is too large to be with everybody for ever.', next: 'Keep it elsewhere.' },
  runbook_tier: { what: 'This runbook is for a higher tier.', next: 'Hand the ticket over, or ask somebody there.' },
  runbook_approval: { what: 'Somebody has to agree first.', next: 'Note who agreed, then go on.' },
  bad_branch: { what: 'That cannot be the name of a branch.', next: 'Use letters, digits, dashes and slashes.' },
  bad_entry_id: { what: 'That cannot be the name of a file on every system.', next: 'Use letters, digits, dots, dashes and underscores.' },
  entry_changed: { what: 'Somebody else changed this file meanwhile.', next: 'Close the editor, open the rule again, and do it once more.' },
  rule_wrong: { what: 'The rule cannot be used as it is.', next: 'Put right what is named below its text.' },
  rule_not_backtested: { what: 'This rule was not tested as it is now.', next: 'Backtest it first.' },
  entry_exists: { what: 'There is an entry of this name already.', next: 'Open that one, or choose another name.' },
  git_failed: { what: 'Git could not be run.', next: 'Check that git is installed, then try again.' },
  history_unreadable: { what: 'What was kept of the repository was written by another version.', next: 'Read the repository again.' },
  no_keyring: { what: 'No keyring can keep the key of this workspace.', next: 'Unlock the keyring and try again.' },
  keyring_locked: { what: 'The keyring is locked.', next: 'Unlock it and try again.' },
  no_place_for_key: { what: 'No keyring on this machine can keep a key.', next: 'Unlock the keyring and try again, or choose a passphrase.' },
  passphrase_needed: { what: 'This workspace opens with a passphrase.', next: 'Type it to open the workspace.' },
  passphrase_wrong: { what: 'This is not the passphrase of this workspace.', next: 'Type it again; where it is forgotten, the recovery key opens the workspace.' },
  passphrase_short: { what: 'This passphrase is guessed too quickly.', next: 'Take at least 12 characters: four or five words that do not belong together.' },
  recovery_key_mistyped: { what: 'A letter of the recovery key is wrong or missing.', next: 'Compare it group by group with what was written down.' },
  recovery_key_wrong: { what: 'This recovery key opens another workspace, or was replaced by a later one.', next: 'Look for the one that was made last.' },
  no_recovery_key: { what: 'No recovery key was ever made for this workspace.', next: 'Only the keyring that held the key can help.' },
  key_missing: { what: 'The key of this workspace is not where it was put.', next: 'Unlock or bring back the keyring that held it, then try again.' },
  key_wrong: { what: 'Another key lies where this workspace’s was put.', next: 'Bring back the keyring that held it, then try again.' },
  key_not_kept: { what: 'The keyring did not keep the key.', next: 'Unlock it and try again; nothing was stored without it.' },
  key_inside: { what: 'The key file lies in the folder that it opens.', next: 'Move it elsewhere: a key beside its lock protects nothing.' },
  key_file_failed: { what: 'The key file cannot be read or written.', next: 'Check that it is there and yours, then try again.' },
  key_file_shared: { what: 'Other people on this machine can read the key file.', next: 'Make it readable for its owner alone (mode 600), then try again.' },
  keys_damaged: { what: 'The workspace’s keys.json is missing or damaged.', next: 'Put it back from a backup of the folder; without it nothing there can be read.' },
  not_encrypted: { what: 'This workspace was written before workspaces were encrypted.', next: 'Import the exports into a new workspace, then delete this one.' },
  file_missing: { what: 'There is no file at that place.', next: 'Check the path; a file can also be dropped on the window.' },
  folder_without_exports: { what: 'That folder holds no export.', next: 'Name a file, or a folder with .jsonl, .json or .csv files.' },
  file_unreadable: { what: 'The file cannot be opened.', next: 'Check that it is yours to read, then try again.' },
  file_cut_off: { what: 'The file ends in the middle.', next: 'Fetch it again; what was read so far is stored.' },
  file_unpacks_too_far: { what: 'The file unpacks to far more than an export holds.', next: 'What was read so far is stored. If it is a true export, unpack it by hand and import that.' },
  file_not_text: { what: 'The file is not text.', next: 'Export it as JSON or CSV; .gz and .zst may stay packed.' },
  format_unknown: { what: 'The file has none of the known formats.', next: 'Choose its format by hand and try again.' },
};

/** The engine's own way out is a command line; here it is on the screen. */
const here = /^(passphrase|recovery_key|key|keyring|no_keyring|no_place_for_key|no_recovery_key|database_|token_)/;

/** A hint that names what is typed in a terminal: the window has its own words for it. */
const typed = /`precedent |--[a-z]|\b(private|ca|write|client)=/;

const known: Record<string, ErrorWords> = { ...ours, ...engineWords };

/** Where the engine knows better than a code can: which host, which permission, in whose words. */
const precise = /^(access_denied|certificate_file|certificate_refused|knowledge_may_not|name_unknown|not_there|sign_in_failed)$/;

export function errorWords(error: Pick<HostError, 'code' | 'message' | 'hint' | 'retryable'>): ErrorWords {
  const words = known[error.code];
  if (words) return { what: precise.test(error.code) && error.message !== '' ? error.message : words.what, next: here.test(error.code) || typed.test(error.hint ?? '') ? words.next : (error.hint ?? words.next) };
  return {
    what: error.message,
    next: error.hint ?? (error.retryable ? 'Try again.' : 'If it happens again, send the details to support.'),
  };
}
