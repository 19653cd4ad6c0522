// What goes wrong in pages: every promise settles, and errors say what to do.

import assert from 'node:assert/strict';
import test from 'node:test';
import { launch, openPage } from './browser.mjs';

const browser = await launch();

const refusal = (page, options) =>
  page.evaluate(async (options) => {
    const { GPUInterface } = await import('hpc.js');
    return new GPUInterface({ options }).initialize().then(
      (gpu) => `it runs on ${gpu.backendType}`,
      ({ code, message }) => ({ code, message }),
    );
  }, options);

test('a page without WebGPU that insists on it: the error says so, and kernels can be debugged', async () => {
  const page = await openPage(browser);
  await page.evaluate(() => delete Navigator.prototype.gpu);
  const { code, message } = await refusal(page, { backend: 'gpu' });
  assert.equal(code, 'NoDevice');
  assert.match(message, /this browser has no WebGPU/);
  assert.equal(await refusal(page, { backend: 'debug' }), 'it runs on debug');
  assert.deepEqual(page.faults, []);
});

test('a browser without an adapter', async () => {
  const page = await openPage(browser);
  await page.evaluate(() => Object.assign(GPU.prototype, { requestAdapter: async () => null }));
  const { code, message } = await refusal(page, { backend: 'gpu' });
  assert.equal(code, 'NoDevice');
  assert.match(message, /no GPU that it would use/);
});

test('an adapter that is not there', async () => {
  const page = await openPage(browser);
  const { code, message } = await refusal(page, { backend: 'gpu', adapter: 'GeForce' });
  assert.equal(code, 'NoDevice');
  assert.equal(message, 'no adapter matches "GeForce": a browser offers one, "google swiftshader"; leave out options.adapter');
  assert.equal(await refusal(page, { backend: 'gpu', adapter: 'SwiftShader' }), 'it runs on gpu');
});

test('a kernel with mistakes: a KernelError shows each with its line', async () => {
  const page = await openPage(browser);
  const { code, line, mistakes } = await page.evaluate(async () => {
    const { GPUInterface, KernelError } = await import('hpc.js');
    const gpu = await new GPUInterface({ options: { backend: 'gpu' } }).initialize();
    const kernel = (inputs) => {
      oops;
      alsoNot;
    };
    const error = await gpu.createKernel(kernel).catch((error) => error);
    return { code: error.code, line: error.line, mistakes: error instanceof KernelError && error.mistakes.length };
  });
  assert.deepEqual({ code, line, mistakes }, { code: 'HPC0101', line: 2, mistakes: 2 });
});

test('a buffer that is too large is refused, and the error names it', async () => {
  const page = await openPage(browser);
  const message = await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const spec = { buffers: [{ name: 'huge', size: [2 ** 31 - 1], type: 'vec4' }], options: { backend: 'gpu' } };
    return new GPUInterface(spec).initialize().catch(({ message }) => message);
  });
  assert.match(message, /^the buffer "huge" takes 34359738352 bytes/);
});

test('what was not started when the interface is destroyed is dropped, and its promises reject', async () => {
  const page = await openPage(browser);
  const outcomes = await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [4] }], options: { backend: 'gpu' } }).initialize();
    const reads = [gpu.readBuffer('a'), gpu.readBuffer('a'), gpu.onSubmittedWorkDone()];
    gpu.destroy();
    return (await Promise.allSettled(reads)).map(({ status, reason }) => reason?.code ?? status);
  });
  assert.deepEqual(outcomes, ['Dropped', 'Dropped', 'Dropped']);
});

