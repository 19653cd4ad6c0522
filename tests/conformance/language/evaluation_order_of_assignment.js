export const title = 'the target of an assignment is evaluated before its value, and once';

export default async function ({ check, types, array }) {
  await check(
    (inputs) => {
      function bump(cell = types.number) {
        inputs.buffers.calls[cell] += 1;
        return inputs.buffers.calls[cell];
      }
      const t = inputs.threadId.x;
      let list = array([10, 20, 30, 40]);
      let i = 0;
      list[i] = i = 2;
      list[i++] += i;
      list[i--] *= i + 1;
      let n = 5;
      n += n++ + (n *= 2);
      list[bump(t)] += 1000;
      list[bump(t)] -= bump(t);
      inputs.buffers.out[6 * t] = list[0];
      inputs.buffers.out[6 * t + 1] = list[1];
      inputs.buffers.out[6 * t + 2] = list[2];
      inputs.buffers.out[6 * t + 3] = list[3];
      inputs.buffers.out[6 * t + 4] = i * 100 + n;
      inputs.buffers.out[6 * t + 5] = inputs.buffers.calls[t];
    },
    { out: 12, run: [2], buffers: { calls: [0, 0] } },
  );
}
