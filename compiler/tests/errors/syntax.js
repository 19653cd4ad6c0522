(inputs) => {
  let x = ;
}
