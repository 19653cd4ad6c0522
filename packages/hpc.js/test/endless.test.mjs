// Loops that do not end are stopped and told of, on the GPU and the CPU.

import assert from 'node:assert/strict';
import test from 'node:test';
import GPUInterface from 'hpc.js';

const add = (inputs) => {
  inputs.buffers.a[inputs.threadId.x] += 1;
};
const endless = (inputs) => {
  let x = inputs.threadId.x;
  while (x < 1e6) {
    x *= 0.5;
  }
  inputs.buffers.b[inputs.threadId.x] = x;
};

function open(options) {
  const buffers = [{ name: 'a', size: [64] }, { name: 'b', size: [64] }];
  return new GPUInterface({ buffers, canvas: { width: 2, height: 2 }, options }).initialize();
}

for (const backend of ['gpu', 'cpu']) {
  test(`a loop without end is told to who waits behind it, and everything else goes on (${backend})`, async () => {
    const gpu = await open({ backend, loopLimit: 5000 });
    const [addOne, goOn] = await Promise.all([gpu.createKernel(add), gpu.createKernel(endless)]);
    addOne.run(64);
    const before = [gpu.readBuffer('a'), gpu.onSubmittedWorkDone()];
    goOn.run(64);
    addOne.run(64);
    const behind = [gpu.readBuffer('b'), gpu.readCanvas(), gpu.onSubmittedWorkDone()];
    const results = await Promise.allSettled([...before, ...behind]);
    assert.deepEqual(results.slice(0, 2).map(({ status }) => status), ['fulfilled', 'fulfilled']);
    assert.deepEqual([...results[0].value], Array(64).fill(1));
    // Whoever asks first behind the run is told; those that ask after that may find that all is well again.
    const [first, ...others] = results.slice(2);
    const told = [first, ...others.filter(({ status }) => status === 'rejected')];
    for (const { reason } of told) {
      assert.equal(reason?.code, 'LoopLimit');
      assert.match(reason.message, /was stopped: the loop in line 3 of it had not ended when an invocation had made 5000 rounds; give it/);
    }
    assert.deepEqual([...(await gpu.readBuffer('a'))], Array(64).fill(2));
    addOne.run(64);
    assert.deepEqual([...(await gpu.readBuffer('a'))], Array(64).fill(3));
    gpu.destroy();
  });
}

test('the option is an integer that counts rounds', () => {
  for (const loopLimit of [0, -1, 1.5, 2 ** 32, Infinity, '5', null]) {
    assert.throws(() => new GPUInterface({ options: { loopLimit } }), /options\.loopLimit must be an integer from 1 to 4294967295, not/);
  }
});
