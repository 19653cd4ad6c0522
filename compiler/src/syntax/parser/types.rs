//! The types of TypeScript: they are skipped, but for the name of one that is a plain word.

use super::super::lexer::TokenKind;
use super::Parser;
use super::operators::{ASSIGNMENTS, INFIX, find};
use crate::syntax::messages::{self, Parsed};

impl<'a> Parser<'a> {
    /// `: type`, if there is one; its name, if it is a plain word.
    pub(super) fn annotation_behind_colon(&mut self) -> Parsed<Option<&'a str>> {
        if self.eat(":")? { self.annotation() } else { Ok(None) }
    }

    /// The type that a function gives: also `x is T` and `asserts x`.
    pub(super) fn result_type(&mut self) -> Parsed<()> {
        if !self.eat(":")? {
            return Ok(());
        }
        if self.at("asserts") && self.is_before_word() {
            self.advance()?;
            self.word()?;
        } else if self.is_word() && self.second().is_some_and(|next| next.is("is") && !next.on_new_line) {
            self.advance()?;
        } else {
            return self.annotation().map(drop);
        }
        if self.eat("is")? {
            self.annotation()?;
        }
        Ok(())
    }

    /// A type; its name, if it is a plain word.
    pub(super) fn annotation(&mut self) -> Parsed<Option<&'a str>> {
        self.descend()?;
        let mut name = self.union()?;
        if self.at("extends") && !self.token().on_new_line {
            name = None;
            self.advance()?;
            self.union()?;
            self.expect("?")?;
            self.annotation()?;
            self.expect(":")?;
            self.annotation()?;
        }
        self.ascend();
        Ok(name)
    }

    /// Types with `|` and `&` between them.
    fn union(&mut self) -> Parsed<Option<&'a str>> {
        let is_led = self.eat("|")? || self.eat("&")?;
        let mut name = self.operand_type()?.filter(|_| !is_led);
        while self.eat("|")? || self.eat("&")? {
            name = None;
            self.operand_type()?;
        }
        Ok(name)
    }

    fn operand_type(&mut self) -> Parsed<Option<&'a str>> {
        let mut is_plain = true;
        while matches!(self.token().text, "keyof" | "unique" | "readonly")
            || (matches!(self.token().text, "infer" | "new" | "abstract" | "asserts")
                && self.is_before_type())
        {
            self.advance()?;
            is_plain = false;
        }
        let mut name = self.primary_type()?.filter(|_| is_plain);
        while self.at("[") && !self.token().on_new_line {
            name = None;
            self.advance()?;
            if !self.at("]") {
                self.annotation()?;
            }
            self.expect("]")?;
        }
        Ok(name)
    }

    fn is_before_type(&self) -> bool {
        self.second().is_some_and(|next| {
            matches!(next.kind, TokenKind::Word | TokenKind::String | TokenKind::Number)
                || matches!(next.text, "(" | "[" | "{" | "<" | "`")
        })
    }

    fn primary_type(&mut self) -> Parsed<Option<&'a str>> {
        let token = self.token();
        match token.kind {
            TokenKind::Word => return self.named_type(),
            TokenKind::Number | TokenKind::String => self.advance()?,
            _ => match token.text {
                "-" => {
                    self.advance()?;
                    if self.token().kind != TokenKind::Number {
                        return Err(Box::new(messages::unexpected("a number", &self.token())));
                    }
                    self.advance()?;
                }
                "`" => self.template()?,
                "{" => self.skip_brackets()?,
                "[" => self.tuple_type()?,
                "(" if self.attempt(Self::type_in_parentheses).is_some() => {}
                "(" | "<" => self.function_type()?,
                _ => return Err(Box::new(messages::unexpected("a type", &token))),
            },
        }
        Ok(None)
    }

    /// `(type)`, which is not what a function is given.
    fn type_in_parentheses(&mut self) -> Parsed<()> {
        self.advance()?;
        self.annotation()?;
        self.expect(")")?;
        match self.at("=>") {
            true => Err(Box::new(messages::unexpected("the end of a type", &self.token()))),
            false => Ok(()),
        }
    }

    /// `(name: type, …) => type`
    fn function_type(&mut self) -> Parsed<()> {
        self.type_parameters()?;
        if !self.at("(") {
            return Err(Box::new(messages::unexpected("`(`", &self.token())));
        }
        self.skip_brackets()?;
        self.expect("=>")?;
        self.annotation().map(drop)
    }

    /// `[type, name: type, ...type]`
    fn tuple_type(&mut self) -> Parsed<()> {
        let open = self.token().span();
        self.advance()?;
        self.in_list("]", open, |parser| {
            parser.eat("...")?;
            let is_labeled = parser.is_word() && (parser.is_before(":") || parser.is_before("?"));
            if is_labeled {
                parser.advance()?;
                parser.eat("?")?;
                return parser.annotation_behind_colon().map(drop);
            }
            parser.annotation()?;
            parser.eat("?").map(drop)
        })
    }

    /// `name`, `space.name`, `typeof name`, `name<types>`, `import("file").name`
    fn named_type(&mut self) -> Parsed<Option<&'a str>> {
        let is_value = self.at("typeof") && self.is_before_word();
        if is_value {
            self.advance()?;
        }
        let name = self.word()?.name;
        let mut is_plain = !is_value;
        if name == "import" && self.at("(") {
            self.skip_brackets()?;
            is_plain = false;
        }
        while self.eat(".")? {
            self.word()?;
            is_plain = false;
        }
        if self.at("<") && !self.token().on_new_line {
            self.types_in_angles()?;
        }
        Ok(is_plain.then_some(name))
    }

    /// `<type, type>`
    pub(super) fn types_in_angles(&mut self) -> Parsed<()> {
        self.open_types.push(self.start());
        self.advance()?;
        loop {
            self.annotation()?;
            if !self.eat(",")? {
                break;
            }
        }
        self.close_angle()?;
        self.open_types.pop();
        Ok(())
    }

    /// `<T extends type = type, …>`, if there are such.
    pub(super) fn type_parameters(&mut self) -> Parsed<()> {
        if !self.at("<") {
            return Ok(());
        }
        self.advance()?;
        while !self.token().text.starts_with('>') {
            while matches!(self.token().text, "const" | "in" | "out") && self.is_before_word() {
                self.advance()?;
            }
            self.word()?;
            if self.eat("extends")? {
                self.annotation()?;
            }
            if self.eat("=")? {
                self.annotation()?;
            }
            if !self.eat(",")? {
                break;
            }
        }
        self.close_angle()
    }

    /// `>`, which may be the first part of a longer sign.
    fn close_angle(&mut self) -> Parsed<()> {
        let token = self.token();
        let Some(rest) = token.text.strip_prefix('>') else {
            return Err(Box::new(messages::unexpected("`>`", &token)));
        };
        if rest.is_empty() {
            return self.advance();
        }
        self.place.previous_end = token.start + 1;
        self.place.token.text = rest;
        self.place.token.start += 1;
        self.place.token.on_new_line = false;
        Ok(())
    }

    /// Takes `<types>` of a call. A `<` may also compare: it does unless types follow it and a `>` behind which no operand begins.
    pub(super) fn types_of_call(&mut self) -> bool {
        let start = self.start();
        if self.no_types.contains(&start) {
            return false;
        }
        let open = std::mem::take(&mut self.open_types);
        let taken = self.attempt(|parser| {
            parser.types_in_angles()?;
            // `>>` and `>=` are operators.
            let is_whole = !parser.is_in_sign();
            match is_whole && parser.may_follow_types() {
                true => Ok(()),
                false => Err(Box::new(messages::unexpected("a call", &parser.token()))),
            }
        });
        // All that were not closed here are not closed further right either.
        let failed = std::mem::replace(&mut self.open_types, open);
        if taken.is_none() {
            self.no_types.extend(failed);
            self.no_types.insert(start);
        }
        taken.is_some()
    }

    /// Whether the token at hand is what is left of a sign that began with `>`.
    fn is_in_sign(&self) -> bool {
        self.place.previous_end == self.start() && matches!(self.token().text.as_bytes(), [b'>' | b'=', ..])
    }

    fn may_follow_types(&self) -> bool {
        let token = self.token();
        match token.text {
            "(" | "`" => true,
            "<" | "+" | "-" => false,
            text if text.starts_with('>') => false,
            _ if token.on_new_line => true,
            "in" | "instanceof" | "as" | "satisfies" => true,
            "[" | "{" | "!" | "~" | "++" | "--" | "#" | "@" => false,
            // An operand, if it is a regular expression; else it divides.
            "/" | "/=" => self.place.lexer.clone().regular_expression(token.start).is_err(),
            text => {
                let is_operator = INFIX.iter().any(|row| row.0 == text) || find(&ASSIGNMENTS, text).is_some();
                is_operator || matches!(token.kind, TokenKind::Sign | TokenKind::End)
            }
        }
    }
}
