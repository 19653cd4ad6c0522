export const title = 'functions see the variables around them, and may change them';

export default async function ({ check, array, types, vec2 }) {
  await check(
    (inputs) => {
      function add(value) {
        total += value * scale;
      }
      function twice(value) {
        add(value);
        add(value);
        return total;
      }
      const i = inputs.threadId.x;
      const scale = i + 1;
      let total = 0;
      const before = total + twice(i) * 10 + total;
      add(1);
      inputs.buffers.out[i] = before * 1000 + total;
    },
    { out: 6 },
  );
  await check(
    (inputs) => {
      const { x } = inputs.threadId;
      let hits = 0;
      let list = array(4, 0);
      const put = (k, value) => {
        if (k >= 4) return false;
        list[k] = value;
        hits++;
        return true;
      };
      for (let k = 0; k < 6; k++) {
        const half = k / 2;
        const near = (p) => Math.abs(p - half) < x;
        if (near(1) && !put(k, half)) break;
        {
          const x = 100;
          const far = () => x + half;
          list[0] += far();
        }
      }
      inputs.buffers.out[x] = hits + 10 * list[0] + list[3];
    },
    { out: 5 },
  );
  // The names of the place where a function is written count, not those of the place where it is called.
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let value = i;
      const read = () => value;
      function through(get, value) {
        return get() * 100 + value;
      }
      if (i > 1) {
        const value = 7;
        inputs.buffers.out[i] = through(read, value) + read();
      } else {
        inputs.buffers.out[i] = through(() => value + 0.5, 3);
      }
    },
    { out: 4 },
  );
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let point = { at: vec2(i, 1), mass: 2 };
      const move = (by) => {
        point.at = point.at.plus(by);
        point.mass += by.x;
      };
      move(vec2(1, 2));
      move(vec2(i, i));
      inputs.buffers.out[i] = point.at.x + 10 * point.at.y + 100 * point.mass;
    },
    { out: 4 },
  );
  // A variable of the kernel hides what else its name means in functions, too.
  await check(
    (inputs) => {
      function blended(a, b) {
        return mix(a, b) + step;
      }
      const mix = (a, b) => a * 10 + b;
      const i = inputs.threadId.x;
      const step = i / 2;
      inputs.buffers.out[i] = blended(i, 3);
    },
    { out: 4 },
  );
  // Functions in functions, which see the variables of all around them.
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let calls = 0;
      function outer(a) {
        const twice = (b) => {
          calls++;
          const most = () => Math.max(a, b, base);
          return most() + most();
        };
        return twice(3) + twice(a + 1);
      }
      const base = i * 2;
      inputs.buffers.out[i] = outer(i) + 1000 * calls;
    },
    { out: 5 },
  );
}
