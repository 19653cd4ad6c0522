export const title = 'functions that return nothing, early or at the end';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function write(index = types.number, value = types.number) {
        if (value < 2) return;
        if (value === 3) {
          inputs.buffers.out[index] = -1;
          return;
        }
        inputs.buffers.out[index] = value;
      }
      for (let k = 0; k < 3; k++) write(inputs.threadId.x * 3 + k, inputs.threadId.x + k);
    },
    { out: 15, run: [5] },
  );
}
