// The CPU backend of pages: when it is taken, with shared memory and without, and how it ends.

import assert from 'node:assert/strict';
import test from 'node:test';
import { launch, openPage } from './browser.mjs';

const browser = await launch();

const ways = [
  ['shared memory', { isIsolated: true }],
  ['one worker', { isIsolated: false }],
];

// In a page: an interface of these options, what it is, and what a kernel on it sees.
const describe = (page, options) =>
  page.evaluate(async (options) => {
    const { GPUInterface } = await import('hpc.js');
    const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [2] }], options }).initialize();
    const kernel = await gpu.createKernel((inputs) => {
      inputs.buffers.a[inputs.threadId.x] = inputs.usingCpu ? 2 : 1;
    });
    kernel.run(2);
    const { backendType, adapterInfo } = gpu;
    const seen = [...(await gpu.readBuffer('a'))];
    gpu.destroy();
    return { backendType, adapterInfo, seen };
  }, options);

// In a page: an interface whose kernel never ends, and what waits for it.
const startRunaway = (page) =>
  page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const spec = { buffers: [{ name: 'a', size: [1000] }], options: { backend: 'cpu', loopLimit: 2 ** 32 - 1 } };
    const gpu = await new GPUInterface(spec).initialize();
    const runaway = await gpu.createKernel((inputs) => {
      while (inputs.buffers.a[0] >= 0) {
        inputs.buffers.a[inputs.threadId.x] += 1;
      }
    });
    runaway.run(1000);
    Object.assign(globalThis, { gpu, waiting: [gpu.readBuffer('a'), gpu.onSubmittedWorkDone()] });
    await new Promise((resolve) => setTimeout(resolve, 200));
  });

for (const [name, way] of ways) {
  test(`a software adapter is slower than the CPU backend, which is taken: ${name}`, async () => {
    const page = await openPage(browser, way);
    const { backendType, adapterInfo, seen } = await describe(page, {});
    const threads = way.isIsolated ? await page.evaluate(() => navigator.hardwareConcurrency) : 1;
    assert.equal(backendType, 'cpu');
    assert.deepEqual(seen, [2, 2]);
    const driver = `${threads} thread${threads === 1 ? '' : 's'}`;
    const { fallbackReason, ...info } = adapterInfo;
    assert.deepEqual(info, { name: 'CPU', driver, api: 'WebAssembly SIMD', kind: 'software' });
    assert.match(fallbackReason, /no GPU.*slower than the CPU/);
    assert.equal((await describe(page, { useCpu: true })).backendType, 'cpu');
    assert.equal((await describe(page, { backend: 'gpu' })).backendType, 'gpu');
    assert.deepEqual(page.faults, []);
  });

  test(`a runaway ends when its interface is destroyed, and what waits for it rejects: ${name}`, async () => {
    const page = await openPage(browser, way);
    await startRunaway(page);
    const codes = await page.evaluate(async () => {
      gpu.destroy();
      return (await Promise.allSettled(waiting)).map(({ reason }) => reason?.code);
    });
    assert.deepEqual(codes, ['Dropped', 'Dropped']);
    assert.deepEqual((await describe(page, {})).seen, [2, 2]);
    assert.deepEqual(page.faults, []);
  });

  test(`a page is closed while a kernel runs: ${name}`, async () => {
    const closing = await openPage(browser, way);
    await startRunaway(closing);
    await closing.close();
    assert.deepEqual((await describe(await openPage(browser, way), {})).seen, [2, 2]);
  });

  test(`the page goes on while a kernel runs: ${name}`, async () => {
    const page = await openPage(browser, way);
    const { took, waits } = await page.evaluate(async () => {
      const { GPUInterface } = await import('hpc.js');
      const size = 1 << 20;
      const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [size] }], options: { backend: 'cpu' } }).initialize();
      const kernel = await gpu.createKernel((inputs) => {
        let sum = 0;
        for (let i = 0; i < 500; i++) {
          sum = Math.sin(sum + i);
        }
        inputs.buffers.a[inputs.threadId.x] = sum;
      });
      kernel.run(size);
      const begun = performance.now();
      let last = begun;
      const waits = [];
      const timer = setInterval(() => {
        waits.push(performance.now() - last);
        last = performance.now();
      });
      await gpu.onSubmittedWorkDone();
      clearInterval(timer);
      gpu.destroy();
      return { took: performance.now() - begun, waits: waits.toSorted((a, b) => a - b) };
    });
    // Other programs on the machine may take the core from the page now and then, but not one time in twenty.
    const most = waits[Math.floor(waits.length * 0.95)];
    const longest = waits.at(-1);
    console.log(`${name}: ${took.toFixed()} ms, of which the page was kept waiting ${most.toFixed()} ms nearly always, and ${longest.toFixed()} ms at most`);
    assert.ok(most < 20, `${most} ms`);
    assert.ok(longest < took / 4, `${longest} of ${took} ms`);
  });
}

