// The reference of the package, made of its declarations: node scripts/api.mjs writes reference/api/index.md.
//
// What is exported comes in the order of the package's index; a class or an interface shows its members in the order of their
// file, each as it is declared, with its comment.

import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const INDEX = here('../../packages/hpc.js/esm/api.d.ts');
const OUTPUT = here('../reference/api/index.md');

const program = ts.createProgram([INDEX], { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext });
const checker = program.getTypeChecker();
const index = program.getSourceFile(INDEX);
if (!index) {
  throw new Error('the declarations of the package are missing: npm run build --prefix packages/hpc.js');
}

const seen = new Set();
const sections = checker
  .getExportsOfModule(checker.getSymbolAtLocation(index))
  .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
  .filter((symbol) => !seen.has(symbol) && seen.add(symbol))
  .map(section);
mkdirSync(here('../reference/api'), { recursive: true });
writeFileSync(OUTPUT, `# The interface\n\nAll that \`import … from 'hpc.js'\` gives. \`GPUInterface\` is also the default export.\n\n${sections.join('\n\n')}\n`);

function section(symbol) {
  const declarations = symbol.declarations.filter((declaration) => !isMerged(declaration, symbol));
  const parts = [`## ${symbol.name}`, comment(symbol), code(declarations.map(head).join('\n'))];
  const members = declarations.flatMap((declaration) => [...(declaration.members ?? [])]).filter(isPublic);
  const isLong = declarations.some(ts.isClassDeclaration) || members.some(ts.isMethodSignature);
  const [calls, values] = isLong ? [members.filter(isCall), members.filter((member) => !isCall(member))] : [[], members];
  if (values.length > 0) {
    parts.push(table(values));
  }
  parts.push(...[...groupedByName(calls)].map(([name, overloads]) => call(name, overloads)));
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Parameters of a type on lines of their own, if they do not fit on one. */
function broken(text) {
  const [, before, parameters] = /^([^<]*)<(.*)>$/.exec(text) ?? [];
  return parameters === undefined || text.length < 80 ? text : `${before}<\n  ${parameters.split(', ').join(',\n  ')},\n>`;
}

/** The overloads of each name. */
function groupedByName(members) {
  const groups = new Map();
  for (const member of members) {
    const name = member.name?.getText() ?? 'constructor';
    groups.set(name, [...(groups.get(name) ?? []), member]);
  }
  return groups;
}

/** An interface beside a class of the same name adds what the class cannot say, and is part of its head. */
function isMerged(declaration, symbol) {
  return ts.isInterfaceDeclaration(declaration) && symbol.declarations.some(ts.isClassDeclaration);
}

function isPublic(member) {
  const isHidden = member.name && ts.isPrivateIdentifier(member.name);
  const isInternal = ts.getJSDocTags(member).some((tag) => tag.tagName.text === 'internal');
  return !isHidden && !isInternal && !(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private);
}

/** What is declared, without its members. */
function head(declaration) {
  const text = plain(declaration.getText());
  if (!declaration.members) {
    return ts.isVariableDeclaration(declaration) ? `const ${text}` : text;
  }
  const opening = declaration.members.pos - declaration.getStart();
  const bases = declaration.symbol.declarations.filter((other) => isMerged(other, declaration.symbol));
  const inherited = bases.flatMap((base) => base.heritageClauses ?? []).map((clause) => ` ${clause.getText()}`);
  return broken(plain(declaration.getText().slice(0, opening).replace(/\s*\{$/, ''))) + inherited.join('');
}

function isCall(member) {
  return ts.isConstructorDeclaration(member) || ts.isMethodDeclaration(member) || ts.isMethodSignature(member);
}

function call(name, overloads) {
  const title = name === 'constructor' ? 'Constructor' : name.startsWith('[') ? `\`${name}\`` : `${name}()`;
  return [`### ${title}`, code(overloads.map(signature).join('\n')), memberComment(overloads[0])].filter(Boolean).join('\n\n');
}

function table(members) {
  const row = (member) => `| \`${nameOf(member)}\` | \`${cell(member.type?.getText() ?? '')}\` | ${cell(memberComment(member))} |`;
  return ['| name | type | |', '|---|---|---|', ...members.map(row)].join('\n');
}

function nameOf(member) {
  return (member.name?.getText() ?? `[${member.parameters?.map((parameter) => parameter.getText()).join()}]`) + (member.questionToken ? '?' : '');
}

function cell(text) {
  return text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}

function signature(member) {
  return plain(member.getText());
}

function plain(text) {
  return text.replace(/^\s*\/\*\*[\s\S]*?\*\/\s*$/gm, '').replace(/^(export |declare |default )+/, '').trim();
}

function code(text) {
  return `\`\`\`ts\n${text}\n\`\`\``;
}

function comment(symbol) {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker));
}

function memberComment(member) {
  const symbol = member.name && checker.getSymbolAtLocation(member.name);
  return symbol ? comment(symbol) : '';
}
