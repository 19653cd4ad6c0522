// The page's own renderer and kernels on one device: what one writes the other sees, in the order of the calls.

import assert from 'node:assert/strict';
import test from 'node:test';
import { launch, openPage } from './browser.mjs';

const browser = await launch();

async function inPage(act, argument) {
  const page = await openPage(browser);
  const result = await page.evaluate(act, argument);
  assert.deepEqual(page.faults, []);
  await page.close();
  return result;
}

test('a renderer draws what a kernel has moved, and both are seen', async () => {
  const page = await openPage(browser);
  await page.evaluate(async () => {
    const { default: main } = await import('/examples/webgpu/particles.js');
    await main({ canvas: document.body.appendChild(document.createElement('canvas')), frames: 30 });
  });
  // What a person sees.
  const screenshot = await page.locator('canvas').screenshot({ type: 'png' });
  const seen = await page.evaluate(async (base64) => {
    const { COUNT, SIZE } = await import('/examples/webgpu/particles.js');
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const copy = new OffscreenCanvas(SIZE, SIZE).getContext('2d');
    copy.drawImage(picture, 0, 0);
    const lit = new Uint32Array(copy.getImageData(0, 0, SIZE, SIZE).data.buffer).map((pixel) => pixel & 0xffffff);
    // What the kernel computes, in plain JavaScript.
    const expected = new Uint32Array(SIZE * SIZE);
    for (let i = 0; i < COUNT; i++) {
      const radius = Math.sqrt((i + 0.5) / COUNT);
      const angle = 2 * Math.PI * (((i * 7639) % COUNT) / COUNT) + 0.5 * (1 - radius);
      const [x, y] = [radius * Math.cos(angle), -radius * Math.sin(angle)].map((at) => Math.floor(((at + 1) / 2) * SIZE));
      expected[y * SIZE + x] = 0x66ccff;
    }
    const differences = lit.filter((pixel, place) => pixel !== expected[place]).length;
    return { differences, points: expected.filter(Boolean).length, colors: [...new Set(lit)].slice(0, 5) };
  }, screenshot.toString('base64'));
  assert.deepEqual(page.faults, []);
  assert.ok(seen.points > 10_000, JSON.stringify(seen));
  // A GPU's sines put some points across the edge of a pixel; a frame before or after differs in most.
  assert.ok(seen.differences < 0.15 * seen.points, JSON.stringify(seen));
  assert.deepEqual(seen.colors, [0, 0x66ccff]);
});

test('a buffer of the page is computed in, and stays when the interface is gone', async () => {
  const results = await inPage(async () => {
    const { GPUInterface } = await import('hpc.js');
    const device = await (await navigator.gpu.requestAdapter()).requestDevice();
    const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    const gpuBuffer = device.createBuffer({ size: 64, usage: STORAGE | COPY_SRC | COPY_DST });
    device.queue.writeBuffer(gpuBuffer, 0, Float32Array.of(1, 2, 3, 4));
    const gpu = await new GPUInterface({
      device,
      buffers: [{ name: 'a', size: [4], gpuBuffer }, { name: 'b', size: [4], type: 'i32', usage: ['vertex', 'index'] }],
    }).initialize();
    const double = await gpu.createKernel((inputs) => {
      const i = inputs.threadId.x;
      inputs.buffers.a[i] *= 2;
      inputs.buffers.b[i] = inputs.buffers.a[i] + 1;
    });
    const results = [gpu.buffer('a') === gpuBuffer, gpu.buffer('b').size];
    const read = async (buffer) => {
      const copy = device.createBuffer({ size: 16, usage: COPY_DST | MAP_READ });
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, 0, copy, 0, 16);
      device.queue.submit([encoder.finish()]);
      await copy.mapAsync(GPUMapMode.READ);
      return copy.getMappedRange().slice();
    };
    for (let run = 0; run < 3; run++) {
      double.run(4);
    }
    gpu.flush();
    // Its place in the device's queue is this one, not that of the run below.
    const first = read(gpuBuffer);
    double.run(4);
    results.push([...new Float32Array(await first)], [...(await gpu.readBuffer('a'))], [...new Int32Array(await read(gpu.buffer('b')))]);
    device.queue.writeBuffer(gpuBuffer, 0, Float32Array.of(5));
    results.push([...(await gpu.readBuffer('a', { end: 1 }))]);
    gpu.destroy();
    results.push([...new Float32Array(await read(gpuBuffer))]);
    // Nothing was left where it does not belong.
    results.push([device, navigator, device.queue].flatMap((object) => Object.getOwnPropertyNames(object)));
    return results;
  });
  assert.deepEqual(results, [
    true, 16, [8, 16, 24, 32], [16, 32, 48, 64], [17, 33, 49, 65], [5], [5, 32, 48, 64], [],
  ]);
});

