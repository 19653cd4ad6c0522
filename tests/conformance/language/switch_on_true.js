export const title = 'switch (true) tries boolean cases in order, only as far as needed';

export default async function ({ check }) {
  await check(
    (inputs) => {
      function counted(cell = types.number, answer = types.boolean) {
        inputs.buffers.tried[cell] += 1;
        return answer;
      }
      const i = inputs.threadId.x;
      let result = 0;
      switch (true) {
        case counted(i, i < 2):
          result = 1;
          break;
        case counted(i, i < 4):
          result = 2;
        case counted(i, i < 1):
          result += 10;
          break;
        default:
          result = -1;
      }
      inputs.buffers.out[i] = result * 10 + inputs.buffers.tried[i];
    },
    { out: 6, buffers: { tried: [0, 0, 0, 0, 0, 0] } },
  );
}
