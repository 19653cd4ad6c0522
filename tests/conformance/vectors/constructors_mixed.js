export const title = 'a vector may be put together from smaller ones';

export default async function ({ check, vec2, vec3, vec4 }) {
  await check(
    (inputs) => {
      const v2 = vec2(1, 2);
      const v3 = vec3(3, 4, 5);
      inputs.buffers.out[0] = vec4(v3, 6);
      inputs.buffers.out[1] = vec4(6, v3);
      inputs.buffers.out[2] = vec4(7, v2, 8);
      inputs.buffers.out[3] = vec4(v2, v2.plus(v2));
      inputs.buffers.out[4] = vec4(vec3(v2, 9), vec3(0, v2).z);
    },
    { out: { size: [5], type: 'vec4' }, run: [1] },
  );
}
