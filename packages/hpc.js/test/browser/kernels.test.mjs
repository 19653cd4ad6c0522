// What cases of the corpus cannot say: the package in a page.

import assert from 'node:assert/strict';
import test from 'node:test';
import { launch, openPage } from './browser.mjs';

const browser = await launch();

test('a kernel runs in a page', async () => {
  const page = await openPage(browser);
  const { doubled, backendType, adapterInfo } = await page.evaluate(async () => {
    const { default: GPUInterface } = await import('hpc.js');
    const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [4], initialData: [1, 2, 3, 4] }], options: { backend: 'gpu' } }).initialize();
    const double = await gpu.createKernel((inputs) => {
      inputs.buffers.a[inputs.threadId.x] *= 2;
    });
    double.run(4);
    const { backendType, adapterInfo } = gpu;
    return { doubled: [...(await gpu.readBuffer('a'))], backendType, adapterInfo };
  });
  assert.deepEqual(doubled, [2, 4, 6, 8]);
  assert.equal(backendType, 'gpu');
  assert.deepEqual(adapterInfo, { name: 'google swiftshader', driver: '', api: 'WebGPU', kind: 'software' });
  assert.deepEqual(page.faults, []);
});

test('more commands in one turn than can be pending: all are done, in order', async () => {
  const page = await openPage(browser);
  const { counted, snapshots } = await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [1] }], uniforms: { step: 1 }, options: { backend: 'gpu' } }).initialize();
    const count = await gpu.createKernel((inputs) => {
      inputs.buffers.a[0] += inputs.uniforms.step;
    });
    const reads = [];
    for (let round = 0; round < 40; round++) {
      gpu.setUniforms({ step: round % 2 });
      for (let runs = 0; runs < 1000; runs++) {
        count.run(1);
      }
      reads.push(gpu.readBuffer('a'));
    }
    const snapshots = (await Promise.all(reads)).map(([value]) => value);
    return { counted: (await gpu.readBuffer('a'))[0], snapshots };
  });
  assert.equal(counted, 20_000);
  assert.deepEqual(snapshots, snapshots.map((_, round) => Math.floor((round + 1) / 2) * 1000));
  assert.deepEqual(page.faults, []);
});

for (const [name, backend, way] of [['gpu', 'gpu', {}], ['cpu', 'cpu', { isIsolated: true }], ['cpu, one worker', 'cpu', { isIsolated: false }]]) {
  test(`recorded calls in a page: ${name}`, async () => {
    const page = await openPage(browser, way);
    const { before, once, often, shown, refused } = await page.evaluate(async (backend) => {
      const { GPUInterface } = await import('hpc.js');
      const buffers = [{ name: 'a', size: [4] }, { name: 'b', size: [4] }];
      const canvas = new OffscreenCanvas(2, 1);
      const gpu = await new GPUInterface({ buffers, canvas, uniforms: { step: 1 }, options: { backend } }).initialize();
      const add = await gpu.createKernel((inputs) => {
        inputs.buffers.a[inputs.threadId.x] += inputs.uniforms.step;
        inputs.canvas.setPixel(inputs.threadId.x, 0, 1, 2, 3);
      });
      const list = gpu.record(() => {
        add.run(4);
        gpu.setUniforms({ step: 10 });
        add.run(4);
        gpu.copyBuffer('a', 'b');
        gpu.updateCanvas();
      });
      const read = async () => [...(await gpu.readBuffer('b'))];
      const before = await read();
      list.replay();
      const once = read();
      // More submissions than are in flight at a time.
      list.replay(2999);
      const often = await read();
      let refused;
      try {
        gpu.record(() => gpu.readBuffer('a'));
      } catch ({ message }) {
        refused = message;
      }
      return { before, once: await once, often, shown: [...(await gpu.readCanvas())], refused };
    }, backend);
    assert.deepEqual({ before, once, often }, { before: [0, 0, 0, 0], once: [11, 11, 11, 11], often: [33_000, 33_000, 33_000, 33_000] });
    assert.deepEqual(shown, [1, 2, 3, 255, 1, 2, 3, 255]);
    assert.equal(refused, 'readBuffer cannot be recorded: call it after replay');
    assert.deepEqual(page.faults, []);
  });
}

test('large data make the way into a page’s device and back', async () => {
  const page = await openPage(browser);
  const wrong = await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const size = 5_000_000;
    const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [size] }], options: { backend: 'gpu' } }).initialize();
    const data = new Float32Array(size);
    const wrong = [];
    for (let turn = 0; turn < 5; turn++) {
      data.forEach((_, index) => (data[index] = (index % 1000) + turn));
      gpu.writeBuffer('a', data);
      const read = gpu.readBuffer('a');
      data.fill(-1);
      wrong.push((await read).findIndex((value, index) => value !== (index % 1000) + turn));
    }
    return wrong;
  });
  assert.deepEqual(wrong, [-1, -1, -1, -1, -1]);
  assert.deepEqual(page.faults, []);
});

test('the page goes on while the device is busy, and commands called meanwhile come after', async () => {
  const page = await openPage(browser);
  const { turns, sums } = await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [1 << 12] }], options: { backend: 'gpu' } }).initialize();
    const work = await gpu.createKernel((inputs) => {
      let sum = inputs.buffers.a[inputs.threadId.x];
      for (let i = 0; i < 1000; i++) {
        sum = (sum + 1) % 1000;
      }
      inputs.buffers.a[inputs.threadId.x] = sum + 1;
    });
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const sums = [];
    for (let round = 0; round < 10; round++) {
      work.run(1 << 12);
      // Each in a turn of its own, most of them with something in flight.
      await new Promise((resolve) => setTimeout(resolve, 1));
      sums.push(gpu.readBuffer('a'));
    }
    const results = (await Promise.all(sums)).map((floats) => floats.at(-1));
    clearInterval(timer);
    return { turns, sums: results };
  });
  assert.ok(turns > 5, `${turns} turns`);
  assert.deepEqual(sums, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});
