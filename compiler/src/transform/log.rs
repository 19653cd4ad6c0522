//! Makes stores of what is told: `console.log` writes a record into a buffer of the interface, as [`artifact::Log`] says.
//!
//! It comes behind the representation of numbers, so that what is told is what the kernel computes with: telling a number changes none. A call
//! costs a look at a counter once the buffer is full.

use artifact::{Interface, Log, LogCall, LogKind};

use crate::diagnostics::{Lines, Span};
use crate::ir::{
    BinaryOp, Block, Builtin, Expression, ExpressionKind, Function, Kernel, Known, Literal, Local, LocalId,
    Place, Scalar, Statement, StatementKind, Type,
};

/// The calls of `console.log` in some kernels, which are texts of one source, each once.
pub fn calls<'k>(kernels: impl IntoIterator<Item = &'k Kernel>, source: &str) -> Vec<LogCall> {
    let mut calls = Vec::new();
    let lines = Lines::of(source);
    for kernel in kernels {
        for function in kernel.all_functions() {
            function.body.walk(&mut |statement| {
                let call = call_of(statement, &lines);
                calls.extend(call.filter(|call| !calls.contains(call)));
            });
        }
    }
    calls
}

fn call_of(statement: &Statement, lines: &Lines) -> Option<LogCall> {
    match &statement.kind {
        StatementKind::Log { parts, .. } => {
            Some(LogCall { line: lines.line(statement.span.start), parts: parts.clone() })
        }
        _ => None,
    }
}

/// Makes stores of the calls in a kernel. On an interface that keeps none, they are nothing.
pub fn store(kernel: &mut Kernel, calls: &[LogCall], interface: &Interface, source: &str) {
    if calls.is_empty() {
        return;
    }
    let (buffer, limit) = Log::of(interface).unwrap_or_default();
    let lines = &Lines::of(source);
    for function in kernel.functions.iter_mut().chain(std::iter::once(&mut kernel.entry)) {
        let mut body = std::mem::take(&mut function.body);
        Store { function, calls, lines, buffer, limit }.block(&mut body);
        function.body = body;
    }
}

struct Store<'a> {
    function: &'a mut Function,
    calls: &'a [LogCall],
    lines: &'a Lines,
    buffer: usize,
    limit: u32,
}

impl Store<'_> {
    fn block(&mut self, block: &mut Block) {
        for statement in std::mem::take(&mut block.0) {
            self.statement(statement, block);
        }
    }

    fn statement(&mut self, mut statement: Statement, block: &mut Block) {
        statement.blocks_mut().into_iter().for_each(|inner| self.block(inner));
        let call = call_of(&statement, self.lines);
        let number = call.and_then(|call| self.calls.iter().position(|known| *known == call));
        match (number, statement.kind) {
            (Some(number), StatementKind::Log { values, .. }) if self.limit > 0 => {
                block.0.push(self.call(number as u32, values, statement.span));
            }
            (_, StatementKind::Log { .. }) => {}
            (_, kind) => block.0.push(Statement { kind, span: statement.span }),
        }
    }

    /// Counts a call, if there were not too many, and keeps it, if there is room.
    fn call(&mut self, number: u32, values: Vec<Expression>, span: Span) -> Statement {
        let writer = Writer { span };
        let old = self.local("call", Type::U32, span);
        let counter = writer.word(self.buffer, writer.index(0));
        let one = writer.unsigned(1);
        let next = Expression::binary(BinaryOp::Add, writer.value(old, Type::U32), one, span);
        let count = writer.statement(StatementKind::Update { old, element: counter.clone(), value: next });
        let has_room = Expression::binary(
            BinaryOp::Less,
            writer.value(old, Type::U32),
            writer.unsigned(self.limit),
            span,
        );
        let record = self.record(&writer, old, number, values);
        let keep = writer.when(has_room, record);
        let is_counted = Expression::binary(BinaryOp::Less, counter, writer.unsigned(Log::MANY), span);
        writer.when(is_counted, vec![count, keep])
    }

    fn record(
        &mut self,
        writer: &Writer,
        old: LocalId,
        number: u32,
        values: Vec<Expression>,
    ) -> Vec<Statement> {
        let span = writer.span;
        let base = self.local("record", Type::I32, span);
        let place = writer.convert(writer.value(old, Type::U32), Type::I32);
        let place = Expression::binary(BinaryOp::Multiply, place, writer.integer(Log::RECORD), span);
        let mut statements = vec![writer.declare(base, place)];
        let mut words = Vec::new();
        let mut kinds = 0;
        for (value, position) in
            values.into_iter().flat_map(|value| self.components(writer, value, &mut statements)).zip(0..)
        {
            let (kind, low, high) = writer.words_of(value);
            kinds |= (kind as u32) << (2 * position);
            words.push((Log::HEAD + 2 * position, low));
            words.extend(high.map(|high| (Log::HEAD + 2 * position + 1, high)));
        }
        let thread = (0..3).map(|axis| {
            let thread = Expression::new(ExpressionKind::ThreadId, Type::Vector(3, Scalar::I32), span);
            (2 + u32::from(axis), writer.convert(writer.component(thread, axis, Scalar::I32), Type::U32))
        });
        let head = [(0, writer.unsigned(number)), (1, writer.unsigned(kinds))];
        for (word, value) in head.into_iter().chain(thread).chain(words) {
            let offset = writer.integer(word + 1);
            let index = Expression::binary(BinaryOp::Add, writer.value(base, Type::I32), offset, span);
            let place =
                Place::Buffer { buffer: self.buffer, index: vec![writer.known(index)], component: None };
            statements.push(writer.statement(StatementKind::Assign { place, value }));
        }
        statements
    }

    /// The numbers of a value, which is computed once.
    fn components(
        &mut self,
        writer: &Writer,
        value: Expression,
        statements: &mut Vec<Statement>,
    ) -> Vec<Expression> {
        let (ty, scalar) = (value.ty, value.ty.scalar());
        let local = self.local("told", ty, writer.span);
        statements.push(writer.declare(local, value));
        match ty {
            Type::Vector(components, _) => (0..components)
                .map(|component| writer.component(writer.value(local, ty), component, scalar))
                .collect(),
            _ => vec![writer.value(local, ty)],
        }
    }

    fn local(&mut self, name: &str, ty: Type, span: Span) -> LocalId {
        self.function.locals.push(Local { name: name.to_owned(), ty, span, mutable: false });
        LocalId(self.function.locals.len() as u32 - 1)
    }
}

