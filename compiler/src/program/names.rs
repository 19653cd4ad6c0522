//! What the names and expressions of a program stand for, as far as that is known before it runs.
//!
//! There is no analysis of scopes: a name means something only if the file binds it once. What kernels bind is theirs, and counts for nothing else.

use std::collections::HashMap;

use oxc_ast::ast::{
    AssignmentExpression, AssignmentTarget, BindingIdentifier, CallExpression, Expression, Function,
    ImportDeclaration, ImportDeclarationSpecifier, Program, PropertyDefinition, PropertyKey,
    VariableDeclaration, VariableDeclarationKind,
};
use oxc_ast_visit::{Visit, walk};
use oxc_syntax::operator::{BinaryOperator, UnaryOperator};
use oxc_syntax::scope::ScopeFlags;

use super::span;
use crate::diagnostics::Span;
use crate::ir::builtins;

/// The names of a program.
#[derive(Default)]
pub(super) struct Names<'a> {
    /// Where each name is bound.
    bindings: HashMap<&'a str, Vec<Span>>,
    /// The values of constants.
    constants: HashMap<&'a str, &'a Expression<'a>>,
    /// What `this.name` is set to, each time it is set; true goes with private names.
    members: HashMap<(bool, &'a str), Vec<&'a Expression<'a>>>,
    /// Where the names of declared functions stand, and the functions.
    functions: HashMap<&'a str, (Span, Span)>,
    /// What `createKernel` is given, and where its options stand.
    kernels: Vec<&'a Expression<'a>>,
    options: Vec<Span>,
    /// What is imported from `hpc.js`; `*` is all of it.
    imports: HashMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    pub(super) fn of(program: &Program<'a>) -> Self {
        let mut names = Self::default();
        names.visit_program(program);
        names.forget_kernels();
        names
    }

    /// Drops what is bound in kernels: no code outside sees it.
    fn forget_kernels(&mut self) {
        let kernels: Vec<Span> = self.kernels.iter().filter_map(|kernel| self.function(kernel)).collect();
        let is_inside =
            |place: Span| kernels.iter().any(|kernel| kernel.start < place.start && place.end < kernel.end);
        // The name of a declared function stands in it, and is seen outside.
        let names_kernel = |place: Span| self.functions.values().any(|(name, _)| *name == place);
        for places in self.bindings.values_mut() {
            places.retain(|place| !is_inside(*place) || names_kernel(*place));
        }
        self.constants.retain(|_, value| !is_inside(span(*value)));
    }

    /// Whether the program imports anything from `hpc.js`.
    pub(super) fn knows_library(&self) -> bool {
        !self.imports.is_empty()
    }

    /// The expression that gives the value of another: constants, and members that are set once, are followed to their definitions.
    ///
    /// A definition must stand before what refers to it. So every walk through definitions ends.
    pub(super) fn value(&self, expression: &'a Expression<'a>) -> &'a Expression<'a> {
        let mut value = expression.get_inner_expression();
        while let Some(definition) = self.definition(value).filter(|it| span(*it).end <= span(value).start) {
            value = definition.get_inner_expression();
        }
        value
    }

    fn definition(&self, expression: &'a Expression<'a>) -> Option<&'a Expression<'a>> {
        match expression {
            Expression::Identifier(identifier) => {
                self.once(identifier.name.as_str(), &self.constants).copied()
            }
            _ => self.member(expression),
        }
    }

    /// What `this.name` is set to, if the file sets it once.
    fn member(&self, expression: &'a Expression<'a>) -> Option<&'a Expression<'a>> {
        let (object, name) = match expression {
            Expression::StaticMemberExpression(member) => {
                (&member.object, (false, member.property.name.as_str()))
            }
            Expression::PrivateFieldExpression(member) => {
                (&member.object, (true, member.field.name.as_str()))
            }
            _ => return None,
        };
        match self.members.get(&name)?.as_slice() {
            [value] if matches!(object, Expression::ThisExpression(_)) => Some(value),
            _ => None,
        }
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
                self.once(identifier.name.as_str(), &self.functions).map(|(_, function)| *function)
            }
            _ => None,
        }
    }

    /// A number that is written in the program, or computed of such.
    pub(super) fn number(&self, expression: &'a Expression<'a>) -> Option<f64> {
        match self.value(expression) {
            Expression::NumericLiteral(literal) => Some(literal.value),
            Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::UnaryNegation => {
                self.number(&unary.argument).map(|value| -value)
            }
            Expression::BinaryExpression(binary) => {
                let (left, right) = (self.number(&binary.left)?, self.number(&binary.right)?);
                match binary.operator {
                    BinaryOperator::Addition => Some(left + right),
                    BinaryOperator::Subtraction => Some(left - right),
                    BinaryOperator::Multiplication => Some(left * right),
                    BinaryOperator::Division => Some(left / right),
                    BinaryOperator::Exponential => Some(builtins::power(left, right)),
                    BinaryOperator::Remainder => Some(builtins::remainder(left, right)),
                    _ => None,
                }
            }
            Expression::Identifier(name) if name.name == "Infinity" => Some(f64::INFINITY),
            Expression::StaticMemberExpression(member) if member.object.is_specific_id("Math") => {
                builtins::CONSTANTS
                    .iter()
                    .find(|(name, _)| *name == member.property.name)
                    .map(|(_, value)| *value)
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

    /// The value of a constant with this name, if nothing else has it.
    pub(super) fn constant_named(&self, name: &str) -> Option<&'a Expression<'a>> {
        self.once(name, &self.constants).copied()
    }

    /// Where the kernels stand that are given to `createKernel`, and their options.
    pub(super) fn kernels(&self) -> impl Iterator<Item = Span> {
        self.kernels.iter().filter_map(|kernel| self.function(kernel)).chain(self.options.iter().copied())
    }

    /// What a name stands for, if nothing else has the same name.
    fn once<'s, T>(&self, name: &str, meanings: &'s HashMap<&'a str, T>) -> Option<&'s T> {
        meanings.get(name).filter(|_| self.bindings.get(name).is_some_and(|places| places.len() == 1))
    }
}

impl<'a> Visit<'a> for Names<'a> {
    fn visit_binding_identifier(&mut self, identifier: &BindingIdentifier<'a>) {
        self.bindings.entry(identifier.name.as_str()).or_default().push(span(identifier));
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

    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        let callee = call.callee.get_inner_expression().get_member_expr();
        if callee.is_some_and(|callee| callee.static_property_name() == Some("createKernel")) {
            let call = self.alloc(call);
            self.kernels.extend(call.arguments.first().and_then(|argument| argument.as_expression()));
            self.options.extend(call.arguments.get(1).map(span));
        }
        walk::walk_call_expression(self, call);
    }

    fn visit_assignment_expression(&mut self, assignment: &AssignmentExpression<'a>) {
        let member = match &assignment.left {
            AssignmentTarget::StaticMemberExpression(member) => Some((false, member.property.name.as_str())),
            AssignmentTarget::PrivateFieldExpression(member) => Some((true, member.field.name.as_str())),
            _ => None,
        };
        if let Some(name) = member {
            let value = self.alloc(&assignment.right);
            self.members.entry(name).or_default().push(value);
        }
        walk::walk_assignment_expression(self, assignment);
    }

    fn visit_property_definition(&mut self, property: &PropertyDefinition<'a>) {
        let name = match &property.key {
            PropertyKey::StaticIdentifier(name) => Some((false, name.name.as_str())),
            PropertyKey::PrivateIdentifier(name) => Some((true, name.name.as_str())),
            _ => None,
        };
        if let (Some(name), Some(value)) = (name, &property.value) {
            let value = self.alloc(value);
            self.members.entry(name).or_default().push(value);
        }
        walk::walk_property_definition(self, property);
    }

    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        if let Some(name) = function.id.as_ref().filter(|_| function.is_declaration()) {
            self.functions.insert(name.name.as_str(), (span(name), span(function)));
        }
        walk::walk_function(self, function, flags);
    }
}
