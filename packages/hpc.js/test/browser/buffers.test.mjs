// Buffers that come and go and change their sizes, in pages: what Node gives.

import assert from 'node:assert/strict';
import test from 'node:test';
import { comeAndGo, keep, parts, resize, thousand } from '../buffer_programs.mjs';
import { EXPECTED, expectedKept } from '../buffer_results.mjs';
import { launch, openPage } from './browser.mjs';

const browser = await launch();

const ways = [
  ['gpu', 'WebGPU', {}],
  ['cpu', 'the CPU, shared memory', { isIsolated: true }],
  ['cpu', 'the CPU, one worker', { isIsolated: false }],
  ['debug', 'debug', {}],
];

for (const [backend, name, way] of ways) {
  test(`buffers come and go in pages: ${name}`, async () => {
    const page = await openPage(browser, way);
    assert.deepEqual(await page.evaluate(resize, backend), EXPECTED.resize);
    for (const [type, from, to, seen] of await page.evaluate(keep, backend)) {
      assert.deepEqual(seen, expectedKept(type, from, to), `${type} [${from}] to [${to}]`);
    }
    assert.deepEqual(await page.evaluate(comeAndGo, backend), EXPECTED.comeAndGo);
    assert.deepEqual(await page.evaluate(parts, backend), EXPECTED.parts);
    assert.deepEqual(await page.evaluate(thousand, backend), [42, 0]);
    assert.deepEqual(page.faults, []);
    await page.close();
  });
}
