/** What is said before a workspace opens, and once when it is new. */
export const shut = {
  title: 'This workspace does not open',
  lead: 'Nothing in it was changed.',
  mend: 'Mend the workspace',
  mendLead: 'What can still be read is kept. What cannot is moved aside, never deleted, and the newest copy takes its place; what people wrote comes back from the newest place that has it.',
  mending: 'Reading every page and the copies. A large workspace takes a minute.',
  locked: 'This workspace is locked',
  lockedLead: 'It opens with its passphrase.',
  homeless: 'Where should the key go?',
  homelessLead: 'Everything that Precedent stores is encrypted, and no keyring on this machine can keep the key. Unlock one and try again, or choose a passphrase.',
  passphrase: 'Passphrase',
  fresh: 'New passphrase',
  again: 'The same again',
  choose: 'Encrypt under this passphrase',
  chooseHint: 'At least 12 characters; four or five words that do not belong together are good. It is asked for at each start. If it is forgotten, only a recovery key opens the workspace.',
  recovery: 'Recovery key',
  recoveryLead: 'Or open it with the recovery key that was written down.',
  forgotten: 'The passphrase is forgotten',
  forgottenLead: 'The recovery key opens the workspace too, under a new passphrase.',
  recoveryFresh: 'No keyring takes a new key here: a passphrase opens the workspace from then on.',
  open: 'Open',
  recover: 'Open with the recovery key',
  differ: 'The two differ.',
};

export const offer = {
  label: 'Recovery key',
  lead: 'This workspace is encrypted, and its key lies in one place. A recovery key on paper opens it when that is lost.',
  make: 'Make a recovery key',
  later: 'Not now',
};
