export const title = 'integers beyond 32 bits as parameters, results, elements of arrays and in choices';

export default async function ({ check, array, types }) {
  await check(
    (inputs) => {
      function double(x = types.number) {
        return x + x;
      }
      function pick(x = types.number, y = types.number, first = types.boolean) {
        if (first) return x;
        return y;
      }
      function high(x = types.number) {
        return Math.floor(x / 4294967296);
      }
      const i = inputs.threadId.x;
      const big = inputs.buffers.a[i] * 1000003;
      let list = array([big, i, -big, 0.5]);
      list[i % 2] += 1;
      let zeros = array(3, 0);
      zeros[i % 3] = double(big);
      inputs.buffers.out[i][0] = double(double(big));
      inputs.buffers.out[i][1] = pick(big, i, i % 3 === 0);
      inputs.buffers.out[i][2] = high(big);
      inputs.buffers.out[i][3] = list[i % 4];
      inputs.buffers.out[i][4] = zeros[0] + zeros[1] * 2 + zeros[2] * 3;
      inputs.buffers.out[i][5] = i > 2 ? big : i;
      inputs.buffers.out[i][6] = i > 2 && big ? 1 : 0;
      inputs.buffers.out[i][7] = (i % 2 ? -big : big) % 65537;
    },
    { out: { size: [6, 8], type: 'f64' }, run: [6], buffers: { a: Int32Array.of(0, 1, -1, 2147483647, -2147483648, 65536) }, tolerance: 'bits' },
  );
}
