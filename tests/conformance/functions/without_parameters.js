export const title = 'functions without parameters, with and without a result';

export default async function ({ check }) {
  await check(
    (inputs) => {
      function index() {
        let doubled;
        doubled = inputs.threadId.x * 2;
        return doubled;
      }
      function mark() {
        inputs.buffers.out[index() + 1] = 7;
      }
      function nothing() {}
      inputs.buffers.out[index()] = index() + 100;
      mark();
      nothing();
    },
    { out: 8, run: [4] },
  );
}
