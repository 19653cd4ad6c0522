// Hands the runtime what a page brings: its own device, and buffers of that. The runtime's WebGPU is a library that makes both itself and takes none, so each is handed out
// where the library asks the browser for one, within one call, in which nothing else of the page runs.

/** Calls `act` while the browser seems to have one adapter, whose only device is this. */
export function withDevice(device: Device, act: () => void): void {
  const { features, limits, adapterInfo } = device;
  const adapter = { features, limits, info: adapterInfo ?? UNKNOWN, requestDevice: async () => device };
  standIn(navigator, 'gpu', { requestAdapter: async () => adapter }, act);
}

/** Calls `act` while the device makes no other buffer than this. */
export function withBuffer(device: object, buffer: object, act: () => void): void {
  standIn(device, 'createBuffer', () => buffer, act);
}

/** What older browsers do not say of a device. */
const UNKNOWN = { vendor: '', architecture: '', device: '', description: '', subgroupMinSize: 4, subgroupMaxSize: 128, isFallbackAdapter: false };

// Puts something in the place of what an object has by its class.
function standIn(owner: object, name: string, value: unknown, act: () => void): void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { value, configurable: true });
  try {
    act();
  } finally {
    if (before) {
      Object.defineProperty(owner, name, before);
    } else {
      Reflect.deleteProperty(owner, name);
    }
  }
}

/** What is used of a `GPUDevice`. */
interface Device {
  readonly features: object;
  readonly limits: object;
  readonly adapterInfo?: object;
}
