export const title = 'the ternary operator evaluates only the chosen operand';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function mark(cell = types.number, value = types.number) {
        inputs.buffers.marks[cell] += value;
        return value * 2;
      }
      const i = inputs.threadId.x;
      const x = i % 2 === 0 ? mark(i, 1) : mark(i, 10);
      const y = i > 2 ? (i > 3 ? mark(i, 100) : mark(i, 1000)) : 0;
      i === 0 ? mark(i, 7) : i === 1 ? mark(i, 8) : 0;
      inputs.buffers.out[i] = x + y + inputs.buffers.marks[i] * 10000;
    },
    { out: 5, buffers: { marks: [0, 0, 0, 0, 0] } },
  );
}
