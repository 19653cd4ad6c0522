//! What a kernel touches: buffers, uniforms, pixels, random numbers, thread indices.

use crate::collections::{Map, Set};

use artifact::{Access, Form};

use super::lanes;
use crate::ir::{Expression, ExpressionKind, Function, Kernel, Scalar, Statement, StatementKind};

/// The buffers, uniforms and other inputs that a kernel uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessFacts {
    /// The buffers it reads or writes, by position in the interface.
    pub buffers: Map<usize, Access>,
    /// The uniforms it reads, by position in the interface, and in which form.
    pub uniforms: Set<(usize, Form)>,
    /// Whether it sets pixels.
    pub paints: bool,
    /// Whether it draws random numbers.
    pub random: bool,
    /// Whether its functions, or the generator of random numbers, need to know which thread calls them.
    pub shares_thread_id: bool,
    /// Which thread indices its result depends on.
    pub axes_used: [bool; 3],
    /// The thread index in which neighbouring invocations should differ.
    pub lane_axis: usize,
}

/// Collects what `kernel` uses.
pub fn access(kernel: &Kernel) -> AccessFacts {
    let mut facts = AccessFacts { lane_axis: lanes::lane_axis(kernel), ..AccessFacts::default() };
    for function in kernel.all_functions() {
        function.body.walk(&mut |statement| {
            facts.statement(statement);
            for expression in statement.expressions() {
                facts.expression(expression);
            }
        });
    }
    facts.shares_thread_id = facts.random || kernel.functions.iter().any(uses_thread_id);
    if facts.random {
        // A random number depends on the whole thread id.
        facts.axes_used = [true; 3];
    }
    facts
}

impl AccessFacts {
    fn statement(&mut self, statement: &Statement) {
        self.paints |= matches!(statement.kind, StatementKind::SetPixel { .. });
        if let Some(buffer) = statement.writes() {
            self.buffers.insert(buffer, Access::ReadWrite);
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match &expression.kind {
            ExpressionKind::Load { buffer, .. } => {
                self.buffers.entry(*buffer).or_insert(Access::Read);
            }
            ExpressionKind::Uniform(uniform) | ExpressionKind::UniformElement { uniform, .. } => {
                self.uniforms.insert((*uniform, form(expression.ty.scalar())));
            }
            ExpressionKind::Random => self.random = true,
            ExpressionKind::ThreadId => self.axes_used = [true; 3],
            ExpressionKind::Component { vector, component } if is_thread_id(vector) => {
                self.axis(*component);
                return;
            }
            ExpressionKind::Swizzle { vector, components } if is_thread_id(vector) => {
                components.iter().for_each(|&component| self.axis(component));
                return;
            }
            _ => {}
        }
        expression.operands().into_iter().for_each(|operand| self.expression(operand));
    }

    fn axis(&mut self, component: u8) {
        if let Some(used) = self.axes_used.get_mut(usize::from(component)) {
            *used = true;
        }
    }
}

/// The form in which a uniform of this scalar is read.
pub fn form(scalar: Scalar) -> Form {
    match scalar {
        Scalar::F64 => Form::Double,
        Scalar::F32 | Scalar::Number => Form::Single,
        Scalar::Bool | Scalar::I32 | Scalar::U32 => Form::Integer,
    }
}

fn is_thread_id(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::ThreadId => true,
        ExpressionKind::Convert(operand) => is_thread_id(operand),
        _ => false,
    }
}

fn uses_thread_id(function: &Function) -> bool {
    let mut found = false;
    function.body.walk_expressions(&mut |expression| found |= expression.kind == ExpressionKind::ThreadId);
    found
}
