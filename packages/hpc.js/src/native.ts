// Sessions of the native addon.

import addon from '../addon.cjs';
import type { Description, Uniform } from './description.js';
import { isFailure, settled } from './errors.js';
import type { KernelText, Session, SessionKernel } from './session.js';
import type { BackendName, CanvasLike } from './types.js';

type NativeSession = Exclude<Awaited<ReturnType<typeof addon.open>>, { kind: string }>;

/** Opens a session; `backend` is left to `HPC_BACKEND` and to what the machine has where it is undefined. */
export async function openNative(
  description: Description,
  canvas: CanvasLike | undefined,
  backend: BackendName | undefined,
): Promise<Session> {
  const { buffers, uniforms, seed, adapter } = description;
  const setup = {
    buffers: [...buffers.values()].map(({ name, type, size, data }) => ({
      name,
      element: type,
      size: [...size],
      ...(data && { data }),
    })),
    uniforms: [...uniforms.values()],
    ...(canvas && { canvas: { width: canvas.width, height: canvas.height } }),
    ...(seed !== undefined && { seed }),
    ...(adapter !== undefined && { adapter }),
    ...(backend && { backend }),
  };
  return wrap(settled(await addon.open(setup)) as NativeSession, [...uniforms.keys()]);
}

/** A picture of four bytes a pixel as a PNG file. */
export async function encodePng(width: number, height: number, rgba: Uint8ClampedArray): Promise<Uint8Array> {
  return settled(await addon.encodePng(width, height, rgba)) as Uint8Array;
}

function wrap(native: NativeSession, uniforms: readonly string[]): Session {
  const places = new Map(uniforms.map((name, place) => [name, place]));
  return {
    backendType: native.backendType,
    adapterInfo: native.adapterInfo,
    createKernel: async (kernel) => wrapKernel(await createKernel(native, kernel)),
    setUniforms: (values) => void settled(native.setUniforms(packUniforms(values, places))),
    writeBuffer: (name, floats) => void settled(native.writeBuffer(name, floats)),
    copyBuffer: (source, destination) => void settled(native.copyBuffer(source, destination)),
    readBuffer: async (name) => settled(await native.readBuffer(name)) as Float32Array,
    updateCanvas: () => void settled(native.updateCanvas()),
    readCanvas: async () => settled(await native.readCanvas()) as Uint8ClampedArray,
    onSubmittedWorkDone: async () => void settled(await native.onSubmittedWorkDone()),
    flush: () => void settled(native.flush()),
    destroy: () => native.destroy(),
  };
}

// Five numbers each: the place in the order of declaration, and the components.
function packUniforms(values: readonly Uniform[], places: ReadonlyMap<string, number>): Float64Array {
  const packed = new Float64Array(values.length * 5);
  values.forEach(({ name, components }, index) => {
    packed[index * 5] = places.get(name)!;
    packed.set(components, index * 5 + 1);
  });
  return packed;
}

type NativeKernel = Exclude<Awaited<ReturnType<NativeSession['createKernel']>>, { kind: string }>;

// A kernel that was compiled with the application, but for another interface or version, is compiled again.
async function createKernel(native: NativeSession, { text, precompiled }: KernelText): Promise<NativeKernel> {
  const stored = precompiled?.[native.backendType === 'cpu' ? 'cpu' : 'gpu'];
  const kernel = stored && (await native.createKernelOf(JSON.stringify(stored)));
  if (kernel && !(isFailure(kernel) && kernel.kind === 'Mismatch')) {
    return settled(kernel) as NativeKernel;
  }
  const compiled = await native.createKernel(text);
  if (kernel && isFailure(compiled) && isFailure(kernel)) {
    const message = `${compiled.message}\n\nwhat it was compiled to when the application was built was not used: ${kernel.message}`;
    return settled<NativeKernel>({ ...compiled, message });
  }
  return settled(compiled) as NativeKernel;
}

function wrapKernel(native: NativeKernel): SessionKernel {
  return {
    source: native.source,
    run(x, y, z) {
      const failure = native.run(x, y, z);
      if (failure !== null) {
        settled(failure);
      }
    },
  };
}
