export const title = 'queens on boards of 4 to 8: a thread for each board and first column, backtracking with a stack of bits';

export default async function ({ check, array }) {
  await check(
    (inputs) => {
      const n = inputs.threadId.x + 4;
      const all = (1 << n) - 1;
      const first = 1 << inputs.threadId.y;
      if (first > all) return;
      let columns = array(10, 0);
      let left = array(10, 0);
      let right = array(10, 0);
      let free = array(10, 0);
      let row = 1;
      columns[1] = first;
      left[1] = first << 1;
      right[1] = first >> 1;
      free[1] = all & ~(columns[1] | left[1] | right[1]);
      let solutions = 0;
      while (row > 0) {
        if (free[row] === 0) {
          row--;
          continue;
        }
        const queen = free[row] & -free[row];
        free[row] ^= queen;
        if (row === n - 1) {
          solutions++;
          continue;
        }
        columns[row + 1] = columns[row] | queen;
        left[row + 1] = (left[row] | queen) << 1;
        right[row + 1] = (right[row] | queen) >>> 1;
        row++;
        free[row] = all & ~(columns[row] | left[row] | right[row]);
      }
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y] = solutions;
    },
    { out: { size: [5, 8] }, tolerance: 'exact' },
  );
}
