import { escalationActions } from './actions/escalation';
import { sourceActions } from './actions/source';
import type { IconName } from './parts/icons';
import type { App, Sheet } from './state/app.svelte';
import { FILTERS } from './state/queue.svelte';
import { openWhatIf } from './state/severe.svelte';
import { THEMES, ZOOM } from './state/preferences.svelte';
import { adapted } from './text/adapted';
import { caseFiles } from './text/case-files';
import { codeTickets } from './text/code-tickets';
import { codeView } from './text/code-view';
import { deeds } from './text/deeds';
import { digest } from './text/digest';
import { escalation } from './text/escalation';
import { evidence } from './text/evidence';
import { exam } from './text/exam';
import { insights } from './text/insights';
import { judged } from './text/judged';
import { capture, curate, followUps } from './text/curation';
import { known, steps } from './text/known-errors';
import { model } from './text/model';
import { outbox } from './text/outbox';
import { programme } from './text/programme';
import { reasons } from './text/reasons';
import { rules } from './text/rules';
import { runbooks } from './text/runbooks';
import { severity } from './text/severity';
import { sharing } from './text/sharing';
import { training } from './text/training';
import { triage } from './text/triage';
import { codeMap, deploys, repositories } from './text/repositories';
import { whyNot } from './text/why-not';
import { words } from './text/words';

export const GROUPS = ['Go', 'Move', 'This hit', 'This answer', 'Escalation', 'Queue', 'Workspace', 'View'] as const;
export type ActionGroup = (typeof GROUPS)[number];

/** One thing that can be done. This list feeds the shortcuts, the command palette and the shortcut sheet. */
export interface Action {
  id: string;
  title: string;
  group: ActionGroup;
  icon?: IconName;
  /** As in keys.ts; several keys may do the same. Nothing is without one. */
  keys: [string, ...string[]];
  /** Whether it makes sense now. Without it, it always does. */
  when?: (app: App) => boolean;
  /** Also while typing into a field. */
  whileTyping?: boolean;
  /** Makes no sense from a palette: it moves a cursor that the palette covers. */
  keyOnly?: boolean;
  /** Belongs to this sheet: it has the keyboard while the sheet is open, and the palette over it lists it. */
  sheet?: Exclude<Sheet, null>;
  run: (app: App) => unknown;
}

/** The file in an editor that is not saved. */
const edited = (app: App) => [app.screen === 'rules' ? app.rules : null, app.screen === 'known' ? app.known : null].find((one) => one?.changed) ?? null;
const onSeen = (app: App) => app.screen === 'seen';
/** Where Enter belongs to the list and not to a button in it. */
const onRow = (app: App) => (onSeen(app) && (app.moves.zone === 'queue' || app.moves.onItem)) || (onRows(app) && app.moves.zone === 'exam-rows');
/** The tickets behind a number of the exam are shown. */
const onRows = (app: App) => app.screen === 'exam' && app.exam.opened !== null;
/** Figures are shown. */
const onFigures = (app: App) => app.screen === 'insights' && app.insights.view.value !== null;
/** How severe something is stands on screen. */
const hasSeverity = (app: App) =>
  (onFigures(app) && (app.insights.view.value?.bursts.length ?? 0) > 0) || (onSeen(app) && app.places.current.kind === 'known_error' && (app.knownErrors.ask.value?.impact.tickets ?? 0) > 0);
const onList = (app: App) => onSeen(app) || onRows(app);
const ran = (app: App) => app.seen.answer?.ran.length ?? 0;
/** A file of a repository is shown. */
const onCode = (app: App) => onSeen(app) && app.places.current.kind === 'code';
/** The ticket in the middle. */
const onTicket = (app: App) => (onSeen(app) && app.places.current.kind === 'ticket' ? app.places.current.id : null);
/** The banner of a ticket has steps, and nobody said yet what came of them. */
const onWorkaround = (app: App) => {
  const { banner } = app.seen;
  return onSeen(app) && banner !== null && banner.workaround.length > 0 && app.steps.views.get(banner.id)?.outcome === null;
};
const hasItem = (app: App) => onSeen(app) && app.seen.selected !== null;

