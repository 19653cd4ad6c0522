// node bench/calls.mjs [PROGRAM]: how long calls take on the host, in microseconds each, and large transfers in milliseconds.
// `cargo xtask bench node` runs it with the same transfers in Rust as PROGRAM (hpc/examples/latency.rs), and so prints a ratio.

import { execFileSync } from 'node:child_process';
import GPUInterface from 'hpc.js';

const CALLS = 10_000;
const ROUNDS = 7;
const [program] = process.argv.slice(2);

const gpu = await new GPUInterface({
  buffers: [{ name: 'a', size: [64] }, { name: 'large', size: [16 * 1024 * 1024] }],
  uniforms: { n: 1 },
}).initialize();
const kernel = await gpu.createKernel((inputs) => {
  inputs.buffers.a[inputs.threadId.x] += inputs.uniforms.n;
});
console.log(`${gpu.adapterInfo.name}, the backend ${gpu.backendType}; the middle one of ${ROUNDS} rounds`);

const run = await middle(() => perCall(() => kernel.run(64)));
const set = await middle(() => perCall((i) => gpu.setUniforms({ n: i })));
console.log(`run ${run.toFixed(2)} µs, setUniforms ${set.toFixed(2)} µs`);

let data;
const read = await middle(() => timed(async () => (data = await gpu.readBuffer('large'))));
const into = await middle(() => timed(() => gpu.readBuffer('large', { into: data })));
const write = await middle(() => timed(async () => {
  gpu.writeBuffer('large', data);
  await gpu.onSubmittedWorkDone();
}));
console.log(`64 MiB: readBuffer ${read.toFixed(1)} ms, into an array ${into.toFixed(1)} ms, writeBuffer until written ${write.toFixed(1)} ms`);

if (program !== undefined) {
  const printed = execFileSync(program, { encoding: 'utf8' });
  const theirs = Number(/64 MiB: read (\S+) ms/.exec(printed)[1]);
  console.log(`Rust, in the same run: read ${theirs.toFixed(1)} ms; Node takes ${(read / theirs).toFixed(2)} times that`);
}
gpu.destroy();

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

// The middle one of the times of several rounds.
async function middle(measure) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    times.push(await measure());
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
}
