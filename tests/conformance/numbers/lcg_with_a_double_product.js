export const title = 'a product past 2^53 is rounded before its low bits are taken, as JavaScript does it';

export default async function ({ check }) {
  await check(
    (inputs) => {
      let s = inputs.threadId.x + 1;
      for (let k = 0; k < 8; k++) {
        s = (s * 1103515245 + 12345) & 0x7fffffff;
        inputs.buffers.out[inputs.threadId.x][k] = s;
      }
    },
    { out: { size: [8, 8], type: 'u32' }, run: [8], tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      let s = inputs.threadId.x + 1;
      for (let k = 0; k < 8; k++) s = (s * 16807) % 2147483647;
      inputs.buffers.out[inputs.threadId.x] = s;
    },
    { out: { size: [8], type: 'u32' }, tolerance: 'exact' },
  );
}
