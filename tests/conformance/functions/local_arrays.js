export const title = 'functions with local arrays, called several times';

export default async function ({ check, types, array, dim }) {
  await check(
    (inputs) => {
      function median(a = types.number, b = types.number, c = types.number) {
        let list = array([a, b, c]);
        for (let k = 0; k < 2; k++) {
          for (let j = 0; j + 1 < dim(list); j++) {
            if (list[j] > list[j + 1]) {
              const t = list[j];
              list[j] = list[j + 1];
              list[j + 1] = t;
            }
          }
        }
        return list[1];
      }
      const i = inputs.threadId.x;
      inputs.buffers.out[i] = median(i, 3, 5) + 10 * median(9 - i, i * i, 4) + 100 * median(median(1, i, 2), 7, i);
    },
    { out: 8 },
  );
}
