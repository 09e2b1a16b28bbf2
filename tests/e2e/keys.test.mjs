// A machine without a keyring: the workspace is made under a passphrase, locked at the next start, and opened by keyboard.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NO_KEYRING, objections, picture, start } from './support.mjs';

const WORDS = 'four words of no sense';

let app;
before(async () => (app = await start({ sample: false, env: NO_KEYRING })));
after(() => app.stop());

describe('without a keyring', () => {
  test('a workspace is made under a passphrase, a recovery key is offered, and both open it again', async () => {
    let page = await app.visit();
    await page.getByRole('heading', { name: 'Where should the key go?' }).waitFor();
    assert.deepEqual(await objections(page), []);
    await page.keyboard.type(WORDS);
    await page.keyboard.press('Tab');
    await page.keyboard.type(WORDS);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Nothing here yet' }).waitFor();

    await page.getByRole('region', { name: 'Recovery key' }).waitFor();
    assert.deepEqual(await objections(page), []);
    await picture(page, 'recovery-offer');
    await page.keyboard.type('mr');
    const recovery = (await page.getByRole('region', { name: 'Encryption' }).locator('.words').textContent()) ?? '';
    assert.match(recovery, /^(\w{4}-){13}\w{4}$/);
    await page.getByRole('region', { name: 'Recovery key' }).waitFor({ state: 'detached' });

    await app.restart();
    page = await app.visit();
    await page.getByRole('heading', { name: 'This workspace is locked' }).waitFor();
    await page.keyboard.type('four words of no sensf');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    assert.deepEqual(await objections(page), []);
    await picture(page, 'locked');
    await page.getByLabel('Passphrase', { exact: true }).fill(WORDS);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Nothing here yet' }).waitFor();
    assert.equal(await page.getByRole('region', { name: 'Recovery key' }).count(), 0, 'it is offered once');

    await app.restart();
    page = await app.visit({ colorScheme: 'dark' });
    await page.getByText('The passphrase is forgotten').click();
    await page.getByLabel('Recovery key').fill(recovery);
    await page.getByLabel('New passphrase').fill('five other words of none');
    await page.getByLabel('The same again').fill('five other words of none');
    assert.deepEqual(await objections(page), []);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Nothing here yet' }).waitFor();
  });
});
