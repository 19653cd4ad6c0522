export const title = 'A16: the vectors page';

export default async function ({ check, vec2, vec3, vec4 }) {
  await check(
    (inputs) => {
      const a = vec3(1, 2, 3);
      const sum = a.plus(vec3(4, 5, 6));
      const v = vec4(1, 2, 3, 4);
      const p = vec2(1, 2);
      inputs.buffers.out[0] = vec4(vec3(7), 0);
      inputs.buffers.out[1] = vec4(sum, 0);
      inputs.buffers.out[2] = vec4(Math.sin(1), Math.sin(2), Math.sin(3), Math.sin(4)).minus(v.sin());
      inputs.buffers.out[3] = vec4(v.zyy, 0);
      inputs.buffers.out[4] = p.xyyx;
      inputs.buffers.out[5] = vec4(p.yyy, 0);
      inputs.buffers.out[6] = vec4(inputs.threadId, a.max(vec3(2)).x + a.min(vec3(2)).z + a.pow(vec3(2)).y);
    },
    { out: { size: [7], type: 'vec4' }, run: [1], tolerance: 'transcendental' },
  );
}