for (const [name, backend, way] of [['gpu', 'gpu', {}], ['cpu', 'cpu', { isIsolated: true }], ['cpu, one worker', 'cpu', { isIsolated: false }]]) {
  test(`a list without runs that is replayed for ever: the page goes on, and destroy ends it: ${name}`, async () => {
    const page = await openPage(browser, way);
    const { turns, took, outcome } = await page.evaluate(async (backend) => {
      const { GPUInterface } = await import('hpc.js');
      const buffers = [{ name: 'a', size: [4] }, { name: 'b', size: [4] }];
      const gpu = await new GPUInterface({ buffers, options: { backend } }).initialize();
      gpu.record(() => gpu.copyBuffer('a', 'b')).replay(2_000_000_000);
      // More than can be pending.
      for (let i = 0; i < 20_000; i++) gpu.copyBuffer('b', 'a');
      const read = gpu.readBuffer('a');
      let turns = 0;
      while (turns < 20) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        turns++;
      }
      const begun = performance.now();
      gpu.destroy();
      const outcome = await read.then(() => 'read', ({ code }) => code);
      return { turns, took: performance.now() - begun, outcome };
    }, backend);
    assert.deepEqual([turns, outcome], [20, 'Dropped']);
    assert.ok(took < 2000, `${took} ms`);
    assert.deepEqual(page.faults, []);
  });
}

test('a kernel that is nested too deep is refused, and one that is nested almost as deep runs', async () => {
  const page = await openPage(browser);
  const outcomes = await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [1] }], options: { backend: 'gpu' } }).initialize();
    const nested = (depth) => Object.assign(() => {}, { toString: () => `(inputs) => { inputs.buffers.a[0] = ${'-(1 + '.repeat(depth)}1${')'.repeat(depth)}; }` });
    const kernels = await Promise.allSettled([nested(60), nested(5000)].map((kernel) => gpu.createKernel(kernel)));
    return kernels.map(({ status, reason }) => reason?.code ?? status);
  });
  assert.deepEqual(outcomes, ['fulfilled', 'HPC0006']);
});

test('a large read without memory is refused by name, and everything else goes on', async () => {
  const page = await openPage(browser);
  const { outcome, others } = await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const buffers = [{ name: 'large', size: [1 << 20] }, { name: 'a', size: [2], initialData: [1, 2] }];
    const gpu = await new GPUInterface({ buffers, options: { backend: 'gpu' } }).initialize();
    const kernel = await gpu.createKernel((inputs) => {
      inputs.buffers.a[inputs.threadId.x] *= 2;
    });
    // The device has no memory for what is read at once.
    const { createBuffer, popErrorScope } = GPUDevice.prototype;
    let isShort = false;
    GPUDevice.prototype.createBuffer = function (descriptor) {
      isShort = descriptor.size >= 1 << 22;
      return createBuffer.call(this, descriptor);
    };
    GPUDevice.prototype.popErrorScope = async function () {
      const isRefused = isShort;
      isShort = false;
      const error = await popErrorScope.call(this);
      return isRefused ? new GPUOutOfMemoryError('a test') : error;
    };
    kernel.run(2);
    const large = gpu.readBuffer('large');
    kernel.run(2);
    const outcome = await large.then(() => 'read', ({ code, message }) => ({ code, message }));
    Object.assign(GPUDevice.prototype, { createBuffer, popErrorScope });
    return { outcome, others: [...(await gpu.readBuffer('a')), (await gpu.readBuffer('large')).length] };
  });
  assert.deepEqual(outcome, {
    code: 'OutOfMemory',
    message: 'there is no memory for 4194304 bytes of the buffer "large"; free some, or write and read less at once',
  });
  assert.deepEqual(others, [4, 8, 1 << 20]);
});

test('every promise settles when the WebAssembly panics, and later ones do', async () => {
  const page = await openPage(browser);
  const outcomes = await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const spec = { buffers: [{ name: 'a', size: [1] }], options: { backend: 'gpu' } };
    const gpu = await new GPUInterface(spec).initialize();
    GPUDevice.prototype.createBuffer = () => {
      throw new Error('a test');
    };
    // The first read needs a buffer to read from.
    const attempts = [gpu.readBuffer('a'), gpu.onSubmittedWorkDone(), new GPUInterface(spec).initialize()];
    const outcomes = await Promise.allSettled(attempts);
    outcomes.push(...(await Promise.allSettled([gpu.readBuffer('a'), (async () => gpu.copyBuffer('a', 'a'))()])));
    return outcomes.map(({ reason }) => ({ code: reason?.code, message: reason?.message }));
  });
  assert.equal(outcomes.length, 5);
  for (const { code, message } of outcomes) {
    assert.equal(code, 'Internal');
    assert.match(message, /^internal error: the WebAssembly stopped; please report it with the text below, and reload the page\n.*panicked at/);
  }
});

