//! What is wrong with a text that is no program: each message names the place, what would fit there, and a mend.

use super::lexer::{Token, TokenKind};
use super::numbers::Wrong;
use crate::diagnostics::{Code, Diagnostic, Span};

/// A part of the tree, or why there is none.
pub(super) type Parsed<T> = Result<T, Box<Diagnostic>>;

/// A syntax error, of which the caller says more.
pub(super) fn mistake(span: Span) -> Diagnostic {
    Diagnostic::new(Code::SyntaxError, span)
}

/// What stands where something else should.
pub(super) fn unexpected(expected: &str, token: &Token<'_>) -> Diagnostic {
    mistake(token.span()).message(format!("expected {expected}, found {}", found(token)))
}

/// Where a value should stand.
pub(super) fn no_value(token: &Token<'_>) -> Box<Diagnostic> {
    let diagnostic = unexpected("a value", token);
    let help = match token.text {
        "=>" => "write the parameters of an arrow function in front of it: `(a, b) => …`",
        "const" | "let" | "var" | "if" | "for" | "while" | "do" | "return" | "switch" | "break"
        | "continue" | "throw" | "try" => "a statement cannot stand within an expression: end it first",
        "case" | "default" => "it stands in the braces of a `switch`",
        "else" => "it follows the statement of an `if`, of which this is none",
        "catch" | "finally" => "it follows the braces of a `try`",
        "enum" => "this word belongs to the language: choose another name",
        _ => "write the value, or take away what asks for one",
    };
    Box::new(diagnostic.help(help))
}

/// A bracket that is open where it can no longer be closed.
pub(super) fn not_closed(expected: &str, close: &str, open: Span, token: &Token<'_>) -> Box<Diagnostic> {
    Box::new(unexpected(expected, token).and_label(open, "opened here").help(match token.kind {
        TokenKind::End => format!("close it with `{close}`"),
        _ => format!("close it with `{close}`, or write what is missing before `{}`", shown(token)),
    }))
}

/// Two statements, or two values, without anything between them.
pub(super) fn not_separated(token: &Token<'_>) -> Box<Diagnostic> {
    let diagnostic = unexpected("`;` or an operator", token);
    let help = match token.text {
        ")" | "]" | "}" => "nothing is open that it closes: take it away",
        _ => "end the statement with `;`, or write the operator that is missing",
    };
    Box::new(diagnostic.help(help))
}

/// A word where a name should stand.
pub(super) fn no_name(token: &Token<'_>, is_reserved: bool) -> Box<Diagnostic> {
    Box::new(match is_reserved {
        true => mistake(token.span())
            .message(format!("`{}` cannot be a name: it is a word of the language", token.text))
            .help("choose another name"),
        false => unexpected("a name", token).help("write a name: letters, digits, `_` and `$`"),
    })
}

/// What `=` and its like, `++` and `--` cannot store to.
pub(super) fn no_target(span: Span) -> Box<Diagnostic> {
    Box::new(
        mistake(span)
            .message("this cannot be assigned")
            .note("variables, array and buffer elements and their components can be assigned")
            .help("to compare, write `===`; if a bracket is open before it, close it"),
    )
}

pub(super) fn unclosed_string(start: u32, end: u32) -> Box<Diagnostic> {
    Box::new(
        mistake(Span { start, end })
            .message("this string is not closed in its line")
            .help("close it with the quote that it begins with"),
    )
}

/// A comment, template or regular expression without an end.
pub(super) fn unclosed(span: Span, what: &str, close: &str) -> Box<Diagnostic> {
    Box::new(
        mistake(span).message(format!("this {what} is not closed")).help(format!("close it with {close}")),
    )
}

pub(super) fn unknown_character(span: Span, source: &str) -> Box<Diagnostic> {
    let character = span.text(source).chars().next().unwrap_or_default();
    let diagnostic = mistake(span)
        .message(format!("`{}` belongs to no word or sign of JavaScript", character.escape_debug()));
    Box::new(diagnostic.help(match character {
        '“' | '”' | '‘' | '’' | '«' | '»' => "write quotes as `\"` or `'`",
        '×' => "write `*`",
        '÷' => "write `/`",
        '−' | '–' | '—' => "write `-`",
        '≤' => "write `<=`",
        '≥' => "write `>=`",
        '≠' => "write `!==`",
        '…' => "write `...`",
        _ => "take it away",
    }))
}

pub(super) fn html_comment(span: Span) -> Box<Diagnostic> {
    Box::new(
        mistake(span)
            .message("`<!--` begins a comment in some programs, and is three operators in others")
            .help("write a comment as `// …`, and the operators as `< !(--…)`"),
    )
}

/// How a token is called in a message.
fn found(token: &Token<'_>) -> String {
    match token.kind {
        TokenKind::End => "the end of the text".to_owned(),
        TokenKind::String => "a string".to_owned(),
        TokenKind::Number => format!("the number `{}`", shown(token)),
        TokenKind::Word | TokenKind::Sign => format!("`{}`", shown(token)),
    }
}

/// A token as it is written, but for what makes lines long.
fn shown<'a>(token: &Token<'a>) -> &'a str {
    if token.text.len() > 40 { "…" } else { token.text }
}

pub(super) fn no_number(token: &Token<'_>, wrong: Wrong) -> Box<Diagnostic> {
    let text = shown(token);
    let diagnostic = mistake(token.span());
    Box::new(match wrong {
        Wrong::Separator => diagnostic
            .message(format!("a `_` of `{text}` does not stand between two digits"))
            .help("take it away"),
        Wrong::LeadingZero => diagnostic
            .message(format!("the number `{text}` starts with a zero"))
            .help("leave the zero out, or write `0o` in front of an octal number"),
        Wrong::NoNumber => diagnostic
            .message(format!("`{text}` is not a number"))
            .help("write digits, or an operator between the number and what follows it"),
    })
}
