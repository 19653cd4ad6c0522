// What must compile and what must not. `npm run types` checks this file; it never runs.

import GPUInterface, {
  array, clamp, createCanvas, dim, floatBits, fract, mix, smoothstep, step, types, vec2, vec2i, vec2u, vec3, vec3i, vec3u, vec4, vec4i, vec4u, type GPUCommandList, type GPUKernel,
  type GPUVec2, type GPUVec2i, type GPUVec2u, type GPUVec3, type GPUVec3i, type GPUVec4, type GPUVec4u, type HalfArray, type TypedArray,
} from 'hpc.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<A, B>(equal: Equal<A, B>): void;

const gpu = new GPUInterface({
  buffers: [
    { name: 'numbers', size: [4], initialData: [1, 2, 3, 4] },
    { name: 'plain', size: [10, 10] },
    { name: 'cube', size: [2, 3, 4], type: 'vec4' },
    { name: 'points', size: [2], initialData: [vec2(1, 2), vec2(3, 4)] },
    { name: 'rows', size: [2, 2], type: 'vec3', initialData: [[vec3(1), vec3(2)], [vec3(3), vec3(4)]] },
    { name: 'flat', size: [2, 2], type: 'vec2', initialData: new Float32Array(8) },
  ],
  uniforms: { n: 1, flag: true, center: vec2(1, 2) },
  canvas: createCanvas(4, 4),
});

// JavaScript's Atomics take buffers of integers and rows, and in kernels what they took before on the host.
const counts = new GPUInterface({ buffers: [{ name: 'count', type: 'i32', size: [4] }, { name: 'grid', type: 'u32', size: [4, 4] }] });
void counts.createKernel((inputs) => {
  is<ReturnType<typeof count>, number>(true);
  function count(k = types.number) {
    return Atomics.add(inputs.buffers.count, k, 1) + Atomics.compareExchange(inputs.buffers.grid[k]!, 0, 1, 2);
  }
  inputs.buffers.count[0] = count(1) + Atomics.load(inputs.buffers.count, 0);
  // @ts-expect-error: no row
  Atomics.add(inputs.buffers.grid, 0, 1);
});
Atomics.add(new Int32Array(1), 0, 1);
// @ts-expect-error: floats have none
Atomics.add(new Float32Array(1), 0, 1);

// Names, ranks and element types are inferred.
const kernel: Promise<GPUKernel> = gpu.createKernel((inputs) => {
  is<typeof inputs.buffers.numbers[0], number>(true);
  is<typeof inputs.buffers.plain[0][0], number>(true);
  is<typeof inputs.buffers.cube[0][0][0], GPUVec4>(true);
  is<typeof inputs.buffers.points[0], GPUVec2>(true);
  is<typeof inputs.buffers.rows[0][0], GPUVec3>(true);
  is<typeof inputs.buffers.flat[0][0], GPUVec2>(true);
  is<typeof inputs.uniforms.n, number>(true);
  is<typeof inputs.uniforms.flag, boolean>(true);
  is<typeof inputs.uniforms.center, GPUVec2>(true);
  inputs.threadId satisfies GPUVec3;
  inputs.threadId.xy satisfies GPUVec2;
  is<(typeof inputs.buffers.plain)[typeof inputs.threadId.xy], number>(true);
  inputs.buffers.plain[inputs.threadId.xy] += 1;
  inputs.buffers.cube[inputs.threadId] = vec4(1);
  is<typeof inputs.buffers.plain.length, number>(true);
  for (const row of inputs.buffers.plain) {
    for (const element of row) {
      element satisfies number;
    }
  }
  for (const point of inputs.buffers.points) {
    point.x satisfies number;
    point[1] satisfies number;
  }
  is<typeof inputs.usingCpu, boolean>(true);
  inputs.buffers.numbers[0] = 5;
  inputs.buffers.numbers[0] += 5;
  inputs.buffers.points[0]!.x = 5;
  inputs.buffers.plain[1]![2]! *= 2;
  inputs.canvas.setPixel(0, 0, 1, 2, 3);
  inputs.canvas.setPixel(vec2(0), vec3(1));
  inputs.canvas.setPixel(0, 0, vec3(1));
  inputs.canvas.setPixel(vec2(0), 1, 2, 3);

  // @ts-expect-error there is no such buffer
  inputs.buffers.unknown;
  // @ts-expect-error there is no such uniform
  inputs.uniforms.unknown;
  // @ts-expect-error one index too few
  inputs.buffers.plain[0] = 5;
  // @ts-expect-error one index too many
  inputs.buffers.numbers[0]![0];
  // @ts-expect-error another type
  inputs.buffers.points[0] = 5;
  // @ts-expect-error another type
  inputs.buffers.numbers[0] = vec2(1, 2);
  // @ts-expect-error uniforms are read-only
  inputs.uniforms.n = 5;
  // @ts-expect-error the thread id is read-only
  inputs.threadId = vec3(1);
  // @ts-expect-error a colour is missing
  inputs.canvas.setPixel(0, 0, 1, 2);

  is<ReturnType<typeof dim<typeof inputs.buffers.numbers>>, number>(true);
  is<ReturnType<typeof dim<typeof inputs.buffers.plain>>, GPUVec2>(true);
  is<ReturnType<typeof dim<typeof inputs.buffers.cube>>, GPUVec3>(true);
  const list = array([1, 2, 3]);
  list[0] = 4;
  is<ReturnType<typeof dim<typeof list>>, number>(true);
  const rows = array(3, array(4, 0));
  is<(typeof rows)[0][0], number>(true);
  array([array([vec2(1)]), array([vec2(2)])])[0]![0]!.x satisfies number;
  const filled = array(3, vec2(1));
  filled[0]!.x = 1;
  function helper(v = types.vec2, n = types.number, yes = types.boolean) {
    return yes ? v.times(n).x : n;
  }
  is<ReturnType<typeof helper>, number>(true);
});

