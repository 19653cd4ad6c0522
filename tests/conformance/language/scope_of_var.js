export const title = 'var belongs to the whole function and may be declared again';

export default async function ({ check }) {
  await check(
    function (inputs) {
      var i = inputs.threadId.x;
      if (i > 1) {
        var a = 5;
        var b = 1;
      } else {
        var a = 7;
      }
      for (var j = 0; j < i; j++) {
        var last = j * 2;
      }
      for (var j = j; j < 10; j++);
      var i = i + 0;
      inputs.buffers.out[i] = a * 100 + j * 1000;
      if (i > 1) inputs.buffers.out[i] += b + last;
    },
    { out: 5 },
  );
}
