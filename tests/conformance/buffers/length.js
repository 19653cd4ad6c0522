export const title = 'the length of buffers, rows, arrays and uniforms, as JavaScript has it';

export default async function ({ check, array }) {
  const table = [5, 6, 7];
  await check(
    (inputs) => {
      const { grid, cube, out } = inputs.buffers;
      const i = inputs.threadId.x;
      let list = array(grid.length, 1);
      let sum = list.length + grid.length * 10 + grid[i].length * 100 + cube[0].length * 1000 + cube[i][0].length * 10000;
      for (let k = 0; k < table.length; k++) {
        sum += table[k];
      }
      out[i] = sum + inputs.uniforms.weights.length + out.length;
    },
    {
      out: 4,
      uniforms: { weights: [1, 2] },
      buffers: { grid: [[1, 2, 3], [4, 5, 6]], cube: [[[1, 2, 3, 4], [5, 6, 7, 8]]] },
      constants: { table },
    },
  );
}
