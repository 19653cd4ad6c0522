// Buffers and arrays as kernels see them: an index is rounded down, a read outside gives zero, a write outside is dropped,
// and an element is copied whenever it is read or stored.

import { componentCount, isVector, typeOf, vectorOf, zeroOf } from './vectors.js';

const SHAPE = Symbol('shape');
const ARRAY = Symbol('array');
const COMPONENTS = ['x', 'y', 'z', 'w'];

// How many floats an element takes, in memory and in what readBuffer gives.
export function floatsOf(type) {
  return [0, 1, 2, 4, 4][componentCount(type)];
}

export function elementCount(size) {
  return size.reduce((product, extent) => product * extent, 1);
}

export class Buffer {
  constructor(type, size) {
    this.type = type;
    this.size = size;
    this.data = new Float32Array(elementCount(size) * floatsOf(type));
    this.view = level(this, 0, 0);
  }

  // `flat` holds the components of all elements, without padding.
  fill(flat) {
    const components = componentCount(this.type);
    const floats = floatsOf(this.type);
    flat.forEach((value, index) => {
      this.data[Math.floor(index / components) * floats + (index % components)] = value;
    });
  }

  read(element) {
    if (this.type === 'number') {
      return element < 0 ? 0 : this.data[element];
    }
    const place = new Element(this.data, element * floatsOf(this.type));
    const components = COMPONENTS.slice(0, componentCount(this.type)).map((name) => place[name]);
    return vectorOf(components).copiedFrom(place);
  }

  write(element, value) {
    if (typeOf(value) !== this.type) {
      throw new TypeError(`a ${typeOf(value)} is stored in a buffer of ${this.type}`);
    }
    if (element < 0) {
      return;
    }
    if (this.type === 'number') {
      this.data[element] = value;
    } else {
      this.data.set(value.components(), element * floatsOf(this.type));
    }
  }
}

// The place of a vector in a buffer; a negative one is no place.
class Element {
  constructor(data, start) {
    this.data = data;
    this.start = start;
  }
}

COMPONENTS.forEach((name, index) => {
  Object.defineProperty(Element.prototype, name, {
    get() {
      return this.start < 0 ? 0 : this.data[this.start + index];
    },
    set(value) {
      if (this.start >= 0) {
        this.data[this.start + index] = value;
      }
    },
  });
});

// A buffer after `depth` indices. `position` is the flat index so far, negative once an index was out of range.
function level(buffer, depth, position) {
  return new Proxy(
    {},
    {
      get(_, key) {
        if (key === SHAPE) {
          return buffer.size.slice(depth);
        }
        const { next, at } = step(buffer, depth, position, key);
        return next === buffer.size.length ? buffer.read(at) : level(buffer, next, at);
      },
      set(_, key, value) {
        const { next, at } = step(buffer, depth, position, key);
        if (next !== buffer.size.length) {
          throw new TypeError('too few indices');
        }
        buffer.write(at, value);
        return true;
      },
    },
  );
}

function step(buffer, depth, position, key) {
  if (typeof key !== 'string') {
    throw new TypeError('too few indices');
  }
  const indices = (key.startsWith('vec:') ? key.slice(4).split(',') : [key]).map(toIndex);
  let at = position;
  let next = depth;
  for (const index of indices) {
    const extent = buffer.size[next];
    at = at >= 0 && index >= 0 && index < extent ? at * extent + index : -1;
    next += 1;
  }
  if (next > buffer.size.length) {
    throw new TypeError('too many indices');
  }
  return { next, at };
}

function toIndex(text) {
  if (!/^-?(\d|NaN|Infinity)/.test(text)) {
    throw new TypeError(`${text} is no index`);
  }
  return Math.floor(Number(text));
}

// `array([a, b])`, or `array(size, fill)` where the rewritten kernel passes the fill as a function.
export function array(first, fill) {
  const elements = Array.isArray(first)
    ? first.map(copy)
    : Array.from({ length: first }, () => (typeof fill === 'function' ? fill() : copy(fill)));
  const zero = zeroOf(typeOf(elements[0]));
  const valid = (index) => index >= 0 && index < elements.length;
  return new Proxy(elements, {
    get(_, key) {
      if (key === ARRAY) {
        return elements;
      }
      if (key === SHAPE) {
        return [elements.length];
      }
      const index = toIndex(key);
      const element = valid(index) ? elements[index] : zero;
      return isVector(element) ? element.copy().copiedFrom(valid(index) ? element : undefined) : element;
    },
    set(_, key, value) {
      if (typeOf(value) !== typeOf(zero)) {
        throw new TypeError(`a ${typeOf(value)} is stored in an array of ${typeOf(zero)}`);
      }
      const index = toIndex(key);
      if (valid(index)) {
        elements[index] = copy(value);
      }
      return true;
    },
  });
}

export function copy(value) {
  if (isVector(value)) {
    return value.copy();
  }
  const elements = typeof value === 'object' && value !== null ? value[ARRAY] : undefined;
  return elements ? array(elements) : value;
}

export function dim(thing) {
  const shape = thing[SHAPE];
  return shape.length === 1 ? shape[0] : vectorOf(shape);
}
