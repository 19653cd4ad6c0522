export const title = 'functions call earlier and later ones';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function first(x = types.number) {
        return second(x + 1) * 2;
      }
      function second(x = types.number) {
        return third() + x;
      }
      function third() {
        return inputs.threadId.x * 100;
      }
      function last(x = types.number) {
        return first(x) + second(first(third()));
      }
      inputs.buffers.out[inputs.threadId.x] = last(inputs.threadId.x);
    },
    { out: 4 },
  );
}
