//! Prints trees as JavaScript.
//!
//! The printer keeps numbers small, so that they are exact on every device: each expression comes with a bound of its
//! size, and is reduced where the next operator could leave what a single holds exactly. Variables and elements keep within
//! [`SMALL`]. Floats keep within [`FLOAT`], by factors that are powers of two. A thread writes only what its own id picks.

mod exact;
mod floats;

use crate::tree::{Case, Count, Function, Int, Jump, Kernel, Parameter, Statement};

/// What integer variables and stored integers do not exceed.
const SMALL: f64 = 1023.0;
/// What floats do not exceed.
const FLOAT: f64 = 8.0;
/// What the elements of `own` do not exceed, to which loops add at most 15 a round.
const OWN: f64 = 65_536.0;

/// The text of a kernel.
pub(crate) fn print(kernel: &Kernel) -> String {
    let mut printer = Printer { rank: kernel.rank, ..Printer::default() };
    printer.open("inputs => {");
    for function in &kernel.functions {
        printer.function(function);
    }
    printer.block(&kernel.body);
    printer.close("}");
    printer.text
}

/// An expression.
struct Printed {
    text: String,
    /// What its size, or that of its components, does not exceed.
    bound: f64,
    /// Whether it needs parentheses beside an operator.
    is_compound: bool,
}

impl Printed {
    fn simple(text: impl Into<String>, bound: f64) -> Self {
        Self { text: text.into(), bound, is_compound: false }
    }

    fn compound(text: impl Into<String>, bound: f64) -> Self {
        Self { text: text.into(), bound, is_compound: true }
    }

    /// As an operand or the receiver of a method.
    fn operand(&self) -> String {
        if self.is_compound { format!("({})", self.text) } else { self.text.clone() }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Int,
    Bool,
    Float,
    Vector(u8),
    Array(u8),
}

#[derive(Clone)]
struct Variable {
    name: String,
    kind: Kind,
    is_mutable: bool,
}

struct Loop {
    label: String,
    label_is_used: bool,
    /// How many switches stand around the loop, within the next loop.
    switches: usize,
}

#[derive(Default)]
struct Printer {
    text: String,
    depth: usize,
    rank: usize,
    variables: Vec<Variable>,
    loops: Vec<Loop>,
    /// How many switches stand around the statement, within the innermost loop.
    switches: usize,
    functions: Vec<(String, Vec<Parameter>)>,
    is_in_function: bool,
}

impl Printer {
    fn line(&mut self, line: &str) {
        self.text += &"  ".repeat(self.depth);
        self.text += line;
        self.text.push('\n');
    }

    fn open(&mut self, line: &str) {
        self.line(line);
        self.depth += 1;
    }

    fn close(&mut self, line: &str) {
        self.depth -= 1;
        self.line(line);
    }

    /// The statements, and at their end what makes the variables seen.
    fn block(&mut self, statements: &[Statement]) {
        let outside = self.variables.len();
        for statement in statements {
            self.statement(statement);
        }
        for variable in self.variables.split_off(outside) {
            self.show(&variable);
        }
    }

    /// Stores a variable where it is compared.
    fn show(&mut self, variable: &Variable) {
        let (name, out) = (&variable.name, self.own_element("out"));
        match variable.kind {
            Kind::Int => self.line(&format!("{out} = ({out} * 3 + {name}) % 1021;")),
            Kind::Bool => self.line(&format!("if ({name}) {out} = ({out} * 5 + 1) % 1021;")),
            Kind::Float => {
                let floats = self.own_element("floats");
                self.line(&format!("{floats} = {floats} * 0.5 + {name} * 0.5;"));
            }
            Kind::Vector(_) => self.line(&format!("{out} = ({out} + {name}.x - {name}.y) % 1021;")),
            Kind::Array(length) => {
                self.line(&format!("{out} = ({out} + {name}[0] - 2 * {name}[{}]) % 1021;", length - 1));
            }
        }
    }

