export const title = 'parts of the inputs have names: destructured, in variables, rows of buffers, functions';

export default async function ({ check, dim, types, vec2 }) {
  await check(
    ({ threadId, buffers, uniforms }) => {
      const { x, y } = threadId;
      const { heat, out } = buffers;
      const { scale, weights: w } = uniforms;
      out[x][y] = heat[x][y] * scale + w[y];
    },
    {
      out: { size: [3, 2] },
      run: [3, 2],
      buffers: { heat: [[1, 2], [3, 4], [5, 6]] },
      uniforms: { scale: 2, weights: [10, 20] },
      tolerance: 'exact',
    },
  );
  await check(
    function ({ threadId: { x }, buffers: { heat, out }, uniforms: { scale } }) {
      function twice(value = types.number) {
        // A function sees what the parameter names.
        return value * scale + heat[0][1] + x;
      }
      out[x] = twice(heat[x][0]);
    },
    { out: 3, run: [3], buffers: { heat: [[1, 2], [3, 4], [5, 6]] }, uniforms: { scale: 2 }, tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      const b = inputs.buffers;
      let i = inputs.threadId.x;
      // A row is the buffer's own, and that of the index at the time; an element is a value.
      const row = b.grid[i];
      const first = row[0];
      i = 0;
      row[0] = 7;
      b.out[inputs.threadId.x] = first + row[0] * 100 + row[1] * 10000;
      const { sqrt, max: larger } = Math;
      b.more[inputs.threadId.x] = larger(sqrt(first * first), i);
    },
    {
      out: 3,
      run: [3],
      buffers: { grid: [[1, 2], [3, 4], [5, 6]], more: [0, 0, 0] },
      tolerance: 'exact',
    },
  );
  await check(
    (inputs) => {
      // As tools write it for older engines.
      var _a = inputs.buffers,
        out = _a.out,
        points = _a.points;
      var id = inputs.threadId;
      for (var k = 0; k < 2; k++) {
        var { x, y } = points[id.x];
        points[id.x].x = x + 1;
        out[id.x] += x * 10 + y;
      }
    },
    { out: 2, run: [2], buffers: { points: [vec2(1, 2), vec2(3, 4)] }, tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      function f(v = types.number) {
        return v + 1;
      }
      const cube = inputs.buffers.cube;
      for (let i = 0; i < dim(cube).x; i++) {
        const plane = cube[i];
        for (let j = 0; j < 2; j++) {
          const line = plane[j];
          for (let k = 0; k < 2; k++) {
            line[k] += i * 100 + j * 10 + k;
          }
        }
      }
      const g = f;
      inputs.buffers.out[0] = g(cube[1][1][1]);
    },
    { out: 1, buffers: { cube: [[[0, 0], [0, 0]], [[0, 0], [0, 0]]] }, tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      function at(index = types.number) {
        const WIDTH = 10;
        return table[index % COUNT] * scale + x * WIDTH + LOWEST;
      }
      const { buffers, threadId, uniforms } = inputs;
      const { table, out } = buffers;
      const { scale } = uniforms,
        { x } = threadId;
      const COUNT = 3,
        WIDTH = 1000,
        LOWEST = -5;
      out[x] = at(x + COUNT) + WIDTH;
    },
    { out: 4, buffers: { table: [1, 2, 3] }, uniforms: { scale: 100 }, tolerance: 'exact' },
  );
}
