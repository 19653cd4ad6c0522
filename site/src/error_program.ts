// A kernel of an error page as a program, with the interface that docs/errors/README.md states.

/** What the pages' kernels may import. */
const IMPORTS = "import GPUInterface, { array, dim, types, vec2, vec3, vec4 } from 'hpc.js';";

/** The program that compiles `kernel` and runs it. */
export function errorProgram(kernel: string, hasCanvas: boolean): string {
  return `${IMPORTS}

export default async function main({ canvas }) {
  canvas.width = 16;
  canvas.height = 16;
  const gpu = await new GPUInterface({${hasCanvas ? '\n    canvas,' : ''}
    buffers: [
      { name: 'data', size: [16] },
      { name: 'grid', size: [8, 8] },
      { name: 'points', size: [16], type: 'vec3' },
      { name: 'flat', size: [16], type: 'vec2' },
      { name: 'wide', size: [16], type: 'f64' },
    ],
    uniforms: { scale: 1, on: true, center: vec2(4, 4) },
  }).initialize();

  const kernel = await gpu.createKernel(${kernel.trim().replaceAll('\n', '\n  ')});

  kernel.run(16);
  return gpu.readBuffer('data');
}
`;
}
