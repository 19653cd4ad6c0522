// The platform of browsers: kernels run on WebGPU, or in workers.

import { checkWith, setupOf, setupOfCheck, wrap } from './binding.js';
import type { DeviceLike } from './context.js';
import type { Description } from './description.js';
import { refusal, settled } from './errors.js';
import { tellFallback } from './fallback.js';
import type { Platform } from './platform.js';
import { isScreen } from './screen.js';
import type { Session } from './session.js';
import type { AdapterInfo, BackendName, CanvasLike } from './types.js';
import { expectKernelsOn, loadWasm, openWasm } from './wasm.js';

/** How long a file of the program may take to come, in milliseconds: where it does not, messages do without it. */
const PATIENCE = 2000;

export const browser: Platform = {
  open,

  async openCheck(description, size) {
    return checkWith(settled(await openWasm(setupOfCheck(description, size))));
  },

  async encodePng(width, height, pixels) {
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
    const file = await canvas.convertToBlob({ type: 'image/png' });
    return new Uint8Array(await file.arrayBuffer());
  },

  async saveFile() {
    throw new Error('a browser has no files to save to: use toPNG, and let the user download what it gives');
  },

  async readText(file) {
    const response = await fetch(file, { signal: AbortSignal.timeout(PATIENCE) });
    return response.ok ? response.text() : '';
  },
};

/** Opens a session on the backend that is asked for, or on the best there is: here backends of browsers are chosen. */
async function open(description: Description, size: CanvasLike | undefined, backend: BackendName | undefined): Promise<Session> {
  // Every backend needs it: it comes while an adapter is looked for.
  void loadWasm();
  const device = description.context?.device;
  if (device && (backend === 'gpu' || backend === undefined)) {
    loadCompiler(description, 'gpu');
    return openOnDevice(description, size, device);
  }
  if (backend === 'gpu' || (backend === undefined && description.adapter !== undefined)) {
    // So does the compiler, where it is known which.
    loadCompiler(description, 'gpu');
    return openOnGpu(description, size, await findAdapter());
  }
  return backend === undefined ? openOnBest(description, size) : openOn(backend, description, size);
}

/**
 * A session on a GPU, if there is one that can be used; else on the CPU, which says why. What only poses as a GPU is slower than the CPU
 * backend.
 */
async function openOnBest(description: Description, size: CanvasLike | undefined): Promise<Session> {
  let fallbackReason: string;
  try {
    const adapterInfo = await findAdapter();
    if (adapterInfo.kind !== 'software') {
      return await openOnGpu(description, size, adapterInfo);
    }
    fallbackReason = `there is no GPU, and what poses as one is slower than the CPU: ${adapterInfo.name}`;
  } catch (error) {
    fallbackReason = reasonOf(error);
  }
  const session = await openOn('cpu', description, size);
  return { ...session, adapterInfo: { ...session.adapterInfo, fallbackReason } };
}

/** Why the CPU is taken where a GPU cannot be opened. Throws what the user's data are too large for: it must not make programs slow. */
function reasonOf(error: unknown): string {
  if (error instanceof NoGpu) {
    return error.reason;
  }
  if (error instanceof RangeError || (error as { code?: unknown }).code === 'OutOfMemory') {
    throw error;
  }
  const reason = error instanceof Error ? error.message : String(error);
  tellFallback(reason);
  return reason;
}

/** A session on a device of the page's own, whatever kind of GPU that is. */
async function openOnDevice(description: Description, size: CanvasLike | undefined, device: DeviceLike): Promise<Session> {
  // Who was lost before, is known now.
  const loss = await Promise.race([device.lost, undefined]);
  if (loss) {
    throw refusal(new Error(`the device was lost (${loss.message || 'it was destroyed'}); give another one`), 'DeviceLost');
  }
  const { adapterInfo } = device as { readonly adapterInfo?: WebGpuInfo };
  const session = await openOn('gpu', description, size);
  return adapterInfo ? { ...session, adapterInfo: inWords(adapterInfo) } : session;
}

async function openOnGpu(description: Description, size: CanvasLike | undefined, adapterInfo: AdapterInfo): Promise<Session> {
  const { adapter } = description;
  if (adapter !== undefined && !adapterInfo.name.toLowerCase().includes(adapter.toLowerCase()) && adapter !== '0') {
    const reason = `no adapter matches "${adapter}": a browser offers one, "${adapterInfo.name}"`;
    throw new NoGpu(reason, 'leave out options.adapter');
  }
  return { ...(await openOn('gpu', description, size)), adapterInfo };
}

async function openOn(backend: BackendName, description: Description, size: CanvasLike | undefined): Promise<Session> {
  loadCompiler(description, backend);
  // WebGPU offers one adapter, which was looked at.
  const { adapter: _, ...setup } = setupOf(description, size, backend);
  const screen = description.canvas;
  const canvas = setup.canvas && { ...setup.canvas, ...(isScreen(screen) && { screen }) };
  const session = settled(await openWasm({ ...setup, ...(canvas && { canvas }) }));
  return { ...wrap(session, description), drawsCanvas: isScreen(screen) };
}

// Not where all kernels may have been compiled with the application: it then comes for the first that was not.
function loadCompiler({ isPrecompiled }: Description, backend: BackendName): void {
  if (!isPrecompiled) {
    expectKernelsOn(backend);
  }
}

/** Who would execute kernels on WebGPU, in words. Rejects if nobody would. */
async function findAdapter(): Promise<AdapterInfo> {
  const { gpu } = navigator as { gpu?: WebGpu };
  if (!gpu) {
    const why = isSecureContext ? 'this browser has no WebGPU' : 'WebGPU needs a secure context: https, or localhost';
    throw new NoGpu(why);
  }
  const adapter = await gpu.requestAdapter();
  if (!adapter) {
    throw new NoGpu('this browser has WebGPU, but no GPU that it would use');
  }
  return inWords(adapter.info);
}

function inWords({ vendor, architecture, description, isFallbackAdapter }: WebGpuInfo): AdapterInfo {
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unknown';
  return { name, driver: '', api: 'WebGPU', kind: isFallbackAdapter ? 'software' : 'other' };
}

/** What is used of `navigator.gpu`. */
interface WebGpu {
  requestAdapter(): Promise<{ info: WebGpuInfo } | null>;
}

interface WebGpuInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  readonly isFallbackAdapter: boolean;
}

/** There is no GPU, or none that was asked for. */
class NoGpu extends Error {
  constructor(
    readonly reason: string,
    help = 'leave out the backend to run kernels on the CPU',
  ) {
    super(`${reason}; ${help}`);
    refusal(this, 'NoDevice');
  }
}
