export const title = 'boolean arrays of both forms: a sieve';

export default async function ({ check, array }) {
  await check(
    (inputs) => {
      let prime = array(50, true);
      prime[0] = false;
      prime[1] = false;
      for (let p = 2; p * p < 50; p++) {
        if (!prime[p]) continue;
        for (let q = p * p; q < 50; q += p) prime[q] = false;
      }
      inputs.buffers.out[inputs.threadId.x] = prime[inputs.threadId.x] ? 1 : 0;
    },
    { out: 50 },
  );
}
