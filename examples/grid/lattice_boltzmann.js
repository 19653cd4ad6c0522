// A fluid between two walls (lattice Boltzmann, nine directions), periodic along x:
// mpiexec -n 4 target/debug/examples/programs lattice_boltzmann

import { array } from 'hpc.js';

export default async function kernels(gpu) {
  const begin = await gpu.createKernel((inputs) => {
    const { f } = inputs.buffers;
    const { x, y } = inputs.threadId;
    const weights = array([4 / 9, 1 / 9, 1 / 9, 1 / 9, 1 / 9, 1 / 36, 1 / 36, 1 / 36, 1 / 36]);
    const density = 1 + 0.01 * Math.sin(0.1 * x) * Math.sin(0.2 * y);
    for (let k = 0; k < 9; k++) {
      f[x][y][k] = weights[k] * density;
    }
  });

  const stream = await gpu.createKernel((inputs) => {
    const { f, next } = inputs.buffers;
    const { x, y } = inputs.threadId;
    const w = f.length;
    const h = f[0].length;
    const cx = array([0, 1, 0, -1, 0, 1, -1, -1, 1]);
    const cy = array([0, 0, 1, 0, -1, 1, 1, -1, -1]);
    const back = array([0, 3, 4, 1, 2, 7, 8, 5, 6]);
    const weights = array([4 / 9, 1 / 9, 1 / 9, 1 / 9, 1 / 9, 1 / 36, 1 / 36, 1 / 36, 1 / 36]);
    let here = array(9, 0);
    let density = 0;
    let px = inputs.uniforms.force;
    let py = 0;
    for (let k = 0; k < 9; k++) {
      const from = y - cy[k];
      // What would come out of a wall is what went into it.
      const inside = from >= 0 && from < h;
      here[k] = inside ? f[(x - cx[k] + w) % w][from][k] : f[x][y][back[k]];
      density += here[k];
      px += cx[k] * here[k];
      py += cy[k] * here[k];
    }
    const ux = px / density;
    const uy = py / density;
    const square = 1.5 * (ux * ux + uy * uy);
    for (let k = 0; k < 9; k++) {
      const along = 3 * (cx[k] * ux + cy[k] * uy);
      const rest = weights[k] * density * (1 + along + 0.5 * along * along - square);
      next[x][y][k] = here[k] + inputs.uniforms.relaxation * (rest - here[k]);
    }
  });

  return { begin, stream };
}
