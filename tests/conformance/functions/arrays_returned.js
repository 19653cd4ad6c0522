export const title = 'functions return arrays';

export default async function ({ check, array, types, dim }) {
  await check(
    (inputs) => {
      function powers(x = types.number) {
        let list = array(4, 1);
        for (let k = 1; k < 4; k++) {
          list[k] = list[k - 1] * x;
        }
        return list;
      }
      function pick(x = types.number) {
        if (x > 2) {
          return array([x, 2 * x, 3, 4]);
        }
        return powers(x);
      }
      function doubled(list) {
        let result = list;
        for (let k = 0; k < dim(list); k++) {
          result[k] *= 2;
        }
        return result;
      }
      const i = inputs.threadId.x;
      let first = powers(i);
      const second = doubled(first);
      first[0] = 100;
      let sum = 0;
      for (let k = 0; k < 3; k++) {
        sum += pick(k + i)[k] + second[k];
      }
      inputs.buffers.out[i] = sum + first[0] + doubled(pick(i))[3] * 1000;
    },
    { out: 5 },
  );
}
