//! Statements but loops.

use super::exact::OWN;
use super::{Kind, Printer, Variable, letter};
use crate::inputs::SLOTS;
use crate::tree::{Case, Int, Shape, Statement};

impl Printer {
    /// The statements, and at their end what makes the variables seen.
    pub(super) fn block(&mut self, statements: &[Statement]) {
        let outside = self.variables.len();
        for statement in statements {
            self.statement(statement);
        }
        for variable in self.variables.split_off(outside) {
            self.show(&variable);
        }
    }

    /// Stores a variable where it is compared: as it is, by its low bits, or as a single, so that more or less is asked of it.
    fn show(&mut self, variable: &Variable) {
        let name = &variable.name;
        let way = self.names % 5;
        let note = self.own_slot("notes", &(self.names % SLOTS as usize).to_string());
        self.names += 1;
        let int32 = self.own_element("int32");
        match variable.kind {
            Kind::Int if way < 2 => self.line(&format!("{note} = {name};")),
            Kind::Int if way == 2 => {
                let numbers = self.own_element("numbers");
                self.line(&format!("{numbers} = {name};"));
            }
            Kind::Int => self.line(&format!("{int32} = Math.imul({int32}, 31) + {name};")),
            Kind::Bool => {
                let flags = self.own_element("flags");
                self.line(&format!("{flags} = {name};"));
            }
            Kind::Double => self.line(&format!("{note} = {name};")),
            Kind::Float => {
                let floats = self.own_element("floats");
                self.line(&format!("{floats} = {floats} * 0.5 + {name} * 0.5;"));
            }
            Kind::Vector(_) => {
                self.line(&format!("{int32} = {int32} * 3 + ({name}.x | 0) - ({name}.y | 0);"))
            }
            Kind::Cell(_) => self.line(&format!("{int32} ^= {name}.x + 7 * {name}.y;")),
            Kind::Array(length) if way < 3 => self.line(&format!("{note} = {name}[{}];", length - 1)),
            Kind::Array(length) => self.line(&format!("{int32} += {name}[0] ^ {name}[{}];", length - 1)),
        }
    }

