/** Replies about a repository of the made-up company, as the engine gives them. */
import type { ChangesView, CodeFixView, CodeMapView, CompareArgs, CompareView, FileArgs, FileView, LineArgs, LineView, OwnersSuggestedView, SuggestedOwnerView, CodeFrameView, RanRepoView, RanView, ReleasesView, ReleaseView, RepoView } from '../../src/host/bindings';
import { DAY, NOON, signature } from './company';

export const repo = (over: Partial<RepoView> = {}): RepoView => ({
  name: 'shop',
  path: '/home/me/src/shop',
  added_at: NOON - 9 * DAY,
  url: null,
  read_at: NOON - DAY,
  whole: true,
  commits: 12_004,
  issues: 4_100,
  releases: 3,
  newest: 'v2.3.1',
  branch: 'refs/heads/main',
  ...over,
});

const release = (name: string): ReleaseView => ({ name, version: name.slice(1), line: name.slice(1, 4), prerelease: false, branch: false, commit: 'a'.repeat(40), at: NOON - 80 * DAY, told: null });

export const releases = (): ReleasesView => ({ repo: 'shop', releases: ['v2.3.1', 'v2.2.4', 'v2.2.0'].map(release) });

/** The first frames of the usual signature, as lines. */
export const lines = (): CodeFrameView[] =>
  signature()
    .frames.slice(0, 2)
    .map((frame, i) => ({
      raw: frame.raw,
      function: frame.function,
      path: `src/main/java/com/northwind/cart/${frame.file}`,
      line: frame.line,
      at: 'v2.2.0',
      text: ['    if (sum != total) throw new RoundingException(sum, total);', '    totals.check(basket.sum(), basket.total());'][i] ?? null,
      symbol: frame.function.split('.').slice(-2).join('.'),
      differs: false,
      near: [],
      blame: null,
      basis: 'stack_frame',
    }));

export const ranRepo = (over: Partial<RanRepoView> = {}): RanRepoView => ({
  repo: 'shop',
  state: 'resolved',
  at: 'v2.2.0',
  commit: 'a'.repeat(40),
  main: 'refs/heads/main',
  candidates: [],
  fit: null,
  frames: lines(),
  failure: null,
  ...over,
});

export const ran = (over: Partial<RanView> = {}): RanView => ({ version: '2.2.0', frames: 3, repos: [ranRepo()], ...over });

/** Released on two lines, and later than theirs. */
export const fix = (over: Partial<CodeFixView> = {}): CodeFixView => ({
  repo: 'shop',
  reference: 'NW-100',
  state: 'released',
  commits: [
    { commit: 'c'.repeat(40), subject: 'NW-100: Let totals differ by a cent', author: 'Mei Tanaka', at: NOON - 40 * DAY, why: 'named', like: null, reverted_by: null, gone: false, aside: false },
    { commit: 'd'.repeat(40), subject: 'Let totals differ by a cent', author: 'Mei Tanaka', at: NOON - 38 * DAY, why: 'picked', like: 'c'.repeat(40), reverted_by: null, gone: false, aside: false },
  ],
  releases: ['v2.2.4', 'v2.3.1'].map(release),
  early: [],
  by_files: [],
  first_release: { '2.2': 'v2.2.4', '2.3': 'v2.3.1' },
  running: ['v2.2.0'],
  verdict: 'fixed_later',
  since: null,
  upgrade_to: 'v2.2.4',
  basis: 'commits',
  told: [],
  also: [],
  deployed: [],
  ...over,
});

/** Two hundred lines; each says its number. */
export const file = ({ repo, at, path, line = 1, reach = 200 }: FileArgs): FileView => {
  const first = Math.max(1, line - Math.min(reach, 20));
  return { repo, at, path, commit: 'a'.repeat(40), total: 200, first, lines: Array.from({ length: 41 }, (_, i) => `    line(${first + i});`), permalink: `https://github.com/northwind/shop/blob/${'a'.repeat(40)}/${path}#L${line}` };
};

