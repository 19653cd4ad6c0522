//! The types of a function's parameters, in every form that compilers to older JavaScript leave.
//!
//! | form | made by |
//! |---|---|
//! | `function f(p = types.number)` | written so |
//! | `function f(p: number)` | TypeScript, where the text was not compiled |
//! | `var p = arguments.length > 0 && arguments[0] !== void 0 ? arguments[0] : types.number` | Babel, SWC |
//! | `if (p === void 0) { p = types.number }` | TypeScript to ES5 |
//! | `void 0 === p && (p = types.number)`, also as the first parts of a comma expression | the same, minified |

use super::names::{each_name, named_member, vector_type};
use super::references::Reference;
use super::writes::Writes;
use super::{Lowered, Lowerer, messages};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::Type;
use crate::syntax::tree::{
    self, Assignment, BinaryOperator, Conditional, Expression, ForInit, Function, LogicalOperator, Pattern,
    Statement, UnaryOperator, VariableDeclaration,
};

/// The names of parameters that have none.
const INLINED: [&str; 8] = [
    "arguments[0]",
    "arguments[1]",
    "arguments[2]",
    "arguments[3]",
    "arguments[4]",
    "arguments[5]",
    "arguments[6]",
    "arguments[7]",
];

/// Whether a name is that of a parameter that has none.
pub(super) fn is_inlined(name: &str) -> bool {
    name.ends_with(']')
}

/// A parameter and its type.
pub(super) struct Parameter<'a> {
    pub(super) name: &'a str,
    /// Which of the function's parameters it is.
    pub(super) position: usize,
    /// None if it was refused.
    pub(super) ty: Option<Type>,
    pub(super) span: Span,
}

/// A function's parameters, and which of its first statements were only there to annotate them.
pub(super) struct Parameters<'a> {
    pub(super) list: Vec<Parameter<'a>>,
    /// Names in parameters that were refused because they are no plain names.
    pub(super) patterns: Vec<(&'a str, Span)>,
    /// How many statements to skip.
    pub(super) statements: usize,
    /// The last of those may declare other variables too: all but the declarators at these positions.
    pub(super) partial: Option<(&'a VariableDeclaration<'a>, Vec<usize>)>,
}

/// A parameter's name, if it is a plain one, its type, if one is told, and where it stands.
type Named<'a> = (Option<&'a str>, Option<Type>, Span);
/// Parameters, and the statements that only annotate them.
type Annotations<'a> = (Vec<Named<'a>>, usize, Option<(&'a VariableDeclaration<'a>, Vec<usize>)>);

impl<'a> Lowerer<'a> {
    /// Whether a parameter with a plain name has no type, so that it may stand for what is no value.
    pub(super) fn has_open_parameter(&mut self, function: &'a Function<'a>) -> bool {
        let reports = self.diagnostics.len();
        let Ok((named, ..)) = self.read_annotations(function) else { return false };
        self.diagnostics.len() == reports && named.iter().any(|(name, ty, _)| name.is_some() && ty.is_none())
    }

