// The vectors of kernels, on the host: the same operations, in double precision. Methods return new vectors.

const COMPONENTS = ['x', 'y', 'z', 'w'] as const;

const UNARY = [
  'abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'ceil', 'cos', 'cosh', 'exp', 'floor', 'log', 'log2',
  'round', 'sign', 'sin', 'sinh', 'sqrt', 'tan', 'tanh', 'trunc',
] as const;
const BINARY = ['atan2', 'max', 'min', 'pow'] as const;

/** What vectors of every size can do. The functions of `Math` are applied to each component. */
export interface VectorMethods<V>
  extends Record<(typeof UNARY)[number], () => V>,
    Record<(typeof BINARY)[number], (other: V) => V> {
  /** The sum, component by component. */
  plus(other: V): V;
  /** The difference, component by component. */
  minus(other: V): V;
  /** The product with a number, or component by component. */
  times(other: V | number): V;
  /** The quotient by a number, or component by component. */
  div(other: V | number): V;
  /** The dot product. */
  dot(other: V): number;
  /** The Euclidean distance. */
  dist(other: V): number;
  /** The Euclidean length. */
  length(): number;
  /** The vector of length 1 in the same direction; NaN for a zero vector. */
  normalized(): V;
  /** Whether all components are equal. */
  equals(other: V): boolean;
  /** Whether some component differs. */
  notEquals(other: V): boolean;
}

/** Two to four letters of the components that exist, repeats allowed: `v.xy`, `v.zyy`. Read-only. */
export type Swizzles<L extends string> = { readonly [K in `${L}${L}`]: GPUVec2 } & {
  readonly [K in `${L}${L}${L}`]: GPUVec3;
} & { readonly [K in `${L}${L}${L}${L}`]: GPUVec4 };

/** Two numbers; also a complex number with the real part `x` and the imaginary part `y`. */
export class GPUVec2 {
  readonly type = 'vec2' as const;

  constructor(
    public x: number,
    public y: number,
  ) {
    requireNumbers('GPUVec2', [x, y]);
  }

  /** The complex product. */
  cplxTimes(other: GPUVec2): GPUVec2 {
    const { x, y } = sameType(this, other, 'cplxTimes');
    return new GPUVec2(this.x * x - this.y * y, this.x * y + this.y * x);
  }

  /** The complex quotient. */
  cplxDiv(other: GPUVec2): GPUVec2 {
    return this.cplxTimes(sameType(this, other, 'cplxDiv').cplxConj()).div(other.dot(other));
  }

  /** The complex conjugate. */
  cplxConj(): GPUVec2 {
    return new GPUVec2(this.x, -this.y);
  }
}
export interface GPUVec2 extends VectorMethods<GPUVec2>, Swizzles<'x' | 'y'> {}

/** Three numbers. */
export class GPUVec3 {
  readonly type = 'vec3' as const;

  constructor(
    public x: number,
    public y: number,
    public z: number,
  ) {
    requireNumbers('GPUVec3', [x, y, z]);
  }

  /** The cross product, right-handed. */
  cross(other: GPUVec3): GPUVec3 {
    const { x, y, z } = sameType(this, other, 'cross');
    return new GPUVec3(this.y * z - this.z * y, this.z * x - this.x * z, this.x * y - this.y * x);
  }
}
export interface GPUVec3 extends VectorMethods<GPUVec3>, Swizzles<'x' | 'y' | 'z'> {}

/** Four numbers. */
export class GPUVec4 {
  readonly type = 'vec4' as const;

  constructor(
    public x: number,
    public y: number,
    public z: number,
    public w: number,
  ) {
    requireNumbers('GPUVec4', [x, y, z, w]);
  }
}
export interface GPUVec4 extends VectorMethods<GPUVec4>, Swizzles<'x' | 'y' | 'z' | 'w'> {}

/** A vector of any size. */
export type GPUVector = GPUVec2 | GPUVec3 | GPUVec4;

/** `vec2(s)` repeats a number, `vec2(x, y)` lists the components; vectors count as their components. */
export function vec2(...parts: [number] | [number, number] | [GPUVec2]): GPUVec2 {
  return construct(2, parts) as GPUVec2;
}

/** `vec3(s)` repeats a number, `vec3(x, y, z)` lists the components; vectors count as their components. */
export function vec3(
  ...parts: [number] | [number, number, number] | [GPUVec2, number] | [number, GPUVec2] | [GPUVec3]
): GPUVec3 {
  return construct(3, parts) as GPUVec3;
}

/** `vec4(s)` repeats a number, `vec4(x, y, z, w)` lists the components; vectors count as their components. */
export function vec4(
  ...parts:
    | [number]
    | [number, number, number, number]
    | [GPUVec2, number, number]
    | [number, GPUVec2, number]
    | [number, number, GPUVec2]
    | [GPUVec2, GPUVec2]
    | [GPUVec3, number]
    | [number, GPUVec3]
    | [GPUVec4]
): GPUVec4 {
  return construct(4, parts) as GPUVec4;
}

// A program can hold two copies of this package, as ESM and as CommonJS: a vector is known by its fields.
export function isVector(value: unknown): value is GPUVector {
  const vector = value as GPUVector | null;
  return typeof value === 'object' && vector !== null && /^vec[234]$/.test(vector.type) && typeof vector.x === 'number';
}