/** Seven lines further down today, in a file that moved. */
export const line = ({ repo, at, path, line }: LineArgs): LineView => ({
  repo,
  at,
  blame: { commit: 'b'.repeat(40), author: 'Mei Tanaka', at: NOON - 90 * DAY, summary: 'NW-4100: Round once', path, line },
  permalink: null,
  today: { at: 'refs/heads/main', state: 'same', path: 'cart/Totals.java', line: line + 7, text: `    line(${line});` },
  owners: { names: ['@northwind/cart'], pattern: '/src/main/' },
});

export const compared = ({ repo, path, from, to }: CompareArgs): CompareView => ({
  repo,
  path,
  from,
  to,
  hunks: [
    {
      lines: [
        { older: 5, newer: 5, text: 'void check(long sum, long total) {' },
        { older: 6, newer: null, text: '  if (sum != total) {' },
        { older: null, newer: 6, text: '  if (Math.abs(sum - total) > 1) {' },
      ],
    },
  ],
  cut: false,
});

export const codeMap = (over: Partial<CodeMapView> = {}): CodeMapView => ({
  homes: [{ product: 'Storefront', component: null, repo: 'shop', folder: '' }],
  guessed: true,
  products: ['Scanner', 'Storefront'],
  ...over,
});

/** Five commits; the nearest touches the very line. */
export const changes = (over: Partial<ChangesView> = {}): ChangesView => ({
  repo: 'shop',
  from: 'v2.1.0',
  to: 'v2.2.0',
  found: 5,
  changes: [1, 2, 3, 4, 5].map((at) => ({
    commit: String(at).repeat(40),
    subject: `Change ${at}`,
    author: 'Mei Tanaka',
    at: NOON - at * DAY,
    release: at === 1 ? null : 'v2.2.0',
    issues: [{ key: `NW-${at}`, id: `helpdesk:NW-${at}`, url: null }],
    url: at === 1 ? `https://github.com/northwind/shop/commit/${String(at).repeat(40)}` : null,
    near: ['same_line', 'same_symbol', 'same_file', 'same_directory', null][at - 1] ?? null,
    files: at,
    score: 4.5 - at,
    parts: [
      { reason: 'same_line', points: 3 - at + 1, detail: 'src/Totals.java:118' },
      { reason: 'recent', points: 0.5, detail: '' },
    ],
  })),
  deploys: [],
  files: [{ path: 'src/Totals.java', score: 2, parts: [{ reason: 'stack_frame', points: 2, detail: '' }] }],
  ...over,
});

/** Who may know: one of each kind. */
export const owners = (over: Partial<OwnersSuggestedView> = {}): OwnersSuggestedView => ({
  repo: 'shop',
  at: 'v2.2.0',
  owners: [
    owner({ kind: 'owns', name: '@northwind/cart', count: 2, of: 2, pattern: '/src/main/java/com/northwind/cart/', path: 'src/main/java/com/northwind/cart/Totals.java' }),
    owner({ kind: 'wrote', name: 'Mira Solberg', count: 2, of: 5, share: 0.7, at: NOON - 400 * DAY, active_at: NOON - 30 * DAY, lines: [118, 64].map((line) => ({ path: 'src/main/java/com/northwind/cart/Totals.java', line, commit: 'b'.repeat(40), at: NOON - 400 * DAY, summary: 'SHOP-311: Check the totals' })) }),
    owner({ kind: 'solved', name: 'Payments', count: 3, of: 4, tickets: ['helpdesk:NW-39120'] }),
  ],
  ...over,
});

const owner = (over: Partial<SuggestedOwnerView>): SuggestedOwnerView => ({ kind: 'owns', name: '', count: 0, of: 0, share: 0, at: null, active_at: null, pattern: null, path: null, lines: [], tickets: [], ...over });
