// The engine of the CPU backend in pages, with modules written by hand and workers of Node.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Worker } from 'node:worker_threads';
import binaryen from 'binaryen';
import { chunkOf, divide } from '../esm/cpu/chunks.js';
import { CpuEngine, Recording } from '../esm/cpu/engine.js';

const PAGE = 65_536;
const PAGES = 16;
/** Where the tests keep data, after the stop word and the params. */
const DATA = PAGE;
const SCRATCH = 8 * PAGE;
const LAYOUT = { pages: PAGES, mostPages: 65_536, params: 64, scratch: SCRATCH, scratchBytes: 4096 };
const NO_PARAMS = new Uint8Array();

const ways = [
  ['one thread', 1, false],
  ['one thread in shared memory', 1, true],
  ['two threads', 2, true],
  ['five threads', 5, true],
];

/** Adds one to the word of each invocation of rows of `lanes`. */
const count = (lanes) => `
  (local.set $at (i32.mul (i32.const 4) (i32.add (i32.mul (local.get $row) (i32.const ${lanes})) (local.get $lane))))
  (i32.store offset=${DATA} (local.get $at) (i32.add (i32.load offset=${DATA} (local.get $at)) (i32.const 1)))`;

/** Loops until it is stopped. */
const RUN_AWAY = '(loop $again (if (i32.atomic.load (i32.const 0)) (then (unreachable))) (br $again))';

/** Counts invocations in the scratch memory of the thread, and takes a while for each. */
const COUNT_APART = `
  (local.set $at (i32.wrap_i64 (local.get $scratch)))
  (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1)))
  (local.set $at (i32.const 2000))
  (loop $again (br_if $again (local.tee $at (i32.sub (local.get $at) (i32.const 1)))))`;

for (const [name, threads, isShared] of ways) {
  test(`each invocation runs once in every run: ${name}`, async () => {
    const engine = await open(threads, isShared);
    for (const [lanes, rows] of [[1, 1], [64, 1], [1, 77], [100_003, 1], [1, 100_003], [313, 211], [211, 313]]) {
      const program = await engine.prepare(moduleOf(count(lanes)), 0);
      const words = lanes * rows;
      const recording = new Recording();
      recording.write(DATA, new Uint8Array(words * 4));
      for (let turn = 1; turn < 4; turn++) {
        recording.run(program, lanes, rows, 0, 0);
        recording.read(DATA, words * 4);
      }
      const reads = await engine.submit(recording, NO_PARAMS);
      reads.forEach((bytes, index) => assert.deepEqual(wordsOf(bytes), new Uint32Array(words).fill(index + 1)));
      engine.forget(program);
    }
    engine.stop();
  });

  test(`steps are executed in order, on snapshots: ${name}`, async () => {
    const engine = await open(threads, isShared);
    // Each invocation adds the first word of the params to its word.
    const add = `(local.set $at (i32.mul (i32.const 4) (local.get $lane)))
      (i32.store offset=${DATA} (local.get $at) (i32.add (i32.load offset=${DATA} (local.get $at)) (i32.load offset=64 (i32.const 0))))`;
    const program = await engine.prepare(moduleOf(add), 0);
    const recording = new Recording();
    recording.write(DATA, new Uint8Array(Uint32Array.of(1, 2, 3).buffer));
    recording.run(program, 3, 1, 4, 4);
    recording.read(DATA, 12);
    recording.copy(DATA, 2 * DATA, 8);
    recording.run(program, 3, 1, 0, 4);
    recording.read(DATA, 12);
    recording.read(2 * DATA, 12);
    const first = engine.submit(recording, new Uint8Array(Uint32Array.of(100, 10).buffer));
    const later = new Recording();
    later.write(DATA, new Uint8Array(12));
    const second = engine.submit(later, NO_PARAMS);
    assert.deepEqual((await first).map(wordsOf), [[11, 12, 13], [111, 112, 113], [11, 12, 0]].map((words) => Uint32Array.from(words)));
    assert.deepEqual(await second, []);
    engine.stop();
  });

  test(`a runaway is stopped, and what waits for it is told: ${name}`, async () => {
    const engine = await open(threads, isShared);
    const program = await engine.prepare(moduleOf(RUN_AWAY), 0);
    const pending = [runOf(program, 1000, 1000), new Recording()].map((recording) => engine.submit(recording, NO_PARAMS));
    const settled = Promise.allSettled(pending);
    await new Promise((resolve) => setTimeout(resolve, 50));
    engine.stop();
    engine.stop();
    for (const { reason } of await settled) {
      assert.equal(reason.kind, 'stopped');
    }
    await assert.rejects(engine.submit(new Recording(), NO_PARAMS), { kind: 'stopped' });
  });

  test(`code that gives up ends its run, and others follow: ${name}`, async () => {
    const engine = await open(threads, isShared);
    const giveUp = '(i32.atomic.store offset=4 (i32.const 0) (i32.const 17)) (unreachable)';
    const programs = [await engine.prepare(moduleOf(giveUp), 0), await engine.prepare(moduleOf(count(1000)), 0)];
    const recording = new Recording();
    for (const program of [1, 0, 1, 0]) {
      recording.run(programs[program], 1000, 1, 0, 0);
    }
    recording.read(DATA, 4000);
    const [counts] = await engine.submit(recording, NO_PARAMS);
    assert.deepEqual(wordsOf(counts), new Uint32Array(1000).fill(2));
    assert.deepEqual(recording.stops, [1, 17, 3, 17]);
    assert.deepEqual(await engine.submit(new Recording(), NO_PARAMS), []);
    engine.stop();
  });

  test(`a trap ends the engine and is told with its reason: ${name}`, async () => {
    const traps = [
      ['(unreachable)', /unreachable/],
      ['(drop (i32.load (i32.const -4)))', /memory access out of bounds/],
      ['(drop (i32.div_s (i32.const 1) (local.get $row)))', /divide by zero/],
    ];
    for (const [body, message] of traps) {
      const engine = await open(threads, isShared);
      const program = await engine.prepare(moduleOf(body), 0);
      const pending = [runOf(program, 1000, 10), new Recording()].map((recording) => engine.submit(recording, NO_PARAMS));
      for (const { reason } of await Promise.allSettled(pending)) {
        assert.equal(reason.kind, 'failed');
        assert.match(reason.message, message);
      }
    }
  });
}

