// What must compile where `noUncheckedIndexedAccess` takes every element for what may be missing. `npm run types` checks this file.

import GPUInterface, { dim, type GPUVec2 } from 'hpc.js';

const gpu = new GPUInterface({
  buffers: [{ name: 'line', size: [4] }, { name: 'grid', size: [4, 4] }, { name: 'cube', size: [2, 3, 4], type: 'vec2' }],
});

void gpu.createKernel(({ buffers: { line, grid, cube }, threadId }) => {
  const { x, y, z } = threadId;
  grid[x][y] = grid[x][y + 1] * 2 + grid[threadId.xy]!;
  grid[x][y] += 1;
  cube[x][y][z].x = cube[x][y][z].y;
  line[x] = line[x]! + grid.length + grid[x].length;
  for (const row of grid) {
    for (const element of row) {
      line[x] = element;
    }
  }
  dim(grid) satisfies GPUVec2;
});
