import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { objections, paste, picture, pictures, start } from './support.mjs';

const TRACE = `java.lang.IllegalStateException: lock 17 is held
\tat com.acme.harbor.Import.run(Import.java:42)
\tat com.acme.harbor.Main.main(Main.java:7)`;

let app, dir;
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'precedent-kb-'));
  app = await start();
});
after(async () => {
  await app?.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('a folder is made by its keys, an editor writes a known error, and the next question meets it', async () => {
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  await page.keyboard.press('v');
  await page.keyboard.press('k');
  const knowledge = page.getByRole('region', { name: 'Knowledge' });
  await page.getByLabel('Folder', { exact: true }).pressSequentially(join(dir, 'kb'));
  await page.keyboard.press('Enter');
  await knowledge.getByText('There is no knowledge folder there.').waitFor();
  await knowledge.getByRole('button', { name: 'Make it here' }).click();
  await knowledge.getByText('0 known errors').waitFor();
  assert.deepEqual(readdirSync(join(dir, 'kb')).sort(), ['README.md', 'articles', 'concepts', 'front-matter.schema.json', 'known-errors', 'rule.schema.json', 'rules', 'runbooks']);
  assert.match(readFileSync(join(dir, 'kb', 'README.md'), 'utf8'), /workaround_available/);

  const text = `---\nid: KE-1\ntitle: Harbor import holds its lock\nstate: workaround_available\n---\n## Issue\n\`\`\`\n${TRACE}\n\`\`\`\n## Workaround\n1. Stop the import\n2. Start it again\n`;
  writeFileSync(join(dir, 'kb', 'known-errors', 'lock.md'), text);
  writeFileSync(join(dir, 'kb', 'articles', 'empty.md'), '# Later\n');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await knowledge.getByText('0 known errors').or(knowledge.getByText('1 known error ·')).waitFor();
  await page.keyboard.press('m');
  await page.keyboard.press('l');
  await knowledge.getByText('1 known error · 1 article').waitFor();
  await knowledge.getByText('1 thing to mend').click();
  await knowledge.getByText('it has no Resolution').waitFor();
  assert.deepEqual(await objections(page), []);
  await pictures(page, 'knowledge', { show: () => knowledge.scrollIntoViewIfNeeded() });

  await page.keyboard.press('Escape');
  await paste(page, TRACE.replace('17', '99'));
  await page.getByText('Harbor import holds its lock').first().waitFor();
  await page.getByText('Stop the import').first().waitFor();
  await picture(page, 'knowledge-met');
  assert.deepEqual(page.complaints.filter((line) => !line.includes('no_knowledge')), []);
});
