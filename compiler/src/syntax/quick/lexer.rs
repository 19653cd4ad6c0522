//! Text to tokens.

use crate::diagnostics::Span;

/// A word, a sign, a number or a string.
#[derive(Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind,
    /// As it is written.
    pub(super) text: &'a str,
    start: u32,
    /// Whether a line ends between this token and the one before.
    pub(super) on_new_line: bool,
}

/// What a token is. Its text tells more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word,
    Number,
    String,
    Sign,
    End,
}

impl Token<'_> {
    pub(super) fn span(&self) -> Span {
        Span { start: self.start, end: self.start + self.text.len() as u32 }
    }
}

/// Cuts a text in tokens.
#[derive(Clone)]
pub(super) struct Lexer<'a> {
    source: &'a str,
    position: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, position: 0 }
    }

    /// The next token; nothing if it is none that kernels need.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        let on_new_line = self.skip()?;
        let start = self.position;
        let kind = self.take()?;
        let text = self.source.get(start..self.position)?;
        Some(Token { kind, text, start: start as u32, on_new_line })
    }

    fn take(&mut self) -> Option<TokenKind> {
        let Some(first) = self.byte(0) else { return Some(TokenKind::End) };
        if first.is_ascii_digit() || (first == b'.' && self.byte(1).is_some_and(|byte| byte.is_ascii_digit()))
        {
            self.number();
            return Some(TokenKind::Number);
        }
        if is_of_word(first) {
            while self.byte(0).is_some_and(is_of_word) {
                self.position += 1;
            }
            return Some(TokenKind::Word);
        }
        if matches!(first, b'"' | b'\'') {
            self.string(first)?;
            return Some(TokenKind::String);
        }
        // An HTML comment, in some places.
        if self.is_at("<!--") {
            return None;
        }
        let sign = SIGNS.iter().find(|sign| self.is_at(sign))?;
        self.position += sign.len();
        Some(TokenKind::Sign)
    }

    /// All that may belong to a number: whether it is one is found out when its value is.
    fn number(&mut self) {
        let is_hexadecimal = self.is_at("0x") || self.is_at("0X");
        let mut last = 0;
        while let Some(byte) = self.byte(0) {
            let is_sign_of_exponent =
                matches!(byte, b'+' | b'-') && matches!(last, b'e' | b'E') && !is_hexadecimal;
            if !(is_of_word(byte) || byte == b'.' || is_sign_of_exponent) {
                break;
            }
            last = byte;
            self.position += 1;
        }
    }

    /// A string without escape sequences.
    fn string(&mut self, quote: u8) -> Option<()> {
        self.position += 1;
        loop {
            let byte = self.byte(0)?;
            self.position += 1;
            match byte {
                b'\\' | b'\n' | b'\r' => return None,
                _ if byte == quote => return Some(()),
                _ => {}
            }
        }
    }

    /// Skips spaces and comments. Says whether there was the end of a line.
    fn skip(&mut self) -> Option<bool> {
        let mut on_new_line = false;
        loop {
            match self.byte(0) {
                Some(b' ' | b'\t') => self.position += 1,
                Some(b'\n' | b'\r') => {
                    self.position += 1;
                    on_new_line = true;
                }
                _ if self.is_at("//") => _ = self.comment(false)?,
                _ if self.is_at("/*") => on_new_line |= self.comment(true)?,
                _ => return Some(on_new_line),
            }
        }
    }

    /// Skips a comment, one of `//` up to the end of its line. Says whether there was the end of a line in it.
    fn comment(&mut self, is_block: bool) -> Option<bool> {
        self.position += 2;
        let mut has_line_end = false;
        loop {
            // `@__PURE__` and its like say something of the code behind them; the others end lines though they are no ASCII.
            if ["@__", "#__", "\u{2028}", "\u{2029}"].iter().any(|text| self.is_at(text)) {
                return None;
            }
            match self.byte(0) {
                None if is_block => return None,
                Some(b'\n' | b'\r') if is_block => has_line_end = true,
                None | Some(b'\n' | b'\r') => return Some(has_line_end),
                Some(b'*') if is_block && self.byte(1) == Some(b'/') => {
                    self.position += 2;
                    return Some(has_line_end);
                }
                _ => {}
            }
            self.position += 1;
        }
    }

    fn byte(&self, offset: usize) -> Option<u8> {
        self.source.as_bytes().get(self.position + offset).copied()
    }

    fn is_at(&self, text: &str) -> bool {
        self.source.as_bytes().get(self.position..).is_some_and(|rest| rest.starts_with(text.as_bytes()))
    }
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$')
}

/// The signs, each before those that it starts with. The longer ones that are missing give up as two signs that do not fit.
#[rustfmt::skip]
const SIGNS: [&str; 51] = [
    ">>>=", "===", "!==", "**=", "<<=", ">>=", ">>>", "=>", "==", "!=", "<=", ">=", "&&", "||", "++", "--", "+=", "-=",
    "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**", "{", "}", "(", ")", "[", "]", ";", ",", "<", ">", "+", "-",
    "*", "/", "%", "&", "|", "^", "!", "~", "?", ":", "=", ".",
];
