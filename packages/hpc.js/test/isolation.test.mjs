// No interface sees another's data, nor what lies beside its own: fresh and recycled buffers, padding and memory that is lent to readers
// hold zeros or what their program put there.

import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { array, createCanvas, GPUInterface, vec3 } from '../esm/index.js';

const BACKENDS = ['gpu', 'cpu', 'debug'];
// What nobody else may see.
const SECRET = 0xa5;

// Sizes in bytes: within a word, a page, what is copied to a reader, what is lent to one, and what drivers give memory of its own.
const SIZES = [1, 3, 4, 7, 255, 4096, 4099, 2 ** 16, 2 ** 20 + 5, 3 * 2 ** 20, 2 ** 23 + 1];
const names = SIZES.map((size) => `b${size}`);
const buffers = SIZES.map((size) => ({ name: `b${size}`, size: [size], type: 'u8' }));

const open = (backend, spec) => new GPUInterface({ ...spec, options: { backend, onReport() {} } }).initialize();
const secret = (size) => new Uint8Array(size).fill(SECRET);

// All bytes that a program reaches by what it has read, beyond the elements too.
const reached = ({ buffer }) => Buffer.from(buffer);

// The bytes that are neither `expected` nor beyond: a number and a place, or undefined.
function stranger(read, expected = 0) {
  const bytes = reached(read);
  assert.equal(bytes.length, read.byteLength, 'no more is reached than was read');
  const at = bytes.findIndex((byte) => byte !== expected);
  return at < 0 ? undefined : `${bytes[at]} at ${at} of ${bytes.length}`;
}

async function leaveSecrets(backend) {
  const gpu = await open(backend, { buffers, canvas: createCanvas(300, 200) });
  SIZES.forEach((size, index) => gpu.writeBuffer(names[index], secret(size)));
  const paint = await gpu.createKernel((inputs) => {
    inputs.canvas.setPixel(inputs.threadId.x, inputs.threadId.y, 165, 165, 165);
  });
  paint.run(300, 200);
  gpu.updateCanvas();
  const reads = await Promise.all([...names.map((name) => gpu.readBuffer(name)), gpu.readCanvas()]);
  assert.ok(reads.slice(0, -1).every((read) => stranger(read, SECRET) === undefined));
  return gpu;
}

async function collected() {
  globalThis.gc?.();
  await sleep(20);
}

