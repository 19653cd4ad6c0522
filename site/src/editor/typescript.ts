// Completions and hovers from TypeScript's language service, which is loaded when it is first wanted.

import { insertCompletionText, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { hoverTooltip, type EditorView, type Tooltip } from '@codemirror/view';
import type { Answer, Description, Question, Suggestion } from './typescript_worker.js';

/** Asks the worker, one question after the other. */
class Service {
  readonly #worker = new Worker(new URL('./typescript_worker.ts', import.meta.url), { type: 'module' });
  readonly #open = new Map<number, (answer: Answer) => void>();
  #count = 0;

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      this.#open.get(data.id)?.(data);
      this.#open.delete(data.id);
    });
  }

  ask(question: Omit<Question, 'id'>): Promise<Answer> {
    const id = this.#count++;
    this.#worker.postMessage({ ...question, id });
    return new Promise((resolve) => this.#open.set(id, resolve));
  }

  end(): void {
    this.#worker.terminate();
  }
}

/** How CodeMirror names what TypeScript names so. */
const ICONS: Record<string, string> = {
  'local class': 'class', alias: 'variable', const: 'constant', function: 'function', getter: 'property', interface: 'interface',
  keyword: 'keyword', let: 'variable', method: 'method', parameter: 'variable', property: 'property', var: 'variable', class: 'class',
};

/** What the editor takes from TypeScript for as long as it lives. */
export function typescriptSupport() {
  let service: Service | undefined;
  const ask = (question: Omit<Question, 'id'>) => (service ??= new Service()).ask(question);

  async function complete(context: CompletionContext): Promise<CompletionResult | null> {
    const word = context.matchBefore(/[\w$]*/);
    const follows = context.matchBefore(/\.[\w$]*/) !== null;
    if (!context.explicit && !follows && (word === null || word.from === word.to)) {
      return null;
    }
    const program = context.state.doc.toString();
    const { suggestions = [] } = await ask({ kind: 'complete', program, offset: context.pos });
    const toCompletion = (suggestion: Suggestion): Completion => ({
      label: suggestion.name,
      type: ICONS[suggestion.kind] ?? 'variable',
      // Names of the place come before those of the whole language.
      boost: suggestion.sort < '12' ? 10 : suggestion.sort < '15' ? 0 : -10,
      info: async () => {
        const { description } = await ask({ kind: 'describe', program, offset: context.pos, name: suggestion.name });
        return description ? shown(description) : null;
      },
      apply: (view, completion, from, to) => view.dispatch(insertCompletionText(view.state, completion.label, from, to)),
    });
    return { from: word?.from ?? context.pos, options: suggestions.map(toCompletion), validFor: /^[\w$]*$/ };
  }

  async function hover(view: EditorView, offset: number): Promise<Tooltip | null> {
    const { description } = await ask({ kind: 'hover', program: view.state.doc.toString(), offset });
    return description?.signature ? { pos: description.start, create: () => ({ dom: shown(description) }) } : null;
  }

  return { complete, hover: hoverTooltip(hover), end: () => service?.end() };
}

function shown({ signature, documentation }: Description): HTMLElement {
  const element = document.createElement('div');
  element.className = 'description';
  const code = document.createElement('code');
  code.textContent = signature;
  const text = document.createElement('p');
  text.textContent = documentation;
  element.append(code, ...(documentation === '' ? [] : [text]));
  return element;
}