test('interfaces on one device of the page: their buffers come and go, and its canvas shows what one paints', async () => {
  const results = await inPage(async () => {
    const { GPUContext, GPUInterface } = await import('hpc.js');
    const device = await (await navigator.gpu.requestAdapter()).requestDevice();
    const canvas = Object.assign(document.createElement('canvas'), { width: 4, height: 1 });
    const [one, other] = await Promise.all([
      new GPUInterface({ device, canvas, uniforms: { level: 128 } }).initialize(),
      new GPUInterface({ context: new GPUContext({ device }), device }).initialize(),
    ]);
    other.createBuffer({ name: 'points', size: [2], type: { at: 'vec3' }, usage: ['vertex'] });
    const sizes = [other.buffer('points.at').size];
    other.resizeBuffer('points', [5]);
    sizes.push(other.buffer('points.at').size);
    const paint = await one.createKernel((inputs) => {
      inputs.canvas.setPixel(inputs.threadId.x, 0, inputs.uniforms.level, 0, 255);
    });
    paint.run(4);
    one.updateCanvas();
    await one.onSubmittedWorkDone();
    const copy = new OffscreenCanvas(4, 1).getContext('2d');
    copy.drawImage(canvas, 0, 0);
    const shown = [...copy.getImageData(0, 0, 1, 1).data];
    device.destroy();
    const lost = await Promise.all([one, other].map((gpu) => gpu.onSubmittedWorkDone().then(() => 'no loss', ({ code }) => code)));
    const again = await new GPUInterface({ device }).initialize().catch(({ code, message }) => ({ code, message }));
    return { sizes, shown, lost, again };
  });
  assert.deepEqual(results.sizes, [32, 80]);
  assert.deepEqual(results.shown, [128, 0, 255, 255]);
  assert.deepEqual(results.lost, ['DeviceLost', 'DeviceLost']);
  assert.equal(results.again.code, 'DeviceLost');
  assert.match(results.again.message, /^the device was lost \(.*\); give another one$/);
});

test('a device is asked for once by two hundred interfaces, and once more by one of another context', async () => {
  const results = await inPage(async () => {
    const { GPUContext, GPUInterface } = await import('hpc.js');
    let devices = 0;
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = function (...given) {
      devices++;
      return requestDevice.apply(this, given);
    };
    const open = (context) => new GPUInterface({ buffers: [{ name: 'a', size: [1], initialData: [7] }], ...context, options: { backend: 'gpu' } }).initialize();
    const all = await Promise.all(Array.from({ length: 200 }, () => open({})));
    const reads = await Promise.all(all.map((gpu) => gpu.readBuffer('a')));
    const shared = devices;
    const apart = await open({ context: new GPUContext() });
    all.slice(1).forEach((gpu) => gpu.destroy());
    return [reads.every(([seven]) => seven === 7), shared, devices, [...(await apart.readBuffer('a'))], [...(await all[0].readBuffer('a'))]];
  });
  assert.deepEqual(results, [true, 1, 2, [7], [7]]);
});

