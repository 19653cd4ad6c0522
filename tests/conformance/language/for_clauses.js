export const title = 'every clause of a for loop may be missing, hold several parts, or be empty';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let a = 0;
      for (let j = 0; ; j++) {
        if (j >= i) break;
        a += j;
      }
      let b = 0;
      let k = 0;
      for (; k < i; ) {
        b += 2;
        k++;
      }
      let c = 0;
      for (;;) {
        if (++c > i) break;
      }
      let d = 0;
      for (let p = 0, q = i; p < q; p++, q--) d += q - p;
      let e = 0;
      let r;
      for (r = 3, e = 1; r > 0; r -= 1) e *= 2;
      for (let n = 0; n < 0; n++) e = -1;
      for (k = 0; k < 5; k++);
      inputs.buffers.out[i * 6] = a;
      inputs.buffers.out[i * 6 + 1] = b;
      inputs.buffers.out[i * 6 + 2] = c;
      inputs.buffers.out[i * 6 + 3] = d;
      inputs.buffers.out[i * 6 + 4] = e + r;
      inputs.buffers.out[i * 6 + 5] = k;
    },
    { out: 60, run: [10] },
  );
}
