// The script of the frame that runs a program. A frame runs one program once: it ends with the frame, and so does all it left behind.

import type GPUInterface from 'hpc.js';
import type { Report, Request } from '../messages.js';
import { format } from './format.js';
import { exportsOf, linked, urlOf } from './imports.js';
import { problemsOf } from './problems.js';
import { recordedModule } from './recorded.js';
import { Recorder } from './recorder.js';

declare global {
  interface Window {
    /** What programs get when they import the package. */
    hpcModule?: object;
  }
}

const interfaces = new Map<number, GPUInterface>();

function tell(report: Report, transfer: Transferable[] = []): void {
  window.parent.postMessage(report, { targetOrigin: window.origin, transfer });
}

window.addEventListener('message', ({ source, data }: MessageEvent<Request>) => {
  if (source !== window.parent) {
    return;
  }
  if (data.type === 'run') {
    void run(data);
  } else {
    void read(data.interface, data.buffer);
  }
});

async function run({ program, backend, frames }: Extract<Request, { type: 'run' }>): Promise<void> {
  const canvas = document.querySelector('canvas')!;
  watchConsole();
  limitFrames(frames);
  let url = '';
  const fail = (error: unknown) => problemsOf(error, program, url).forEach((problem) => tell({ type: 'problem', problem }));
  window.addEventListener('error', (event) => fail(event.error ?? event.message));
  window.addEventListener('unhandledrejection', (event) => fail(event.reason));
  try {
    const module = recordedModule({
      program,
      backend,
      recorder: new Recorder((record) => tell({ type: 'queue', record })),
      onInterface(gpu, description) {
        interfaces.set(description.id, gpu);
        tell({ type: 'interface', description });
      },
      onPaint: (gpu) => showCanvas(gpu.canvas === canvas),
      onKernel: (kernel) => tell({ type: 'kernel', kernel }),
      onReport: (message) => tell({ type: 'log', level: 'warn', text: message }),
    });
    window.hpcModule = module;
    url = urlOf(linked(program, { 'hpc.js': urlOf(exportsOf(module)) }));
    const { default: main } = (await import(/* @vite-ignore */ url)) as { default?: unknown };
    const result = typeof main === 'function' ? await main({ canvas }) : undefined;
    tell({ type: 'done', result: isShown(result) ? format(result) : undefined });
  } catch (error) {
    fail(error);
    tell({ type: 'done', result: undefined });
  }
}

async function read(id: number, buffer: string): Promise<void> {
  try {
    // Not through the recorder: the program did not ask for it.
    const gpu = interfaces.get(id)!;
    const elements = await Object.getPrototypeOf(Object.getPrototypeOf(gpu)).readBuffer.call(gpu, buffer);
    tell({ type: 'contents', interface: id, buffer, elements }, [elements.buffer]);
  } catch (error) {
    tell({ type: 'problem', problem: { message: String(error), line: 0, column: 0 } });
  }
}

// An interface has been returned for the next program, not for a reader.
function isShown(result: unknown): boolean {
  return result !== undefined && !Array.from(interfaces.values()).includes(result as GPUInterface);
}

function watchConsole(): void {
  for (const level of ['log', 'warn', 'error'] as const) {
    const original = console[level].bind(console);
    console[level] = (...values: unknown[]) => {
      original(...values);
      tell({ type: 'log', level, text: values.map((value) => format(value)).join(' ') });
    };
  }
}

function limitFrames(frames: number | undefined): void {
  if (frames !== undefined) {
    const request = window.requestAnimationFrame.bind(window);
    let left = frames;
    window.requestAnimationFrame = (callback) => (left-- > 0 ? request(callback) : 0);
  }
}

function showCanvas(isUsed: boolean): void {
  const canvas = document.querySelector('canvas')!;
  if (isUsed && canvas.hidden) {
    canvas.hidden = false;
    new ResizeObserver(() => tell({ type: 'height', height: canvas.offsetHeight })).observe(canvas);
  }
}

tell({ type: 'ready' });
