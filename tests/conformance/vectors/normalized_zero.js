export const title = 'the zero vector normalized is NaN';

export default async function ({ check, vec3 }) {
  await check(
    (inputs) => {
      const v = inputs.buffers.v[0].normalized();
      inputs.buffers.out[0] = v.x;
      inputs.buffers.out[1] = v.y;
      inputs.buffers.out[2] = v.z;
    },
    { out: 3, run: [1], buffers: { v: [vec3(0, 0, 0)] } },
  );
}
