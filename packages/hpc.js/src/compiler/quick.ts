// The quick compilers: small modules that know kernels in plain JavaScript without mistakes, and stop with a trap at anything else.
//
// Each kernel gets an instance of its own. The browser makes machine code of a module once, for all of them.

interface Exports {
  room(length: number): number;
  compile(source: number, sourceLength: number, interface_: number, interfaceLength: number): number;
  warm_up(): void;
}

/** Compiles a kernel's text for an interface: the artifact as text, or nothing where the compiler gives up. */
export function compileQuickly(module: WebAssembly.Module, source: string, interface_: string): string | undefined {
  try {
    const { room, compile } = instantiate(module);
    const place = (text: string): [number, number] => {
      const bytes = new TextEncoder().encode(text);
      const start = room(bytes.length);
      new Uint8Array(memory!.buffer, start, bytes.length).set(bytes);
      return [start, bytes.length];
    };
    const answer = compile(...place(source), ...place(interface_));
    const [start, length] = new Uint32Array(memory!.buffer, answer, 2);
    return textAt(start!, length!);
  } catch {
    // A trap, or too little stack or memory: whoever knows everything tells what is wrong, if anything is.
    return undefined;
  }
}

/** Compiles a kernel that nobody waits for, so that the browser makes machine code of the compiler. */
export function warmUp(module: WebAssembly.Module): void {
  instantiate(module).warm_up();
}

/** What instances start with, in pages of 64 KiB: their stack is 16 of them. */
const INITIAL_PAGES = 64;
/** What is not worth to be kept, in bytes. */
const LARGE = 1 << 26;

// The memory of the instance that compiles: one after the other, as browsers set aside gigabytes of addresses for each memory.
let memory: WebAssembly.Memory | undefined;

function instantiate(module: WebAssembly.Module): Exports {
  if (memory && memory.buffer.byteLength < LARGE) {
    new Uint8Array(memory.buffer).fill(0);
  } else {
    memory = new WebAssembly.Memory({ initial: INITIAL_PAGES });
  }
  const { exports } = new WebAssembly.Instance(module, { env: { memory }, page: { math } });
  return exports as unknown as Exports;
}

// What JavaScript computes of constants is what a kernel's text means.
function math(name: number, length: number, first: number, second: number): number {
  const text = textAt(name, length);
  return text === '%' ? first % second : MATH[text]!(first, second);
}

const MATH = Math as unknown as Record<string, (first: number, second: number) => number>;

function textAt(start: number, length: number): string {
  return new TextDecoder().decode(new Uint8Array(memory!.buffer, start, length));
}
