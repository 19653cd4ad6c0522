export const title = 'a const array as a table, indexed by what each thread finds';

export default async function ({ check, array, vec3, dim }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const colors = array([
        vec3(255, 0, 0),
        vec3(0, 255, 0),
        vec3(0, 0, 255),
        vec3(255, 255, 0),
        vec3(255, 0, 255),
        vec3(0, 255, 255),
        vec3(0, 0, 0),
        vec3(255, 255, 255),
      ]);
      const offsets = array([3, 1, 4, 1, 5]);
      inputs.buffers.out[i] = colors[(i + offsets[i % dim(offsets)]) % dim(colors)];
    },
    { out: { size: [20], type: 'vec3' } },
  );
}
