//! The parser: a kernel's text to its syntax tree, or the first thing in it that is no JavaScript.
//!
//! It reads what an engine gives as the text of a function, in strict mode, and TypeScript, whose types it skips. What no kernel can have is
//! read as far as is needed to find its end, so that what stands behind it is looked at too.
//!
//! It calls itself for what is nested, and counts how deep: [`LIMIT`] levels fit into the stack of any thread. What stands in a row is a loop,
//! be it as long as the text: operators of one precedence, members, calls, `else if`. Each part of a text is read a few times at most.

mod expressions;
mod functions;
mod kernel;
mod lists;
mod look;
mod objects;
mod operators;
mod patterns;
mod primary;
mod statements;
mod types;

#[cfg(test)]
mod tests;

use super::KernelSyntax;
use super::lexer::{Lexer, Token, TokenKind};
use super::messages::{self, Parsed};
use super::strings;
use super::tree::{Arena, Expression, Foreign, ForeignKind, Identifier};
use crate::collections::Set;
use crate::diagnostics::{Code, Diagnostic, Span};

/// How deep a text may be nested. Kernels written by hand stay below 20.
const LIMIT: u32 = 200;

/// Parses a kernel's text.
///
/// # Errors
///
/// The first syntax error, or what is wrong with the form of the function.
pub(super) fn parse<'a>(arena: &'a Arena, source: &'a str) -> Parsed<KernelSyntax<'a>> {
    let mut lexer = Lexer::new(source);
    let token = lexer.next()?;
    let place = Place { lexer, token, previous_end: 0, depth: 0 };
    let parser = Parser {
        source,
        arena,
        place,
        context: Context::default(),
        arrows: Vec::new(),
        open_types: Vec::new(),
        no_types: Set::default(),
        default_outside_pattern: None,
    };
    parser.kernel()
}

/// A place in the text, and what is needed to make nodes. Each method takes what it is named after from the text.
struct Parser<'a> {
    source: &'a str,
    arena: &'a Arena,
    place: Place<'a>,
    context: Context,
    /// Where parentheses open that were looked at, and what follows them: in the order of the text.
    arrows: Vec<(u32, look::After)>,
    /// Where lists of types open that are being read.
    open_types: Vec<u32>,
    /// Where a `<` stands that opens no list of types.
    no_types: Set<u32>,
    /// Where `{ name = value }` stands that is no pattern, unless an assignment follows.
    default_outside_pattern: Option<Span>,
}

/// How far the parser is, to come back to.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// Behind the next token.
    lexer: Lexer<'a>,
    /// The next token of the text.
    token: Token<'a>,
    /// Where the token before it ends.
    previous_end: u32,
    /// How deep it is nested.
    depth: u32,
}

/// What an expression stands in, up to the brackets around it.
#[derive(Clone, Copy, Default)]
struct Context {
    /// The head of a loop, where `in` is no operator.
    is_head: bool,
    /// Between `?` and `:`, where a colon ends the expression.
    is_choice: bool,
}