/// Writes what stands for one call.
struct Writer {
    span: Span,
}

impl Writer {
    fn statement(&self, kind: StatementKind) -> Statement {
        Statement { kind, span: self.span }
    }

    fn declare(&self, local: LocalId, value: Expression) -> Statement {
        self.statement(StatementKind::Declare { local, value: Some(value) })
    }

    fn when(&self, condition: Expression, accept: Vec<Statement>) -> Statement {
        self.statement(StatementKind::If { condition, accept: Block(accept), reject: Block::default() })
    }

    fn value(&self, local: LocalId, ty: Type) -> Expression {
        Expression::new(ExpressionKind::Local(local), ty, self.span)
    }

    fn literal(&self, number: u32, ty: Type) -> Expression {
        Expression::new(ExpressionKind::Literal(Literal::Number(f64::from(number))), ty, self.span)
    }

    fn unsigned(&self, number: u32) -> Expression {
        self.literal(number, Type::U32)
    }

    fn integer(&self, number: u32) -> Expression {
        self.literal(number, Type::I32)
    }

    fn index(&self, number: u32) -> Expression {
        self.known(self.integer(number))
    }

    fn known(&self, index: Expression) -> Expression {
        let kind = ExpressionKind::InRange { index: Box::new(index), known: Known::Always };
        Expression::new(kind, Type::I32, self.span)
    }

    fn word(&self, buffer: usize, index: Expression) -> Expression {
        Expression::new(ExpressionKind::Load { buffer, index: vec![index] }, Type::U32, self.span)
    }

    fn convert(&self, operand: Expression, ty: Type) -> Expression {
        Expression::new(ExpressionKind::Convert(Box::new(operand)), ty, self.span)
    }

    fn component(&self, vector: Expression, component: u8, scalar: Scalar) -> Expression {
        let kind = ExpressionKind::Component { vector: Box::new(vector), component };
        Expression::new(kind, Type::Scalar(scalar), self.span)
    }

    /// What a number is, and its words.
    fn words_of(&self, value: Expression) -> (LogKind, Expression, Option<Expression>) {
        let half = |double: &Expression, is_high| {
            let kind = ExpressionKind::Word { double: Box::new(double.clone()), is_high };
            Expression::new(kind, Type::U32, self.span)
        };
        match value.ty.scalar() {
            Scalar::F64 => (LogKind::Double, half(&value, false), Some(half(&value, true))),
            Scalar::F32 => {
                let kind = ExpressionKind::Builtin { builtin: Builtin::FloatBits, arguments: vec![value] };
                (LogKind::Single, Expression::new(kind, Type::U32, self.span), None)
            }
            Scalar::Bool => {
                let [accept, reject] = [1, 0].map(|number| Box::new(self.unsigned(number)));
                let kind = ExpressionKind::Select { condition: Box::new(value), accept, reject };
                (LogKind::Unsigned, Expression::new(kind, Type::U32, self.span), None)
            }
            Scalar::U32 => (LogKind::Unsigned, value, None),
            Scalar::I32 | Scalar::Number => (LogKind::Signed, self.convert(value, Type::U32), None),
        }
    }
}
