// Canvases of others whose every part may throw: the call that it happens in fails, and nothing else does.

import assert from 'node:assert/strict';
import test from 'node:test';
import { GPUInterface } from '../esm/index.js';

const BACKENDS = ['gpu', 'cpu', 'debug'];
const boom = () => { throw new Error('a test'); };

// A canvas that draws as it should, with some parts replaced; `shown` is what it shows.
function canvasWith({ canvas = {}, context = {}, image = {} } = {}) {
  const shown = [];
  const define = (object, parts) => Object.defineProperties(object, Object.getOwnPropertyDescriptors(parts));
  const drawing = define({
    createImageData: (width, height) => define({ data: new Uint8ClampedArray(width * height * 4) }, image),
    putImageData: ({ data }) => void shown.splice(0, Infinity, ...data),
  }, context);
  const made = define({ width: 2, height: 1, getContext: (kind) => (kind === '2d' ? drawing : null) }, canvas);
  return { canvas: made, context: drawing, shown };
}

// What fails at the constructor or at `initialize`.
const OPENING = {
  'a width that throws': { canvas: { get width() { return boom(); } } },
  'a height that throws': { canvas: { get height() { return boom(); } } },
  'a tag that throws': { canvas: { get [Symbol.for('hpc.js:attach')]() { return boom(); } } },
  'an attachment that throws': { canvas: { [Symbol.for('hpc.js:attach')]: boom } },
  'getContext cannot be had': { canvas: { get getContext() { return boom(); } } },
  'getContext throws': { canvas: { getContext: boom } },
  'a context of another kind': { canvas: { getContext: () => null } },
  'a context that is a number': { canvas: { getContext: () => 5 } },
  'a context without methods': { canvas: { getContext: () => ({}) } },
  'a context whose methods cannot be had': { context: { get putImageData() { return boom(); } } },
};

// What fails when a picture is drawn.
const DRAWING = {
  'createImageData throws': { context: { createImageData: boom } },
  'createImageData gives nothing': { context: { createImageData: () => null } },
  'an image without data': { image: { data: undefined } },
  'an image whose data cannot be had': { image: { get data() { return boom(); } } },
  'an image that is too small': { image: { data: new Uint8ClampedArray(4) } },
  'an image whose data cannot be set': { image: { data: { set: boom } } },
  'putImageData throws': { context: { putImageData: boom } },
  'putImageData throws nothing': { context: { putImageData: () => { throw undefined; } } },
  'putImageData throws what is frozen': { context: { putImageData: () => { throw Object.freeze(new Error('a test')); } } },
  'putImageData rejects': { context: { putImageData: async () => boom() } },
};

async function paint(gpu, red) {
  const kernel = await gpu.createKernel((inputs) => {
    inputs.canvas.setPixel(inputs.threadId.x, 0, inputs.uniforms.red, 0, 0);
  });
  gpu.setUniforms({ red });
  kernel.run(2);
}

for (const backend of BACKENDS) {
  test(`a canvas that cannot be opened (${backend})`, async () => {
    for (const [what, parts] of Object.entries(OPENING)) {
      const { canvas } = canvasWith(parts);
      const open = async () => new GPUInterface({ canvas, options: { backend } }).initialize();
      await assert.rejects(open(), /a test|context/, what);
    }
  });

  test(`a width that throws once (${backend})`, async () => {
    let isRead = 0;
    const { canvas } = canvasWith({ canvas: { get width() { return (isRead += 1) === 2 ? boom() : 2; } } });
    const gpu = new GPUInterface({ canvas, uniforms: { red: 1 }, options: { backend } });
    await assert.rejects(gpu.initialize(), { message: 'a test' });
    await gpu.initialize();
    await paint(gpu, 9);
    assert.equal((await gpu.readCanvas()).length, 8);
  });

  test(`a canvas that cannot be drawn on (${backend})`, async () => {
    for (const [what, parts] of Object.entries(DRAWING)) {
      const { canvas, context, shown } = canvasWith(parts);
      const gpu = await new GPUInterface({ canvas, uniforms: { red: 1 }, options: { backend } }).initialize();
      await paint(gpu, 5);
      gpu.updateCanvas();
      // The call that waits for the picture is told, once.
      const [{ status }] = await Promise.allSettled([gpu.onSubmittedWorkDone()]);
      assert.equal(status, 'rejected', what);
      await gpu.onSubmittedWorkDone();
      // The picture is there all the same, and is shown when that is possible.
      assert.equal((await gpu.readCanvas())[0], 5, what);
      Object.assign(context, canvasWith().context, { putImageData: ({ data }) => void shown.splice(0, Infinity, ...data) });
      await paint(gpu, 6);
      gpu.updateCanvas();
      await gpu.onSubmittedWorkDone();
      assert.equal(shown[0], 6, what);
      gpu.destroy();
    }
  });

  test(`a canvas that cannot be drawn on, and nobody waits (${backend})`, async () => {
    const { canvas } = canvasWith({ context: { putImageData: boom } });
    const gpu = await new GPUInterface({ canvas, uniforms: { red: 1 }, options: { backend } }).initialize();
    gpu.updateCanvas();
    await gpu.readCanvas();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.throws(() => gpu.updateCanvas(), { message: 'a test' });
    const list = gpu.record(() => gpu.updateCanvas());
    list.replay();
    await gpu.readCanvas();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.throws(() => list.replay(), { message: 'a test' });
  });

  test(`a canvas that calls its interface (${backend})`, async () => {
    let gpu;
    const { canvas } = canvasWith({ context: { putImageData: () => gpu.destroy() } });
    gpu = await new GPUInterface({ canvas, uniforms: { red: 1 }, options: { backend } }).initialize();
    gpu.updateCanvas();
    // Whether the work was done before the interface was destroyed is for the device to say.
    await Promise.allSettled([gpu.onSubmittedWorkDone()]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.throws(() => gpu.updateCanvas(), /destroyed/);
  });
}
