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
const options = { backend: 'gpu' };

async function inPage(act, argument) {
  const page = await openPage(browser);
  const result = await page.evaluate(act, { size: SIZE, options, ...argument });
  assert.deepEqual(page.faults, []);
  return result;
}

async function paintOnElement({ size, options }) {
  const [{ GPUInterface }, { paint, shownOn }] = await Promise.all([import('hpc.js'), import('/packages/hpc.js/test/browser/painter.mjs')]);
  const canvas = Object.assign(document.createElement('canvas'), size);
  document.body.append(canvas);
  const gpu = await paint(GPUInterface, canvas, options);
  return { shown: shownOn(canvas), read: [...(await gpu.readCanvas())] };
}

test('an element shows what was painted before the last updateCanvas', async () => {
  const { shown, read } = await inPage(paintOnElement);
  assert.deepEqual(read, expected);
  assert.deepEqual(shown, expected);
});

test('the debug backend draws on an element too', async () => {
  const { shown } = await inPage(paintOnElement, { options: { backend: 'debug' } });
  assert.deepEqual(shown, expected);
});

test('what an element shows is what the screen shows', async () => {
  const page = await openPage(browser);
  await page.evaluate(paintOnElement, { size: SIZE, options });
  const screenshot = await page.locator('canvas').screenshot({ type: 'png' });
  const onScreen = await page.evaluate(async (base64) => {
    const { shownOn } = await import('/packages/hpc.js/test/browser/painter.mjs');
    return shownOn(await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob()));
  }, screenshot.toString('base64'));
  assert.deepEqual(onScreen, expected);
});

test('an OffscreenCanvas of a worker shows it, and so does the element that it was taken from', async () => {
  const { shown, read, inDocument } = await inPage(async ({ size, options }) => {
    const element = Object.assign(document.createElement('canvas'), size);
    document.body.append(element);
    const canvas = element.transferControlToOffscreen();
    const worker = new Worker('/packages/hpc.js/test/browser/worker.mjs', { type: 'module' });
    const answer = new Promise((resolve, reject) => Object.assign(worker, { onmessage: resolve, onerror: reject }));
    worker.postMessage({ canvas, options }, [canvas]);
    const { data } = await answer;
    const { shownOn } = await import('/packages/hpc.js/test/browser/painter.mjs');
    const frame = () => new Promise(requestAnimationFrame);
    for (let frames = 0; frames < 60 && shownOn(element).every((byte) => byte === 0); frames++) {
      await frame();
    }
    return { ...data, inDocument: shownOn(element) };
  });
  assert.deepEqual(read, expected);
  assert.deepEqual(shown, expected);
  assert.deepEqual(inDocument, expected);
});

test('a page that changes the size of its canvas gets it back', async () => {
  const { width, shown } = await inPage(async ({ size, options }) => {
    const [{ GPUInterface }, { paint, shownOn }] = await Promise.all([import('hpc.js'), import('/packages/hpc.js/test/browser/painter.mjs')]);
    const canvas = Object.assign(document.createElement('canvas'), size);
    const gpu = await paint(GPUInterface, canvas, options);
    canvas.width = 300;
    gpu.updateCanvas();
    await gpu.onSubmittedWorkDone();
    return { width: canvas.width, shown: shownOn(canvas) };
  });
  assert.equal(width, SIZE.width);
  assert.equal(shown.length, expected.length);
});

test('a canvas that another context was taken of is refused, and the error says what to do', async () => {
  const error = await inPage(async ({ size, options }) => {
    const { GPUInterface } = await import('hpc.js');
    const canvas = Object.assign(document.createElement('canvas'), size);
    canvas.getContext('2d');
    return new GPUInterface({ canvas, options }).initialize().then(
      () => 'it was accepted',
      ({ code, message }) => ({ code, message }),
    );
  });
  assert.equal(error.code, 'NoDevice');
  assert.match(error.message, /^the canvas cannot be drawn on by the GPU \(.*\); give one whose getContext nobody else has called$/);
});
