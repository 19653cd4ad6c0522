// The types of the public interface: what can be declared, and what kernels then see.

import type { GPUVec2, GPUVec3, GPUVec4 } from './vectors.js';

/** What one element of a buffer can be, by its name. */
export interface ElementTypes {
  number: number;
  vec2: GPUVec2;
  vec3: GPUVec3;
  vec4: GPUVec4;
}

/** The name of an element's type. */
export type ElementName = keyof ElementTypes;

/** One to three extents. The last one is contiguous in what `readBuffer` gives. */
export type Size = readonly [number] | readonly [number, number] | readonly [number, number, number];

/** A typed array of numbers, taken wherever nested arrays are: flat, packed as `readBuffer` gives it (a vec3 takes four). */
export type TypedArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array;

type Row<T> = readonly T[] | TypedArray;

/** The contents of a buffer whose elements are `T` and whose size is `S`: arrays nested like the size, or a typed array. */
export type BufferData<T = number | GPUVec2 | GPUVec3 | GPUVec4, S extends Size = Size> = S extends readonly [number]
  ? Row<T>
  : S extends readonly [number, number]
    ? readonly Row<T>[] | TypedArray
    : readonly (readonly Row<T>[])[] | TypedArray;

/** One buffer. */
export interface BufferSpec {
  /** What kernels call it: `inputs.buffers.NAME`. */
  readonly name: string;
  /** One to three positive integers. */
  readonly size: Size;
  /** What one element is; by default what `initialData` holds, or else `'number'`. */
  readonly type?: ElementName;
  /** What it holds at first; zeros by default. */
  readonly initialData?: BufferData;
}

/** The value of a uniform. Its first value fixes its type. */
export type UniformValue = number | boolean | GPUVec2 | GPUVec3 | GPUVec4;

/** Uniforms by their names. */
export type Uniforms = Readonly<Record<string, UniformValue>>;

/** Anything with a width and a height: an HTML canvas, or what `createCanvas` makes. */
export interface CanvasLike {
  readonly width: number;
  readonly height: number;
}

/** Who executes the kernels. */
export type BackendName = 'gpu' | 'cpu' | 'debug';

/** Which runs are computed by tuned texts. */
export type TunedRuns = 'never' | 'large' | 'always';

/** How an interface behaves. */
export interface GPUInterfaceOptions {
  /** Forces the CPU backend; the same as `backend: 'cpu'`. */
  readonly useCpu?: boolean;
  /** Accepted for compatibility: every thread has a random stream of its own. A positive integer, 65536 by default. */
  readonly numRandSeeds?: number;
  /** Picks who executes the kernels. By default the GPU, or the CPU where there is none. */
  readonly backend?: BackendName;
  /** Makes `Math.random()` in kernels repeatable on the GPU and the CPU: a non-negative integer. */
  readonly seed?: number;
  /** Picks the adapter: a part of its name in any case, or its index. */
  readonly adapter?: string;
  /**
   * Which runs a GPU computes by texts that are tuned for large runs (`explain` of a kernel says how). `'large'` by default, and `'never'` where
   * a driver computes on the CPU. Results are the same: others are for comparing and testing.
   */
  readonly tuned?: TunedRuns;
  /** Gets what the debug backend finds; by default it goes to `console.warn`. */
  readonly onReport?: (report: DebugReport) => void;
}

/** What the debug backend finds in a run: a place where results depend on luck or on a mistake. */
export interface DebugReport {
  /** An index outside of the buffer, an index that is NaN, or two threads at one element. */
  readonly kind: 'out-of-range' | 'nan-index' | 'race';
  /** All of it in a sentence. */
  readonly message: string;
  /** The buffer. */
  readonly buffer: string;
  /** The indices as they were given. */
  readonly index: readonly number[];
  /** The thread that did it. */
  readonly thread: readonly [number, number, number];
  /** The file of the kernel, where it is known, or a name for its text. */
  readonly file: string;
  /** The line in that file, or in the kernel's text, counted from 1; 0 where it is unknown. */
  readonly line: number;
}

/** What `readBuffer` reads, and where to. */
export interface ReadOptions {
  /** The first element, counted row by row; 0 by default. */
  readonly start?: number;
  /** The element after the last one; by default all from `start` on are read. */
  readonly end?: number;
  /** Where the floats go: exactly as many as are read, one for a number, 2 for a vec2, 4 for a vec3 or vec4. */
  readonly into?: Float32Array;
}

/** The adapter in words. */
export interface AdapterInfo {
  /** Its name. */
  readonly name: string;
  /** The driver's name and version. */
  readonly driver: string;
  /** The API behind it, such as `Vulkan`. */
  readonly api: string;
  /** `discrete`, `integrated`, `virtual`, `software` or `other`. */
  readonly kind: string;
}

