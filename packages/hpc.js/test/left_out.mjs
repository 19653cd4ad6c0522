// Which cases of the corpus a backend cannot run, and why.

export function whyLeftOut({ backends = ['gpu', 'cpu'], judges = {} }, backend, driver) {
  if (backend !== 'debug' && !backends.includes(backend)) {
    return `is about the ${backends.join(' and ')} backend`;
  }
  return judges[driver];
}
