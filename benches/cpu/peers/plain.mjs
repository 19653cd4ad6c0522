// The workloads as plain loops over typed arrays, on one thread: `node plain.mjs WORKLOAD SIZES STEPS`.
// How it is spoken with: `process.rs` beside it.

import { createInterface } from 'node:readline';

const [, , workload, ...words] = process.argv;
const sizes = words.map(Number);

/** The same as in `benches/cpu/input.rs`. */
function numbers(count, offset) {
  return Float32Array.from({ length: count }, (_, i) => ((7919 * i + offset) % 1009) / 1009);
}

/** Words all over the range, and what comes from them: the same as in `benches/common/input.rs`. */
function scattered(index) {
  return Math.imul(index, 2654435761) >>> 0;
}

/** Parts of 16 bits of an integer. */
function halves(integer, count) {
  return Array.from({ length: count }, (_, part) => Math.floor(integer / 65536 ** part) % 65536);
}

/** Each makes its data and returns how to start afresh, take a step and show the result. */
const workloads = {
  saxpy(count) {
    const x = numbers(count, 0);
    const start = numbers(count, 1);
    const y = new Float32Array(count);
    return {
      reset: () => y.set(start),
      step() {
        for (let i = 0; i < count; i++) y[i] += 0.5 * x[i];
      },
      result: () => y,
    };
  },

  double(count) {
    const start = numbers(count, 0);
    const data = new Float32Array(count);
    return {
      reset: () => data.set(start),
      step() {
        for (let i = 0; i < count; i++) data[i] *= 2;
      },
      result: () => data,
    };
  },

  heat(rows, columns) {
    const start = numbers(rows * columns, 0);
    let heat = new Float32Array(rows * columns);
    let next = new Float32Array(rows * columns);
    return {
      reset: () => heat.set(start),
      step() {
        spread(heat, next, rows, columns);
        [heat, next] = [next, heat];
      },
      result: () => heat,
    };
  },

  julia(width, height) {
    const image = new Uint8Array(width * height * 4);
    return { reset() {}, step: () => paint(image, width, height), result: () => Float32Array.from(image) };
  },

  bodies(count) {
    const bodies = numbers(count * 4, 0);
    const velocities = new Float32Array(count * 3);
    return {
      reset: () => velocities.fill(0),
      step: () => pull(bodies, velocities, count),
      result: () => velocities,
    };
  },

  product(side) {
    const a = numbers(side * side, 0);
    const b = numbers(side * side, 1);
    const c = new Float32Array(side * side);
    return { reset() {}, step: () => multiply(a, b, c, side), result: () => c };
  },

  tiny(count) {
    const start = numbers(count, 0);
    const data = new Float32Array(count);
    return {
      reset: () => data.set(start),
      step() {
        for (let i = 0; i < count; i++) data[i] += 1;
      },
      result: () => data,
    };
  },

  sparse(count, entries) {
    const rows = Int32Array.from({ length: count + 1 }, (_, i) => entries * i);
    const columns = Int32Array.from({ length: count * entries }, (_, j) => scattered(j) % count);
    const values = numbers(count * entries, 0);
    const x = numbers(count, 1);
    const y = new Float32Array(count);
    return { reset() {}, step: () => multiplySparse(rows, columns, values, x, y), result: () => y };
  },

  blur(side, radius) {
    const picture = numbers(side * side, 0);
    const blurred = new Float32Array(side * side);
    return { reset() {}, step: () => blur(picture, blurred, side, radius), result: () => blurred };
  },

  flat_product: (side) => workloads.product(side),

  hash(count) {
    const keys = Uint32Array.from({ length: count }, (_, i) => scattered(i));
    const hashes = new Uint32Array(count);
    return {
      reset() {},
      step: () => hashWords(keys, hashes),
      result: () => Float32Array.from([...hashes].flatMap((word) => halves(word, 2))),
    };
  },

  collatz(count) {
    const steps = new Uint32Array(count);
    const peaks = new Float64Array(count);
    const result = Float32Array.from({ length: 6 * count });
    return {
      reset() {},
      step: () => collatz(steps, peaks),
      result() {
        for (let i = 0; i < count; i++) result.set([...halves(steps[i], 2), ...halves(peaks[i], 4)], 6 * i);
        return result;
      },
    };
  },
};

