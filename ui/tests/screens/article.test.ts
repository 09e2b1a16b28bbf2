// An article of a help centre beside an answer, and in full.
import { screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { ArticleHit, ArticleView } from '../../src/host';
import { seen } from '../support/company';
import { fullHost, openWindow, settle } from '../support/window';

const HIT: ArticleHit = {
  id: 'desk:articles/7', display_id: '7', title: [{ text: 'Seal a ledger', hit: false }], first: 'Seal it under Periods.', confidence: 'validated',
  audience: 'customer', source: 'desk', url: 'https://help.example/articles/7', updated_at: 1_767_000_000_000, score: 2, receipt: [],
};
const ARTICLE: ArticleView = {
  id: 'desk:articles/7', display_id: '7', kind: 'article', title: 'Seal a ledger', source: 'desk', path: null, url: 'https://help.example/articles/7',
  confidence: 'validated', audience: 'customer', updated_at: 1_767_000_000_000, text: 'Seal it under Periods.', html: '<p>Seal it under Periods.</p>',
};

async function opened(article: ArticleView) {
  const host = fullHost();
  host.answers.seen_before = () => seen({ articles: [{ ...HIT, id: article.id, source: article.source }] });
  host.answers.article_get = () => article;
  const window = await openWindow(host);
  await window.app.openRow({ id: 'helpdesk:NW-48213', display_id: 'NW-48213' });
  await settle();
  within(screen.getByRole('region', { name: 'Articles' })).getByRole('button').click();
  await settle();
  return window;
}

test('names its source, says that it is changed there, and leads there', async () => {
  const { host } = await opened(ARTICLE);
  expect(host.asked('article_get')).toEqual([{ id: 'desk:articles/7' }]);
  const article = screen.getByRole('heading', { name: 'Seal a ledger' }).closest('article') ?? document.body;
  expect(article.textContent).toContain('Article · desk');
  expect(article.textContent).toContain('for customers');
  expect(article.textContent).toContain('only read here: it is changed there');
  within(article).getByRole('button', { name: 'Open at its source: help.example' }).click();
  await settle();
  expect(host.opened).toEqual(['https://help.example/articles/7']);
});

test('of the team\'s own folder names its file and leads nowhere', async () => {
  await opened({ ...ARTICLE, id: 'knowledge:articles/a.md', source: 'knowledge', path: 'articles/a.md', url: null, updated_at: null });
  const article = screen.getByRole('heading', { name: 'Seal a ledger' }).closest('article') ?? document.body;
  expect(article.textContent).toContain('articles/a.md');
  expect(article.textContent).not.toContain('only read here: it is changed there');
  expect(within(article).queryByRole('button')).toBeNull();
});
