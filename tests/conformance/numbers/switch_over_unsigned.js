export const title = 'a switch over an unsigned number does not match −1, nor === do';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const u = (inputs.threadId.x - 1) >>> 0;
      let which = 0;
      switch (u) {
        case -1:
          which = 1;
          break;
        case 4294967295:
          which = 2;
          break;
        case 0:
          which = 3;
          break;
        default:
          which = 4;
      }
      inputs.buffers.out[inputs.threadId.x][0] = which;
      inputs.buffers.out[inputs.threadId.x][1] = u === -1 ? 1 : 0;
      inputs.buffers.out[inputs.threadId.x][2] = u > 2147483647 ? 1 : 0;
    },
    { out: { size: [3, 3] }, run: [3] },
  );
  await check(
    (inputs) => {
      const u = inputs.buffers.u[inputs.threadId.x];
      switch (u | 0) {
        case -1:
          inputs.buffers.out[inputs.threadId.x] = 1;
          break;
        case -2147483648:
          inputs.buffers.out[inputs.threadId.x] = 2;
          break;
        default:
          inputs.buffers.out[inputs.threadId.x] = 3;
      }
    },
    { out: 3, buffers: { u: Uint32Array.of(4294967295, 2147483648, 1) } },
  );
}
