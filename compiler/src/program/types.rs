//! The types of a program's values, as far as they can be seen.

use artifact::{Component, ElementType, UniformType, is_int32};
use oxc_ast::ast::{Argument, CallExpression, Expression, ObjectExpression, ObjectPropertyKind, Statement};
use oxc_syntax::operator::{BinaryOperator, UnaryOperator};

use super::names::Names;

/// What holds each component.
const TYPED_ARRAYS: [(&str, Component); 10] = [
    ("Float32Array", Component::F32),
    ("Float64Array", Component::F64),
    ("Float16Array", Component::F16),
    ("Int8Array", Component::I8),
    ("Int16Array", Component::I16),
    ("Int32Array", Component::I32),
    ("Uint8Array", Component::U8),
    ("Uint8ClampedArray", Component::U8Clamped),
    ("Uint16Array", Component::U16),
    ("Uint32Array", Component::U32),
];

/// The methods of arrays that give an array of the same class and length.
const KEEPING: [&str; 6] = ["fill", "map", "sort", "reverse", "toSorted", "toReversed"];

/// Those of `Math` that give integers.
const ROUNDING: [&str; 7] = ["floor", "ceil", "round", "trunc", "sign", "imul", "clz32"];

/// Those that give integers if all their arguments are such.
const CHOOSING: [&str; 3] = ["abs", "min", "max"];

impl<'a> Names<'a> {
    /// The type of a value that a uniform can have.
    pub(super) fn kind(&self, expression: &'a Expression<'a>) -> Option<UniformType> {
        self.kind_of_one(expression).or_else(|| self.kind_of_array(expression))
    }

    /// The same for numbers, booleans and vectors.
    fn kind_of_one(&self, expression: &'a Expression<'a>) -> Option<UniformType> {
        use BinaryOperator::{Addition, Division, Exponential, Multiplication, Remainder, Subtraction};
        match self.value(expression) {
            Expression::NumericLiteral(_) => Some(UniformType::Number),
            Expression::BooleanLiteral(_) => Some(UniformType::Boolean),
            Expression::UnaryExpression(unary) => match unary.operator {
                UnaryOperator::LogicalNot => Some(UniformType::Boolean),
                UnaryOperator::UnaryNegation | UnaryOperator::UnaryPlus => Some(UniformType::Number),
                _ => None,
            },
            Expression::BinaryExpression(binary) => match binary.operator {
                Addition | Subtraction | Multiplication | Division | Remainder | Exponential => {
                    Some(UniformType::Number)
                }
                operator => (operator.is_equality() || operator.is_compare()).then_some(UniformType::Boolean),
            },
            Expression::ConditionalExpression(choice) => self.kind_of_one(&choice.consequent),
            Expression::StaticMemberExpression(member) => {
                member.object.is_specific_id("Math").then_some(UniformType::Number)
            }
            Expression::CallExpression(call) => match self.library(&call.callee) {
                Some(name) => vector_named(name),
                None => method(call)
                    .filter(|(object, _)| object.is_specific_id("Math"))
                    .map(|_| UniformType::Number),
            },
            _ => None,
        }
    }

    /// The same for arrays whose length is known.
    fn kind_of_array(&self, expression: &'a Expression<'a>) -> Option<UniformType> {
        let length = self.length(expression).filter(|length| *length > 0)?;
        match self.typed_array(expression) {
            // It is refused when the program runs.
            Some(Component::U8Clamped) => None,
            Some(component) => Some(UniformType::Array(component, length)),
            None => (self.leaf(expression)? == ElementType::Number).then_some(UniformType::Numbers(length)),
        }
    }

