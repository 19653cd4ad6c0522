export const title = 'every swizzle of two to four letters, on every size';

function words(letters) {
  let result = [];
  let current = letters;
  for (let length = 2; length <= 4; length++) {
    current = current.flatMap((word) => letters.map((letter) => word + letter));
    result = result.concat(current);
  }
  return result;
}

export default async function ({ check, vec2, vec3, vec4 }) {
  for (const v of [vec2(1, 2), vec3(1, 2, 3), vec4(1, 2, 3, 4)]) {
    const letters = ['x', 'y', 'z', 'w'].slice(0, Number(v.type[3]));
    const swizzles = words(letters);
    const pad = ['vec2(0, 0)', '0', ''];
    const lines = swizzles.map((word, k) => {
      const parts = [`v.${word}`, pad[word.length - 2]].filter(Boolean).join(', ');
      return `  inputs.buffers.out[${k}] = ${word.length === 4 ? parts : `vec4(${parts})`};`;
    });
    await check(
      (inputs) => {
        swizzles.forEach((word, k) => {
          const components = [...word].map((letter) => v[letter]);
          inputs.buffers.out[k] = vec4(...components, ...Array(4 - word.length).fill(0));
        });
      },
      {
        out: { size: [swizzles.length], type: 'vec4' },
        run: [1],
        buffers: { v: [v] },
        source: `(inputs) => {\n  const v = inputs.buffers.v[0];\n${lines.join('\n')}\n}`,
      },
    );
  }
}
