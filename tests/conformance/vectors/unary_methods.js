export const title = 'every method without argument works component by component on every size';
export const tolerance = 'transcendental';

const NAMES = [
  'abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'ceil', 'cos', 'cosh', 'exp', 'floor', 'log', 'log2', 'round',
  'sign', 'sin', 'sinh', 'sqrt', 'tan', 'tanh', 'trunc',
];

export default async function ({ check, vec2, vec3, vec4 }) {
  const vectors = {
    vec2: [vec2(0.5, -0.25), vec2(1.25, 3)],
    vec3: [vec3(0.5, -0.25, 2.5), vec3(1.25, 3, 0.75)],
    vec4: [vec4(0.5, -0.25, 2.5, -1.75), vec4(1.25, 3, 0.75, 0.125)],
  };
  for (const [type, v] of Object.entries(vectors)) {
    // The kernel has a line for each method; the oracle a loop.
    const lines = NAMES.map((name, k) => `  inputs.buffers.out[${k}][i] = inputs.buffers.v[i].${name}();`);
    await check(
      (inputs) => {
        const i = inputs.threadId.x;
        NAMES.forEach((name, k) => {
          inputs.buffers.out[k][i] = inputs.buffers.v[i][name]();
        });
      },
      {
        out: { size: [NAMES.length, 2], type },
        run: [2],
        buffers: { v },
        source: `(inputs) => {\n  const i = inputs.threadId.x;\n${lines.join('\n')}\n}`,
      },
    );
  }
}