    /// Whether a value that a uniform can have will probably be made of 32-bit integers.
    pub(super) fn is_integral(&self, expression: &'a Expression<'a>) -> bool {
        use BinaryOperator::{Division, Exponential};
        if let Some(number) = self.number(expression) {
            return is_int32(number);
        }
        let all = |arguments: &'a [Argument<'a>]| {
            arguments.iter().filter_map(Argument::as_expression).all(|argument| self.is_integral(argument))
        };
        match self.value(expression) {
            Expression::UnaryExpression(unary) => self.is_integral(&unary.argument),
            Expression::BinaryExpression(binary) => {
                let parts = self.is_integral(&binary.left) && self.is_integral(&binary.right);
                binary.operator.is_equality() || binary.operator.is_compare() || {
                    parts && !matches!(binary.operator, Division | Exponential)
                }
            }
            Expression::ConditionalExpression(choice) => {
                self.is_integral(&choice.consequent) && self.is_integral(&choice.alternate)
            }
            // A constant of `Math`.
            Expression::StaticMemberExpression(member) => !member.object.is_specific_id("Math"),
            Expression::ArrayExpression(array) => array
                .elements
                .iter()
                .filter_map(|element| element.as_expression())
                .all(|element| self.is_integral(element)),
            Expression::NewExpression(new) => match component(&new.callee) {
                Some(Component::F32 | Component::F16 | Component::F64) => all(&new.arguments),
                _ => true,
            },
            Expression::CallExpression(call) => match (self.library(&call.callee), method(call)) {
                (Some("vec2" | "vec3" | "vec4"), _) => all(&call.arguments),
                (None, Some((object, name))) if object.is_specific_id("Math") => {
                    ROUNDING.contains(&name) || (CHOOSING.contains(&name) && all(&call.arguments))
                }
                (None, Some((object, "from"))) if is_array_class(object) => self.made_are_integral(call, 1),
                (None, Some((_, "map"))) => self.made_are_integral(call, 0),
                (None, Some((_, "of" | "fill"))) => all(&call.arguments),
                _ => true,
            },
            _ => true,
        }
    }

    /// Whether the function that is argument `index` makes integers; without one, what it is given decides.
    fn made_are_integral(&self, call: &'a CallExpression<'a>, index: usize) -> bool {
        let argument = |index: usize| call.arguments.get(index).and_then(Argument::as_expression);
        match argument(index) {
            Some(function) => result(function).is_none_or(|made| self.is_integral(made)),
            None => argument(0).is_none_or(|elements| self.is_integral(elements)),
        }
    }

    /// The type of what nested arrays hold, by the first of it.
    pub(super) fn leaf(&self, expression: &'a Expression<'a>) -> Option<ElementType> {
        if let Some(component) = self.typed_array(expression) {
            return ElementType::ALL
                .into_iter()
                .find(|element| element.components() == 1 && element.component() == component);
        }
        match self.value(expression) {
            Expression::ArrayExpression(array) => self.leaf(array.elements.first()?.as_expression()?),
            Expression::CallExpression(call) if self.library(&call.callee).is_none() => {
                self.leaf_of_call(call)
            }
            value => self.leaf_of_one(value),
        }
    }

    /// The same for the usual ways to make arrays.
    fn leaf_of_call(&self, call: &'a CallExpression<'a>) -> Option<ElementType> {
        let argument = |index: usize| call.arguments.get(index).and_then(Argument::as_expression);
        match method(call)? {
            (object, "from") if object.is_specific_id("Array") => match argument(1) {
                Some(function) => self.leaf(result(function)?),
                // Of a typed array it takes the numbers.
                None => match self.typed_array(argument(0)?) {
                    Some(_) => Some(ElementType::Number),
                    None => self.leaf(argument(0)?),
                },
            },
            (_, "map") => self.leaf(result(argument(0)?)?),
            (_, "fill") => self.leaf(argument(0)?),
            (object, _) => object.is_specific_id("Math").then_some(ElementType::Number),
        }
    }

    fn leaf_of_one(&self, value: &'a Expression<'a>) -> Option<ElementType> {
        let name = self.kind_of_one(value)?.name();
        ElementType::from_name(&name)
    }

    /// What an expression that makes a typed array holds.
    fn typed_array(&self, expression: &'a Expression<'a>) -> Option<Component> {
        match self.value(expression) {
            Expression::NewExpression(new) => component(&new.callee),
            Expression::CallExpression(call) => match method(call)? {
                (class, "from" | "of") => component(class),
                (array, name) => KEEPING.contains(&name).then(|| self.typed_array(array))?,
            },
            _ => None,
        }
    }

    /// How long an array is.
    fn length(&self, expression: &'a Expression<'a>) -> Option<u32> {
        match self.value(expression) {
            Expression::ArrayExpression(array) => {
                let is_known = array.elements.iter().all(|element| element.as_expression().is_some());
                is_known.then_some(array.elements.len() as u32)
            }
            Expression::NewExpression(new) => {
                is_array_class(&new.callee).then(|| self.length_by(new.arguments.first()?))?
            }
            Expression::CallExpression(call) if call.callee.is_specific_id("Array") => {
                self.length_by(call.arguments.first()?)
            }
            Expression::CallExpression(call) => match method(call)? {
                (class, "of") => is_array_class(class).then_some(call.arguments.len() as u32),
                (class, "from") => is_array_class(class).then(|| self.length_by(call.arguments.first()?))?,
                (array, name) => KEEPING.contains(&name).then(|| self.length(array))?,
            },
            _ => None,
        }
    }

    /// How long an array gets that is made by an argument: its length, another array, or an object with a length.
    fn length_by(&self, argument: &'a Argument<'a>) -> Option<u32> {
        let argument = argument.as_expression()?;
        if let Some(number) = self.number(argument) {
            return u32::try_from(number as i64).ok().filter(|length| f64::from(*length) == number);
        }
        match self.value(argument) {
            Expression::ObjectExpression(object) => self.length_by_object(object),
            _ => self.length(argument),
        }
    }

    fn length_by_object(&self, object: &'a ObjectExpression<'a>) -> Option<u32> {
        let [ObjectPropertyKind::ObjectProperty(property)] = object.properties.as_slice() else {
            return None;
        };
        let is_length = !property.computed && property.key.is_specific_static_name("length");
        let length = is_length.then(|| self.number(&property.value))??;
        u32::try_from(length as i64).ok().filter(|known| f64::from(*known) == length)
    }
}

