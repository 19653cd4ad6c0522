// The documented surface on each backend: what calls return, and how every misuse is refused.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import { createCanvas as createForeignCanvas } from '@napi-rs/canvas';
import GPUInterface, {
  GPUVec2, KernelError, array, createCanvas, dim, types, vec2, vec3, vec4, GPUInterface as Named,
} from '../esm/index.js';

const require = createRequire(import.meta.url);
const BACKENDS = ['gpu', 'cpu', 'debug'];

const SPEC = {
  buffers: [
    { name: 'a', size: [4], initialData: [1, 2, 3, 4] },
    { name: 'b', size: [4] },
    { name: 'm', size: [2, 3], initialData: [[1, 2, 3], [4, 5, 6]] },
    { name: 'v', size: [2], type: 'vec3' },
  ],
  uniforms: { n: 1, flag: true, p: vec2(1, 2) },
};

const open = (backend, spec = SPEC) => new GPUInterface({ ...spec, options: { backend, onReport() {} } }).initialize();

// A test on each backend.
function onEach(title, body) {
  for (const backend of BACKENDS) {
    test(`${title} (${backend})`, () => body(backend));
  }
}

test('the exports, as ESM and as CommonJS', () => {
  const cjs = require('../index.cjs');
  assert.equal(Named, GPUInterface);
  assert.equal(cjs.default, cjs.GPUInterface);
  const vectors = [2, 3, 4].flatMap((count) => ['', 'i', 'u'].map((kind) => `vec${count}${kind}`));
  const classes = vectors.map((name) => `GPUV${name.slice(1)}`);
  const names = ['GPUInterface', ...vectors, ...classes, 'array', 'dim', 'types', 'KernelError', 'createCanvas', 'GPUContext'];
  for (const name of names) {
    assert.ok(cjs[name], name);
  }
  assert.deepEqual(Object.keys(types).sort(), ['boolean', 'number', ...vectors].sort());
  assert.throws(() => array(3, 0), /kernels/);
  assert.throws(() => dim([]), /kernels/);
});

test('vectors of the other module system are vectors', async () => {
  const cjs = require('../index.cjs');
  const gpu = await open('debug', { buffers: [{ name: 'v', size: [1], initialData: [cjs.vec2(1, 2)] }] });
  assert.deepEqual([...(await gpu.readBuffer('v'))], [1, 2]);
  assert.ok(new GPUVec2(1, 2).equals(cjs.vec2(1, 2)));
});

onEach('before, during and after initialize', async (backend) => {
  const gpu = new GPUInterface({ ...SPEC, options: { backend } });
  assert.equal(gpu.isInitialized, false);
  assert.equal(gpu.backendType, 'uninitialized');
  assert.equal(gpu.adapterInfo, undefined);
  const early = /GPUInterface not initialized/;
  for (const call of [
    () => gpu.setUniforms({}), () => gpu.unmapBuffer('a'), () => gpu.copyBuffer('a', 'b'), () => gpu.writeBuffer('a', [1, 2, 3, 4]),
    () => gpu.updateCanvas(), () => gpu.flush(),
  ]) {
    assert.throws(call, early);
  }
  for (const call of [() => gpu.createKernel(() => {}), () => gpu.readBuffer('a'), () => gpu.readCanvas(), () => gpu.onSubmittedWorkDone()]) {
    await assert.rejects(call(), early);
  }
  const [first, second] = [gpu.initialize(), gpu.initialize()];
  assert.equal(await first, gpu);
  assert.equal(await second, gpu);
  assert.equal(gpu.isInitialized, true);
  assert.equal(gpu.backendType, backend);
  assert.equal(typeof gpu.adapterInfo.name, 'string');
  gpu.writeBuffer('a', [9, 9, 9, 9]);
  assert.equal(await gpu.initialize(), gpu);
  assert.deepEqual([...(await gpu.readBuffer('a'))], [9, 9, 9, 9]);
});

