export const title = 'loops count up, down, by more than one, by fractions and by products';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const n = inputs.threadId.x;
      let out = 0;
      for (let j = n; j > 0; j--) out += j;
      for (let j = n; j >= 0; j -= 3) out += 1000;
      for (let j = 0; j <= n; j += 2) out += 10000;
      for (let x = 0; x < n; x += 0.25) out += 0.5;
      for (let p = 1; p < 1000; p *= n + 2) out += 0.125;
      for (let h = 64; h !== 0; h = Math.floor(h / 2)) out += 1;
      for (let h = 64; h > n; h >>= 1) out += 1;
      inputs.buffers.out[n] = out;
    },
    { out: 12 },
  );
}
