// Every program of the corpus in a page, compared with the oracle, which runs it in Node. What runs as the same code elsewhere, large runs'
// shaders and the debug backend, runs the acceptance programs here.
//
// HPC_CASE limits it to the cases whose name contains one of these words. UPDATE=1 rewrites the snapshot.

import assert from 'node:assert/strict';
import test from 'node:test';
import { cases } from '../../../../tests/oracle/corpus.js';
import { record } from '../../../../tests/oracle/trace.js';
import { whyLeftOut } from '../left_out.mjs';
import { launch, openPage } from './browser.mjs';
import { stored } from '../snapshot.mjs';

const SNAPSHOT = new URL('conformance.snapshot.txt', import.meta.url);
const words = (process.env.HPC_CASE ?? '').split(' ').filter(Boolean);
const corpus = await cases(words);
const browser = await launch();
const summaries = [];

const ways = [
  { name: 'gpu', backend: 'gpu', driver: 'swiftshader' },
  { name: 'gpu, every run tuned', backend: 'gpu', driver: 'swiftshader', tuned: 'always', only: 'acceptance/' },
  { name: 'cpu', backend: 'cpu', driver: 'cpu' },
  { name: 'cpu without shared memory', backend: 'cpu', driver: 'cpu', isIsolated: false },
  { name: 'debug', backend: 'debug', driver: 'debug', only: 'acceptance/' },
];

for (const { name: way, backend, driver, isIsolated, tuned, only = '' } of ways) {
  test(`the corpus in a page: ${way}`, async (context) => {
    const page = await openPage(browser, { isIsolated });
    const sum = { cases: 0, reads: 0, refusals: 0 };
    const leftOut = [];
    for (const { name, module } of corpus.filter(({ name }) => name.startsWith(only))) {
      const reason = whyLeftOut(module, backend, driver);
      if (reason) {
        leftOut.push(`${way}: left out ${name}: ${reason}`);
        continue;
      }
      await context.test(name, async () => {
        const counts = await page.evaluate(judgeInPage, { name, trace: await record(name, module), backend, tuned });
        sum.cases += 1;
        for (const [what, count] of Object.entries(counts)) {
          sum[what] += count;
        }
      });
    }
    const { cases, reads, refusals } = sum;
    summaries.push(`${way}: ${cases} cases, ${reads} reads, ${refusals} refusals`, ...leftOut);
    console.log(summaries.join('\n'));
  });
}

test('as many cases as before', { skip: words.length > 0 && 'only some cases were run' }, () => {
  const text = `${summaries.join('\n')}\n`;
  assert.equal(text, stored(SNAPSHOT, text));
});

async function judgeInPage({ name, trace, backend, tuned }) {
  const [module, { judge }] = await Promise.all([import(`/tests/conformance/${name}.js`), import('/tests/oracle/judge.js')]);
  return judge(module, trace, { backend, ...(tuned && { tuned }), onReport() {} });
}