test('a page without WebGPU, and one without an adapter', async () => {
  const page = await openPage(browser);
  await page.evaluate(() => Object.assign(GPU.prototype, { requestAdapter: async () => null }));
  assert.equal((await describe(page, {})).backendType, 'cpu');
  await page.evaluate(() => delete Navigator.prototype.gpu);
  assert.equal((await describe(page, {})).backendType, 'cpu');
});

test('a browser without SharedArrayBuffer', async () => {
  const page = await openPage(browser, { isIsolated: false });
  await page.evaluate(() => delete globalThis.SharedArrayBuffer);
  const { backendType, seen } = await describe(page, {});
  assert.deepEqual({ backendType, seen }, { backendType: 'cpu', seen: [2, 2] });
});

test('a GPU is taken where there is one; if it cannot draw on the canvas, the CPU does', async () => {
  const page = await openPage(browser);
  // SwiftShader poses as a real one.
  await page.evaluate(() => Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', { get: () => false }));
  assert.equal((await describe(page, {})).backendType, 'gpu');
  const backend = await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const canvas = document.createElement('canvas');
    canvas.getContext('2d');
    const said = [];
    console.warn = (line) => said.push(line);
    const { backendType, adapterInfo } = await new GPUInterface({ canvas }).initialize();
    return { backendType, reason: adapterInfo.fallbackReason, said };
  });
  assert.equal(backend.backendType, 'cpu');
  assert.match(backend.reason, /^the canvas cannot be drawn on/);
  assert.deepEqual(backend.said, [`hpc.js: kernels run on the CPU, as the GPU failed: ${backend.reason}`]);
  // By the size of its data a program must not become slow.
  const refused = await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const spec = { buffers: [{ name: 'huge', size: [2 ** 31 - 1], type: 'vec4' }] };
    return new GPUInterface(spec).initialize().catch(({ message }) => message);
  });
  assert.match(refused, /^the buffer "huge" takes 34359738352 bytes.*ask for the backend cpu/);
});

test('several interfaces at once keep their data apart', async () => {
  const page = await openPage(browser);
  const results = await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const run = async (factor) => {
      const spec = { buffers: [{ name: 'a', size: [5000] }], uniforms: { factor }, options: { backend: 'cpu' } };
      const gpu = await new GPUInterface(spec).initialize();
      const add = await gpu.createKernel((inputs) => {
        inputs.buffers.a[inputs.threadId.x] += inputs.uniforms.factor * inputs.threadId.x;
      });
      for (let turn = 0; turn < 100; turn++) {
        add.run(5000);
      }
      const data = await gpu.readBuffer('a');
      gpu.destroy();
      return data.every((value, index) => value === 100 * factor * index);
    };
    return Promise.all([1, 2, 3].map(run));
  });
  assert.deepEqual(results, [true, true, true]);
});

test('a page that must not start workers: the error says so', async () => {
  const page = await openPage(browser);
  await page.evaluate(() => {
    const meta = Object.assign(document.createElement('meta'), { httpEquiv: 'Content-Security-Policy', content: "worker-src 'none'" });
    document.head.append(meta);
  });
  const { code, message } = await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const error = await new GPUInterface({ options: { backend: 'cpu' } }).initialize().catch((error) => error);
    return { code: error.code, message: error.message };
  });
  assert.equal(code, 'NoDevice');
  assert.match(message, /^the CPU backend cannot start: .*worker-src/);
});

test('more than there are addresses for is refused', async () => {
  const page = await openPage(browser);
  const { code, message } = await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const spec = { buffers: [{ name: 'huge', size: [2 ** 28], type: 'vec4' }], options: { backend: 'cpu' } };
    const error = await new GPUInterface(spec).initialize().catch((error) => error);
    return { code: error.code, message: error.message };
  });
  assert.equal(code, 'OutOfMemory');
  assert.match(message, /on the CPU of a browser there are 4 GiB/);
});
