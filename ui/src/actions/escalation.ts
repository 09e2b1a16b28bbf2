import type { Action } from '../actions';
import type { App } from '../state/app.svelte';
import { focusOn } from '../state/places.svelte';
import { EFFORTS, REASONS, STATES, escalation as words, escalationState, reasonNames } from '../text/escalation';
import { evidence } from '../text/evidence';

const isMade = (app: App) => app.escalating.draft.value !== null;
/** The escalation that is open. */
const one = (app: App) => (app.screen === 'escalations' ? app.escalations.one.value : null);
const answerable = (app: App) => {
  const state = one(app)?.row.state;
  return state !== undefined && !['closed', 'withdrawn'].includes(state);
};
/** On the list, where something was begun. */
const begun = (app: App) => app.screen === 'escalations' && one(app) === null && (app.escalations.drafts.value?.length ?? 0) > 0;
/** The commit that is to be tried next. */
const next = (app: App) => (one(app) ? (app.evidence.bisect?.next ?? null) : null);

const STATE_KEYS: Record<(typeof STATES)[number], string> = { submitted: 's', acknowledged: 'a', needs_info: 'q', in_progress: 'p', answered: 'w', fix_released: 'r', closed: 'x', withdrawn: 'd' };
const SAID = [['good', 'h g'], ['bad', 'h x'], ['skip', 'h y']] as const;

/** In the package sheet, and where an engineer looks at what was handed over. */
export const escalationActions: Action[] = [
  ...REASONS.map(
    (reason, at): Action => ({ id: `reason-${reason}`, title: words.because(reasonNames[reason]), group: 'Escalation', icon: 'handoff', keys: [`i ${at + 1}`], sheet: 'escalate', when: isMade, run: (app) => app.escalating.choose(reason) }),
  ),
  { id: 'package-missing', title: words.goMissing, group: 'Escalation', icon: 'circle-dashed', keys: ['i m'], sheet: 'escalate', when: (app) => app.escalating.missing.length > 0, run: (app) => app.escalating.goMissing() },
  { id: 'package-waive', title: words.waiveMissing, group: 'Escalation', icon: 'close', keys: ['i n'], sheet: 'escalate', when: (app) => app.escalating.missing.length > 0, run: (app) => app.escalating.waiveMissing() },
  { id: 'package-repeat', title: words.openRepeated, group: 'Escalation', icon: 'ticket', keys: ['i o'], sheet: 'escalate', when: (app) => app.escalating.repeat !== null, run: (app) => app.escalating.openRepeat() },
  { id: 'package-copy', title: words.copy, group: 'Escalation', icon: 'copy', keys: ['i c'], sheet: 'escalate', when: isMade, run: (app) => app.escalating.copy() },
  { id: 'package-issue', title: words.issue, group: 'Escalation', icon: 'note', keys: ['i i'], sheet: 'escalate', when: isMade, run: (app) => app.escalating.issue() },
  { id: 'package-note', title: words.noteOnly, group: 'Escalation', icon: 'check', keys: ['i k'], sheet: 'escalate', when: isMade, run: (app) => app.escalating.note() },
  { id: 'package-file', title: words.bundle, group: 'Escalation', icon: 'upload', keys: ['i f'], sheet: 'escalate', when: isMade, run: (app) => app.escalating.save() },

  { id: 'draft-go-on', title: words.goOnLast, group: 'Escalation', icon: 'circle-dashed', keys: ['i v'], when: begun, run: (app) => app.escalations.goOn() },
  { id: 'draft-throw-away', title: words.throwAwayLast, group: 'Escalation', icon: 'close', keys: ['i z'], when: begun, run: (app) => app.escalations.throwAway() },
  { id: 'escalation-all', title: words.back, group: 'Escalation', icon: 'back', keys: ['i b'], when: (app) => one(app) !== null, run: (app) => app.escalations.back() },
  { id: 'escalation-ticket', title: words.openItsTicket, group: 'Escalation', icon: 'ticket', keys: ['i t'], when: (app) => one(app)?.ticket_here === true, run: (app) => app.escalations.openTicket() },
  { id: 'escalation-line', title: words.openLine, group: 'Escalation', icon: 'ran', keys: ['i l'], when: (app) => (one(app)?.code.length ?? 0) > 0, run: (app) => app.escalations.openFirstLine() },
  ...STATES.map(
    (state): Action => ({ id: `move-${state}`, title: words.moveTo(escalationState(state).word), group: 'Escalation', icon: 'handoff', keys: [`i ${STATE_KEYS[state]}`], when: (app) => one(app)?.next.includes(state) === true, run: (app) => app.escalations.move(state) }),
  ),
  { id: 'escalation-answer', title: words.goAnswer, group: 'Escalation', icon: 'note', keys: ['i e'], when: answerable, run: () => focusOn('answer') },
  { id: 'escalation-give', title: words.give, group: 'Escalation', icon: 'check', keys: ['i g'], when: (app) => answerable(app) && app.escalations.answered, run: (app) => app.escalations.give() },
  { id: 'escalation-return', title: words.returnIt, group: 'Escalation', icon: 'upload', keys: ['i u'], when: (app) => one(app)?.answer != null && one(app)?.row.author != null, run: (app) => app.escalations.sendBack() },
  ...EFFORTS.map(
    (minutes, at): Action => ({ id: `effort-${minutes}`, title: words.took(words.efforts[minutes] ?? ''), group: 'Escalation', icon: 'clock', keys: [`b ${at + 1}`], when: answerable, run: (app) => app.escalations.took(minutes) }),
  ),
  { id: 'test-agree', title: evidence.goAgree, group: 'Escalation', icon: 'check', keys: ['h u'], when: (app) => app.evidence.possible && app.evidence.draft.value !== null, run: () => focusOn('agree') },
  { id: 'test-copy', title: evidence.copy, group: 'Escalation', icon: 'copy', keys: ['h j'], when: (app) => app.evidence.possible && app.evidence.draft.value !== null, run: (app) => app.evidence.copy() },
  ...SAID.map(
    ([said, key]): Action => ({ id: `bisect-${said}`, title: evidence.isNext(evidence.verdicts[said]), group: 'Escalation', icon: 'search', keys: [key], when: (app) => next(app) !== null, run: (app) => app.evidence.say(next(app)?.commit ?? '', said) }),
  ),
  { id: 'bisect-halve', title: evidence.halve, group: 'Escalation', icon: 'ran', keys: ['h v'], when: (app) => next(app) !== null && app.evidence.agreed && !app.evidence.running, run: (app) => app.evidence.halve() },
  { id: 'bisect-unsay', title: evidence.unsayLast, group: 'Escalation', icon: 'undo', keys: ['h z'], when: (app) => one(app) !== null && (app.evidence.bisect?.said.length ?? 0) > 0, run: (app) => app.evidence.unsayLast() },
];
