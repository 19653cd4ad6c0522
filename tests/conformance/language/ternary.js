export const title = 'the ternary operator on numbers, booleans and vectors, nested';

export default async function ({ check, vec2 }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const a = i < 2 ? 1 : 2;
      const b = i % 2 === 0 ? i > 2 : i < 2;
      const v = i === 3 ? vec2(1, 2) : vec2(i, i).times(2);
      const c = i < 1 ? 10 : i < 2 ? 20 : i < 3 ? 30 : 40;
      inputs.buffers.out[i] = a + (b ? 100 : 200) + v.x * 1000 + v.y * 10000 + c;
    },
    { out: 5 },
  );
}
