// What kernels see of an interface, found out by TypeScript from what the constructor was given.

import type { VectorName } from './elements.js';
import type {
  BufferData, BufferSpec, CanvasLike, ElementArrays, ElementName, ElementTypes, FieldType, RecordData, RecordReadOptions,
  RecordType, ReadOptions, Size, TypedArray, UniformArray, Uniforms,
} from './types.js';
import type { GPUVec2, GPUVec3 } from './vectors.js';

/** The parameter of a kernel. */
export interface KernelInputs<B extends readonly BufferSpec[] = readonly BufferSpec[], U extends Uniforms<U> = any, C = any> {
  /** The buffers by their names. */
  readonly buffers: string extends B[number]['name']
    ? any
    : { readonly [S in B[number] as S['name']]: BufferInput<ValueOf<TypeOf<S>>, S['size']> };
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
/** A buffer of integers with one extent, or a row of one, as kernels see it: no array of the host's. */
export interface IntegersInput {
  [index: number]: number;
  readonly byteLength?: never;
}

declare global {
  /** What kernels have of it: each call changes an element in one step that no other thread comes between. */
  interface Atomics {
    add(buffer: IntegersInput, index: number, value: number): number;
    and(buffer: IntegersInput, index: number, value: number): number;
    compareExchange(buffer: IntegersInput, index: number, expected: number, replacement: number): number;
    exchange(buffer: IntegersInput, index: number, value: number): number;
    load(buffer: IntegersInput, index: number): number;
    or(buffer: IntegersInput, index: number, value: number): number;
    store(buffer: IntegersInput, index: number, value: number): number;
    sub(buffer: IntegersInput, index: number, value: number): number;
    xor(buffer: IntegersInput, index: number, value: number): number;
  }
}

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

/** What kernels see of an element or of a field. */
export type ValueOf<T> = T extends ElementName
  ? ElementTypes[T]
  : T extends readonly [infer E, number]
    ? FieldArray<ValueOf<E>>
    : { -readonly [K in keyof T]: ValueOf<T[K]> };

/** An array in an object, as kernels see it. */
export interface FieldArray<V> {
  [index: number]: V;
}

/** The types that the leaves of nested arrays have: names, or fields of objects. */
type TypeOfLeaves<D> = D extends number
  ? 'number'
  : D extends boolean
    ? 'boolean'
    : D extends { readonly type: infer N extends VectorName }
      ? N
      : D extends TypedArray
        ? NameOfArray<D>
        : D extends readonly (infer E)[]
          ? TypeOfLeaves<E>
          : D extends object
            ? { readonly [K in keyof D]: TypeOfField<D[K]> }
            : never;

/** The type of a field that holds such a value. */
type TypeOfField<V> = V extends readonly (infer E)[]
  ? readonly [TypeOfField<E>, number]
  : V extends TypedArray
    ? readonly [NameOfArray<V>, number]
    : TypeOfLeaves<V>;

/** The type if there is but one. */
type OneType<N> = [N] extends [never]
  ? never
  : [N] extends [ElementName]
    ? { [M in ElementName]: [N] extends [M] ? M : never }[ElementName]
    : N;

/** The type of a declared buffer's elements: a name, or the fields of objects. */
export type TypeOf<B> = B extends { readonly type: infer N extends ElementName | RecordType }
  ? N
  : B extends { readonly initialData: infer D extends {} }
    ? OneType<TypeOfLeaves<D>>
    : 'number';

/** The name of the type of a declared buffer's elements, where these are no objects. */
export type NameOf<B> = Extract<TypeOf<B>, ElementName>;

/** The names of the fields of objects, with a dot before each that lies within another. */
type FieldPaths<T> = T extends ElementName
  ? never
  : T extends readonly [infer E, number]
    ? FieldPaths<E>
    : { [K in keyof T & string]: Inner<T[K]> extends ElementName ? K : `${K}.${FieldPaths<Inner<T[K]>>}` }[keyof T & string];

/** What an array consists of, however often it is nested. */
type Inner<T> = T extends readonly [infer E, number] ? Inner<E> : T;

/** The type of the field that a path leads to. */
type FieldAt<T, P extends string> = P extends `${infer K}.${infer R}`
  ? K extends keyof T
    ? FieldAt<Inner<T[K]>, R>
    : never
  : P extends keyof T
    ? Inner<T[P]>
    : never;

/** The names of buffers, and of the fields of those that hold objects, such as `particles.position`. */
export type BufferNames<B extends readonly BufferSpec[]> = B[number]['name'] | FieldNames<B[number]>;

type FieldNames<S> = S extends BufferSpec ? (string extends S['name'] ? string : NamesWithin<S['name'], TypeOf<S>>) : never;

type NamesWithin<N extends string, T> = T extends ElementName ? never : `${N}.${FieldPaths<T>}`;

/** The buffer called `N`. */
type BufferNamed<B extends readonly BufferSpec[], N extends string> = Extract<B[number], { readonly name: N }>;

/** The type of the elements of the buffer or field called `N`. */
type TypeNamed<B extends readonly BufferSpec[], N extends string> = N extends B[number]['name']
  ? TypeOf<BufferNamed<B, N>>
  : N extends `${infer O}.${infer P}`
    ? FieldAt<TypeOf<BufferNamed<B, O>>, P>
    : never;

/** What a field of an object can be given as. */
type FieldData<T> = T extends ElementName
  ? ElementTypes[T]
  : T extends readonly [infer E extends FieldType, number]
    ? readonly FieldData<E>[] | (E extends ElementName ? ElementArrays[E] : never)
    : { readonly [K in keyof T]: FieldData<T[K]> };

/** Objects in arrays nested like the size. */
type ObjectsIn<O, S> = S extends readonly [number, number, number] ? O[][][] : S extends readonly [number, number] ? O[][] : O[];

/** The same, to be read only. */
type ObjectsFor<O, S> = S extends readonly [number, number, number]
  ? readonly (readonly (readonly O[])[])[]
  : S extends readonly [number, number]
    ? readonly (readonly O[])[]
    : readonly O[];

/** Objects as columns, to be written: typed arrays, or arrays nested like the size. */
type ColumnsFor<T> = T extends ElementName
  ? TypedArray | readonly unknown[]
  : T extends readonly [infer E, number]
    ? ColumnsFor<E>
    : { readonly [K in keyof T]: ColumnsFor<T[K]> };

/** Objects as columns, as they are read. */
export type ColumnsOf<T> = T extends ElementName
  ? ElementArrays[T]
  : T extends readonly [infer E, number]
    ? ColumnsOf<E>
    : { [K in keyof T]: ColumnsOf<T[K]> };

/** An object as it is read. */
export type ObjectOf<T> = T extends ElementName
  ? ElementTypes[T]
  : T extends readonly [infer E, number]
    ? ObjectOf<E>[]
    : { -readonly [K in keyof T]: ObjectOf<T[K]> };

/** What a buffer or field called `N` takes. */
export type DataFor<B extends readonly BufferSpec[], N extends string> = string extends B[number]['name']
  ? BufferData | RecordData
  : N extends B[number]['name']
    ? TypeNamed<B, N> extends infer T extends ElementName
      ? BufferData<T, BufferNamed<B, N>['size']>
      : ObjectsFor<FieldData<TypeNamed<B, N>>, BufferNamed<B, N>['size']> | ColumnsFor<TypeNamed<B, N>>
    : TypedArray | readonly unknown[];

/** Some elements of a buffer or field called `N`, one after the other. */
export type PartFor<B extends readonly BufferSpec[], N extends string> = string extends B[number]['name']
  ? TypedArray | readonly unknown[]
  : TypeNamed<B, N> extends infer T extends ElementName
    ? BufferData<T, readonly [number]>
    : ObjectsFor<FieldData<TypeNamed<B, N>>, readonly [number]>;

/** A size of as many extents as the buffer called `N` has. */
export type SizeFor<B extends readonly BufferSpec[], N extends string> = string extends B[number]['name']
  ? Size
  : BufferNamed<B, N>['size'] extends readonly [number, number, number]
    ? readonly [number, number, number]
    : BufferNamed<B, N>['size'] extends readonly [number, number]
      ? readonly [number, number]
      : readonly [number];

/** What a buffer or field called `N` is read as. */
export type ArrayOf<B extends readonly BufferSpec[], N extends string> = string extends B[number]['name']
  ? TypedArray
  : ColumnsOf<TypeNamed<B, N>>;

/** How objects are read from the buffer called `N`, if it holds some. */
export type ObjectsOptionsOf<B extends readonly BufferSpec[], N extends string> = string extends B[number]['name']
  ? RecordReadOptions<true> & { readonly objects: true }
  : ArrayOf<B, N> extends TypedArray
    ? never
    : RecordReadOptions<true> & { readonly objects: true };

/** What the buffer of objects called `N` is read as, if objects are wanted. */
export type ObjectsOf<B extends readonly BufferSpec[], N extends string> = string extends B[number]['name']
  ? any[]
  : ObjectsIn<ObjectOf<TypeNamed<B, N>>, BufferNamed<B, N>['size']>;

/** How a buffer or field called `N` can be read. */
export type ReadOptionsOf<B extends readonly BufferSpec[], N extends string> = string extends B[number]['name']
  ? ReadOptions & RecordReadOptions
  : ArrayOf<B, N> extends infer A extends TypedArray
    ? ReadOptions<A>
    : RecordReadOptions;

/** Requires that there are no other keys than those of a buffer, and that `initialData` agrees with `type` and `size`. */
export type Checked<B> = IsAnyBuffer<B> extends true ? B : Fitting<B> & { readonly [K in Exclude<keyof B, keyof BufferSpec>]: never };

/** Whether nothing is known of a buffer: the types of what may be objects nest without end. */
type IsAnyBuffer<B> = 0 extends 1 & B ? true : B extends { readonly name: infer N } ? (string extends N ? true : false) : false;

type Fitting<B> = B extends { readonly size: infer S extends Size; readonly initialData: infer D extends {} }
  ? TypeOf<B> extends infer T extends ElementName
    ? D extends BufferData<T, S>
      ? B
      : Omit<B, 'initialData'> & { readonly initialData: BufferData<T, S> }
    : B extends { readonly type: infer T extends RecordType }
      ? D extends ObjectsFor<FieldData<T>, S> | ColumnsFor<T>
        ? B
        : Omit<B, 'initialData'> & { readonly initialData: ObjectsFor<FieldData<T>, S> | ColumnsFor<T> }
      : B
  : B;
