export const title = 'a variable without initialiser takes its type from its first assignment';

export default async function ({ check, vec3 }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let n;
      let flag;
      let v;
      let a, b;
      if (i % 2 === 0) {
        n = i;
      } else {
        n = -i;
      }
      flag = n > 0;
      v = vec3(n, 1, 2);
      a = b = n * 2;
      inputs.buffers.out[i] = n + (flag ? 10 : 20) + v.z * 100 + a + b;
    },
    { out: 5 },
  );
}
