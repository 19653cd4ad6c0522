export const title = 'variables that are signed here and unsigned there keep all bits';

export default async function ({ check, array, types }) {
  await check(
    (inputs) => {
      let h = 0x811c9dc5;
      h ^= 97;
      h = Math.imul(h, 0x01000193);
      inputs.buffers.out[0] = h & 0xffff;
      inputs.buffers.out[1] = h;
      inputs.buffers.out[2] = h >>> 0;
    },
    { out: { size: [3], type: 'f64' }, run: [1], tolerance: 'bits' },
  );
  await check(
    (inputs) => {
      function pick(c = types.boolean) {
        if (c) return 0x80000001;
        return -1;
      }
      function low(x = types.number) {
        return x & 0xffff;
      }
      const c = inputs.buffers.c[inputs.threadId.x];
      const list = array([0x80000001, -1]);
      inputs.buffers.out[inputs.threadId.x][0] = (c ? 0x80000001 : -1) & 0xffff;
      inputs.buffers.out[inputs.threadId.x][1] = list[inputs.threadId.x] & 0xffff;
      inputs.buffers.out[inputs.threadId.x][2] = pick(c) & 0xffff;
      inputs.buffers.out[inputs.threadId.x][3] = low(0x80000001) + low(-2147483647);
      inputs.buffers.out[inputs.threadId.x][4] = pick(c);
      inputs.buffers.out[inputs.threadId.x][5] = list[inputs.threadId.x];
    },
    { out: { size: [2, 6], type: 'f64' }, run: [2], buffers: { c: [true, false] }, tolerance: 'bits' },
  );
  await check(
    (inputs) => {
      // FNV-1a over bytes, as it stands in many programs.
      let h = 2166136261;
      for (let k = 0; k <= inputs.threadId.x; k++) {
        h ^= (k * 37) & 255;
        h = (h + (h << 1) + (h << 4) + (h << 7) + (h << 8) + (h << 24)) >>> 0;
      }
      inputs.buffers.out[inputs.threadId.x] = h;
    },
    { out: { size: [32], type: 'u32' }, tolerance: 'exact' },
  );
}
