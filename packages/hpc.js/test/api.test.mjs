// What the package shows, compared with docs/api/hpc.js.txt, so that a change of it is seen where it is reviewed. UPDATE=1 rewrites the file.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { stored } from './snapshot.mjs';

const REPORT = new URL('../../../docs/api/hpc.js.txt', import.meta.url);
const INDEX = fileURLToPath(new URL('../esm/index.d.ts', import.meta.url));

const program = ts.createProgram([INDEX], { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext });
const checker = program.getTypeChecker();
const printer = ts.createPrinter({ removeComments: true });

/** Each name that is exported, with its declarations. */
function report() {
  const names = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(INDEX)));
  const told = names.map((symbol) => {
    const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return `# ${symbol.name}\n${meant.declarations.map(declaration).join('\n')}\n`;
  });
  return ['What the package hpc.js shows. A test compares, with UPDATE=1 it rewrites this file.\n', ...told.sort()].join('\n');
}

function declaration(node) {
  // The declaration of a variable stands in a statement that has its `const`.
  const whole = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const text = printer.printNode(ts.EmitHint.Unspecified, whole, node.getSourceFile());
  return text.split('\n').filter((line) => !/^ {4}(private|#)/.test(line)).join('\n');
}

test('the package shows what docs/api/hpc.js.txt says', () => {
  mkdirSync(new URL('.', REPORT), { recursive: true });
  const found = report();
  const kept = stored(REPORT, found);
  assert.equal(found, kept, 'if that is meant: UPDATE=1 node --test test/api.test.mjs');
});