test('a picture is copied, and read with its alpha', async () => {
  const engine = await open(2, true);
  const recording = new Recording();
  recording.write(DATA, Uint8Array.of(1, 2, 3, 0, 250, 251, 252, 0));
  recording.present(DATA, 2 * DATA, 8);
  recording.write(DATA, new Uint8Array(8));
  recording.read(2 * DATA, 8);
  const [shown, kept] = await engine.submit(recording, NO_PARAMS);
  assert.deepEqual([...shown], [1, 2, 3, 255, 250, 251, 252, 255]);
  assert.deepEqual([...kept], [1, 2, 3, 0, 250, 251, 252, 0]);
  engine.stop();
});

test('threads have scratch memory of their own, and all take part', async () => {
  const engine = await open(2, true);
  const program = await engine.prepare(moduleOf(COUNT_APART), 64);
  // Helpers may still be starting at the first ones.
  for (let turn = 0; ; turn++) {
    assert.ok(turn < 100, 'the helper never took part');
    const recording = runOf(program, 1000, 100);
    recording.read(SCRATCH, 4096);
    recording.write(SCRATCH, new Uint8Array(4096));
    const counts = wordsOf((await engine.submit(recording, NO_PARAMS))[0]).filter((_, index) => index % 16 === 0);
    assert.equal(counts.reduce((sum, each) => sum + each), 100_000);
    assert.ok(counts.slice(2).every((each) => each === 0), 'two threads at the same time at most');
    if (counts[1] > 0) {
      break;
    }
  }
  engine.stop();
});

test('as many threads take part as there is scratch memory for', async () => {
  const engine = await open(5, true);
  const program = await engine.prepare(moduleOf(COUNT_APART), 2048);
  for (let turn = 0; turn < 10; turn++) {
    const recording = runOf(program, 1000, 20);
    recording.read(SCRATCH, 3 * 2048);
    recording.write(SCRATCH, new Uint8Array(3 * 2048));
    const words = wordsOf((await engine.submit(recording, NO_PARAMS))[0]);
    assert.equal(words[0] + words[512], 20_000);
    assert.equal(words[1024], 0);
  }
  engine.stop();
});

