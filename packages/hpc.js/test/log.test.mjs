// `console.log` in kernels: the same text on each backend, behind the run and before what is read behind it.

import assert from 'node:assert/strict';
import test from 'node:test';
import { GPUInterface, KernelError, types, vec2, vec3i } from '../esm/index.js';

async function open(backend, { options, ...spec } = {}) {
  const lines = [];
  const gpu = new GPUInterface({ ...spec, options: { backend, onLog: (line) => lines.push(line), ...options } });
  return { gpu: await gpu.initialize(), lines };
}

for (const backend of ['cpu', 'gpu', 'debug']) {
  test(`all types of values, from where they stand, on ${backend}`, async () => {
    const { gpu, lines } = await open(backend, {
      buffers: [{ name: 'd', type: 'f64', size: [2], initialData: [0.1, 1e300] }, { name: 'f', size: [2], initialData: [0.1, 0.75] }, { name: 'out', type: 'i32', size: [3] }],
      uniforms: { n: 16777217 },
    });
    const kernel = await gpu.createKernel(({ threadId, buffers, uniforms }) => {
      function show(x = types.number) {
        console.log('show', x);
        return x * 2;
      }
      const { d, f, out } = buffers;
      console.log('x is', threadId.x, threadId.x > 1, vec2(threadId.x / 2, -1), vec3i(1, 2, 3));
      if (threadId.x === 2) {
        console.log(d[0], d[1], f[0], f[1], uniforms.n, -0, 0x80000000 + threadId.x, 1 / 0);
        console.log();
      }
      out[threadId.x] = show(threadId.x);
    });
    kernel.run(3);
    assert.deepEqual([...await gpu.readBuffer('out')], [0, 2, 4]);
    const at = (x, line, text) => `thread ${x}, 0, 0, line ${line}:${text}`;
    assert.deepEqual(lines, [
      at(0, 7, ' x is 0 false vec2(0, -1) vec3i(1, 2, 3)'),
      at(0, 3, ' show 0'),
      at(1, 7, ' x is 1 false vec2(0.5, -1) vec3i(1, 2, 3)'),
      at(1, 3, ' show 1'),
      at(2, 7, ' x is 2 true vec2(1, -1) vec3i(1, 2, 3)'),
      at(2, 9, ' 0.1 1e+300 0.1 0.75 16777217 -0 2147483650 Infinity'),
      at(2, 10, ''),
      at(2, 3, ' show 2'),
    ]);
    gpu.destroy();
  });

  test(`the limit, and the order of threads, on ${backend}`, async () => {
    const { gpu, lines } = await open(backend, { options: { logLimit: 5 } });
    const kernel = await gpu.createKernel(({ threadId: { x, y, z } }) => console.log(x, y, z));
    kernel.run(2, 1, 2);
    await gpu.onSubmittedWorkDone();
    assert.deepEqual(lines.map((line) => line.split(': ')[1]), ['0 0 0', '0 0 1', '1 0 0', '1 0 1']);
    lines.length = 0;
    kernel.run(100);
    await gpu.onSubmittedWorkDone();
    assert.equal(lines.length, 6);
    assert.equal(lines[5], '95 more calls of console.log: logLimit says how many a run tells');
    gpu.destroy();
  });

  test(`nothing is told with a limit of 0, on ${backend}`, async () => {
    const { gpu, lines } = await open(backend, { options: { logLimit: 0 } });
    (await gpu.createKernel(({ threadId }) => console.log(threadId.x))).run(3);
    await gpu.onSubmittedWorkDone();
    assert.deepEqual(lines, []);
    gpu.destroy();
  });

  test(`lists tell each run, on ${backend}`, async () => {
    const { gpu, lines } = await open(backend, { uniforms: { n: 1 } });
    const kernel = await gpu.createKernel(({ uniforms }) => console.log(uniforms.n));
    const list = gpu.record(() => {
      kernel.run(1);
      gpu.setUniforms({ n: 2 });
      kernel.run(2);
    });
    list.replay(2);
    await gpu.onSubmittedWorkDone();
    assert.deepEqual(lines.map((line) => line.split(': ')[1]), ['1', '2', '2', '1', '2', '2']);
    gpu.destroy();
  });

  test(`what cannot be told is refused with a way to tell it, on ${backend}`, async () => {
    const { gpu } = await open(backend, { buffers: [{ name: 'rows', size: [4, 4] }] });
    const refusal = (text) => gpu.createKernel(Object.assign(() => {}, { toString: () => text })).then(() => '', (error) => error);
    const refused = {
      '(inputs) => { console.log(`x is ${inputs.threadId.x}`); }': /list its parts: `console.log\('x is', x\)`/,
      '(inputs) => { console.log(array([1, 2, 3])); }': /name an element/,
      '(inputs) => { console.log(inputs.buffers.rows[0]); }': /write `rows\[i\]\[j\]`/,
      '(inputs) => { const a = vec4(1, 2, 3, 4); console.log(a, a, a, a, 1); }': /17 numbers, and a call tells 16 at most/,
      '(inputs) => { const x = console.log(1); inputs.buffers.rows[0][0] = x; }': /./,
    };
    for (const [text, pattern] of Object.entries(refused)) {
      const error = await refusal(text);
      assert.ok(error instanceof KernelError, `${text}: ${error}`);
      assert.match(error.message, pattern);
    }
    if (backend !== 'debug') {
      assert.match((await refusal('(inputs) => { console.table(1); }')).message, /write `console.log\(…\)`/);
    }
    gpu.destroy();
  });
}

test('by default it goes to console.log', async (context) => {
  const log = context.mock.method(console, 'log', () => {});
  const gpu = await new GPUInterface({ options: { backend: 'cpu' } }).initialize();
  (await gpu.createKernel(({ threadId }) => console.log('here', threadId.x))).run(2);
  await gpu.onSubmittedWorkDone();
  const lines = log.mock.calls.map(({ arguments: [line] }) => line);
  assert.deepEqual(lines, ['thread 0, 0, 0, line 1: here 0', 'thread 1, 0, 0, line 1: here 1']);
  gpu.destroy();
});

test('wrong options are refused', () => {
  assert.throws(() => new GPUInterface({ options: { logLimit: -1 } }), /options.logLimit must be an integer from 0 to 65536, not -1/);
  assert.throws(() => new GPUInterface({ options: { onLog: 3 } }), /options.onLog must be a function/);
});
