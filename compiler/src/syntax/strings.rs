//! What strings and names mean whose characters are escaped.

use super::lexer::Token;
use super::messages::{self, Parsed};
use super::tree::Arena;

/// What a string holds, given with its quotes.
pub(super) fn value<'a>(arena: &'a Arena, token: &Token<'a>) -> Parsed<&'a str> {
    let text = token.text.get(1..token.text.len() - 1).unwrap_or_default();
    if !text.as_bytes().contains(&b'\\') {
        return Ok(text);
    }
    unescaped(text).map(|text| &*arena.alloc_str(&text)).ok_or_else(|| {
        Box::new(
            messages::mistake(token.span())
                .message("an escape sequence of this string is none")
                .help("write two digits behind `\\x`, four behind `\\u` or any number in braces, and no number behind `\\`"),
        )
    })
}

/// A word as its characters are meant.
pub(super) fn word<'a>(arena: &'a Arena, token: &Token<'a>) -> Parsed<&'a str> {
    if !token.text.as_bytes().contains(&b'\\') {
        return Ok(token.text);
    }
    let is_unicode = token.text.split('\\').skip(1).all(|part| part.starts_with('u'));
    let is_word = |text: &String| {
        text.chars().all(|sign| !sign.is_ascii() || sign.is_ascii_alphanumeric() || matches!(sign, '_' | '$'))
    };
    unescaped(token.text)
        .filter(|text| is_unicode && is_word(text))
        .map(|text| &*arena.alloc_str(&text))
        .ok_or_else(|| {
            Box::new(
                messages::mistake(token.span())
                    .message("an escape sequence of this name is none")
                    .help("write the characters themselves: letters, digits, `_` and `$`"),
            )
        })
}

fn unescaped(text: &str) -> Option<String> {
    let mut characters = text.chars();
    let mut value = String::new();
    while let Some(character) = characters.next() {
        if character != '\\' {
            value.push(character);
            continue;
        }
        match characters.next()? {
            'n' => value.push('\n'),
            't' => value.push('\t'),
            'r' => value.push('\r'),
            'b' => value.push('\u{8}'),
            'f' => value.push('\u{c}'),
            'v' => value.push('\u{b}'),
            'x' => value.push(digits(&mut characters, 2)?),
            'u' if characters.as_str().starts_with('{') => {
                let (code, rest) = characters.as_str().get(1..)?.split_once('}')?;
                value.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32)?);
                characters = rest.chars();
            }
            'u' => value.push(digits(&mut characters, 4)?),
            '0' if !characters.as_str().starts_with(|next: char| next.is_ascii_digit()) => value.push('\0'),
            '0'..='9' => return None,
            // The line goes on.
            '\r' => characters = characters.as_str().trim_start_matches('\n').chars(),
            '\n' | '\u{2028}' | '\u{2029}' => {}
            other => value.push(other),
        }
    }
    Some(value)
}

/// The character of so many hexadecimal digits. Half of one is none that a kernel could name anything by.
fn digits(characters: &mut std::str::Chars<'_>, count: usize) -> Option<char> {
    let mut code = 0;
    for _ in 0..count {
        code = code * 16 + characters.next()?.to_digit(16)?;
    }
    Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
}
