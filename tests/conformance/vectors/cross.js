export const title = 'cross is right-handed';

export default async function ({ check, vec3 }) {
  await check(
    (inputs) => {
      const a = vec3(1, 2, 3);
      const b = vec3(4, 5, 6);
      inputs.buffers.out[0] = a.cross(b);
      inputs.buffers.out[1] = b.cross(a);
      inputs.buffers.out[2] = vec3(1, 0, 0).cross(vec3(0, 1, 0));
      inputs.buffers.out[3] = a.cross(a);
      inputs.buffers.out[4] = inputs.buffers.v[0].cross(inputs.buffers.v[1]);
    },
    { out: { size: [5], type: 'vec3' }, run: [1], buffers: { v: [vec3(0.5, -1, 8), vec3(-3, 2, 0.25)] }, tolerance: 'arithmetic' },
  );
}
