export const title = 'for … of goes through arrays, tables, uniforms, buffers and rows';

export default async function ({ check, array, vec2 }) {
  const weights = [1, 10, 100];
  await check(
    (inputs) => {
      const { x } = inputs.threadId;
      let list = array(4, x);
      list[2] = 7;
      let sum = 0;
      for (const element of list) {
        sum += element;
        list[3] = 1;
      }
      for (const weight of weights) {
        sum += weight;
      }
      outer: for (let weight of inputs.uniforms.table) {
        weight += 1;
        for (const direction of [vec2(1, 2), vec2(x, 0)]) {
          if (direction.x > 2) {
            continue outer;
          }
          if (weight > 30) {
            break outer;
          }
          sum += direction.x * weight + direction.y;
        }
      }
      for (const row of inputs.buffers.grid) {
        for (const element of row) {
          sum += element * row[0];
        }
        row[2] *= 1;
      }
      for (const { x: first, y: second } of inputs.buffers.points) sum += first - second;
      for (const bit of array([true, false, true])) {
        if (bit) sum += 0.5;
      }
      inputs.buffers.out[x] = sum;
    },
    {
      out: 5,
      uniforms: { table: Float32Array.of(2, 20, 40, 60) },
      buffers: { grid: [[1, 2, 3], [4, 5, 6]], points: [vec2(5, 1), vec2(2, 2)] },
      constants: { weights },
    },
  );
}