is<ReturnType<typeof floatBits>, number>(true);
clamp(1, 0, 2) satisfies number;
mix(vec2(1), vec2(2), 0.5) satisfies GPUVec2;
smoothstep(0, vec3(1), vec3(2)) satisfies GPUVec3;
fract(step(1, vec4(2))) satisfies GPUVec4;
// @ts-expect-error another size
mix(vec2(1), vec3(2), 0.5);
// @ts-expect-error integers have no fractions
fract(vec2i(1, 2));

// Methods know the names.
gpu.readBuffer('numbers') satisfies Promise<Float32Array>;
gpu.setUniforms({});
gpu.setUniforms({ n: 3 });
gpu.setUniforms({ flag: false, center: vec2(0) });
gpu.writeBuffer('numbers', [1, 2, 3, 4]);
gpu.writeBuffer('numbers', new Float32Array(4));
gpu.writeBuffer('rows', [[vec3(1), vec3(2)], [vec3(3), vec3(4)]]);
gpu.copyBuffer('numbers', 'plain');
gpu.unmapBuffer('numbers');
// @ts-expect-error there is no such buffer
gpu.readBuffer('unknown');
// @ts-expect-error there is no such buffer
gpu.copyBuffer('numbers', 'unknown');
// @ts-expect-error there is no such buffer
gpu.unmapBuffer('unknown');
// @ts-expect-error there is no such uniform
gpu.setUniforms({ unknown: 1 });
// @ts-expect-error another type
gpu.setUniforms({ n: true });
// @ts-expect-error another type
gpu.setUniforms({ center: vec3(1) });
// @ts-expect-error another rank
gpu.writeBuffer('numbers', [[1]]);
// @ts-expect-error another type
gpu.writeBuffer('rows', [[1, 2], [3, 4]]);
// @ts-expect-error no numbers
gpu.writeBuffer('numbers', ['1']);

// The constructor knows what fits.
new GPUInterface();
new GPUInterface({});
new GPUInterface({ options: { useCpu: true, numRandSeeds: 4, backend: 'debug' } });
// @ts-expect-error there are one to three extents
new GPUInterface({ buffers: [{ name: 'a', size: [] }] });
// @ts-expect-error a buffer has a name
new GPUInterface({ buffers: [{ size: [1] }] });
// @ts-expect-error there is no such type
new GPUInterface({ buffers: [{ name: 'a', size: [1], type: 'i64' }] });
// @ts-expect-error no text is a uniform
new GPUInterface({ uniforms: { s: 'text' } });
// @ts-expect-error type and data disagree
new GPUInterface({ buffers: [{ name: 'a', size: [1], type: 'vec2', initialData: [1] }] });
// @ts-expect-error size and data disagree in rank
new GPUInterface({ buffers: [{ name: 'a', size: [2, 2], initialData: [1, 2] }] });
// @ts-expect-error mixed data
new GPUInterface({ buffers: [{ name: 'a', size: [2], initialData: [1, vec2(1)] }] });
// @ts-expect-error an unknown backend
new GPUInterface({ options: { backend: 'vulkan' } });
// @ts-expect-error a canvas has a size
new GPUInterface({ canvas: {} });

