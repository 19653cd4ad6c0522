// What much work at once takes: threads, time for those who only read, and the cores after a worker is gone.

import assert from 'node:assert/strict';
import test from 'node:test';
import { run } from './program.mjs';

// What every program here begins with.
const PRELUDE = `
  import GPUInterface from 'hpc.js';
  import { readFileSync } from 'node:fs';
  import { setTimeout as sleep } from 'node:timers/promises';
  import { Worker } from 'node:worker_threads';
  const threads = () => Number(/Threads:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  // The most threads that there are while work goes on.
  async function mostThreads(work) {
    let most = threads(), isOver = false;
    const over = work.finally(() => { isOver = true; });
    while (!isOver) { most = Math.max(most, threads()); await sleep(1); }
    await over;
    return most;
  }
  async function open(size, options) {
    return new GPUInterface({ buffers: [{ name: 'a', size: [size] }], options }).initialize();
  }
  const ENDLESS = (inputs) => {
    while (inputs.buffers.a[0] >= 0) inputs.buffers.a[inputs.threadId.x] += 1;
  };`;

// Runs a program in a process of its own; what it printed as JSON, its exit code, and how long it took in milliseconds.
function program(body, environment = {}) {
  const { stdout, stderr, status, signal, time } = run(PRELUDE + body, environment);
  assert.equal(signal, null, stderr);
  return { printed: stdout === '' ? undefined : JSON.parse(stdout), status, stderr, time };
}

test('many kernels at once take few threads, and reads do not wait behind them', () => {
  const { printed, stderr } = program(`
    const gpu = await open(4);
    const text = (i) => \`let x = \${i}; for (let i = 0; i < 10; i++) x = Math.sin(x) + inputs.threadId.x; inputs.buffers.a[0] = x;\`;
    const before = threads();
    const kernels = Promise.all(Array.from({ length: 150 }, (_, i) => gpu.createKernel(new Function('inputs', text(i)))));
    let isOver = false;
    const reads = [];
    kernels.then(() => { isOver = true; });
    const reading = (async () => {
      while (!isOver) {
        const begun = performance.now();
        await gpu.readBuffer('a');
        reads.push(performance.now() - begun);
        await sleep(2);
      }
    })();
    const most = await mostThreads(kernels);
    await reading;
    reads.sort((a, b) => a - b);
    console.log(JSON.stringify({ before, most, count: reads.length, middle: reads[reads.length >> 1] }));`);
  assert.ok(printed, stderr);
  const { before, most, count, middle } = printed;
  console.log(`${most} threads, ${before} before; ${count} reads meanwhile, half of them within ${middle.toFixed(1)} ms`);
  assert.ok(most <= before + 24, `${most} threads`);
  assert.ok(count > 10 && middle < 50, `${count} reads, half of them within ${middle} ms`);
});

test('many large reads that are collected at once take few threads', () => {
  const { printed, stderr } = program(`
    const gpu = await open(1 << 18);
    let reads = await Promise.all(Array.from({ length: 300 }, () => gpu.readBuffer('a')));
    const before = threads();
    reads = undefined;
    const most = await mostThreads((async () => { for (let i = 0; i < 5; i++) { gc(); await sleep(20); } })());
    console.log(JSON.stringify({ before, most }));`);
  assert.ok(printed, stderr);
  assert.ok(printed.most <= printed.before + 8, `${printed.most} threads, ${printed.before} before`);
});

test('a worker that is terminated takes its endless kernel along', () => {
  const { printed, stderr } = program(`
    const body = \`
      import { parentPort } from 'node:worker_threads';
      \${${JSON.stringify(PRELUDE)}}
      const gpu = await open(1000, { backend: 'cpu' });
      const kernel = await gpu.createKernel(ENDLESS);
      kernel.run(1000);
      // Whoever waits for something holds on to the interface.
      gpu.readBuffer('a').catch(() => {});
      parentPort.postMessage('busy');\`;
    const worker = new Worker(body, { eval: true });
    await new Promise((resolve) => worker.once('message', resolve));
    await sleep(50);
    await worker.terminate();
    await sleep(100);
    const before = process.cpuUsage();
    await sleep(300);
    const { user, system } = process.cpuUsage(before);
    console.log(JSON.stringify({ busy: (user + system) / 1000 }));`);
  assert.ok(printed, stderr);
  assert.ok(printed.busy < 100, `busy for ${printed.busy} of 300 ms`);
});

// What keeps a worker busy with devices for ever.
const BUSY = `
  for (let i = 0; ; i++) {
    const gpu = await open(100_000);
    const texts = [1, 2, 3].map((n) => 'inputs.buffers.a[inputs.threadId.x] += ' + (n + i * 10));
    const kernels = texts.map((text) => gpu.createKernel(new Function('inputs', text)));
    kernels.forEach((kernel) => kernel.catch(() => {}));
    (await kernels[0]).run(100_000);
    const read = gpu.readBuffer('a');
    if (i % 2 === 0) gpu.destroy();
    await read.catch(() => {});
  }`;

test('the process exits with its own code while workers open, compile, run, and are terminated', () => {
  for (let attempt = 0; attempt < 3; attempt++) {
    const { status, stderr } = program(`
      await open(8);
      const workers = [1, 2, 3].map(() => new Worker(${JSON.stringify(PRELUDE + BUSY)}, { eval: true }));
      for (const worker of workers.slice(1)) {
        await sleep(Math.random() * 200);
        await worker.terminate();
      }
      await sleep(Math.random() * 100);
      process.exit(3);`);
    assert.equal(status, 3, stderr);
  }
});

test('what waits for an endless kernel ends soon after its interface is destroyed, and so does the process', () => {
  const { printed, status, stderr, time } = program(`
    const gpu = await open(1 << 18);
    const kernel = await gpu.createKernel(ENDLESS);
    kernel.run(1000);
    const waiting = [gpu.readBuffer('a', { end: 4 }), gpu.readBuffer('a'), gpu.onSubmittedWorkDone()];
    waiting.forEach((promise) => promise.catch(() => {}));
    await sleep(50);
    gpu.destroy();
    const begun = performance.now();
    const outcomes = (await Promise.allSettled(waiting)).map(({ status, reason }) => reason?.code ?? status);
    console.log(JSON.stringify({ outcomes, time: performance.now() - begun }));`);
  assert.ok(printed, stderr);
  // On lavapipe loops may make few rounds.
  assert.ok(printed.outcomes.every((outcome) => ['Dropped', 'LoopLimit'].includes(outcome)), `${printed.outcomes}`);
  assert.ok(printed.time < 3000, `${printed.time} ms`);
  assert.deepEqual([status, time < 8000], [0, true], stderr);
});

test('the process ends soon and with its own code although a kernel never ends', () => {
  const endings = [['process.exitCode = 7;', 7], ['process.exit(5);', 5], ["throw new Error('mine');", 1]];
  for (const [ending, code] of endings) {
    const { status, stderr, time } = program(`
      const gpu = await open(1000);
      const kernel = await gpu.createKernel(ENDLESS);
      kernel.run(1000);
      await sleep(50);
      ${ending}`);
    assert.equal(status, code, stderr);
    // Starting takes most of it.
    assert.ok(time < 5000, `${ending} ${time} ms`);
  }
});
