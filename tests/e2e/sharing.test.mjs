import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { picture, pictures, start } from './support.mjs';

let app, dir;
const git = (folder, ...args) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' });
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'precedent-share-'));
  app = await start();
});
after(async () => {
  await app?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const KE = 'known-errors/KE-1.md';
const text = (state, line) => `---\nid: KE-1\ntitle: Harbor import holds its lock\nstate: ${state}\nowner: Ann\n---\n## Issue\nThe import stops.\n\n## Workaround\n1. Stop the import\n2. ${line}\n`;

test('a folder is shared, the team’s changes come, and where both changed the same somebody chooses side by side', async () => {
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  await page.keyboard.press('v');
  await page.keyboard.press('k');
  const knowledge = page.getByRole('region', { name: 'Knowledge' });
  await page.getByLabel('Folder', { exact: true }).fill(join(dir, 'kb'));
  await knowledge.getByRole('button', { name: 'Make it here' }).click();
  await knowledge.getByText('0 known errors').waitFor();
  writeFileSync(join(dir, 'kb', KE), text('identified', 'Start it again'));
  git(join(dir, 'kb'), 'init', '-q', '-b', 'main');
  git(join(dir, 'kb'), 'config', 'user.name', 'Ann');
  git(join(dir, 'kb'), 'config', 'user.email', 'ann@example.org');

  await page.getByLabel('Share it at').fill('ext::sh -c id');
  await page.keyboard.press('Enter');
  await knowledge.getByText('A folder cannot be shared there.').waitFor();
  await picture(page, 'sharing-refused');
  await page.getByLabel('Share it at').fill(join(dir, 'shared'));
  await page.keyboard.press('Enter');
  await knowledge.getByText('You and the team have the same').waitFor();
  await knowledge.getByText('as Ann').waitFor();

  // A colleague on another machine.
  const ben = join(dir, 'ben');
  git(dir, 'clone', '-q', join(dir, 'shared'), ben);
  git(ben, 'config', 'user.name', 'Ben');
  git(ben, 'config', 'user.email', 'ben@example.org');
  writeFileSync(join(ben, KE), text('wont_fix', 'Wait for an hour'));
  git(ben, 'commit', '-qam', 'Nobody will fix it');
  git(ben, 'push', '-q');
  writeFileSync(join(dir, 'kb', KE), text('fix_in_progress', 'Start it again, twice'));

  await page.locator('body').press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await knowledge.getByText('1 file edited here').waitFor();
  await knowledge.getByRole('button', { name: 'Get the team’s changes' }).click();
  await knowledge.getByText('1 file to choose in').waitFor();
  await knowledge.getByText('1 commit of yours the team has not · 1 commit of the team’s not here yet').waitFor();
  assert.equal(readFileSync(join(dir, 'kb', KE), 'utf8'), text('fix_in_progress', 'Start it again, twice'), 'nothing is merged before somebody chose');
  const keep = knowledge.getByRole('button', { name: 'Keep this' });
  assert.equal(await keep.isDisabled(), true);
  await pictures(page, 'sharing', { show: () => knowledge.getByText('1 file to choose in').scrollIntoViewIfNeeded() });
  await knowledge.getByRole('radiogroup', { name: 'state' }).getByRole('radio', { name: 'Yours' }).click();
  await knowledge.getByRole('radiogroup', { name: 'Text' }).getByRole('radio', { name: 'Keep both' }).click();
  await picture(page, 'sharing-chosen');
  await keep.click();
  await knowledge.getByText('2 commits of yours the team has not').waitFor();
  assert.equal(readFileSync(join(dir, 'kb', KE), 'utf8'), text('fix_in_progress', 'Start it again, twice\n2. Wait for an hour'));

  await page.locator('body').press('m');
  await page.keyboard.press('z');
  await knowledge.getByText('You and the team have the same').waitFor();
  git(ben, 'pull', '-q');
  assert.equal(readFileSync(join(ben, KE), 'utf8'), readFileSync(join(dir, 'kb', KE), 'utf8'));
  assert.equal(existsSync(join(dir, 'kb', '.git', 'precedent')), false);
  assert.deepEqual(page.complaints.filter((line) => !/knowledge_address|400|status of/.test(line)), []);
});

test('what somebody may not publish is refused with what it asks for, and goes onto a branch with one click', async () => {
  const ben = join(dir, 'ben');
  git(ben, 'pull', '-q');
  writeFileSync(join(ben, 'people.yml'), 'people:\n  - email: ben@example.org\n    role: coach\n');
  git(ben, 'add', '-A');
  git(ben, 'commit', '-qm', 'Say who may do what');
  git(ben, 'push', '-q');
  const page = await app.visit();
  await page.getByRole('contentinfo').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  const knowledge = page.getByRole('region', { name: 'Knowledge' });
  writeFileSync(join(dir, 'kb', 'articles', 'lock.md'), '---\nid: lock\ntitle: Free the lock\nconfidence: validated\naudience: customer\n---\n## Resolution\nRestart it.\n');
  await knowledge.getByRole('button', { name: 'Share mine' }).click();
  await knowledge.getByText('You are a candidate here').first().waitFor();
  await knowledge.getByRole('button', { name: 'Give it to be looked at' }).scrollIntoViewIfNeeded();
  await pictures(page, 'sharing-may-not');
  await knowledge.getByRole('button', { name: 'Give it to be looked at' }).click();
  await page.getByText(/commits? shared/).first().waitFor();
  assert.match(git(join(dir, 'shared'), 'branch', '--list', 'look/*'), /look\/ann-/);
  assert.doesNotMatch(git(join(dir, 'shared'), 'ls-tree', '-r', '--name-only', 'main'), /lock\.md/);

  // Ben sees who it was: nobody whom the team named.
  git(ben, 'pull', '-q');
  git(ben, 'config', 'user.email', 'mallory@example.org');
  writeFileSync(join(ben, KE), readFileSync(join(ben, KE), 'utf8').replace('The import stops.', 'The import stops at once.'));
  git(ben, 'commit', '-qam', 'Say when');
  git(ben, 'push', '-q');
  await knowledge.getByRole('button', { name: 'Get the team’s changes' }).click();
  await knowledge.getByText('is not among the team’s people').first().waitFor();
  assert.deepEqual(page.complaints.filter((line) => !/knowledge_may_not|status of/.test(line)), []);
});
