export const title = 'a variable read before any assignment is zero, false or a zero vector, anew in each round';
export const judges = { debug: 'has undefined in a variable without a value, as JavaScript says' };

// Plain JavaScript would have undefined in these variables.
const source = `(inputs) => {
  const i = inputs.threadId.x;
  let sum = 0;
  for (let j = 0; j < 3; j++) {
    let n;
    let flag;
    let v;
    if (i === j) {
      n = 5;
      flag = true;
      v = vec2(7, 9);
    }
    sum += n + v.x * 10 + (flag ? 1000 : 0);
  }
  inputs.buffers.out[i] = sum;
}`;

export default async function ({ check }) {
  await check(() => {}, { out: 4, source, expect: [1075, 1075, 1075, 0] });
}
