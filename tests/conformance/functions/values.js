export const title = 'arrow functions, function expressions and functions in blocks are functions, too';

export default async function ({ check, types, vec2, vec3 }) {
  await check(
    (inputs) => {
      const square = (v) => v * v;
      const mixed = (a, b, t) => a + (b - a) * t;
      const sign = function (v) {
        if (v < 0) return -1;
        return v > 0 ? 1 : 0;
      };
      const i = inputs.threadId.x;
      inputs.buffers.out[i] = square(i - 2) + 100 * mixed(i, 10, 0.25) + 10000 * sign(i - 2);
    },
    { out: 6 },
  );
  // Called with values of several types.
  await check(
    (inputs) => {
      const first = (v) => v.x;
      const pick = (choice, one, other) => (choice ? one : other);
      function same(a, b) {
        return a === b;
      }
      const i = inputs.threadId.x;
      const both = first(vec2(i, 1)) + first(vec3(10, 0, 0));
      const picked = pick(i > 1, i, 0.5) + pick(true, vec2(3, 4), vec2(1, 2)).y;
      inputs.buffers.out[i] = both + 100 * picked + (same(i, 1) ? 1000 : 0) + (same(i > 2, true) ? 5000 : 0);
    },
    { out: 5 },
  );
  // Passed on.
  await check(
    (inputs) => {
      const apply = (f, v) => f(f(v));
      function compose(f, g, v) {
        return f(g(v));
      }
      const half = (v) => v / 2;
      const i = inputs.threadId.x;
      const scale = i + 3;
      inputs.buffers.out[i] = apply((v) => v * v + 1, i) + apply(Math.sqrt, 16 * i) + compose(half, (v) => v * scale, i);
    },
    { out: 5 },
  );
  // In blocks, behind other code, and before they are declared.
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let out = late(i);
      if (i % 2 === 0) {
        out += inner(2);
        function inner(v) {
          return v * i + outer(1);
        }
        function outer(v) {
          return v + 0.25;
        }
      }
      function late(v) {
        function doubled(w) {
          return 2 * w;
        }
        return doubled(v) + early(v);
      }
      out += ((a, b) => a * b)(i, 3) + (() => 1000)();
      function early(v = types.number) {
        return v + 1;
      }
      inputs.buffers.out[i] = out;
    },
    { out: 5 },
  );
  // Buffers, rows and uniforms.
  await check(
    (inputs) => {
      const { out } = inputs.buffers;
      const i = inputs.threadId.x;
      const get = (buffer, k) => buffer[k];
      const put = (buffer, k, v) => {
        buffer[k] = v;
      };
      put(out, i, i * inputs.uniforms.k);
      put(out, i, get(out, i) + 1);
    },
    { out: 4, uniforms: { k: 3 } },
  );
  // Parameters with default values, and such that are taken apart.
  await check(
    (inputs) => {
      const power = (base, times = 2, from = 1) => {
        let product = from;
        for (let k = 0; k < times; k++) product *= base;
        return product;
      };
      function shifted({ x, y }, by = vec2(1, offset)) {
        return x * by.x + y * by.y;
      }
      const kinetic = ({ mass, at: { x: along } }, scale = 0.5) => mass * along * scale;
      const i = inputs.threadId.x;
      const offset = i + 2;
      const powers = power(i) + 10 * power(i, 3) + 100 * power(i, 1, 0.5);
      const { out } = inputs.buffers;
      out[i] = powers + 1000 * shifted(vec2(i, 3)) + shifted(vec2(1, 2), vec2(i, i)) + kinetic({ mass: 4, at: vec2(i, 0) });
    },
    { out: 5 },
  );
}