/// The type of what a function of the library makes, if that is a vector.
fn vector_named(name: &str) -> Option<UniformType> {
    Some(match name {
        "vec2" => UniformType::Vec2,
        "vec3" => UniformType::Vec3,
        "vec4" => UniformType::Vec4,
        "vec2i" => UniformType::Vec2i,
        "vec3i" => UniformType::Vec3i,
        "vec4i" => UniformType::Vec4i,
        "vec2u" => UniformType::Vec2u,
        "vec3u" => UniformType::Vec3u,
        "vec4u" => UniformType::Vec4u,
        _ => return None,
    })
}

/// The object and the name of the method that is called.
fn method<'a>(call: &'a CallExpression<'a>) -> Option<(&'a Expression<'a>, &'a str)> {
    let callee = call.callee.get_member_expr()?;
    Some((callee.object(), callee.static_property_name()?))
}

/// What arrays of this class hold, if it is one of typed arrays.
fn component(class: &Expression<'_>) -> Option<Component> {
    let name = class.get_identifier_reference()?.name.as_str();
    TYPED_ARRAYS.into_iter().find(|(known, _)| *known == name).map(|(_, component)| component)
}

fn is_array_class(class: &Expression<'_>) -> bool {
    class.is_specific_id("Array") || component(class).is_some()
}

/// What a function returns, if that is an expression at its end.
fn result<'a>(function: &'a Expression<'a>) -> Option<&'a Expression<'a>> {
    let Expression::ArrowFunctionExpression(arrow) = function.get_inner_expression() else { return None };
    arrow.get_expression().or_else(|| match arrow.body.as_function_body()?.statements.last()? {
        Statement::ReturnStatement(statement) => statement.argument.as_ref(),
        _ => None,
    })
}
