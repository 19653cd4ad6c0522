// The platform of browsers: kernels run on WebGPU.

import { setupOf, wrap } from './binding.js';
import type { Description } from './description.js';
import { settled } from './errors.js';
import type { Platform } from './platform.js';
import { isScreen } from './screen.js';
import type { Session } from './session.js';
import type { AdapterInfo, BackendName, CanvasLike } from './types.js';
import { openWasm } from './wasm.js';

export const browser: Platform = {
  open,

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
    const response = await fetch(file);
    return response.ok ? response.text() : '';
  },
};

/** Opens a session on the backend that is asked for, or the best there is: here backends of browsers are chosen. */
async function open(description: Description, size: CanvasLike | undefined, backend: BackendName | undefined): Promise<Session> {
  if (backend === 'cpu') {
    throw noDevice("the CPU backend is not available in browsers yet: leave out useCpu, or use backend: 'debug'");
  }
  return openOnGpu(description, size, backend);
}

async function openOnGpu(description: Description, size: CanvasLike | undefined, backend: BackendName | undefined): Promise<Session> {
  const adapterInfo = await findAdapter();
  const { adapter, ...setup } = setupOf(description, size, backend);
  if (adapter !== undefined && !adapterInfo.name.toLowerCase().includes(adapter.toLowerCase()) && adapter !== '0') {
    throw noDevice(`no adapter matches "${adapter}": a browser offers one, "${adapterInfo.name}"; leave out options.adapter`);
  }
  const screen = description.canvas;
  const canvas = setup.canvas && { ...setup.canvas, ...(isScreen(screen) && { screen }) };
  const session = settled(await openWasm({ ...setup, ...(canvas && { canvas }) }));
  return { ...wrap(session, description), adapterInfo, drawsCanvas: isScreen(screen) };
}

/** Who would execute kernels on WebGPU, in words. Rejects if nobody would. */
async function findAdapter(): Promise<AdapterInfo> {
  const { gpu } = navigator as { gpu?: WebGpu };
  if (!gpu) {
    const why = isSecureContext ? 'this browser has no WebGPU' : 'WebGPU needs a secure context: https, or localhost';
    throw noDevice(`${why}; use backend: 'debug' to run kernels as plain JavaScript`);
  }
  const adapter = await gpu.requestAdapter();
  if (!adapter) {
    throw noDevice("this browser has WebGPU, but no GPU that it would use; use backend: 'debug' to run kernels as plain JavaScript");
  }
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unknown';
  return { name, driver: '', api: 'WebGPU', kind: isFallbackAdapter ? 'software' : 'other' };
}

/** What is used of `navigator.gpu`. */
interface WebGpu {
  requestAdapter(): Promise<{
    info: { vendor: string; architecture: string; description: string; isFallbackAdapter: boolean };
  } | null>;
}

function noDevice(message: string): Error {
  return Object.assign(new Error(message), { code: 'NoDevice' });
}
