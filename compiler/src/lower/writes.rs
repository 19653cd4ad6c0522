//! What a function assigns to its names, found before it is lowered: a variable that is declared with a value and assigned nothing else is a
//! constant, and one that is declared without has the type of what is assigned to it.

use super::annotations::is_undefined;
use super::names::each_name;
use crate::collections::Map;
use crate::syntax::tree::{Body, Expression, ForInit, Pattern, Statement, VariableDeclaration};

/// What is done to the names of a function. Names of different scopes are not told apart.
#[derive(Default)]
pub(super) struct Writes<'a> {
    names: Map<&'a str, Written<'a>>,
    /// The choices between an argument and a type: `arguments.length > 0 && arguments[0] !== undefined ? arguments[0] : types.number`.
    pub(super) choices: Vec<&'a Expression<'a>>,
}

#[derive(Default)]
struct Written<'a> {
    declarations: u32,
    assignments: u32,
    /// The first value that is assigned.
    first: Option<&'a Expression<'a>>,
}

#[derive(Clone, Copy)]
enum Node<'a> {
    Statement(&'a Statement<'a>),
    Expression(&'a Expression<'a>),
}

impl<'a> Writes<'a> {
    /// The assignments of a function with these statements.
    pub(super) fn of(statements: &'a [Statement<'a>]) -> Self {
        let mut writes = Self::default();
        // What is still to be looked at, the next one last: trees may be as deep as their text is long.
        let mut rest: Vec<Node<'a>> = statements.iter().rev().map(Node::Statement).collect();
        while let Some(node) = rest.pop() {
            let before = rest.len();
            match node {
                Node::Statement(statement) => writes.statement(statement, &mut rest),
                Node::Expression(expression) => writes.expression(expression, &mut rest),
            }
            rest[before..].reverse();
        }
        writes
    }

    /// Whether a variable that is declared with a value keeps it.
    pub(super) fn is_kept(&self, name: &str) -> bool {
        self.names.get(name).is_some_and(|name| name.declarations == 1 && name.assignments == 0)
    }

    /// Whether something is assigned to a name.
    pub(super) fn is_assigned(&self, name: &str) -> bool {
        self.names.get(name).is_some_and(|name| name.assignments > 0)
    }

    /// The first value that is assigned to a variable.
    pub(super) fn first(&self, name: &str) -> Option<&'a Expression<'a>> {
        self.names.get(name).and_then(|name| name.first)
    }

    /// Whether some expression chooses between an argument and a type.
    pub(super) fn has_choices(&self) -> bool {
        !self.choices.is_empty()
    }

    fn declared(&mut self, pattern: &'a Pattern<'a>) {
        each_name(pattern, &mut |identifier| {
            self.names.entry(identifier.name).or_default().declarations += 1;
        });
    }

    fn assigned(&mut self, target: &Expression<'a>, value: Option<&'a Expression<'a>>) {
        if let Expression::Identifier(identifier) = target {
            let name = self.names.entry(identifier.name).or_default();
            name.assignments += 1;
            name.first = name.first.or(value);
        }
    }

    fn variables(&mut self, declaration: &'a VariableDeclaration<'a>, rest: &mut Vec<Node<'a>>) {
        for declarator in declaration.declarations {
            self.declared(&declarator.id);
            let Some(init) = declarator.init.as_ref().filter(|init| !is_undefined(init)) else { continue };
            if let Some(identifier) = declarator.id.identifier() {
                let name = self.names.entry(identifier.name).or_default();
                name.first = name.first.or(Some(init));
            }
            rest.push(Node::Expression(init));
        }
    }

    fn statement(&mut self, statement: &'a Statement<'a>, rest: &mut Vec<Node<'a>>) {
        match statement {
            Statement::Empty(_) | Statement::Break(_) | Statement::Continue(_) | Statement::Foreign(_) => {}
            Statement::Expression(statement) => rest.push(Node::Expression(&statement.expression)),
            Statement::Variable(declaration) => self.variables(declaration, rest),
            Statement::Function(function) => {
                function.parameters.items.iter().for_each(|parameter| self.declared(&parameter.pattern));
                rest.extend(function.body.iter().map(Node::Statement));
            }
            Statement::Block(block) => rest.extend(block.body.iter().map(Node::Statement)),
            Statement::If(branch) => {
                rest.extend([Node::Expression(&branch.test), Node::Statement(&branch.consequent)]);
                rest.extend(branch.alternate.as_ref().map(Node::Statement));
            }
            Statement::For(repeat) => {
                match &repeat.init {
                    Some(ForInit::Variable(declaration)) => self.variables(declaration, rest),
                    Some(ForInit::Expression(expression)) => rest.push(Node::Expression(expression)),
                    None => {}
                }
                rest.extend(repeat.test.as_ref().map(Node::Expression));
                rest.extend(repeat.update.as_ref().map(Node::Expression));
                rest.push(Node::Statement(&repeat.body));
            }
            Statement::ForOf(repeat) => {
                // It is another one in each round.
                self.declared(&repeat.id);
                self.declared(&repeat.id);
                rest.extend([Node::Expression(&repeat.right), Node::Statement(&repeat.body)]);
            }
            Statement::While(repeat) => {
                rest.extend([Node::Expression(&repeat.test), Node::Statement(&repeat.body)]);
            }
            Statement::DoWhile(repeat) => {
                rest.extend([Node::Statement(&repeat.body), Node::Expression(&repeat.test)]);
            }
            Statement::Switch(switch) => {
                rest.push(Node::Expression(&switch.discriminant));
                for case in switch.cases {
                    rest.extend(case.test.as_ref().map(Node::Expression));
                    rest.extend(case.consequent.iter().map(Node::Statement));
                }
            }
            Statement::Labeled(labeled) => rest.push(Node::Statement(&labeled.body)),
            Statement::Return(leave) => rest.extend(leave.argument.as_ref().map(Node::Expression)),
        }
    }

    fn expression(&mut self, expression: &'a Expression<'a>, rest: &mut Vec<Node<'a>>) {
        use Expression as E;
        match expression {
            E::Number(_) | E::Boolean(_) | E::String(_) | E::Identifier(_) | E::Foreign(_) => {}
            E::Unary(unary) => rest.push(Node::Expression(&unary.argument)),
            E::Update(update) => {
                self.assigned(&update.argument, None);
                rest.push(Node::Expression(&update.argument));
            }
            E::Binary(binary) => {
                rest.extend([Node::Expression(&binary.left), Node::Expression(&binary.right)]);
            }
            E::Logical(logical) => {
                rest.extend([Node::Expression(&logical.left), Node::Expression(&logical.right)]);
            }
            E::Conditional(conditional) => {
                if [&conditional.consequent, &conditional.alternate].into_iter().any(is_argument) {
                    self.choices.push(expression);
                    return;
                }
                rest.push(Node::Expression(&conditional.test));
                rest.extend([&conditional.consequent, &conditional.alternate].map(Node::Expression));
            }
            E::Assignment(assignment) => {
                self.assigned(&assignment.left, Some(&assignment.right));
                rest.extend([Node::Expression(&assignment.left), Node::Expression(&assignment.right)]);
            }
            E::Sequence(sequence) => rest.extend(sequence.expressions.iter().map(Node::Expression)),
            E::Member(member) => rest.push(Node::Expression(&member.object)),
            E::Index(index) => rest.extend([&index.object, &index.index].map(Node::Expression)),
            E::Call(call) => {
                rest.push(Node::Expression(&call.callee));
                rest.extend(call.arguments.iter().map(Node::Expression));
            }
            E::Array(array) => rest.extend(array.elements.iter().map(Node::Expression)),
            E::Object(object) => {
                rest.extend(object.properties.iter().map(|property| Node::Expression(&property.value)));
            }
            E::Spread(spread) => rest.push(Node::Expression(&spread.argument)),
            E::Function(function) => {
                function.parameters.items.iter().for_each(|parameter| self.declared(&parameter.pattern));
                rest.extend(function.body.iter().map(Node::Statement));
            }
            E::Arrow(arrow) => match &arrow.body {
                Body::Statements(statements) => rest.extend(statements.iter().map(Node::Statement)),
                Body::Expression(expression) => rest.push(Node::Expression(expression)),
            },
        }
    }
}

/// Whether an expression is `arguments[k]`.
fn is_argument(expression: &Expression<'_>) -> bool {
    let Expression::Index(index) = expression else { return false };
    matches!(&index.object, Expression::Identifier(object) if object.name == "arguments")
}
