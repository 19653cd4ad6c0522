// node bench/browser.mjs: how long a page waits for `initialize` and for kernels on WebGPU, in milliseconds, with the compiler in a worker
// and, as where no worker can be started, in the page.

import { launch, openPage } from '../test/browser/browser.mjs';

const browser = await launch();

// In a page of its own each time, whose browser has the files.
async function measure(where) {
  const page = await openPage(browser);
  const times = await page.evaluate(async (where) => {
    if (where === 'page') {
      globalThis.Worker = undefined;
    }
    // Whatever blocks the page delays the next of these.
    let longest = 0;
    let last = performance.now();
    const ticks = new MessageChannel();
    ticks.port1.onmessage = () => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
      ticks.port2.postMessage(null);
    };
    ticks.port2.postMessage(null);
    const times = {};
    const timed = async (name, act) => {
      const start = performance.now();
      longest = 0;
      const result = await act();
      times[name] = performance.now() - start;
      times[`${name}: longest task`] = longest;
      return result;
    };
    const { GPUInterface, array, dim, types, vec2, vec3 } = await timed('import', () => import('hpc.js'));
    const buffers = [{ name: 'a', size: [1024] }];
    const uniforms = { mouse: vec2(6, 6), maxIters: 20, scale: 0.3125 };
    const canvas = { width: 640, height: 480 };
    const options = { backend: 'gpu' };
    await timed('first initialize', () => new GPUInterface({ buffers, options }).initialize());
    const gpu = await timed('second initialize, with a canvas', () => new GPUInterface({ buffers, uniforms, canvas, options }).initialize());
    // When the browser is first asked for something, the compiler is done.
    const marks = {};
    for (const name of ['createBindGroupLayout', 'createShaderModule', 'createComputePipeline']) {
      const original = GPUDevice.prototype[name];
      GPUDevice.prototype[name] = function (...words) {
        marks[name] = performance.now();
        return original.apply(this, words);
      };
    }
    const kernel = (inputs) => {
      function screenToComplex(point = types.vec2) {
        return point.minus(inputs.canvas.size.div(2)).times(inputs.uniforms.scale);
      }
      const colors = array([vec3(66, 30, 15), vec3(25, 7, 26), vec3(9, 1, 47), vec3(4, 4, 73), vec3(0, 7, 100)]);
      const pixel = inputs.threadId.xy;
      const c = screenToComplex(inputs.uniforms.mouse);
      let z = screenToComplex(pixel);
      let n = 0;
      while (n < inputs.uniforms.maxIters) {
        z = z.cplxTimes(z).plus(c);
        if (z.length() > 2) {
          break;
        }
        n++;
      }
      if (n === 0 || n === inputs.uniforms.maxIters) {
        inputs.canvas.setPixel(pixel, 0, 0, 0);
      } else {
        inputs.canvas.setPixel(pixel, colors[n % dim(colors)]);
      }
    };
    const create = async (which, interface_) => {
      const start = performance.now();
      longest = 0;
      const made = await interface_.createKernel(kernel);
      const end = performance.now();
      times[`${which} createKernel(julia): longest task`] = longest;
      times[`${which} createKernel(julia): compiler`] = marks.createBindGroupLayout - start;
      times[`${which} createKernel(julia): to the pipeline`] = marks.createComputePipeline - marks.createBindGroupLayout;
      times[`${which} createKernel(julia): pipeline`] = end - marks.createComputePipeline;
      return made;
    };
    const julia = await create('first', gpu);
    await create('second', await new GPUInterface({ uniforms, canvas, options }).initialize());
    julia.run(640, 480);
    await timed('run and wait', () => gpu.onSubmittedWorkDone());
    await timed('read 1024', () => gpu.readBuffer('a'));
    await timed('1000 runs, enqueued', async () => {
      for (let i = 0; i < 1000; i++) julia.run(1);
    });
    await timed('1000 runs, waited for', () => gpu.onSubmittedWorkDone());
    return times;
  }, where);
  await page.close();
  return times;
}

// Turn by turn, so that what else the machine does meets both.
const rounds = { worker: [], page: [] };
for (let round = 0; round < 7; round++) {
  rounds.worker.push(await measure('worker'));
  rounds.page.push(await measure('page'));
}
for (const [where, measured] of Object.entries(rounds)) {
  console.log(`\ncompiler in a ${where}`);
  for (const name of Object.keys(measured[0])) {
    const times = measured.map((round) => round[name]).toSorted((a, b) => a - b);
    console.log(`${name.padEnd(48)} median ${times[3].toFixed(1)}  least ${times[0].toFixed(1)}  most ${times[6].toFixed(1)}`);
  }
}
process.exit();
