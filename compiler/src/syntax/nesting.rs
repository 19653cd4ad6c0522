//! How deep a parser of JavaScript and TypeScript may call itself for a text, from its words and signs alone.
//!
//! oxc parses by calling itself, also where no bracket shows it: `a ? b : c ? d : …`, `2 ** 2 ** …`, `if (a) if (b) …`, `A<A<…`. So all that
//! can make it go deeper is counted here, and what is certain to have ended is no longer counted:
//!
//! | what | counted until |
//! |---|---|
//! | an open bracket, with what is counted around it | it is closed |
//! | `if (…)`, `for (…)`, `while (…)`, `do`, `else`, `return`, a label | the end of the statement |
//! | `=` and its like, `?`, `=>` | a comma, or the end of the statement |
//! | a prefix, be it a sign or a word, and `**` | an operator that binds less |
//! | `<` | its `>`, a sign that no type has, or the end of the statement |
//!
//! A statement ends with a semicolon, and where one is inserted: between two words on two lines, and behind a bracket before a word. In doubt
//! it goes on. `else if` is not counted: it takes little of the stack, and chains of it are long.
//!
//! So what is counted is never less than what oxc does, up to a constant, and hardly more in texts that people write.

/// How deep a text may be nested. Kernels written by hand stay below 20.
pub(super) const LIMIT: usize = 200;

/// How many `else if` may follow one another. In pages the stack is small; elsewhere who compiles a long text has one for as many as it can
/// hold ([`super::stack_for`]).
const LONGEST_CHAIN: usize = if cfg!(target_arch = "wasm32") { 300 } else { 1 << 20 };

/// Where a text is too deep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooDeep {
    /// The byte.
    pub(super) place: u32,
    /// Whether it is a `/` of which only a parser can tell whether it begins a regular expression.
    pub(super) is_division: bool,
}

/// Looks at all of a text.
///
/// # Errors
///
/// The place where it is too deep.
pub(super) fn check(source: &str) -> Result<(), TooDeep> {
    let mut scan = Scan::new(source);
    while scan.at < source.len() {
        scan.token()?;
    }
    Ok(())
}

/// What is open within one pair of brackets.
#[derive(Clone, Copy, Default)]
struct Level {
    /// Beginnings of statements.
    heads: usize,
    /// Those of them that are a `do`, whose `while` is to come.
    dos: usize,
    /// What ends with an expression.
    chain: usize,
    /// Prefixes.
    prefixes: usize,
    /// Signs that may open types.
    angles: usize,
    /// `else if`.
    elses: usize,
    kind: Kind,
}

/// What opened a level.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Bracket,
    /// `(` behind `if` and its like: a statement follows.
    Head,
    /// `(` behind the `while` of a `do`: the statement ends with it.
    Tail,
    /// `${`
    Template,
}

impl Level {
    fn depth(&self) -> usize {
        1 + self.heads + self.chain + self.prefixes + self.angles
    }
}

/// What stands before a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The end of a statement.
    Start,
    /// What a statement goes on behind: `do`, a label, the brackets of an `if`.
    Body,
    /// An operator: an operand follows.
    Operator,
    /// `.`: a name follows.
    Dot,
    /// The end of an operand that is no name.
    Operand,
    /// A name.
    Name,
    /// `else`
    Else,
    /// `if` and its like: `(` follows.
    Head(Kind),
    /// A word that goes before an operand.
    Prefix,
    /// A word that goes before an operand somewhere, and is a name elsewhere.
    Contextual,
    /// A word or sign of which only a parser can tell whether it ends an operand.
    Unsure,
    /// `}`
    Brace,
}

struct Scan<'s> {
    source: &'s str,
    at: usize,
    levels: Vec<Level>,
    /// The level at hand.
    level: Level,
    /// How deep all those around it are together.
    outside: usize,
    before: Before,
    /// Whether the name before this place is the first word of a statement: a colon makes it a label.
    is_first: bool,
    on_new_line: bool,
}

type Step = Result<(), TooDeep>;