export const actions: Action[] = [
  { id: 'palette', title: 'Show all commands', group: 'Go', icon: 'command', keys: ['mod+k'], whileTyping: true, run: (app) => app.openPalette() },
  { id: 'shortcuts', title: 'Show the keys', group: 'Go', icon: 'keyboard', keys: ['?'], run: (app) => (app.sheet = 'shortcuts') },
  { id: 'go-seen', title: 'Go to Seen before', group: 'Go', icon: 'history', keys: ['g s'], run: (app) => app.go('seen') },
  { id: 'go-known', title: known.go, group: 'Go', icon: 'workaround', keys: ['g k'], run: (app) => app.go('known') },
  { id: 'go-curate', title: curate.go, group: 'Go', icon: 'circle-check', keys: ['g z'], run: (app) => app.go('curate') },
  { id: 'curate-all', title: curate.chooseAll, group: 'Workspace', icon: 'circle-check', keys: ['b a'], when: (app) => app.screen === 'curate' && app.curating.items.length > 1, run: (app) => app.curating.markAll() },
  { id: 'curate-aside', title: curate.asideChosen, group: 'Workspace', icon: 'close', keys: ['b s'], when: (app) => app.screen === 'curate' && app.curating.chosen.length > 0, run: (app) => app.curating.setAsideChosen() },
  { id: 'curate-validate', title: curate.validateAll, group: 'Workspace', icon: 'check', keys: ['b v'], when: (app) => app.screen === 'curate' && app.curating.drafts.length > 0, run: (app) => app.curating.validateChosen() },
  { id: 'go-follow-ups', title: followUps.go, group: 'Go', icon: 'reply', keys: ['g y'], run: (app) => app.go('follow-ups') },
  { id: 'go-escalations', title: 'Go to Escalations', group: 'Go', icon: 'handoff', keys: ['g e'], run: (app) => app.go('escalations') },
  { id: 'go-rules', title: 'Go to the rules', group: 'Go', icon: 'known-error', keys: ['g l'], run: (app) => app.go('rules') },
  { id: 'go-training', title: training.go, group: 'Go', icon: 'play', keys: ['g g'], run: (app) => app.go('training') },
  { id: 'go-runbooks', title: runbooks.go, group: 'Go', icon: 'list', keys: ['g u'], run: (app) => app.runbooks.go() },
  { id: 'go-insights', title: insights.go, group: 'Go', icon: 'insights', keys: ['g i'], run: (app) => app.go('insights') },
  { id: 'go-programme', title: programme.go, group: 'Go', icon: 'list', keys: ['h p'], run: (app) => app.go('programme') },
  { id: 'go-exam', title: 'Go to the exam', group: 'Go', icon: 'exam', keys: ['g x'], run: (app) => app.go('exam') },
  { id: 'go-outbox', title: outbox.go, group: 'Go', icon: 'upload', keys: ['g o'], run: (app) => app.go('outbox') },
  { id: 'go-settings', title: 'Go to Settings', group: 'Go', icon: 'settings', keys: ['g t'], run: (app) => app.go('settings') },
  { id: 'go-privacy', title: 'Go to Privacy', group: 'Go', icon: 'settings', keys: ['g p'], run: (app) => app.go('privacy') },
  { id: 'search', title: 'Search everything', group: 'Go', icon: 'search', keys: ['/'], run: (app) => app.focusSearch() },
  { id: 'narrow', title: 'Narrow the search', group: 'Go', icon: 'search', keys: ['g n'], when: (app) => onSeen(app) && app.search.typing, run: (app) => app.narrowSearch() },
  { id: 'new-question', title: words.seen.ask, group: 'Go', icon: 'paste', keys: ['p'], run: (app) => app.newQuestion() },
  { id: 'show-queue', title: 'Go to the queue', group: 'Go', icon: 'list', keys: ['g q'], when: onSeen, run: (app) => app.showQueue() },
  { id: 'show-ticket', title: 'Go to the ticket', group: 'Go', icon: 'ticket', keys: ['g d'], when: onSeen, run: (app) => app.showTicket() },
  { id: 'show-pane', title: 'Go to the answer', group: 'Go', icon: 'history', keys: ['g a'], when: onSeen, run: (app) => app.moves.focusPane() },

  { id: 'down', title: 'Next in the list', group: 'Move', keys: ['j'], when: onList, keyOnly: true, run: (app) => app.moves.move(1) },
  { id: 'up', title: 'Previous in the list', group: 'Move', keys: ['k'], when: onList, keyOnly: true, run: (app) => app.moves.move(-1) },
  { id: 'enter', title: 'Open what is selected', group: 'Move', keys: ['Enter'], when: onRow, keyOnly: true, run: (app) => app.moves.openActive() },
  { id: 'next-ticket', title: 'Next ticket', group: 'Move', keys: [']'], when: onSeen, run: (app) => app.moves.step(1) },
  { id: 'previous-ticket', title: 'Previous ticket', group: 'Move', keys: ['['], when: onSeen, run: (app) => app.moves.step(-1) },
  { id: 'back', title: 'One step back', group: 'Move', icon: 'back', keys: ['Escape'], whileTyping: true, keyOnly: true, run: (app) => app.moves.back() },

  { id: 'copy-reply', title: 'Copy reply', group: 'This hit', icon: 'copy', keys: ['y'], when: (app) => onSeen(app) && app.reply.canCopy, run: (app) => app.reply.copy() },
  { id: 'show-redacted', title: 'Show what was redacted in the copy', group: 'This hit', icon: 'copy', keys: ['x'], when: (app) => app.outgoing.last !== null, run: (app) => app.outgoing.show() },
  { id: 'copy-held', title: 'Copy what is meant for the house', group: 'This hit', icon: 'copy', keys: ['v u'], when: (app) => app.outgoing.held !== null, run: (app) => app.outgoing.letGo() },
  { id: 'copy-as-is', title: 'Copy it as it is, nothing redacted', group: 'This hit', icon: 'copy', keys: ['a'], when: (app) => app.outgoing.last !== null, run: (app) => app.outgoing.copyAsIs() },
  { id: 'used', title: 'Mark as used', group: 'This hit', icon: 'check', keys: ['u'], when: hasItem, run: (app) => app.reply.used() },
  { id: 'not-same', title: 'Not the same', group: 'This hit', icon: 'close', keys: ['n'], when: hasItem, run: (app) => app.reply.notSame() },
  { id: 'it-worked', title: steps.worked, group: 'This answer', icon: 'check', keys: ['h w'], when: onWorkaround, run: (app) => app.seen.banner && app.steps.say(app.seen.banner.id, 'worked') },
  { id: 'it-did-not', title: steps.didNotWork, group: 'This answer', icon: 'close', keys: ['h n'], when: onWorkaround, run: (app) => app.seen.banner && app.steps.say(app.seen.banner.id, 'did_not_work') },
  { id: 'why', title: 'Why it is here', group: 'This hit', icon: 'help', keys: ['w'], when: (app) => onSeen(app) && app.seen.explained !== null, run: (app) => app.reply.why() },
  { id: 'open', title: 'Open this case', group: 'This hit', icon: 'ticket', keys: ['o'], when: hasItem, run: (app) => app.openSelected() },
  { id: 'ran', title: 'Show or fold what ran', group: 'This answer', icon: 'ran', keys: ['r'], when: (app) => onSeen(app) && ran(app) > 0, run: (app) => (app.seen.ranOpen = !app.seen.ranOpen) },
  { id: 'go-code', title: 'Go to the code that ran', group: 'This answer', icon: 'ran', keys: ['g c'], when: (app) => onSeen(app) && app.code.asks, run: (app) => app.code.go() },
  { id: 'choose-version', title: 'Choose the version they run', group: 'This answer', icon: 'ran', keys: ['g v'], when: (app) => onSeen(app) && app.code.asks && app.code.repos.length > 0, run: (app) => app.code.goVersion() },
  { id: 'passport', title: 'Show the fix passport', group: 'This hit', icon: 'circle-check', keys: ['v f'], when: (app) => onSeen(app) && app.passports.selected !== null, run: (app) => app.passports.open() },
  { id: 'go-changed', title: 'Go to what changed', group: 'This answer', icon: 'history', keys: ['v c'], when: (app) => onSeen(app) && app.changed.ask.value !== null, run: (app) => app.changed.go() },
  { id: 'all-changes', title: 'Show all or the nearest changes', group: 'This answer', icon: 'list', keys: ['v a'], when: (app) => onSeen(app) && (app.changed.hidden > 0 || app.changed.all), run: (app) => (app.changed.all = !app.changed.all) },
  { id: 'go-who', title: 'Go to who may know', group: 'This answer', icon: 'handoff', keys: ['h k'], when: (app) => onSeen(app) && (app.who.ask.value?.owners.length ?? 0) > 0, run: (app) => app.who.go() },
  { id: 'copy-permalink', title: codeView.permalink, group: 'This answer', icon: 'link', keys: ['v l'], when: (app) => onCode(app) && app.codeView.permalink !== null, run: (app) => app.codeView.copyPermalink() },
  { id: 'open-permalink', title: codeView.open, group: 'This answer', icon: 'external', keys: ['v o'], when: (app) => onCode(app) && app.codeView.permalink !== null, run: (app) => app.codeView.openThere() },
  { id: 'blame', title: codeView.blame, group: 'This answer', icon: 'history', keys: ['v b'], when: onCode, run: (app) => app.codeView.blame() },
  { id: 'code-tickets', title: codeTickets.show, group: 'This answer', icon: 'ticket', keys: ['v i'], when: onCode, run: (app) => app.codeView.tickets.toggle() },
  { id: 'compare', title: 'Compare with another version', group: 'This answer', icon: 'list', keys: ['v d'], when: onCode, run: (app) => app.codeView.goCompare() },
  { id: 'line-today', title: 'This line today', group: 'This answer', icon: 'ran', keys: ['v t'], when: (app) => onCode(app) && app.codeView.today !== null, run: (app) => app.codeView.goToday() },
  { id: 'go-line', title: 'Back to the line that ran', group: 'This answer', icon: 'ran', keys: ['v g'], when: (app) => onCode(app) && app.codeView.spot?.line != null, run: (app) => app.codeView.goLine() },
  { id: 'write-about', title: outbox.write, group: 'This answer', icon: 'note', keys: ['g w'], when: (app) => onSeen(app) && app.places.current.kind === 'ticket' && app.tickets.ask.value !== null, run: (app) => app.writeAbout() },
  { id: 'copy-signature', title: 'Copy the signature', group: 'This answer', icon: 'copy', keys: ['s'], when: (app) => onSeen(app) && ran(app) > 0, run: (app) => app.reply.copySignature() },
  { id: 'same-signature', title: 'Find the tickets with this signature', group: 'This answer', icon: 'search', keys: ['f'], when: (app) => onSeen(app) && ran(app) > 0, run: (app) => app.behind.signature() },
  { id: 'capture', title: capture.here, group: 'This answer', icon: 'file', keys: ['c'], when: (app) => app.capturing.possible !== null, run: (app) => app.capturing.open() },
  { id: 'triage-take', title: triage.takeIt, group: 'This answer', icon: 'check', keys: ['v y'], when: (app) => app.triage.open !== null, run: (app) => app.triage.say(true) },
  { id: 'triage-wrong', title: triage.wrongIt, group: 'This answer', icon: 'close', keys: ['v x'], when: (app) => app.triage.open !== null, run: (app) => app.triage.say(false) },
  { id: 'triage-write', title: triage.writeIt, group: 'This answer', icon: 'note', keys: ['v m'], when: (app) => app.triage.taken !== null, run: (app) => app.triage.write() },
  { id: 'write-link', title: outbox.linkHere, group: 'This answer', icon: 'upload', keys: ['v j'], when: (app) => app.linkToWrite !== null, run: (app) => app.writeLink() },
  { id: 'evidence', title: caseFiles.open, group: 'This answer', icon: 'file', keys: ['v v'], when: (app) => app.caseFiles.possible !== null, run: (app) => app.caseFiles.open() },
  { id: 'escalate', title: escalation.here, group: 'This answer', icon: 'handoff', keys: ['e'], when: (app) => app.escalating.possible !== null, run: (app) => app.escalating.open() },
  { id: 'what-if', title: severity.go, group: 'This answer', icon: 'attention', keys: ['h i'], when: hasSeverity, run: () => openWhatIf() },
  { id: 'why-not', title: whyNot.here, group: 'This answer', icon: 'help', keys: ['q'], when: (app) => onSeen(app) && app.seen.answer !== null, run: (app) => app.whyNot.here() },
  { id: 'cases', title: 'Show the earlier cases', group: 'This answer', icon: 'history', keys: ['l'], when: (app) => onSeen(app) && (app.seen.answer?.verdict.times ?? 0) > 0, run: (app) => app.behind.earlier() },
  { id: 'others', title: 'Show others with the same problem', group: 'This answer', icon: 'duplicate', keys: ['d'], when: (app) => onSeen(app) && (app.seen.answer?.duplicates.last_7d ?? 0) > 0, run: (app) => app.behind.others('week') },
  { id: 'undo', title: 'Undo', group: 'This hit', icon: 'undo', keys: ['z', 'mod+z'], when: (app) => app.toasts.canUndo, run: (app) => app.toasts.undo() },

  ...escalationActions,

  ...FILTERS.map(
    (filter, i): Action => ({
      id: `filter-${filter}`,
      title: `Queue: ${words.queue.filter[filter].toLowerCase()}`,
      group: 'Queue',
      icon: 'list',
      keys: [String(i + 1)],
      when: (app) => onSeen(app) && (filter !== 'triage' || app.triage.total > 0),
      run: (app) => {
        app.search.clear();
        return app.queue.choose(filter);
      },
    }),
  ),

  { id: 'import', title: 'Import a file', group: 'Workspace', icon: 'upload', keys: ['g f'], run: (app) => app.forms.import() },
  { id: 'sample', title: 'Fill with the sample company', group: 'Workspace', icon: 'sample', keys: ['m s'], when: (app) => app.workspace.empty, run: (app) => app.workspace.fillSample() },
  { id: 'reindex', title: 'Rebuild index', group: 'Workspace', icon: 'refresh', keys: ['m i'], when: (app) => app.workspace.running === null, run: (app) => app.workspace.reindex() },
  { id: 'doctor', title: 'Check the workspace', group: 'Workspace', icon: 'doctor', keys: ['m w'], run: (app) => (app.go('settings'), app.workspace.check(false)) },
  { id: 'mend', title: 'Mend the workspace', group: 'Workspace', icon: 'doctor', keys: ['m b'], when: (app) => app.workspace.broken && !app.entrance.busy, run: (app) => app.mend() },
  { id: 'adaptation', title: adapted.toggle, group: 'Workspace', icon: 'exam', keys: ['m v'], when: (app) => app.exam.run?.adaptation?.state === 'gain', run: (app) => app.exam.adapt(!app.exam.run?.adaptation?.on) },
  { id: 'take-exam', title: exam.take, group: 'Workspace', icon: 'exam', keys: ['m e'], when: (app) => !app.exam.running && !app.workspace.empty, run: (app) => app.exam.take() },
  { id: 'next-period', title: insights.next, group: 'Workspace', icon: 'insights', keys: ['h d'], when: onFigures, run: (app) => app.insights.another() },
  ...(['markdown', 'csv', 'html'] as const).map(
    (format, at): Action => ({ id: `save-${format}`, title: `${insights.report.save[format]}: Insights`, group: 'Workspace', icon: 'upload', keys: [`b ${'mnh'[at]}`], when: onFigures, run: (app) => app.insights.save(format) }),
  ),
  { id: 'report-markdown', title: `${insights.report.markdown}: Insights`, group: 'Workspace', icon: 'copy', keys: ['h a'], when: onFigures, run: (app) => app.insights.copy('markdown') },
  { id: 'report-csv', title: insights.report.csv, group: 'Workspace', icon: 'copy', keys: ['h c'], when: onFigures, run: (app) => app.insights.copy('csv') },
  { id: 'report-html', title: insights.report.html, group: 'Workspace', icon: 'copy', keys: ['h h'], when: onFigures, run: (app) => app.insights.copy('html') },
  { id: 'freeze', title: insights.baseline.freeze, group: 'Workspace', icon: 'check', keys: ['h f'], when: onFigures, run: (app) => app.insights.freeze() },
  { id: 'sample-ties', title: judged.sample.go, group: 'Workspace', icon: 'check', keys: ['h s'], when: (app) => !app.workspace.empty, run: (app) => app.judged.go('sample') },
  { id: 'say-reasons', title: reasons.go, group: 'Workspace', icon: 'list', keys: ['h o'], when: (app) => !app.workspace.empty, run: (app) => app.reasons.go() },
  { id: 'always-engineering', title: judged.always.go, group: 'Workspace', icon: 'handoff', keys: ['h e'], when: (app) => !app.workspace.empty, run: (app) => app.judged.go('able') },
  { id: 'copy-programme', title: `${programme.copy}: programme`, group: 'Workspace', icon: 'copy', keys: ['h m'], when: (app) => app.screen === 'programme' && app.programme.view.value !== null, run: (app) => app.programme.copy() },
  { id: 'cancel-job', title: 'Cancel the running job', group: 'Workspace', icon: 'close', keys: ['m x'], when: (app) => app.workspace.running?.cancellable === true, run: (app) => app.workspace.running && app.workspace.cancel(app.workspace.running) },
  { id: 'draft-test', title: evidence.draft, group: 'Workspace', icon: 'file', keys: ['h t'], when: (app) => app.evidence.possible, run: (app) => app.evidence.begin() },
  { id: 'run-test', title: evidence.run, group: 'Workspace', icon: 'ran', keys: ['h r'], when: (app) => app.evidence.possible && app.evidence.agreed && !app.evidence.running, run: (app) => app.evidence.run() },
  { id: 'bisect', title: evidence.search, group: 'Workspace', icon: 'search', keys: ['h b'], when: (app) => app.evidence.possible, run: (app) => app.evidence.search() },
  { id: 'open-bundle', title: escalation.openBundle, group: 'Workspace', icon: 'link', keys: ['g b'], run: (app) => app.forms.openBundle() },
  { id: 'add-source', title: words.settings.addSource, group: 'Workspace', icon: 'link', keys: ['m g'], run: (app) => app.forms.addSource() },
  { id: 'sync-all', title: 'Sync all sources', group: 'Workspace', icon: 'refresh', keys: ['m y'], when: (app) => app.sources.asked.length > 0, run: (app) => app.sources.syncAll() },
  ...sourceActions,
  { id: 'add-repository', title: repositories.add, group: 'Workspace', icon: 'link', keys: ['g r'], run: (app) => app.forms.addRepository() },
  { id: 'code-map', title: codeMap.title, group: 'Workspace', icon: 'link', keys: ['g h'], when: (app) => app.repositories.all.length > 0, run: (app) => app.forms.codeMap() },
  { id: 'keep-code-map', title: codeMap.keep, group: 'Workspace', icon: 'check', keys: ['m h'], when: (app) => app.screen === 'settings' && (app.codeMap.changed || app.codeMap.stored.value?.guessed === true), run: (app) => app.codeMap.keep() },
  { id: 'say-deploy', title: deploys.add, group: 'Workspace', icon: 'check', keys: ['v e'], when: (app) => app.repositories.all.length > 0, run: (app) => app.forms.deploy() },
  { id: 'choose-knowledge', title: 'Choose the knowledge folder', group: 'Workspace', icon: 'link', keys: ['v k'], run: (app) => app.forms.chooseKnowledge() },
  { id: 'read-knowledge', title: 'Read the knowledge folder again', group: 'Workspace', icon: 'refresh', keys: ['m l'], when: (app) => app.knowledge.chosen !== null, run: (app) => app.knowledge.again() },
  { id: 'get-changes', title: sharing.get, group: 'Workspace', icon: 'refresh', keys: ['m j'], when: (app) => app.sharing.shared !== null && !app.sharing.busy, run: (app) => app.sharing.get() },
  { id: 'digest', title: digest.open, group: 'Workspace', icon: 'history', keys: ['v z'], run: (app) => app.digest.open() },
  { id: 'deeds', title: deeds.open, group: 'Workspace', icon: 'undo', keys: ['v h'], run: (app) => app.deeds.open() },
  { id: 'share-to-look-at', title: sharing.toLookAt, group: 'Workspace', icon: 'upload', keys: ['v s'], when: (app) => app.sharing.mayNot, run: (app) => app.sharing.giveToLookAt() },
  { id: 'share-mine', title: sharing.give, group: 'Workspace', icon: 'upload', keys: ['m z'], when: (app) => app.sharing.shared !== null && !app.sharing.busy, run: (app) => app.sharing.give() },
  { id: 'choose-sides', title: sharing.choose, group: 'Workspace', icon: 'duplicate', keys: ['g j'], when: (app) => app.sharing.choosing.length > 0, run: (app) => app.forms.chooseSides() },
  { id: 'make-rule', title: rules.make, group: 'This answer', icon: 'known-error', keys: ['m f'], when: (app) => onTicket(app) !== null, run: (app) => app.rules.make(onTicket(app) ?? '') },
  { id: 'runbook-call', title: runbooks.callHere, group: 'Workspace', icon: 'play', keys: ['v p'], when: (app) => app.screen === 'runbooks' && app.runbooks.callable !== null, run: (app) => app.runbooks.beginCall() },
  { id: 'write-rule', title: rules.write, group: 'Workspace', icon: 'known-error', keys: ['m o'], when: (app) => app.screen === 'rules' && app.rules.all.value !== null, run: (app) => app.rules.begin() },
  { id: 'write-triage-rule', title: rules.writeTriage, group: 'Workspace', icon: 'known-error', keys: ['v n'], when: (app) => app.screen === 'rules' && app.rules.all.value !== null, run: (app) => app.rules.begin(rules.triageStarter) },
  { id: 'save', title: 'Save what is edited', group: 'Workspace', icon: 'check', keys: ['mod+s'], whileTyping: true, when: (app) => edited(app) !== null, run: (app) => edited(app)?.save() },
  { id: 'backtest-rule', title: 'Backtest the rule', group: 'Workspace', icon: 'history', keys: ['mod+Enter'], whileTyping: true, when: (app) => app.screen === 'rules' && app.rules.path !== null, run: (app) => app.rules.backtest() },
  { id: 'update-repositories', title: 'Update all repositories', group: 'Workspace', icon: 'refresh', keys: ['m u'], when: (app) => app.repositories.all.length > 0 || app.code.repos.length > 0, run: (app) => app.repositories.updateAll() },
  { id: 'fetch-mirrors', title: 'Fetch all mirrors', group: 'Workspace', icon: 'refresh', keys: ['m q'], when: (app) => app.repositories.mirrors.length > 0, run: (app) => app.repositories.fetchAll() },
  { id: 'install-pack', title: model.add, group: 'Workspace', icon: 'upload', keys: ['g m'], run: (app) => app.forms.installPack() },
  { id: 'recovery-key', title: 'Make a recovery key', group: 'Workspace', icon: 'key', keys: ['m r'], run: (app) => app.forms.makeRecoveryKey() },
  { id: 'recovery-later', title: 'No recovery key for now', group: 'Workspace', icon: 'close', keys: ['m n'], when: (app) => app.offersRecovery, run: (app) => app.preferences.closeOffer() },
  { id: 'passphrase', title: 'Open with a passphrase', group: 'Workspace', icon: 'key', keys: ['m p'], run: (app) => app.forms.choosePassphrase() },
  { id: 'change-key', title: 'Change the key', group: 'Workspace', icon: 'key', keys: ['m k'], run: (app) => (app.go('settings'), app.keys.rotate()) },
  { id: 'add-rule', title: 'Add a retention rule', group: 'Workspace', icon: 'clock', keys: ['m a'], run: (app) => app.forms.addRule() },
  { id: 'keep-rules', title: 'Keep the retention rules', group: 'Workspace', icon: 'clock', keys: ['m t'], when: (app) => app.screen === 'privacy' && app.privacy.changed, run: (app) => app.privacy.keepRules() },
  { id: 'purge', title: 'Delete a source', group: 'Workspace', icon: 'close', keys: ['m d'], when: (app) => !app.workspace.empty, run: (app) => app.forms.purge() },
  { id: 'copy-config', title: 'Copy the configuration without secrets', group: 'Workspace', icon: 'copy', keys: ['m c'], run: (app) => app.privacy.copyConfig() },

  { id: 'zoom-in', title: 'Larger', group: 'View', keys: ['mod+=', 'mod++'], whileTyping: true, run: (app) => app.preferences.setZoom(app.preferences.zoom + ZOOM.step) },
  { id: 'zoom-out', title: 'Smaller', group: 'View', keys: ['mod+-'], whileTyping: true, run: (app) => app.preferences.setZoom(app.preferences.zoom - ZOOM.step) },
  { id: 'zoom-reset', title: 'Actual size', group: 'View', keys: ['mod+0'], whileTyping: true, run: (app) => app.preferences.setZoom(ZOOM.usual) },
  ...THEMES.map(
    (theme): Action => ({
      id: `theme-${theme}`,
      title: `Theme: ${words.settings.themes[theme].toLowerCase()}`,
      group: 'View',
      keys: [`t ${theme[0]}`],
      run: (app) => app.preferences.setTheme(theme),
    }),
  ),
  { id: 'notices', title: 'Tell of critical tickets through the system, or no longer', group: 'View', keys: ['t n'], when: (app) => app.host.ownWindow, run: (app) => app.preferences.setNotices(app.preferences.notices === 'system' ? 'window' : 'system') },
  { id: 'density', title: 'Compact or comfortable rows', group: 'View', keys: ['v r'], run: (app) => app.preferences.setDensity(app.preferences.density === 'compact' ? 'comfortable' : 'compact') },
  { id: 'widths', title: 'Reset column widths', group: 'View', keys: ['v w'], run: (app) => app.preferences.resetWidths() },
];

export const possible = (action: Action, app: App): boolean => (action.sheet === undefined || action.sheet === app.sheetOf) && (action.when?.(app) ?? true);

/** Whether keys reach it past what lies over the window: of a sheet only its own, the palette and the way out. */
export const heard = (action: Action, app: App): boolean =>
  app.sheet === null || action.id === 'back' || action.sheet === app.sheet || (action.id === 'palette' && actions.some(({ sheet }) => sheet === app.sheet));

const byId = new Map(actions.map((action) => [action.id, action]));

/** The first key of an action, for hints beside buttons. */
export const keyOf = (id: string): string | undefined => byId.get(id)?.keys[0];
