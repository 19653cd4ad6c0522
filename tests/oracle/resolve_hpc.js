// Lets programs that import 'hpc.js' run on the oracle; register it with `register` of node:module.

export async function resolve(specifier, context, next) {
  return specifier === 'hpc.js' ? { url: new URL('./hpc.js', import.meta.url).href, shortCircuit: true } : next(specifier, context);
}
