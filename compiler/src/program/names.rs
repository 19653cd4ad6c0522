//! What the names and expressions of a program stand for, as far as that is known before it runs.
//!
//! There is no analysis of scopes: a name means something only if the whole file binds it once.

use std::collections::HashMap;

use artifact::{ElementType, UniformType};
use oxc_ast::ast::{
    Argument, BindingIdentifier, CallExpression, Expression, Function, ImportDeclaration,
    ImportDeclarationSpecifier, Program, Statement, VariableDeclaration, VariableDeclarationKind,
};
use oxc_ast_visit::{Visit, walk};
use oxc_syntax::operator::{BinaryOperator, UnaryOperator};
use oxc_syntax::scope::ScopeFlags;

use super::span;
use crate::diagnostics::Span;

/// How many constants may be defined by each other: more are no program that people write, but a circle.
const LONGEST_CHAIN: usize = 16;

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

/// The names of a program.
#[derive(Default)]
pub(super) struct Names<'a> {
    /// How often each name is bound.
    bindings: HashMap<&'a str, u32>,
    /// The values of constants.
    constants: HashMap<&'a str, &'a Expression<'a>>,
    /// Where declared functions stand.
    functions: HashMap<&'a str, Span>,
    /// What is imported from `hpc.js`; `*` is all of it.
    imports: HashMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    pub(super) fn of(program: &Program<'a>) -> Self {
        let mut names = Self::default();
        names.visit_program(program);
        names
    }

    /// Whether the program imports anything from `hpc.js`.
    pub(super) fn knows_library(&self) -> bool {
        !self.imports.is_empty()
    }

    /// The expression that gives the value of another: constants are followed to their definitions.
    pub(super) fn value(&self, expression: &'a Expression<'a>) -> &'a Expression<'a> {
        let mut value = expression.get_inner_expression();
        for _ in 0..LONGEST_CHAIN {
            let Expression::Identifier(identifier) = value else { break };
            let Some(definition) = self.once(identifier.name.as_str(), &self.constants) else { break };
            value = definition.get_inner_expression();
        }
        value
    }

    /// What of `hpc.js` an expression names, such as `vec2` or `GPUInterface`.
    pub(super) fn library(&self, expression: &'a Expression<'a>) -> Option<&'a str> {
        let imported = |name| self.once(name, &self.imports).copied();
        match expression.get_inner_expression() {
            Expression::Identifier(identifier) => imported(identifier.name.as_str()),
            Expression::StaticMemberExpression(member) => {
                let object = member.object.get_identifier_reference()?;
                (imported(object.name.as_str()) == Some("*")).then(|| member.property.name.as_str())
            }
            _ => None,
        }
    }

    /// Where the text of a function stands: the expression itself, or the function that it names.
    pub(super) fn function(&self, expression: &'a Expression<'a>) -> Option<Span> {
        match self.value(expression) {
            function @ (Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_)) => {
                Some(span(function))
            }
            Expression::Identifier(identifier) => {
                self.once(identifier.name.as_str(), &self.functions).copied()
            }
            _ => None,
        }
    }

    /// A number that is written in the program, or computed of such.
    pub(super) fn number(&self, expression: &'a Expression<'a>) -> Option<f64> {
        self.number_within(expression, LONGEST_CHAIN)
    }

    fn number_within(&self, expression: &'a Expression<'a>, depth: usize) -> Option<f64> {
        let number = |operand| self.number_within(operand, depth.checked_sub(1)?);
        match self.value(expression) {
            Expression::NumericLiteral(literal) => Some(literal.value),
            Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::UnaryNegation => {
                number(&unary.argument).map(|value| -value)
            }
            Expression::BinaryExpression(binary) => {
                let (left, right) = (number(&binary.left)?, number(&binary.right)?);
                match binary.operator {
                    BinaryOperator::Addition => Some(left + right),
                    BinaryOperator::Subtraction => Some(left - right),
                    BinaryOperator::Multiplication => Some(left * right),
                    BinaryOperator::Division => Some(left / right),
                    BinaryOperator::Exponential => Some(left.powf(right)),
                    _ => None,
                }
            }
            Expression::StaticMemberExpression(member) if member.property.name == "length" => {
                let Expression::ArrayExpression(array) = self.value(&member.object) else { return None };
                array
                    .elements
                    .iter()
                    .all(|element| element.as_expression().is_some())
                    .then_some(array.elements.len() as f64)
            }
            _ => None,
        }
    }

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
                UniformType::Boolean => None,
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

    /// What a name stands for, if nothing else has the same name.
    fn once<'s, T>(&self, name: &str, meanings: &'s HashMap<&'a str, T>) -> Option<&'s T> {
        meanings.get(name).filter(|_| self.bindings.get(name) == Some(&1))
    }
}

impl<'a> Visit<'a> for Names<'a> {
    fn visit_binding_identifier(&mut self, identifier: &BindingIdentifier<'a>) {
        *self.bindings.entry(identifier.name.as_str()).or_default() += 1;
    }

    fn visit_import_declaration(&mut self, import: &ImportDeclaration<'a>) {
        for specifier in import.specifiers.iter().flatten().filter(|_| import.source.value == "hpc.js") {
            let imported = match specifier {
                ImportDeclarationSpecifier::ImportSpecifier(specifier) => specifier.imported.name().as_str(),
                ImportDeclarationSpecifier::ImportDefaultSpecifier(_) => "default",
                ImportDeclarationSpecifier::ImportNamespaceSpecifier(_) => "*",
            };
            let imported = if imported == "default" { "GPUInterface" } else { imported };
            self.imports.insert(specifier.local().name.as_str(), imported);
        }
        walk::walk_import_declaration(self, import);
    }

    fn visit_variable_declaration(&mut self, declaration: &VariableDeclaration<'a>) {
        for declarator in &declaration.declarations {
            if let (VariableDeclarationKind::Const, Some(name), Some(value)) =
                (declaration.kind, declarator.id.get_binding_identifier(), &declarator.init)
            {
                self.constants.insert(name.name.as_str(), self.alloc(value));
            }
        }
        walk::walk_variable_declaration(self, declaration);
    }

    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        if let Some(name) = function.id.as_ref().filter(|_| function.is_declaration()) {
            self.functions.insert(name.name.as_str(), span(function));
        }
        walk::walk_function(self, function, flags);
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
