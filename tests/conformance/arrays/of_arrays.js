export const title = 'arrays of arrays: listed, filled, indexed in and out of range, by rows, passed and handed in';

export default async function ({ check, array, types, vec2, dim }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let m = array(3, array(4, 0));
      let listed = array([array([1, 2]), array([i, 4])]);
      for (let y = 0; y < m.length; y++) {
        for (let x = 0; x < m[y].length; x++) {
          m[y][x] = y * 10 + x;
        }
      }
      m[1][4] = 1000;
      m[-1][3] = 1000;
      m[3][0] = 1000;
      m[0][-1] = 1000;
      m[i % 3][i % 4] += 0.5;
      m[2.7][1.9] *= 2;
      listed[1][0]++;
      let sum = m[i][i] + m[i - 1][4 - i] + listed[i % 2][1] * 100 + listed[1][0] * 1000;
      for (const row of m) {
        for (const element of row) {
          sum += element;
        }
      }
      const row = m[i % 3];
      row[0] = -100;
      const copy = m;
      m[0][0] = 7;
      inputs.buffers.out[i] = sum + copy[0][0] + m[i % 3][0] + dim(m).x * dim(m).y + dim(m[0]);
    },
    { out: 6 },
  );
  const kernels = [[[0, 1, 0], [1, -4, 1], [0, 1, 0]], [[1, 1, 1], [1, 1, 1], [1, 1, 1]]];
  const points = [[vec2(1, 2), vec2(3, 4)], [vec2(5, 6), vec2(7, 8)]];
  await check(
    (inputs) => {
      function total(row) {
        let sum = 0;
        for (let k = 0; k < row.length; k++) {
          sum += row[k];
        }
        return sum;
      }
      function identity(scale = types.number) {
        let m = array(2, array(2, 0));
        for (let k = 0; k < 2; k++) m[k][k] = scale;
        return m;
      }
      function product(a, b) {
        let c = array(2, array(2, 0));
        for (let y = 0; y < 2; y++) {
          for (let x = 0; x < 2; x++) {
            for (let k = 0; k < 2; k++) c[y][x] += a[y][k] * b[k][x];
          }
        }
        return c;
      }
      const i = inputs.threadId.x;
      let turned = array([array([0, -1]), array([1, 0])]);
      const scaled = product(turned, identity(i));
      let grown = array(20, array(3, vec2(i, 1)));
      grown[19][2].x += 5;
      grown[i][1][1] = 9;
      inputs.buffers.out[i] = total(kernels[i % 2][1]) + kernels[1 - (i % 2)][i % 3][1] * 10 + points[i % 2][1].y * 100 + scaled[1][0] * 1000 + scaled[0][1] + grown[19][2].x + grown[i][1].y + kernels.length;
    },
    { out: 5, constants: { kernels, points } },
  );
}