// What nobody knows is refused.
// @ts-expect-error there is no such key
new GPUInterface({ bufers: [] });
// @ts-expect-error there is no such key of a buffer
new GPUInterface({ buffers: [{ name: 'a', size: [2], initialdata: [1, 2] }] });
// @ts-expect-error nor with a type and data
new GPUInterface({ buffers: [{ name: 'a', size: [2], type: 'number', initialData: [1, 2], dtype: 'f32' }] });
// @ts-expect-error there is no such option
new GPUInterface({ options: { usecpu: true } });
// @ts-expect-error there is no such option of a read
gpu.readBuffer('numbers', { begin: 1 });
// @ts-expect-error there is no such option of a kernel
gpu.createKernel((inputs) => { inputs.threadId; }, { name: 'x' });
// @ts-expect-error no function is a constant
gpu.createKernel((inputs) => { inputs.threadId; }, { constants: { f: () => 1 } });
gpu.createKernel((inputs) => { inputs.threadId; }, {
  constants: { n: 1, on: true, at: vec2i(1, 2), weights: [1, 2], matrix: [[1, 2], [3, 4]], flags: [true], colors: [vec3(1), vec3(2)], bytes: new Uint8Array(4) },
});
// @ts-expect-error there are three extents
kernel.then(({ run }) => run(1, 2, 3, 4));

// Without a canvas there is none in kernels.
new GPUInterface({ buffers: [{ name: 'a', size: [1] }], canvas: undefined }).createKernel((inputs) => {
  // @ts-expect-error there is no canvas
  inputs.canvas.setPixel(0, 0, 1, 2, 3);
});

// A bare annotation compiles, and takes every interface.
class Simulation {
  gpu: GPUInterface;
  step?: GPUKernel;

  constructor() {
    this.gpu = new GPUInterface({ buffers: [{ name: 'a', size: [4, 4], type: 'vec2' }], uniforms: { n: 1 } });
  }

  async initialize() {
    await this.gpu.initialize();
    this.step = await this.gpu.createKernel((inputs) => {
      inputs.buffers.a[0][1] = vec2(inputs.uniforms.n, 1);
    });
    return this.gpu.readBuffer('a');
  }
}
const bare: GPUInterface = gpu;
const initialized: GPUInterface = await new GPUInterface({ buffers: [{ name: 'a', size: [1] }] }).initialize();

// Data of which only the type is known.
declare const numbers: number[];
declare const rows: number[][];
const dynamic = new GPUInterface({
  buffers: [{ name: 'x', size: [numbers.length], initialData: numbers }, { name: 'y', size: [rows.length, 2], initialData: rows }],
});
dynamic.createKernel((inputs) => {
  is<typeof inputs.buffers.x[0], number>(true);
  is<typeof inputs.buffers.y[0][0], number>(true);
});

// Vectors and their swizzles.
is<typeof v.zyy, GPUVec3>(true);
const v = vec4(1, 2, 3, 4);
v.x = 5;
v.plus(v).times(2).div(v).normalized().sin().max(v) satisfies GPUVec4;
vec2(1, 2).cplxTimes(vec2(3, 4)).yx satisfies GPUVec2;
vec3(1, 2, 3).cross(vec3(1)).dot(vec3(2)) satisfies number;
// @ts-expect-error a vec2 has no z
vec2(1, 2).z;
// @ts-expect-error another size
vec2(1, 2).plus(vec3(1));
// @ts-expect-error swizzles are read-only
v.xy = vec2(1, 2);
// @ts-expect-error two components are missing
vec4(1, 2);
// @ts-expect-error the cross product is for three components
vec2(1).cross(vec2(1));

