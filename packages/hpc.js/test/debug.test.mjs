// What the debug backend shows of a kernel besides its results.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { createCanvas, GPUInterface, vec2 } from '../esm/index.js';

const FILE = import.meta.url;

// The reports of running a kernel over so many threads, on a 1D buffer `a` and a 2D buffer `m`.
async function reports(kernel, ...extents) {
  const found = [];
  const gpu = await new GPUInterface({
    buffers: [{ name: 'a', size: [4] }, { name: 'm', size: [2, 3], type: 'vec2' }],
    options: { backend: 'debug', onReport: (report) => found.push(report) },
  }).initialize();
  (await gpu.createKernel(kernel)).run(...extents);
  return found;
}

// The line of the caller in this file.
const here = () => Number(/debug\.test\.mjs:(\d+)/.exec(new Error().stack.split('\n')[2])[1]);

test('a clean kernel gives no reports', async () => {
  assert.deepEqual(await reports((inputs) => {
    inputs.buffers.a[inputs.threadId.x] += 1;
    inputs.buffers.m[0][inputs.threadId.x] = inputs.buffers.m[0][inputs.threadId.x].plus(vec2(1));
  }, 3), []);
});

test('an index outside is reported once a line, with its thread', async () => {
  const line = here() + 2;
  const found = await reports((inputs) => {
    inputs.buffers.a[inputs.threadId.x + 1] = 1;
    inputs.buffers.m[inputs.threadId.x][-1] = vec2(1);
  }, 6);
  assert.deepEqual(found.map(({ kind, buffer, index, thread, file, line }) => ({ kind, buffer, index, thread, file, line })), [
    { kind: 'out-of-range', buffer: 'm', index: [0, -1], thread: [0, 0, 0], file: FILE, line: line + 1 },
    { kind: 'out-of-range', buffer: 'a', index: [4], thread: [3, 0, 0], file: FILE, line },
  ]);
  assert.match(found[1].message, /^out-of-range: a\[4\] is used, which is outside of its size \[4\] \(thread 3, 0, 0, file:.*debug\.test\.mjs:\d+\)$/);
});

test('an index that is NaN', async () => {
  const [report] = await reports((inputs) => {
    inputs.buffers.a[0] = inputs.buffers.a[inputs.threadId.x / 0];
  }, 1);
  assert.equal(report.kind, 'nan-index');
});

test('two threads that write one element', async () => {
  const found = await reports((inputs) => {
    inputs.buffers.a[inputs.threadId.y] = inputs.threadId.x;
  }, 2, 2);
  assert.deepEqual(found.map(({ kind, index, thread }) => ({ kind, index, thread })), [{ kind: 'race', index: [0], thread: [1, 0, 0] }]);
});

test('a thread that reads what another writes', async () => {
  const [report] = await reports((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.a[i] = inputs.buffers.a[i - 1 < 0 ? 0 : i - 1] + 1;
  }, 2);
  assert.equal(report.kind, 'race');
  assert.match(report.message, /is read/);
});

test('a thread that writes what another has read', async () => {
  const found = await reports((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.a[i] = inputs.buffers.a[i] + inputs.buffers.a[i + 1 < 4 ? i + 1 : i];
  }, 4);
  assert.deepEqual(found.map(({ kind, index, thread }) => ({ kind, index, thread })), [{ kind: 'race', index: [1], thread: [1, 0, 0] }]);
  assert.match(found[0].message, /which another thread of this run has read/);
});

// The kinds of what a kernel reports on a buffer of integers, in threads that share its elements.
async function reportsOfIntegers(kernel) {
  const found = [];
  const buffers = [{ name: 'a', type: 'i32', size: [4] }, { name: 'm', type: 'vec2', size: [4] }, { name: 'g', type: 'i32', size: [2, 2] }];
  const gpu = await new GPUInterface({ buffers, options: { backend: 'debug', onReport: (report) => found.push(report) } }).initialize();
  (await gpu.createKernel(kernel)).run(4);
  return { kinds: found.map(({ kind }) => kind), a: [...await gpu.readBuffer('a')], found };
}

