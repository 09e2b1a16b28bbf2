// Every screen, in every width and theme: nothing that the accessibility checker objects to, and a picture to look at.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { objections, paste, picture, start, ticketWith } from './support.mjs';

const TRACE = `java.lang.IllegalStateException: Connection pool exhausted after 30000 ms
	at com.example.pool.Pool.take(Pool.java:118)
	at com.example.web.Handler.handle(Handler.java:42)
	at java.base/java.lang.Thread.run(Thread.java:833)`;

let app, rich, empty;
before(async () => {
  app = await start();
  rich = (await ticketWith(app, ({ known_error, hits }) => known_error && hits.length >= 3)).row;
  empty = await start({ sample: false });
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
};

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1440, 1024, 420]) {
    describe(`${colorScheme} at ${width} px`, () => {
      for (const [name, reach] of Object.entries(SCREENS)) {
        test(name, () => look(app, name, reach));
      }
      test('empty', () => look(empty, 'empty', (page) => page.getByText('Nothing here yet').waitFor()));
    });

    async function look(app, name, reach) {
      const page = await app.visit({ width, colorScheme });
      try {
        await page.getByText('Works offline').first().waitFor({ state: 'attached' });
        await reach(page);
        await picture(page, `${name}-${width}-${colorScheme}`);
        assert.deepEqual(await objections(page), []);
        assert.deepEqual(page.complaints, []);
      } finally {
        await page.context().close();
      }
    }
  }
}