    fn function(&mut self, function: &Function) {
        let name = format!("call{}", self.functions.len());
        let mut declared = Vec::new();
        for parameter in &function.parameters {
            let (kind, ty) = match *parameter {
                Parameter::Number => (Kind::Int, "number".to_owned()),
                Parameter::Boolean => (Kind::Bool, "boolean".to_owned()),
                Parameter::Vector(size) => (Kind::Vector(size), format!("vec{size}")),
            };
            declared.push(format!("{} = types.{ty}", self.declare("p", kind, true)));
        }
        self.is_in_function = true;
        self.open(&format!("function {name}({}) {{", declared.join(", ")));
        // Not a block of its own: the result may name its variables.
        for statement in &function.body {
            self.statement(statement);
        }
        let result = self.small(&function.result);
        self.line(&format!("return {result};"));
        self.close("}");
        self.variables.clear();
        self.is_in_function = false;
        self.functions.push((name, function.parameters.clone()));
    }

    /// Names a variable and puts it in scope.
    fn declare(&mut self, letter: &str, kind: Kind, is_mutable: bool) -> String {
        let name = format!("{letter}{}", self.variables.len());
        self.variables.push(Variable { name: name.clone(), kind, is_mutable });
        name
    }

    /// One of the variables that fit, if there are any.
    fn pick(&self, which: u8, fits: impl Fn(&Variable) -> bool) -> Option<Variable> {
        let fitting: Vec<_> = self.variables.iter().filter(|variable| fits(variable)).collect();
        (!fitting.is_empty()).then(|| fitting[usize::from(which) % fitting.len()].clone())
    }

    fn mutable(&self, which: u8, kind: Kind) -> Option<String> {
        self.pick(which, |variable| variable.kind == kind && variable.is_mutable).map(|found| found.name)
    }

    /// The element of a buffer that belongs to this thread alone.
    fn own_element(&self, buffer: &str) -> String {
        let index = ["x", "y", "z"].iter().take(self.rank).map(|axis| format!("[inputs.threadId.{axis}]"));
        format!("inputs.buffers.{buffer}{}", index.collect::<String>())
    }

    /// One of the elements of `own` that belong to this thread, or none if the index is out of range.
    fn own_slot(&mut self, index: &Int) -> String {
        let index = self.int(index);
        match self.rank {
            3 => format!(
                "inputs.buffers.own[inputs.threadId.x][inputs.threadId.y][inputs.threadId.z * 4 + ({} & 3)]",
                index.operand()
            ),
            _ => format!("{}[{}]", self.own_element("own"), index.text),
        }
    }

    fn statement(&mut self, statement: &Statement) {
        use Statement as S;
        match statement {
            S::LetInt(..)
            | S::LetBool(_)
            | S::LetFloat(_)
            | S::LetVector(..)
            | S::LetArray(_)
            | S::LetFilled(..) => self.declaration(statement),
            S::SetInt(..)
            | S::Step(..)
            | S::SetBool(..)
            | S::SetFloat(..)
            | S::SetVector(..)
            | S::SetComponent(..)
            | S::SetElement(..) => self.assignment(statement),
            S::StoreOut(op, value) => {
                let out = self.own_element("out");
                self.compound(&out, op, value);
            }
            S::StoreOwn(index, op, value) => {
                let (value, op) = match *op {
                    "=" => (self.small(value), "="),
                    _ => (self.within(value, 15.0), "+="),
                };
                let slot = self.own_slot(index);
                self.line(&format!("{slot} {op} {value};"));
            }
            S::StoreVector(value) => {
                let value = self.small_vector(value, self.rank as u8 + 1);
                let element = self.own_element("vectors");
                self.line(&format!("{element} = {value};"));
            }
            S::StoreComponent(part, value) => {
                let value = self.small(value);
                let letter = exact::letter(*part, self.rank as u8 + 1);
                let element = self.own_element("vectors");
                self.line(&format!("{element}.{letter} = {value};"));
            }
            S::StoreFloat(value) => {
                let (value, element) = (self.steady_float(value), self.own_element("floats"));
                self.line(&format!("{element} = {value};"));
            }
            S::Paint(between, color) => self.paint(*between, color),
            S::If(condition, accept, reject) => {
                let condition = self.bool(condition).text;
                self.open(&format!("if ({condition}) {{"));
                self.block(accept);
                if !reject.is_empty() {
                    self.close("} else {");
                    self.depth += 1;
                    self.block(reject);
                }
                self.close("}");
            }
            S::For(..) | S::While(..) | S::DoWhile(..) => self.repeat(statement),
            S::Switch(on, cases) => self.switch(on, cases),
            S::Jump(condition, jump, outer) => {
                let condition = self.bool(condition).text;
                if let Some(jump) = self.jump(*jump, *outer) {
                    self.line(&format!("if ({condition}) {jump};"));
                }
            }
        }
    }