test('what is accumulated is no race, in whatever form', async () => {
  const { kinds, a, found } = await reportsOfIntegers((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.a[0] += i;
    inputs.buffers.a[0]++;
    inputs.buffers.a[1] = Math.max(inputs.buffers.a[1], i * 2);
    inputs.buffers.a[2] = inputs.buffers.a[2] + 1 - 3;
    const old = inputs.buffers.a[3];
    inputs.buffers.a[3] = old + 5;
    const next = inputs.buffers.a[3] + 1;
    inputs.buffers.a[3] = next;
    inputs.buffers.m[0].x += 1;
    inputs.buffers.m[1] = inputs.buffers.m[1].plus(vec2(1));
    inputs.buffers.g[0][1] |= 1 << i;
    Atomics.add(inputs.buffers.a, 0, Atomics.load(inputs.buffers.g[0], 1));
    const { a } = inputs.buffers;
    a[0] -= 1;
  });
  assert.deepEqual(kinds, [], found[0]?.message);
  assert.deepEqual(a, [6 + 1 + 3 + 7 + 15, 6, -8, 24]);
});

test('what is accumulated and written or read as well is a race', async () => {
  for (const kernel of [
    (inputs) => { inputs.buffers.a[0] += 1; inputs.buffers.a[1] = inputs.buffers.a[0]; },
    (inputs) => { inputs.buffers.a[0] = inputs.buffers.a[1]; Atomics.sub(inputs.buffers.a, 0, 1); },
    (inputs) => { inputs.buffers.a[0] = inputs.buffers.a[0] * 2 + 1; },
  ]) {
    const { kinds } = await reportsOfIntegers(kernel);
    assert.ok(kinds.includes('race'), `${kernel}`);
  }
});

test('Atomics outside of a buffer do nothing and say so', async () => {
  const { kinds, a } = await reportsOfIntegers((inputs) => {
    const first = Atomics.add(inputs.buffers.a, 4, 3);
    inputs.buffers.a[inputs.threadId.x] = first + Atomics.store(inputs.buffers.a, -1, 2.5);
  });
  assert.deepEqual(kinds, ['out-of-range', 'out-of-range']);
  assert.deepEqual(a, [2, 2, 2, 2]);
});

test('runs do not race with each other, nor reads and writes of one thread', async () => {
  const found = [];
  const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [2] }], options: { backend: 'debug', onReport: (report) => found.push(report) } }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    inputs.buffers.a[inputs.threadId.x] = 1;
    inputs.buffers.a[inputs.threadId.x] += 1;
  });
  kernel.run(2);
  kernel.run(2);
  assert.deepEqual(found, []);
});

// Takes kernels that the compilers would refuse.
const UNCHECKED = { backend: 'debug', [Symbol.for('hpc.js:unchecked')]: true };

