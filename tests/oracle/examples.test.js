// The tutorial programs run on the oracle, at small sizes.

import assert from 'node:assert/strict';
import { register } from 'node:module';
import test from 'node:test';

register('./resolve_hpc.js', import.meta.url);
const example = async (name) => (await import(`../../examples/js/${name}.js`)).default;
const { vec2 } = await import('./hpc.js');
const canvas = (width, height) => ({ width, height, getContext: () => null });

test('double', async () => {
  assert.deepEqual([...(await (await example('double'))())], [2, 4, 6, 8]);
});

test('julia', async () => {
  const program = await (await example('julia'))(canvas(12, 8));
  program.draw({ mouse: vec2(6, 6), scale: 0.3125, maxIters: 20 });
  const pixels = await program.gpu.readCanvas();
  const pixel = (x, y) => [...pixels.subarray((y * 12 + x) * 4, (y * 12 + x) * 4 + 3)];
  assert.deepEqual(pixel(0, 0), [0, 0, 0]);
  assert.deepEqual(pixel(6, 0), [25, 7, 26]);
  assert.deepEqual(pixel(5, 4), [106, 52, 3]);
  assert.deepEqual(pixel(6, 4), [0, 0, 0]);
});

test('heat', async () => {
  const program = await (await example('heat'))(canvas(16, 12), [90, 50]);
  const sum = async () => (await program.gpu.readBuffer('heat')).reduce((total, value) => total + value, 0);
  program.setUniforms({ mouse: vec2(45, 25), button: 1, radius: 3 });
  program.step();
  assert.equal(await sum(), 25);
  program.setUniforms({ button: 0 });
  for (let k = 0; k < 10; k++) {
    program.step();
  }
  assert.ok(Math.abs((await sum()) - 25) < 1e-3);
  program.draw();
  assert.equal((await program.gpu.readCanvas())[3], 255);
  program.setUniforms({ button: 2, radius: 200 });
  program.step();
  assert.equal(await sum(), 0);
});

test('balls', async () => {
  const program = await (await example('balls'))(canvas(100, 90), 1);
  program.gpu.writeBuffer('positions', [vec2(50, 40)]);
  program.gpu.writeBuffer('velocities', [vec2(10, -20)]);
  program.step();
  assert.deepEqual([...(await program.gpu.readBuffer('positions'))], [51, 38]);
  assert.ok(Math.abs((await program.gpu.readBuffer('velocities'))[1] + 19.019) < 1e-4);
  program.draw();
  const pixels = await program.gpu.readCanvas();
  let background = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    background += pixels[at] === 32 && pixels[at + 1] === 32 && pixels[at + 2] === 32 ? 1 : 0;
  }
  assert.equal(background, 100 * 90 - 305);
});