impl<'s> Scan<'s> {
    fn new(source: &'s str) -> Self {
        let level = Level::default();
        let (before, is_first) = (Before::Start, false);
        Self { source, at: 0, levels: Vec::new(), level, outside: 0, before, is_first, on_new_line: false }
    }

    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    /// Takes one word, sign or space.
    fn token(&mut self) -> Step {
        let Some(first) = self.rest().chars().next() else { return Ok(()) };
        match first {
            _ if is_space(first) => {
                self.on_new_line |= is_line_end(first);
                self.at += first.len_utf8();
                return Ok(());
            }
            '/' if self.comment() => return Ok(()),
            '"' | '\'' => {
                self.operand();
                self.string(first);
                self.before = Before::Operand;
            }
            '`' => {
                self.at += 1;
                self.template();
            }
            '0'..='9' => {
                self.operand();
                self.skip(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.'));
                self.before = Before::Operand;
            }
            _ if is_of_word(first) => self.word(),
            '(' | '[' | '{' => self.open(first),
            ')' | ']' | '}' => self.close(first),
            _ => self.sign()?,
        }
        self.on_new_line = false;
        match self.outside + self.level.depth() > LIMIT || self.level.elses > LONGEST_CHAIN {
            true => Err(self.too_deep(false)),
            false => Ok(()),
        }
    }

    fn too_deep(&self, is_division: bool) -> TooDeep {
        let mut place = self.at.saturating_sub(1);
        while !self.source.is_char_boundary(place) {
            place -= 1;
        }
        TooDeep { place: place as u32, is_division }
    }

    fn skip(&mut self, of_token: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|sign| !of_token(sign)).unwrap_or(rest.len());
    }

    /// Takes a comment, if there is one.
    fn comment(&mut self) -> bool {
        let rest = self.rest();
        if rest.starts_with("//") {
            self.skip(|sign| !is_line_end(sign));
            return true;
        }
        let Some(text) = rest.strip_prefix("/*") else { return false };
        let length = text.find("*/").map_or(text.len(), |end| end + 2);
        self.on_new_line |= text[..length].contains(is_line_end);
        self.at += 2 + length;
        true
    }

    /// Takes a string, which ends with its line at the latest.
    fn string(&mut self, quote: char) {
        self.at += 1;
        let mut is_escaped = false;
        for (place, sign) in self.rest().char_indices() {
            match sign {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                _ if sign == quote => {
                    self.at += place + 1;
                    return;
                }
                '\n' | '\r' => {
                    self.at += place;
                    return;
                }
                _ => {}
            }
        }
        self.at = self.source.len();
    }

