export const title = 'what compilers to older JavaScript and minifiers leave of variables, sizes and arguments';

export default async function ({ check, array, types, vec2 }) {
  await check(
    function (inputs) {
      function scaled() {
        return (arguments.length > 0 && arguments[0] !== undefined ? arguments[0] : types.number) * 2;
      }
      function sum() {
        var a = arguments.length > 0 && void 0 !== arguments[0] ? arguments[0] : types.vec2;
        return a.x + (arguments.length > 1 && void 0 !== arguments[1] ? arguments[1] : types.vec2).y;
      }
      var S = 3;
      var i = inputs.threadId.x;
      var list = array(S + 1, 0);
      let T = 2;
      let other = array(T * 2 - 1, i);
      let least;
      let isSmall;
      let place;
      for (let j = 0; j < 5; j++) {
        least = j === 0 ? i : Math.min(least, i - j);
        isSmall = j > 0 ? isSmall && least < 3 : true;
        place = j === 0 ? vec2(i, 1) : place.plus(vec2(j, 0));
      }
      for (var k = 0; k < 3; k++) {
        var f = void 0;
        if (k === 1) f = 5;
        list[k] = f === 5 ? 50 : 1;
      }
      inputs.buffers.out[i] = scaled(i) + sum(vec2(i, 0), vec2(0, 3)) + list[1] + other[2] + least * 100 + (isSmall ? 1000 : 0) + place.x * 0.5;
    },
    { out: 7 },
  );
}
