// A tour of the kernel language: what the reference shows, as a program.

import GPUInterface, { array, dim, types, vec2, vec3, vec4 } from 'hpc.js';

export const title = 'A tour of the kernel language';

export default async function main() {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'numbers', size: [16] },
      { name: 'grid', size: [4, 3] },
      { name: 'points', size: [4], type: 'vec3' },
    ],
    uniforms: { scale: 2, isLoud: true },
  }).initialize();

  const numbers = await gpu.createKernel((inputs) => {
    // #region numbers
    const i = inputs.threadId.x;
    const third = i / 3; // a fraction, as in JavaScript
    const whole = Math.floor(third); // an integer: exact up to 2^53
    let value = 0; // changed below, so `let`
    if (inputs.uniforms.isLoud && i % 2 === 0) {
      value = whole ** 2;
    } else {
      value = inputs.uniforms.scale * third;
    }
    inputs.buffers.numbers[i] = value;
    // #endregion numbers
  });

  const vectors = await gpu.createKernel((inputs) => {
    // #region vectors
    const a = vec3(1, 2, 3);
    const b = vec3(1); // all components are 1
    let c = a.plus(b).times(2); // (4, 6, 8)
    c.x = c.dot(b); // (18, 6, 8)
    const d = c.zyx.minus(a).abs(); // (7, 4, 15)
    inputs.buffers.points[inputs.threadId.x] = d.max(vec3(5)); // (7, 5, 15)
    // #endregion vectors
  });

  const arrays = await gpu.createKernel((inputs) => {
    // #region arrays
    const i = inputs.threadId.x;
    const primes = array([2, 3, 5, 7]); // `const`: its elements cannot change
    let squares = array(4, 0); // four zeros
    for (let k = 0; k < dim(primes); k++) {
      squares[k] = primes[k] * primes[k];
    }
    inputs.buffers.numbers[i] = squares[i % 4];
    // #endregion arrays
  });

  const control = await gpu.createKernel((inputs) => {
    // #region control
    const i = inputs.threadId.x;
    let steps = 0;
    let n = i + 1;
    while (n !== 1) {
      n = n % 2 === 0 ? n / 2 : 3 * n + 1;
      steps++;
    }
    switch (steps % 4) {
      case 0:
      case 1:
        steps += 100;
        break;
      default:
        steps = -steps;
    }
    inputs.buffers.numbers[i] = steps;
    // #endregion control
  });

  const buffers = await gpu.createKernel((inputs) => {
    // #region buffers
    const size = dim(inputs.buffers.grid); // vec2(4, 3)
    const cell = inputs.threadId.xy;
    inputs.buffers.grid[cell.x][cell.y] = cell.x * size.y + cell.y;
    inputs.buffers.grid[cell] += 0.5; // a vector is an index, too
    inputs.buffers.grid[-1][0] = 7; // outside: does nothing
    // #endregion buffers
  });

  const functions = await gpu.createKernel((inputs) => {
    // #region functions
    function area(corner = types.vec2) {
      return corner.x * corner.y;
    }
    function isLarge(corner = types.vec2, limit = types.number) {
      return area(corner) > limit;
    }

    const i = inputs.threadId.x;
    const corner = vec2(i, 2);
    inputs.buffers.numbers[i] = isLarge(corner, 9) ? vec4(1, 2, 3, 4).w : area(corner);
    // #endregion functions
  });

  const results = [];
  for (const kernel of [numbers, arrays, control, functions]) {
    kernel.run(16);
    results.push(gpu.readBuffer('numbers'));
  }
  vectors.run(4);
  buffers.run(4, 3);
  return Promise.all([...results, gpu.readBuffer('points'), gpu.readBuffer('grid')]);
}
