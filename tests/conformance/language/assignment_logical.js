export const title = '||=, &&= and ??= assign only where what is there does not decide';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let calls = 0;
      let a = i - 2;
      a ||= 10 + (calls += 1);
      let b = i % 2 === 0;
      b &&= i > 2 && (calls += 10) > 0;
      let c = i;
      c ??= (calls += 1000);
      let d = 0;
      const e = (d ||= i % 3) + (d &&= d + 5);
      inputs.buffers.x[i] ||= 7;
      inputs.buffers.x[i] &&= inputs.buffers.x[i] + 0.5;
      inputs.buffers.out[i] = a + (b ? 100 : 0) + c * 1000 + e * 10000 + calls * 100000 + inputs.buffers.x[i];
    },
    { out: 6, buffers: { x: Float32Array.of(0, 1, 0, 2, NaN, 3) } },
  );
}
