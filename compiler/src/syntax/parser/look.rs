//! Looking ahead: whether a bracket holds the parameters of an arrow function, and where brackets end that are skipped.

use super::super::lexer::{Lexer, TemplateEnd, Token, TokenKind};
use super::Parser;
use crate::syntax::messages::{self, Parsed};

/// Goes through tokens and knows which brackets are open.
pub(super) struct Skim<'a> {
    pub(super) lexer: Lexer<'a>,
    /// The brackets that are open, and where they are noted.
    open: Vec<(Bracket, usize)>,
    /// Whether a `/` at the next place divides.
    is_behind_operand: bool,
    /// What the last bracket that was closed was.
    closed: Option<(Bracket, usize)>,
}

/// What follows a pair of parentheses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    Arrow,
    /// A colon: a type may follow, and an arrow behind it.
    Colon,
    Other,
}

/// What opens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    Parenthesis,
    Square,
    Brace,
    /// `${`
    Template,
}

impl Bracket {
    /// The bracket that a sign opens.
    pub(super) fn of(sign: &str) -> Self {
        match sign {
            "(" => Self::Parenthesis,
            "[" => Self::Square,
            _ => Self::Brace,
        }
    }

    /// The sign that closes it.
    pub(super) fn close(self) -> &'static str {
        match self {
            Self::Parenthesis => ")",
            Self::Square => "]",
            Self::Brace | Self::Template => "}",
        }
    }
}

impl<'a> Skim<'a> {
    /// Takes the next token. A template is one or several, which end with its parts that are text.
    pub(super) fn next(&mut self) -> Parsed<Token<'a>> {
        self.closed = None;
        let mut token = self.lexer.next()?;
        if token.kind == TokenKind::Sign {
            match token.text {
                "(" | "[" | "{" => self.open.push((Bracket::of(token.text), usize::MAX)),
                ")" | "]" | "}" => {
                    self.closed = self.open.pop_if(|(bracket, _)| bracket.close() == token.text);
                    if self.closed.is_none() {
                        return Err(Box::new(messages::unexpected(
                            "the end of a bracket of another kind",
                            &token,
                        )));
                    }
                    if let Some((Bracket::Template, _)) = self.closed {
                        self.template(token.start)?;
                        token.text = "`";
                    }
                }
                "`" => self.template(token.start)?,
                "/" | "/=" if !self.is_behind_operand => {
                    self.lexer.regular_expression(token.start)?;
                    token.text = "/";
                }
                _ => {}
            }
        }
        self.is_behind_operand = match token.kind {
            TokenKind::Sign => matches!(token.text, ")" | "]" | "}" | "`" | "/"),
            TokenKind::Word => {
                !["return", "typeof", "case", "in", "of", "void", "delete"].contains(&token.text)
            }
            _ => true,
        };
        Ok(token)
    }

    fn template(&mut self, start: u32) -> Parsed<()> {
        if let TemplateEnd::Expression = self.lexer.template(start)? {
            self.open.push((Bracket::Template, usize::MAX));
        }
        Ok(())
    }

    /// Whether the first bracket has been closed.
    pub(super) fn is_closed(&self) -> bool {
        self.open.is_empty()
    }
}

impl<'a> Parser<'a> {
    /// From behind the bracket at hand.
    pub(super) fn skim(&self) -> Skim<'a> {
        let open = vec![(Bracket::of(self.token().text), usize::MAX)];
        Skim { lexer: self.place.lexer, open, is_behind_operand: false, closed: None }
    }

    /// Whether the parenthesis at hand holds the parameters of an arrow function.
    pub(super) fn is_arrow(&mut self) -> bool {
        let start = self.start();
        if let Some(after) = self.noted(start) {
            return self.follows_arrow(after);
        }
        let mut lexer = self.place.lexer;
        let (Ok(first), Some(second)) = (lexer.next(), lexer.peek()) else { return false };
        let may_be = match first.kind {
            TokenKind::Word => matches!(second.text, ":" | "," | "=" | ")" | "?"),
            _ => matches!(first.text, ")" | "..." | "{" | "["),
        };
        if !may_be {
            return false;
        }
        self.note_arrows();
        self.noted(start).is_some_and(|after| self.follows_arrow(after))
    }

    fn noted(&self, start: u32) -> Option<After> {
        let place = self.arrows.binary_search_by_key(&start, |known| known.0).ok()?;
        Some(self.arrows[place].1)
    }

    /// Notes for the parenthesis at hand, and for all in it, what follows them: so nothing is gone through once for each parenthesis around it.
    fn note_arrows(&mut self) {
        self.arrows.truncate(self.arrows.partition_point(|known| known.0 < self.start()));
        let mut skim = self.skim();
        skim.open[0].1 = self.arrows.len();
        self.arrows.push((self.start(), After::Other));
        while let Ok(token) = skim.next()
            && token.kind != TokenKind::End
        {
            if token.is("(")
                && let Some(open) = skim.open.last_mut()
            {
                open.1 = self.arrows.len();
                self.arrows.push((token.start, After::Other));
            }
            if let Some((Bracket::Parenthesis, note)) = skim.closed
                && let Some(note) = self.arrows.get_mut(note)
            {
                note.1 = match skim.lexer.peek() {
                    Some(next) if next.is("=>") => After::Arrow,
                    Some(next) if next.is(":") => After::Colon,
                    _ => After::Other,
                };
            }
            if skim.is_closed() {
                return;
            }
        }
    }

    /// Whether an arrow follows the parenthesis at hand, perhaps behind a type.
    fn follows_arrow(&mut self, after: After) -> bool {
        if after != After::Colon || self.context.is_choice {
            return after == After::Arrow;
        }
        let place = self.place;
        let is_arrow = self.skip_brackets().is_ok()
            && self.at(":")
            && self.advance().is_ok()
            && self.annotation().is_ok()
            && self.at("=>");
        self.place = place;
        is_arrow
    }
}
