export const title = 'lists and arrays that are indexed where they are written, as minifiers leave tables';

export default async function ({ check, array, vec2 }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let sum = array([3, 1, 4, 1])[i % 4] * 1000 + [2, 7, 1, 8][i % 4] * 100;
      for (let k = 0; k < 3; k++) {
        sum += [0.5, 0.25, 0.125][k] + array([i, k])[1];
      }
      inputs.buffers.out[i] = sum + [vec2(1, 2), vec2(3, 4)][i % 2].y * 10 + [5, 6][1] + [i, 2 * i][i % 2];
    },
    { out: 6 },
  );
}
