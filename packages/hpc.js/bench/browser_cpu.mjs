// node bench/browser_cpu.mjs: how long sets of 1024 x 1024 pixels take a page on each backend, in milliseconds, and how long the page is
// kept waiting meanwhile.

import { launch, openPage } from '../test/browser/browser.mjs';

const browser = await launch();
const ROUNDS = 9;
const ways = [
  ['WebGPU on SwiftShader', { backend: 'gpu' }, true],
  ['CPU, shared memory', { backend: 'cpu' }, true],
  ['CPU, one worker', { backend: 'cpu' }, false],
];

// In a page: an interface with both kernels and a function that times one of them.
async function prepare(options) {
  const { GPUInterface, vec2 } = await import('hpc.js');
  const spec = { canvas: { width: 1024, height: 1024 }, buffers: [{ name: 'a', size: [4] }], uniforms: { scale: 3 / 1024 }, options };
  const gpu = await new GPUInterface(spec).initialize();
  const mandelbrot = await gpu.createKernel((inputs) => {
    const pixel = inputs.threadId.xy;
    const c = pixel.minus(vec2(700, 512)).times(inputs.uniforms.scale);
    let z = vec2(0, 0);
    let n = 0;
    while (n < 256) {
      z = z.cplxTimes(z).plus(c);
      if (z.dot(z) > 4) break;
      n++;
    }
    inputs.canvas.setPixel(pixel, n % 256, n / 4, 255 - n / 4);
  });
  const julia = await gpu.createKernel((inputs) => {
    const pixel = inputs.threadId.xy;
    const c = vec2(-0.8, 0.156);
    let z = pixel.minus(inputs.canvas.size.div(2)).times(inputs.uniforms.scale);
    let n = 0;
    while (n < 1000) {
      z = z.cplxTimes(z).plus(c);
      if (z.length() > 2) break;
      n++;
    }
    inputs.canvas.setPixel(pixel, n % 256, n / 4, 255 - n / 4);
  });
  const small = await gpu.createKernel((inputs) => {
    inputs.buffers.a[inputs.threadId.x] += 1;
  });
  const waited = async (act) => {
    const begun = performance.now();
    act();
    await gpu.readBuffer('a');
    return performance.now() - begun;
  };
  globalThis.measure = async (name) => {
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    });
    const acts = {
      Mandelbrot: () => mandelbrot.run(1024, 1024),
      Julia: () => julia.run(1024, 1024),
      '1000 runs of 4': () => Array.from({ length: 1000 }, () => small.run(4)),
      'read 4': () => undefined,
    };
    const took = await waited(acts[name]);
    clearInterval(timer);
    return { took, longest };
  };
}

const pages = [];
for (const [name, options, isIsolated] of ways) {
  const page = await openPage(browser, { isIsolated });
  await page.evaluate(prepare, options);
  pages.push({ name, page });
}
for (const work of ['Mandelbrot', 'Julia', '1000 runs of 4', 'read 4']) {
  const results = new Map(pages.map(({ name }) => [name, []]));
  // By turns, so that all have the same share of what else the machine does.
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, page } of pages) {
      results.get(name).push(await page.evaluate((work) => measure(work), work));
    }
  }
  for (const [name, times] of results) {
    const took = times.map(({ took }) => took).toSorted((a, b) => a - b);
    const longest = Math.max(...times.map(({ longest }) => longest));
    const numbers = `median ${took[(ROUNDS - 1) / 2].toFixed(1)}  least ${took[0].toFixed(1)}  most ${took.at(-1).toFixed(1)}`;
    console.log(`${work.padEnd(16)} ${name.padEnd(24)} ${numbers}  page waits ${longest.toFixed(1)}`);
  }
}
process.exit();
