// Odd arguments in a page: what fails says so in the call, and the page and its other interfaces go on.

import assert from 'node:assert/strict';
import test from 'node:test';
import { launch, openPage } from './browser.mjs';

const browser = await launch();

// What comes of opening an interface on odd canvases and painting there, by the name of the canvas.
async function openOddCanvases(backend) {
  const { GPUInterface } = await import('hpc.js');
  const boom = () => {
    throw new Error('a test');
  };
  const element = () => Object.assign(document.createElement('canvas'), { width: 4, height: 4 });
  const fake = (tag, parts) => Object.assign({ width: 4, height: 4, [Symbol.toStringTag]: tag }, parts);
  const canvases = {
    'an element that is none': fake('HTMLCanvasElement', {}),
    'an element that is none and throws': fake('HTMLCanvasElement', { getContext: boom }),
    'an element that is none and gives odd contexts': fake('HTMLCanvasElement', { getContext: () => ({}) }),
    'an element that is none and gives contexts that throw': fake('HTMLCanvasElement', {
      getContext: () => ({ configure: boom, getCurrentTexture: boom, createImageData: boom, putImageData: boom }),
    }),
    'a canvas off the screen that is none': fake('OffscreenCanvas', { getContext: boom }),
    'an element with a context of another kind': (() => {
      const canvas = element();
      canvas.getContext('webgl');
      return canvas;
    })(),
    'an element that was handed over': (() => {
      const canvas = element();
      canvas.transferControlToOffscreen();
      return canvas;
    })(),
    'a canvas off the screen that went to a worker': (() => {
      const canvas = new OffscreenCanvas(4, 4);
      structuredClone(canvas, { transfer: [canvas] });
      return canvas;
    })(),
    'an element whose getContext was replaced': Object.assign(element(), { getContext: boom }),
  };
  const outcomes = {};
  for (const [what, canvas] of Object.entries(canvases)) {
    try {
      const gpu = await new GPUInterface({ canvas, options: { backend } }).initialize();
      const { run } = await gpu.createKernel((inputs) => {
        inputs.canvas.setPixel(inputs.threadId.x, 0, 1, 2, 3);
      });
      run(4);
      gpu.updateCanvas();
      await gpu.onSubmittedWorkDone();
      outcomes[what] = 'it was painted';
    } catch (error) {
      outcomes[what] = error instanceof Error ? `${error.name}: ${error.message}` : `no error: ${String(error)}`;
    }
  }
  return outcomes;
}

// Data from other places than the page's own realm and memory.
async function takeOddData(backend) {
  const { GPUInterface } = await import('hpc.js');
  const frame = document.body.appendChild(document.createElement('iframe'));
  const { Float32Array: Foreign, Array: ForeignArray, eval: foreignEval } = frame.contentWindow;
  const shared = new Float32Array(new SharedArrayBuffer(16));
  shared.set([1, 2, 3, 4]);
  const gone = new Float32Array(4);
  structuredClone(gone, { transfer: [gone.buffer] });
  const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [4] }], options: { backend } }).initialize();
  const read = async () => [...(await gpu.readBuffer('a'))];
  const outcomes = [];
  for (const data of [shared, new Foreign([5, 6, 7, 8]), ForeignArray.of(1, 1, 1, 1), gone, new Float64Array([9, 8, 7, 6])]) {
    try {
      gpu.writeBuffer('a', data);
      outcomes.push((await read()).join());
    } catch (error) {
      outcomes.push(error.message);
    }
  }
  await gpu.readBuffer('a', { into: shared });
  outcomes.push([...shared].join());
  const kernel = await gpu.createKernel(foreignEval('(inputs) => { inputs.buffers.a[inputs.threadId.x] += 1; }'));
  kernel.run(4);
  outcomes.push((await read()).join());
  for (const text of ['', '{', 'class {}']) {
    const error = await gpu.createKernel(Object.assign(() => {}, { toString: () => text })).catch((error) => error);
    outcomes.push(error.code);
  }
  try {
    new GPUInterface({ options: { usecpu: true } });
  } catch (error) {
    outcomes.push(error.message);
  }
  frame.remove();
  return outcomes;
}

for (const backend of ['gpu', 'cpu', 'debug']) {
  test(`odd canvases in a page (${backend})`, async () => {
    const page = await openPage(browser);
    const outcomes = await page.evaluate(openOddCanvases, backend);
    for (const [what, outcome] of Object.entries(outcomes)) {
      // Whoever only looks like an element and has no context needs not be painted on.
      assert.match(outcome, what === 'an element that is none' ? /^/ : /^(\w*Error: .+|it was painted$)/s, what);
      assert.doesNotMatch(outcome, /internal error|unreachable|no error/, what);
    }
    assert.match(outcomes['an element with a context of another kind'], /context of another kind/);
    assert.match(outcomes['an element whose getContext was replaced'], /a test/);
    assert.equal(await page.evaluate(paints, backend), 'painted');
    assert.deepEqual(page.faults, []);
  });

  test(`odd data in a page (${backend})`, async () => {
    const page = await openPage(browser);
    const outcomes = await page.evaluate(takeOddData, backend);
    assert.deepEqual(outcomes.slice(0, 3), ['1,2,3,4', '5,6,7,8', '1,1,1,1']);
    assert.match(outcomes[3], /the data has 0 numbers.*transferred/);
    assert.deepEqual(outcomes.slice(4, 7), ['9,8,7,6', '9,8,7,6', '10,9,8,7']);
    assert.ok(outcomes.slice(7, 10).every((code) => /^HPC\d{4}$/.test(code)), outcomes.join());
    assert.match(outcomes[10], /did you mean "useCpu"/);
    assert.deepEqual(page.faults, []);
  });
}

// Whether all is well with a canvas as it should be.
async function paints(backend) {
  const { GPUInterface } = await import('hpc.js');
  const canvas = Object.assign(document.createElement('canvas'), { width: 4, height: 4 });
  const gpu = await new GPUInterface({ canvas, options: { backend } }).initialize();
  const { run } = await gpu.createKernel((inputs) => {
    inputs.canvas.setPixel(inputs.threadId.x, 0, 1, 2, 3);
  });
  run(4);
  gpu.updateCanvas();
  return (await gpu.readCanvas())[0] === 1 ? 'painted' : 'not painted';
}
