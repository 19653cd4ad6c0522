export const title = 'annotations lowered by TypeScript and terser: if (p === void 0) { p = T }';

const KERNELS = [
  `function f(x, v) {
        if (x === void 0) { x = hpc_js_1.types.number; }
        if (v === void 0) { v = hpc_js_1.types.vec2; }
        return x + v.y;
    }`,
  `function f(x,v){return void 0===x&&(x=types.number),void 0===v&&(v=types.vec2),x+v.y}`,
  `function f(x,v){void 0===x&&(x=types.number);void 0===v&&(v=types.vec2);return x+v.y}`,
  `function f(x,v){if(void 0===x&&(x=types.number),void 0===v&&(v=types.vec2),x>5)return v.x;return x+v.y}`,
  `function f(x, v) {
        if (x === undefined) x = types.number;
        if (undefined === v) v = types.vec2;
        x += v.y;
        return x;
    }`,
];

export default async function ({ check }) {
  for (const f of KERNELS) {
    await check(() => {}, {
      out: 3,
      source: `function (inputs) {
    ${f}
    var i = inputs.threadId.x;
    inputs.buffers.out[i] = f(i, (0, hpc_js_1.vec2)(1, 10 * i)) * 2;
}`,
      expect: [0, 22, 44],
    });
  }
}
