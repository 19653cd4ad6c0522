// Paints a wave that runs outward, on the GPU or, without one, on the CPU.

import GPUInterface, { vec3 } from 'hpc.js';

// Its size stands here, so that the plugin knows it when the application is built.
const canvas = Object.assign(document.createElement('canvas'), { width: 256, height: 256 });
document.body.prepend(canvas);

const gpu = await new GPUInterface({
  canvas,
  uniforms: { time: 0 },
}).initialize();

const paint = await gpu.createKernel(({ canvas, threadId, uniforms }) => {
  const pixel = threadId.xy;
  const distance = pixel.minus(canvas.size.div(2)).length();
  const light = 127.5 + 127.5 * Math.sin(distance / 8 - uniforms.time);
  canvas.setPixel(pixel, vec3(light, light / 2, 255 - light));
});

document.querySelector('#device').textContent = `computed by ${gpu.backendType}`;

function frame(now) {
  gpu.setUniforms({ time: now / 200 });
  paint.run(256, 256);
  gpu.updateCanvas();
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);