test('what the constructor refuses, and what it names', () => {
  const buffer = (spec) => ({ buffers: [{ name: 'a', size: [2], ...spec }] });
  const refused = [
    [5, /argument of GPUInterface must be an object \{ buffers, uniforms, canvas, context, device, options \}, not 5/],
    [{ buffers: {} }, /buffers must be an array/],
    [{ buffers: [7] }, /buffers\[0\] must be an object/],
    [buffer({ name: 7 }), /buffers\[0\]\.name must be a string, not 7/],
    [buffer({ name: '' }), /buffers\[0\]\.name cannot be ""/],
    [buffer({ name: '1a' }), /"1a"/],
    [buffer({ name: 'hpc__a' }), /hpc__/],
    [{ buffers: [{ name: 'a', size: [1] }, { name: 'a', size: [1] }] }, /two buffers are called "a"/],
    [buffer({ size: undefined }), /size of the buffer "a"/],
    [buffer({ size: 4 }), /size of the buffer "a"/],
    [buffer({ size: [] }), /one to three/],
    [buffer({ size: [1, 1, 1, 1] }), /one to three/],
    [buffer({ size: [0] }), /positive integers, not 0/],
    [buffer({ size: [-1] }), /positive integers/],
    [buffer({ size: [1.5] }), /positive integers, not 1\.5/],
    [buffer({ size: ['2'] }), /the string "2"/],
    [buffer({ size: [2 ** 16, 2 ** 16] }), /more than 2147483647/],
    [buffer({ type: 'float32' }), /type of the buffer "a" cannot be "float32"; that is "number" here \(the types are number, i32, u32, .*, vec4u\)/],
    [buffer({ type: 5 }), /type of the buffer "a" must be the name of one, such as 'i32', or an object of fields, not 5/],
    [buffer({ initialData: [] }), /initialData of the buffer "a" must hold/],
    [buffer({ initialData: 'ab' }), /initialData of the buffer "a" must hold/],
    [buffer({ initialData: [{}] }), /the type of "a" has no fields/],
    [buffer({ initialData: [1] }), /initialData has 1 elements.*wants 2/],
    [buffer({ initialData: [1, 2, 3] }), /initialData has 3 elements/],
    [buffer({ initialData: [[1, 2]] }), /initialData has 1 elements/],
    [buffer({ size: [1, 2], initialData: [1, 2] }), /initialData has 2 elements/],
    [buffer({ size: [2, 2], initialData: [[1, 2], [3]] }), /initialData\[1\] has 1 elements/],
    [buffer({ size: [2, 1], initialData: [[1], 2] }), /initialData\[1\] must be an array of 1/],
    [buffer({ initialData: [1, vec2(1, 2)] }), /initialData\[1\] must be a number.*not a vec2/],
    [buffer({ initialData: [1, '2'] }), /initialData\[1\].*the string "2"/],
    [buffer({ type: 'vec2', initialData: [1, 2] }), /initialData\[0\] must be a vec2/],
    [buffer({ type: 'number', initialData: [vec2(1, 2), vec2(1, 2)] }), /initialData\[0\] must be a number/],
    [buffer({ initialData: new Float32Array(3) }), /initialData has 3 numbers.*wants 2/],
    [buffer({ type: 'vec3', initialData: new Float32Array(6) }), /wants 8/],
    [{ uniforms: [] }, /uniforms must be an object/],
    [{ uniforms: { s: 'x' } }, /the uniform "s" must be a number, a boolean, a vector or an array of numbers, not the string "x"/],
    [{ uniforms: { 'a b': 1 } }, /"a b"/],
    [{ canvas: 5 }, /canvas must be an object/],
    [{ canvas: {} }, /width of the canvas must be a positive integer, not undefined/],
    [{ canvas: { width: 1, height: 0.5 } }, /height of the canvas/],
    [{ options: 1 }, /options must be an object/],
    [{ options: { useCpu: 1 } }, /options\.useCpu must be a boolean/],
    [{ options: { numRandSeeds: 0 } }, /options\.numRandSeeds must be a positive integer, not 0/],
    [{ options: { numRandSeeds: 1.5 } }, /numRandSeeds/],
    [{ options: { backend: 'vulkan' } }, /options\.backend must be 'gpu', 'cpu' or 'debug', not the string "vulkan"/],
    [{ options: { seed: -1 } }, /options\.seed/],
    [{ options: { adapter: 0 } }, /options\.adapter/],
    [{ options: { onReport: 1 } }, /options\.onReport/],
  ];
  for (const [spec, message] of refused) {
    assert.throws(() => new GPUInterface(spec), message, JSON.stringify(spec));
  }
  for (const spec of [undefined, {}, { options: { numRandSeeds: 2 ** 20 } }]) {
    new GPUInterface(spec);
  }
});