{
  using scoped = new GPUInterface({});
}

// Recorded calls.
const recorded: GPUCommandList = gpu.record(() => gpu.updateCanvas());
recorded.replay();
recorded.replay(3);
// @ts-expect-error how many times is a number
recorded.replay('3');
// @ts-expect-error calls are made by a function
gpu.record(gpu.updateCanvas());

// Types of elements: what kernels see, what is read, what is taken.
const typed = new GPUInterface({
  buffers: [
    { name: 'counts', size: [4], type: 'u32' },
    { name: 'bytes', size: [2, 2], type: 'u8-clamped' },
    { name: 'halves', size: [4], type: 'f16' },
    { name: 'exact', size: [4], initialData: new Float64Array(4) },
    { name: 'rows', size: [2, 2], initialData: [new Int16Array(2), new Int16Array(2)] },
    { name: 'flags', size: [2], initialData: [true, false] },
    { name: 'cells', size: [2, 2], type: 'vec3i' },
    { name: 'colors', size: [2], initialData: [vec4u(1), vec4u(2)] },
    { name: 'plain', size: [2], type: 'number', initialData: new Uint8Array(2) },
  ],
});
typed.createKernel((inputs) => {
  is<typeof inputs.buffers.counts[0], number>(true);
  is<typeof inputs.buffers.bytes[0][0], number>(true);
  is<typeof inputs.buffers.halves[0], number>(true);
  is<typeof inputs.buffers.exact[0], number>(true);
  is<typeof inputs.buffers.rows[0][0], number>(true);
  is<typeof inputs.buffers.flags[0], boolean>(true);
  is<typeof inputs.buffers.cells[0][0], GPUVec3i>(true);
  is<typeof inputs.buffers.colors[0], GPUVec4u>(true);
  inputs.buffers.flags[0] = inputs.buffers.counts[0]! > 3;
  inputs.buffers.cells[0]![1]!.x = 3.7;
  // @ts-expect-error another type
  inputs.buffers.flags[0] = 1;
  // @ts-expect-error another type
  inputs.buffers.cells[0]![0] = vec3(1);
  // @ts-expect-error with a sign
  inputs.buffers.colors[0] = vec4i(1);
  is<ReturnType<typeof dim<typeof inputs.buffers.flags>>, number>(true);
  is<ReturnType<typeof dim<typeof inputs.buffers.cells>>, GPUVec2>(true);
  const list = array([vec2i(0), vec2i(1)]);
  list[0]!.y = 1;
  const filled = array(4, vec2i(0, 0));
  is<ReturnType<typeof dim<typeof filled>>, number>(true);
  function helper(v = types.vec2i, w = types.vec4u) {
    return v.plus(w.xy.equals(vec2u(1)) ? v : vec2i(2));
  }
  is<ReturnType<typeof helper>, GPUVec2i>(true);
});
is<ReadOf<typeof typed.readBuffer<'counts'>>, Uint32Array>(true);
is<ReadOf<typeof typed.readBuffer<'bytes'>>, Uint8ClampedArray>(true);
is<ReadOf<typeof typed.readBuffer<'halves'>>, HalfArray>(true);
is<ReadOf<typeof typed.readBuffer<'exact'>>, Float64Array>(true);
is<ReadOf<typeof typed.readBuffer<'rows'>>, Int16Array>(true);
is<ReadOf<typeof typed.readBuffer<'flags'>>, Uint8Array>(true);
is<ReadOf<typeof typed.readBuffer<'cells'>>, Int32Array>(true);
is<ReadOf<typeof typed.readBuffer<'colors'>>, Uint32Array>(true);
is<ReadOf<typeof typed.readBuffer<'plain'>>, Float32Array>(true);
is<ReadOf<typeof bare.readBuffer<string>>, TypedArray>(true);
type ReadOf<M extends (...parts: never[]) => unknown> = Awaited<ReturnType<M>>;
typed.readBuffer('counts', { into: new Uint32Array(4) }) satisfies Promise<Uint32Array>;
typed.readBuffer('halves', { into: new Float32Array(4) });
bare.readBuffer('a', { into: new Int8Array(4) }) satisfies Promise<TypedArray>;
// @ts-expect-error another kind of array
typed.readBuffer('counts', { into: new Float32Array(4) });
typed.writeBuffer('counts', [1, 2, 3, 4]);
typed.writeBuffer('counts', new Uint32Array(4));
typed.writeBuffer('halves', new Float32Array(4));
typed.writeBuffer('flags', [true, false]);
typed.writeBuffer('flags', new Uint8Array(2));
typed.writeBuffer('rows', [new Int16Array(2), [1, 2]]);
typed.writeBuffer('plain', new Float64Array(2));
typed.writeBuffer('cells', [[vec3i(1), vec3i(2)], [vec3i(3), vec3i(4)]]);
// @ts-expect-error another kind of array
typed.writeBuffer('counts', new Int32Array(4));
// @ts-expect-error booleans are no numbers
typed.writeBuffer('flags', [1, 0]);
// @ts-expect-error numbers are no booleans
typed.writeBuffer('counts', [true, false, true, false]);
// @ts-expect-error without a sign
typed.writeBuffer('colors', [vec4i(1), vec4i(2)]);
// @ts-expect-error no bigints
typed.writeBuffer('exact', new BigInt64Array(4));
// @ts-expect-error type and data disagree
new GPUInterface({ buffers: [{ name: 'a', size: [1], type: 'i8', initialData: new Uint8Array(1) }] });
// @ts-expect-error rows of different kinds
new GPUInterface({ buffers: [{ name: 'a', size: [2, 1], initialData: [new Int8Array(1), new Uint8Array(1)] }] });

