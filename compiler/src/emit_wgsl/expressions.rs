//! Values.

use super::checks::Checks;
use super::function::FunctionWriter;
use super::helpers::loaded;
use super::literals::{computes, is_constant};
use super::text::{COMPONENTS, Level, Text, type_text};
use super::tile::shared_element;
use crate::ir::{Expression, ExpressionKind, Literal, LocalId, Scalar, Type};

impl FunctionWriter<'_> {
    /// The text of a value.
    pub(super) fn value(&mut self, expression: &Expression) -> Text {
        if !self.hides_constants && computes(expression) && is_constant(expression) {
            if let Some(literal) = converted_literal(expression) {
                return self.literal(Literal::Number(literal), expression.ty.scalar());
            }
            self.hides_constants = true;
            let text = self.plain_value(expression);
            self.hides_constants = false;
            return text;
        }
        self.plain_value(expression)
    }

    pub(super) fn values(&mut self, expressions: &[Expression]) -> Vec<Text> {
        expressions.iter().map(|expression| self.value(expression)).collect()
    }

    fn plain_value(&mut self, expression: &Expression) -> Text {
        use ExpressionKind as K;
        let ty = expression.ty;
        match &expression.kind {
            K::Literal(literal) => self.literal(*literal, ty.scalar()),
            K::Local(local) => Text::primary(self.local(*local)),
            K::ThreadId => Text::primary("hpc__thread_id"),
            K::Uniform(uniform) => self.uniform(*uniform, ty),
            K::Load { buffer, .. } if self.is_shared(expression) => {
                let element = self.module.interface.buffers[*buffer].element;
                Text::primary(loaded(&shared_element(*buffer), element))
            }
            K::Load { buffer, index } => self.load(*buffer, index),
            K::Element { array, index } => self.element(*array, index, ty),
            K::Component { vector, component } => {
                let component = COMPONENTS[usize::from(*component & 3)];
                match &vector.kind {
                    K::Load { buffer, index } if !self.is_shared(vector) => {
                        self.load_component(*buffer, index, component)
                    }
                    _ => Text::member(self.value(vector), component),
                }
            }
            K::Swizzle { vector, components } => {
                let members: String =
                    components.iter().map(|&component| COMPONENTS[usize::from(component & 3)]).collect();
                Text::member(self.value(vector), &members)
            }
            K::Compose(parts) | K::ArrayOf(parts) => Text::call(&type_text(ty), self.values(parts)),
            K::Splat(operand) => Text::call(&type_text(ty), vec![self.value(operand)]),
            K::Unary { op, operand } => self.unary(*op, operand),
            K::Binary { op, left, right } => self.binary(*op, left, right),
            K::Select { condition, accept, reject } => {
                let arguments = vec![self.value(reject), self.value(accept), self.value(condition)];
                Text::call("select", arguments)
            }
            K::Builtin { builtin, arguments } => self.builtin(*builtin, arguments),
            K::Call { function, arguments } => {
                let name = self.module.names.functions[function.0 as usize].clone();
                Text::call(&name, self.values(arguments))
            }
            K::Random => Text::call(&self.helpers.polyfill("hpc__random", 1), Vec::new()),
            K::Convert(operand) => self.convert(operand, ty),
            K::ToInt32(operand) => {
                let name = self.helpers.polyfill("hpc__to_int32", ty.components());
                Text::call(&name, vec![self.value(operand)])
            }
            K::InRange { index, .. } => self.value(index),
        }
    }

    pub(super) fn local(&self, local: LocalId) -> &str {
        &self.locals[local.0 as usize]
    }

    fn uniform(&mut self, uniform: usize, ty: Type) -> Text {
        let field = self.module.names.uniforms.get(&uniform).map_or("", String::as_str);
        let text = Text::primary(format!("hpc__params.{field}"));
        if ty.is_bool() { Text::binary(text, "!=", Text::primary("0u"), Level::Relational) } else { text }
    }

    fn load(&mut self, buffer: usize, index: &[Expression]) -> Text {
        if let Some(element) = self.constant_element(buffer, index) {
            return Text::primary(loaded(&element, self.module.interface.buffers[buffer].element));
        }
        let names = &self.module.names.buffers[&buffer];
        let name = self.helpers.load(buffer, names, Checks::of(index));
        Text::call(&name, self.values(index))
    }

    fn is_shared(&self, load: &Expression) -> bool {
        self.tile.as_ref().is_some_and(|tile| tile.shared(load).is_some())
    }

    /// One component, without what a vec3 has in memory besides.
    fn load_component(&mut self, buffer: usize, index: &[Expression], component: &str) -> Text {
        match self.constant_element(buffer, index) {
            Some(element) => Text::primary(format!("{element}.{component}")),
            None => Text::member(self.load(buffer, index), component),
        }
    }

    /// The element of a buffer at constant indices in range, which needs no check.
    pub(super) fn constant_element(&self, buffer: usize, index: &[Expression]) -> Option<String> {
        let size = &self.module.interface.buffers.get(buffer)?.size;
        let mut position = 0;
        for (index, &extent) in index.iter().zip(size) {
            position = position * u64::from(extent) + u64::from(constant_index(index, extent)?);
        }
        Some(format!("{}[{position}]", self.module.names.buffers.get(&buffer)?.variable))
    }

    fn element(&mut self, array: LocalId, index: &Expression, ty: Type) -> Text {
        let length = self.array_length(array);
        if let Some(index) = constant_index(index, length) {
            return Text::primary(format!("{}[{index}]", self.local(array)));
        }
        let name = self.helpers.read_element(ty, length);
        let values = Text::unary("&", Text::primary(self.local(array)));
        Text::call(&name, vec![values, self.value(index)])
    }

    pub(super) fn array_length(&self, array: LocalId) -> u32 {
        match self.function.local(array).ty {
            Type::Array { length, .. } => length,
            Type::Scalar(_) | Type::Vector(..) => 0,
        }
    }

    fn convert(&mut self, operand: &Expression, ty: Type) -> Text {
        let name = match (operand.ty.scalar(), ty.scalar()) {
            (Scalar::F32, Scalar::I32) => self.helpers.polyfill("hpc__floor_to_i32", ty.components()),
            // From integers WGSL converts as we want it.
            _ => type_text(ty),
        };
        Text::call(&name, vec![self.value(operand)])
    }
}

/// The value of a literal index that is in range.
pub(super) fn constant_index(index: &Expression, extent: u32) -> Option<u32> {
    let value = index.as_number()?;
    (value >= 0.0 && value < f64::from(extent) && value.fract() == 0.0).then_some(value as u32)
}

/// The value of a converted literal, where the conversion changes nothing but the type.
fn converted_literal(expression: &Expression) -> Option<f64> {
    let ExpressionKind::Convert(operand) = &expression.kind else { return None };
    let value = operand.as_number()?;
    let kept = match expression.ty {
        Type::F32 => f64::from(value as f32) == value,
        Type::I32 => f64::from(value as i32) == value,
        _ => false,
    };
    kept.then_some(value)
}
