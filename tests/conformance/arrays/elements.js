export const title = 'elements of let arrays: assignment, compound, increments, components, dynamic index';

export default async function ({ check, array, vec2, dim }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let list = array([1, 2, 3, 4]);
      list[0] = 10;
      list[i % 4] += 100;
      list[(i + 1) % 4] *= 3;
      list[3 - (i % 4)]--;
      list[list[1] > 2 ? 1 : 2] = list[0];
      let points = array([vec2(1, 2), vec2(3, 4)]);
      points[i % 2].x = 50;
      points[1].y += 0.5;
      points[0].y++;
      points[1 - (i % 2)] = points[i % 2].plus(points[0]);
      for (let k = 0; k < dim(list); k++) inputs.buffers.out[8 * i + k] = list[k];
      inputs.buffers.out[8 * i + 4] = points[0].x;
      inputs.buffers.out[8 * i + 5] = points[0].y;
      inputs.buffers.out[8 * i + 6] = points[1].x;
      inputs.buffers.out[8 * i + 7] = points[1].y;
    },
    { out: 48, run: [6] },
  );
}
