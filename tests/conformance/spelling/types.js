export const title = 'types.* through every kind of import';

const SPELLINGS = ['types', 'ns.types', 'hpc_js__WEBPACK_IMPORTED_MODULE_0__.types', 'hpc_js_1.types', 'ns["types"]', '_hpc.types'];

export default async function ({ check }) {
  for (const types of SPELLINGS) {
    await check(() => {}, {
      out: 3,
      source: `(inputs) => {
  function f(x = ${types}.number, yes = ${types}.boolean, v = ${types}.vec2) {
    return yes ? x + v.x : v.y;
  }
  function g(p = ${types}.vec3, q = ${types}["vec4"]) {
    return p.z * q.w;
  }
  const i = inputs.threadId.x;
  inputs.buffers.out[i] = f(i, i > 0, vec2(10, 20)) + g(vec3(i), vec4(100));
}`,
      expect: [20, 111, 212],
    });
  }
}
