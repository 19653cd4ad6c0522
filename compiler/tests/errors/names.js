(inputs) => {
  const first = consle.log(3);
  inputs.buffers.dta[0] = wdith;
  inputs.thredId.x;
  Math.sni(1);
  document.title;
  let later = before;
  let before = 1;
  let hpc__x = 1;
  const c = a(1, 2);
}
