export const title = 'counters that begin and end at elements of number buffers go past 2^24; rows of a sparse matrix';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let rounds = 0;
      let last = 0;
      for (let j = inputs.buffers.from[i]; j < inputs.buffers.to[i]; j++) {
        rounds++;
        last = j;
      }
      inputs.buffers.out[i][0] = rounds;
      inputs.buffers.out[i][1] = last;
    },
    {
      out: { size: [8, 2], type: 'f64' },
      run: [8],
      buffers: {
        from: [0, 16777212, 33554430, 2147483520, 4294967040, 0.5, -3, NaN],
        to: [5, 16777220, 33554440, 2147483904, 4294967808, 4, 2.5, 4],
      },
      tolerance: 'bits',
    },
  );
  await check(
    (inputs) => {
      const row = inputs.threadId.x;
      let sum = 0;
      for (let j = inputs.buffers.offsets[row]; j < inputs.buffers.offsets[row + 1]; j++) {
        sum += inputs.buffers.values[j] * inputs.buffers.vector[inputs.buffers.columns[j]];
      }
      inputs.buffers.out[row] = sum;
    },
    {
      out: 3,
      buffers: {
        offsets: Uint32Array.of(0, 2, 2, 5),
        columns: Uint32Array.of(0, 3, 1, 2, 3),
        values: [1.5, 2, 3, 4, 5],
        vector: [1, 10, 100, 1000],
      },
    },
  );
}
