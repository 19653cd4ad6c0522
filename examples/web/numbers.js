// Numbers in kernels: integers that stay integers, and the elements of typed buffers.

import GPUInterface from 'hpc.js';

export const title = 'Numbers in kernels';

export default async function main() {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'peaks', type: 'f64', size: [6] },
      { name: 'hashes', type: 'u32', size: [6] },
      { name: 'bytes', type: 'u8', size: [6] },
    ],
    uniforms: { first: 9661, width: 16777217 },
  }).initialize();

  const exact = await gpu.createKernel((inputs) => {
    // #region exact
    let n = inputs.threadId.x + inputs.uniforms.first; // a uniform is the number that was set
    let peak = n;
    while (n !== 1) {
      n = n % 2 === 0 ? n / 2 : 3 * n + 1; // beyond 2^24 before long
      peak = Math.max(peak, n);
    }
    inputs.buffers.peaks[inputs.threadId.x] = peak * inputs.uniforms.width; // exact up to 2^53
    // #endregion exact
  });

  const narrow = await gpu.createKernel((inputs) => {
    // #region narrow
    let hash = 2166136261;
    for (let k = 0; k <= inputs.threadId.x; k++) {
      hash = Math.imul(hash ^ k, 16777619); // 32 bits, as in JavaScript
    }
    let sum = inputs.buffers.hashes[inputs.threadId.x];
    sum = (sum + hash) | 0; // a sum of 32 bits: narrow
    inputs.buffers.hashes[inputs.threadId.x] = sum; // stored modulo 2^32
    // #endregion narrow
  });

  const stores = await gpu.createKernel((inputs) => {
    // #region stores
    const i = inputs.threadId.x;
    inputs.buffers.bytes[i] = 100 * i - 1; // 255, 99, 199, 43, …: modulo 256
    // #endregion stores
  });

  for (const kernel of [exact, narrow, stores]) {
    kernel.run(6);
  }
  return Promise.all(['peaks', 'hashes', 'bytes'].map((name) => gpu.readBuffer(name)));
}
