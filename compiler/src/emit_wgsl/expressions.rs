//! Values.

use artifact::{Access, Component};

use super::checks::Checks;
use super::function::FunctionWriter;
use super::helpers::WideVector;
use super::literals::{computes, is_constant};
use super::memory::{Slot, Words, value_type};
use super::text::{COMPONENTS, Level, Text, type_text};
use super::tile::shared_name;
use crate::analysis::form;
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
            K::UniformElement { uniform, index } => self.uniform_element(*uniform, index, ty),
            K::Load { buffer, .. } if self.is_shared(expression) => self.load_shared(*buffer),
            K::Load { buffer, index } => self.load(*buffer, index),
            K::Element { array, index } => self.element(*array, index, ty),
            K::Component { vector, component } => {
                let component = COMPONENTS[usize::from(*component & 3)];
                match &vector.kind {
                    K::Load { buffer, index } if !self.is_shared(vector) => {
                        self.load_component(*buffer, index, component)
                    }
                    K::Uniform(uniform) if vector.ty.scalar() == Scalar::F64 => {
                        self.uniform_double(*uniform, component)
                    }
                    _ => Text::member(self.value(vector), component),
                }
            }
            K::Swizzle { vector, components } if ty.scalar() == Scalar::F64 => {
                let what = WideVector::Swizzle(vector.ty.components(), components.clone());
                let name = self.helpers.wide(what);
                Text::call(&name, vec![self.value(vector)])
            }
            K::Swizzle { vector, components } => {
                let members: String =
                    components.iter().map(|&component| COMPONENTS[usize::from(component & 3)]).collect();
                Text::member(self.value(vector), &members)
            }
            K::Compose(parts)
                if ty.scalar() == Scalar::F64 && parts.iter().any(|part| part.ty.is_vector()) =>
            {
                let sizes = parts.iter().map(|part| part.ty.components()).collect();
                let name = self.helpers.wide(WideVector::Compose(sizes));
                Text::call(&name, self.values(parts))
            }
            K::Splat(operand) if ty.scalar() == Scalar::F64 => {
                let name = self.helpers.wide(WideVector::Splat(ty.components()));
                Text::call(&name, vec![self.value(operand)])
            }
            K::Compose(parts) | K::ArrayOf(parts) => Text::call(&type_text(ty), self.values(parts)),
            K::Splat(operand) => Text::call(&type_text(ty), vec![self.value(operand)]),
            K::Unary { op, operand } => self.unary(*op, operand),
            K::Binary { op, left, right } => self.binary(*op, left, right),
            K::Select { condition, accept, reject } => {
                let arguments = vec![self.value(reject), self.value(accept), self.value(condition)];
                let is_wide = ty.is_vector() && ty.scalar() == Scalar::F64;
                let wide = is_wide.then(|| self.helpers.wide(WideVector::Select(ty.components())));
                Text::call(wide.as_deref().unwrap_or("select"), arguments)
            }
            K::Builtin { builtin, arguments } => self.builtin(*builtin, arguments),
            K::Call { function, arguments } => {
                let name = self.module.names.functions[function.0 as usize].clone();
                Text::call(&name, self.values(arguments))
            }
            K::Random => Text::call(&self.helpers.polyfill("hpc__random", 1), Vec::new()),
            K::Convert(operand) => self.convert(operand, ty),
            K::ToInt32(operand) => {
                let is_wide = operand.ty.scalar() == Scalar::F64;
                let name = if is_wide { "hpc__wide_to_int32" } else { "hpc__to_int32" };
                let name = self.helpers.polyfill(name, ty.components());
                Text::call(&name, vec![self.value(operand)])
            }
            K::Word { double, is_high } => {
                let name = self.helpers.polyfill("hpc__wide_bits", 1);
                let bits = Text::call(&name, vec![self.value(double)]);
                Text::primary(format!("{}.{}", bits.text, if *is_high { "y" } else { "x" }))
            }
            K::InRange { index, .. } => self.value(index),
        }
    }

    pub(super) fn local(&self, local: LocalId) -> &str {
        &self.locals[local.0 as usize]
    }

    /// The field of a uniform in the form that suits this scalar.
    fn field(&self, uniform: usize, scalar: Scalar) -> String {
        let key = (uniform, form(scalar));
        format!("hpc__params.{}", self.module.names.uniforms.get(&key).map_or("", String::as_str))
    }

    fn uniform(&mut self, uniform: usize, ty: Type) -> Text {
        let field = Text::primary(self.field(uniform, ty.scalar()));
        match ty {
            Type::Scalar(Scalar::Bool) => Text::binary(field, "!=", Text::primary("0u"), Level::Relational),
            Type::Scalar(Scalar::F64) => {
                Text::call(&self.helpers.polyfill("hpc__wide_of_bits", 1), vec![field])
            }
            Type::Vector(size, Scalar::F64) => {
                let parts = COMPONENTS.iter().take(usize::from(size));
                let parts = parts.map(|component| self.uniform_double(uniform, component)).collect();
                Text::call(&type_text(ty), parts)
            }
            _ => field,
        }
    }

    /// A component of a uniform as a double: two of them are four words.
    fn uniform_double(&mut self, uniform: usize, component: &str) -> Text {
        let position = COMPONENTS.iter().position(|name| *name == component).unwrap_or(0);
        let field = self.field(uniform, Scalar::F64);
        let half = if position % 2 == 0 { "xy" } else { "zw" };
        let bits = Text::primary(format!("{field}[{}].{half}", position / 2));
        Text::call(&self.helpers.polyfill("hpc__wide_of_bits", 1), vec![bits])
    }

    fn uniform_element(&mut self, uniform: usize, index: &Expression, ty: Type) -> Text {
        let form = form(ty.scalar());
        self.helpers.load_uniform(uniform, form);
        let name = self.module.names.uniform_loads.get(&(uniform, form)).cloned().unwrap_or_default();
        Text::call(&name, vec![self.value(index)])
    }

    fn load(&mut self, buffer: usize, index: &[Expression]) -> Text {
        let element = self.module.interface.buffers[buffer].element;
        let names = &self.module.names.buffers[&buffer];
        let takes_turns =
            element.component() == Component::F64 && self.module.steps.of(buffer) != Words::Plain;
        if let Some(position) = self.constant_position(buffer, index).filter(|_| !takes_turns) {
            self.helpers.need(Slot::needs_to_load(element));
            let access = self.module.facts.buffers[&buffer];
            let words = self.module.steps.of(buffer);
            let slot = Slot { variable: &names.variable, position: &position, element, access, words };
            let is_test = value_type(element).is_bool();
            return Text::new(slot.loaded(), if is_test { Level::Relational } else { Level::Primary });
        }
        let name = self.helpers.load(buffer, element, names, Checks::of(index));
        Text::call(&name, self.values(index))
    }

    /// What the workgroup has loaded for the round.
    fn load_shared(&self, buffer: usize) -> Text {
        let element = self.module.interface.buffers[buffer].element;
        let (variable, position, access) = (&shared_name(buffer), "hpc__k", Access::Read);
        let slot = Slot { variable, position, element, access, words: Words::Plain };
        Text::primary(slot.loaded())
    }

    fn is_shared(&self, load: &Expression) -> bool {
        self.tile.as_ref().is_some_and(|tile| tile.shared(load).is_some())
    }

    /// One component, without what a vec3 has in memory besides.
    fn load_component(&mut self, buffer: usize, index: &[Expression], component: &str) -> Text {
        match self.constant_position(buffer, index) {
            Some(position) => {
                let variable = &self.module.names.buffers[&buffer].variable;
                let words = self.module.steps.of(buffer);
                if words != Words::Plain {
                    let element = self.module.interface.buffers[buffer].element;
                    let (position, access) = (position.as_str(), Access::ReadWrite);
                    let slot = Slot { variable, position, element, access, words };
                    let place = COMPONENTS.iter().position(|name| *name == component).unwrap_or(0);
                    return Text::primary(slot.loaded_component(place as u8));
                }
                Text::primary(format!("{variable}[{position}].{component}"))
            }
            None => Text::member(self.load(buffer, index), component),
        }
    }

    /// The position of an element at constant indices in range, which needs no check.
    pub(super) fn constant_position(&self, buffer: usize, index: &[Expression]) -> Option<String> {
        let size = &self.module.interface.buffers.get(buffer)?.size;
        let mut position = 0;
        for (index, &extent) in index.iter().zip(size) {
            position = position * u64::from(extent) + u64::from(constant_index(index, extent)?);
        }
        Some(position.to_string())
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
            (Scalar::F32, Scalar::I32) => "hpc__floor_to_i32",
            (Scalar::F64, Scalar::I32) => "hpc__wide_to_index",
            (Scalar::F64, Scalar::F32) => "hpc__wide_to_f32",
            (Scalar::I32, Scalar::F64) => "hpc__wide_of_i32",
            (Scalar::U32, Scalar::F64) => "hpc__wide_of_u32",
            (Scalar::F32, Scalar::F64) => "hpc__wide_of_f32",
            // From integers WGSL converts as we want it.
            _ => return Text::call(&type_text(ty), vec![self.value(operand)]),
        };
        let name = self.helpers.polyfill(name, ty.components());
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
