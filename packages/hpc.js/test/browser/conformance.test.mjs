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
  { name: 'gpu', backend: 'gpu', driver: 'swiftshader', comparesCompilers: true },
  { name: 'gpu, every run tuned', backend: 'gpu', driver: 'swiftshader', tuned: 'always', only: 'acceptance/' },
  { name: 'cpu', backend: 'cpu', driver: 'cpu', comparesCompilers: true },
  { name: 'cpu without shared memory', backend: 'cpu', driver: 'cpu', isIsolated: false },
  { name: 'debug', backend: 'debug', driver: 'debug', only: 'acceptance/' },
];

for (const { name: way, backend, driver, isIsolated, tuned, comparesCompilers, only = '' } of ways) {
  test(`the corpus in a page: ${way}`, async (context) => {
    const page = await openPage(browser, { isIsolated });
    await page.evaluate(noteJobs);
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
    if (comparesCompilers) {
      const { same, different, givenUp } = await page.evaluate(compareCompilers, backend);
      assert.deepEqual(different, []);
      summaries.push(`${way}: ${same} kernels are the same by the quick compiler, ${givenUp} given up`);
    }
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

// Lets a page keep what it asks its compilers.
function noteJobs() {
  globalThis.jobs = [];
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (message, ...rest) {
    if (message.act === 'compile') {
      globalThis.jobs.push(message);
    }
    return postMessage.call(this, message, ...rest);
  };
}

// Both compilers on all that the page has asked the quick one: their artifacts differ in the explanation alone, which is at the end.
async function compareCompilers(backend) {
  const [{ compileQuickly }, full] = await Promise.all(
    ['esm/compiler/quick.js', 'web/hpc_compiler.js'].map((file) => import(`/packages/hpc.js/${file}`)),
  );
  const moduleOf = (file) => WebAssembly.compileStreaming(fetch(`/packages/hpc.js/web/${file}`));
  const module = await moduleOf(`hpc_quick_${backend}.wasm`);
  await full.default({ module_or_path: await moduleOf('hpc_compiler_bg.wasm') });
  const NO_EXPLANATION = '%00';
  // The kernel as it is printed for internal errors, with its length before it: there the quick compiler writes doubles by their bits.
  const withoutPrint = (artifact) => artifact.replace(/(?:%[0-9A-F]{2}|[^%]){0,3}function [^]*\n\}\n/, '');
  const found = { same: 0, different: [], givenUp: 0 };
  const agree = (quick, whole) => quick.endsWith(NO_EXPLANATION) && whole.startsWith(quick.slice(0, -NO_EXPLANATION.length));
  for (const { source, interface: interface_ } of globalThis.jobs.filter(({ name }) => name === backend)) {
    const quick = compileQuickly(module, source, interface_);
    const whole = String(full.compile(source, interface_, undefined));
    if (quick === undefined) {
      found.givenUp += 1;
    } else if (agree(quick, whole) || (quick.includes('bits ') && agree(withoutPrint(quick), withoutPrint(whole)))) {
      found.same += 1;
    } else {
      found.different.push({ source, quick, whole });
    }
  }
  return found;
}
