import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, expect, test } from 'vitest';
import { codeMap } from '../support/code';
import { refusal } from '../support/host';
import { fullHost, openWindow, press, settle } from '../support/window';

let host = fullHost();
beforeEach(() => {
  host = fullHost();
});

const form = () => within(screen.getByRole('form', { name: 'Which product lives where' }));
const opened = async () => {
  const { app } = await openWindow(host);
  await press('g', 'r');
  await press('Escape', 'g', 't');
  await settle();
  return app;
};
const type = async (label: string, value: string) => {
  await fireEvent.input(form().getByLabelText(label), { target: { value } });
  await settle();
};

test('what was guessed is shown as a guess, edited, and kept as it was typed', async () => {
  await opened();
  expect(form().getByText(/Guessed from the names/)).toBeTruthy();
  await type('Component of row 1', 'checkout');
  await type('Folder of row 1', 'services/cart');
  await fireEvent.click(form().getByRole('button', { name: 'Add a row' }));
  await settle();
  await type('Product of row 2', 'Scanner');
  await fireEvent.click(form().getByRole('button', { name: /Keep this map/ }));
  await settle();
  expect(host.asked('code_map_set')).toEqual([
    {
      homes: [
        { product: 'Storefront', component: 'checkout', repo: 'shop', folder: 'services/cart' },
        { product: 'Scanner', component: null, repo: 'shop', folder: '' },
      ],
    },
  ]);
  expect(form().queryByText(/Guessed from the names/)).toBeNull();
  await fireEvent.click(form().getByRole('button', { name: 'Guess again' }));
  await settle();
  expect(host.asked('code_map_set').at(-1)).toEqual({ homes: [] });
});

test('a row that was dropped is not kept, and what cannot be kept says why and stays', async () => {
  host.answers.code_map_get = () => codeMap({ guessed: false, homes: [...codeMap().homes, { product: 'Scanner', component: null, repo: 'shop', folder: '' }] });
  await opened();
  await fireEvent.click(form().getByRole('button', { name: 'Remove row 1' }));
  await settle();
  host.answers.code_map_set = () => Promise.reject(refusal('bad_input', 'that is no folder'));
  await press('m', 'h');
  expect(host.asked('code_map_set').at(-1)).toEqual({ homes: [{ product: 'Scanner', component: null, repo: 'shop', folder: '' }] });
  expect(form().getByRole('alert').textContent).toContain('that is no folder');
  expect(form().getByLabelText<HTMLInputElement>('Product of row 1').value).toBe('Scanner');
});

test('without a repository there is nothing to map', async () => {
  host.answers.code_list = () => [];
  await opened();
  expect(screen.queryByRole('form', { name: 'Which product lives where' })).toBeNull();
  expect(screen.getByText(/No repository yet/)).toBeTruthy();
});
