// The documented GPUInterface in plain JavaScript: kernels are called as ordinary functions, thread by thread, at once.

import { compile } from './kernel.js';
import { Buffer, elementCount } from './memory.js';
import { componentCount, typeOf, vec2, vec3, vectorOf } from './vectors.js';

const BUFFER_TYPES = ['number', 'vec2', 'vec3', 'vec4'];
const IDENTIFIER = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;

let observer = { started() {}, called() {} };

// Whoever records what programs do is told of every interface and call.
export function observe(newObserver) {
  observer = newObserver;
}

export class GPUInterface {
  isInitialized = false;
  #buffers = new Map();
  #uniforms = {};
  #pixels;
  #shown;
  #size;

  constructor({ buffers = [], uniforms = {}, canvas, options = {} } = {}) {
    this.useCpu = options.useCpu ?? false;
    this.numRandSeeds = options.numRandSeeds ?? 65536;
    this.canvas = canvas;
    if (!Number.isInteger(this.numRandSeeds) || this.numRandSeeds <= 0) {
      throw new RangeError('numRandSeeds must be a positive integer');
    }
    const specs = buffers.map((spec) => checkBuffer(spec));
    for (const { name, type, size, flat } of specs) {
      if (this.#buffers.has(name)) {
        throw new Error(`two buffers are called ${name}`);
      }
      this.#buffers.set(name, new Buffer(type, size));
      this.#buffers.get(name).fill(flat);
    }
    this.#uniforms = checkUniforms(uniforms);
    if (canvas) {
      this.#size = vec2(canvas.width, canvas.height);
      this.#pixels = blackPixels(canvas);
      // A canvas that nobody has drawn on is transparent.
      this.#shown = new Uint8ClampedArray(this.#pixels.length);
    }
    observer.started(this, { buffers: specs, uniforms: this.#uniforms, canvas, options });
  }

  get backendType() {
    if (!this.isInitialized) {
      return 'uninitialized';
    }
    return this.useCpu ? 'cpu' : 'gpu';
  }

  async initialize() {
    this.isInitialized = true;
    return this;
  }

  // `source` stands for the text of `kernel` where that cannot be called directly.
  async createKernel(kernel, { source } = {}) {
    const text = source ?? kernel.toString();
    this.#call({ do: 'createKernel', source: text }, () => {});
    const run = source === undefined ? compile(text) : kernel;
    return { source: text, run: (...extents) => this.#run(run, text, extents) };
  }

  // Records that a kernel must be refused with this code; plain JavaScript would accept it.
  async rejects(kernel, code, { source } = {}) {
    const text = source ?? kernel.toString();
    observer.called(this, { do: 'createKernel', source: text }, { error: new Error(code) });
  }

  #run(kernel, source, extents) {
    this.#call({ do: 'run', source, extents }, () => {
      const [x, y = 1, z = 1] = extents;
      for (const extent of [x, y, z]) {
        if (!Number.isInteger(extent) || extent <= 0) {
          throw new RangeError('run takes positive integers');
        }
      }
      const inputs = this.#inputs();
      for (let i = 0; i < x; i++) {
        for (let j = 0; j < y; j++) {
          for (let k = 0; k < z; k++) {
            inputs.threadId = vec3(i, j, k);
            kernel(inputs);
          }
        }
      }
    });
  }

  #inputs() {
    const buffers = {};
    for (const [name, buffer] of this.#buffers) {
      buffers[name] = buffer.view;
    }
    const uniforms = {};
    for (const [name, value] of Object.entries(this.#uniforms)) {
      Object.defineProperty(uniforms, name, { get: () => (typeof value === 'object' ? value.copy() : value) });
    }
    const inputs = { buffers, uniforms, usingCpu: this.useCpu };
    if (this.canvas) {
      inputs.canvas = { size: this.#size, setPixel: (...parts) => this.#setPixel(parts) };
    }
    return inputs;
  }

  #setPixel(parts) {
    const numbers = parts.flatMap((part) => (typeof part === 'object' ? part.components() : [part]));
    if (numbers.length !== 5) {
      throw new TypeError('setPixel takes a position and a colour');
    }
    const [x, y, ...color] = numbers.map(Math.floor);
    const { width, height } = this.canvas;
    if (x >= 0 && x < width && y >= 0 && y < height) {
      // A clamped array turns NaN into 0.
      this.#pixels.set(color, (y * width + x) * 4);
    }
  }

  setUniforms(values) {
    this.#call({ do: 'setUniforms', values: { ...values } }, () => {
      for (const [name, value] of Object.entries(values)) {
        if (!Object.hasOwn(this.#uniforms, name)) {
          throw new Error(`there is no uniform called ${name}`);
        }
        if (typeOf(value) !== typeOf(this.#uniforms[name])) {
          throw new TypeError(`${name} is a ${typeOf(this.#uniforms[name])}`);
        }
      }
      Object.assign(this.#uniforms, checkUniforms(values));
    });
  }

  // `tolerance` is how closely a device must agree; the documented API has no such argument.
  async readBuffer(name, tolerance) {
    return this.#call({ do: 'readBuffer', name, tolerance }, () => this.#buffer(name).data.slice());
  }

  // Records what reading the buffer must give where plain JavaScript cannot tell.
  async expect(name, values, tolerance) {
    const expected = values.flatMap((value) => (typeof value === 'object' ? value.components() : [value]));
    return this.#call({ do: 'readBuffer', name, tolerance }, () => {
      const buffer = new Buffer(this.#buffer(name).type, this.#buffer(name).size);
      const count = elementCount(buffer.size) * componentCount(buffer.type);
      if (expected.length !== count) {
        throw new Error(`${name} has ${count} components, not ${expected.length}`);
      }
      buffer.fill(expected);
      return buffer.data;
    });
  }