test('one thread that traps ends the others', async () => {
  const engine = await open(3, true);
  const body = `(if (i32.eq (local.get $row) (i32.const 9999)) (then (drop (i32.load (i32.const -4)))))
    (if (i32.eqz (local.get $row)) (then ${RUN_AWAY}))`;
  const program = await engine.prepare(moduleOf(body), 0);
  await assert.rejects(engine.submit(runOf(program, 1, 10_000), NO_PARAMS), /out of bounds/);
});

test('many small runs and a helper that comes and goes', async () => {
  const engine = await open(3, true);
  const programs = [];
  for (let turn = 0; turn < 40; turn++) {
    programs.push(await engine.prepare(moduleOf(count(1000 + turn)), 0));
    const recording = new Recording();
    recording.write(DATA, new Uint8Array(8000));
    for (let run = 0; run < 100; run++) {
      recording.run(programs[turn], 1000 + turn, 1, 0, 0);
    }
    recording.read(DATA, 4000);
    const [bytes] = await engine.submit(recording, NO_PARAMS);
    assert.deepEqual(wordsOf(bytes), new Uint32Array(1000).fill(100));
    if (turn % 10 === 0) {
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }
  engine.stop();
});

test('a kernel is prepared while another one runs', async () => {
  const engine = await open(2, true);
  const program = await engine.prepare(moduleOf(RUN_AWAY), 0);
  const endless = assert.rejects(engine.submit(runOf(program, 1, 1), NO_PARAMS), { kind: 'stopped' });
  await engine.prepare(moduleOf(count(1)), 0);
  engine.stop();
  await endless;
});

test('the caller never waits', async () => {
  const engine = await open(2, true);
  const program = await engine.prepare(moduleOf(COUNT_APART), 64);
  const recording = new Recording();
  for (let run = 0; run < 20; run++) {
    recording.run(program, 1000, 100, 0, 0);
  }
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  await engine.submit(recording, NO_PARAMS);
  clearInterval(timer);
  assert.ok(longest < 200, `${longest} ms`);
  engine.stop();
});

test('modules that cannot be run are refused, and the engine goes on', async () => {
  const engine = await open(1, false);
  const refusals = [
    [new Uint8Array(), /defines no memory/],
    [binary('(module (func (export "run")))'), /defines no memory/],
    [binary(`(module (import "a" "b" (func)) (memory ${PAGES} ${PAGES}))`), /imports/],
    [binary(`(module (memory ${PAGES} ${PAGES}) (data (i32.const 0) "abc"))`), /data/],
    [binary(`(module (memory ${PAGES} ${PAGES}) (func $f (unreachable)) (start $f))`), /start function/],
    [binary(`(module (memory ${PAGES}) (func (export "run")))`), /no maximum/],
    [binary(`(module (memory i64 ${PAGES} ${PAGES}) (func (export "run")))`), /long addresses/],
    [moduleOf('(nop)').subarray(0, 60), /./],
  ];
  for (const [code, message] of refusals) {
    await assert.rejects(engine.prepare(code, 0), (error) => error.kind === 'refused' && message.test(error.message));
  }
  const program = await engine.prepare(moduleOf(count(1)), 0);
  const recording = runOf(program, 1, 1);
  recording.read(DATA, 4);
  assert.deepEqual(wordsOf((await engine.submit(recording, NO_PARAMS))[0]), Uint32Array.of(1));
  engine.stop();
});

for (const [threads, isShared] of [[1, false], [3, true]]) {
  test(`memory grows between runs, and code sees it: ${threads} thread${threads === 1 ? '' : 's'}`, async () => {
    const engine = await open(threads, isShared);
    const added = PAGES * 65_536;
    const program = await engine.prepare(moduleOf(`(i32.store (i32.const ${added}) (i32.const 7))`), 0);
    const recording = new Recording();
    recording.grow(1);
    recording.run(program, 1, 1, 0, 0);
    recording.copy(added, added + 8, 4);
    recording.clear(added, 2);
    recording.read(added, 12);
    assert.deepEqual(wordsOf((await engine.submit(recording, NO_PARAMS))[0]), Uint32Array.of(0, 0, 7));
    const large = new Recording();
    large.grow(65_536);
    await assert.rejects(engine.submit(large, NO_PARAMS), { kind: 'outOfMemory' });
    engine.stop();
  });
}

test('what cannot start says why', async () => {
  const threads = nodeThreads(2, true);
  await assert.rejects(CpuEngine.open({ ...LAYOUT, pages: 70_000 }, threads), { kind: 'outOfMemory' });
  const missing = () => spawn(new URL('no_such_worker.mjs', import.meta.url));
  await assert.rejects(CpuEngine.open(LAYOUT, { ...threads, spawn: missing }), { kind: 'unstartable' });
  const forbidden = () => {
    throw new Error('workers are forbidden here');
  };
  await assert.rejects(CpuEngine.open(LAYOUT, { ...threads, spawn: forbidden }), /workers are forbidden here/);
});

test('helpers that cannot start are not missed', async () => {
  const threads = nodeThreads(4, true);
  let spawned = 0;
  const few = () => {
    spawned += 1;
    if (spawned > 2) {
      throw new Error('no more than two workers');
    }
    return threads.spawn();
  };
  const engine = await CpuEngine.open(LAYOUT, { ...threads, spawn: few });
  const program = await engine.prepare(moduleOf(count(100)), 0);
  const recording = runOf(program, 100, 1000);
  recording.read(DATA, 400_000);
  assert.deepEqual(wordsOf((await engine.submit(recording, NO_PARAMS))[0]), new Uint32Array(100_000).fill(1));
  engine.stop();
});

test('chunks cover each invocation once', () => {
  const cases = [[1, 1, 1], [64, 1, 2], [7, 3, 4], [1000, 1, 2], [1920, 1080, 2], [8, 100_000, 3], [2 ** 31 - 1, 1, 128], [1, 2 ** 31 - 1, 128], [999, 1001, 5]];
  for (const [lanes, rows, threads] of cases) {
    const division = divide({ lanes, rows }, threads);
    let covered = 0;
    let last = { lanes: [0, 0], rows: [0, 0] };
    for (let number = 0; number < division.count; number++) {
      const chunk = chunkOf(division, number);
      assert.ok(chunk.lanes[0] % 8 === 0 && chunk.lanes[1] <= lanes && chunk.rows[1] <= rows);
      assert.ok(chunk.lanes[0] < chunk.lanes[1] && chunk.rows[0] < chunk.rows[1]);
      // In order, so none overlaps another.
      assert.ok(chunk.rows[0] >= last.rows[1] || chunk.lanes[0] === last.lanes[1]);
      covered += (chunk.lanes[1] - chunk.lanes[0]) * (chunk.rows[1] - chunk.rows[0]);
      last = chunk;
    }
    assert.equal(covered, lanes * rows);
    assert.ok(division.count <= 128 * threads + 2, `${lanes} x ${rows}: ${division.count}`);
  }
});

function open(count, isShared) {
  return CpuEngine.open(LAYOUT, nodeThreads(count, isShared));
}

function nodeThreads(count, isShared) {
  return { count, isShared, spawn: () => spawn(new URL('cpu_worker.mjs', import.meta.url)) };
}

function spawn(file) {
  const worker = new Worker(file);
  return {
    start: (message, transfer) => worker.postMessage(message, transfer),
    onError: (handler) => worker.on('error', (error) => handler(error.message)),
    terminate: () => void worker.terminate(),
  };
}

function runOf(program, lanes, rows) {
  const recording = new Recording();
  recording.run(program, lanes, rows, 0, 0);
  return recording;
}

/** A module like those of kernels, which does `body` for each `$row` and `$lane`. */
function moduleOf(body) {
  return binary(`(module
    (memory ${PAGES} ${PAGES})
    (func (export "run") (param $scratch i64) (param $laneFrom i32) (param $laneTo i32) (param $row i32) (param $rowTo i32)
      (local $lane i32) (local $at i32)
      (loop $rows
        (local.set $lane (local.get $laneFrom))
        (loop $lanes
          ${body}
          (local.set $lane (i32.add (local.get $lane) (i32.const 1)))
          (br_if $lanes (i32.lt_u (local.get $lane) (local.get $laneTo))))
        (local.set $row (i32.add (local.get $row) (i32.const 1)))
        (br_if $rows (i32.lt_u (local.get $row) (local.get $rowTo))))))`);
}

function binary(text) {
  const module = binaryen.parseText(text);
  module.setFeatures(binaryen.Features.Atomics | binaryen.Features.BulkMemory | binaryen.Features.Memory64);
  const code = module.emitBinary();
  module.dispose();
  return code;
}

function wordsOf(bytes) {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}
