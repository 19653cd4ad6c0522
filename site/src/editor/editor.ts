// CodeMirror as the playground uses it: an editor for programs, and a viewer for generated code.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import {
  bracketMatching, foldGutter, foldKeymap, indentOnInput, StreamLanguage, syntaxHighlighting,
} from '@codemirror/language';
import { rust } from '@codemirror/legacy-modes/mode/rust';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Text } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import type { Problem } from '../messages.js';
import { typescriptSupport } from './typescript.js';

/** An editor for one program. */
export interface Editor {
  readonly view: EditorView;
  /** Replaces the program. */
  setProgram(program: string): void;
  /** Underlines the problems. */
  show(problems: readonly Problem[]): void;
  /** Puts the cursor where a problem is. */
  goTo(problem: Problem): void;
  end(): void;
}

/** Makes an editor in `parent`. `onChange` gets each new text, `onRun` is told of Ctrl+Enter. */
export function createEditor(parent: HTMLElement, onChange: (program: string) => void, onRun: () => void): Editor {
  const typescript = typescriptSupport();
  const view = new EditorView({
    parent,
    extensions: [
      lineNumbers(),
      foldGutter(),
      lintGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      javascript(),
      syntaxHighlighting(classHighlighter),
      autocompletion({ override: [typescript.complete] }),
      typescript.hover,
      // Tab is left to the browser, so that the keyboard gets out of the editor.
      keymap.of([
        { key: 'Mod-Enter', run: () => (onRun(), true) },
        ...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...searchKeymap, ...foldKeymap, ...historyKeymap, ...defaultKeymap,
      ]),
      EditorView.contentAttributes.of({ 'aria-label': 'The program' }),
      EditorView.updateListener.of((update) => update.docChanged && onChange(update.state.doc.toString())),
    ],
  });
  return {
    view,
    setProgram: (program) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: program } }),
    show: (problems) => view.dispatch(setDiagnostics(view.state, problems.flatMap((problem) => diagnostic(view.state, problem)))),
    goTo({ line, column }) {
      const anchor = offsetOf(view.state.doc, line, column);
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      view.focus();
    },
    end() {
      typescript.end();
      view.destroy();
    },
  };
}

/** Shows generated code in `parent`: WGSL, or what the compiler and the debug backend print, which looks like JavaScript. */
export function createViewer(parent: HTMLElement, code: string): EditorView {
  // WGSL looks like Rust.
  const language = /\bfn [\w$]+\(/.test(code) ? StreamLanguage.define(rust) : javascript();
  return new EditorView({
    parent,
    doc: code,
    extensions: [
      lineNumbers(),
      language,
      syntaxHighlighting(classHighlighter),
      EditorState.readOnly.of(true),
      keymap.of([...searchKeymap, ...defaultKeymap]),
      EditorView.contentAttributes.of({ 'aria-label': 'The generated code', tabindex: '0' }),
    ],
  });
}

function diagnostic(state: EditorState, problem: Problem): Diagnostic[] {
  if (problem.line === 0) {
    return [];
  }
  const from = offsetOf(state.doc, problem.line, problem.column);
  const word = state.wordAt(from);
  const to = word && word.to > from ? word.to : Math.min(from + 1, state.doc.length);
  const notes = [...(problem.notes ?? []), problem.help].filter((note) => note !== undefined);
  const title = problem.code ? `${problem.code}: ${problem.message}` : problem.message;
  return [{ from, to, severity: 'error', message: [title, ...notes].join('\n') }];
}

function offsetOf(doc: Text, line: number, column: number): number {
  const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(from + Math.max(column, 1) - 1, to);
}
