//! Statements.

use super::checks::Checks;
use super::function::{FunctionWriter, ends};
use super::helpers::member;
use super::literals::is_constant;
use super::memory::{Slot, Words};
use super::operators::{cancels, native};
use super::text::{COMPONENTS, Text, zero};
use crate::ir::{
    BinaryOp, Block, Case, Expression, ExpressionKind, LabelId, LocalId, Place, Scalar, Statement,
    StatementKind, TestPosition, Type,
};

impl FunctionWriter<'_> {
    /// Writes a block's statements, up to the first that leaves it: WGSL refuses what follows.
    pub(super) fn block(&mut self, block: &Block) {
        self.statements(&block.0);
    }

    /// Writes statements, likewise.
    pub(super) fn statements(&mut self, statements: &[Statement]) {
        let mut rest = statements;
        while let [statement, following @ ..] = rest {
            rest = match rest {
                [_, _, after @ ..] if self.counting_loop(&rest[..2]) => after,
                _ => {
                    self.statement(statement);
                    following
                }
            };
            if ends(statement) {
                break;
            }
        }
    }

    fn statement(&mut self, statement: &Statement) {
        use StatementKind as K;
        match &statement.kind {
            K::If { condition, accept, reject } => self.branch("if", condition, accept, reject),
            K::Loop { .. } => self.repeat(statement),
            K::Scope { body, .. } => {
                // A switch is what `break` can leave without a loop.
                self.line("switch 0 {");
                self.indented(|writer| writer.braced("default: {", body));
                self.line("}");
            }
            K::Switch { selector, cases, default, .. } => self.switch(selector, cases, default),
            K::Update { old, element, value } => self.update(*old, element, value),
            _ => {
                let text = self.simple(&statement.kind);
                self.line(&format!("{text};"));
            }
        }
    }

    /// A statement of one line, without its semicolon.
    fn simple(&mut self, kind: &StatementKind) -> String {
        use StatementKind as K;
        match kind {
            K::Declare { local, value } => self.declaration(*local, value.as_ref()),
            K::Assign { place, value } => self.assignment(place, value),
            K::Evaluate(expression) => {
                let text = self.value(expression).text;
                let is_call = matches!(expression.kind, ExpressionKind::Call { .. });
                if is_call { text } else { format!("_ = {text}") }
            }
            K::SetPixel { position, color } => self.pixel(position, color),
            K::Break(_) => "break".to_owned(),
            K::Continue(_) => "continue".to_owned(),
            K::Return(Some(value)) => format!("return {}", self.value(value).text),
            // What has blocks is not of one line, and neither are updates.
            K::Return(None)
            | K::Update { .. }
            | K::Log { .. }
            | K::If { .. }
            | K::Loop { .. }
            | K::Scope { .. }
            | K::Switch { .. } => "return".to_owned(),
        }
    }

    fn declaration(&mut self, local: LocalId, value: Option<&Expression>) -> String {
        let declared = self.function.local(local);
        let (ty, mutable) = (declared.ty, declared.mutable);
        let name = self.local(local).to_owned();
        // Arrays are variables so that they can be indexed where they are. Constants are, as wgpu would compute what is made of
        // them, and naga then writes wrong SPIR-V or refuses what overflows.
        let is_variable = mutable || matches!(ty, Type::Array { .. }) || value.is_some_and(is_constant);
        let keyword = if is_variable { "var" } else { "let" };
        match value {
            Some(value) => format!("{keyword} {name} = {}", self.value(value).text),
            // Zero is what it would be without a value too, but for browsers that forget that when a loop comes by again.
            None => format!("var {name} = {}", zero(ty)),
        }
    }

    fn assignment(&mut self, place: &Place, value: &Expression) -> String {
        match place {
            Place::Local(_) | Place::Component { .. } => self.local_assignment(place, value),
            Place::Element { array, index, component } => {
                self.element_assignment(*array, index, *component, value)
            }
            Place::Buffer { buffer, index, component } => {
                self.buffer_assignment(*buffer, index, *component, value)
            }
        }
    }

    fn local_assignment(&mut self, place: &Place, value: &Expression) -> String {
        let target = match place {
            Place::Component { local, component } => {
                format!("{}{}", self.local(*local), member(Some(*component)))
            }
            Place::Local(local) => self.local(*local).to_owned(),
            Place::Element { .. } | Place::Buffer { .. } => String::new(),
        };
        // `i = i + 1` is `i += 1`.
        if let ExpressionKind::Binary { op, left, right } = &value.kind
            && is_compound(*op, left.ty)
            && reads(left, place)
            && left.ty == value.ty
            && left.ty.scalar() != Scalar::F64
            && !cancels(*op, left, right)
        {
            let (_, right) = self.factors(*op, left, right);
            return format!("{target} {}= {}", native(*op).0, right.text);
        }
        format!("{target} = {}", self.value(value).text)
    }

    fn element_assignment(
        &mut self,
        array: LocalId,
        index: &Expression,
        component: Option<u8>,
        value: &Expression,
    ) -> String {
        let length = self.array_length(array);
        if let Some(index) = super::expressions::constant_index(index, length) {
            let target = format!("{}[{index}]{}", self.local(array), member(component));
            return format!("{target} = {}", self.value(value).text);
        }
        let element = self.function.local(array).ty.element().unwrap_or(Type::F32);
        let name = self.helpers.write_element(element, length, component);
        let values = Text::unary("&", Text::primary(self.local(array)));
        let arguments = vec![values, self.value(index), self.value(value)];
        Text::call(&name, arguments).text
    }

    fn buffer_assignment(
        &mut self,
        buffer: usize,
        index: &[Expression],
        component: Option<u8>,
        value: &Expression,
    ) -> String {
        let element = self.module.interface.buffers[buffer].element;
        let names = &self.module.names.buffers[&buffer];
        let ty = value.ty;
        let words = self.module.steps.of(buffer);
        let is_line = !(element.component().is_small()
            || words != Words::Plain && component.is_none() && element.bytes() > 4);
        if let Some(position) = self.constant_position(buffer, index).filter(|_| is_line) {
            self.helpers.need(Slot::needs_to_store(element));
            let value = self.value(value).text;
            let access = self.module.facts.buffers[&buffer];
            let slot = Slot { variable: &names.variable, position: &position, element, access, words };
            let component = component.map(|component| COMPONENTS[usize::from(component & 3)]);
            let line = slot.stored(&value, component).concat();
            return line.trim_end_matches(';').to_owned();
        }
        let name = self.helpers.store(buffer, element, component, names, Checks::of(index));
        let mut arguments = self.values(index);
        let value = self.value(value);
        arguments.push(self.value_to_store(value, ty, element));
        Text::call(&name, arguments).text
    }

    fn pixel(&mut self, position: &[Expression; 2], color: &[Expression; 3]) -> String {
        let mut arguments = self.values(position);
        arguments.extend(color.iter().map(|channel| self.channel(channel)));
        Text::call(&self.helpers.set_pixel(Checks::of(position)), arguments).text
    }

    /// A colour as a float: it is clamped before precision could matter.
    fn channel(&mut self, channel: &Expression) -> Text {
        match channel.as_number() {
            Some(value) => self.float(value as f32),
            None if channel.ty.scalar() == Scalar::F32 => self.value(channel),
            None => Text::call("f32", vec![self.value(channel)]),
        }
    }

    fn braced(&mut self, head: &str, block: &Block) {
        self.line(head);
        self.indented(|writer| writer.block(block));
        self.line("}");
    }

    /// `if`, and `else if` for an `else` that is nothing but an `if`.
    fn branch(&mut self, keyword: &str, condition: &Expression, accept: &Block, reject: &Block) {
        let condition = self.value(condition).text;
        self.line(&format!("{keyword} {condition} {{"));
        self.indented(|writer| writer.block(accept));
        match reject.0.as_slice() {
            [] => self.line("}"),
            [Statement { kind: StatementKind::If { condition, accept, reject }, .. }] => {
                self.branch("} else if", condition, accept, reject);
            }
            _ => self.braced("} else {", reject),
        }
    }

    fn switch(&mut self, selector: &Expression, cases: &[Case], default: &Block) {
        let selector = self.value(selector).text;
        self.line(&format!("switch {selector} {{"));
        self.indented(|writer| {
            for case in cases {
                let values: Vec<String> = case.values.iter().map(|&value| case_value(value)).collect();
                writer.braced(&format!("case {}: {{", values.join(", ")), &case.body);
            }
            writer.braced("default: {", default);
        });
        self.line("}");
    }

    fn repeat(&mut self, statement: &Statement) {
        let StatementKind::Loop { test, prelude, condition, body, update, label } = &statement.kind else {
            return;
        };
        let counter = self.begin_counting(statement);
        let condition = self.condition(condition.as_ref(), body, *label);
        match (test, prelude.0.as_slice(), update.0.as_slice(), condition) {
            (TestPosition::First, [], [], Some(condition)) => {
                self.round(&format!("while {} {{", condition.text), counter.as_ref(), body);
            }
            (TestPosition::First, [], [step], Some(condition)) if is_step(step) => {
                let step = self.simple(&step.kind);
                self.round(&format!("for (; {}; {step}) {{", condition.text), counter.as_ref(), body);
            }
            (TestPosition::First, _, _, condition) => {
                self.line("loop {");
                self.indented(|writer| {
                    writer.count_round(counter.as_ref());
                    writer.block(prelude);
                    if let Some(condition) = condition {
                        writer.line(&format!("if {} {{", Text::unary("!", condition).text));
                        writer.indented(|writer| writer.line("break;"));
                        writer.line("}");
                    }
                    writer.block(body);
                    writer.continuing(update, None, None);
                });
                self.line("}");
            }
            (TestPosition::Last, _, _, condition) => {
                self.line("loop {");
                self.indented(|writer| {
                    writer.count_round(counter.as_ref());
                    writer.block(body);
                    writer.continuing(update, Some(prelude), condition);
                });
                self.line("}");
            }
        }
        self.end_counting(counter);
    }

    /// What happens between two rounds; with a condition, whether there is another one.
    fn continuing(&mut self, update: &Block, prelude: Option<&Block>, condition: Option<Text>) {
        let prelude = prelude.filter(|prelude| !prelude.0.is_empty());
        if update.0.is_empty() && prelude.is_none() && condition.is_none() {
            return;
        }
        self.line("continuing {");
        self.indented(|writer| {
            writer.block(update);
            prelude.into_iter().for_each(|prelude| writer.block(prelude));
            if let Some(condition) = condition {
                writer.line(&format!("break if {};", Text::unary("!", condition).text));
            }
        });
        self.line("}");
    }

    /// The condition of a loop. WGSL refuses a loop that it sees no way out of, so an endless one tests `true`.
    fn condition(&mut self, condition: Option<&Expression>, body: &Block, label: LabelId) -> Option<Text> {
        match condition {
            Some(condition) => Some(self.value(condition)),
            None if body.breaks(label) => None,
            None => Some(Text::primary("true")),
        }
    }

    /// `for (var i = 0; i < n; i += 1)`, if the first of two statements declares a variable that only the loop in the second uses.
    fn counting_loop(&mut self, statements: &[Statement]) -> bool {
        let [first, second] = statements else { return false };
        let StatementKind::Declare { local, value: Some(_) } = &first.kind else { return false };
        let StatementKind::Loop { test: TestPosition::First, prelude, condition, body, update, label } =
            &second.kind
        else {
            return false;
        };
        let ([], [step]) = (prelude.0.as_slice(), update.0.as_slice()) else { return false };
        let counts = matches!(&step.kind,
            StatementKind::Assign { place: Place::Local(counter), .. } if counter == local);
        let Some(condition) =
            condition.as_ref().filter(|_| counts && self.mentions.are_in(statements, *local))
        else {
            return false;
        };
        let counter = self.begin_counting(second);
        let start = self.simple(&first.kind);
        let Some(condition) = self.condition(Some(condition), body, *label) else { return false };
        let step = self.simple(&step.kind);
        self.round(&format!("for ({start}; {}; {step}) {{", condition.text), counter.as_ref(), body);
        self.end_counting(counter);
        true
    }
}

/// Whether a statement may be the update of a `for`.
fn is_step(statement: &Statement) -> bool {
    matches!(&statement.kind, StatementKind::Assign { place: Place::Local(_) | Place::Component { .. }, .. })
}

/// Whether `op` is an operator that WGSL can combine with an assignment.
fn is_compound(op: BinaryOp, ty: Type) -> bool {
    match op {
        BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide => true,
        BinaryOp::Remainder => ty.scalar().is_integer(),
        BinaryOp::BitAnd | BinaryOp::BitOr | BinaryOp::BitXor => true,
        _ => false,
    }
}

/// Whether an expression is the value of a local or component.
fn reads(expression: &Expression, place: &Place) -> bool {
    match (&expression.kind, place) {
        (ExpressionKind::Local(read), Place::Local(set)) => read == set,
        (ExpressionKind::Component { vector, component: read }, Place::Component { local, component }) => {
            read == component && reads(vector, &Place::Local(*local))
        }
        _ => false,
    }
}

fn case_value(value: i32) -> String {
    if value == i32::MIN { format!("i32({value})") } else { value.to_string() }
}
