// The vectors of the documented API, computed in double precision. Methods return new vectors; components can be assigned.

const COMPONENTS = ['x', 'y', 'z', 'w'];

const COMPONENTWISE = [
  'abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'ceil', 'cos', 'cosh', 'exp', 'floor', 'log', 'log2',
  'round', 'sign', 'sin', 'sinh', 'sqrt', 'tan', 'tanh', 'trunc',
];
const COMPONENTWISE_OF_TWO = ['atan2', 'max', 'min', 'pow'];

class Vector {
  #reference;

  components() {
    return COMPONENTS.slice(0, this.size).map((name) => this[name]);
  }

  map(change) {
    return make(this.components().map(change));
  }

  zip(other, combine) {
    if (!(other instanceof Vector) || other.size !== this.size) {
      throw new TypeError(`expected a ${this.type}`);
    }
    const theirs = other.components();
    return make(this.components().map((mine, index) => combine(mine, theirs[index])));
  }

  plus(other) {
    return this.zip(other, (a, b) => a + b);
  }

  minus(other) {
    return this.zip(other, (a, b) => a - b);
  }

  times(other) {
    return typeof other === 'number' ? this.map((a) => a * other) : this.zip(other, (a, b) => a * b);
  }

  div(other) {
    return typeof other === 'number' ? this.map((a) => a / other) : this.zip(other, (a, b) => a / b);
  }

  dot(other) {
    return this.times(other).components().reduce((sum, part) => sum + part, 0);
  }

  dist(other) {
    return this.minus(other).length();
  }

  length() {
    return Math.sqrt(this.dot(this));
  }

  normalized() {
    return this.div(this.length());
  }

  equals(other) {
    return this.zip(other, (a, b) => (a === b ? 1 : 0)).components().every((same) => same === 1);
  }

  notEquals(other) {
    return !this.equals(other);
  }

  copy() {
    return make(this.components());
  }

  // The text that a buffer sees when it is indexed by a vector.
  toString() {
    return `vec:${this.components().join(',')}`;
  }

  // Remembers the element that this vector is a copy of, so that `buffer[i].x = 1` can reach it.
  copiedFrom(element) {
    this.#reference = element;
    return this;
  }

  get hpc__element() {
    return this.#reference ?? this;
  }
}

for (const name of COMPONENTWISE) {
  Vector.prototype[name] = function () {
    return this.map((value) => Math[name](value));
  };
}
for (const name of COMPONENTWISE_OF_TWO) {
  Vector.prototype[name] = function (other) {
    return this.zip(other, (a, b) => Math[name](a, b));
  };
}

export class GPUVec2 extends Vector {
  constructor(x, y) {
    super();
    this.x = x;
    this.y = y;
    this.type = 'vec2';
  }

  get size() {
    return 2;
  }

  cplxTimes(other) {
    return vec2(this.x * other.x - this.y * other.y, this.x * other.y + this.y * other.x);
  }

  cplxDiv(other) {
    return this.cplxTimes(other.cplxConj()).div(other.dot(other));
  }

  cplxConj() {
    return vec2(this.x, -this.y);
  }
}

export class GPUVec3 extends Vector {
  constructor(x, y, z) {
    super();
    this.x = x;
    this.y = y;
    this.z = z;
    this.type = 'vec3';
  }

  get size() {
    return 3;
  }

  cross(other) {
    return vec3(
      this.y * other.z - this.z * other.y,
      this.z * other.x - this.x * other.z,
      this.x * other.y - this.y * other.x,
    );
  }
}

export class GPUVec4 extends Vector {
  constructor(x, y, z, w) {
    super();
    this.x = x;
    this.y = y;
    this.z = z;
    this.w = w;
    this.type = 'vec4';
  }

  get size() {
    return 4;
  }
}

const CLASSES = { 2: GPUVec2, 3: GPUVec3, 4: GPUVec4 };

function make(components) {
  return new CLASSES[components.length](...components);
}

// Every word of two to four of a class's letters reads those components.
for (const [size, vectorClass] of Object.entries(CLASSES)) {
  const letters = COMPONENTS.slice(0, Number(size));
  let words = letters;
  for (let length = 2; length <= 4; length++) {
    words = words.flatMap((word) => letters.map((letter) => word + letter));
    for (const word of words) {
      Object.defineProperty(vectorClass.prototype, word, {
        get() {
          return make([...word].map((letter) => this[letter]));
        },
      });
    }
  }
}

function construct(size, parts) {
  const components = parts.flatMap((part) => (part instanceof Vector ? part.components() : [part]));
  if (components.some((component) => typeof component !== 'number')) {
    throw new TypeError(`vec${size} takes numbers`);
  }
  if (components.length === 1) {
    return make(Array(size).fill(components[0]));
  }
  if (components.length !== size) {
    throw new TypeError(`vec${size} takes 1 or ${size} components, not ${components.length}`);
  }
  return make(components);
}

export function vec2(...parts) {
  return construct(2, parts);
}

export function vec3(...parts) {
  return construct(3, parts);
}

export function vec4(...parts) {
  return construct(4, parts);
}

export function isVector(value) {
  return value instanceof Vector;
}

// 'number', 'boolean', 'vec2', 'vec3' or 'vec4'; undefined for anything else.
export function typeOf(value) {
  if (isVector(value)) {
    return value.type;
  }
  return ['number', 'boolean'].includes(typeof value) ? typeof value : undefined;
}

export function componentCount(type) {
  return type.startsWith('vec') ? Number(type[3]) : 1;
}

export function zeroOf(type) {
  if (type === 'boolean') {
    return false;
  }
  return type === 'number' ? 0 : make(Array(componentCount(type)).fill(0));
}

export function vectorOf(components) {
  return make(components);
}
