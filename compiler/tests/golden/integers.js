(inputs) => {
  const i = inputs.threadId.x;
  let hash = (i * 374761393) ^ 61;
  hash = Math.imul(hash ^ (hash >>> 15), 2246822519);
  const unit = (hash >>> 0) / 4294967296;
  let sum = 0;
  for (let k = 0; k < 10000; k++) sum += k;
  let count = 0;
  while (count < inputs.uniforms.scale) count++;
  const row = Math.floor(i / 8), column = i % 8;
  inputs.buffers.grid[row][column] = unit + sum + count;
  let factorial = 1;
  for (let k = 1; k < 20; k++) factorial *= k;
  inputs.buffers.data[i] = factorial + i * i;
}
