export const title = 'returns from within loops, branches and switches';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function find(limit = types.number) {
        for (let a = 1; ; a++) {
          for (let b = a; b < 20; b++) {
            if (a * b > limit) return a * 100 + b;
          }
        }
      }
      function name(x = types.number) {
        switch (x) {
          case 0:
            return 10;
          case 1:
          case 2:
            return 20;
          default:
            return 30;
        }
      }
      function sign(x = types.number) {
        if (x < 0) return -1;
        else if (x > 0) return 1;
        else return 0;
      }
      function first(x = types.number) {
        while (true) {
          if (x > 10) return x;
          x += 3;
        }
      }
      const i = inputs.threadId.x;
      inputs.buffers.out[4 * i] = find(i * 7);
      inputs.buffers.out[4 * i + 1] = name(i);
      inputs.buffers.out[4 * i + 2] = sign(i - 2);
      inputs.buffers.out[4 * i + 3] = first(i);
    },
    { out: 24, run: [6] },
  );
}