    pub(super) fn statement(&mut self, statement: &Statement) {
        use Statement as S;
        match statement {
            S::LetInt(..)
            | S::LetBool(_)
            | S::LetDouble(_)
            | S::LetFloat(_)
            | S::LetVector(..)
            | S::LetCell(..)
            | S::LetArray(_)
            | S::LetFilled(..) => self.declaration(statement),
            S::SetInt(..)
            | S::Step(..)
            | S::SetBool(..)
            | S::SetDouble(..)
            | S::SetFloat(..)
            | S::SetVector(..)
            | S::SetCell(..)
            | S::SetComponent(..)
            | S::SetElement(..) => self.assignment(statement),
            S::Store(..)
            | S::StoreSlot(..)
            | S::StoreFlag(_)
            | S::StoreDouble(_)
            | S::StoreFloat(_)
            | S::StoreVector(_)
            | S::StoreCell(_)
            | S::StoreComponent(..) => self.store(statement),
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
            S::For(count, body) => self.count(count, body),
            S::While(rounds, condition, body) => self.repeat(true, *rounds, condition, body),
            S::DoWhile(rounds, condition, body) => self.repeat(false, *rounds, condition, body),
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
            S::LetInt(constant, value) => ("n", Kind::Int, !constant, self.int(value).text),
            S::LetBool(value) => ("b", Kind::Bool, true, self.bool(value).text),
            S::LetDouble(value) => ("d", Kind::Double, true, self.double(value).text),
            S::LetFloat(value) => ("f", Kind::Float, true, self.float(value).text),
            S::LetVector(size, value) => {
                ("v", Kind::Vector(*size), true, self.small_vector(value, *size).text)
            }
            S::LetCell(shape, value) => ("c", Kind::Cell(*shape), true, self.cell(value, *shape).text),
            S::LetArray(values) => {
                let texts: Vec<_> = values.iter().map(|value| self.int(value).text).collect();
                ("list", Kind::Array(values.len() as u8), true, format!("array([{}])", texts.join(", ")))
            }
            S::LetFilled(length, value) => {
                let value = self.int(value).text;
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
        let is = |kind: Kind| move |other: Kind| other == kind;
        let is_vector = |kind| matches!(kind, Kind::Vector(_));
        let is_cell = |kind| matches!(kind, Kind::Cell(_));
        match statement {
            S::SetInt(to, op, value) => {
                self.set(*to, is(Kind::Int), |printer, _| format!("{op} {}", printer.int(value).text))
            }
            S::Step(to, op) => {
                let found = self.pick(*to, |variable| variable.kind == Kind::Int && variable.is_mutable);
                if let Some(found) = found {
                    self.line(&format!("{}{op};", found.name));
                }
            }
            S::SetBool(to, value) => {
                self.set(*to, is(Kind::Bool), |printer, _| format!("= {}", printer.bool(value).text))
            }
            S::SetDouble(to, value) => {
                self.set(*to, is(Kind::Double), |printer, _| format!("= {}", printer.double(value).text))
            }
            S::SetFloat(to, value) => {
                self.set(*to, is(Kind::Float), |printer, _| format!("= {}", printer.steady_float(value)))
            }
            S::SetVector(to, value) => self.set(*to, is_vector, |printer, kind| match kind {
                Kind::Vector(size) => format!("= {}", printer.small_vector(value, size).text),
                _ => String::new(),
            }),
            S::SetCell(to, value) => self.set(*to, is_cell, |printer, kind| match kind {
                Kind::Cell(shape) => format!("= {}", printer.cell(value, shape).text),
                _ => String::new(),
            }),
            S::SetComponent(to, part, value) => {
                let found = self.pick(*to, |variable| is_vector(variable.kind) || is_cell(variable.kind));
                let (part, value) = match &found {
                    Some(Variable { kind: Kind::Vector(size), .. }) => {
                        (letter(*part, *size), self.small(value))
                    }
                    Some(Variable { kind: Kind::Cell(Shape { size, .. }), .. }) => {
                        (letter(*part, *size), self.int(value).text)
                    }
                    _ => return,
                };
                let name = found.map(|found| found.name).unwrap_or_default();
                self.line(&format!("{name}.{part} = {value};"));
            }
            S::SetElement(to, index, value) => {
                if let Some(found) = self.pick(*to, |variable| matches!(variable.kind, Kind::Array(_))) {
                    let (index, value) = (self.int(index).text, self.int(value).text);
                    self.line(&format!("{}[{index}] = {value};", found.name));
                }
            }
            _ => {}
        }
    }

    /// Assigns to a variable, if one fits: `value` gives the operator too.
    fn set(&mut self, to: u8, fits: impl Fn(Kind) -> bool, value: impl FnOnce(&mut Self, Kind) -> String) {
        if let Some(found) = self.pick(to, |variable| fits(variable.kind) && variable.is_mutable) {
            let value = value(self, found.kind);
            self.line(&format!("{} {value};", found.name));
        }
    }

    fn store(&mut self, statement: &Statement) {
        use Statement as S;
        let size = self.rank as u8 + 1;
        let shape = Shape { size, is_signed: size != 3 };
        let (place, op, value) = match statement {
            S::Store(which, op, value) => {
                let (buffer, form) = OWN[usize::from(*which) % OWN.len()];
                // What is computed from a single is one, so that is not done.
                let op = if form == "$" { op } else { "=" };
                (self.own_element(buffer), op, self.int(value).text)
            }
            S::StoreSlot(index, op, value) => {
                let index = self.int(index).operand();
                (self.own_slot("own", &index), *op, self.int(value).text)
            }
            S::StoreFlag(value) => (self.own_element("flags"), "=", self.bool(value).text),
            S::StoreDouble(value) => (self.own_element("doubles"), "=", self.double(value).text),
            S::StoreFloat(value) => (self.own_element("floats"), "=", self.steady_float(value)),
            S::StoreVector(value) => (self.own_element("vectors"), "=", self.small_vector(value, size).text),
            S::StoreCell(value) => (self.own_element("cells"), "=", self.cell(value, shape).text),
            S::StoreComponent(false, part, value) => {
                (format!("{}.{}", self.own_element("vectors"), letter(*part, size)), "=", self.small(value))
            }
            S::StoreComponent(true, part, value) => {
                (format!("{}.{}", self.own_element("cells"), letter(*part, size)), "=", self.int(value).text)
            }
            _ => return,
        };
        self.line(&format!("{place} {op} {value};"));
    }

    /// Pixels of this thread only; the canvas is smaller than some runs.
    fn paint(&mut self, between: bool, color: &[Int; 3]) {
        let half = if between { " + 0.5" } else { "" };
        let row = ["0", "inputs.threadId.y", "inputs.threadId.y + 7 * inputs.threadId.z"][self.rank - 1];
        let channels: Vec<_> = color.iter().map(|channel| self.int(channel).text).collect();
        let channels = channels.join(", ");
        self.line(&format!("inputs.canvas.setPixel(inputs.threadId.x{half}, {row}{half}, {channels});"));
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
}
