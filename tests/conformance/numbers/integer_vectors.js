export const title = 'vectors of integers: every method wraps modulo 2^32, component by component';

const METHODS = {
  two: ['a.plus(b)', 'a.minus(b)', 'a.times(b)', 'a.min(b)', 'a.max(b)', 'a.and(b)', 'a.or(b)', 'a.xor(b)', 'a.shiftLeft(b)', 'a.shiftRight(b)'],
  one: ['a.not()', 'a.abs()', 'a.times(3)', 'a.times(-2.75)', 'a.shiftLeft(33)', 'a.shiftRight(1)', 'a.shiftRight(31)'],
};

export default async function ({ GPUInterface, vec2i, vec3i, vec4i, vec2u, vec3u, vec4u }) {
  const kinds = [
    ['vec2i', [vec2i(1, -1), vec2i(2147483647, -2147483648), vec2i(33, 65537)]],
    ['vec3i', [vec3i(0, -7, 5), vec3i(-2147483648, 2147483647, -1), vec3i(46341, -16777217, 31)]],
    ['vec4i', [vec4i(0, 1, -1, 2), vec4i(-2147483648, 2147483647, 46341, 32), vec4i(3, -3, 1431655765, 16777217)]],
    ['vec2u', [vec2u(1, 4294967295), vec2u(2147483648, 2147483647), vec2u(33, 65537)]],
    ['vec3u', [vec3u(0, 7, 4294967294), vec3u(2147483648, 31, 3000000000), vec3u(65536, 5, 1)]],
    ['vec4u', [vec4u(0, 1, 2, 3), vec4u(4294967295, 2147483648, 46341, 32), vec4u(7, 31, 1431655765, 16777217)]],
  ];
  for (const [type, values] of kinds) {
    const expressions = [...METHODS.two, ...METHODS.one].filter((text) => type.endsWith('i') || !text.includes('abs'));
    const gpu = await new GPUInterface({
      buffers: [
        { name: 'v', type, size: [3], initialData: values },
        { name: 'out', type, size: [expressions.length, 3, 3] },
        { name: 'same', size: [3, 3] },
      ],
    }).initialize();
    const lines = expressions.map((text, k) => `  inputs.buffers.out[${k}][x][y] = ${text};`);
    const kernel = await gpu.createKernel(new Function('inputs', `
  const x = inputs.threadId.x;
  const y = inputs.threadId.y;
  const a = inputs.buffers.v[x];
  const b = inputs.buffers.v[y];
${lines.join('\n')}
  inputs.buffers.same[x][y] = (a.equals(b) ? 1 : 0) + (a.notEquals(b) ? 2 : 0) + (a === b ? 4 : 0);
`));
    kernel.run(3, 3);
    await gpu.readBuffer('out', 'exact');
    await gpu.readBuffer('same', 'exact');
  }
}
