export const title = 'names that rollup and esbuild change on a collision: vec3$1, _vec3';

export default async function ({ check }) {
  await check(() => {}, {
    out: 2,
    run: [1],
    source: `(inputs) => {
  function f(v = types$1.vec3) {
    return v.times(2);
  }
  const v = f(vec3$1(1, 2, 3)).plus(_vec3(1));
  inputs.buffers.out[0] = v.x + v.z;
  inputs.buffers.out[1] = dim$2(inputs.buffers.out);
}`,
    expect: [10, 2],
  });
}
