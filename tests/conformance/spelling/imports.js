export const title = 'imports as bundlers rewrite them: the member name decides';

const SPELLINGS = [
  (name) => `(0, ns.${name})`,
  (name) => `ns.${name}`,
  (name) => `Object(ns["${name}"])`,
  (name) => `(0, ns["${name}"])`,
  (name) => `ns["${name}"]`,
  (name) => `(0,hpc_js__WEBPACK_IMPORTED_MODULE_0__.${name})`,
  (name) => `(0, hpc_js_1.${name})`,
  (name) => `_hpc.${name}`,
  (name) => `__vi_import_0__.${name}`,
  (name) => `(0,__vite_ssr_import_0__.${name})`,
];

export default async function ({ check }) {
  for (const spell of SPELLINGS) {
    await check(() => {}, {
      out: 4,
      run: [1],
      source: `(inputs) => {
  const v = ${spell('vec3')}(1, 2, 3).plus(${spell('vec3')}(4));
  let list = ${spell('array')}([${spell('vec2')}(1, 2), ${spell('vec2')}(3, 4)]);
  const filled = ${spell('array')}(3, 5);
  const w = ${spell('vec4')}(1, 2, 3, 4);
  inputs.buffers.out[0] = v.x + v.y * 10;
  inputs.buffers.out[1] = ${spell('dim')}(list) + ${spell('dim')}(inputs.buffers.out) * 10;
  inputs.buffers.out[2] = list[1].y + filled[2];
  inputs.buffers.out[3] = w.dot(w);
}`,
      expect: [65, 42, 9, 30],
    });
  }
}