    fn declaration(&mut self, statement: &Statement) {
        use Statement as S;
        let (letter, kind, is_mutable, value) = match statement {
            S::LetInt(constant, value) => ("n", Kind::Int, !constant, self.small(value)),
            S::LetBool(value) => ("b", Kind::Bool, true, self.bool(value).text),
            S::LetFloat(value) => ("f", Kind::Float, true, self.float(value).text),
            S::LetVector(size, value) => ("v", Kind::Vector(*size), true, self.small_vector(value, *size)),
            S::LetArray(values) => {
                let texts: Vec<_> = values.iter().map(|value| self.small(value)).collect();
                ("list", Kind::Array(values.len() as u8), true, format!("array([{}])", texts.join(", ")))
            }
            S::LetFilled(length, value) => {
                let value = self.small(value);
                ("list", Kind::Array(*length), true, format!("array({length}, {value})"))
            }
            _ => return,
        };
        let keyword = if is_mutable { "let" } else { "const" };
        let name = self.declare(letter, kind, is_mutable);
        self.line(&format!("{keyword} {name} = {value};"));
    }

    fn assignment(&mut self, statement: &Statement) {
        use Statement as S;
        match statement {
            S::SetInt(to, op, value) => {
                if let Some(name) = self.mutable(*to, Kind::Int) {
                    self.compound(&name, op, value);
                }
            }
            S::Step(to, op) => {
                if let Some(name) = self.mutable(*to, Kind::Int) {
                    self.line(&format!("{name}{op};"));
                    self.line(&format!("{name} %= 1021;"));
                }
            }
            S::SetBool(to, value) => {
                self.set(*to, |kind| kind == Kind::Bool, |printer, _| printer.bool(value).text)
            }
            S::SetFloat(to, value) => {
                self.set(*to, |kind| kind == Kind::Float, |printer, _| printer.steady_float(value));
            }
            S::SetVector(to, value) => {
                let is_vector = |kind| matches!(kind, Kind::Vector(_));
                self.set(*to, is_vector, |printer, kind| match kind {
                    Kind::Vector(size) => printer.small_vector(value, size),
                    _ => String::new(),
                });
            }
            S::SetComponent(to, part, value) => {
                let found = self.pick(*to, |variable| matches!(variable.kind, Kind::Vector(_)));
                if let Some(Variable { name, kind: Kind::Vector(size), .. }) = found {
                    let value = self.small(value);
                    self.line(&format!("{name}.{} = {value};", exact::letter(*part, size)));
                }
            }
            S::SetElement(to, index, value) => {
                if let Some(found) = self.pick(*to, |variable| matches!(variable.kind, Kind::Array(_))) {
                    let (index, value) = (self.int(index).text, self.small(value));
                    self.line(&format!("{}[{index}] = {value};", found.name));
                }
            }
            _ => {}
        }
    }

    fn set(&mut self, to: u8, fits: impl Fn(Kind) -> bool, value: impl FnOnce(&mut Self, Kind) -> String) {
        if let Some(found) = self.pick(to, |variable| fits(variable.kind) && variable.is_mutable) {
            let value = value(self, found.kind);
            self.line(&format!("{} = {value};", found.name));
        }
    }

    /// An assignment to an integer, after which it is small.
    fn compound(&mut self, target: &str, op: &str, value: &Int) {
        let value = match op {
            "=" => self.small(value),
            "<<=" | ">>=" => format!("{} & 7", self.int(value).operand()),
            "%=" => format!("{} | 1", self.int(value).operand()),
            _ => self.small(value),
        };
        self.line(&format!("{target} {op} {value};"));
        if op != "=" && op != "%=" {
            self.line(&format!("{target} %= 1021;"));
        }
    }

