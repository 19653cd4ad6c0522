// Interfaces that come back by themselves, wherever their device is lost. `HPC_LOSE_AFTER` loses it after so many submissions.

import assert from 'node:assert/strict';
import test from 'node:test';
import GPUInterface from 'hpc.js';

const add = (inputs) => {
  inputs.buffers.a[inputs.threadId.x] += inputs.uniforms.t;
  inputs.canvas.setPixel(0, 0, 9, 8, 7);
};

async function open(loseAfter, options) {
  process.env.HPC_LOSE_AFTER = `${loseAfter}`;
  try {
    const buffers = [{ name: 'a', size: [64] }, { name: 'b', size: [64], initialData: Array(64).fill(7) }];
    return await new GPUInterface({ buffers, uniforms: { t: 1 }, canvas: { width: 2, height: 2 }, options }).initialize();
  } finally {
    delete process.env.HPC_LOSE_AFTER;
  }
}

const isLost = (error) => error?.code === 'DeviceLost';

// What a call does: nothing, or that the device is lost.
function lost(call) {
  try {
    call();
    return false;
  } catch (error) {
    assert.ok(isLost(error), error);
    return true;
  }
}

const CALLS = {
  run: (gpu, kernel) => kernel.run(64),
  writeBuffer: (gpu) => gpu.writeBuffer('b', new Float32Array(64)),
  copyBuffer: (gpu) => gpu.copyBuffer('a', 'b'),
  setUniforms: (gpu) => gpu.setUniforms({ t: 1 }),
  updateCanvas: (gpu) => gpu.updateCanvas(),
  record: (gpu, kernel) => gpu.record(() => kernel.run(64)).replay(2),
  flush: (gpu) => gpu.flush(),
  readBuffer: (gpu) => gpu.readBuffer('a'),
  readCanvas: (gpu) => gpu.readCanvas(),
  onSubmittedWorkDone: (gpu) => gpu.onSubmittedWorkDone(),
  checkpoint: (gpu) => gpu.checkpoint(),
  createKernel: (gpu) => gpu.createKernel(add),
};

for (const backend of ['gpu', 'cpu']) {
  test(`it comes back with its kernels, lists, uniforms and the last checkpoint (${backend})`, async () => {
    const events = [];
    const gpu = await open(9, { backend, recover: true, onRecover: (event) => events.push(event) });
    const kernel = await gpu.createKernel(add);
    const list = gpu.record(() => kernel.run(64));
    gpu.setUniforms({ t: 10 });
    kernel.run(64);
    await gpu.checkpoint();
    while (!lost(() => kernel.run(64))) {
      // What waits when it is lost is told so.
      await gpu.onSubmittedWorkDone().catch((error) => assert.ok(isLost(error), error));
    }
    // Promises wait until it is back.
    assert.deepEqual([...(await gpu.readBuffer('a'))], Array(64).fill(10));
    const [{ reason }] = events;
    assert.deepEqual(events, [{ reason, restored: ['a', 'b'], lost: [] }]);
    assert.match(reason, /HPC_LOSE_AFTER/);
    kernel.run(64);
    list.replay(3);
    assert.deepEqual([...(await gpu.readBuffer('a'))], Array(64).fill(23));
    assert.deepEqual([...(await gpu.readBuffer('b'))], Array(64).fill(7));
    gpu.destroy();
  });

  test(`a loss is noticed by any call, and it comes back (${backend})`, async () => {
    for (const [name, call] of Object.entries(CALLS)) {
      const events = [];
      const gpu = await open(4, { backend, recover: true, onRecover: (event) => events.push(event) });
      const kernel = await gpu.createKernel(add);
      const begun = performance.now();
      while (events.length === 0) {
        assert.ok(performance.now() - begun < 20_000, `${name} notices nothing`);
        try {
          kernel.run(1);
          await call(gpu, kernel);
        } catch (error) {
          assert.ok(isLost(error), error);
        }
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      const { restored, lost } = events[0];
      assert.deepEqual([events.length, ...restored, ...lost], [1, 'a', 'b'], name);
      await Promise.all(Object.values(CALLS).map((other) => other(gpu, kernel)));
      gpu.destroy();
    }
  });
}

test('without the option it stays lost, and says so', async () => {
  const gpu = await open(0, { backend: 'cpu' });
  await assert.rejects(gpu.readBuffer('a'), { code: 'DeviceLost' });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await assert.rejects(gpu.readBuffer('a'), { code: 'DeviceLost' });
});

test('options that are none', () => {
  assert.throws(() => new GPUInterface({ options: { recover: 1 } }), /options\.recover must be a boolean, not/);
  assert.throws(() => new GPUInterface({ options: { onRecover: true } }), /options\.onRecover must be a function, not/);
});
