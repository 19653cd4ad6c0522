export const title = 'an array declared in a loop body is made anew in each round';

export default async function ({ check, array }) {
  await check(
    (inputs) => {
      let sum = 0;
      for (let k = 0; k < 4; k++) {
        let a = array([0, k]);
        a[0] += k + 1;
        a[1] *= 2;
        sum = sum * 10 + a[0] + a[1];
      }
      inputs.buffers.out[inputs.threadId.x] = sum;
    },
    { out: 2 },
  );
}