/// Tokens.
impl<'a> Parser<'a> {
    fn token(&self) -> Token<'a> {
        self.place.token
    }

    fn advance(&mut self) -> Parsed<()> {
        self.place.previous_end = self.place.token.end();
        self.place.token = self.place.lexer.next()?;
        Ok(())
    }

    fn at(&self, text: &str) -> bool {
        self.place.token.text == text
    }

    fn is_word(&self) -> bool {
        self.place.token.kind == TokenKind::Word
    }

    /// The token behind the next one.
    fn second(&self) -> Option<Token<'a>> {
        self.place.lexer.peek()
    }

    /// Whether this sign or word follows the next token.
    fn is_before(&self, text: &str) -> bool {
        self.second().is_some_and(|token| token.is(text))
    }

    /// Whether a word follows the next token on its line.
    fn is_before_word(&self) -> bool {
        self.second().is_some_and(|token| token.kind == TokenKind::Word && !token.on_new_line)
    }

    fn eat(&mut self, text: &str) -> Parsed<bool> {
        let found = self.at(text);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn expect(&mut self, text: &str) -> Parsed<()> {
        if self.at(text) {
            return self.advance();
        }
        let diagnostic = messages::unexpected(&format!("`{text}`"), &self.token());
        Err(Box::new(diagnostic.help(format!("write `{text}` here"))))
    }

    /// The bracket that closes the one at `open`.
    fn close(&mut self, text: &str, open: Span) -> Parsed<()> {
        if self.at(text) {
            return self.advance();
        }
        Err(messages::not_closed(&format!("`{text}`"), text, open, &self.token()))
    }

    /// The end of a statement: a semicolon, or where one is inserted.
    fn semicolon(&mut self) -> Parsed<()> {
        if self.eat(";")? || self.is_semicolon_inserted() {
            return Ok(());
        }
        Err(messages::not_separated(&self.token()))
    }

    fn is_semicolon_inserted(&self) -> bool {
        self.token().on_new_line || self.at("}") || self.token().kind == TokenKind::End
    }

    /// Any word, as it may stand behind a dot.
    fn word(&mut self) -> Parsed<Identifier<'a>> {
        let token = self.token();
        if token.kind != TokenKind::Word {
            return Err(messages::no_name(&token, false));
        }
        self.advance()?;
        Ok(Identifier { span: token.span(), name: strings::word(self.arena, &token)? })
    }

    /// A word that may name a variable, a function or a label.
    fn name(&mut self) -> Parsed<Identifier<'a>> {
        if RESERVED.contains(&self.token().text) {
            return Err(messages::no_name(&self.token(), true));
        }
        let start = self.token();
        let name = self.word()?;
        match start.text.len() != name.name.len() && RESERVED.contains(&name.name) {
            true => Err(messages::no_name(&start, true)),
            false => Ok(name),
        }
    }

    /// What a string holds.
    fn string_value(&self, token: &Token<'a>) -> Parsed<&'a str> {
        strings::value(self.arena, token)
    }

    /// Counts one level of nesting; the caller takes it back.
    fn descend(&mut self) -> Parsed<()> {
        self.place.depth += 1;
        if self.place.depth <= LIMIT {
            return Ok(());
        }
        Err(Box::new(
            Diagnostic::new(Code::TooDeep, self.token().span())
                .message(format!("this kernel is nested more than {LIMIT} levels deep"))
                .help("split the expression into variables, or the kernel into functions"),
        ))
    }

    fn ascend(&mut self) {
        self.place.depth -= 1;
    }

    /// Tries to take something; nothing is taken where there is a mistake in it.
    fn attempt<T>(&mut self, take: impl FnOnce(&mut Self) -> Parsed<T>) -> Option<T> {
        let (place, context) = (self.place, self.context);
        let taken = take(self).ok();
        if taken.is_none() {
            (self.place, self.context) = (place, context);
        }
        taken
    }
}

/// Nodes.
impl<'a> Parser<'a> {
    fn alloc<T>(&self, node: T) -> &'a T {
        self.arena.alloc(node)
    }

    fn list<T: Copy>(&self, nodes: &[T]) -> &'a [T] {
        self.arena.alloc_slice_copy(nodes)
    }

    /// Where the next token starts.
    fn start(&self) -> u32 {
        self.place.token.start
    }

    /// From `start` to the end of what was taken.
    fn span_from(&self, start: u32) -> Span {
        Span { start, end: self.place.previous_end }
    }

    fn foreign(&self, start: u32, kind: ForeignKind) -> Expression<'a> {
        Expression::Foreign(self.alloc(Foreign { span: self.span_from(start), kind }))
    }
}

/// The words that are no names. What only strict mode reserves may be one.
#[rustfmt::skip]
const RESERVED: [&str; 39] = [
    "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else",
    "enum", "export", "extends", "false", "finally", "for", "function", "if", "import", "in", "instanceof",
    "let", "new", "null", "return", "super", "switch", "this", "throw", "true", "try", "typeof", "var", "void", "while", "with", "yield",
];