  unmapBuffer(name) {
    this.#call({ do: 'unmapBuffer', name }, () => void this.#buffer(name));
  }

  writeBuffer(name, data) {
    const flat = flatten(data);
    this.#call({ do: 'writeBuffer', name, data: flat, shape: shapeOf(data) }, () => {
      const buffer = this.#buffer(name);
      checkData(flat, shapeOf(data), buffer.type, buffer.size);
      buffer.fill(flat.components);
    });
  }

  copyBuffer(from, to) {
    this.#call({ do: 'copyBuffer', from, to }, () => {
      const source = this.#buffer(from);
      const target = this.#buffer(to);
      if (source.type !== target.type || source.size.join() !== target.size.join()) {
        throw new Error(`${from} and ${to} differ in type or size`);
      }
      target.data.set(source.data);
    });
  }

  updateCanvas() {
    this.#call({ do: 'updateCanvas' }, () => {
      if (!this.canvas) {
        throw new Error('no canvas was given');
      }
      this.#shown.set(this.#pixels);
    });
  }

  // The pixels that the canvas shows, red, green, blue and alpha from the top left; the documented API has no such call.
  async readCanvas(tolerance) {
    return this.#call({ do: 'readCanvas', tolerance }, () => this.#shown.slice());
  }

  async expectCanvas(values, tolerance) {
    return this.#call({ do: 'readCanvas', tolerance }, () => Uint8ClampedArray.from(values));
  }

  #buffer(name) {
    const buffer = this.#buffers.get(name);
    if (!buffer) {
      throw new Error(`there is no buffer called ${name}`);
    }
    return buffer;
  }

  #call(step, act) {
    if (!this.isInitialized) {
      throw new Error('GPUInterface not initialized');
    }
    try {
      const result = act();
      observer.called(this, step, { result });
      return result;
    } catch (error) {
      observer.called(this, step, { error });
      throw error;
    }
  }
}

function blackPixels({ width, height }) {
  return Uint8ClampedArray.from({ length: width * height * 4 }, (_, index) => (index % 4 === 3 ? 255 : 0));
}

function checkBuffer({ name, size, type, initialData }) {
  if (!IDENTIFIER.test(name) || name.startsWith('hpc__')) {
    throw new Error(`${name} cannot be the name of a buffer`);
  }
  if (!Array.isArray(size) || size.length < 1 || size.length > 3) {
    throw new Error(`${name} has one to three extents`);
  }
  if (size.some((extent) => !Number.isInteger(extent) || extent <= 0)) {
    throw new RangeError(`${name} has extents that are not positive integers`);
  }
  if (type !== undefined && !BUFFER_TYPES.includes(type)) {
    throw new TypeError(`${type} cannot be the type of a buffer`);
  }
  if (initialData === undefined) {
    return { name, size, type: type ?? 'number', flat: [] };
  }
  const data = flatten(initialData);
  checkData(data, shapeOf(initialData), type ?? data.type, size);
  return { name, size, type: data.type, flat: data.components };
}

function checkData(data, shape, type, size) {
  if (data.type !== type || !BUFFER_TYPES.includes(type)) {
    throw new TypeError(`the data are ${data.type}, the buffer is ${type}`);
  }
  if (shape === undefined || shape.join() !== size.join()) {
    throw new RangeError(`the shape of the data is not ${size}`);
  }
}

// The components of all leaves and their type, 'mixed' if they differ.
function flatten(data) {
  const leaves = [data].flat(Infinity);
  const leafTypes = new Set(leaves.map(typeOf));
  return {
    type: leafTypes.size === 1 ? [...leafTypes][0] : 'mixed',
    components: leaves.flatMap((leaf) => (typeOf(leaf)?.startsWith('vec') ? leaf.components() : [leaf])),
  };
}

// The extents of nested arrays; undefined if they are ragged.
function shapeOf(data) {
  if (!Array.isArray(data)) {
    return [];
  }
  const inner = data.map(shapeOf);
  const regular = inner.every((shape) => shape !== undefined && shape.join() === inner[0].join());
  return regular ? [data.length, ...(inner[0] ?? [])] : undefined;
}

function checkUniforms(uniforms) {
  return Object.fromEntries(
    Object.entries(uniforms).map(([name, value]) => {
      if (typeOf(value) === undefined) {
        throw new TypeError(`${name} is neither number, boolean nor vector`);
      }
      if (typeof value === 'object') {
        return [name, vectorOf(value.components().map(Math.fround))];
      }
      return [name, typeof value === 'number' ? Math.fround(value) : value];
    }),
  );
}
