// Functions with odd texts, and stacks that somebody has tampered with: `createKernel` gives a kernel or an error, and soon.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import test, { after } from 'node:test';
import { GPUInterface, KernelError } from '../esm/index.js';

const BACKENDS = ['gpu', 'cpu', 'debug'];
const open = (backend) => new GPUInterface({ buffers: [{ name: 'a', size: [4] }], options: { backend } }).initialize();

const textual = (text) => Object.assign(() => {}, { toString: () => text });
const throwing = (error) => Object.assign(() => {}, { toString: () => { throw error; } });
const GOOD = '(inputs) => { inputs.buffers.a[inputs.threadId.x] = 7; }';
const named = (name) => Object.defineProperty(textual(GOOD), 'name', name);
const trapping = (trap) => new Proxy(textual(GOOD), { [trap]: () => { throw new Error('a trap'); } });

// A kernel.
const GIVEN = 'a kernel';
// Mistakes in its text.
const MISTAKEN = (error) => error instanceof KernelError && /^HPC\d{4}$/.test(error.code);
// No text at all.
const REFUSED = (error) => error instanceof TypeError && error.code === 'Refused' && /createKernel/.test(error.message);
const THEIRS = (error) => /^a (getter|trap|test)$/.test(error.message);
const anything = () => true;

const ODD = {
  'an empty text': [textual(''), MISTAKEN],
  'a blank text': [textual(' \n'), MISTAKEN],
  'a brace': [textual('{'), MISTAKEN],
  'a letter': [textual('a'), MISTAKEN],
  'a line end': [textual('\n'), MISTAKEN],
  'a NUL': [textual('\0'), MISTAKEN],
  'half a character': [textual('() => "\ud800"'), MISTAKEN],
  'a comment': [textual('/* nothing'), MISTAKEN],
  'two functions': [textual('() => {}, () => {}'), MISTAKEN],
  'a bracket that closes ours': [textual(') => {}'), MISTAKEN],
  'a text of 4 MB': [textual(`(inputs) => { ${'x;'.repeat(2 ** 21)} }`), MISTAKEN],
  'spaces of 4 MB': [textual(' '.repeat(2 ** 22)), MISTAKEN],
  'a text that is no string': [textual(5), REFUSED],
  'a text that is undefined': [textual(undefined), REFUSED],
  'a text that is an object': [textual({ toString: () => GOOD }), REFUSED],
  'a text that is a String': [textual(new String(GOOD)), REFUSED],
  'a toString that throws': [throwing(new Error('a test')), THEIRS],
  'a toString that throws what is no error': [throwing('a test'), (thrown) => thrown === 'a test'],
  'a toString that throws nothing': [throwing(undefined), (thrown) => thrown === undefined],
  'a toString that throws what is frozen': [throwing(Object.freeze(new Error('a test'))), THEIRS],
  'a toString that throws without a stack': [throwing(Object.defineProperty(new Error('a test'), 'stack', { value: 7 })), THEIRS],
  'a toString that throws what throws': [
    throwing(Object.defineProperty(new Error(), 'message', { get() { throw new Error('a getter'); } })), anything,
  ],
  'a toString that is no function': [Object.assign((inputs) => { inputs.buffers.a[0] = 7; }, { toString: 5 }), GIVEN],
  'a toString that is a getter that throws': [Object.defineProperty(() => {}, 'toString', { get() { throw new Error('a getter'); } }), THEIRS],
  'no prototype': [Object.setPrototypeOf((inputs) => { inputs.buffers.a[0] = 7; }, null), GIVEN],
  'bound': [(() => {}).bind(), REFUSED],
  'native': [Math.max, REFUSED],
  'the constructor of functions': [Function, REFUSED],
  'a proxy': [new Proxy(() => {}, {}), REFUSED],
  'a revoked proxy': [(() => { const { proxy, revoke } = Proxy.revocable(() => {}, {}); revoke(); return proxy; })(), TypeError],
  'a proxy whose get throws': [trapping('get'), THEIRS],
  'a proxy whose has throws': [trapping('has'), anything],
  'a class': [class { constructor(inputs) { inputs.buffers.a[0] = 1; } }, MISTAKEN],
  'an async function': [async (inputs) => { inputs.buffers.a[0] = 1; }, MISTAKEN],
  'an async method': [{ async run(inputs) { inputs.buffers.a[0] = 1; } }.run, MISTAKEN],
  'a generator': [function* (inputs) { inputs.buffers.a[0] = 1; }, MISTAKEN],
  'an async generator': [async function* (inputs) { inputs.buffers.a[0] = 1; }, MISTAKEN],
  'a generator method': [{ *run(inputs) { inputs.buffers.a[0] = 1; } }.run, MISTAKEN],
  'a getter': [Object.getOwnPropertyDescriptor({ get run() { return 1; } }, 'run').get, MISTAKEN],
  'a setter': [Object.getOwnPropertyDescriptor({ set run(inputs) { inputs.buffers.a[0] = 7; } }, 'run').set, MISTAKEN],
  'a method': [{ run(inputs) { inputs.buffers.a[0] = 7; } }.run, GIVEN],
  'a method with a name of words': [{ 'run it'(inputs) { inputs.buffers.a[0] = 7; } }['run it'], anything],
  'a method with a computed name': [{ ['run']: (inputs) => { inputs.buffers.a[0] = 7; } }.run, GIVEN],
  'a static method': [class { static run(inputs) { inputs.buffers.a[0] = 7; } }.run, GIVEN],
  'no parameter': [() => {}, MISTAKEN],
  'rest parameters': [(...inputs) => { inputs; }, MISTAKEN],
  'frozen': [Object.freeze((inputs) => { inputs.buffers.a[0] = 7; }), GIVEN],
  'a name that is no string': [named({ value: 5 }), GIVEN],
  'a name that is a symbol': [named({ value: Symbol('name') }), GIVEN],
  'a name of 1 MB': [named({ value: 'n'.repeat(2 ** 20) }), GIVEN],
  'a name that throws': [named({ get() { throw new Error('a getter'); } }), GIVEN],
  'precompiled to no text': [Object.assign(textual(GOOD), { [Symbol.for('hpc.js:precompiled')]: { gpu: 5, cpu: {} } }), GIVEN],
  'precompiled to nothing': [Object.assign(textual(GOOD), { [Symbol.for('hpc.js:precompiled')]: null }), GIVEN],
  'precompiled to nonsense': [Object.assign(textual(GOOD), { [Symbol.for('hpc.js:precompiled')]: { gpu: 'x', cpu: 'x' } }), GIVEN],
};