export function componentsOf(vector: GPUVector): number[] {
  switch (vector.type) {
    case 'vec2':
      return [vector.x, vector.y];
    case 'vec3':
      return [vector.x, vector.y, vector.z];
    case 'vec4':
      return [vector.x, vector.y, vector.z, vector.w];
  }
}

export function vectorOf(components: readonly number[]): GPUVector {
  const [x, y, z, w] = components as [number, number, number, number];
  return components.length === 2 ? new GPUVec2(x, y) : components.length === 3 ? new GPUVec3(x, y, z) : new GPUVec4(x, y, z, w);
}

function construct(count: number, parts: readonly (number | GPUVector)[]): GPUVector {
  const components = parts.flatMap((part) => (isVector(part) ? componentsOf(part) : [part]));
  requireNumbers(`vec${count}`, components);
  if (parts.length === 1 && components.length === 1) {
    return vectorOf(Array<number>(count).fill(components[0]!));
  }
  if (components.length !== count) {
    throw new TypeError(`vec${count} takes 1 or ${count} components, not ${components.length}`);
  }
  return vectorOf(components);
}

function requireNumbers(what: string, components: readonly unknown[]): void {
  for (const component of components) {
    if (typeof component !== 'number') {
      throw new TypeError(`${what} takes numbers, not ${describe(component)}`);
    }
  }
}

function sameType<V extends GPUVector>(vector: V, other: V, method: string): V {
  if (!isVector(other) || other.type !== vector.type) {
    throw new TypeError(`${method} of a ${vector.type} takes a ${vector.type}, not ${describe(other)}`);
  }
  return other;
}

function describe(value: unknown): string {
  return isVector(value) ? `a ${value.type}` : value === undefined ? 'nothing' : value === null ? 'null' : `a ${typeof value}`;
}

type Combine = (mine: number, theirs: number) => number;

function zip(vector: GPUVector, other: GPUVector, combine: Combine): GPUVector {
  const theirs = componentsOf(other);
  return vectorOf(componentsOf(vector).map((mine, index) => combine(mine, theirs[index]!)));
}

function addMethod(name: string, body: (this: GPUVector, other: never) => unknown): void {
  for (const vectorClass of [GPUVec2, GPUVec3, GPUVec4]) {
    Object.defineProperty(vectorClass.prototype, name, { value: body, writable: true, configurable: true });
  }
}

function addBinary(name: string, combine: Combine, takesNumber = false): void {
  addMethod(name, function (other: GPUVector | number) {
    if (takesNumber && typeof other === 'number') {
      return vectorOf(componentsOf(this).map((mine) => combine(mine, other)));
    }
    return zip(this, sameType(this, other as GPUVector, name), combine);
  });
}

function addMethods(): void {
  for (const name of UNARY) {
    addMethod(name, function () {
      return vectorOf(componentsOf(this).map((value) => Math[name](value)));
    });
  }
  for (const name of BINARY) {
    addBinary(name, (mine, theirs) => Math[name](mine, theirs));
  }
  addBinary('plus', (mine, theirs) => mine + theirs);
  addBinary('minus', (mine, theirs) => mine - theirs);
  addBinary('times', (mine, theirs) => mine * theirs, true);
  addBinary('div', (mine, theirs) => mine / theirs, true);
  addMethod('dot', function (other: GPUVector) {
    return componentsOf(zip(this, sameType(this, other, 'dot'), (mine, theirs) => mine * theirs)).reduce((sum, part) => sum + part);
  });
  addMethod('dist', function (other: GPUVector) {
    return zip(this, sameType(this, other, 'dist'), (mine, theirs) => mine - theirs).length();
  });
  addMethod('length', function () {
    return Math.sqrt((this as GPUVec2).dot(this as GPUVec2));
  });
  addMethod('normalized', function () {
    return this.div(this.length());
  });
  addMethod('equals', function (other: GPUVector) {
    const theirs = componentsOf(sameType(this, other, 'equals'));
    return componentsOf(this).every((mine, index) => mine === theirs[index]);
  });
  addMethod('notEquals', function (other: GPUVector) {
    const theirs = componentsOf(sameType(this, other, 'notEquals'));
    return componentsOf(this).some((mine, index) => mine !== theirs[index]);
  });
  addMethod('toString', function () {
    return `${this.type}(${componentsOf(this).join(', ')})`;
  });
}

function addSwizzles(vectorClass: { prototype: object }, letters: readonly string[]): void {
  let words = letters;
  for (let length = 2; length <= 4; length++) {
    words = words.flatMap((word) => letters.map((letter) => word + letter));
    for (const word of words) {
      Object.defineProperty(vectorClass.prototype, word, {
        get(this: Record<string, number>) {
          return vectorOf([...word].map((letter) => this[letter]!));
        },
        configurable: true,
      });
    }
  }
}

addMethods();
addSwizzles(GPUVec2, COMPONENTS.slice(0, 2));
addSwizzles(GPUVec3, COMPONENTS.slice(0, 3));
addSwizzles(GPUVec4, COMPONENTS);
