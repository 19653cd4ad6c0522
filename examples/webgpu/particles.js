// Particles that a kernel moves and the page's own renderer draws: one device, one buffer, and nothing is copied or read back.

import GPUInterface, { vec2 } from 'hpc.js';

export const COUNT = 20_000;
/** In pixels. */
export const SIZE = 256;

const SHADER = `
@vertex
fn place(@location(0) position: vec2f) -> @builtin(position) vec4f {
    return vec4f(position, 0, 1);
}

@fragment
fn color() -> @location(0) vec4f {
    return vec4f(1, 0.8, 0.4, 1);
}
`;

// Draws so many frames, for ever if nothing is said.
export default async function main({ canvas, frames = Infinity }) {
  Object.assign(canvas, { width: SIZE, height: SIZE });
  const adapter = await navigator.gpu.requestAdapter();
  const device = await adapter.requestDevice();

  // #region share
  const gpu = await new GPUInterface({
    device,
    buffers: [{ name: 'positions', size: [COUNT], type: 'vec2', usage: ['vertex'] }],
    uniforms: { time: 0 },
  }).initialize();

  const move = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const radius = Math.sqrt((i + 0.5) / 20000);
    // By the golden section, in integers.
    const turn = ((i * 7639) % 20000) / 20000;
    const angle = 2 * Math.PI * turn + inputs.uniforms.time * (1 - radius);
    inputs.buffers.positions[i] = vec2(radius * Math.cos(angle), radius * Math.sin(angle));
  });

  const draw = renderer(device, canvas);
  const positions = gpu.buffer('positions');
  for (let frame = 1; frame <= frames; frame++) {
    gpu.setUniforms({ time: frame / 60 });
    move.run(COUNT);
    gpu.flush();
    draw(positions);
    await new Promise(requestAnimationFrame);
  }
  // #endregion share
  return gpu;
}

// What draws points: WebGPU as everywhere.
function renderer(device, canvas) {
  const format = navigator.gpu.getPreferredCanvasFormat();
  const context = canvas.getContext('webgpu');
  context.configure({ device, format });
  const module = device.createShaderModule({ code: SHADER });
  const pipeline = device.createRenderPipeline({
    layout: 'auto',
    vertex: {
      module,
      buffers: [{ arrayStride: 8, attributes: [{ shaderLocation: 0, offset: 0, format: 'float32x2' }] }],
    },
    fragment: { module, targets: [{ format }] },
    primitive: { topology: 'point-list' },
  });
  return (positions) => {
    const encoder = device.createCommandEncoder();
    const view = context.getCurrentTexture().createView();
    const pass = encoder.beginRenderPass({ colorAttachments: [{ view, loadOp: 'clear', storeOp: 'store' }] });
    pass.setPipeline(pipeline);
    pass.setVertexBuffer(0, positions);
    pass.draw(COUNT);
    pass.end();
    device.queue.submit([encoder.finish()]);
  };
}
