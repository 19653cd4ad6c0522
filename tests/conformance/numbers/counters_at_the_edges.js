export const title = 'counters that start near 2^24, 2^31, 2^32 and 2^53 end where those of JavaScript end';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let rounds = 0;
      for (let k = 16777210 + i; k < 16777225; k++) rounds++;
      for (let k = 2147483640 + i; k <= 2147483650; k++) rounds += 100;
      for (let k = 4294967290 + i; k !== 4294967300; k++) rounds += 10000;
      for (let k = -2147483645 - i; k >= -2147483655; k--) rounds += 1000000;
      inputs.buffers.out[i] = rounds;
    },
    { out: { size: [6], type: 'f64' }, tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      let s = 0;
      for (let i = -1600000; i < 2200000000; i += 1600000) s++;
      let last = 0;
      for (let k = 9007199254740980; k < 9007199254740991; k += 3) last = k;
      inputs.buffers.out[0] = s;
      inputs.buffers.out[1] = last;
    },
    { out: { size: [2], type: 'f64' }, run: [1], tolerance: 'exact' },
  );
}