    /// The parameters of a function, where `parts` are passed for those that are no values.
    pub(super) fn annotated_parameters(
        &mut self,
        function: &'a Function<'a>,
        parts: &[Option<Reference>],
    ) -> Lowered<Parameters<'a>> {
        let (named, statements, partial) = self.read_annotations(function)?;
        let mut list = Vec::new();
        let mut patterns = Vec::new();
        for parameter in function.parameters.items {
            each_name(&parameter.pattern, &mut |identifier| {
                patterns.push((identifier.name, identifier.span))
            });
        }
        for (position, (name, ty, span)) in named.into_iter().enumerate() {
            let is_passed = parts.get(position).is_some_and(Option::is_some);
            if name.is_none() || (ty.is_none() && !is_passed) {
                self.report(missing_annotation(name, span));
            }
            if let Some(name) = name {
                list.push(Parameter { name, position, ty, span });
            }
        }
        if let Some(span) = function.parameters.rest {
            self.report(missing_annotation(None, span));
        }
        Ok(Parameters { list, patterns, statements, partial })
    }

    /// The names and types of a function's parameters, how many of its first statements are there to tell these, and which part of the last one.
    fn read_annotations(&mut self, function: &'a Function<'a>) -> Lowered<Annotations<'a>> {
        let mut named: Vec<Named<'a>> = Vec::new();
        for parameter in function.parameters.items {
            let span = parameter.span;
            let name = parameter.pattern.identifier().map(|identifier| identifier.name);
            let ty = self.annotation(parameter)?;
            named.push((name, ty, span));
        }
        let statements: &'a [Statement<'a>] = function.body;
        let mut skipped = 0;
        let mut partial = None;
        for statement in statements {
            match self.annotating(statement, &mut named) {
                Annotating::Whole => skipped += 1,
                Annotating::Part(declaration, positions) => {
                    skipped += 1;
                    partial = Some((declaration, positions));
                    break;
                }
                Annotating::No => {
                    self.annotating_parts(statement, &mut named);
                    break;
                }
            }
        }
        self.inlined_parameters(function, &mut named);
        Ok((named, skipped, partial))
    }

    /// Minifiers write the choice between an argument and a type right where a parameter is used, if that is one place: then it has no name.
    fn inlined_parameters(&self, function: &'a Function<'a>, named: &mut Vec<Named<'a>>) {
        if !self.text(function.span).contains("arguments") {
            return;
        }
        for choice in Writes::of(function.body).choices {
            let Some((argument, ty)) = self.argument_default(choice) else { continue };
            let Some(&name) = INLINED.get(argument) else { continue };
            let span = choice.span();
            if named.len() <= argument {
                named.resize(argument + 1, (None, None, span));
            }
            if named[argument].0.is_none() {
                named[argument] = (Some(name), Some(ty), span);
            }
        }
    }

    /// What an expression means that chooses between an argument and a type: that argument.
    pub(super) fn inlined_argument(&mut self, choice: &'a Conditional<'a>) -> Option<Reference> {
        let (argument, _) = self.argument_of(choice)?;
        let name = INLINED.get(argument)?;
        self.builder.lookup(name)?;
        self.name_reference(name, choice.span).ok()
    }

    /// The type that a parameter itself states.
    fn annotation(&mut self, parameter: &'a tree::Parameter<'a>) -> Lowered<Option<Type>> {
        if let Some(initializer) = &parameter.initializer {
            return match self.type_name(initializer) {
                Some(ty) => Ok(Some(ty)),
                None if self.is_renamed_type(initializer) => {
                    let span = initializer.span();
                    let name = self.text(span).to_owned();
                    self.refuse(messages::renamed_import(&name, span))
                }
                None => {
                    let span = initializer.span();
                    self.refuse(
                        Diagnostic::new(Code::ParameterAnnotation, span)
                            .message("a parameter's default value is its type")
                            .note("functions have no optional arguments")
                            .help("use `types.number`, `types.boolean`, or a vector such as `types.vec2` or `types.vec3i`"),
                    )
                }
            };
        }
        Ok(parameter.annotation.and_then(|name| match name {
            "number" => Some(Type::NUMBER),
            "boolean" => Some(Type::BOOL),
            name => match name.strip_prefix("GPUV") {
                Some(rest) => vector_type(&format!("v{rest}")),
                None => vector_type(name),
            },
        }))
    }

    /// Whether a default value is a type as a minifier leaves it: `e.number`, where nobody knows `e`.
    fn is_renamed_type(&self, initializer: &'a Expression<'a>) -> bool {
        let Some((object, name, _)) = named_member(initializer) else { return false };
        let is_type = matches!(name, "number" | "boolean") || vector_type(name).is_some();
        is_type && matches!(object, Expression::Identifier(object) if !self.is_declared(object.name))
    }

    /// Whether a statement only annotates parameters; what it says is added to `named`.
    fn annotating(&self, statement: &'a Statement<'a>, named: &mut Vec<Named<'a>>) -> Annotating<'a> {
        match statement {
            Statement::Variable(declaration) => self.annotating_declaration(declaration, named),
            Statement::If(branch) if branch.alternate.is_none() => {
                let body = match &branch.consequent {
                    Statement::Block(block) if block.body.len() == 1 => &block.body[0],
                    other => other,
                };
                let Statement::Expression(body) = body else { return Annotating::No };
                let assignment = assignment_of(&body.expression);
                self.annotating_default(&branch.test, assignment, named)
            }
            Statement::Expression(statement) => match statement.expression {
                Expression::Logical(logical) if logical.operator == LogicalOperator::And => {
                    self.annotating_default(&logical.left, assignment_of(&logical.right), named)
                }
                _ => Annotating::No,
            },
            _ => Annotating::No,
        }
    }

    /// Minifiers move annotations into the first expression behind them: its first parts are then remembered as no code.
    fn annotating_parts(
        &mut self,
        statement: &'a Statement<'a>,
        named: &mut [(Option<&'a str>, Option<Type>, Span)],
    ) {
        let expression = match statement {
            Statement::Expression(statement) => Some(&statement.expression),
            Statement::Return(statement) => statement.argument.as_ref(),
            Statement::If(statement) => Some(&statement.test),
            Statement::Switch(statement) => Some(&statement.discriminant),
            Statement::For(statement) => match &statement.init {
                Some(ForInit::Expression(expression)) => Some(expression),
                _ => None,
            },
            _ => None,
        };
        let Some(expression) = expression else { return };
        let Expression::Sequence(sequence) = expression else { return };
        for part in sequence.expressions {
            let Expression::Logical(logical) = part else { return };
            let assignment = assignment_of(&logical.right);
            match self.annotating_default(&logical.left, assignment, named) {
                Annotating::Whole => self.annotations.push(part.span()),
                _ => return,
            }
        }
    }

    /// `p === void 0` and `p = types.number`.
    fn annotating_default(
        &self,
        test: &'a Expression<'a>,
        assignment: Option<&'a Assignment<'a>>,
        named: &mut [(Option<&'a str>, Option<Type>, Span)],
    ) -> Annotating<'a> {
        let found = (|| {
            let Expression::Binary(test) = test else { return None };
            if !matches!(test.operator, BinaryOperator::StrictEqual | BinaryOperator::Equal) {
                return None;
            }
            let tested = match (&test.left, &test.right) {
                (Expression::Identifier(name), other) | (other, Expression::Identifier(name))
                    if is_undefined(other) =>
                {
                    name
                }
                _ => return None,
            };
            let assignment = assignment?;
            let Expression::Identifier(target) = assignment.left else { return None };
            let ty = self.type_name(&assignment.right)?;
            (target.name == tested.name).then_some((target.name, ty))
        })();
        let Some((target, ty)) = found else { return Annotating::No };
        match named.iter_mut().find(|(name, ..)| *name == Some(target)) {
            Some(parameter) => {
                parameter.1 = Some(ty);
                Annotating::Whole
            }
            None => Annotating::No,
        }
    }

    /// `var p = arguments.length > k && arguments[k] !== void 0 ? arguments[k] : types.number, …`
    fn annotating_declaration(
        &self,
        declaration: &'a VariableDeclaration<'a>,
        named: &mut Vec<Named<'a>>,
    ) -> Annotating<'a> {
        let mut positions = Vec::new();
        for (position, declarator) in declaration.declarations.iter().enumerate() {
            let Pattern::Identifier(identifier) = &declarator.id else { continue };
            let Some((argument, ty)) = declarator.init.as_ref().and_then(|init| self.argument_default(init))
            else {
                continue;
            };
            let span = identifier.span;
            if named.len() <= argument {
                named.resize(argument + 1, (None, None, span));
            }
            named[argument] = (Some(identifier.name), Some(ty), span);
            positions.push(position);
        }
        match positions.len() {
            0 => Annotating::No,
            count if count == declaration.declarations.len() => Annotating::Whole,
            _ => Annotating::Part(declaration, positions),
        }
    }

    /// Which argument an expression reads, and the type it has by default.
    fn argument_default(&self, expression: &'a Expression<'a>) -> Option<(usize, Type)> {
        match expression {
            Expression::Conditional(choice) => self.argument_of(choice),
            _ => None,
        }
    }

    fn argument_of(&self, conditional: &'a Conditional<'a>) -> Option<(usize, Type)> {
        let (first, second) = (&conditional.consequent, &conditional.alternate);
        let (argument, default) = match (argument_position(first), argument_position(second)) {
            (Some(position), None) => (position, second),
            (None, Some(position)) => (position, first),
            _ => return None,
        };
        Some((argument, self.type_name(default)?))
    }
}

/// What a statement at the start of a function is.
enum Annotating<'a> {
    /// Only annotations of parameters.
    Whole,
    /// A declaration, of which the declarators at these positions are annotations.
    Part(&'a VariableDeclaration<'a>, Vec<usize>),
    /// Code of the function.
    No,
}

fn assignment_of<'a>(expression: &'a Expression<'a>) -> Option<&'a Assignment<'a>> {
    match expression {
        Expression::Assignment(assignment) => Some(assignment),
        _ => None,
    }
}

/// `k` of `arguments[k]`.
fn argument_position(expression: &Expression<'_>) -> Option<usize> {
    let Expression::Index(member) = expression else { return None };
    match (&member.object, &member.index) {
        (Expression::Identifier(object), Expression::Number(position)) if object.name == "arguments" => {
            Some(position.value as usize)
        }
        _ => None,
    }
}

pub(super) fn is_undefined(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::Unary(unary) => unary.operator == UnaryOperator::Void,
        Expression::Identifier(identifier) => identifier.name == "undefined",
        _ => false,
    }
}

fn missing_annotation(name: Option<&str>, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::ParameterAnnotation, span);
    let (message, name) = match name {
        Some(name) => (format!("the parameter `{name}` has no type"), name),
        None => ("a parameter is a plain name with a type".to_owned(), "p"),
    };
    diagnostic
        .message(message)
        .note("the types of numbers and vectors are not guessed from the calls; buffers, rows and arrays need none")
        .help(format!(
            "write `{name} = types.number`, or `.boolean`, or a vector such as `.vec2` or `.vec3i`"
        ))
}
