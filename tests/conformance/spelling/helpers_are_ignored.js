export const title = '__name helpers that esbuild and tsx insert are ignored';

export default async function ({ check }) {
  await check(() => {}, {
    out: 3,
    source: `(inputs) => {
  function twice(x = types.number) {
    return x * 2;
  }
  __name(twice, "twice");
  function mark() {
    inputs.buffers.out[inputs.threadId.x] += 1;
  }
  __name(mark, "mark");
  inputs.buffers.out[inputs.threadId.x] = twice(inputs.threadId.x);
  mark();
}`,
    expect: [1, 3, 5],
  });
}
