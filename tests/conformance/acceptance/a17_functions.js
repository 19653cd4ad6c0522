export const title = 'A17: the functions page';

export default async function ({ check, types, vec2, vec3, vec4 }) {
  await check(
    (inputs) => {
      function f(v = types.vec3) {
        return v.times(2);
      }
      function all(a = types.number, b = types.boolean, c = types.vec2, d = types.vec4) {
        return b ? a + c.x : d.w;
      }
      function id() {
        return inputs.threadId.x;
      }
      function write(value = types.vec3) {
        inputs.buffers.out[id() + 2] = value;
      }
      inputs.buffers.out[id()] = f(vec3(1, 2, 3));
      write(vec3(all(1, true, vec2(2, 3), vec4(4)), all(1, false, vec2(2, 3), vec4(4)), id()));
    },
    { out: { size: [4], type: 'vec3' }, run: [2] },
  );
}
