(inputs) => {
  data[inputs.threadId.x] *= 2;
  const s = scale;
}