/** A compiled kernel. */
export interface GPUKernel {
  /** Runs the kernel once for each thread id below the extents, positive integers. Returns at once. */
  run(x: number, y?: number, z?: number): void;
  /** The code it was compiled to, for people. */
  readonly source: string;
  /**
   * What the compiler found out about it and chose for it, in lines for people: which indices are checked, which loops need a guard, how
   * large runs are computed, and why not better. What it says may change. A page fetches the compiler that explains when it is first called.
   * A kernel that was compiled with the application is compiled again, on an interface that was not destroyed, and if a minifier has changed
   * its text it may be refused with a `KernelError`.
   */
  explain(): Promise<string>;
}

/** What `record` has recorded. */
export interface GPUCommandList {
  /** Calls everything that was recorded again, in the same order and so many times. Returns at once. */
  replay(times?: number): void;
}

/** An array of fixed length inside a kernel, made by `array`. */
export interface GPUArray<T extends UniformValue> {
  [index: number]: T;
}

type Widened<T> = T extends number ? number : T extends boolean ? boolean : T;

/** The type of the leaves of nested arrays. */
type Leaf<D> = D extends number
  ? number
  : D extends GPUVec2 | GPUVec3 | GPUVec4
    ? D
    : D extends TypedArray
      ? number
      : D extends readonly (infer E)[]
        ? Leaf<E>
        : never;

/** The type that all leaves have; never if they differ. */
type OneType<L> = [L] extends [number]
  ? number
  : [L] extends [GPUVec2]
    ? GPUVec2
    : [L] extends [GPUVec3]
      ? GPUVec3
      : [L] extends [GPUVec4]
        ? GPUVec4
        : never;

/** What one element of a declared buffer is. */
export type ElementOf<B> = B extends { readonly type: infer T extends ElementName }
  ? ElementTypes[T]
  : B extends { readonly initialData: infer D extends {} }
    ? OneType<Leaf<D>>
    : number;

/** A declared buffer as kernels see it: as many indices as it has extents. */
export type BufferInput<T, S> = S extends readonly [number, number, number]
  ? { [x: number]: { [y: number]: { [z: number]: T } } }
  : S extends readonly [number, number]
    ? { [x: number]: { [y: number]: T } }
    : S extends readonly [number]
      ? { [x: number]: T }
      : any;

/** The buffer called `N`. */
export type BufferNamed<B extends readonly BufferSpec[], N extends string> = Extract<B[number], { readonly name: N }>;

/** What a buffer called `N` takes. */
export type DataFor<B extends readonly BufferSpec[], N extends string> = string extends B[number]['name']
  ? BufferData
  : BufferData<ElementOf<BufferNamed<B, N>>, BufferNamed<B, N>['size']>;

/** Requires that `initialData` agrees with `type` and `size`. */
export type Checked<B> = B extends { readonly size: infer S extends Size; readonly initialData: infer D extends {} }
  ? D extends BufferData<ElementOf<B>, S>
    ? B
    : Omit<B, 'initialData'> & { readonly initialData: BufferData<ElementOf<B>, S> }
  : B;

/** The parameter of a kernel. */
export interface KernelInputs<B extends readonly BufferSpec[] = readonly BufferSpec[], U extends Uniforms = any, C = any> {
  /** The buffers by their names. */
  readonly buffers: string extends B[number]['name']
    ? any
    : { readonly [S in B[number] as S['name']]: BufferInput<ElementOf<S>, S['size']> };
  /** The uniforms by their names; read-only. */
  readonly uniforms: { readonly [K in keyof U]: Widened<U[K]> };
  /** Which thread this is; read-only. */
  readonly threadId: GPUVec3;
  /** Whether kernels run on the CPU backend. */
  readonly usingCpu: boolean;
  /** The canvas, where one was given. */
  readonly canvas: C extends CanvasLike ? CanvasInput : unknown extends C ? CanvasInput : never;
}

/** The canvas as kernels see it. */
export interface CanvasInput {
  /** Width and height in pixels. */
  readonly size: GPUVec2;
  /** Paints a pixel; (0, 0) is at the top left, colours go from 0 to 255. */
  setPixel(x: number, y: number, r: number, g: number, b: number): void;
  setPixel(position: GPUVec2, r: number, g: number, b: number): void;
  setPixel(x: number, y: number, color: GPUVec3): void;
  setPixel(position: GPUVec2, color: GPUVec3): void;
}

/** New values for some of the uniforms `U`. */
export type UniformUpdate<U extends Uniforms> = { readonly [K in keyof U]?: Widened<U[K]> };