// Uniforms that are arrays or integers, and an interface as their type.
interface Params {
  n: number;
  weights: number[];
  flag: boolean;
}
declare const params: Params;
const withParams = new GPUInterface({ uniforms: params });
withParams.setUniforms({ n: 2 });
withParams.createKernel((inputs) => {
  is<typeof inputs.uniforms.n, number>(true);
  is<typeof inputs.uniforms.flag, boolean>(true);
  is<ReturnType<typeof dim<typeof inputs.uniforms.weights>>, number>(true);
});
const many = new GPUInterface({
  uniforms: { weights: [1, 4, 6, 4, 1], table: new Float64Array(3), cell: vec2i(1, 2), fixed: [1, 2] as const },
});
many.createKernel((inputs) => {
  is<typeof inputs.uniforms.weights[0], number>(true);
  is<typeof inputs.uniforms.table[0], number>(true);
  is<typeof inputs.uniforms.cell, GPUVec2i>(true);
  // @ts-expect-error uniforms are read-only
  inputs.uniforms.weights[0] = 1;
  inputs.uniforms.weights.length satisfies number;
});
many.setUniforms({ weights: [1, 2, 3, 4, 5], table: new Float64Array(3), cell: vec2i(0), fixed: [3, 4] });
// @ts-expect-error another kind
many.setUniforms({ weights: new Float32Array(5) });
// @ts-expect-error another kind
many.setUniforms({ cell: vec2u(0) });
// @ts-expect-error arrays of numbers only
new GPUInterface({ uniforms: { a: ['text'] } });
// @ts-expect-error no clamped ones
new GPUInterface({ uniforms: { a: new Uint8ClampedArray(1) } });
// @ts-expect-error a value that may be missing fixes no type
new GPUInterface({ uniforms: {} as { n?: number } });

// Vectors of integers.
vec2i(vec2(1.5, 2.5).floor()) satisfies GPUVec2i;
vec2(vec2i(1, 2)) satisfies GPUVec2;
vec4i(vec2u(1), 2, 3).xyz.plus(vec3i(1)).times(2).min(vec3i(3)).abs() satisfies GPUVec3i;
vec2u(1).and(vec2u(2)).or(vec2u(3)).xor(vec2u(4)).not().shiftLeft(2).shiftRight(vec2u(1)) satisfies GPUVec2u;
vec3u(1).equals(vec3u(2)) satisfies boolean;
// @ts-expect-error there is no quotient of integers
vec2i(1).div(2);
// @ts-expect-error there is no length of integers
vec2i(1).length();
// @ts-expect-error with a sign and without
vec2i(1).plus(vec2u(1));
// @ts-expect-error integers are no floats
vec2(1).plus(vec2i(1));
// @ts-expect-error swizzles are read-only
vec2i(1).xy = vec2i(2);

