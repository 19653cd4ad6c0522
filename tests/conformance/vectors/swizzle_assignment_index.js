export const title = 'where a swizzle is stored is found out once';

export default async function ({ check }) {
  await check(() => {}, {
    out: { size: [3], type: 'vec2' },
    run: [1],
    source: `(inputs) => {
  inputs.buffers.out[inputs.buffers.out[0].x].xy = vec2(2, 5);
}`,
    expect: [2, 5, 0, 0, 0, 0],
  });
}
