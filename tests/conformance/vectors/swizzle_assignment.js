export const title = 'a swizzle whose letters differ can be assigned';

export default async function ({ check }) {
  await check(() => {}, {
    out: { size: [3], type: 'vec4' },
    run: [1],
    source: `(inputs) => {
  let v = vec4(1, 2, 3, 4);
  v.xy = vec2(5, 6);
  inputs.buffers.out[0] = v;
  v.wzyx = v;
  inputs.buffers.out[1] = v;
  let p = vec2(1, 2);
  p.yx = p.xy;
  inputs.buffers.out[2].zw = p;
}`,
    expect: [5, 6, 3, 4, 4, 3, 6, 5, 0, 0, 2, 1],
  });
}
