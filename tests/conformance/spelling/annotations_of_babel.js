export const title = 'annotations lowered by Babel and SWC: arguments.length > k';

const KERNELS = [
  // All parameters in one var.
  `function f() {
    var x = arguments.length > 0 && arguments[0] !== void 0 ? arguments[0] : ns.types.number;
    var v = arguments.length > 1 && arguments[1] !== void 0 ? arguments[1] : ns.types.vec2;
    return x + v.y;
  }`,
  `function f() {
    var x = arguments.length > 0 && arguments[0] !== undefined ? arguments[0] : types.number,
      v = arguments.length > 1 && arguments[1] !== undefined ? arguments[1] : types.vec2;
    return x + v.y;
  }`,
  `function f() {
    var x = arguments.length > 0 && void 0 !== arguments[0] ? arguments[0] : types.number, v = arguments.length > 1 && void 0 !== arguments[1] ? arguments[1] : types.vec2, sum = x + v.y;
    return sum;
  }`,
  `function f() {
    var x = arguments.length <= 0 || arguments[0] === undefined ? types.number : arguments[0];
    var v = arguments.length <= 1 || arguments[1] === void 0 ? types.vec2 : arguments[1];
    return x + v.y;
  }`,
  `function f() {
    let x = arguments.length > 0 && arguments[0] !== undefined ? arguments[0] : types.number;
    let v = arguments.length > 1 && arguments[1] !== undefined ? arguments[1] : types.vec2;
    return x + v.y;
  }`,
];

export default async function ({ check }) {
  for (const f of KERNELS) {
    await check(() => {}, {
      out: 3,
      source: `function (inputs) {
  ${f}
  var i = inputs.threadId.x;
  inputs.buffers.out[i] = f(i, vec2(1, 10 * i)) * 2;
}`,
      expect: [0, 22, 44],
    });
  }
}