// Buffers of objects.
const world = new GPUInterface({
  buffers: [
    { name: 'particles', size: [10], type: { position: 'vec2', age: 'i32', alive: 'boolean', body: { mass: 'f64' }, trail: ['vec3', 4] } },
    { name: 'cells', size: [2, 2], initialData: [[{ a: 1, b: true }, { a: 2, b: false }], [{ a: 1, b: true }, { a: 2, b: false }]] },
    { name: 'points', size: [1], initialData: [{ p: vec2(1), list: [1, 2] }] },
    { name: 'plain', size: [4] },
  ],
});
world.createKernel(({ buffers, threadId }) => {
  const p = buffers.particles[threadId.x]!;
  is<typeof p.position, GPUVec2>(true);
  is<typeof p.alive, boolean>(true);
  is<typeof p.body.mass, number>(true);
  p.position.x += p.age;
  buffers.particles[0] = { ...p, age: 3 };
  buffers.particles[0]!.trail[1] = vec3(1);
  is<(typeof buffers.cells)[0][0]['b'], boolean>(true);
  is<(typeof buffers.points)[0]['p'], GPUVec2>(true);
  // @ts-expect-error there is no such field
  p.speed;
  // @ts-expect-error another type
  p.position = 1;
});
is<ReadOf<typeof world.readBuffer<'plain'>>, Float32Array>(true);
is<ReadOf<typeof world.readBuffer<'particles.age'>>, Int32Array>(true);
is<ReadOf<typeof world.readBuffer<'particles.body.mass'>>, Float64Array>(true);
is<ReadOf<typeof world.readBuffer<'particles.trail'>>, Float32Array>(true);
world.readBuffer('particles').then((columns) => {
  is<typeof columns.position, Float32Array>(true);
  is<typeof columns.body.mass, Float64Array>(true);
});
world.readBuffer('particles', { objects: true, start: 1 }).then((objects) => {
  is<(typeof objects)[0]['position'], GPUVec2>(true);
  is<(typeof objects)[0]['trail'], GPUVec3[]>(true);
  world.writeBuffer('particles', objects);
});
world.writeBuffer('particles.age', [1, 2]);
world.copyBuffer('particles', 'particles');
// @ts-expect-error there is no such field
world.readBuffer('particles.speed');
// @ts-expect-error values are read as they are
world.readBuffer('plain', { objects: true });
// @ts-expect-error a field is missing
world.writeBuffer('cells', [[{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 2 }]]);
// @ts-expect-error there is no such type
new GPUInterface({ buffers: [{ name: 'a', size: [2], type: { b: 'vec5' } }] });
// @ts-expect-error another type than declared
new GPUInterface({ buffers: [{ name: 'a', size: [1], type: { b: 'vec2' }, initialData: [{ b: 1 }] }] });

// Buffers that come and go, and parts of buffers.
const more = gpu.createBuffer({ name: 'later', size: [3], type: 'vec2' }).createBuffer({ name: 'things', size: [2, 2], type: { n: 'i32' } });
void more.createKernel((inputs) => {
  is<typeof inputs.buffers.later[0], GPUVec2>(true);
  is<typeof inputs.buffers.numbers[0], number>(true);
  inputs.buffers.things[0]![0]!.n satisfies number;
});
more.resizeBuffer('later', [4]);
more.resizeBuffer('things', [4, 1]);
more.destroyBuffer('later');
more.writeBuffer('later', [vec2(1)], { start: 2 });
more.writeBuffer('things', [{ n: 1 }], { start: 2 });
more.writeBuffer('rows', [vec3(1)], { start: 1 });
more.writeBuffer('numbers', new Float32Array(2), { start: 1 });
more.copyBuffer('numbers', 'plain', { start: 1, end: 2, to: 5 });
// @ts-expect-error another rank
more.resizeBuffer('later', [4, 4]);
// @ts-expect-error fields have the size of their objects
more.resizeBuffer('things.n', [1, 1]);
// @ts-expect-error there is no such buffer
gpu.destroyBuffer('later');
// @ts-expect-error parts are lists
more.writeBuffer('rows', [[vec3(1)]], { start: 1 });
// @ts-expect-error no such option
more.copyBuffer('numbers', 'plain', { from: 1 });
