export const title = 'an insertion sort in a local array';

export default async function ({ check, array, dim }) {
  await check(
    (inputs) => {
      const t = inputs.threadId.x;
      let a = array(12, 0);
      for (let i = 0; i < dim(a); i++) a[i] = ((i + t) * 7919) % 101;
      for (let i = 1; i < dim(a); i++) {
        const value = a[i];
        let j = i - 1;
        while (j >= 0 && a[j] > value) {
          a[j + 1] = a[j];
          j--;
        }
        a[j + 1] = value;
      }
      for (let i = 0; i < dim(a); i++) inputs.buffers.out[t][i] = a[i];
    },
    { out: { size: [10, 12] }, run: [10] },
  );
}
