//! A small parser for kernels without mistakes, for pages, where the size of the parser counts.
//!
//! It knows the part of JavaScript that kernels are made of. For what it accepts it gives the tree that oxc's is converted to, places included;
//! for all else, mistakes among it, it gives up without a reason, and the caller takes oxc.
//!
//! It accepts nothing that oxc refuses, and so gives up whenever it is in doubt: oxc parses TypeScript, so that even a text without types
//! may mean something else than it does in JavaScript.

mod expressions;
mod functions;
mod lexer;
mod numbers;
mod operators;
mod patterns;
mod statements;

#[cfg(test)]
mod tests;

use super::KernelSyntax;
use super::tree::{Arena, Identifier};
use crate::diagnostics::Span;
use lexer::{Lexer, Token, TokenKind};

/// How deep the parser may call itself. A bracket takes up to three calls.
const DEPTH_LIMIT: u32 = 600;

/// Parses a kernel's text; nothing if that is not a kernel, or has parts that this parser does not know.
pub(crate) fn parse<'a>(arena: &'a Arena, source: &'a str) -> Option<KernelSyntax<'a>> {
    if source.as_bytes().windows(13).any(|window| window == b"[native code]") {
        return None;
    }
    let mut lexer = Lexer::new(source);
    let token = lexer.next()?;
    Parser { source, arena, lexer, token, previous_end: 0, depth: 0 }.kernel()
}

/// A place in the text, and what is needed to make nodes. Each method takes what it is named after from the text.
struct Parser<'a> {
    source: &'a str,
    arena: &'a Arena,
    lexer: Lexer<'a>,
    /// The next token of the text.
    token: Token<'a>,
    /// Where the token before it ends.
    previous_end: u32,
    /// How many calls have counted themselves.
    depth: u32,
}

impl<'a> Parser<'a> {
    fn advance(&mut self) -> Option<()> {
        self.previous_end = self.token.span().end;
        self.token = self.lexer.next()?;
        Some(())
    }

    /// Whether the next token is this sign or word. No string or number is written like one.
    fn at(&self, text: &str) -> bool {
        self.token.text == text
    }

    fn eat(&mut self, text: &str) -> Option<bool> {
        let found = self.at(text);
        if found {
            self.advance()?;
        }
        Some(found)
    }

    fn expect(&mut self, text: &str) -> Option<()> {
        self.eat(text)?.then_some(())
    }

    fn alloc<T>(&self, node: T) -> &'a T {
        self.arena.alloc(node)
    }

    fn list<T: Copy>(&self, nodes: &[T]) -> &'a [T] {
        self.arena.alloc_slice_copy(nodes)
    }

    /// From `start` to the end of what was taken.
    fn span_from(&self, start: u32) -> Span {
        Span { start, end: self.previous_end }
    }

    /// The end of a statement: a semicolon, or where one is inserted.
    fn semicolon(&mut self) -> Option<()> {
        (self.eat(";")? || self.is_semicolon_inserted()).then_some(())
    }

    fn is_semicolon_inserted(&self) -> bool {
        self.token.on_new_line || self.at("}")
    }

    /// Any word, as it may stand behind a dot.
    fn word(&mut self) -> Option<Identifier<'a>> {
        let token = self.token;
        (token.kind == TokenKind::Word).then_some(())?;
        self.advance()?;
        Some(Identifier { span: token.span(), name: token.text })
    }

    /// A word that may name a variable, a function or a label.
    fn name(&mut self) -> Option<Identifier<'a>> {
        if NO_NAMES.contains(&self.token.text) { None } else { self.word() }
    }

    /// Counts one level of nesting; the caller takes it back.
    fn descend(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= DEPTH_LIMIT).then_some(())
    }
}

/// Reserved words, and those that may begin something else than an expression, also in TypeScript.
#[rustfmt::skip]
const NO_NAMES: [&str; 55] = [
    "abstract", "accessor", "as", "async", "await", "break", "case", "catch", "class", "const", "continue",
    "debugger", "declare", "default", "delete", "do", "else", "enum", "export", "extends", "false",
    "finally", "for", "function", "global", "if", "implements", "import", "in", "instanceof", "interface",
    "let", "new", "null", "package", "private", "protected", "public", "readonly", "return", "satisfies",
    "static", "super", "switch", "this", "throw", "true", "try", "typeof", "using", "var", "void", "while",
    "with", "yield",
];
