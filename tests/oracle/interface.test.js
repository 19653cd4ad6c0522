import assert from 'node:assert/strict';
import test from 'node:test';
import { GPUInterface, array, dim, types, vec2, vec3 } from './hpc.js';

async function run(spec, kernel, extents = [1]) {
  const gpu = await new GPUInterface(spec).initialize();
  (await gpu.createKernel(kernel)).run(...extents);
  return gpu;
}

const read = async (gpu, name) => [...(await gpu.readBuffer(name))];

test('rows are contiguous', async () => {
  const gpu = await run(
    { buffers: [{ name: 'm', size: [2, 3], initialData: [[1, 2, 3], [4, 5, 6]] }, { name: 'out', size: [1] }] },
    (inputs) => {
      inputs.buffers.out[0] = inputs.buffers.m[0][1];
      inputs.buffers.m[1][0] = 9;
    },
  );
  assert.deepEqual(await read(gpu, 'out'), [2]);
  assert.deepEqual(await read(gpu, 'm'), [1, 2, 3, 9, 5, 6]);
});

test('vec3 takes four floats', async () => {
  const gpu = await run({ buffers: [{ name: 'v', size: [2], initialData: [vec3(1, 2, 3), vec3(4, 5, 6)] }] }, (inputs) => {
    inputs.buffers.v[1].y += 10;
    let copy = inputs.buffers.v[0];
    copy.x = 100;
  });
  assert.deepEqual(await read(gpu, 'v'), [1, 2, 3, 0, 4, 15, 6, 0]);
});

test('outside of a buffer', async () => {
  const gpu = await run({ buffers: [{ name: 'm', size: [2, 2], initialData: [[1, 2], [3, 4]] }] }, (inputs) => {
    inputs.buffers.m[0][2] = 9;
    inputs.buffers.m[-0.5][1] = 9;
    inputs.buffers.m[NaN][1] = 9;
    inputs.buffers.m[1.9][0] += inputs.buffers.m[5][0] + 0.5;
    inputs.buffers.m[vec2(0, 1)] = 7;
  });
  assert.deepEqual(await read(gpu, 'm'), [1, 7, 3.5, 4]);
});

test('arrays are values, fills are repeated', async () => {
  const gpu = await run({ buffers: [{ name: 'out', size: [5] }] }, (inputs) => {
    let n = 0;
    let a = array(3, (n += 1));
    let b = a;
    b[0.5] = 10;
    b[3] = 10;
    inputs.buffers.out[0] = a[0];
    inputs.buffers.out[1] = b[0];
    inputs.buffers.out[2] = a[2];
    inputs.buffers.out[3] = a[-1];
    inputs.buffers.out[4] = dim(a);
  });
  assert.deepEqual(await read(gpu, 'out'), [1, 10, 3, 0, 3]);
});

test('dim of parts', async () => {
  const gpu = await run({ buffers: [{ name: 'c', size: [5, 6, 7] }, { name: 'out', size: [3] }] }, (inputs) => {
    inputs.buffers.out[0] = dim(inputs.buffers.c).z;
    inputs.buffers.out[1] = dim(inputs.buffers.c[99]).x;
    inputs.buffers.out[2] = dim(inputs.buffers.c[0][-1]);
  });
  assert.deepEqual(await read(gpu, 'out'), [7, 6, 7]);
});

test('parameters are copies', async () => {
  const gpu = await run({ buffers: [{ name: 'out', size: [2] }] }, (inputs) => {
    function moved(v = types.vec2) {
      v.x += 1;
      return v;
    }
    let p = vec2(1, 2);
    let q = moved(p);
    inputs.buffers.out[0] = p.x;
    inputs.buffers.out[1] = q.x;
  });
  assert.deepEqual(await read(gpu, 'out'), [1, 2]);
});

test('pixels: origin, rounding, clamping', async () => {
  const gpu = await run({ canvas: { width: 2, height: 2 } }, (inputs) => {
    inputs.canvas.setPixel(1.9, 0, 127.9, 300, NaN);
    inputs.canvas.setPixel(2, 0, 1, 1, 1);
  });
  gpu.updateCanvas();
  assert.deepEqual([...(await gpu.readCanvas())], [0, 0, 0, 255, 127, 255, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255]);
});

test('reads are snapshots', async () => {
  const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [1] }] }).initialize();
  const before = gpu.readBuffer('a');
  gpu.writeBuffer('a', [5]);
  assert.deepEqual([...(await before)], [0]);
  assert.throws(() => gpu.writeBuffer('a', [1, 2]));
  assert.throws(() => gpu.setUniforms({ nothing: 1 }));
});
