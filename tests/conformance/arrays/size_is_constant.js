export const title = 'the size of an array may be a constant expression or a const';

export default async function ({ check, array, dim }) {
  await check(
    (inputs) => {
      const size = 4;
      const larger = size * 2 + 1;
      const a = array(size, 1);
      const b = array(larger, 2);
      const c = array(2 + 3, 3);
      const d = array(2 ** 4, 4);
      inputs.buffers.out[0] = dim(a);
      inputs.buffers.out[1] = dim(b);
      inputs.buffers.out[2] = dim(c) + a[3] + b[8] + c[4];
      inputs.buffers.out[3] = dim(d) + d[15];
    },
    { out: 4, run: [1] },
  );
}
