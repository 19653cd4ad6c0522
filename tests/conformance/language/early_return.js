export const title = 'return ends this thread only, in every dimension';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const x = inputs.threadId.x;
      const y = inputs.threadId.y;
      const z = inputs.threadId.z;
      inputs.buffers.out[x][y][z] = 1;
      if (z === 1) return;
      for (let i = 0; i < 4; i++) {
        if (i === x + y) return;
        inputs.buffers.out[x][y][z] += 10;
      }
      inputs.buffers.out[x][y][z] = -1;
    },
    { out: { size: [3, 3, 4] } },
  );
}