function multiplySparse(rows, columns, values, x, y) {
  for (let i = 0; i < y.length; i++) {
    let sum = 0;
    for (let j = rows[i]; j < rows[i + 1]; j++) sum += values[j] * x[columns[j]];
    y[i] = sum;
  }
}

function blur(picture, blurred, side, radius) {
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let sum = 0;
      for (let d = -radius; d <= radius; d++) {
        sum += picture[y * side + Math.min(Math.max(x + d, 0), side - 1)];
      }
      blurred[y * side + x] = sum / (2 * radius + 1);
    }
  }
}

function hashWords(keys, hashes) {
  for (let i = 0; i < keys.length; i++) {
    let h = keys[i];
    for (let round = 0; round < 64; round++) {
      h = Math.imul(h ^ (h >>> 16), 0x85ebca6b) >>> 0;
      h ^= h >>> 13;
      h = (Math.imul(h, 0xc2b2ae35) + round) >>> 0;
      h = ((h << 5) | (h >>> 27)) >>> 0;
    }
    hashes[i] = h;
  }
}

function collatz(allSteps, peaks) {
  for (let i = 0; i < peaks.length; i++) {
    let n = i + 1;
    let steps = 0;
    let peak = n;
    while (n > 1) {
      n = n % 2 === 0 ? n / 2 : 3 * n + 1;
      if (n > peak) peak = n;
      steps++;
    }
    allSteps[i] = steps;
    peaks[i] = peak;
  }
}

function spread(heat, next, rows, columns) {
  for (let x = 0; x < rows; x++) {
    for (let y = 0; y < columns; y++) {
      const cell = x * columns + y;
      const h = heat[cell];
      let total = 0;
      if (x > 0) total += heat[cell - columns] - h;
      if (x < rows - 1) total += heat[cell + columns] - h;
      if (y > 0) total += heat[cell - 1] - h;
      if (y < columns - 1) total += heat[cell + 1] - h;
      next[cell] = h + 0.25 * total;
    }
  }
}

function paint(image, width, height) {
  const scale = 3 / height;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let re = (x - width / 2) * scale;
      let im = (y - height / 2) * scale;
      let n = 0;
      while (n < 1000) {
        const next = re * re - im * im - 0.8;
        im = 2 * re * im + 0.156;
        re = next;
        if (Math.sqrt(re * re + im * im) > 2) break;
        n++;
      }
      const pixel = 4 * (y * width + x);
      image[pixel] = n % 256;
      image[pixel + 1] = n / 4;
      image[pixel + 2] = 255 - n / 4;
      image[pixel + 3] = 255;
    }
  }
}

function pull(bodies, velocities, count) {
  for (let i = 0; i < count; i++) {
    const x = bodies[4 * i];
    const y = bodies[4 * i + 1];
    const z = bodies[4 * i + 2];
    let forceX = 0;
    let forceY = 0;
    let forceZ = 0;
    for (let j = 0; j < count; j++) {
      const dx = bodies[4 * j] - x;
      const dy = bodies[4 * j + 1] - y;
      const dz = bodies[4 * j + 2] - z;
      const inverse = 1 / Math.sqrt(dx * dx + dy * dy + dz * dz + 0.01);
      const strength = bodies[4 * j + 3] * inverse * inverse * inverse;
      forceX += dx * strength;
      forceY += dy * strength;
      forceZ += dz * strength;
    }
    velocities[3 * i] += forceX * 0.001;
    velocities[3 * i + 1] += forceY * 0.001;
    velocities[3 * i + 2] += forceZ * 0.001;
  }
}

function multiply(a, b, c, side) {
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      let sum = 0;
      for (let k = 0; k < side; k++) sum += a[row * side + k] * b[k * side + column];
      c[row * side + column] = sum;
    }
  }
}

/** Milliseconds that `count` steps take. */
function time(step, count) {
  const start = performance.now();
  for (let i = 0; i < count; i++) step();
  return performance.now() - start;
}

const steps = sizes.pop();
const { reset, step, result } = workloads[workload](...sizes);
reset();
console.log('ready', time(step, 1));
for await (const question of createInterface({ input: process.stdin })) {
  if (question === 'run') {
    reset();
    console.log('ms', time(step, steps));
  } else {
    const floats = result();
    console.log('floats', floats.length);
    process.stdout.write(new Uint8Array(floats.buffer));
  }
}
