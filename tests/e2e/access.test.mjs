// Every screen, in every width and look: nothing that the accessibility checker objects to, and a picture to look at.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { examined, inEveryLook, paste, picture, start, ticketWith } from './support.mjs';

const TRACE = `java.lang.IllegalStateException: Connection pool exhausted after 30000 ms
	at com.example.pool.Pool.take(Pool.java:118)
	at com.example.web.Handler.handle(Handler.java:42)
	at java.base/java.lang.Thread.run(Thread.java:833)`;

let app, rich, far, empty;
before(async () => {
  app = await start();
  rich = (await ticketWith(app, ({ known_error, hits }) => known_error && hits.length >= 3)).row;
  far = (await app.rpc('seen_before', { ticket: rich.id, k: 40 })).hits[30];
  await examined(app);
  empty = await start({ sample: false });
  await empty.rpc('import_start', { path: '/exports/gone.jsonl.zst' });
});
after(() => Promise.all([app.stop(), empty.stop()]));

const open = async (page, id) => {
  await page.keyboard.press('/');
  await page.keyboard.type(id);
  await page.getByRole('listbox', { name: 'Search results' }).getByText(id).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'What worked before?' }).getByRole('article').first().waitFor();
};
const type = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

const SCREENS = {
  start: async () => {},
  ticket: (page) => open(page, rich.display_id),
  receipt: async (page) => {
    await open(page, rich.display_id);
    await type(page, 'g', 'a', 'w');
    await page.getByText('Together').first().waitFor();
  },
  'why-not': async (page) => {
    await open(page, rich.display_id);
    await page.getByLabel('Id of a case that you miss here').fill(far.display_id);
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Why not this one?' }).getByText('are shown').waitFor();
  },
  pasted: async (page) => {
    await paste(page, TRACE);
    await page.getByRole('region', { name: 'What ran?' }).waitFor();
  },
  search: async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('export');
    await page.getByRole('listbox', { name: 'Search results' }).getByRole('option').first().waitFor();
  },
  palette: async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Commands' }).waitFor();
  },
  keys: async (page) => {
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  },
  settings: async (page) => {
    await type(page, 'g', 't');
    await page.getByRole('heading', { name: 'Settings' }).first().waitFor();
  },
  privacy: async (page) => {
    await page.route('**/rpc/purge_preview', (route) => route.fulfill({ json: { what: 'sample', tickets: 1550, comments: 6200, known_errors: 23, articles: 0, copies: 2 } }));
    await page.route('**/rpc/retention_preview', (route) => route.fulfill({ json: { tickets: 41, ids: [] } }));
    await type(page, 'g', 'p', 'm', 'a');
    await page.getByText('would go now').waitFor();
    await page.getByRole('button', { name: 'Keep these rules' }).click();
    await page.getByText('41 tickets go for good').waitFor();
    await page.getByRole('button', { name: 'Delete everything of sample' }).click();
    await page.getByText('sample goes for good').waitFor();
  },
  exam: async (page) => {
    await type(page, 'g', 'x');
    await page.getByRole('region', { name: 'How often the earlier case is found' }).waitFor();
    await page.getByRole('radio', { name: 'Without age' }).waitFor();
  },
  'exam-tickets': async (page) => {
    await type(page, 'g', 'x');
    await page.getByRole('region', { name: 'By the age of the answer' }).getByRole('button').first().click();
    await page.getByRole('region', { name: 'Tickets behind the number' }).getByRole('option').first().waitFor();
  },
  redacted: async (page) => {
    const text = 'Hi [name 1],\n\nplease call [phone 1] or write to [e-mail 1]; the till at [IP address 1] is back.\n\nRegards, [name 2]';
    const kinds = ['name', 'phone', 'email', 'ip', 'name'];
    const spans = text.match(/\[[^\]]+\]/g).map((placeholder, i) => ({ start: i, end: i + 1, kind: kinds[i], placeholder }));
    await page.route('**/rpc/redact', (route) => route.fulfill({ json: { text, spans } }));
    await open(page, rich.display_id);
    await type(page, 'g', 'a', 'y');
    await page.getByText('5 things redacted').waitFor();
    await picture(page, `redacted-toast-${page.viewportSize().width}`);
    await type(page, 'x');
    await page.getByRole('dialog', { name: 'What was copied' }).waitFor();
  },
  'known-error': async (page) => {
    await open(page, rich.display_id);
    await type(page, 'g', 'a', 'o');
    await page.getByRole('heading', { name: 'Tickets it caused' }).waitFor();
  },
  cases: async (page) => {
    await open(page, rich.display_id);
    await type(page, 'l');
    await page.getByRole('region', { name: 'Earlier cases of this problem' }).getByRole('listitem').first().waitFor();
  },
  columns: async (page) => {
    await type(page, 'g', 'f');
    await page.getByLabel('Path of a file or folder').fill('/exports/cases.csv');
    await page.getByLabel('Columns').fill('id = Case no.\nsubject');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('Line 2 is not field = column').waitFor();
  },
  rebuilding: async (page) => {
    await page.route('**/rpc/workspace_status', async (route) => {
      const answer = await route.fetch();
      const index = { state: 'rebuilding', done: 1200, total: 1550, reason: 'the search index was missing' };
      await route.fulfill({ response: answer, json: { ...(await answer.json()), index } });
    });
    await page.reload();
    await page.getByText('Index is being rebuilt').waitFor();
    await paste(page, 'qzx vfrumble 4711');
    await page.getByText('Nothing found yet').waitFor();
    // In the narrow window the results would cover the verdict.
    if (page.viewportSize().width < 500) return;
    await page.keyboard.press('/');
    await page.keyboard.type('export');
    await page.getByRole('status').filter({ hasText: 'so far' }).waitFor();
  },
};

const EMPTY = {
  empty: (page) => page.getByText('Nothing here yet').waitFor(),
  'exam-empty': async (page) => {
    await type(page, 'g', 'x');
    await page.getByText('Nothing to ask yet').waitFor();
  },
  'import-failed': async (page) => {
    await type(page, 'g', 't');
    await page.getByText('There is no file at that place.').waitFor();
  },
};

const overlay = async (page) => {
  await open(page, rich.display_id);
  await type(page, 'g', 'd');
  await page.getByRole('dialog', { name: 'Ticket' }).waitFor();
};

const WIDTHS = { 1440: ['light', 'dark', 'contrast', 'contrast-dark', 'forced'], 1024: ['light', 'dark'], 420: ['light', 'dark'] };

for (const [width, looks] of Object.entries(WIDTHS)) {
  describe(`${width} px wide`, () => {
    for (const [name, reach] of Object.entries(SCREENS)) test(name, () => look(app, name, reach));
    for (const [name, reach] of Object.entries(EMPTY)) test(name, () => look(empty, name, reach));
    if (width === '420') test('ticket over the pane', () => look(app, 'ticket-over', overlay));
  });

  async function look(app, name, reach) {
    // A picture of something half faded in would be judged as it is.
    const page = await app.visit({ width: Number(width), reducedMotion: 'reduce' });
    try {
      await page.getByText('Works offline').first().waitFor({ state: 'attached' });
      await reach(page);
      await inEveryLook(page, name, looks);
      assert.deepEqual(page.complaints, []);
    } finally {
      // The page asks on while it closes, and an answer that is still under way then is nobody's any more.
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await page.context().close();
    }
  }
}
