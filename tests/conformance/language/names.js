export const title = 'names that mean something in other languages are ordinary names';

export default async function ({ check, vec2, types }) {
  await check(
    (inputs) => {
      function main(fn = types.number, i32 = types.vec2) {
        const f32 = fn * 2;
        return f32 + i32.x;
      }
      function select(texture = types.number) {
        return texture + 1;
      }
      const target = inputs.threadId.x;
      const loop = main(target, vec2(1, 2));
      let length = 3;
      let $1 = 4, _ = 5, $ = 6, __x = 7;
      const größe = 8, 変数 = 9, \u0061bc = 10;
      let float = 1, int = 2, bool = 3, struct = 4, discard = 5, override = 6, ptr = 7, workgroup = 8;
      let uniform = 1, storage = 2, read = 3, out = 4, inout = 5, sampler = 6, mat4x4 = 7, kernel = 8, global = 9;
      let vec = vec2(3, 4).length(), x = 1, y = 2, z = 3, min = 4, max = 5, sin = 6, bitcast = 7, u32 = 8;
      let params = 1, extents = 2, pixels = 3, threadId = 4, buffers = 5, id = 6, position = 7, self = 8, Self = 9;
      let sum = float + int + bool + struct + discard + override + ptr + workgroup;
      sum += uniform + storage + read + out + inout + sampler + mat4x4 + kernel + global;
      sum += vec + x + y + z + min + max + sin + bitcast + u32 + params + extents + pixels + threadId + buffers;
      sum += id + position + self + Self + length + $1 + _ + $ + __x + größe + 変数 + abc;
      inputs.buffers.out[target] = sum * 100 + loop + select(target);
    },
    { out: 3 },
  );
}
