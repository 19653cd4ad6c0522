(inputs) => {
  const { data, grid, points, wide } = inputs.buffers;
  Atomics.add(data, 0, 1);
  Atomics.exchange(wide, 0, 1);
  Atomics.sub(points, 0, 1);
  Atomics.add(data, 0);
  Atomics.add(grid, 0, 1);
  Atomics.add(1, 0, 1);
  Atomics.compareExchange(data, 0, 1);
  Atomics.wait(data, 0, 1);
  Atomics.notify(data, 0);
  Atomics.isLockFree(4);
  Atomics.ad(data, 0, 1);
  Atomics.increment(data, 0);
  const f = Atomics.add;
  const a = Atomics + 1;
}
