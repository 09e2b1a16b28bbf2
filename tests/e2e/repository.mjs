// A small repository of a product, made by the installed git: three releases, in which one line moves and is then mended.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const TOTALS = 'src/main/java/com/northwind/cart/Totals.java';
export const COUPONS = 'src/main/java/com/northwind/cart/Coupons.java';

const HEAD = 'package com.northwind.cart;\n\nfinal class Totals {\n  void check(long sum, long total) {\n';
const FOOT = '  }\n}\n';
const BROKEN = '    if (sum != total) {\n      throw new RoundingException("Totals differ by " + (sum - total));\n    }\n';
const MENDED = '    if (Math.abs(sum - total) > 1) {\n      throw new RoundingException("Totals differ by " + (sum - total));\n    }\n';

/** As a customer pastes it: at `version` the line is the one that throws. */
export const trace = (version, line = 6) => `Checkout fails${version ? ` on version ${version}` : ''}

com.northwind.cart.RoundingException: Totals differ by 0.01
	at com.northwind.cart.Totals.check(Totals.java:${line})
	at com.northwind.cart.Coupons.apply(Coupons.java:5)
	at com.northwind.plugin.Loyalty.run(Loyalty.java:64)
	at java.base/java.lang.Thread.run(Thread.java:833)`;

/** `issue` is what the fix says that it fixes. */
export function repository(dir, issue) {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  let day = 0;
  const git = (...args) => {
    const date = `${1_760_000_000 + day * 86_400} +0000`;
    for (const who of ['AUTHOR', 'COMMITTER']) Object.assign(env, { [`GIT_${who}_NAME`]: 'Mei Tanaka', [`GIT_${who}_EMAIL`]: 'mei@northwind.example', [`GIT_${who}_DATE`]: date });
    return execFileSync('git', ['-c', 'commit.gpgsign=false', ...args], { cwd: dir, env, encoding: 'utf8' }).trim();
  };
  const commit = (message, files, tag) => {
    day += 7;
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    git('add', '-A');
    git('commit', '-q', '-m', message);
    if (tag) git('tag', tag);
  };
  mkdirSync(dir, { recursive: true });
  git('init', '-q', '-b', 'main');
  commit('Check the totals of a basket', { [TOTALS]: HEAD + BROKEN + FOOT, [COUPONS]: 'package com.northwind.cart;\n\nfinal class Coupons {\n  void apply(Basket basket) {\n    totals.check(basket.sum(), basket.total());\n  }\n}\n' }, 'v2.2.0');
  commit('Say what a total is', { [TOTALS]: HEAD.replace('final', '/** What a customer pays. */\nfinal') + BROKEN + FOOT }, 'v2.2.4');
  commit(`${issue}: Let totals differ by a cent`, { [TOTALS]: HEAD.replace('final', '/** What a customer pays. */\nfinal') + MENDED + FOOT }, 'v2.3.1');
  commit('Rename the check', { [TOTALS]: HEAD.replace('final', '/** What a customer pays. */\nfinal').replace('check(', 'compare(') + MENDED + FOOT });
  return { dir, git, commit };
}
