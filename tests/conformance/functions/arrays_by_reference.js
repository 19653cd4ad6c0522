export const title = 'functions get arrays as they are, and may change them';

export default async function ({ check, array, types, vec2 }) {
  const weights = [1, 2, 3];
  await check(
    (inputs) => {
      function fill(list, value = types.number) {
        for (let k = 0; k < list.length; k++) {
          list[k] = value + k;
        }
      }
      function push(stack, top = types.number, value = types.number) {
        if (top >= stack.length) {
          return top;
        }
        stack[top] = value;
        return top + 1;
      }
      function swap(list, i = types.number, j = types.number) {
        const t = list[i];
        list[i] = list[j];
        list[j] = t;
      }
      function sorted(list) {
        for (let i = 0; i < list.length; i++) {
          for (let j = 0; j + 1 < list.length - i; j++) {
            if (list[j] > list[j + 1]) swap(list, j, j + 1);
          }
        }
      }
      function sum(list, from = types.vec2) {
        let total = from.x;
        for (const element of list) {
          if (element < 0) return -1;
          total += element;
        }
        return total;
      }
      const i = inputs.threadId.x;
      let list = array(5, 0);
      fill(list, i);
      swap(list, 0, 4);
      sorted(list);
      let stack = array(3, 0);
      let top = 0;
      for (let k = 0; k < 4; k++) {
        top = push(stack, top, k * i - 1);
      }
      inputs.buffers.out[i] = list[0] + list[4] * 10 + sum(list, vec2(0.5, 0)) * 100 + top * 10000 + sum(stack, vec2(0)) + sum(weights, vec2(i, 0));
    },
    { out: 5, constants: { weights } },
  );
}
