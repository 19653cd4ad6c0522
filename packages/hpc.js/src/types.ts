// The types of the public interface: what can be declared, and what its methods take and give.

import type { GPUIntegerVector, GPUVec2i, GPUVec2u, GPUVec3i, GPUVec3u, GPUVec4i, GPUVec4u } from './integer_vectors.js';
import type { GPUVec2, GPUVec3, GPUVec4, GPUVector } from './vectors.js';

/** What one element of a buffer is in kernels, by the name of its type. */
export interface ElementTypes {
  /** A number, kept as a single. */
  number: number;
  /** An integer from -2^31 to 2^31 - 1. */
  i32: number;
  /** An integer from 0 to 2^32 - 1. */
  u32: number;
  /** An integer from -32768 to 32767. */
  i16: number;
  /** An integer from 0 to 65535. */
  u16: number;
  /** An integer from -128 to 127. */
  i8: number;
  /** An integer from 0 to 255. */
  u8: number;
  /** An integer from 0 to 255, to which what is stored is clamped and rounded, ties to even. */
  'u8-clamped': number;
  /** A number, kept as a half. */
  f16: number;
  /** A number as JavaScript keeps it. */
  f64: number;
  /** `true` or `false`, kept as a byte that is 1 or 0. */
  boolean: boolean;
  /** Two singles. */
  vec2: GPUVec2;
  /** Three singles, kept in four. */
  vec3: GPUVec3;
  /** Four singles. */
  vec4: GPUVec4;
  /** Two integers of 32 bits with a sign. */
  vec2i: GPUVec2i;
  /** Three integers of 32 bits with a sign, kept in four. */
  vec3i: GPUVec3i;
  /** Four integers of 32 bits with a sign. */
  vec4i: GPUVec4i;
  /** Two integers of 32 bits without a sign. */
  vec2u: GPUVec2u;
  /** Three integers of 32 bits without a sign, kept in four. */
  vec3u: GPUVec3u;
  /** Four integers of 32 bits without a sign. */
  vec4u: GPUVec4u;
}

/** The name of an element's type. */
export type ElementName = keyof ElementTypes;

// The library of TypeScript may be older than Float16Array.
type DeclaredHalves = typeof globalThis extends { Float16Array: { prototype: infer A } } ? A : never;

/** Halves: a `Float16Array`, or where the engine has none a `Float32Array` with their values. */
export type HalfArray = DeclaredHalves | Float32Array;

/**
 * What `readBuffer` gives, by the name of the elements' type: packed row by row, a vector of three in four components of which the last is
 * zero.
 */
export interface ElementArrays {
  number: Float32Array;
  i32: Int32Array;
  u32: Uint32Array;
  i16: Int16Array;
  u16: Uint16Array;
  i8: Int8Array;
  u8: Uint8Array;
  'u8-clamped': Uint8ClampedArray;
  f16: HalfArray;
  f64: Float64Array;
  /** Bytes that are 0 or 1. */
  boolean: Uint8Array;
  vec2: Float32Array;
  vec3: Float32Array;
  vec4: Float32Array;
  vec2i: Int32Array;
  vec3i: Int32Array;
  vec4i: Int32Array;
  vec2u: Uint32Array;
  vec3u: Uint32Array;
  vec4u: Uint32Array;
}

/** A typed array of numbers: what `readBuffer` gives where the type of the elements is not known. */
export type TypedArray = ElementArrays[ElementName];

/** One to three extents. The last one is contiguous in what `readBuffer` gives. */
export type Size = readonly [number] | readonly [number, number] | readonly [number, number, number];

/** The typed arrays that a buffer takes: those that it is read as; those of singles take every one, those of halves singles too. */
export type ArrayFor<N extends ElementName> = N extends 'number' | 'vec2' | 'vec3' | 'vec4' ? TypedArray : ElementArrays[N];

type Row<N extends ElementName> = readonly ElementTypes[N][] | ArrayFor<N>;

/** The contents of a buffer whose elements are called `N` and whose size is `S`: arrays nested like the size, or a typed array. */
export type BufferData<N extends ElementName = ElementName, S extends Size = Size> = S extends readonly [number]
  ? Row<N>
  : S extends readonly [number, number]
    ? readonly Row<N>[] | ArrayFor<N>
    : readonly (readonly Row<N>[])[] | ArrayFor<N>;

/** The type of a field of objects: the name of an element's type, the fields of an object in it, or `[type, length]` for an array. */
export type FieldType = ElementName | RecordType | readonly [FieldType, number];

/** The types of the fields of objects, by their names. */
export interface RecordType {
  readonly [field: string]: FieldType;
}

/** A buffer's contents as objects in arrays nested like the size, or as one object of columns. */
export type RecordData = readonly (object | readonly (object | readonly object[])[])[] | object;

/** One buffer. */
export interface BufferSpec {
  /** What kernels call it: `inputs.buffers.NAME`. */
  readonly name: string;
  /** One to three positive integers. */
  readonly size: Size;
  /**
   * What one element is: the name of a type, or for objects their fields, such as `{ position: 'vec2', age: 'i32', trail: ['vec2', 8] }`. By
   * default what `initialData` holds, or else `'number'`.
   */
  readonly type?: ElementName | RecordType;
  /** What it holds at first; zeros by default. */
  readonly initialData?: BufferData | RecordData;
  /**
   * Whether `resizeBuffer` may change its size: kernels learn it when they run. The sizes of others are constants in kernels, which makes these
   * faster. `false` by default; what `createBuffer` makes can always be resized.
   */
  readonly resizable?: boolean;
}

