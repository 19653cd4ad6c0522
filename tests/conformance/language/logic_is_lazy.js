export const title = '&& and || evaluate the right operand only when it matters';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function mark(cell = types.number, value = types.number, answer = types.boolean) {
        inputs.buffers.marks[cell] += value;
        return answer;
      }
      const i = inputs.threadId.x;
      const yes = i % 2 === 0;
      const p = mark(i, 1, yes) && mark(i, 10, !yes);
      const q = mark(i, 100, yes) || mark(i, 1000, true);
      let result = 0;
      if (mark(i, 10000, i > 1) && (mark(i, 20000, i > 2) || mark(i, 40000, true))) result = 4;
      while (mark(i, 100000, result < 6) && mark(i, 200000, result !== 5)) result += 1;
      inputs.buffers.out[i] = result + (p ? 10 : 0) + (q ? 20 : 0);
      inputs.buffers.out[i + 4] = inputs.buffers.marks[i];
    },
    { out: 8, run: [4], buffers: { marks: [0, 0, 0, 0] } },
  );
}
