export const title = 'atan2, max, min and pow work component by component on every size';
export const tolerance = 'transcendental';

export default async function ({ check, vec2, vec3, vec4 }) {
  await check(
    (inputs) => {
      const a = vec2(0.5, 2);
      const b = vec2(-1, 3);
      const c = vec3(1, -2, 4);
      const d = vec3(0.5, 2, -1);
      const e = inputs.buffers.v[0];
      const f = inputs.buffers.v[1];
      inputs.buffers.out[0] = vec4(a.max(b), a.min(b));
      inputs.buffers.out[1] = vec4(a.pow(b), a.atan2(b));
      inputs.buffers.out[2] = vec4(c.max(d), 0);
      inputs.buffers.out[3] = vec4(c.min(d), 0);
      inputs.buffers.out[4] = vec4(d.abs().pow(c), c.x);
      inputs.buffers.out[5] = vec4(c.atan2(d), 0);
      inputs.buffers.out[6] = e.max(f);
      inputs.buffers.out[7] = e.min(f);
      inputs.buffers.out[8] = e.pow(f);
      inputs.buffers.out[9] = e.atan2(f);
    },
    { out: { size: [10], type: 'vec4' }, run: [1], buffers: { v: [vec4(2, -2, 0.25, 0), vec4(-3, 3, 0.5, 4)] } },
  );
}
