// Every program of the corpus through the package on each backend, compared with the oracle. On the CPU backend it is the acceptance
// programs: Rust runs the others by the same code, and pages by their own.
//
// HPC_CASE limits it to the cases whose name contains one of these words. UPDATE=1 rewrites the snapshot.

import assert from 'node:assert/strict';
import test from 'node:test';
import { GPUInterface } from '../esm/index.js';
import { cases } from '../../../tests/oracle/corpus.js';
import { judge } from '../../../tests/oracle/judge.js';
import { record } from '../../../tests/oracle/trace.js';
import { whyLeftOut } from './left_out.mjs';
import { stored } from './snapshot.mjs';

const SNAPSHOT = new URL('conformance.snapshot.txt', import.meta.url);
const words = (process.env.HPC_CASE ?? '').split(' ').filter(Boolean);
const corpus = await cases(words);
const summaries = [];

for (const [backend, only] of [['gpu', ''], ['cpu', 'acceptance/'], ['debug', '']]) {
  test(`the corpus on the ${backend} backend`, async (context) => {
    const { driver, device } = await describeDevice(backend);
    const sum = { cases: 0, reads: 0, refusals: 0 };
    const leftOut = [];
    for (const { name, module } of corpus.filter(({ name }) => name.startsWith(only))) {
      const reason = whyLeftOut(module, backend, driver);
      if (reason) {
        leftOut.push(`${backend}: left out ${name}: ${reason}`);
        continue;
      }
      await context.test(name, async () => {
        const trace = await record(name, module);
        const counts = await judge(module, trace, { backend, onReport() {} });
        sum.cases += 1;
        for (const [what, count] of Object.entries(counts)) {
          sum[what] += count;
        }
      });
    }
    const { cases, reads, refusals } = sum;
    summaries.push(`${backend}: ${cases} cases, ${reads} reads, ${refusals} refusals`, ...leftOut);
    console.log([device, ...summaries].join('\n'));
  });
}

test('as many cases as before', { skip: words.length > 0 && 'only some cases were run' }, () => {
  const text = `${summaries.join('\n')}\n`;
  assert.equal(text, stored(SNAPSHOT, text));
});

async function describeDevice(backend) {
  const gpu = await new GPUInterface({ options: { backend } }).initialize();
  const { name, driver } = gpu.adapterInfo;
  gpu.destroy();
  const known = name.includes('llvmpipe') ? 'lavapipe' : name.includes('SwiftShader') ? 'swiftshader' : 'device';
  return { driver: backend === 'debug' ? 'debug' : known, device: `on ${name} (${driver})` };
}
