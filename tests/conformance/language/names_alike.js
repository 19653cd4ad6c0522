export const title = 'a buffer, a uniform, a function, a parameter and a variable of the same name';

export default async function ({ check, types }) {
  await check(
    (data) => {
      function value(value = types.number) {
        return value + 1;
      }
      function out(x = types.number) {
        const value = x * 2;
        return value;
      }
      const i = data.threadId.x;
      {
        const out = 100;
        data.buffers.out[i] = out;
      }
      data.buffers.out[i] += value(data.buffers.value[i]) + out(data.uniforms.value);
    },
    { out: 2, buffers: { value: [1, 2] }, uniforms: { value: 10 } },
  );
}
