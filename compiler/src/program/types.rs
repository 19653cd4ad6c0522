//! The types of a program's values, as far as they can be seen.

use artifact::{ElementType, UniformType};
use oxc_ast::ast::{Argument, CallExpression, Expression, Statement};
use oxc_syntax::operator::{BinaryOperator, UnaryOperator};

use super::names::Names;

const TYPED_ARRAYS: [&str; 9] = [
    "Float32Array",
    "Float64Array",
    "Int8Array",
    "Int16Array",
    "Int32Array",
    "Uint8Array",
    "Uint8ClampedArray",
    "Uint16Array",
    "Uint32Array",
];

impl<'a> Names<'a> {
    /// The type of a value that a uniform can have.
    pub(super) fn kind(&self, expression: &'a Expression<'a>) -> Option<UniformType> {
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
            Expression::ConditionalExpression(choice) => self.kind(&choice.consequent),
            Expression::StaticMemberExpression(member) => {
                member.object.is_specific_id("Math").then_some(UniformType::Number)
            }
            Expression::CallExpression(call) => match self.library(&call.callee) {
                Some("vec2") => Some(UniformType::Vec2),
                Some("vec3") => Some(UniformType::Vec3),
                Some("vec4") => Some(UniformType::Vec4),
                Some(_) => None,
                None => method(call)
                    .filter(|(object, _)| object.is_specific_id("Math"))
                    .map(|_| UniformType::Number),
            },
            _ => None,
        }
    }

    /// The type of what nested arrays hold, by the first of it.
    pub(super) fn leaf(&self, expression: &'a Expression<'a>) -> Option<ElementType> {
        match self.value(expression) {
            Expression::ArrayExpression(array) => self.leaf(array.elements.first()?.as_expression()?),
            Expression::NewExpression(new) => is_typed_array(&new.callee).then_some(ElementType::Number),
            Expression::CallExpression(call) if self.library(&call.callee).is_none() => {
                self.leaf_of_call(call)
            }
            value => match self.kind(value)? {
                UniformType::Number => Some(ElementType::Number),
                UniformType::Vec2 => Some(ElementType::Vec2),
                UniformType::Vec3 => Some(ElementType::Vec3),
                UniformType::Vec4 => Some(ElementType::Vec4),
                _ => None,
            },
        }
    }

    /// The same for the usual ways to make arrays.
    fn leaf_of_call(&self, call: &'a CallExpression<'a>) -> Option<ElementType> {
        let argument = |index: usize| call.arguments.get(index).and_then(Argument::as_expression);
        match method(call)? {
            (object, "from") if object.is_specific_id("Array") => self.leaf(result(argument(1)?)?),
            (object, "from" | "of") => is_typed_array(object).then_some(ElementType::Number),
            (_, "map") => self.leaf(result(argument(0)?)?),
            (_, "fill") => self.leaf(argument(0)?),
            (object, _) => object.is_specific_id("Math").then_some(ElementType::Number),
        }
    }
}

/// The object and the name of the method that is called.
fn method<'a>(call: &'a CallExpression<'a>) -> Option<(&'a Expression<'a>, &'a str)> {
    let callee = call.callee.get_member_expr()?;
    Some((callee.object(), callee.static_property_name()?))
}

fn is_typed_array(expression: &Expression<'_>) -> bool {
    expression
        .get_identifier_reference()
        .is_some_and(|identifier| TYPED_ARRAYS.contains(&identifier.name.as_str()))
}

/// What a function returns, if that is an expression at its end.
fn result<'a>(function: &'a Expression<'a>) -> Option<&'a Expression<'a>> {
    let Expression::ArrowFunctionExpression(arrow) = function.get_inner_expression() else { return None };
    arrow.get_expression().or_else(|| match arrow.body.as_function_body()?.statements.last()? {
        Statement::ReturnStatement(statement) => statement.argument.as_ref(),
        _ => None,
    })
}
