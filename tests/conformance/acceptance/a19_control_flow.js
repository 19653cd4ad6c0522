export const title = 'A19: switch, do … while, while, for, break and continue over a table of inputs';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const a = inputs.threadId.x;
      const b = inputs.threadId.y;
      let r = 0;
      do {
        r += 1;
      } while (r < 0);
      while (r > 100) r--;
      for (let i = 0; i < a; i++) {
        switch ((i + b) % 6) {
          case 4:
            r += 1;
          default:
            r += 10;
            break;
          case 1:
            if (i % 2) continue;
            r += 100;
          case 2:
            r -= 1;
          case 3:
        }
        if (r > 400) break;
        r += 2;
      }
      inputs.buffers.out[a][b] = r;
    },
    { out: { size: [30, 6] } },
  );
}
