//! Text to tokens.
//!
//! Whether a `/` divides or begins a regular expression, and where a template goes on, only the parser knows: it asks for these.

use super::messages;
use super::messages::Parsed;
use crate::diagnostics::Span;

/// A word, a sign, a number or a string.
#[derive(Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind,
    /// Its part of the source.
    pub(super) text: &'a str,
    pub(super) start: u32,
    /// Whether a line ends between this token and the one before.
    pub(super) on_new_line: bool,
}

/// What a token is. Its text tells more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word,
    Number,
    String,
    Sign,
    End,
}

impl Token<'_> {
    pub(super) fn end(&self) -> u32 {
        self.start + self.text.len() as u32
    }

    pub(super) fn span(&self) -> Span {
        Span { start: self.start, end: self.end() }
    }

    /// Whether it is this sign or word. No string or number is written like one.
    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text
    }
}

/// A place in a text.
#[derive(Clone, Copy)]
pub(super) struct Lexer<'a> {
    source: &'a str,
    pub(super) position: usize,
}

/// What a part of a template ends with.
pub(super) enum TemplateEnd {
    /// `${`: an expression follows.
    Expression,
    /// The template's end.
    Template,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, position: 0 }
    }

    /// Takes the next token.
    pub(super) fn next(&mut self) -> Parsed<Token<'a>> {
        let on_new_line = self.skip()?;
        let start = self.position;
        let kind = self.take()?;
        Ok(Token { kind, text: self.text_from(start), start: start as u32, on_new_line })
    }

    /// The next token, which stays there; nothing if there is none.
    pub(super) fn peek(mut self) -> Option<Token<'a>> {
        self.next().ok()
    }

    fn text_from(&self, start: usize) -> &'a str {
        self.source.get(start..self.position).unwrap_or_default()
    }

    fn take(&mut self) -> Parsed<TokenKind> {
        let Some(first) = self.byte(0) else { return Ok(TokenKind::End) };
        if first.is_ascii_digit() || (first == b'.' && self.is_digit(1)) {
            self.number();
            return Ok(TokenKind::Number);
        }
        if self.word() {
            return Ok(TokenKind::Word);
        }
        if matches!(first, b'"' | b'\'') {
            self.string(first)?;
            return Ok(TokenKind::String);
        }
        if self.is_at("<!--") {
            return Err(messages::html_comment(self.span_of(4)));
        }
        let Some(sign) = SIGNS.iter().find(|sign| self.is_at(sign)) else {
            let length = self.character().map_or(1, char::len_utf8);
            return Err(messages::unknown_character(self.span_of(length), self.source));
        };
        // `a?.5:b`
        let is_optional_number = *sign == "?." && self.is_digit(2);
        self.position += if is_optional_number { 1 } else { sign.len() };
        Ok(TokenKind::Sign)
    }

    fn span_of(&self, length: usize) -> Span {
        Span { start: self.position as u32, end: (self.position + length) as u32 }
    }

    /// All that may belong to a number: whether it is one is found out when its value is.
    fn number(&mut self) {
        if !matches!(
            (self.byte(0), self.byte(1)),
            (Some(b'0'), Some(b'x' | b'X' | b'o' | b'O' | b'b' | b'B'))
        ) {
            self.digits();
            if self.byte(0) == Some(b'.') {
                self.position += 1;
                self.digits();
            }
            if matches!(self.byte(0), Some(b'e' | b'E')) {
                self.position += 1;
                self.position += usize::from(matches!(self.byte(0), Some(b'+' | b'-')));
            }
        }
        self.word();
    }

    fn digits(&mut self) {
        while self.byte(0).is_some_and(|byte| byte.is_ascii_digit() || byte == b'_') {
            self.position += 1;
        }
    }

    /// A word, as far as there is one. Says whether there is.
    fn word(&mut self) -> bool {
        let start = self.position;
        loop {
            match self.byte(0) {
                Some(byte) if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') => {
                    self.position += 1
                }
                // `\u0061` or `\u{61}`: what it means is found out when the name is.
                Some(b'\\') => {
                    self.position += 1;
                    if self.is_at("u{") {
                        let end = self.rest().iter().position(|&byte| byte == b'}');
                        self.position += end.map_or(2, |end| end + 1);
                    }
                }
                Some(byte) if !byte.is_ascii() => match self.character() {
                    Some(character) if is_of_word(character) => self.position += character.len_utf8(),
                    _ => break,
                },
                _ => break,
            }
        }
        self.position > start
    }

    fn string(&mut self, quote: u8) -> Parsed<()> {
        let start = self.position;
        self.position += 1;
        loop {
            match self.byte(0) {
                Some(b'\\') => {
                    let is_line_end = self.byte(1) == Some(b'\r') && self.byte(2) == Some(b'\n');
                    self.position += if is_line_end { 3 } else { 2 };
                }
                None | Some(b'\n' | b'\r') => {
                    let end = self.position.min(self.source.len());
                    return Err(messages::unclosed_string(start as u32, end as u32));
                }
                Some(byte) => {
                    self.position += 1;
                    if byte == quote {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// Takes what is left of a template, up to its next part that is code.
    pub(super) fn template(&mut self, start: u32) -> Parsed<TemplateEnd> {
        loop {
            match self.byte(0) {
                None => {
                    return Err(messages::unclosed(Span { start, end: start + 1 }, "template", "a backtick"));
                }
                Some(b'\\') => self.position += 2,
                Some(b'`') => {
                    self.position += 1;
                    return Ok(TemplateEnd::Template);
                }
                Some(b'$') if self.byte(1) == Some(b'{') => {
                    self.position += 2;
                    return Ok(TemplateEnd::Expression);
                }
                Some(_) => self.position += 1,
            }
        }
    }

    /// Takes a regular expression that begins at `start`.
    pub(super) fn regular_expression(&mut self, start: u32) -> Parsed<()> {
        self.position = start as usize + 1;
        let mut is_in_class = false;
        loop {
            match self.byte(0) {
                None | Some(b'\n' | b'\r') => {
                    let span = Span { start, end: start + 1 };
                    return Err(messages::unclosed(span, "regular expression", "`/`"));
                }
                Some(b'\\') => self.position += 1,
                Some(b'[') => is_in_class = true,
                Some(b']') => is_in_class = false,
                Some(b'/') if !is_in_class => {
                    self.position += 1;
                    self.word();
                    return Ok(());
                }
                Some(_) => {}
            }
            self.position += 1;
        }
    }

    /// Skips spaces and comments. Says whether there was the end of a line.
    fn skip(&mut self) -> Parsed<bool> {
        let mut on_new_line = false;
        loop {
            match self.byte(0) {
                Some(b' ' | b'\t' | 0x0b | 0x0c) => self.position += 1,
                Some(b'\n' | b'\r') => {
                    self.position += 1;
                    on_new_line = true;
                }
                Some(b'/') if self.byte(1) == Some(b'/') => self.line_comment(),
                Some(b'/') if self.byte(1) == Some(b'*') => on_new_line |= self.block_comment()?,
                Some(byte) if !byte.is_ascii() => match self.character() {
                    Some(character) if is_space(character) => {
                        on_new_line |= matches!(character, '\u{2028}' | '\u{2029}');
                        self.position += character.len_utf8();
                    }
                    _ => return Ok(on_new_line),
                },
                _ => return Ok(on_new_line),
            }
        }
    }

    fn line_comment(&mut self) {
        while !matches!(self.byte(0), None | Some(b'\n' | b'\r')) && !self.is_at_line_separator() {
            self.position += 1;
        }
    }

    /// Says whether there was the end of a line in it.
    fn block_comment(&mut self) -> Parsed<bool> {
        let start = self.position as u32;
        self.position += 2;
        let mut has_line_end = false;
        while !self.is_at("*/") {
            match self.byte(0) {
                None => return Err(messages::unclosed(Span { start, end: start + 2 }, "comment", "`*/`")),
                Some(byte) => has_line_end |= matches!(byte, b'\n' | b'\r') || self.is_at_line_separator(),
            }
            self.position += 1;
        }
        self.position += 2;
        Ok(has_line_end)
    }

    fn is_at_line_separator(&self) -> bool {
        self.byte(0) == Some(0xe2) && (self.is_at("\u{2028}") || self.is_at("\u{2029}"))
    }

    fn byte(&self, offset: usize) -> Option<u8> {
        self.source.as_bytes().get(self.position + offset).copied()
    }

    fn is_digit(&self, offset: usize) -> bool {
        self.byte(offset).is_some_and(|byte| byte.is_ascii_digit())
    }

    fn rest(&self) -> &'a [u8] {
        self.source.as_bytes().get(self.position..).unwrap_or_default()
    }

    fn is_at(&self, text: &str) -> bool {
        self.rest().starts_with(text.as_bytes())
    }

    /// The character at this place.
    fn character(&self) -> Option<char> {
        self.source.get(self.position..).and_then(|rest| rest.chars().next())
    }
}

/// Whether a character that is not ASCII may be part of a name. Signs, arrows and pictures are none; of all others it is believed, as the
/// tables of Unicode are large and an engine has read the text before.
fn is_of_word(character: char) -> bool {
    let is_sign = matches!(character,
        '\u{80}'..='\u{a9}' | '\u{ab}'..='\u{b4}' | '\u{b6}'..='\u{b9}' | '\u{bb}'..='\u{bf}' | '×' | '÷'
        | '\u{2000}'..='\u{200b}' | '\u{200e}'..='\u{203e}' | '\u{2041}'..='\u{2053}' | '\u{2055}'..='\u{2070}'
        | '\u{2190}'..='\u{2bff}' | '\u{2e00}'..='\u{2e7f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}'
        | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{fff0}'..='\u{ffff}' | '\u{1f000}'..='\u{1faff}' | '\u{f0000}'..
    );
    !is_sign && !is_space(character)
}

/// Whether a character that is not ASCII is space, or ends a line.
fn is_space(character: char) -> bool {
    matches!(
        character,
        '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}'
    )
}

/// The signs, each before those that it starts with.
#[rustfmt::skip]
const SIGNS: [&str; 60] = [
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=", "<=", ">=", "&&",
    "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**", "{", "}", "(", ")",
    "[", "]", ";", ",", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "!", "~", "?", ":", "=", ".", "`", "#", "@",
];
