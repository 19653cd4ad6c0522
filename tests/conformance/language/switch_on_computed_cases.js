export const title = 'switch: cases may be any number, compared strictly and in order';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const value = inputs.buffers.values[i];
      const limit = inputs.uniforms.limit;
      let result = 0;
      switch (value) {
        case limit:
          result = 1;
          break;
        case limit + 1:
          result = 2;
          break;
        case 0.5:
          result = 3;
          break;
        case -2:
          result = 4;
          break;
        case limit:
          result = 5;
          break;
        case 0:
          result = 6;
          break;
        default:
          result = 7;
      }
      inputs.buffers.out[i] = result;
    },
    { out: 9, buffers: { values: [3, 4, 0.5, -2, 0, -0, NaN, Infinity, 2.75] }, uniforms: { limit: 3 } },
  );
}