test('an interface comes back when the GPU process has crashed', async () => {
  const lonely = await launch();
  const page = await openPage(lonely);
  await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const canvas = Object.assign(document.createElement('canvas'), { width: 16, height: 16 });
    globalThis.events = [];
    const options = { backend: 'gpu', recover: true, onRecover: (event) => events.push(event) };
    globalThis.gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [64] }], canvas, options }).initialize();
    globalThis.kernel = await gpu.createKernel((inputs) => {
      inputs.buffers.a[inputs.threadId.x] += 1;
      inputs.canvas.setPixel(inputs.threadId.x, 0, 255, 128, 0);
    });
    kernel.run(64);
    gpu.updateCanvas();
    await gpu.checkpoint();
    kernel.run(64);
  });
  const session = await lonely.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess').catch(() => {});
  const { events, a, pixel } = await page.evaluate(async () => {
    // The first to notice is told; the next one waits.
    for (let attempts = 0; events.length === 0 && attempts < 100; attempts++) {
      await gpu.readBuffer('a').catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    kernel.run(64);
    gpu.updateCanvas();
    const [a, picture] = await Promise.all([gpu.readBuffer('a'), gpu.readCanvas()]);
    return { events, a: [...a], pixel: [...picture.slice(0, 3)] };
  });
  assert.deepEqual(events.map(({ restored, lost }) => ({ restored, lost })), [{ restored: ['a'], lost: [] }]);
  assert.deepEqual([a, pixel], [Array(64).fill(2), [255, 128, 0]]);
});

for (const backend of ['gpu', 'cpu']) {
  test(`a loop without end is told to who waits behind it, and everything else goes on (${backend})`, async () => {
    const page = await openPage(browser);
    const outcome = await page.evaluate(async (backend) => {
      const { GPUInterface } = await import('hpc.js');
      const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [64] }], options: { backend, loopLimit: 5000 } }).initialize();
      const add = await gpu.createKernel((inputs) => { inputs.buffers.a[inputs.threadId.x] += 1; });
      const endless = await gpu.createKernel((inputs) => { while (inputs.buffers.a[0] >= 0) inputs.buffers.a[inputs.threadId.x] += 0; });
      add.run(64);
      const before = gpu.readBuffer('a');
      endless.run(64);
      add.run(64);
      const behind = [gpu.readBuffer('a'), gpu.onSubmittedWorkDone()];
      const settled = await Promise.allSettled([before, ...behind]);
      return { settled: settled.map(({ status, reason }) => reason?.code ?? status), a: [...(await gpu.readBuffer('a'))] };
    }, backend);
    assert.deepEqual(outcome, { settled: ['fulfilled', 'LoopLimit', 'LoopLimit'], a: Array(64).fill(2) });
  });
}

test('every promise settles when the device is lost', async () => {
  const lonely = await launch();
  const page = await openPage(lonely);
  await page.evaluate(async () => {
    const { GPUInterface } = await import('hpc.js');
    const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [1 << 20] }], options: { backend: 'gpu' } }).initialize();
    const busy = await gpu.createKernel((inputs) => {
      let sum = 0;
      for (let i = 0; i < 5000; i++) {
        sum += Math.sin(sum + i);
      }
      inputs.buffers.a[inputs.threadId.x] = sum;
    });
    for (let runs = 0; runs < 20; runs++) {
      busy.run(1 << 20);
    }
    globalThis.gpu = gpu;
    globalThis.reads = [gpu.readBuffer('a'), gpu.onSubmittedWorkDone()];
    // The device has begun.
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
  const session = await lonely.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess').catch(() => {});
  const { before, after } = await page.evaluate(async () => {
    const code = ({ status, reason }) => reason?.code ?? status;
    const before = (await Promise.allSettled(reads)).map(code);
    return { before, after: code((await Promise.allSettled([gpu.readBuffer('a')]))[0]) };
  });
  assert.deepEqual(before, ['DeviceLost', 'DeviceLost']);
  assert.equal(after, 'DeviceLost');
});
