export const title = 'arrays of numbers, booleans and vectors by their elements';

export default async function ({ check, array, vec2, vec3, vec4, dim }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const numbers = array([10, i, 2.5]);
      const flags = array([true, i > 1, false]);
      const twos = array([vec2(1, 2), vec2(i, 4), vec2(5, 6)]);
      const threes = array([vec3(1, 2, 3), vec3(i), vec3(7, 8, 9)]);
      const fours = array([vec4(1), vec4(1, 2, 3, i), vec4(i).times(2)]);
      const one = array([i * 3]);
      inputs.buffers.out[6 * i] = numbers[i];
      inputs.buffers.out[6 * i + 1] = flags[i] ? 1 : 0;
      inputs.buffers.out[6 * i + 2] = twos[i].x + twos[i].y * 10;
      inputs.buffers.out[6 * i + 3] = threes[i].z;
      inputs.buffers.out[6 * i + 4] = fours[i].w;
      inputs.buffers.out[6 * i + 5] = one[0] + dim(one) * 100 + dim(fours) * 1000;
    },
    { out: 18, run: [3] },
  );
}
