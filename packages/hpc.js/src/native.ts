// Sessions of the native addon.

import addon from '../addon.cjs';
import type { Description } from './description.js';
import { settled } from './errors.js';
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
  return wrap(settled(await addon.open(setup)) as NativeSession);
}

/** A picture of four bytes a pixel as a PNG file. */
export async function encodePng(width: number, height: number, rgba: Uint8ClampedArray): Promise<Uint8Array> {
  return settled(await addon.encodePng(width, height, rgba)) as Uint8Array;
}

function wrap(native: NativeSession): Session {
  return {
    backendType: native.backendType,
    adapterInfo: native.adapterInfo,
    createKernel: async ({ text }: KernelText) => wrapKernel(settled(await native.createKernel(text)) as SessionNative),
    setUniforms: (values) => void settled(native.setUniforms(values)),
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

type SessionNative = Exclude<Awaited<ReturnType<NativeSession['createKernel']>>, { kind: string }>;

function wrapKernel(native: SessionNative): SessionKernel {
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
