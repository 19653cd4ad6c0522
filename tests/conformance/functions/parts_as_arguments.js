export const title = 'functions take buffers, rows, uniforms that are arrays, and other functions';

export default async function ({ check, dim, types, vec2 }) {
  await check(
    (inputs) => {
      function at(grid, i = types.number, j = types.number) {
        return grid[i][j];
      }
      function sum(row) {
        let total = 0;
        for (let k = 0; k < dim(row); k++) {
          total += row[k];
        }
        return total;
      }
      function add(target, i = types.number, value = types.number) {
        target[i] += value;
      }
      const { a, b, out } = inputs.buffers;
      const i = inputs.threadId.x;
      add(out, i, at(a, i, 0) + 10 * at(b, i, 1));
      add(out, i, 100 * sum(a[i]) + 1000 * sum(b[1 - i]));
    },
    {
      out: 2,
      buffers: { a: [[1, 2], [3, 4]], b: [[5, 6], [7, 8]] },
      tolerance: 'exact',
    },
  );
  await check(
    (inputs) => {
      function apply(f, weights, buffers, i = types.number) {
        return f(buffers.points[i].x) * weights[i] + f(buffers.points[i].y);
      }
      function square(v = types.number) {
        return v * v;
      }
      function move(points, i = types.number) {
        points[i].x += 1;
      }
      const i = inputs.threadId.x;
      move(inputs.buffers.points, i);
      inputs.buffers.out[i] = apply(square, inputs.uniforms.weights, inputs.buffers, i) + apply(Math.abs, inputs.uniforms.weights, inputs.buffers, i);
    },
    { out: 2, buffers: { points: [vec2(1, -2), vec2(-3, 4)] }, uniforms: { weights: [10, 100] }, tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      function last(line, i = types.number) {
        return line[i] + first(line);
      }
      function first(line) {
        return line[0];
      }
      const cube = inputs.buffers.cube;
      let i = inputs.threadId.x;
      // The indices of a row are those of the call, whatever comes after it in the same statement.
      inputs.buffers.out[inputs.threadId.x] = last(cube[i][1], i++) * 1000 + i;
    },
    { out: 2, buffers: { cube: [[[1, 2], [3, 4]], [[5, 6], [7, 8]]] }, tolerance: 'exact' },
  );
}
