export const title = 'exponents, constants and loops as Babel lowers them for ES5';

export default async function ({ check }) {
  await check(() => {}, {
    out: 4,
    source: `function (inputs) {
  "use strict";
  var i = inputs.threadId.x;
  var n = Math.pow(i, 2);
  for (var _k = 0; _k < 2; _k++) {
    var _i = _k + 1;
    n += _i;
  }
  var v = (0, _hpc.vec2)(n, 1);
  inputs.buffers.out[i] = v.x + v.y;
}`,
    expect: [4, 5, 8, 13],
  });
}
