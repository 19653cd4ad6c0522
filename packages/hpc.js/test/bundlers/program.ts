// The program that every bundler gets: doubling, functions with every kind of annotation, arrays, and a small Julia set.

import GPUInterface, { array, dim, types, vec2, vec3, vec4 } from 'hpc.js';

async function main(): Promise<void> {
  const canvas = { width: 12, height: 8 };
  const gpu = await new GPUInterface({
    canvas,
    buffers: [
      { name: 'mybuffer', size: [4], initialData: [1, 2, 3, 4] },
      { name: 'out', size: [2], type: 'vec3' },
    ],
    uniforms: { mouse: vec2(6, 6), maxIters: 20, scale: 0.3125 },
  }).initialize();

  const double = await gpu.createKernel((inputs) => {
    inputs.buffers.mybuffer[inputs.threadId.x] = inputs.buffers.mybuffer[inputs.threadId.x]! * 2;
  });
  double.run(4);

  const functions = await gpu.createKernel((inputs) => {
    function twice(v = types.vec3) {
      return v.times(2);
    }
    function all(a = types.number, b = types.boolean, c = types.vec2, d = types.vec4) {
      return b ? a + c.x : d.w;
    }
    const i = inputs.threadId.x;
    inputs.buffers.out[i] = twice(vec3(all(1, true, vec2(2, 3), vec4(4)), all(1, i === 1, vec2(2, 3), vec4(4)), i));
  });
  functions.run(2);

  const julia = await gpu.createKernel((inputs) => {
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
      inputs.canvas.setPixel(pixel, colors[n % dim(colors)]!);
    }
  });
  julia.run(12, 8);
  gpu.updateCanvas();

  const pixels = await gpu.readCanvas();
  const sum = pixels.reduce((total, value, index) => total + value * ((index % 251) + 1), 0);
  console.log(JSON.stringify([[...(await gpu.readBuffer('mybuffer'))], [...(await gpu.readBuffer('out'))], sum]));
}

main().catch((error: Error) => {
  console.log(error.message);
});
