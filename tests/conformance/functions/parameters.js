export const title = 'parameters of each type, several of them, and results of each type';

export default async function ({ check, types, vec2, vec3, vec4 }) {
  await check(
    (inputs) => {
      function number(x = types.number) {
        return x * 2;
      }
      function boolean(b = types.boolean) {
        return !b;
      }
      function two(v = types.vec2) {
        return v.yx;
      }
      function three(v = types.vec3) {
        return v.times(2);
      }
      function four(v = types.vec4) {
        return v.wzyx;
      }
      function all(x = types.number, b = types.boolean, p = types.vec2, q = types.vec3, r = types.vec4) {
        return b ? x + p.x + q.y + r.z : -x;
      }
      const i = inputs.threadId.x;
      inputs.buffers.out[i] = vec4(
        number(i) + two(vec2(i, 5)).x,
        boolean(i > 1) ? 1 : 0,
        three(vec3(1, 2, i)).z,
        four(vec4(1, 2, 3, i)).x + all(i, i > 0, vec2(10), vec3(100), vec4(1000)),
      );
    },
    { out: { size: [4], type: 'vec4' } },
  );
}