    /// Takes what is left of a template, up to its next part that is code.
    fn template(&mut self) {
        let bytes = self.source.as_bytes();
        while self.at < bytes.len() {
            match (bytes[self.at], bytes.get(self.at + 1)) {
                (b'\\', _) => self.at += 1,
                (b'`', _) => {
                    self.at += 1;
                    self.before = Before::Operand;
                    return;
                }
                (b'$', Some(b'{')) => {
                    self.at += 2;
                    self.push(Kind::Template);
                    return;
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = bytes.len();
    }

    /// Ends the statement before an operand that cannot go on with it.
    fn operand(&mut self) {
        let ends = match self.before {
            Before::Operand | Before::Brace => true,
            Before::Name => self.on_new_line,
            _ => false,
        };
        if ends {
            self.end_statement();
        } else if self.before == Before::Name {
            self.level.prefixes += 1;
        } else if self.before == Before::Else {
            self.level.heads += 1;
        }
    }

    fn end_statement(&mut self) {
        let Level { dos, kind, .. } = self.level;
        self.level = Level { heads: dos, dos, kind, ..Level::default() };
        self.before = Before::Start;
    }

    fn word(&mut self) {
        let start = self.at;
        self.skip(is_of_word);
        let word = &self.source[start..self.at];
        if self.before == Before::Dot {
            self.before = Before::Name;
            self.is_first = false;
            return;
        }
        match word {
            "else" => self.before = Before::Else,
            "in" | "instanceof" => self.operator(word),
            "of" if self.level.kind == Kind::Head => self.before = Before::Unsure,
            "of" | "as" | "satisfies" | "is" | "extends" | "implements" => {
                self.before = Before::Contextual;
            }
            "if" if self.before == Before::Else => {
                self.level.elses += 1;
                self.before = Before::Head(Kind::Head);
            }
            "await" if matches!(self.before, Before::Head(_)) => {}
            "while" if self.level.dos > 0 && !self.is_before_statement() => {
                self.level.dos -= 1;
                self.level.heads -= 1;
                self.before = Before::Head(Kind::Tail);
            }
            "case" | "default" => {
                self.end_statement();
                self.before = Before::Prefix;
            }
            _ => {
                self.operand();
                self.first_word(word);
            }
        }
    }

    /// A word that may begin a statement or go before an operand.
    fn first_word(&mut self, word: &str) {
        self.is_first = matches!(self.before, Before::Start | Before::Body);
        match word {
            "if" | "for" | "while" | "with" => {
                self.level.heads += 1;
                self.before = Before::Head(Kind::Head);
            }
            "do" => {
                self.level.heads += 1;
                self.level.dos += 1;
                self.before = Before::Body;
            }
            "return" | "throw" => {
                self.level.heads += 1;
                self.before = Before::Prefix;
            }
            "await" => {
                self.level.prefixes += 1;
                self.before = Before::Unsure;
            }
            "yield" => {
                self.level.heads += 1;
                self.before = Before::Unsure;
            }
            "typeof" | "void" | "delete" | "new" => {
                self.level.prefixes += 1;
                self.before = Before::Prefix;
            }
            _ if is_contextual(word) => {
                self.level.prefixes += 1;
                self.before = Before::Contextual;
            }
            _ => self.before = Before::Name,
        }
    }

    fn push(&mut self, kind: Kind) {
        self.outside += self.level.depth();
        self.levels.push(std::mem::replace(&mut self.level, Level { kind, ..Level::default() }));
        self.before = Before::Operator;
    }

    fn open(&mut self, bracket: char) {
        self.at += 1;
        if self.before == Before::Else {
            self.level.heads += 1;
        }
        let kind = match self.before {
            Before::Head(kind) if bracket == '(' => kind,
            _ => Kind::Bracket,
        };
        self.push(kind);
        if bracket == '{' {
            self.before = Before::Start;
        }
    }

    fn close(&mut self, bracket: char) {
        self.at += 1;
        let Some(outer) = self.levels.pop() else { return };
        self.outside -= outer.depth();
        let closed = std::mem::replace(&mut self.level, outer);
        match (closed.kind, bracket) {
            (Kind::Template, _) => self.template(),
            (Kind::Head, ')') => self.before = Before::Body,
            (Kind::Tail, ')') => self.end_statement(),
            (_, '}') => self.before = Before::Brace,
            _ => self.before = Before::Operand,
        }
    }

    /// Whether a statement has begun that ends with the one that follows.
    fn is_before_statement(&self) -> bool {
        matches!(self.before, Before::Body | Before::Operator | Before::Else)
    }

    /// Whether an operand ends before this place, as far as that is certain.
    fn is_behind_operand(&self) -> bool {
        matches!(self.before, Before::Operand | Before::Name | Before::Contextual | Before::Brace)
    }

    fn sign(&mut self) -> Step {
        let (rest, start) = (self.rest(), self.at);
        let text = SIGNS.iter().find(|text| rest.starts_with(**text));
        let first = rest.chars().next().map_or(1, char::len_utf8);
        self.at = start + text.map_or(first, |text| text.len());
        let mut text = text.map_or(&rest[..first], |text| *text);
        if text == "?." && rest[2..].starts_with(|sign: char| sign.is_ascii_digit()) {
            text = "?";
            self.at = start + 1;
        }
        match text {
            ";" => self.semicolon(),
            "," => {
                self.level.chain = 0;
                self.level.prefixes = 0;
                self.before = Before::Operator;
            }
            "." | "?." => self.before = Before::Dot,
            "++" | "--" | "!" if self.is_behind_operand() && !self.on_new_line => {
                self.before = Before::Operand;
            }
            "++" | "--" | "!" | "~" | "@" => self.prefix(self.is_behind_operand()),
            "+" | "-" if !self.is_behind_operand() => self.prefix(false),
            "**" => {
                self.level.prefixes += 1;
                self.before = Before::Operator;
            }
            ":" => self.colon(),
            "<" => {
                self.level.angles += 1;
                self.level.prefixes += usize::from(!self.is_behind_operand());
                self.before = Before::Operator;
            }
            _ if text.starts_with('>') => {
                let count = text.bytes().filter(|&byte| byte == b'>').count();
                self.level.angles = self.level.angles.saturating_sub(count);
                // `>=` is a comparison, or the end of a type before a value.
                self.level.chain += usize::from(count > 1 && text.ends_with('='));
                self.before = Before::Unsure;
            }
            "/" | "/=" => return self.slash(text),
            _ => self.operator(text),
        }
        Ok(())
    }

    /// A sign before an operand; it may begin a statement.
    fn prefix(&mut self, ends_statement: bool) {
        if ends_statement {
            self.end_statement();
        }
        if self.before == Before::Else {
            self.level.heads += 1;
        }
        self.level.prefixes += 1;
        self.before = Before::Operator;
    }

    fn semicolon(&mut self) {
        // An `else` behind spaces and comments goes on with the statement, and with all heads that it stands under.
        let mut next = self.clone_at();
        while next.at < next.source.len() {
            let rest = next.rest();
            let first = rest.chars().next().unwrap_or(' ');
            if first == '/' && next.comment() {
                continue;
            }
            if !is_space(first) {
                break;
            }
            next.at += first.len_utf8();
        }
        if next.rest().starts_with("else") {
            self.level.chain = 0;
            self.level.prefixes = 0;
            self.before = Before::Operator;
        } else {
            self.end_statement();
        }
    }

    /// The same place, for looking ahead.
    fn clone_at(&self) -> Self {
        Self { at: self.at, ..Self::new(self.source) }
    }

    /// `:` of a choice, a type or a label.
    fn colon(&mut self) {
        let is_label =
            self.is_first && matches!(self.before, Before::Name | Before::Contextual | Before::Unsure);
        self.level.heads += usize::from(is_label);
        self.level.prefixes = 0;
        self.before = Before::Body;
    }

    /// A division, or a regular expression, which is left out.
    fn slash(&mut self, text: &str) -> Step {
        match self.before {
            Before::Operand | Before::Name | Before::Contextual => self.operator(text),
            Before::Brace | Before::Unsure | Before::Dot => return Err(self.too_deep(true)),
            _ => {
                self.regular_expression();
                self.before = Before::Operand;
            }
        }
        Ok(())
    }

    /// Takes what is left of a regular expression, which ends with its line at the latest.
    fn regular_expression(&mut self) {
        // What might be `/=` is one sign here, but begins with a slash.
        let start = self.source[..self.at].rfind('/').map_or(self.at, |slash| slash + 1);
        let (mut is_escaped, mut is_in_class) = (false, false);
        for (place, sign) in self.source[start..].char_indices() {
            self.at = start + place;
            match sign {
                _ if is_line_end(sign) => return,
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '[' => is_in_class = true,
                ']' => is_in_class = false,
                '/' if !is_in_class => {
                    self.at += 1;
                    self.skip(is_of_word);
                    return;
                }
                _ => {}
            }
        }
        self.at = self.source.len();
    }

    /// An operator between two operands.
    fn operator(&mut self, text: &str) {
        self.level.prefixes = 0;
        let is_comparison = matches!(text, "==" | "!=" | "===" | "!==" | "<=");
        if text == "?" || (text.ends_with('=') && !is_comparison) || text == "=>" {
            self.level.chain += 1;
        }
        // No type has these.
        if matches!(text, "&&" | "||" | "??" | "+" | "*" | "/" | "%" | "^") || is_comparison {
            self.level.angles = 0;
        }
        self.before = Before::Operator;
    }
}

/// Signs but for brackets, those that begin with another before it.
#[rustfmt::skip]
const SIGNS: [&str; 50] = [
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=", "<=",
    ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "**", "<<",
    ">>", ";", ",", ".", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "!", "~", "?", ":",
];

/// Words that go before an operand somewhere, and are names elsewhere.
fn is_contextual(word: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: [&str; 35] = [
        "abstract", "accessor", "asserts", "async", "class", "const", "declare", "enum", "export",
        "from", "function", "get", "global", "import", "infer", "interface", "keyof", "let", "module",
        "namespace", "out", "override", "package", "private", "protected", "public", "readonly", "set",
        "static", "super", "switch", "type", "unique", "using", "var",
    ];
    WORDS.contains(&word)
}

/// Whether a sign may be part of a word. Of other alphabets than ASCII all are: in words that are none the parser finds a mistake.
fn is_of_word(sign: char) -> bool {
    match sign.is_ascii() {
        true => sign.is_ascii_alphanumeric() || matches!(sign, '_' | '$' | '\\' | '#'),
        false => !is_space(sign),
    }
}

fn is_space(sign: char) -> bool {
    sign.is_whitespace()
        || sign.is_ascii_control()
        || matches!(sign, '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_line_end(sign: char) -> bool {
    matches!(sign, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How deep a text is.
    fn depth(source: &str) -> usize {
        let mut scan = Scan::new(source);
        let mut deepest = 0;
        while scan.at < source.len() {
            scan.token().expect("a text that is not too deep");
            deepest = deepest.max(scan.outside + scan.level.depth());
        }
        deepest
    }

    /// Whether a text of hundreds of parts is refused.
    fn is_refused(part: &str) -> bool {
        check(&part.repeat(LIMIT + 10)).is_err()
    }

    #[test]
    #[rustfmt::skip]
    fn what_makes_a_parser_call_itself_is_counted() {
        for part in [
            "(", "[", "{", "`${", "a?b:", "a?", "a?.5:", "2**", "a=", "a>>=", "a/=", "x=>", "(x)=>", "!", "- ",
            "~", "@", "typeof ", "typeof\n", "typeof\u{b}", "void ", "new ", "await ", "async x=>", "if(a)",
            "if(a)\n", "for(;;)", "for await(a of b)", "while(a)", "do ", "do if(a)while(b)", "do l:while(b)",
            "a:", "if(a);else for(;;)", "if(a);\u{feff}else for(;;)", "return ", "A<", "A<B,", "A<B|", "<T>", "keyof ", "keyof\n",
            "infer B extends ", "A extends B?C:", "()=>", "class extends ", "function f(){", "a:if(b)", "++",
            "a ? (b) : c => ",
        ] {
            assert!(is_refused(part), "{part}");
        }
    }

    #[test]
    #[rustfmt::skip]
    fn what_stands_in_a_row_is_not() {
        for part in [
            "a+", "a.b.", "a;", "a=1;", "a=1\n", "let a=1;", "let a=1\n", "let a: number\n", "a,", "a=1,",
            "f(a);", "f(a)\n", "a[0]=1\n", "{}", "{a}\n", "if(a){}", "if(a){}else{}", "if(a)b;",
            "if(a)b;else c;", "if(a)b\n", "for(;;)a;", "for(let i=0;i<n;i++)a;", "do{}while(a);",
            "do{}while(a)\n", "do a;while(b);", "while(a)b;", "a:b;", "case 1:", "case 1:a;break;", "-a+",
            "!a&&", "typeof a+", "a<b&&", "a<b;", "a?b:c;", "a?b:c\n", "a?b:c,", "a as T+", "a as T;", "(a)", "a\n++b\n",
            "a++\n", "`${a}`", "'('", "\"(\"", "'\\'('", "`(`", "//(\n", "/*(*/", "/[/(]/;", "a/2/(b)/3;",
            "a<<1<<", "if(a)b;else if(c)d;", "x=>y,", "A<B>;", "function f(a: number): number { return a }",
            "return a;", "{a:b};", "a!;",
        ] {
            assert!(!is_refused(part), "{part}");
        }
        let chain = "if (a) b; else ".repeat(2000);
        assert!(check(&format!("{chain} c;")).is_ok() || cfg!(target_arch = "wasm32"));
    }

    #[test]
    fn a_regular_expression_is_no_hiding_place() {
        for text in ["x = {} / ((", "for (a of / ((", "a > / ((", "await / (("] {
            assert!(check(text).is_err_and(|deep| deep.is_division), "{text}");
        }
        assert!(depth("℘ / a((((((/ 2") > 6);
    }

    #[test]
    fn kernels_are_flat() {
        for text in [
            include_str!("../../tests/golden/arrays.js"),
            include_str!("../../tests/golden/control.js"),
            include_str!("../../tests/golden/julia.js"),
            include_str!("../../tests/golden/math.js"),
            include_str!("../../tests/golden/names.js"),
            include_str!("../../tests/golden/spellings.js"),
        ] {
            assert!(depth(text) < 20, "{} {text}", depth(text));
        }
    }
}
