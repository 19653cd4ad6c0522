// A frame that runs a program, seen from the page. Taking the frame away ends the program and all it left behind.

import script from './frame/frame.ts?worker&url';
import type { Backend, Report, Request } from './messages.js';

const PAGE = `<!doctype html>
<html>
  <head>
    <style>
      html, body { margin: 0; overflow: hidden; background: transparent }
      canvas { display: block; max-width: 100%; height: auto; margin: 0 auto; touch-action: none }
      canvas[hidden] { display: none }
    </style>
  </head>
  <body>
    <canvas hidden></canvas>
    <script type="module" src="${new URL(script, location.href)}"></script>
  </body>
</html>`;

/** A program that runs in a frame of its own. */
export class ProgramFrame {
  readonly #frame = document.createElement('iframe');
  readonly #listen: (event: MessageEvent<Report>) => void;

  /** Runs `program` in a frame that is put into `place`; `onReport` is told what happens. */
  constructor(place: Element, program: string, backend: Backend, onReport: (report: Report) => void, frames?: number) {
    this.#frame.srcdoc = PAGE;
    this.#frame.title = 'What the program paints';
    this.#frame.style.height = '0';
    this.#listen = ({ source, data }) => {
      if (source !== this.#frame.contentWindow) {
        return;
      }
      if (data.type === 'ready') {
        this.#ask({ type: 'run', program, backend, ...(frames !== undefined && { frames }) });
      }
      if (data.type === 'height') {
        this.#frame.style.height = `${data.height}px`;
      }
      onReport(data);
    };
    window.addEventListener('message', this.#listen);
    place.replaceChildren(this.#frame);
  }

  /** Asks for the contents of a buffer; they come as a report. */
  read(id: number, buffer: string): void {
    this.#ask({ type: 'read', interface: id, buffer });
  }

  /** Ends the program and takes its picture away. */
  remove(): void {
    window.removeEventListener('message', this.#listen);
    this.#frame.remove();
  }

  #ask(request: Request): void {
    this.#frame.contentWindow?.postMessage(request, window.origin);
  }
}
