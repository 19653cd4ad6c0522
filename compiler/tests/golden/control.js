(inputs) => {
  const i = inputs.threadId.x;
  let total = 0;
  outer: for (let a = 0; a < 10; a++) {
    for (let b = 0; ; b++) {
      if (b > a) continue outer;
      if (a * b > 20) break outer;
      total += b;
    }
  }
  do { total--; } while (total > 5 && inputs.uniforms.on);
  switch (i % 4) {
    case 0: total = 1; break;
    case 1: case 2: total = 2; break;
    default: total = 3;
  }
  switch (total) {
    case 1: total += 10;
    case inputs.uniforms.scale: total += 100; break;
    default: total = 0;
  }
  inputs.buffers.data[i] = total;
}
