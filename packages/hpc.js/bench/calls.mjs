// node bench/calls.mjs: how long calls take on the host, in microseconds each, and large transfers in milliseconds.

import GPUInterface from 'hpc.js';

const CALLS = 10_000;
const gpu = await new GPUInterface({
  buffers: [{ name: 'a', size: [64] }, { name: 'large', size: [16 * 1024 * 1024] }],
  uniforms: { n: 1 },
}).initialize();
const kernel = await gpu.createKernel((inputs) => {
  inputs.buffers.a[inputs.threadId.x] += inputs.uniforms.n;
});

// How long `work` takes, in milliseconds.
async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

// How long one of many calls takes until it returns, in microseconds.
async function perCall(call) {
  const time = await timed(() => {
    for (let i = 0; i < CALLS; i++) {
      call(i);
    }
  });
  await gpu.onSubmittedWorkDone();
  return (time * 1000) / CALLS;
}

console.log(`${gpu.adapterInfo.name}, the backend ${gpu.backendType}`);
for (let round = 0; round < 5; round++) {
  const run = await perCall(() => kernel.run(64));
  const set = await perCall((i) => gpu.setUniforms({ n: i }));
  let data;
  const read = await timed(async () => (data = await gpu.readBuffer('large')));
  const write = await timed(() => gpu.writeBuffer('large', data));
  console.log(
    `run ${run.toFixed(2)} µs, setUniforms ${set.toFixed(2)} µs, readBuffer of 64 MiB ${read.toFixed(0)} ms, writeBuffer of it ${write.toFixed(0)} ms`,
  );
}
