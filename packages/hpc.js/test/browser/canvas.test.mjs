// Canvases of pages show what the oracle paints.

import assert from 'node:assert/strict';
import test from 'node:test';
import { GPUInterface } from '../../esm/index.js';
import { launch, openPage } from './browser.mjs';
import { paint } from './painter.mjs';

const SIZE = { width: 20, height: 10 };
const oracle = await paint(GPUInterface, SIZE, { backend: 'debug' });
const expected = [...(await oracle.readCanvas())];

const browser = await launch();

async function inPage(act, argument) {
  const page = await openPage(browser);
  const result = await page.evaluate(act, { size: SIZE, ...argument });
  assert.deepEqual(page.faults, []);
  return result;
}

async function paintOnElement({ size, options }) {
  const [{ GPUInterface }, { paint, shownNow }] = await Promise.all([import('hpc.js'), import('/packages/hpc.js/test/browser/painter.mjs')]);
  const canvas = Object.assign(document.createElement('canvas'), size);
  document.body.append(canvas);
  const gpu = await paint(GPUInterface, canvas, options);
  return { shown: await shownNow(gpu, canvas), read: [...(await gpu.readCanvas())] };
}

// What a person would see of the page's first canvas.
async function seenOn(page) {
  const screenshot = await page.locator('canvas').first().screenshot({ type: 'png' });
  return page.evaluate(async (base64) => {
    const { shownOn } = await import('/packages/hpc.js/test/browser/painter.mjs');
    const response = await fetch(`data:image/png;base64,${base64}`);
    return shownOn(await createImageBitmap(await response.blob()));
  }, screenshot.toString('base64'));
}

for (const backend of ['gpu', 'cpu', 'debug']) {
  test(`an element shows what was painted, on the ${backend} backend`, async () => {
    const page = await openPage(browser);
    const { shown, read } = await page.evaluate(paintOnElement, { size: SIZE, options: { backend } });
    assert.deepEqual(read, expected);
    assert.deepEqual(shown, expected);
    assert.deepEqual(await seenOn(page), expected);
    assert.deepEqual(page.faults, []);
  });
}

for (const options of [{ backend: 'gpu' }, { backend: 'cpu' }]) {
  const { backend } = options;

  test(`what is painted after updateCanvas is not seen before the next one: ${backend}`, async () => {
    const { before, after } = await inPage(async ({ size, options }) => {
      const [{ GPUInterface }, { drawn, shownNow, shownOn }] = await Promise.all([import('hpc.js'), import('/packages/hpc.js/test/browser/painter.mjs')]);
      const canvas = Object.assign(document.createElement('canvas'), size);
      const gpu = await new GPUInterface({ canvas, options }).initialize();
      const white = await gpu.createKernel((inputs) => {
        inputs.canvas.setPixel(inputs.threadId.x, inputs.threadId.y, 255, 255, 255);
      });
      gpu.updateCanvas();
      white.run(canvas.width, canvas.height);
      await drawn(gpu);
      return { before: shownOn(canvas), after: await shownNow(gpu, canvas) };
    }, { options });
    assert.deepEqual(new Set(before), new Set([0, 255]));
    assert.deepEqual(new Set(after), new Set([255]));
  });

  test(`an OffscreenCanvas of a worker shows it, and so does the element that it was taken from: ${backend}`, async () => {
    const page = await openPage(browser);
    const { message, shown, read } = await page.evaluate(async ({ size, options }) => {
      const element = Object.assign(document.createElement('canvas'), size);
      document.body.append(element);
      const canvas = element.transferControlToOffscreen();
      const worker = new Worker('/packages/hpc.js/test/browser/worker.mjs', { type: 'module' });
      const answer = new Promise((resolve, reject) => Object.assign(worker, { onmessage: resolve, onerror: reject }));
      worker.postMessage({ canvas, options }, [canvas]);
      return (await answer).data;
    }, { size: SIZE, options });
    assert.equal(message, undefined);
    assert.deepEqual(read, expected);
    assert.deepEqual(shown, expected);
    assert.deepEqual(await seenOn(page), expected);
  });

  test(`a page that changes the size of its canvas gets it back: ${backend}`, async () => {
    const { width, shown } = await inPage(async ({ size, options }) => {
      const [{ GPUInterface }, { paint, shownNow }] = await Promise.all([import('hpc.js'), import('/packages/hpc.js/test/browser/painter.mjs')]);
      const canvas = Object.assign(document.createElement('canvas'), size);
      const gpu = await paint(GPUInterface, canvas, options);
      canvas.width = 300;
      const shown = await shownNow(gpu, canvas);
      return { width: canvas.width, shown };
    }, { options });
    assert.equal(width, SIZE.width);
    assert.deepEqual(shown, expected);
  });
}

test('a page that takes the configuration of its canvas away loses nothing', async () => {
  const shown = await inPage(async ({ size }) => {
    const [{ GPUInterface }, { paint, shownNow }] = await Promise.all([import('hpc.js'), import('/packages/hpc.js/test/browser/painter.mjs')]);
    const canvas = Object.assign(document.createElement('canvas'), size);
    const gpu = await paint(GPUInterface, canvas, { backend: 'gpu' });
    canvas.getContext('webgpu').unconfigure();
    return shownNow(gpu, canvas);
  });
  assert.deepEqual(shown, expected);
});

for (const [backend, other] of [['gpu', '2d'], ['cpu', 'webgl']]) {
  test(`a canvas that another context was taken of is refused, and the error says what to do: ${backend}`, async () => {
    const error = await inPage(async ({ size, backend, other }) => {
      const { GPUInterface } = await import('hpc.js');
      const canvas = Object.assign(document.createElement('canvas'), size);
      canvas.getContext(other);
      return new GPUInterface({ canvas, options: { backend } }).initialize().then(
        () => 'it was accepted',
        ({ code, message }) => ({ code, message }),
      );
    }, { backend, other });
    assert.equal(error.code, 'NoDevice');
    assert.match(error.message, /^the canvas cannot be drawn on \(.*\); give one whose getContext nobody else has called$/);
  });
}

test('a frame is two submissions of one turn: what is painted, and what is drawn of it', async () => {
  const submissions = await inPage(async ({ size }) => {
    const { GPUInterface } = await import('hpc.js');
    const canvas = Object.assign(document.createElement('canvas'), size);
    const gpu = await new GPUInterface({ canvas, options: { backend: 'gpu' } }).initialize();
    const white = await gpu.createKernel((inputs) => {
      inputs.canvas.setPixel(inputs.threadId.x, inputs.threadId.y, 255, 255, 255);
    });
    const frame = async () => {
      white.run(size.width, size.height);
      gpu.updateCanvas();
      await gpu.onSubmittedWorkDone();
    };
    // Pipelines are made for the first one.
    await frame();
    const submissions = [];
    const { submit } = GPUQueue.prototype;
    GPUQueue.prototype.submit = function (commands) {
      submissions.push(commands.length);
      return submit.call(this, commands);
    };
    await frame();
    await frame();
    GPUQueue.prototype.submit = submit;
    return submissions;
  });
  assert.deepEqual(submissions, [1, 1, 1, 1]);
});