onEach('what methods refuse, with nothing done', async (backend) => {
  const gpu = await open(backend);
  const kernel = await gpu.createKernel((inputs) => {
    inputs.buffers.b[inputs.threadId.x] += inputs.uniforms.n;
  });
  const refused = [
    [() => kernel.run(), /x is undefined/], [() => kernel.run(0), /x is 0/], [() => kernel.run(-1), /x is -1/],
    [() => kernel.run(1.5), /x is 1\.5/], [() => kernel.run(NaN), /x is NaN/], [() => kernel.run(Infinity), /x is Infinity/],
    [() => kernel.run('2'), /x is the string "2"/], [() => kernel.run(1, null), /y is null/], [() => kernel.run(1, 1, 0), /z is 0/],
    [() => kernel.run(2 ** 31), /more than 2147483647/], [() => kernel.run(2 ** 16, 2 ** 16), /more than 2147483647/],
    [() => gpu.setUniforms({ n: 2, m: 1 }), /no uniform "m"; did you mean "n"/],
    [() => gpu.setUniforms({ n: 2, flag: 1 }), /the uniform "flag" is a boolean/],
    [() => gpu.setUniforms({ n: 2, p: vec3(1) }), /the uniform "p" is a vec2.*a vec3/],
    [() => gpu.setUniforms({ n: 'x' }), /the uniform "n".*the string "x"/],
    [() => gpu.setUniforms(5), /the argument of setUniforms must be an object/],
    [() => gpu.unmapBuffer('c'), /no buffer "c"/],
    [() => gpu.copyBuffer('a', 'c'), /no buffer "c"; did you mean "a"/],
    [() => gpu.copyBuffer('a'), /copyBuffer takes the name of a buffer, not undefined/],
    [() => gpu.copyBuffer('a', 'm'), /"a" \(size \[4\], number\) to "m" \(size \[2,3\], number\)/],
    [() => gpu.writeBuffer('x', [1]), /no buffer "x"/],
    [() => gpu.writeBuffer('b', [1, 2, 3]), /the data has 3 elements/],
    [() => gpu.writeBuffer('b', [1, 2, 3, vec2(1)]), /the data\[3\] must be a number/],
    [() => gpu.writeBuffer('b'), /the data must be an array of 4.*not undefined/],
    [() => gpu.writeBuffer('b', new Float32Array(5)), /the data has 5 numbers/],
    [() => gpu.updateCanvas(), /there is no canvas/],
  ];
  for (const [call, message] of refused) {
    assert.throws(call, message);
    assert.throws(call, Error);
  }
  const rejected = [
    [gpu.createKernel(5), /createKernel takes a function, not 5/], [gpu.createKernel(Math.sin), /built-in/],
    [gpu.createKernel((() => {}).bind()), /bound/], [gpu.readBuffer('c'), /no buffer "c"/], [gpu.readBuffer(), /takes the name/],
    [gpu.readCanvas(), /no canvas/],
  ];
  for (const [promise, message] of rejected) {
    await assert.rejects(promise, message);
  }
  kernel.run(4);
  assert.deepEqual([...(await gpu.readBuffer('b'))], [1, 1, 1, 1]);
  assert.deepEqual([...(await gpu.readBuffer('a'))], [1, 2, 3, 4]);
});

onEach('reads are snapshots of their place, and independent', async (backend) => {
  const gpu = await open(backend);
  const kernel = await gpu.createKernel((inputs) => {
    inputs.buffers.a[inputs.threadId.x] *= 2;
  });
  const reads = [gpu.readBuffer('a')];
  for (let round = 0; round < 3; round++) {
    kernel.run(4);
    gpu.unmapBuffer('a');
    reads.push(gpu.readBuffer('a'));
  }
  const results = await Promise.all(reads);
  assert.deepEqual(results.map(([x]) => x), [1, 2, 4, 8]);
  assert.ok(results[0] instanceof Float32Array);
  results[3][0] = 100;
  assert.equal((await gpu.readBuffer('a'))[0], 8);
});

