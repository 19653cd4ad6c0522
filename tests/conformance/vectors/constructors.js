export const title = 'constructors: splat, components, and vectors as parts';

export default async function ({ check, vec2, vec3, vec4 }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const a = vec2(i);
      const b = vec2(i, 1 / 2);
      const c = vec3(7);
      const d = vec3(1, i + 1, 3);
      const e = vec4(i / 4);
      const f = vec4(1, 2, 3, i);
      inputs.buffers.out[6 * i] = vec4(a.x, a.y, b.x, b.y);
      inputs.buffers.out[6 * i + 1] = vec4(c.x, c.y, c.z, 0);
      inputs.buffers.out[6 * i + 2] = vec4(d.x, d.y, d.z, 0);
      inputs.buffers.out[6 * i + 3] = e;
      inputs.buffers.out[6 * i + 4] = f;
      inputs.buffers.out[6 * i + 5] = vec4(b, vec2(8, 9));
    },
    { out: { size: [18], type: 'vec4' }, run: [3] },
  );
}
