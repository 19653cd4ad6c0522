// The quick compilers: small modules that know kernels in plain JavaScript without mistakes, and stop with a trap at anything else.
//
// Each kernel gets an instance of its own. The browser makes machine code of a module once, for all of them.

interface Exports {
  readonly memory: WebAssembly.Memory;
  room(length: number): number;
  compile(source: number, sourceLength: number, interface_: number, interfaceLength: number): number;
  warm_up(): void;
}

/** Compiles a kernel's text for an interface: the artifact as text, or nothing where the compiler gives up. */
export async function compileQuickly(module: WebAssembly.Module, source: string, interface_: string): Promise<string | undefined> {
  try {
    const { memory, room, compile } = await instantiate(module);
    const place = (text: string): [number, number] => {
      const bytes = new TextEncoder().encode(text);
      const start = room(bytes.length);
      new Uint8Array(memory.buffer, start, bytes.length).set(bytes);
      return [start, bytes.length];
    };
    const answer = compile(...place(source), ...place(interface_));
    const [start, length] = new Uint32Array(memory.buffer, answer, 2);
    return textAt(memory, start!, length!);
  } catch {
    // A trap, or too little stack or memory: whoever knows everything tells what is wrong, if anything is.
    return undefined;
  }
}

/** Compiles a kernel that nobody waits for, so that the browser makes machine code of the compiler. */
export async function warmUp(module: WebAssembly.Module): Promise<void> {
  (await instantiate(module)).warm_up();
}

async function instantiate(module: WebAssembly.Module): Promise<Exports> {
  // What JavaScript computes of constants is what a kernel's text means.
  const math = (name: number, length: number, first: number, second: number): number => {
    const text = textAt(exports.memory, name, length);
    return text === '%' ? first % second : MATH[text]!(first, second);
  };
  const { exports } = (await WebAssembly.instantiate(module, { page: { math } })) as unknown as { exports: Exports };
  return exports;
}

const MATH = Math as unknown as Record<string, (first: number, second: number) => number>;

function textAt(memory: WebAssembly.Memory, start: number, length: number): string {
  return new TextDecoder().decode(new Uint8Array(memory.buffer, start, length));
}
