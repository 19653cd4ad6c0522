// Odd values that several tests pass where they do not belong.

// A proxy that throws at whatever is done to it.
export function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

// A typed array whose memory is gone.
export function detached(array) {
  structuredClone(array.buffer, { transfer: [array.buffer] });
  return array;
}