    /// Pixels of this thread only; the canvas is smaller than some runs.
    fn paint(&mut self, between: bool, color: &[Int; 3]) {
        let half = if between { " + 0.5" } else { "" };
        let row = ["0", "inputs.threadId.y", "inputs.threadId.y + 7 * inputs.threadId.z"][self.rank - 1];
        let channels: Vec<_> = color.iter().map(|channel| self.int(channel).text).collect();
        let channels = channels.join(", ");
        self.line(&format!("inputs.canvas.setPixel(inputs.threadId.x{half}, {row}{half}, {channels});"));
    }

    fn repeat(&mut self, statement: &Statement) {
        let outside = self.variables.len();
        let (head, tail, body) = match statement {
            Statement::For(count, body) => {
                let k = self.declare("k", Kind::Int, false);
                let head = match count {
                    Count::Up(end) => format!("for (let {k} = 0; {k} < {end}; {k}++) {{"),
                    Count::Down(start) => format!("for (let {k} = {start}; {k} > 0; {k}--) {{"),
                    Count::Twos(end) => format!("for (let {k} = 0; {k} <= {end}; {k} += 2) {{"),
                    Count::Uniform => format!("for (let {k} = 0; {k} < inputs.uniforms.count; {k}++) {{"),
                };
                (head, "}".to_owned(), body)
            }
            Statement::While(rounds, condition, body) => {
                let (k, test) = self.counted(*rounds, condition);
                (format!("while ({test}) {{ {k}++;"), "}".to_owned(), body)
            }
            Statement::DoWhile(rounds, condition, body) => {
                let (k, test) = self.counted(*rounds, condition);
                (format!("do {{ {k}++;"), format!("}} while ({test});"), body)
            }
            _ => return,
        };
        let label = format!("loop{}", self.loops.len());
        self.loops.push(Loop { label, label_is_used: false, switches: std::mem::take(&mut self.switches) });
        let before = std::mem::take(&mut self.text);
        self.depth += 1;
        self.block(body);
        self.close(&tail);
        let rest = std::mem::replace(&mut self.text, before);
        if let Some(Loop { label, label_is_used, switches }) = self.loops.pop() {
            self.switches = switches;
            self.line(&if label_is_used { format!("{label}: {head}") } else { head });
        }
        self.text += &rest;
        // The counter of a `while` stands before it and stays.
        if matches!(statement, Statement::For(..)) {
            self.variables.truncate(outside);
        }
    }

    /// Declares a counter. Gives its name and a test that fails after so many rounds.
    fn counted(&mut self, rounds: u8, condition: &crate::tree::Bool) -> (String, String) {
        let condition = self.bool(condition).operand();
        let k = self.declare("k", Kind::Int, false);
        self.line(&format!("let {k} = 0;"));
        let test = format!("{k} < {rounds} && {condition}");
        (k, test)
    }

    fn switch(&mut self, on: &Int, cases: &[Case]) {
        let on = self.int(on).text;
        self.open(&format!("switch ({on}) {{"));
        self.switches += 1;
        let mut seen = Vec::new();
        for case in cases.iter() {
            if seen.contains(&case.value) {
                continue;
            }
            seen.push(case.value);
            let head = case.value.map_or("default: {".to_owned(), |value| format!("case {value}: {{"));
            self.open(&head);
            self.block(&case.body);
            if !case.falls {
                self.line("break;");
            }
            self.close("}");
        }
        self.switches -= 1;
        self.close("}");
    }

    /// A jump that is possible here.
    fn jump(&mut self, jump: Jump, outer: u8) -> Option<String> {
        let word = match jump {
            Jump::Return if self.is_in_function => return Some(format!("return {outer}")),
            Jump::Return => return Some("return".to_owned()),
            Jump::Break if self.loops.is_empty() => return (self.switches > 0).then(|| "break".to_owned()),
            Jump::Break => "break",
            Jump::Continue => "continue",
        };
        let innermost = self.loops.len().checked_sub(1)?;
        let target = innermost - usize::from(outer) % self.loops.len();
        let is_plain = target == innermost && (self.switches == 0 || word == "continue");
        if is_plain {
            return Some(word.to_owned());
        }
        self.loops[target].label_is_used = true;
        Some(format!("{word} {}", self.loops[target].label))
    }
}
