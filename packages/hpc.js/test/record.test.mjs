// Recorded calls, on every backend: a list does what its calls would have done.

import assert from 'node:assert/strict';
import test from 'node:test';
import { GPUInterface, createCanvas } from '../esm/index.js';

const BACKENDS = ['gpu', 'cpu', 'debug'];

async function open(backend, more = {}) {
  const { options, ...spec } = more;
  const buffers = [{ name: 'a', size: [4] }, { name: 'b', size: [4] }];
  const gpu = await new GPUInterface({ buffers, uniforms: { step: 1 }, options: { backend, ...options }, ...spec }).initialize();
  const add = await gpu.createKernel((inputs) => {
    inputs.buffers.a[inputs.threadId.x] += inputs.uniforms.step;
  });
  const read = async (name) => [...(await gpu.readBuffer(name))];
  return { gpu, add, read };
}

// Add the step, add ten, copy to `b`.
const record = (gpu, add) => gpu.record(() => {
  add.run(4);
  gpu.setUniforms({ step: 10 });
  add.run(4);
  gpu.copyBuffer('a', 'b');
});

for (const backend of BACKENDS) {
  test(`${backend}: nothing happens before a list is replayed`, async () => {
    const { gpu, add, read } = await open(backend);
    const list = record(gpu, add);
    assert.deepEqual(await read('a'), [0, 0, 0, 0]);
    list.replay();
    assert.deepEqual(await read('b'), [11, 11, 11, 11]);
    list.replay(99);
    const before = read('b');
    gpu.writeBuffer('a', [0, 0, 0, 0]);
    list.replay(1);
    assert.deepEqual(await before, [1100, 1100, 1100, 1100]);
    assert.deepEqual(await read('b'), [11, 11, 11, 11]);
  });

  test(`${backend}: a list carries its uniforms and its data`, async () => {
    const { gpu, add, read } = await open(backend);
    const data = new Float32Array([1, 2, 3, 4]);
    const list = gpu.record(() => {
      gpu.writeBuffer('a', data);
      add.run(4);
    });
    data.fill(9);
    gpu.setUniforms({ step: 100 });
    list.replay(2);
    assert.deepEqual(await read('a'), [2, 3, 4, 5]);
    // Those of the interface are as they were.
    record(gpu, add);
    add.run(4);
    assert.deepEqual(await read('a'), [102, 103, 104, 105]);
  });

  test(`${backend}: the canvas shows what a list paints once it is replayed`, async () => {
    const { gpu } = await open(backend, { canvas: createCanvas(2, 1) });
    const paint = await gpu.createKernel((inputs) => {
      inputs.canvas.setPixel(inputs.threadId.x, 0, 1, 2, 3);
    });
    const list = gpu.record(() => {
      paint.run(2);
      gpu.updateCanvas();
    });
    assert.deepEqual([...(await gpu.readCanvas())], [0, 0, 0, 0, 0, 0, 0, 0]);
    list.replay();
    assert.deepEqual([...(await gpu.readCanvas())], [1, 2, 3, 255, 1, 2, 3, 255]);
  });

  test(`${backend}: what gives something back cannot be recorded`, async () => {
    const { gpu, add, read } = await open(backend, { canvas: createCanvas(2, 1) });
    const list = record(gpu, add);
    const refused = {
      readBuffer: () => gpu.readBuffer('a'),
      readCanvas: () => gpu.readCanvas(),
      onSubmittedWorkDone: () => gpu.onSubmittedWorkDone(),
      record: () => gpu.record(() => {}),
      replay: () => list.replay(),
    };
    for (const [name, call] of Object.entries(refused)) {
      assert.throws(() => gpu.record(() => call()), { message: `${name} cannot be recorded: call it after replay` });
    }
    assert.deepEqual(await read('b'), [0, 0, 0, 0]);
  });

  test(`${backend}: a recording that fails leaves nothing behind`, async () => {
    const { gpu, add, read } = await open(backend);
    const failing = () => {
      gpu.setUniforms({ step: 50 });
      add.run(4);
      throw new Error('a test');
    };
    assert.throws(() => gpu.record(failing), { message: 'a test' });
    assert.throws(() => gpu.record(() => gpu.writeBuffer('a', [1])), /"a"/);
    assert.throws(() => gpu.record(async () => add.run(4)), /what an async one calls later is not recorded/);
    assert.throws(() => gpu.record('calls'), /record takes a function that makes the calls, not/);
    add.run(4);
    assert.deepEqual(await read('a'), [1, 1, 1, 1]);
  });

  test(`${backend}: replay takes how many times`, async () => {
    const { gpu, add } = await open(backend);
    const list = record(gpu, add);
    for (const times of [0, -1, 1.5, NaN, '2', null]) {
      assert.throws(() => list.replay(times), /replay takes how many times: an integer from 1 to/);
    }
    gpu.destroy();
    assert.throws(() => list.replay(), /destroyed/);
    assert.throws(() => gpu.record(() => {}), /destroyed/);
  });
}

for (const backend of ['gpu', 'cpu']) {
  test(`${backend}: random numbers are those of separate runs`, async () => {
    const drawn = async (act) => {
      const { gpu, read } = await open(backend, { options: { seed: 3 } });
      const draw = await gpu.createKernel((inputs) => {
        inputs.buffers.a[inputs.threadId.x] = Math.random();
      });
      act(draw, gpu);
      return read('a');
    };
    const separate = await drawn((draw) => [1, 2, 3].forEach(() => draw.run(4)));
    assert.deepEqual(await drawn((draw, gpu) => gpu.record(() => draw.run(4)).replay(3)), separate);
    assert.notDeepEqual(await drawn((draw) => draw.run(4)), separate);
  });
}
