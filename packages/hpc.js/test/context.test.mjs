// Interfaces share a device and threads.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { GPUContext, GPUInterface } from '../esm/index.js';

const require = createRequire(import.meta.url);

const named = (name) => {
  const comm = (task) => {
    try {
      return readFileSync(`/proc/self/task/${task}/comm`, 'utf8').trim();
    } catch {
      return '';
    }
  };
  return readdirSync('/proc/self/task').filter((task) => comm(task) === name).length;
};

// Whether so many threads have this name, or soon have: a thread gets its name when it starts, and the system forgets it a little after its end.
async function are(name, expected) {
  for (let look = 0; named(name) !== expected && look < 200; look++) {
    await setTimeout(10);
  }
  assert.equal(named(name), expected);
}

const open = (backend, context) =>
  new GPUInterface({ buffers: [{ name: 'a', size: [4], initialData: [1, 2, 3, 4] }], ...(context && { context }), options: { backend } }).initialize();

for (const backend of ['gpu', 'cpu']) {
  test(`many interfaces cost one device and few threads (${backend})`, async () => {
    const first = await open(backend);
    const before = readdirSync('/proc/self/task').length;
    const all = await Promise.all(Array.from({ length: 199 }, () => open(backend)));
    for (const gpu of all) {
      const kernel = await gpu.createKernel((inputs) => {
        inputs.buffers.a[inputs.threadId.x] *= 2;
      });
      kernel.run(4);
    }
    const reads = await Promise.all(all.map((gpu) => gpu.readBuffer('a')));
    assert.ok(reads.every((read) => [...read].join() === '2,4,6,8'));
    const more = readdirSync('/proc/self/task').length - before;
    assert.ok(more < 60, `${more} threads more`);
    await are('hpc-poll', backend === 'gpu' ? 1 : 0);
    all.forEach((gpu) => gpu.destroy());
    assert.deepEqual([...(await first.readBuffer('a'))], [1, 2, 3, 4]);
    first.destroy();
  });
}

test('contexts are apart, and those of the other module system are contexts', async () => {
  const [one, other] = [new GPUContext(), new (require('../index.cjs').GPUContext)()];
  const all = await Promise.all([open('gpu', one), open('gpu', one), open('gpu', other)]);
  await are('hpc-poll', 2);
  assert.deepEqual(await Promise.all(all.map(async (gpu) => [...(await gpu.readBuffer('a'))].length)), [4, 4, 4]);
  all.forEach((gpu) => gpu.destroy());
});

test('what is no context is refused', () => {
  for (const context of [null, 1, {}, 'gpu']) {
    assert.throws(() => new GPUInterface({ context }), /context must be a GPUContext, not .*: make one by new GPUContext\(\)/);
  }
});

test('devices and their buffers are for pages, and Node says so', async () => {
  const device = { queue: {}, lost: new Promise(() => {}), createBuffer() {} };
  const gpuBuffer = { size: 4, usage: 0x8c };
  const refused = { code: 'NoDevice', message: 'a device can be given in pages: in Node the interface opens its own, so leave it out, and read what kernels compute' };
  await assert.rejects(new GPUInterface({ device }).initialize(), refused);
  await assert.rejects(new GPUInterface({ context: new GPUContext({ device }), options: { backend: 'gpu' } }).initialize(), refused);
  await assert.rejects(new GPUInterface({ buffers: [{ name: 'a', size: [1], gpuBuffer }] }).initialize(), /gpuBuffer of the buffer "a" cannot be used: give the device/);
  for (const backend of ['gpu', 'cpu', 'debug']) {
    const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [1], usage: ['vertex'] }], options: { backend } }).initialize();
    assert.throws(() => gpu.buffer('a'), /a buffer can be had in pages, where the interface is on the GPU: read it instead/);
    assert.throws(() => gpu.buffer('b'), /there is no buffer "b"/);
    gpu.flush();
    gpu.destroy();
  }
});
