// The tutorial programs run on the oracle, at small sizes.

import assert from 'node:assert/strict';
import { register } from 'node:module';
import test from 'node:test';

register('./resolve_hpc.js', import.meta.url);
const example = async (name) => (await import(`../../examples/js/${name}.js`)).default;
const { vec2, vec3 } = await import('./hpc.js');
const canvas = (width, height) => ({ width, height });

test('double', async () => {
  assert.deepEqual([...(await (await example('double'))())], [2, 4, 6, 8]);
});

test('julia', async () => {
  const julia = await example('julia');
  const gpu = await julia({ canvas: canvas(12, 8), mouse: vec2(6, 6), scale: 0.3125, maxIters: 20 });
  const pixels = await gpu.readCanvas();
  const pixel = (x, y) => [...pixels.subarray((y * 12 + x) * 4, (y * 12 + x) * 4 + 3)];
  assert.deepEqual(pixel(0, 0), [0, 0, 0]);
  assert.deepEqual(pixel(6, 0), [25, 7, 26]);
  assert.deepEqual(pixel(5, 4), [106, 52, 3]);
  assert.deepEqual(pixel(6, 4), [0, 0, 0]);
});

test('heat', async () => {
  const heat = await example('heat');
  const sumAfter = async (strokes) => {
    const gpu = await heat({ canvas: canvas(16, 12), width: 90, height: 50, radius: 3, strokes, stepsPerStroke: 1 });
    return (await gpu.readBuffer('heat')).reduce((total, value) => total + value, 0);
  };
  const hot = { mouse: vec2(45, 25), button: 1 };
  const off = { mouse: vec2(45, 25), button: 0 };
  assert.equal(await sumAfter([hot]), 25);
  assert.ok(Math.abs((await sumAfter([hot, off, off, off])) - 25) < 1e-3);
  assert.equal(await sumAfter([hot, { ...hot, button: 2, radius: 200 }]), 0);
});

test('balls', async () => {
  const balls = { positions: [vec2(50, 40)], velocities: [vec2(10, -20)], colors: [vec3(255, 0, 0)] };
  const gpu = await (await example('balls'))({ canvas: canvas(100, 90), count: 1, steps: 1, balls });
  assert.deepEqual([...(await gpu.readBuffer('positions'))], [51, 38]);
  assert.ok(Math.abs((await gpu.readBuffer('velocities'))[1] + 20.981) < 1e-4);
  const pixels = await gpu.readCanvas();
  let background = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    background += pixels[at] === 32 && pixels[at + 1] === 32 && pixels[at + 2] === 32 ? 1 : 0;
  }
  assert.equal(background, 100 * 90 - 305);
});
