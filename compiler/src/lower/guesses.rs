//! The type of a value, as far as its text tells before it is lowered: that of a variable which is declared without a value.

use super::Lowerer;
use super::names::named_member;
use crate::ir::builtins::Signature;
use crate::ir::{Builtin, Type};
use crate::syntax::tree::{BinaryOperator, Call, Expression as Syntax, UnaryOperator};

/// The greatest depth to which a value is searched.
const DEEPEST: usize = 20;

impl<'a> Lowerer<'a> {
    /// The type of a variable that nothing was assigned to above: by what is assigned to it first, further down.
    pub(super) fn guessed_type(&self, name: &str) -> Option<Type> {
        self.writes.first(name).map(|value| self.guess(value, DEEPEST).unwrap_or(Type::NUMBER))
    }

    fn guess(&self, value: &'a Syntax<'a>, depth: usize) -> Option<Type> {
        let depth = depth.checked_sub(1)?;
        match value {
            Syntax::Number(_) | Syntax::Update(_) => Some(Type::NUMBER),
            Syntax::Boolean(_) => Some(Type::BOOL),
            Syntax::Unary(unary) if unary.operator == UnaryOperator::Not => Some(Type::BOOL),
            Syntax::Unary(unary) => self.guess(&unary.argument, depth),
            Syntax::Binary(binary) => {
                Some(if is_comparison(binary.operator) { Type::BOOL } else { Type::NUMBER })
            }
            Syntax::Logical(logical) => {
                self.guess(&logical.right, depth).or_else(|| self.guess(&logical.left, depth))
            }
            Syntax::Conditional(choice) => {
                let first = self.guess(&choice.consequent, depth);
                first.or_else(|| self.guess(&choice.alternate, depth))
            }
            Syntax::Assignment(assignment) => self.guess(&assignment.right, depth),
            Syntax::Sequence(sequence) => self.guess(sequence.expressions.last()?, depth),
            Syntax::Identifier(identifier) => self.type_of_name(identifier.name),
            Syntax::Member(member) => {
                let name = member.property.name;
                let is_swizzle = name.len() <= 4 && name.chars().all(|letter| "xyzw".contains(letter));
                match name.len() {
                    1 if is_swizzle => Some(Type::NUMBER),
                    length if is_swizzle => {
                        let scalar = self.guess(&member.object, depth)?.scalar();
                        Some(Type::Vector(length as u8, scalar))
                    }
                    _ => None,
                }
            }
            Syntax::Call(call) => self.guess_call(call, depth),
            _ => None,
        }
    }

    fn type_of_name(&self, name: &str) -> Option<Type> {
        use super::builder::BindingKind as B;
        match self.builder.lookup(name)?.kind {
            B::Variable(local) | B::Constant(local) | B::Hoisted { local, .. } => {
                self.builder.local_type(local)
            }
            _ => None,
        }
    }

    fn guess_call(&self, call: &'a Call<'a>, depth: usize) -> Option<Type> {
        if let Some(super::names::Library::Vector(ty)) = self.library(&call.callee) {
            return Some(ty);
        }
        let (object, name, _) = named_member(&call.callee)?;
        if self.is_free(object, "Math") {
            return Some(Type::NUMBER);
        }
        if matches!(name, "equals" | "notEquals") {
            return Some(Type::BOOL);
        }
        match Builtin::of_method(name).map(|builtin| builtin.row().signature) {
            Some(Signature::VectorToNumber(_)) => Some(Type::NUMBER),
            _ => self.guess(object, depth),
        }
    }
}

fn is_comparison(operator: BinaryOperator) -> bool {
    use BinaryOperator as B;
    matches!(
        operator,
        B::Equal
            | B::NotEqual
            | B::StrictEqual
            | B::StrictNotEqual
            | B::Less
            | B::LessEqual
            | B::Greater
            | B::GreaterEqual
    )
}