for (const backend of BACKENDS) {
  test(`fresh buffers and canvases are empty, whatever was there before (${backend})`, async () => {
    for (const isDestroyed of [true, false]) {
      const before = await leaveSecrets(backend);
      if (isDestroyed) {
        before.destroy();
      }
      await collected();
      const gpu = await open(backend, { buffers, canvas: createCanvas(300, 200) });
      for (const name of names) {
        assert.equal(stranger(await gpu.readBuffer(name)), undefined, name);
      }
      assert.ok((await gpu.readCanvas()).every((byte) => byte === 0));
      gpu.updateCanvas();
      assert.ok((await gpu.readCanvas()).every((byte, index) => byte === (index % 4 === 3 ? 255 : 0)));
      gpu.destroy();
    }
  });

  test(`reads reach what was asked for and nothing beside it (${backend})`, async () => {
    const before = await leaveSecrets(backend);
    await collected();
    const gpu = await open(backend, { buffers });
    SIZES.forEach((size, index) => gpu.writeBuffer(names[index], Uint8Array.from({ length: size }, (_, at) => at % 100)));
    for (const [index, size] of SIZES.entries()) {
      for (const [start, end] of [[0, 1], [size - 1, size], [Math.floor(size / 3), Math.ceil((2 * size) / 3)], [0, size]]) {
        const read = await gpu.readBuffer(names[index], { start, end });
        assert.equal(read.buffer.byteLength, end - start, `${start} to ${end} of ${size}`);
        assert.ok(read.every((byte, at) => byte === (start + at) % 100), `${start} to ${end} of ${size}`);
      }
    }
    before.destroy();
  });

  test(`memory that was lent to a reader is not seen by the next (${backend})`, async () => {
    const [large, larger] = [3 * 2 ** 20, 2 ** 22];
    const gpu = await open(backend, { buffers: [{ name: 'a', size: [larger], type: 'u8' }, { name: 'b', size: [large], type: 'u8' }] });
    gpu.writeBuffer('a', secret(larger));
    for (let round = 0; round < 4; round++) {
      await Promise.all([gpu.readBuffer('a'), gpu.readBuffer('a')]);
      await collected();
      // Shorter than what was lent before, and lent too.
      assert.equal(stranger(await gpu.readBuffer('b')), undefined);
    }
  });

  test(`beside vectors of three there are zeros (${backend})`, async () => {
    const before = await leaveSecrets(backend);
    before.destroy();
    const count = 5000;
    const gpu = await open(backend, {
      buffers: [
        { name: 'zeros', size: [count], type: 'vec3' },
        { name: 'given', size: [count], type: 'vec3', initialData: new Float32Array(4 * count).fill(7) },
        { name: 'written', size: [count], type: 'vec3' },
        { name: 'computed', size: [count], type: 'vec3' },
        { name: 'copied', size: [count], type: 'vec3' },
        { name: 'integers', size: [count], type: 'vec3i', initialData: new Int32Array(4 * count).fill(-1) },
      ],
    });
    gpu.writeBuffer('written', new Float32Array(4 * count).fill(NaN));
    gpu.copyBuffer('given', 'copied');
    (await gpu.createKernel((inputs) => {
      inputs.buffers.computed[inputs.threadId.x] = vec3(1, 2, 3);
      inputs.buffers.given[inputs.threadId.x].y = 8;
    })).run(count);
    for (const name of ['zeros', 'given', 'written', 'computed', 'copied', 'integers']) {
      const read = await gpu.readBuffer(name);
      assert.ok(read.every((component, index) => index % 4 !== 3 || component === 0), name);
    }
  });

  test(`kernels see nothing outside of their buffers, and change nothing there (${backend})`, async () => {
    const gpu = await open(backend, {
      buffers: [
        { name: 'left', size: [64], type: 'i32', initialData: new Int32Array(64).fill(SECRET) },
        { name: 'a', size: [4, 4], type: 'i32' },
        { name: 'bytes', size: [3], type: 'u8' },
        { name: 'right', size: [64], type: 'i32', initialData: new Int32Array(64).fill(SECRET) },
        { name: 'seen', size: [256], type: 'i32' },
        { name: 'fresh', size: [256] },
      ],
      uniforms: { few: [1, 2, 3], far: [0, 1, -1, 64, -64, 4096, 2 ** 29, 2 ** 30, -(2 ** 31), 2 ** 31, 2 ** 32, 2 ** 53, NaN, Infinity, -Infinity, 0.5] },
    });
    const look = await gpu.createKernel((inputs) => {
      const i = inputs.threadId.x;
      const far = inputs.uniforms.far[i % 16];
      const near = Math.floor(i / 16) - 8;
      // One of the two is outside, or both.
      const row = far === 0 ? 4 + near * near : far + 4;
      let unset = 0;
      if (!(row >= 0 && row < 4)) {
        unset = inputs.buffers.a[row][near] + inputs.buffers.a[near][row] + inputs.buffers.bytes[row] + inputs.uniforms.few[row];
      }
      inputs.buffers.seen[i] = unset;
      let local = array(4, 0);
      inputs.buffers.fresh[i] = local[row] + local[near + 100];
      inputs.buffers.a[row][near + 100] = 77;
      inputs.buffers.bytes[row + 3] = 77;
      local[row] = 77;
    });
    look.run(256);
    assert.ok((await gpu.readBuffer('seen')).every((value) => value === 0));
    assert.ok((await gpu.readBuffer('fresh')).every((value) => value === 0));
    for (const name of ['left', 'right']) {
      assert.ok((await gpu.readBuffer(name)).every((value) => value === SECRET), name);
    }
    for (const name of ['a', 'bytes']) {
      assert.ok((await gpu.readBuffer(name)).every((value) => value === 0), name);
    }
  });
}
