export const title = 'buffers and uniforms may have any name';

export default async function ({ check }) {
  await check(
    (g) => {
      const i = g.threadId.x;
      const sum = g.buffers.loop[i] + g.buffers.fn[i] + g.buffers.$[i] + g.buffers['array'][i] + g.buffers.größe[i];
      const more = g.uniforms.struct + g.uniforms.length + g.uniforms.target + (g.uniforms.true_ ? 1 : 0);
      g.buffers.out[i] = sum + more;
    },
    {
      out: 2,
      buffers: { loop: [1, 2], fn: [10, 20], $: [100, 200], array: [1000, 2000], größe: [10000, 20000] },
      uniforms: { struct: 0.5, length: 0.25, target: 0.125, true_: true },
    },
  );
}
