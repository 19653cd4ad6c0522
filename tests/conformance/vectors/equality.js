export const title = 'vectors are equal if all their components are';

export default async function ({ check, vec2, vec3, vec4 }) {
  await check(() => {}, {
    out: 8,
    run: [1],
    source: `(inputs) => {
  const a = vec2(1, 2);
  let b = vec2(1, 2);
  const c = vec3(1, 2, 3);
  inputs.buffers.out[0] = a === b ? 1 : 0;
  inputs.buffers.out[1] = a !== b ? 1 : 0;
  b.y = 3;
  inputs.buffers.out[2] = a == b ? 1 : 0;
  inputs.buffers.out[3] = a != b ? 1 : 0;
  if (c === vec3(1, 2, 3) && !(c === vec3(1, 0, 3))) inputs.buffers.out[4] = 1;
  if (c !== vec3(0, 2, 3)) inputs.buffers.out[5] = 1;
  inputs.buffers.out[6] = inputs.buffers.v[0] === inputs.buffers.v[1] ? 1 : 0;
  inputs.buffers.out[7] = inputs.buffers.v[2] === inputs.buffers.v[2] ? 1 : 0;
}`,
    buffers: { v: [vec4(1, 2, 3, 4), vec4(1, 2, 3, 4), vec4(1, NaN, 3, 4)] },
    expect: [1, 0, 0, 1, 1, 1, 1, 0],
  });
}
