// What kernels see of an interface, found out by TypeScript from what the constructor was given.

import type { VectorName } from './elements.js';
import type {
  BufferData, BufferSpec, CanvasLike, ElementArrays, ElementName, ElementTypes, Size, TypedArray, UniformArray, Uniforms,
} from './types.js';
import type { GPUVec2, GPUVec3 } from './vectors.js';

/** The parameter of a kernel. */
export interface KernelInputs<B extends readonly BufferSpec[] = readonly BufferSpec[], U extends Uniforms<U> = any, C = any> {
  /** The buffers by their names. */
  readonly buffers: string extends B[number]['name']
    ? any
    : { readonly [S in B[number] as S['name']]: BufferInput<ElementTypes[NameOf<S>], S['size']> };
  /** The uniforms by their names; read-only. */
  readonly uniforms: { readonly [K in keyof U]: UniformInput<U[K]> };
  /** Which thread this is; read-only. */
  readonly threadId: ThreadId;
  /** Whether kernels run on the CPU backend. */
  readonly usingCpu: boolean;
  /** The canvas, where one was given. */
  readonly canvas: C extends CanvasLike ? CanvasInput : unknown extends C ? CanvasInput : never;
}

/** A vector that buffers can be indexed with: TypeScript knows numbers, texts and symbols as indices. */
type Place<V> = V & symbol;

/** Which thread this is, and which element of a buffer is its own: `grid[threadId.xy]`. */
export type ThreadId = Place<GPUVec3> & {
  readonly [K in 'xy' | 'xz' | 'yx' | 'yz' | 'zx' | 'zy']: Place<GPUVec2>;
} & { readonly [K in 'xyz' | 'xzy' | 'yxz' | 'yzx' | 'zxy' | 'zyx']: Place<GPUVec3> };

declare const extents: unique symbol;

/** What has a size, which `dim` gives. */
export interface Sized<V> {
  readonly [extents]?: V;
}

/** What `for … of` and `length` know of a buffer, a row or an array. */
interface List<T> {
  /** How many elements or rows there are. */
  readonly length: number;
  [Symbol.iterator](): IterableIterator<T>;
}

declare const probe: { readonly [name: string]: number };
/** Whether the program is checked with `noUncheckedIndexedAccess`, which takes rows for what may be missing. */
type IsStrict = undefined extends typeof probe.any ? true : false;

/** A row of `T`. Where rows would be taken for missing, TypeScript looks no further: the compiler knows what they hold. */
type Row<T> = IsStrict extends true ? any : T;

/** A declared buffer as kernels see it: as many indices as it has extents, or a vector of them. */
export type BufferInput<T, S> = S extends readonly [number, number, number]
  ? Grid<T, Grid<T, Line<T>, GPUVec2>, GPUVec3>
  : S extends readonly [number, number]
    ? Grid<T, Line<T>, GPUVec2>
    : S extends readonly [number]
      ? Line<T>
      : any;

type Line<T> = { [index: number]: T } & List<T> & Sized<number>;
type Grid<T, R, V> = { [index: number]: Row<R>; [position: symbol]: T } & List<Row<R>> & Sized<V>;

/** A uniform that is an array, as kernels see it. `dim` gives its length. */
export interface UniformArrayInput extends List<number>, Sized<number> {
  readonly [index: number]: number;
}

type UniformInput<T> = T extends UniformArray ? UniformArrayInput : Widened<T>;

/** An array of fixed length inside a kernel, made by `array`. */
export interface GPUArray<T> extends List<T>, Sized<number> {
  [index: number]: T;
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
export type UniformUpdate<U> = { readonly [K in keyof U]?: Widened<U[K]> };

type Widened<T> = T extends number ? number : T extends boolean ? boolean : T extends readonly number[] ? readonly number[] : T;

/** The name of the type of a buffer's elements where the buffer has none: that of the array with these elements. */
type NameOfArray<A extends TypedArray> = A extends Float32Array
  ? 'number'
  : A extends Uint8Array
    ? 'u8'
    : { [N in ElementName]: A extends ElementArrays[N] ? N : never }[Exclude<ElementName, 'number' | 'u8' | 'boolean' | VectorName>];

/** The names of the types that the leaves of nested arrays have. */
type NameOfLeaves<D> = D extends number
  ? 'number'
  : D extends boolean
    ? 'boolean'
    : D extends { readonly type: infer N extends VectorName }
      ? N
      : D extends TypedArray
        ? NameOfArray<D>
        : D extends readonly (infer E)[]
          ? NameOfLeaves<E>
          : never;

/** The name if there is but one. */
type OneName<N> = [N] extends [never] ? never : { [M in ElementName]: [N] extends [M] ? M : never }[ElementName];

/** The name of the type of a declared buffer's elements. */
export type NameOf<B> = B extends { readonly type: infer N extends ElementName }
  ? N
  : B extends { readonly initialData: infer D extends {} }
    ? OneName<NameOfLeaves<D>>
    : 'number';

/** The buffer called `N`. */
type BufferNamed<B extends readonly BufferSpec[], N extends string> = Extract<B[number], { readonly name: N }>;

/** What a buffer called `N` takes. */
export type DataFor<B extends readonly BufferSpec[], N extends string> = string extends B[number]['name']
  ? BufferData
  : BufferData<NameOf<BufferNamed<B, N>>, BufferNamed<B, N>['size']>;

/** What a buffer called `N` is read as. */
export type ArrayOf<B extends readonly BufferSpec[], N extends string> = string extends B[number]['name']
  ? TypedArray
  : ElementArrays[NameOf<BufferNamed<B, N>>];

/** Requires that there are no other keys than those of a buffer, and that `initialData` agrees with `type` and `size`. */
export type Checked<B> = Fitting<B> & { readonly [K in Exclude<keyof B, keyof BufferSpec>]: never };

type Fitting<B> = B extends { readonly size: infer S extends Size; readonly initialData: infer D extends {} }
  ? D extends BufferData<NameOf<B>, S>
    ? B
    : Omit<B, 'initialData'> & { readonly initialData: BufferData<NameOf<B>, S> }
  : B;