test('what a kernel throws names the thread and points into the kernel', async () => {
  const gpu = await new GPUInterface({ options: UNCHECKED }).initialize();
  const line = here() + 2;
  const kernel = await gpu.createKernel((inputs) => {
    if (inputs.threadId.x === 2) missing();
  });
  assert.throws(() => kernel.run(3), (error) => {
    assert.match(error.message, /missing is not defined \(in thread 2, 0, 0/);
    assert.ok(error.stack.includes(`${FILE}:${line}`), error.stack);
    return true;
  });
});

const REJECT = new URL('../../../tests/conformance/reject/', import.meta.url);

// The kernels of the corpus that must be refused.
function* refusedKernels() {
  for (const file of readdirSync(REJECT).filter((file) => file.endsWith('.js'))) {
    for (const part of readFileSync(new URL(file, REJECT), 'utf8').split(/^\/\/ ---- /m).slice(1)) {
      const [title, ...lines] = part.split('\n');
      yield { title: `${file}: ${title}`, text: lines.join('\n').replace(/;\s*$/, '') };
    }
  }
}

test('kernels are refused as the compilers refuse them', async () => {
  const spec = { buffers: [{ name: 'a', size: [4] }, { name: 'm', size: [2, 3] }], uniforms: { n: 1 }, canvas: createCanvas(2, 2) };
  const open = (backend) => new GPUInterface({ ...spec, options: { backend } }).initialize();
  const [cpu, debug] = [await open('cpu'), await open('debug')];
  const outcome = async (gpu, text) => {
    const error = await gpu.createKernel(Object.assign(() => {}, { toString: () => text })).then(() => undefined, (error) => error);
    return error && { codes: error.mistakes?.map(({ code, line, column }) => [code, line, column]), message: error.message };
  };
  let count = 0;
  for (const { title, text } of refusedKernels()) {
    const expected = await outcome(cpu, text);
    // Those are there for debugging.
    if (expected && !/console|debugger/.test(text)) {
      assert.deepEqual(await outcome(debug, text), expected, title);
      count += 1;
    }
  }
  console.log(`${count} kernels`);
  assert.ok(count > 100, `${count} kernels`);
});

test('what is there for debugging is nothing to the compilers, wherever it stands', async () => {
  const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [2] }], options: { backend: 'debug' } }).initialize();
  const said = [];
  const { warn } = console;
  console.warn = (...words) => said.push(words.join(' '));
  try {
    const kernels = [
      (inputs) => { console.warn('a', inputs.threadId.x); },
      (inputs) => console.warn('b', inputs.threadId.x),
      { run(inputs) { console.warn('c', inputs.threadId.x); } }.run,
      (inputs) => {
        if (inputs.threadId.x < 2) console.warn('d'); else debugger;
        for (let i = 0; i < 1; i++) console.warn(
          `e ${i}`,
        );
        inputs.buffers.a[0] = 1;
      },
    ];
    for (const kernel of kernels) {
      (await gpu.createKernel(kernel)).run(1);
    }
  } finally {
    console.warn = warn;
  }
  assert.deepEqual(said, ['a 0', 'b 0', 'c 0', 'd', 'e 0']);
  // A mistake stands where it stands in the file.
  const line = here() + 3;
  const error = await gpu.createKernel((inputs) => {
    console.warn('before');
    inputs.buffers.a[0] = missing;
  }).catch((error) => error);
  assert.deepEqual([error.code, error.origin.line + error.line - 1], ['HPC0101', line]);
});

test('console.log and HPC_BACKEND=debug, in a program that knows nothing of it', () => {
  const program = `
    import GPUInterface from 'hpc.js';
    const gpu = await new GPUInterface({}).initialize();
    (await gpu.createKernel((inputs) => { console.log('thread', inputs.threadId.x); })).run(2);
    console.log(gpu.backendType);`;
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd, env: { ...process.env, HPC_BACKEND: 'debug' }, encoding: 'utf8',
  });
  assert.equal(stdout, 'thread 0, 0, 0, line 1: thread 0\nthread 1, 0, 0, line 1: thread 1\ndebug\n', stderr);
});

test('a breakpoint in the user\'s file stops in the kernel', async () => {
  const inspector = new Session();
  inspector.connect();
  await inspector.post('Debugger.enable');
  const line = here() + 6;
  const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [2] }], options: { backend: 'debug' } }).initialize();
  const stops = [];
  inspector.on('Debugger.paused', ({ params }) => stops.push(params.callFrames[0].location.lineNumber + 1));
  const kernel = await gpu.createKernel((inputs) => {
    const twice = inputs.threadId.x * 2; // here
    inputs.buffers.a[inputs.threadId.x] = twice;
  });
  const url = FILE;
  await inspector.post('Debugger.setBreakpointByUrl', { url, lineNumber: line - 1, columnNumber: 0 });
  kernel.run(2);
  inspector.disconnect();
  assert.deepEqual(stops, [line, line]);
});
