// node bench/browser.mjs: how long a page waits for `initialize` and for kernels, in milliseconds.

import { launch, openPage } from '../test/browser/browser.mjs';

const browser = await launch();

// In a page of its own each time, whose browser has the files.
async function measure() {
  const page = await openPage(browser);
  const times = await page.evaluate(async () => {
    const times = {};
    const timed = async (name, act) => {
      const start = performance.now();
      const result = await act();
      times[name] = performance.now() - start;
      return result;
    };
    const { GPUInterface, array, dim, types, vec2, vec3 } = await timed('import', () => import('hpc.js'));
    const buffers = [{ name: 'a', size: [1024] }];
    const uniforms = { mouse: vec2(6, 6), maxIters: 20, scale: 0.3125 };
    const canvas = { width: 640, height: 480 };
    const gpu = await timed('first initialize', () => new GPUInterface({ buffers, uniforms, canvas }).initialize());
    await timed('second initialize', () => new GPUInterface({ buffers }).initialize());
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
      const made = await interface_.createKernel(kernel);
      const end = performance.now();
      times[`${which} createKernel(julia): compiler`] = marks.createBindGroupLayout - start;
      times[`${which} createKernel(julia): to the pipeline`] = marks.createComputePipeline - marks.createBindGroupLayout;
      times[`${which} createKernel(julia): pipeline`] = end - marks.createComputePipeline;
      return made;
    };
    const julia = await create('first', gpu);
    await create('second', await new GPUInterface({ uniforms, canvas }).initialize());
    julia.run(640, 480);
    await timed('run and wait', () => gpu.onSubmittedWorkDone());
    await timed('read 1024', () => gpu.readBuffer('a'));
    await timed('1000 runs, enqueued', async () => {
      for (let i = 0; i < 1000; i++) julia.run(1);
    });
    await timed('1000 runs, waited for', () => gpu.onSubmittedWorkDone());
    return times;
  });
  await page.close();
  return times;
}

const rounds = [];
for (let round = 0; round < 7; round++) {
  rounds.push(await measure());
}
for (const name of Object.keys(rounds[0])) {
  const times = rounds.map((round) => round[name]).toSorted((a, b) => a - b);
  console.log(`${name.padEnd(48)} median ${times[3].toFixed(1)}  least ${times[0].toFixed(1)}  most ${times[6].toFixed(1)}`);
}
process.exit();