onEach('typed arrays wherever nested arrays are', async (backend) => {
  const gpu = await open(backend, {
    buffers: [
      { name: 'm', size: [2, 2], type: 'number', initialData: new Float64Array([1, 2, 3, 4]) },
      { name: 'v', size: [1], type: 'vec3', initialData: new Float32Array([1, 2, 3, 9]) },
      { name: 'rows', size: [2, 2], type: 'number', initialData: [new Int8Array([1, 2]), new Uint8Array([3, 4])] },
    ],
  });
  assert.deepEqual([...(await gpu.readBuffer('m'))], [1, 2, 3, 4]);
  assert.deepEqual([...(await gpu.readBuffer('v'))], [1, 2, 3, 0]);
  assert.deepEqual([...(await gpu.readBuffer('rows'))], [1, 2, 3, 4]);
  const data = new Float32Array([5, 6, 7, 8]);
  gpu.writeBuffer('m', data);
  data.fill(0);
  assert.deepEqual([...(await gpu.readBuffer('m'))], [5, 6, 7, 8]);
  gpu.writeBuffer('v', await gpu.readBuffer('v'));
  assert.deepEqual([...(await gpu.readBuffer('v'))], [1, 2, 3, 0]);
});

onEach('reads of some elements, and into an array', async (backend) => {
  const gpu = await open(backend, {
    buffers: [
      { name: 'm', size: [2, 3], initialData: [[1, 2, 3], [4, 5, 6]] },
      { name: 'v', size: [3], initialData: [vec3(1, 2, 3), vec3(4, 5, 6), vec3(7, 8, 9)] },
    ],
  });
  assert.deepEqual([...(await gpu.readBuffer('m', { start: 2, end: 4 }))], [3, 4]);
  assert.deepEqual([...(await gpu.readBuffer('m', { start: 5 }))], [6]);
  assert.deepEqual([...(await gpu.readBuffer('v', { start: 1, end: 2 }))], [4, 5, 6, 0]);
  const into = new Float32Array(6);
  const reading = gpu.readBuffer('m', { into });
  gpu.writeBuffer('m', new Float32Array(6));
  assert.equal(await reading, into);
  assert.deepEqual([...into], [1, 2, 3, 4, 5, 6]);
  const part = into.subarray(0, 4);
  await gpu.readBuffer('v', { start: 2, into: part });
  assert.deepEqual([...into], [7, 8, 9, 0, 5, 6]);
});

onEach('reads of elements that there are not', async (backend) => {
  const gpu = await open(backend);
  const refused = (options, message) => assert.rejects(gpu.readBuffer('a', options), (error) => {
    assert.match(error.message, message);
    assert.match(error.stack, /surface\.test\.mjs/);
    return true;
  });
  await refused({ start: 4 }, /elements 4 to 4 of the buffer "a": .* at most 4/);
  await refused({ start: 3, end: 2 }, /elements 3 to 2/);
  await refused({ end: 5 }, /elements 0 to 5/);
  await refused({ start: -1 }, /elements -1 to 4/);
  await refused({ start: 0.5 }, /elements 0.5 to 4/);
  await refused({ end: '2' }, /elements 0 to the string "2"/);
  await refused({ into: [] }, /into must be a Float32Array, as which the buffer "a" \(number\) is read, not an array/);
  await refused({ into: new Float32Array(3) }, /into has 3 numbers, but what is read of "a" has 4/);
  await refused(7, /options of readBuffer must be an object .* not 7/);
});

onEach('a canvas of another library shows the picture', async (backend) => {
  const canvas = createForeignCanvas(2, 1);
  const context = canvas.getContext('2d');
  const gpu = await open(backend, { canvas });
  const paint = await gpu.createKernel((inputs) => {
    inputs.canvas.setPixel(inputs.threadId.xy, vec3(255, 128, 0));
  });
  paint.run(1);
  for (let frame = 0; frame < 20; frame++) {
    gpu.updateCanvas();
  }
  paint.run(2);
  gpu.updateCanvas();
  await gpu.onSubmittedWorkDone();
  assert.deepEqual([...context.getImageData(0, 0, 2, 1).data], [255, 128, 0, 255, 255, 128, 0, 255]);
  const taken = { width: 2, height: 1, getContext: () => null };
  await assert.rejects(open(backend, { canvas: taken }), /the canvas has a context of another kind/);
});