/** A value with a type of its own in kernels. */
export type KernelValue = number | boolean | GPUVector | GPUIntegerVector;

/** The numbers of a uniform that kernels index: a list, or a typed array whose elements they are exactly. */
export type UniformArray = readonly number[] | Exclude<TypedArray, Uint8ClampedArray>;

/** The value of a uniform. Its first value fixes its type, and of an array its length. */
export type UniformValue = KernelValue | UniformArray;

/** Uniforms by their names. */
export type Uniforms<U = any> = { readonly [K in keyof U]-?: UniformValue };

/** A constant that is handed to a kernel: an array becomes a table of elements of one type. */
export type KernelConstant = KernelValue | TypedArray | Table | readonly (Table | TypedArray)[] | readonly (readonly (Table | TypedArray)[])[];

type Table = readonly number[] | readonly boolean[] | readonly (GPUVector | GPUIntegerVector)[];

/** Constants by the names that the kernel calls them. */
export type KernelConstants<C = any> = { readonly [K in keyof C]: KernelConstant };

/** What `createKernel` takes besides the function. */
export interface KernelOptions<C extends KernelConstants<C> = any> {
  /**
   * What the kernel and its functions see under these names: `createKernel(kernel, { constants: { N, palette } })`. They are compiled into
   * it, so that they can be sizes of arrays and bounds of loops; what changes from run to run is a uniform.
   */
  readonly constants?: C;
}

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
  /**
   * How many rounds a thread may make in loops that are not known to end (`while (error > 1e-6)`, `for (;;)`), all of them together: an integer
   * up to 2^32 - 1, 2^24 by default. A run with a thread that makes more is stopped: what waits behind it (`readBuffer`, `readCanvas`,
   * `onSubmittedWorkDone`) rejects with an error of the code `LoopLimit`, and everything else goes on. Loops that count are known to end, and
   * may make as many rounds as they like. The debug backend does not count.
   */
  readonly loopLimit?: number;
  /**
   * How many milliseconds the work that a GPU gets at once should take. Longer runs are cut into slices by what earlier ones took, so that
   * watchdogs of desktops (two seconds on Windows) do not reset the device, and the page goes on. A few milliseconds cost little. 0 by
   * default: runs are not cut.
   */
  readonly slice?: number;
  /**
   * Brings the interface back on a new device by itself when its device was lost: kernels and lists run again, uniforms are as they were
   * set, and buffers hold what they held at the last `checkpoint()`, or zeros. What waited when it was lost rejects, and calls that run or write
   * something throw until it is back, with the code `DeviceLost`; promises that are asked for meanwhile wait. `false` by default.
   */
  readonly recover?: boolean;
  /** Called when the interface has come back, before anything goes on that waited for it. */
  readonly onRecover?: (event: RecoveryEvent) => void;
  /** Gets what the debug backend finds; by default it goes to `console.warn`. */
  readonly onReport?: (report: DebugReport) => void;
}

/** How an interface came back from a lost device. */
export interface RecoveryEvent {
  /** Why the device was lost, as the driver or browser says it. */
  readonly reason: string;
  /** The buffers that hold what they held at the last checkpoint. */
  readonly restored: readonly string[];
  /** The buffers whose contents are lost: they hold zeros. */
  readonly lost: readonly string[];
}

/** What the debug backend finds in a run: a place where results depend on luck or on a mistake. */
export interface DebugReport {
  /** An index that is outside or NaN, two threads at one element, or an integer that a buffer of floats cannot hold. */
  readonly kind: 'out-of-range' | 'nan-index' | 'race' | 'precision';
  /** All of it in a sentence. */
  readonly message: string;
  /** The buffer, or the uniform that was indexed. */
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

/** Where `writeBuffer` begins. */
export interface WriteOptions {
  /** The first element that is written, counted row by row: then only as many are written as are given, in a list or a typed array. */
  readonly start: number;
}

/** What `copyBuffer` copies. */
export interface CopyOptions {
  /** The first element, counted row by row; 0 by default. */
  readonly start?: number;
  /** The element after the last one; by default all from `start` on are copied. */
  readonly end?: number;
  /** Where they begin in the destination; 0 by default. */
  readonly to?: number;
}

/** What `readBuffer` reads, and where to. */
export interface ReadOptions<A extends TypedArray = TypedArray> {
  /** The first element, counted row by row; 0 by default. */
  readonly start?: number;
  /** The element after the last one; by default all from `start` on are read. */
  readonly end?: number;
  /** Where they go: an array of the kind that the buffer is read as, exactly as long as what is read; a vector of three takes four. */
  readonly into?: A;
}

/** What `readBuffer` reads of a buffer of objects, and as what. */
export interface RecordReadOptions<O extends boolean = boolean> {
  /** The first object, counted row by row; 0 by default. */
  readonly start?: number;
  /** The object after the last one; by default all from `start` on are read. */
  readonly end?: number;
  /** Whether objects are wanted instead of columns: nested like the size if all are read, else in one list. */
  readonly objects?: O;
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
  /** Why the CPU computes, if nobody asked for it: there is no GPU, or it failed. */
  readonly fallbackReason?: string;
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
