// WebAssembly of the package as a module.

/** Fetches and compiles a file. Servers may not know what WebAssembly is: then it is compiled only when all of it is there. */
export async function fetchModule(file: URL): Promise<WebAssembly.Module> {
  const response = await fetch(file);
  if (!response.ok) {
    throw new Error(`${file.pathname} is not there (${response.status})`);
  }
  const isKnown = response.headers.get('Content-Type') === 'application/wasm';
  return isKnown ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}
