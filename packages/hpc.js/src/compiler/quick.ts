// The quick compilers: small modules that know kernels in plain JavaScript without mistakes, and stop with a trap at anything else.
//
// Each kernel gets an instance of its own. The browser makes machine code of a module once, for all of them.

import type { Compilers, Name } from './serve.js';

/** Those whose modules have arrived. While nobody asks, they warm up, if they may take the time. */
export function quickCompilers({ warmsUp }: { warmsUp: boolean }): Compilers {
  const modules = new Map<Name, WebAssembly.Module>();
  let isAsked = false;
  return {
    arrive({ name, module }) {
      modules.set(name, module);
      if (warmsUp && !isAsked) {
        warmUp(module);
      }
    },
    async answer({ name, source, interface: interface_ }) {
      isAsked = true;
      return compileQuickly(modules.get(name)!, source, interface_);
    },
  };
}

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

/** What instances start with, in pages of 64 KiB: 20 are their stack and their data. */
const INITIAL_PAGES = 32;
/** What they may take: nothing is given back, and kernels that need more are for the full compiler. */
const MOST_PAGES = 256;

// The memory of the instance that compiles: one after the other, as browsers set aside gigabytes of addresses for each memory. An instance
// begins by writing all of its data, zeros too, and reads nothing else that it has not written.
let memory: WebAssembly.Memory | undefined;

function instantiate(module: WebAssembly.Module): Exports {
  memory ??= new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MOST_PAGES });
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
