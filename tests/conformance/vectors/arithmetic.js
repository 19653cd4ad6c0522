export const title = 'plus, minus, times and div with vectors and numbers, on every size';

export default async function ({ check, vec2, vec3, vec4 }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const a2 = vec2(i, 2);
      const b2 = vec2(4, -8);
      const a3 = vec3(i, 2, 3);
      const b3 = vec3(4, -8, 0.5);
      const a4 = vec4(i, 2, 3, 4);
      const b4 = vec4(4, -8, 0.5, 16);
      const r2 = a2.plus(b2).minus(b2.times(a2)).div(b2).times(3).div(4);
      const r3 = a3.plus(b3).minus(b3.times(a3)).div(b3).times(3).div(4);
      inputs.buffers.out[4 * i] = vec4(r2.x, r2.y, 0, 0);
      inputs.buffers.out[4 * i + 1] = vec4(r3.x, r3.y, r3.z, 0);
      inputs.buffers.out[4 * i + 2] = a4.plus(b4).minus(b4.times(a4)).div(b4).times(3).div(4);
      inputs.buffers.out[4 * i + 3] = a4.div(2).minus(b4.times(i)).times(1 / 2);
    },
    { out: { size: [16], type: 'vec4' }, run: [4], tolerance: 'arithmetic' },
  );
}
