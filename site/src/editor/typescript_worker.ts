// TypeScript's language service for one program, in a worker: it knows the package's types, and so the names of the buffers
// and uniforms that the program declares.

import { createSystem, createVirtualTypeScriptEnvironment } from '@typescript/vfs';
import ts from 'typescript';

/** What the page asks; `offset` is a place in `program`. */
export interface Question {
  readonly id: number;
  readonly kind: 'complete' | 'describe' | 'hover';
  readonly program: string;
  readonly offset: number;
  /** Which of the completions is to be described. */
  readonly name?: string;
}

/** One name that fits. */
export interface Suggestion {
  readonly name: string;
  readonly kind: string;
  readonly sort: string;
}

/** Something that TypeScript knows: its type, and what its documentation says. */
export interface Description {
  readonly start: number;
  readonly signature: string;
  readonly documentation: string;
}

/** The answer to the question of this number. */
export interface Answer {
  readonly id: number;
  readonly suggestions?: readonly Suggestion[];
  readonly description?: Description | undefined;
}

const PROGRAM = '/program.js';
const OPTIONS: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.esnext.disposable.d.ts', 'lib.esnext.float16.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2022,
  types: [],
};

const environment = createVirtualTypeScriptEnvironment(createSystem(files()), [PROGRAM], ts, OPTIONS);
const service = environment.languageService;

self.addEventListener('message', ({ data }: MessageEvent<Question>) => {
  environment.updateFile(PROGRAM, data.program === '' ? ' ' : data.program);
  self.postMessage({ id: data.id, ...answer(data) } satisfies Answer);
});

function answer({ kind, offset, name = '' }: Question): Omit<Answer, 'id'> {
  switch (kind) {
    case 'complete':
      return { suggestions: suggestions(offset) };
    case 'describe':
      return { description: describe(offset, service.getCompletionEntryDetails(PROGRAM, offset, name, {}, undefined, {}, undefined)) };
    case 'hover': {
      const info = service.getQuickInfoAtPosition(PROGRAM, offset);
      return { description: describe(info?.textSpan.start ?? offset, info) };
    }
  }
}

function suggestions(offset: number): Suggestion[] {
  const found = service.getCompletionsAtPosition(PROGRAM, offset, {});
  // Without types every name of the program is offered; that is no help.
  const entries = (found?.entries ?? []).filter(({ kind }) => kind !== ts.ScriptElementKind.warning);
  return entries.map(({ name, kind, sortText }) => ({ name, kind, sort: sortText }));
}

type Known = Pick<ts.QuickInfo, 'displayParts' | 'documentation'>;

function describe(start: number, known: Known | undefined): Description | undefined {
  return known && {
    start,
    signature: ts.displayPartsToString(known.displayParts),
    documentation: ts.displayPartsToString(known.documentation),
  };
}

/** The declarations of the language, the browser and the package, where TypeScript looks for them. */
function files(): Map<string, string> {
  const libraries = import.meta.glob<string>(
    [
      '../../../node_modules/typescript/lib/lib.es5.d.ts',
      '../../../node_modules/typescript/lib/lib.es20*.d.ts',
      '../../../node_modules/typescript/lib/lib.decorators*.d.ts',
      '../../../node_modules/typescript/lib/lib.dom.d.ts',
      '../../../node_modules/typescript/lib/lib.esnext.disposable.d.ts',
      '../../../node_modules/typescript/lib/lib.esnext.float16.d.ts',
      '!../../../node_modules/typescript/lib/*.full.d.ts',
    ],
    { query: '?raw', import: 'default', eager: true },
  );
  const ours = import.meta.glob<string>('../../../packages/hpc.js/esm/*.d.ts', { query: '?raw', import: 'default', eager: true });
  const manifest = JSON.stringify({ name: 'hpc.js', version: '0.0.0', type: 'module', types: './index.d.ts' });
  return new Map([
    [PROGRAM, ' '],
    ['/node_modules/hpc.js/package.json', manifest],
    ...placed(libraries, '/'),
    ...placed(ours, '/node_modules/hpc.js/'),
  ]);
}

function placed(files: Record<string, string>, folder: string): [string, string][] {
  return Object.entries(files).map(([path, text]) => [folder + path.split('/').at(-1)!, text]);
}
