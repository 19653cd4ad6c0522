//! oxc's tree as ours. Left operands, members and `else if` may go as deep as a text is long, so these are no recursion.

use oxc_ast::ast::{self, ArrowFunctionBody, PropertyKey, TSType, TSTypeName};
use oxc_span::GetSpan;
use oxc_syntax::operator as theirs;

use crate::diagnostics::Span;
use crate::syntax::tree::*;

/// Makes our nodes in `arena` of oxc's, whose text has `prefix` bytes in front of the user's, which has `length`.
#[derive(Clone, Copy)]
pub(in crate::syntax::parser) struct Converter<'a> {
    pub(in crate::syntax::parser) arena: &'a Arena,
    pub(in crate::syntax::parser) prefix: u32,
    pub(in crate::syntax::parser) length: u32,
}

impl<'a> Converter<'a> {
    /// The place in the user's text.
    pub(in crate::syntax::parser) fn span(self, node: &impl GetSpan) -> Span {
        let span = node.span();
        let shift = |offset: u32| offset.saturating_sub(self.prefix).min(self.length);
        Span { start: shift(span.start), end: shift(span.end) }
    }

    fn text(self, text: &str) -> &'a str {
        self.arena.alloc_str(text)
    }

    fn list<T: Copy>(self, items: Vec<T>) -> &'a [T] {
        self.arena.alloc_slice_copy(&items)
    }

    fn foreign(self, span: Span, kind: ForeignKind) -> &'a Foreign {
        self.arena.alloc(Foreign { span, kind })
    }

    pub(in crate::syntax::parser) fn parameters(
        self,
        parameters: &ast::FormalParameters<'_>,
    ) -> Parameters<'a> {
        let items = parameters.items.iter().map(|parameter| self.parameter(parameter));
        Parameters {
            span: self.span(parameters),
            items: self.list(items.collect()),
            rest: parameters.rest.as_ref().map(|rest| self.span(&**rest)),
        }
    }

    fn parameter(self, parameter: &ast::FormalParameter<'_>) -> Parameter<'a> {
        let annotation = parameter.type_annotation.as_ref();
        Parameter {
            span: self.span(parameter),
            pattern: self.pattern(&parameter.pattern),
            annotation: annotation.and_then(|annotation| self.annotation(&annotation.type_annotation)),
            initializer: parameter.initializer.as_ref().map(|initializer| self.expression(initializer)),
        }
    }

    fn annotation(self, annotation: &TSType<'_>) -> Option<&'a str> {
        match annotation {
            TSType::TSNumberKeyword(_) => Some("number"),
            TSType::TSBooleanKeyword(_) => Some("boolean"),
            TSType::TSAnyKeyword(_) => Some("any"),
            TSType::TSBigIntKeyword(_) => Some("bigint"),
            TSType::TSIntrinsicKeyword(_) => Some("intrinsic"),
            TSType::TSNeverKeyword(_) => Some("never"),
            TSType::TSNullKeyword(_) => Some("null"),
            TSType::TSObjectKeyword(_) => Some("object"),
            TSType::TSStringKeyword(_) => Some("string"),
            TSType::TSSymbolKeyword(_) => Some("symbol"),
            TSType::TSThisType(_) => Some("this"),
            TSType::TSUndefinedKeyword(_) => Some("undefined"),
            TSType::TSUnknownKeyword(_) => Some("unknown"),
            TSType::TSVoidKeyword(_) => Some("void"),
            TSType::TSLiteralType(literal) => match &literal.literal {
                ast::TSLiteral::BooleanLiteral(value) => Some(if value.value { "true" } else { "false" }),
                _ => None,
            },
            TSType::TSTypeReference(reference) => match &reference.type_name {
                TSTypeName::IdentifierReference(name) => Some(self.text(&name.name)),
                _ => None,
            },
            _ => None,
        }
    }

    fn pattern(self, pattern: &ast::BindingPattern<'_>) -> Pattern<'a> {
        let span = self.span(pattern);
        match pattern {
            ast::BindingPattern::BindingIdentifier(identifier) => {
                let name = self.text(&identifier.name);
                Pattern::Identifier(self.arena.alloc(Identifier { span, name }))
            }
            ast::BindingPattern::ObjectPattern(object) => {
                let properties = object.properties.iter().map(|property| PatternProperty {
                    key: self.key(&property.key),
                    value: self.pattern(&property.value),
                });
                let properties = self.list(properties.collect());
                let rest = object.rest.as_ref().map(|rest| self.span(&**rest));
                Pattern::Object(self.arena.alloc(ObjectPattern { span, properties, rest }))
            }
            ast::BindingPattern::ArrayPattern(array) => {
                let elements = array.elements.iter();
                let elements = elements.map(|element| element.as_ref().map(|element| self.pattern(element)));
                let elements = self.list(elements.collect());
                Pattern::Array(self.arena.alloc(ArrayPattern { span, elements }))
            }
            ast::BindingPattern::AssignmentPattern(default) => {
                let left = self.pattern(&default.left);
                Pattern::Default(self.arena.alloc(DefaultPattern { span, left }))
            }
        }
    }

    fn key(self, key: &PropertyKey<'_>) -> Key<'a> {
        let name = match key {
            PropertyKey::StaticIdentifier(name) => Some(self.text(&name.name)),
            PropertyKey::StringLiteral(name) => Some(self.text(&name.value)),
            _ => None,
        };
        Key { span: self.span(key), name }
    }

    fn function(self, function: &ast::Function<'_>) -> &'a Function<'a> {
        self.arena.alloc(Function {
            span: self.span(function),
            id: function.id.as_ref().map(|id| Identifier { span: self.span(id), name: self.text(&id.name) }),
            is_async: function.r#async,
            is_generator: function.generator,
            parameters: self.parameters(&function.params),
            body: self.statements(function.body.as_ref().map_or(&[], |body| &body.statements)),
        })
    }

    pub(in crate::syntax::parser) fn statements(
        self,
        statements: &[ast::Statement<'_>],
    ) -> &'a [Statement<'a>] {
        let mut list = Vec::with_capacity(statements.len());
        for statement in statements {
            list.push(self.statement(statement));
        }
        self.list(list)
    }

    pub(in crate::syntax::parser) fn arrow_body(self, body: &ArrowFunctionBody<'_>) -> Body<'a> {
        match body {
            ArrowFunctionBody::FunctionBody(body) => Body::Statements(self.statements(&body.statements)),
            body => {
                Body::Expression(self.expression(body.as_expression().expect("the other form of a body")))
            }
        }
    }
}

/// Statements.
impl<'a> Converter<'a> {
    fn statement(self, statement: &ast::Statement<'_>) -> Statement<'a> {
        use ast::Statement as Theirs;
        let span = self.span(statement);
        let kind = match statement {
            Theirs::EmptyStatement(_) => return Statement::Empty(span),
            Theirs::ExpressionStatement(statement) => return self.expression_statement(statement, span),
            Theirs::VariableDeclaration(variables) => {
                return Statement::Variable(self.declaration(variables));
            }
            Theirs::FunctionDeclaration(function) => return Statement::Function(self.function(function)),
            Theirs::BlockStatement(block) => return self.block(block, span),
            Theirs::IfStatement(branch) => return self.branches(branch),
            Theirs::ForStatement(repeat) => return self.for_statement(repeat, span),
            Theirs::WhileStatement(repeat) => return self.while_statement(repeat, span),
            Theirs::DoWhileStatement(repeat) => return self.do_while_statement(repeat, span),
            Theirs::SwitchStatement(switch) => return self.switch(switch, span),
            Theirs::LabeledStatement(labeled) => return self.labeled(labeled, span),
            Theirs::BreakStatement(leave) => return Statement::Break(self.jump(leave.label.as_ref(), span)),
            Theirs::ContinueStatement(next) => {
                return Statement::Continue(self.jump(next.label.as_ref(), span));
            }
            Theirs::ReturnStatement(leave) => return self.return_statement(leave, span),
            Theirs::ForInStatement(_) => ForeignKind::ForIn,
            Theirs::ForOfStatement(repeat) => match self.for_of_statement(repeat, span) {
                Some(statement) => return statement,
                None => ForeignKind::ForOf,
            },
            Theirs::ThrowStatement(_) => ForeignKind::Throw,
            Theirs::TryStatement(_) => ForeignKind::Try,
            Theirs::WithStatement(_) => ForeignKind::With,
            Theirs::DebuggerStatement(_) => ForeignKind::Debugger,
            Theirs::ClassDeclaration(_) => ForeignKind::Class,
            _ => ForeignKind::Other,
        };
        Statement::Foreign(self.foreign(span, kind))
    }

    fn expression_statement(self, statement: &ast::ExpressionStatement<'_>, span: Span) -> Statement<'a> {
        let expression = self.expression(&statement.expression);
        Statement::Expression(self.arena.alloc(ExpressionStatement { span, expression }))
    }

    fn block(self, block: &ast::BlockStatement<'_>, span: Span) -> Statement<'a> {
        let body = self.statements(&block.body);
        Statement::Block(self.arena.alloc(Block { span, body }))
    }

    fn for_of_statement(self, repeat: &ast::ForOfStatement<'_>, span: Span) -> Option<Statement<'a>> {
        let ast::ForStatementLeft::VariableDeclaration(declaration) = &repeat.left else { return None };
        let declaration = self.declaration(declaration);
        let [declarator] = declaration.declarations else { return None };
        let (kind, id) = (declaration.kind, declarator.id);
        let (right, body) = (self.expression(&repeat.right), self.statement(&repeat.body));
        (!repeat.r#await).then(|| Statement::ForOf(self.arena.alloc(ForOf { span, kind, id, right, body })))
    }

    fn while_statement(self, repeat: &ast::WhileStatement<'_>, span: Span) -> Statement<'a> {
        let (test, body) = (self.expression(&repeat.test), self.statement(&repeat.body));
        Statement::While(self.arena.alloc(While { span, test, body }))
    }

    fn do_while_statement(self, repeat: &ast::DoWhileStatement<'_>, span: Span) -> Statement<'a> {
        let (test, body) = (self.expression(&repeat.test), self.statement(&repeat.body));
        Statement::DoWhile(self.arena.alloc(DoWhile { span, test, body }))
    }

    fn labeled(self, labeled: &ast::LabeledStatement<'_>, span: Span) -> Statement<'a> {
        let (label, body) = (self.label(&labeled.label), self.statement(&labeled.body));
        Statement::Labeled(self.arena.alloc(Labeled { span, label, body }))
    }

    fn jump(self, label: Option<&ast::LabelIdentifier<'_>>, span: Span) -> &'a Jump<'a> {
        let label = label.map(|label| self.label(label));
        self.arena.alloc(Jump { span, label })
    }

    fn return_statement(self, leave: &ast::ReturnStatement<'_>, span: Span) -> Statement<'a> {
        let argument = leave.argument.as_ref().map(|argument| self.expression(argument));
        Statement::Return(self.arena.alloc(Return { span, argument }))
    }

    fn label(self, label: &ast::LabelIdentifier<'_>) -> Identifier<'a> {
        Identifier { span: self.span(label), name: self.text(&label.name) }
    }

    fn declaration(self, declaration: &ast::VariableDeclaration<'_>) -> &'a VariableDeclaration<'a> {
        use ast::VariableDeclarationKind as Theirs;
        let declarators = declaration.declarations.iter().map(|declarator| VariableDeclarator {
            id: self.pattern(&declarator.id),
            init: declarator.init.as_ref().map(|init| self.expression(init)),
        });
        self.arena.alloc(VariableDeclaration {
            span: self.span(declaration),
            kind: match declaration.kind {
                Theirs::Var => VariableKind::Var,
                Theirs::Let => VariableKind::Let,
                Theirs::Const => VariableKind::Const,
                Theirs::Using | Theirs::AwaitUsing => VariableKind::Using,
            },
            declarations: self.list(declarators.collect()),
        })
    }

    /// `if`, and the `else if` that follow it: made from the last to the first.
    fn branches(self, branch: &ast::IfStatement<'_>) -> Statement<'a> {
        let mut branches = vec![branch];
        let mut last = branch;
        while let Some(ast::Statement::IfStatement(next)) = &last.alternate {
            branches.push(next);
            last = next;
        }
        let mut alternate = last.alternate.as_ref().map(|alternate| self.statement(alternate));
        for branch in branches.into_iter().rev() {
            let (test, consequent) = (self.expression(&branch.test), self.statement(&branch.consequent));
            let branch = If { span: self.span(branch), test, consequent, alternate };
            alternate = Some(Statement::If(self.arena.alloc(branch)));
        }
        alternate.expect("there is one branch at least")
    }

    fn for_statement(self, repeat: &ast::ForStatement<'_>, span: Span) -> Statement<'a> {
        let init = repeat.init.as_ref().map(|init| match init {
            ast::ForStatementInit::VariableDeclaration(declaration) => {
                ForInit::Variable(self.declaration(declaration))
            }
            init => ForInit::Expression(self.expression(init.as_expression().expect("the other form"))),
        });
        let optional = |part: &Option<ast::Expression<'_>>| part.as_ref().map(|part| self.expression(part));
        let (test, update) = (optional(&repeat.test), optional(&repeat.update));
        let body = self.statement(&repeat.body);
        Statement::For(self.arena.alloc(For { span, init, test, update, body }))
    }

    fn switch(self, switch: &ast::SwitchStatement<'_>, span: Span) -> Statement<'a> {
        let cases = switch.cases.iter().map(|case| SwitchCase {
            span: self.span(case),
            test: case.test.as_ref().map(|test| self.expression(test)),
            consequent: self.statements(&case.consequent),
        });
        let (discriminant, cases) = (self.expression(&switch.discriminant), self.list(cases.collect()));
        Statement::Switch(self.arena.alloc(Switch { span, discriminant, cases }))
    }
}

/// Expressions.
impl<'a> Converter<'a> {
    pub(in crate::syntax::parser) fn expression(self, expression: &ast::Expression<'_>) -> Expression<'a> {
        // What goes on to the left, the outermost first.
        let mut spine = Vec::new();
        let mut first = expression.get_inner_expression();
        while let Some(left) = left_of(first) {
            spine.push(first);
            first = left.get_inner_expression();
        }
        let mut left = self.operand(first);
        for link in spine.into_iter().rev() {
            left = self.link(left, link);
        }
        left
    }

    /// An expression behind its left operand.
    fn link(self, left: Expression<'a>, link: &ast::Expression<'_>) -> Expression<'a> {
        use ast::Expression as Theirs;
        let span = self.span(link);
        match link {
            Theirs::BinaryExpression(binary) => self.binary(left, binary, span),
            Theirs::LogicalExpression(logical) => self.logical(left, logical, span),
            Theirs::StaticMemberExpression(member) => self.member(left, member, span),
            Theirs::ComputedMemberExpression(member) => self.index(left, member, span),
            Theirs::CallExpression(call) => self.call(left, call, span),
            _ => unreachable!("nothing else has a left operand"),
        }
    }

    fn binary(self, left: Expression<'a>, binary: &ast::BinaryExpression<'_>, span: Span) -> Expression<'a> {
        let (operator, right) = (binary_operator(binary.operator), self.expression(&binary.right));
        Expression::Binary(self.arena.alloc(Binary { span, operator, left, right }))
    }

    fn logical(
        self,
        left: Expression<'a>,
        logical: &ast::LogicalExpression<'_>,
        span: Span,
    ) -> Expression<'a> {
        let (operator, right) = (logical_operator(logical.operator), self.expression(&logical.right));
        Expression::Logical(self.arena.alloc(Logical { span, operator, left, right }))
    }

    fn member(
        self,
        object: Expression<'a>,
        member: &ast::StaticMemberExpression<'_>,
        span: Span,
    ) -> Expression<'a> {
        let property =
            Identifier { span: self.span(&member.property), name: self.text(&member.property.name) };
        Expression::Member(self.arena.alloc(Member { span, object, property }))
    }

    fn index(
        self,
        object: Expression<'a>,
        member: &ast::ComputedMemberExpression<'_>,
        span: Span,
    ) -> Expression<'a> {
        let index = self.expression(&member.expression);
        Expression::Index(self.arena.alloc(Index { span, object, index }))
    }

    fn call(self, callee: Expression<'a>, call: &ast::CallExpression<'_>, span: Span) -> Expression<'a> {
        let arguments = call.arguments.iter().map(|argument| match argument {
            ast::Argument::SpreadElement(spread) => self.spread(spread),
            other => self.expression(other.as_expression().expect("the other form")),
        });
        let arguments = self.list(arguments.collect());
        Expression::Call(self.arena.alloc(Call { span, callee, arguments }))
    }

    fn operand(self, expression: &ast::Expression<'_>) -> Expression<'a> {
        use ast::Expression as Theirs;
        let (span, arena) = (self.span(expression), self.arena);
        let kind = match expression {
            Theirs::NumericLiteral(literal) => {
                return Expression::Number(arena.alloc(Number { span, value: literal.value }));
            }
            Theirs::BooleanLiteral(literal) => {
                return Expression::Boolean(arena.alloc(Boolean { span, value: literal.value }));
            }
            Theirs::StringLiteral(literal) => {
                let value = self.text(&literal.value);
                return Expression::String(arena.alloc(Text { span, value }));
            }
            Theirs::Identifier(identifier) => {
                let name = self.text(&identifier.name);
                return Expression::Identifier(arena.alloc(Identifier { span, name }));
            }
            Theirs::FunctionExpression(function) => return Expression::Function(self.function(function)),
            Theirs::ArrowFunctionExpression(arrow) => {
                let (body, expression) = match self.arrow_body(&arrow.body) {
                    Body::Statements(body) => (body, None),
                    Body::Expression(expression) => {
                        let leave = Return { span: expression.span(), argument: Some(expression) };
                        (self.list(vec![Statement::Return(arena.alloc(leave))]), Some(expression))
                    }
                };
                let (is_async, is_generator) = (arrow.r#async, false);
                let parameters = self.parameters(&arrow.params);
                let function = Function { span, id: None, is_async, is_generator, parameters, body };
                return Expression::Arrow(arena.alloc(Arrow { function, expression }));
            }
            Theirs::TemplateLiteral(_) | Theirs::TaggedTemplateExpression(_) => ForeignKind::Template,
            Theirs::NullLiteral(_) => ForeignKind::Null,
            Theirs::BigIntLiteral(_) => ForeignKind::BigInt,
            Theirs::RegExpLiteral(_) => ForeignKind::RegExp,
            Theirs::ClassExpression(_) => ForeignKind::Class,
            Theirs::NewExpression(_) => ForeignKind::New,
            Theirs::AwaitExpression(_) => ForeignKind::Await,
            Theirs::YieldExpression(_) => ForeignKind::Yield,
            Theirs::ThisExpression(_) => ForeignKind::This,
            Theirs::ChainExpression(_) => ForeignKind::OptionalChain,
            Theirs::ImportExpression(_) => ForeignKind::Import,
            _ => return self.composed(expression, span),
        };
        Expression::Foreign(self.foreign(span, kind))
    }

    /// An expression with parts, the first of which is none that goes deep. Each kind has a function of its own, which keeps the stack small.
    fn composed(self, expression: &ast::Expression<'_>, span: Span) -> Expression<'a> {
        use ast::Expression as Theirs;
        match expression {
            Theirs::UnaryExpression(unary) => self.unary(unary, span),
            Theirs::UpdateExpression(update) => self.update(update, span),
            Theirs::ConditionalExpression(conditional) => self.conditional(conditional, span),
            Theirs::AssignmentExpression(assignment) => self.assignment(assignment, span),
            Theirs::SequenceExpression(sequence) => self.sequence(sequence, span),
            Theirs::ArrayExpression(array) => self.array(array, span),
            Theirs::ObjectExpression(object) => self.object(object, span),
            _ => Expression::Foreign(self.foreign(span, ForeignKind::Other)),
        }
    }

    fn unary(self, unary: &ast::UnaryExpression<'_>, span: Span) -> Expression<'a> {
        let (operator, argument) = (unary_operator(unary.operator), self.expression(&unary.argument));
        Expression::Unary(self.arena.alloc(Unary { span, operator, argument }))
    }

    fn update(self, update: &ast::UpdateExpression<'_>, span: Span) -> Expression<'a> {
        let operator = match update.operator {
            theirs::UpdateOperator::Increment => UpdateOperator::Increment,
            theirs::UpdateOperator::Decrement => UpdateOperator::Decrement,
        };
        let (prefix, argument) = (update.prefix, self.target(&update.argument));
        Expression::Update(self.arena.alloc(Update { span, operator, prefix, argument }))
    }

    fn conditional(self, conditional: &ast::ConditionalExpression<'_>, span: Span) -> Expression<'a> {
        let test = self.expression(&conditional.test);
        let consequent = self.expression(&conditional.consequent);
        let alternate = self.expression(&conditional.alternate);
        Expression::Conditional(self.arena.alloc(Conditional { span, test, consequent, alternate }))
    }

    fn assignment(self, assignment: &ast::AssignmentExpression<'_>, span: Span) -> Expression<'a> {
        let left = match assignment.left.as_simple_assignment_target() {
            Some(target) => self.target(target),
            None => {
                let span = self.span(&assignment.left);
                self.places(&assignment.left, span)
                    .unwrap_or_else(|| Expression::Foreign(self.foreign(span, ForeignKind::Destructuring)))
            }
        };
        let operator = assignment_operator(assignment.operator);
        let right = self.expression(&assignment.right);
        Expression::Assignment(self.arena.alloc(Assignment { span, operator, left, right }))
    }

    fn sequence(self, sequence: &ast::SequenceExpression<'_>, span: Span) -> Expression<'a> {
        let expressions = sequence.expressions.iter().map(|part| self.expression(part)).collect();
        Expression::Sequence(self.arena.alloc(Sequence { span, expressions: self.list(expressions) }))
    }

    fn array(self, array: &ast::ArrayExpression<'_>, span: Span) -> Expression<'a> {
        let elements = array.elements.iter().map(|element| self.element(element)).collect();
        Expression::Array(self.arena.alloc(Array { span, elements: self.list(elements) }))
    }

    fn object(self, object: &ast::ObjectExpression<'_>, span: Span) -> Expression<'a> {
        let properties = object.properties.iter().map(|property| self.property(property)).collect();
        Expression::Object(self.arena.alloc(Object { span, properties: self.list(properties) }))
    }

    fn spread(self, spread: &ast::SpreadElement<'_>) -> Expression<'a> {
        let (span, argument) = (self.span(spread), self.expression(&spread.argument));
        Expression::Spread(self.arena.alloc(Spread { span, argument }))
    }

    fn element(self, element: &ast::ArrayExpressionElement<'_>) -> Expression<'a> {
        match element {
            ast::ArrayExpressionElement::SpreadElement(spread) => self.spread(spread),
            ast::ArrayExpressionElement::Elision(hole) => {
                Expression::Foreign(self.foreign(self.span(&**hole), ForeignKind::Hole))
            }
            other => self.expression(other.as_expression().expect("the other form")),
        }
    }

    fn property(self, property: &ast::ObjectPropertyKind<'_>) -> Property<'a> {
        let span = self.span(property);
        let property = match property {
            ast::ObjectPropertyKind::ObjectProperty(property) => property,
            ast::ObjectPropertyKind::SpreadProperty(spread) => {
                let key = Key { span, name: None };
                return Property { span, kind: PropertyKind::Spread, key, value: self.spread(spread) };
            }
        };
        let kind = match property.kind {
            ast::PropertyKind::Init if property.method => PropertyKind::Method,
            ast::PropertyKind::Init if property.shorthand => PropertyKind::Shorthand,
            ast::PropertyKind::Init => PropertyKind::Value,
            ast::PropertyKind::Get | ast::PropertyKind::Set => PropertyKind::Accessor,
        };
        Property { span, kind, key: self.key(&property.key), value: self.expression(&property.value) }
    }

    /// `[name, a.b, c[d]]` on the left of an assignment.
    fn places(self, target: &ast::AssignmentTarget<'_>, span: Span) -> Option<Expression<'a>> {
        let ast::AssignmentTarget::ArrayAssignmentTarget(list) = target else { return None };
        let element = |element: &Option<ast::AssignmentTargetMaybeDefault<'_>>| {
            let target = element.as_ref()?.as_assignment_target()?.as_simple_assignment_target()?;
            let converted = self.target(target);
            let is_place =
                matches!(converted, Expression::Identifier(_) | Expression::Member(_) | Expression::Index(_));
            is_place.then_some(converted)
        };
        let elements = list.elements.iter().map(element).collect::<Option<Vec<_>>>()?;
        let elements = list.rest.is_none().then(|| self.list(elements))?;
        Some(Expression::Array(self.arena.alloc(Array { span, elements })))
    }

    fn target(self, target: &ast::SimpleAssignmentTarget<'_>) -> Expression<'a> {
        use ast::SimpleAssignmentTarget as Theirs;
        let span = self.span(target);
        match target {
            Theirs::AssignmentTargetIdentifier(identifier) => {
                let name = self.text(&identifier.name);
                Expression::Identifier(self.arena.alloc(Identifier { span, name }))
            }
            Theirs::StaticMemberExpression(member) => {
                self.member(self.expression(&member.object), member, span)
            }
            Theirs::ComputedMemberExpression(member) => {
                self.index(self.expression(&member.object), member, span)
            }
            _ => match target.get_expression() {
                Some(expression) => self.expression(expression),
                None => Expression::Foreign(self.foreign(span, ForeignKind::Other)),
            },
        }
    }
}

/// The left operand of what may go on to the left as long as the text is.
fn left_of<'e, 'o>(expression: &'e ast::Expression<'o>) -> Option<&'e ast::Expression<'o>> {
    use ast::Expression as Theirs;
    match expression {
        Theirs::BinaryExpression(binary) => Some(&binary.left),
        Theirs::LogicalExpression(logical) => Some(&logical.left),
        Theirs::StaticMemberExpression(member) => Some(&member.object),
        Theirs::ComputedMemberExpression(member) => Some(&member.object),
        Theirs::CallExpression(call) => Some(&call.callee),
        _ => None,
    }
}

fn unary_operator(operator: theirs::UnaryOperator) -> UnaryOperator {
    use theirs::UnaryOperator as Theirs;
    match operator {
        Theirs::UnaryNegation => UnaryOperator::Negate,
        Theirs::UnaryPlus => UnaryOperator::Plus,
        Theirs::LogicalNot => UnaryOperator::Not,
        Theirs::BitwiseNot => UnaryOperator::BitNot,
        Theirs::Typeof => UnaryOperator::Typeof,
        Theirs::Void => UnaryOperator::Void,
        Theirs::Delete => UnaryOperator::Delete,
    }
}

fn binary_operator(operator: theirs::BinaryOperator) -> BinaryOperator {
    use theirs::BinaryOperator as Theirs;
    match operator {
        Theirs::Addition => BinaryOperator::Add,
        Theirs::Subtraction => BinaryOperator::Subtract,
        Theirs::Multiplication => BinaryOperator::Multiply,
        Theirs::Division => BinaryOperator::Divide,
        Theirs::Remainder => BinaryOperator::Remainder,
        Theirs::Exponential => BinaryOperator::Power,
        Theirs::Equality => BinaryOperator::Equal,
        Theirs::Inequality => BinaryOperator::NotEqual,
        Theirs::StrictEquality => BinaryOperator::StrictEqual,
        Theirs::StrictInequality => BinaryOperator::StrictNotEqual,
        Theirs::LessThan => BinaryOperator::Less,
        Theirs::LessEqualThan => BinaryOperator::LessEqual,
        Theirs::GreaterThan => BinaryOperator::Greater,
        Theirs::GreaterEqualThan => BinaryOperator::GreaterEqual,
        Theirs::BitwiseAnd => BinaryOperator::BitAnd,
        Theirs::BitwiseOR => BinaryOperator::BitOr,
        Theirs::BitwiseXOR => BinaryOperator::BitXor,
        Theirs::ShiftLeft => BinaryOperator::ShiftLeft,
        Theirs::ShiftRight => BinaryOperator::ShiftRight,
        Theirs::ShiftRightZeroFill => BinaryOperator::ShiftRightUnsigned,
        Theirs::In => BinaryOperator::In,
        Theirs::Instanceof => BinaryOperator::Instanceof,
    }
}

fn logical_operator(operator: theirs::LogicalOperator) -> LogicalOperator {
    match operator {
        theirs::LogicalOperator::And => LogicalOperator::And,
        theirs::LogicalOperator::Or => LogicalOperator::Or,
        theirs::LogicalOperator::Coalesce => LogicalOperator::Coalesce,
    }
}

fn assignment_operator(operator: theirs::AssignmentOperator) -> AssignmentOperator {
    match (operator.to_binary_operator(), operator.to_logical_operator()) {
        (Some(operator), _) => AssignmentOperator::Binary(binary_operator(operator)),
        (_, Some(operator)) => AssignmentOperator::Logical(logical_operator(operator)),
        (None, None) => AssignmentOperator::Assign,
    }
}
