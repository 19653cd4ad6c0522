// rank 1
// A branch that most groups of lanes take together is still one of those that part the others: what is set in a loop within is masked.
inputs => {
  if (0 > inputs.threadId.x) {
  } else {
    let k0 = 0;
    while (k0 < 1 && 0 === Math.floor(Math.random() * 2)) { k0++;
    }
    inputs.buffers.out[inputs.threadId.x] = (inputs.buffers.out[inputs.threadId.x] * 3 + k0) % 1021;
  }
}