onEach('the canvas', async (backend) => {
  const canvas = createCanvas(2, 1);
  assert.deepEqual([...(await canvas.pixels())], [0, 0, 0, 0, 0, 0, 0, 0]);
  const gpu = await open(backend, { canvas });
  const paint = await gpu.createKernel((inputs) => {
    inputs.canvas.setPixel(inputs.threadId.xy, vec3(255, 300, -5));
  });
  gpu.updateCanvas();
  const before = canvas.pixels();
  paint.run(1);
  assert.deepEqual([...(await before)], [0, 0, 0, 255, 0, 0, 0, 255]);
  gpu.updateCanvas();
  assert.deepEqual([...(await canvas.pixels())], [255, 255, 0, 255, 0, 0, 0, 255]);
  assert.deepEqual([...(await gpu.readCanvas())], [...(await canvas.pixels())]);
  const png = Buffer.from(await canvas.toPNG());
  assert.equal(png.toString('latin1', 1, 4), 'PNG');
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [2, 1]);
  assert.throws(() => createCanvas(0, 1), /width/);
});

onEach('destroy', async (backend) => {
  const gpu = await open(backend);
  const kernel = await gpu.createKernel((_inputs) => {});
  gpu.destroy();
  gpu.destroy();
  assert.throws(() => kernel.run(1), /destroyed/);
  assert.throws(() => gpu.setUniforms({}), /destroyed/);
  await assert.rejects(gpu.readBuffer('a'), /destroyed/);
  const early = new GPUInterface({ options: { backend } });
  early[Symbol.dispose]();
  await assert.rejects(early.initialize(), /destroyed/);
});

test('a kernel\'s mistakes', async () => {
  const gpu = await open('gpu');
  const error = await gpu.createKernel((inputs) => {
    inputs.buffers.a[0] = nothing;
  }).catch((error) => error);
  assert.ok(error instanceof KernelError && error instanceof Error);
  assert.deepEqual([error.code, error.line, error.column], ['HPC0101', 2, 27]);
  assert.match(error.help, /uniform/);
  assert.match(error.message, /inputs\.buffers\.a\[0\] = nothing;/);
  assert.match(error.stack, /surface\.test\.mjs/);
  assert.doesNotMatch(error.stack, /esm\/interface\.js/);
});

onEach('a mistake is shown in the user\'s file', async (backend) => {
  const gpu = await open(backend);
  const line = 1 + Number(/surface\.test\.mjs:(\d+)/.exec(new Error().stack)[1]);
  const error = await gpu.createKernel((inputs) => { nothing; }).catch((error) => error);
  assert.deepEqual([error.line, error.column], [1, 15]);
  assert.deepEqual(error.origin, { file: import.meta.url, line, before: '  const error = await gpu.createKernel(' });
  const column = error.origin.before.length + 15;
  assert.ok(error.message.includes(`--> ${import.meta.url}:${line}:${column}`), error.message);
  assert.match(error.message, /const error = await gpu\.createKernel\(\(inputs\) => \{ nothing; \}/);
  // What is not found in a file is a text of its own.
  const unknown = await gpu.createKernel(new Function('inputs', 'nothing;')).catch((error) => error);
  assert.equal(unknown.origin, undefined);
  assert.match(unknown.message, /--> kernel\.js:/);
});

test('stacks start at the user\'s call', async () => {
  const gpu = await open('gpu');
  const firstFrame = (error) => error.stack.split('\n').find((line) => line.startsWith('    at '));
  const thrown = [];
  try {
    gpu.setUniforms({ x: 1 });
  } catch (error) {
    thrown.push(error);
  }
  thrown.push(await gpu.readBuffer('x').catch((error) => error));
  for (const error of thrown) {
    assert.match(firstFrame(error), /surface\.test\.mjs/);
  }
});

test('work is done when onSubmittedWorkDone resolves', async () => {
  const gpu = await open('gpu');
  gpu.flush();
  assert.equal(await gpu.onSubmittedWorkDone(), undefined);
});

test('a seed repeats random numbers', async () => {
  const draw = async (seed) => {
    const gpu = await new GPUInterface({ buffers: [{ name: 'r', size: [8] }], options: { seed } }).initialize();
    (await gpu.createKernel((inputs) => {
      inputs.buffers.r[inputs.threadId.x] = Math.random();
    })).run(8);
    return [...(await gpu.readBuffer('r'))];
  };
  assert.deepEqual(await draw(5), await draw(5));
  assert.notDeepEqual(await draw(5), await draw(6));
});

test('constructors of vectors', () => {
  assert.ok(vec4(1).equals(vec4(1, 1, 1, 1)));
  assert.throws(() => vec3(1, 2), /1 or 3 components, not 2/);
  assert.throws(() => vec2('1', 2), /takes numbers/);
});
