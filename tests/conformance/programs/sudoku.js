export const title = 'a Sudoku by candidates in the bits of a number, round by round until nothing changes';

export default async function ({ GPUInterface, types }) {
  const puzzle = '530070000600195000098000060800060003400803001700020006060000280000419005000080079';
  const board = Array.from({ length: 9 }, (_, row) => Array.from(puzzle.slice(9 * row, 9 * row + 9), Number));
  const gpu = await new GPUInterface({
    buffers: [{ name: 'board', size: [9, 9], initialData: board }, { name: 'candidates', size: [9, 9] }, { name: 'next', size: [9, 9] }],
  }).initialize();
  const find = await gpu.createKernel((inputs) => {
    const row = inputs.threadId.x;
    const column = inputs.threadId.y;
    let taken = 0;
    for (let k = 0; k < 9; k++) {
      taken |= 1 << inputs.buffers.board[row][k];
      taken |= 1 << inputs.buffers.board[k][column];
      taken |= 1 << inputs.buffers.board[row - (row % 3) + Math.floor(k / 3)][column - (column % 3) + (k % 3)];
    }
    inputs.buffers.candidates[row][column] = inputs.buffers.board[row][column] === 0 ? ~taken & 0x3fe : 0;
  });
  const place = await gpu.createKernel((inputs) => {
    // The digit whose bit alone is set, or 0.
    function only(bits = types.number) {
      return bits !== 0 && (bits & (bits - 1)) === 0 ? 31 - Math.clz32(bits) : 0;
    }
    const row = inputs.threadId.x;
    const column = inputs.threadId.y;
    const mine = inputs.buffers.candidates[row][column];
    let inRow = 0, inColumn = 0, inBox = 0;
    for (let k = 0; k < 9; k++) {
      const r = row - (row % 3) + Math.floor(k / 3);
      const c = column - (column % 3) + (k % 3);
      if (k !== column) inRow |= inputs.buffers.candidates[row][k];
      if (k !== row) inColumn |= inputs.buffers.candidates[k][column];
      if (r !== row || c !== column) inBox |= inputs.buffers.candidates[r][c];
    }
    let digit = only(mine);
    if (digit === 0) digit = only(mine & ~inRow);
    if (digit === 0) digit = only(mine & ~inColumn);
    if (digit === 0) digit = only(mine & ~inBox);
    inputs.buffers.next[row][column] = digit === 0 ? inputs.buffers.board[row][column] : digit;
  });
  let open = Infinity;
  for (;;) {
    find.run(9, 9);
    place.run(9, 9);
    gpu.copyBuffer('next', 'board');
    const empty = (await gpu.readBuffer('board')).filter((digit) => digit === 0).length;
    if (empty === 0 || empty === open) break;
    open = empty;
  }
  await gpu.readBuffer('candidates');
}
