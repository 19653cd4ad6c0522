// Kernels come as modules that define their memory. Here the threads of an interface share one, so it is imported instead.

import { EngineError } from './errors.js';

/** What instances import: `{ hpc: { memory } }`. */
export const IMPORTS = { module: 'hpc', memory: 'memory' } as const;

/** The numbers of sections in the binary format. */
const SECTION = { custom: 0, import: 2, function: 3, memory: 5, start: 8, data: 11 } as const;
const HEADER_BYTES = 8;
const KIND_MEMORY = 2;
/** The flags of a memory's limits: has a maximum, is shared, has long addresses. */
const HAS_MAXIMUM = 1;
const SHARED = 2;
const LONG = 4;
/** All pages that short addresses reach, 65536, in seven bits a byte. */
const MOST_PAGES = [0x80, 0x80, 0x04];

interface Section {
  readonly id: number;
  /** With its head. */
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

/**
 * The same module with its memory imported, shared or not. The number of the memory stays the same, so nothing else changes.
 * What would touch the memory when an instance is made, while other threads may be running in it, is refused.
 */
export function withImportedMemory(module: Uint8Array, isShared: boolean): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [module.subarray(0, HEADER_BYTES)];
  const sections = sectionsOf(module);
  const memory = sections.find(({ id }) => id === SECTION.memory);
  if (!memory) {
    throw refused('it defines no memory');
  }
  for (const { id, bytes } of sections) {
    if (id === SECTION.import || id === SECTION.start || id === SECTION.data) {
      throw refused('it has imports, a start function or data');
    }
    if (id === SECTION.function) {
      // Imports come before functions.
      parts.push(importSection(memory.content, isShared));
    }
    if (id !== SECTION.memory) {
      parts.push(bytes);
    }
  }
  return concatenate(parts);
}

function importSection(memories: Uint8Array, isShared: boolean): Uint8Array {
  const [count, flags, ...limits] = memories;
  if (count !== 1 || flags === undefined || (flags & HAS_MAXIMUM) === 0 || (flags & LONG) !== 0) {
    throw refused('its memory has no maximum or long addresses');
  }
  // The memory may grow after the kernel was compiled, if buffers do.
  const minimum = limits.slice(0, limits.findIndex((byte) => (byte & 0x80) === 0) + 1);
  const names = [IMPORTS.module, IMPORTS.memory].flatMap((name) => [name.length, ...new TextEncoder().encode(name)]);
  const content = [1, ...names, KIND_MEMORY, HAS_MAXIMUM | (isShared ? SHARED : 0), ...minimum, ...MOST_PAGES];
  // Short enough for a size of one byte.
  return Uint8Array.from([SECTION.import, content.length, ...content]);
}

function sectionsOf(module: Uint8Array): Section[] {
  const sections: Section[] = [];
  let start = HEADER_BYTES;
  while (start < module.length) {
    const { value: size, end: contentStart } = unsigned(module, start + 1);
    const end = contentStart + size;
    const content = module.subarray(contentStart, end);
    sections.push({ id: module[start]!, bytes: module.subarray(start, end), content });
    start = end;
  }
  return sections;
}

/** A number of seven bits a byte, the lowest first, and where it ends. */
function unsigned(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  let end = start;
  let byte: number;
  do {
    byte = bytes[end] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * (end - start));
    end += 1;
  } while (byte & 0x80);
  return { value, end };
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function refused(why: string): EngineError {
  return new EngineError('refused', `the code of a kernel cannot be run: ${why}`);
}