// What comes of a function, and how long it took.
async function outcome(gpu, kernel) {
  const start = performance.now();
  const [settled] = await Promise.allSettled([gpu.createKernel(kernel)]);
  return { ...settled, time: performance.now() - start };
}

const LONGEST = 5000;

for (const backend of BACKENDS) {
  test(`odd functions are kernels, or errors with a code (${backend})`, async () => {
    const gpu = await open(backend);
    const wrong = [];
    for (const [what, [kernel, expected]] of Object.entries(ODD)) {
      const { status, value, reason, time } = await outcome(gpu, kernel);
      const isRight = expected === GIVEN
        ? status === 'fulfilled' && typeof value.run === 'function'
        : expected === anything || (status === 'rejected' && (expected === TypeError ? reason instanceof TypeError : expected(reason)));
      if (!isRight || time > LONGEST) {
        wrong.push(`${what}: ${status} ${reason?.code} ${String(reason?.message ?? reason).slice(0, 200)} (${time.toFixed()} ms)`);
      }
    }
    assert.deepEqual(wrong, []);
    // The interface is as it was.
    const kernel = await gpu.createKernel((inputs) => { inputs.buffers.a[inputs.threadId.x] = inputs.threadId.x; });
    kernel.run(4);
    assert.deepEqual([...(await gpu.readBuffer('a'))], [0, 1, 2, 3]);
  });

  test(`stacks that somebody has tampered with (${backend})`, async () => {
    const gpu = await open(backend);
    const { prepareStackTrace, stackTraceLimit } = Error;
    const tampered = {
      'call sites': { prepareStackTrace: (_, sites) => sites },
      'no string': { prepareStackTrace: () => 5 },
      'nothing': { prepareStackTrace: () => undefined },
      'a throw': { prepareStackTrace() { throw new Error('a test'); } },
      'a stack of 10 MB': { prepareStackTrace: () => 'Error\n' + '    at /nowhere.js:1:1\n'.repeat(2 ** 18) + 'at /'.repeat(2 ** 20) },
      'no frames': { stackTraceLimit: 0 },
      'no limit': { stackTraceLimit: 'x' },
    };
    for (const [what, change] of Object.entries(tampered)) {
      const start = performance.now();
      try {
        Object.assign(Error, change);
        const outcomes = await Promise.allSettled([gpu.createKernel((inputs) => { nothing; }), gpu.readBuffer('nothing')]);
        Object.assign(Error, { prepareStackTrace, stackTraceLimit });
        assert.equal(outcomes[0].reason?.code, 'HPC0101', what);
        assert.match(outcomes[1].reason?.message, /no buffer "nothing"/, what);
      } finally {
        Object.assign(Error, { prepareStackTrace, stackTraceLimit });
      }
      assert.ok(performance.now() - start < LONGEST, what);
    }
  });
}

const folder = mkdtempSync(join(tmpdir(), 'hpc-odd-'));
after(() => rmSync(folder, { recursive: true }));

test('a mistake that stands very often in a large file is found there in time', async () => {
  const path = join(folder, 'large.mjs');
  const lines = Array.from({ length: 400_000 }, () => 'a;').join('\n');
  writeFileSync(path, `const textual = (text) => Object.assign(() => {}, { toString: () => text });
export const make = (gpu) => gpu.createKernel(textual('a'));\n/*${lines}*/\n`);
  const { make } = await import(pathToFileURL(path));
  const gpu = await open('cpu');
  const start = performance.now();
  const error = await make(gpu).catch((error) => error);
  assert.ok(MISTAKEN(error));
  assert.equal(error.origin.line, 2);
  assert.ok(performance.now() - start < LONGEST);
});

test('a stack that names what is no file of a program', async () => {
  const gpu = await open('cpu');
  for (const file of ['/dev/zero', '/dev/stdin', folder, '/nowhere/at all.js', 'file:///%', 'http://127.0.0.1:9/x.js']) {
    const start = performance.now();
    const make = (0, eval)(`(gpu, kernel) => gpu.createKernel(kernel)\n//# sourceURL=${file}`);
    const error = await make(gpu, (inputs) => { nothing; }).catch((error) => error);
    assert.equal(error.code, 'HPC0101', file);
    assert.ok(performance.now() - start < LONGEST, file);
  }
});