test('what cannot be is refused, and says why', async () => {
  const messages = await inPage(async () => {
    const { GPUContext, GPUInterface } = await import('hpc.js');
    const adapter = await navigator.gpu.requestAdapter();
    const device = await adapter.requestDevice();
    const stranger = await (await navigator.gpu.requestAdapter()).requestDevice();
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const all = STORAGE | COPY_SRC | COPY_DST;
    const buffer = (of, size, usage = all) => of.createBuffer({ size, usage });
    const destroyed = buffer(device, 16);
    destroyed.destroy();
    const open = (gpuBuffer, more, spec = { device }) => async () => new GPUInterface({ ...spec, buffers: [{ name: 'a', size: [4], gpuBuffer, ...more }] }).initialize();
    const gpu = await new GPUInterface({ device, buffers: [{ name: 'plain', size: [1] }, { name: 'objects', size: [1], type: { x: 'number' }, usage: ['vertex'] }] }).initialize();
    const ways = [
      async () => new GPUInterface({ device: {} }),
      async () => new GPUInterface({ device, context: new GPUContext() }),
      async () => new GPUContext({ devices: device }),
      open({}),
      open(buffer(device, 12)),
      open(buffer(device, 16, STORAGE)),
      open(buffer(device, 16), { resizable: true }),
      open(buffer(device, 16), { usage: ['vertex'] }),
      open(buffer(device, 16), { type: { x: 'number' } }),
      open(buffer(stranger, 16)),
      open(destroyed),
      open(buffer(device, 16), {}, { options: { backend: 'gpu' } }),
      open(buffer(device, 16), {}, { device, options: { backend: 'debug' } }),
      open(undefined, { usage: 'vertex' }),
      open(undefined, { usage: ['vertices'] }),
      async () => gpu.buffer('plain'),
      async () => gpu.buffer('objects'),
      async () => gpu.buffer('none'),
      async () => (await new GPUInterface({ buffers: [{ name: 'a', size: [1], usage: ['vertex'] }], options: { backend: 'debug' } }).initialize()).buffer('a'),
    ];
    const messages = [];
    for (const way of ways) {
      messages.push(await way().then(() => 'it was accepted', ({ message }) => message));
    }
    // Nobody else has a loss of it.
    messages.push(String([...(await gpu.readBuffer('plain'))]));
    return messages;
  });
  const expected = [
    /^device must be a GPUDevice, not an object \(Object\): give what requestDevice/,
    /^the context is on another device than this: leave out/,
    /^the argument of GPUContext has no "devices"; did you mean "device"/,
    /^the gpuBuffer of the buffer "a" must be a GPUBuffer, not/,
    /^the gpuBuffer of the buffer "a" has 12 bytes, and size \[4\] of number takes 16: make it larger/,
    /must have been made with the usage GPUBufferUsage.COPY_SRC \| GPUBufferUsage.COPY_DST, too$/,
    /cannot be used: its size cannot change, so leave out resizable/,
    /cannot be used: it was made with its usages, so leave out usage$/,
    /cannot be used: objects lie in a buffer for each field/,
    /^the buffer "a" cannot be shared like this: it is of another device than the interface, mapped, or destroyed$/,
    /^the buffer "a" cannot be shared like this: it is of another device than the interface, mapped, or destroyed$/,
    /cannot be used: give the device that it is of, too: new GPUInterface/,
    /cannot be used: leave it out on other backends than gpu$/,
    /^usage of the buffer "a" must be an array such as \['vertex'\], not/,
    /^usage of the buffer "a" cannot be "vertices"; did you mean "vertex"/,
    /^others cannot have the buffer "plain": say how they use it where it is declared, by `usage`$/,
    /^"objects" is a buffer of objects, which has a GPUBuffer for each field: ask for "objects.x", say$/,
    /^there is no buffer "none"/,
    /^a buffer can be had in pages, where the interface is on the GPU: read it instead$/,
    /^0$/,
  ];
  expected.forEach((pattern, index) => assert.match(messages[index], pattern));
  assert.equal(messages.length, expected.length);
});
