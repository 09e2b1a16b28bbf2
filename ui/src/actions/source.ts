import type { Action } from '../actions';
import type { SourceDetail } from '../host';
import type { App } from '../state/app.svelte';
import { words } from '../text/words';

/** The source that had the focus last, or the only one, while sources are on screen. */
const source = (app: App): SourceDetail | null => (app.screen === 'settings' && !app.sources.busy ? app.sources.current : null);
const reading = (app: App, name: string) => app.workspace.jobs.some((job) => job.kind === 'sync' && job.label === name && job.state === 'running');
const at = (may: (source: SourceDetail, app: App) => boolean) => (app: App) => {
  const it = source(app);
  return it !== null && may(it, app);
};
const on = (act: (app: App, source: SourceDetail) => unknown) => (app: App) => {
  const it = source(app);
  return it === null ? undefined : act(app, it);
};

/** What can be done with one source. */
export const sourceActions: Action[] = [
  { id: 'sync-source', title: words.settings.ofSource.sync, group: 'Workspace', icon: 'refresh', keys: ['b y'], when: at((it, app) => !reading(app, it.name)), run: on((app, it) => app.sources.sync(it.name)) },
  { id: 'test-source', title: words.settings.ofSource.test, group: 'Workspace', icon: 'check', keys: ['b t'], when: at(() => true), run: on((app, it) => app.sources.test(it.name)) },
  { id: 'pause-source', title: words.settings.ofSource.pause, group: 'Workspace', icon: 'pause', keys: ['b p'], when: at((it) => !it.stopped), run: on((app, it) => app.sources.pause(it.name, !it.paused)) },
  { id: 'read-source-again', title: words.settings.ofSource.again, group: 'Workspace', icon: 'history', keys: ['b r'], when: at((it, app) => !reading(app, it.name)), run: on((app, it) => app.sources.readAgain(it.name)) },
  { id: 'sign-in-source', title: words.settings.ofSource.signIn, group: 'Workspace', icon: 'key', keys: ['b i'], when: at((it, app) => it.signs_in && !reading(app, it.name)), run: on((app, it) => app.sources.signIn(it.name)) },
  { id: 'give-token', title: words.settings.ofSource.token, group: 'Workspace', icon: 'key', keys: ['b g'], when: at((it) => it.kind !== 'files' && !it.signs_in), run: on((app, it) => app.sources.change(it.name)) },
  { id: 'change-source', title: words.settings.ofSource.change, group: 'Workspace', icon: 'link', keys: ['b c'], when: at((it) => it.kind !== 'files'), run: on((app, it) => app.sources.change(it.name, 'source-more')) },
  { id: 'remove-source', title: words.settings.ofSource.remove, group: 'Workspace', icon: 'close', keys: ['b d'], when: at((it, app) => !reading(app, it.name)), run: on((app, it) => app.sources.askRemove(it.name)) },
];
