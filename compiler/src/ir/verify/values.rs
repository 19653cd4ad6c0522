//! The rules on values and their types.

use artifact::Component;

use super::{Check, Stage, Verifier, component_type, ensure};
use crate::ir::builtins::{Signature, is_multiplied_out};
use crate::ir::{
    BinaryOp, Builtin, Expression, ExpressionKind, Function, FunctionId, Literal, Scalar, Type, UnaryOp,
};

impl Verifier<'_> {
    /// The whole value of a statement, which may have effects.
    pub(super) fn root(&self, expression: &Expression) -> Check {
        self.operands(expression)?;
        self.typed(expression)
    }

    /// A value without effects.
    pub(super) fn value(&self, expression: &Expression) -> Check {
        match &expression.kind {
            ExpressionKind::Random => Err("a random number is drawn inside an expression".to_owned()),
            ExpressionKind::Call { function, .. } if self.effects(*function) => {
                Err("a function with effects is called inside an expression".to_owned())
            }
            _ => self.root(expression),
        }
    }

    /// An index, coordinate or selector.
    pub(super) fn index(&self, index: &Expression) -> Check {
        self.value(index)?;
        self.index_type(index)
    }

    /// The type of an index, whose parts are looked at elsewhere.
    fn index_type(&self, index: &Expression) -> Check {
        let wanted = Type::Scalar(self.number(Scalar::I32));
        ensure(index.ty == wanted, || format!("an index is a {:?} instead of a {wanted:?}", index.ty))
    }

    /// Checks the types of a buffer access and says what the element is.
    pub(super) fn buffer_element(&self, buffer: usize, index: &[Expression]) -> Result<Type, String> {
        let described = self.interface.buffers.get(buffer).ok_or_else(|| format!("no buffer {buffer}"))?;
        ensure(index.len() == described.size.len(), || {
            format!("`{}` takes {} indices, not {}", described.name, described.size.len(), index.len())
        })?;
        index.iter().try_for_each(|index| self.index_type(index))?;
        Ok(self.read(Type::from(described.element), described.element.component()))
    }

    /// The type of what is read from memory: numbers have a representation from some stage on.
    fn read(&self, ty: Type, component: Component) -> Type {
        let is_open = self.stage == Stage::Represented && ty.scalar() == Scalar::Number;
        if is_open { ty.with_scalar(Scalar::of_component(component)) } else { ty }
    }

    /// Whether a value of this type may be stored in memory: halves and clamped bytes are converted from several.
    pub(super) fn stores(&self, stored: Type, held: Type, component: Component) -> bool {
        let is_converted = matches!(component, Component::F16 | Component::U8Clamped);
        stored == held || (is_converted && self.stage == Stage::Represented && stored.is_number())
    }

    /// Checks a call and gives the callee.
    pub(super) fn callee(&self, id: FunctionId, arguments: &[Expression]) -> Result<&Function, String> {
        let position = id.0 as usize;
        let callee = self.kernel.functions.get(position).filter(|_| position < self.callable);
        let callee = callee.ok_or_else(|| format!("function {position} is called before it stands"))?;
        ensure(callee.parameters.len() == arguments.len(), || {
            format!("`{}` is called with {} arguments", callee.name, arguments.len())
        })?;
        for (&parameter, argument) in callee.parameters.iter().zip(arguments) {
            let wanted = callee.locals.get(parameter.0 as usize).map(|local| local.ty);
            ensure(wanted == Some(argument.ty), || {
                format!("`{}` is passed a {:?} instead of {wanted:?}", callee.name, argument.ty)
            })?;
        }
        Ok(callee)
    }

    /// Whether a type fits the stage.
    pub(super) fn represented(&self, ty: Type) -> Check {
        let fits = match self.stage {
            Stage::Lowered => match ty.scalar() {
                Scalar::Bool | Scalar::Number => true,
                // Vectors of integers are of integers from the start.
                Scalar::I32 | Scalar::U32 => ty.components() > 1,
                Scalar::F32 | Scalar::F64 => false,
            },
            Stage::Represented => ty.scalar() != Scalar::Number,
        };
        ensure(fits, || format!("has the type {ty:?}, which does not fit the stage"))
    }

    fn effects(&self, function: FunctionId) -> bool {
        self.kernel.functions.get(function.0 as usize).is_some_and(|function| function.effects.any())
    }

    fn operands(&self, expression: &Expression) -> Check {
        expression.operands().into_iter().try_for_each(|operand| self.value(operand))
    }

    /// Checks that the type of an expression follows from its operands.
    fn typed(&self, expression: &Expression) -> Check {
        self.represented(expression.ty).map_err(|wrong| format!("a value {wrong}"))?;
        let ty = expression.ty;
        let fits = self.fits(expression)?;
        ensure(fits, || format!("{:?} cannot be a {ty:?}", expression.kind))
    }

    /// Its operands have been looked at: looking again would double the work at each level of nesting.
    fn fits(&self, expression: &Expression) -> Result<bool, String> {
        use ExpressionKind as K;
        let ty = expression.ty;
        Ok(match &expression.kind {
            K::Literal(literal) => literal_fits(*literal, ty),
            K::Local(local) => self.living(*local)?.ty == ty,
            K::ThreadId => ty == Type::Vector(3, self.number(Scalar::I32)),
            K::Uniform(uniform) => self.uniform_fits(*uniform, ty)?,
            K::UniformElement { uniform, index } => {
                self.index_type(index)?;
                self.uniform_fits(*uniform, ty)?
            }
            K::Load { buffer, index } => self.buffer_element(*buffer, index)? == ty,
            K::Element { array, index } => {
                self.index_type(index)?;
                self.living(*array)?.ty.element() == Some(ty)
            }
            K::Component { vector, component } => {
                let component = component_type(vector.ty, Some(*component))?;
                component == ty
                    || (self.stage == Stage::Lowered && component.is_number() && ty == Type::NUMBER)
            }
            K::Swizzle { vector, components } => {
                vector.ty.is_vector()
                    && components.iter().all(|&component| component < vector.ty.components())
                    && ty == Type::Vector(components.len() as u8, vector.ty.scalar())
            }
            K::Compose(parts) => composes(parts, ty, self.stage),
            K::Splat(operand) => ty.is_vector() && is_part(operand, ty, self.stage) && operand.ty.is_number(),
            K::ArrayOf(parts) => array_fits(parts, ty),
            K::Unary { op, operand } => operand.ty == ty && self.unary_fits(*op, ty),
            K::Binary { op, left, right } => self.binary_fits(*op, left.ty, right.ty, ty),
            K::Select { condition, accept, reject } => {
                condition.ty == Type::BOOL && accept.ty == ty && reject.ty == ty && !is_array(ty)
            }
            K::Builtin { builtin, arguments } => self.builtin_fits(*builtin, arguments, ty),
            K::Call { function, arguments } => self.callee(*function, arguments)?.result == Some(ty),
            K::Random => ty == Type::Scalar(self.number(Scalar::F32)),
            K::Convert(operand) => self.stage == Stage::Represented && converts(operand.ty, ty),
            K::ToInt32(operand) => {
                let is_float =
                    matches!(operand.ty.scalar(), Scalar::F32 | Scalar::F64) && !is_array(operand.ty);
                self.stage == Stage::Represented && is_float && ty == operand.ty.with_scalar(Scalar::I32)
            }
            K::Word { double, .. } => {
                self.stage == Stage::Represented && double.ty == Type::F64 && ty == Type::U32
            }
            K::InRange { index, .. } => self.stage == Stage::Represented && ty == Type::I32 && index.ty == ty,
        })
    }

    fn uniform_fits(&self, uniform: usize, ty: Type) -> Result<bool, String> {
        let described =
            self.interface.uniforms.get(uniform).ok_or_else(|| format!("no uniform {uniform}"))?;
        let wanted = Type::from(described.ty);
        let is_open = self.stage == Stage::Represented && wanted.scalar() == Scalar::Number;
        Ok(ty == wanted
            || (is_open && ty.scalar() != Scalar::Number && ty == wanted.with_scalar(ty.scalar())))
    }

    fn unary_fits(&self, op: UnaryOp, ty: Type) -> bool {
        match op {
            UnaryOp::Negate => !is_array(ty) && ty.scalar() != Scalar::Bool && ty.scalar() != Scalar::U32,
            UnaryOp::Not => ty == Type::BOOL,
            UnaryOp::BitNot => ty == Type::Scalar(self.number(Scalar::I32)) || is_integers(ty),
        }
    }

    fn binary_fits(&self, op: BinaryOp, left: Type, right: Type, ty: Type) -> bool {
        use BinaryOp as B;
        let integer = Type::Scalar(self.number(Scalar::I32));
        match op {
            B::And | B::Or => left == Type::BOOL && right == Type::BOOL && ty == Type::BOOL,
            B::Equal | B::NotEqual => left == right && !is_array(left) && ty == Type::BOOL,
            B::Less | B::LessEqual | B::Greater | B::GreaterEqual => {
                left == right && left.is_number() && ty == Type::BOOL
            }
            B::Add | B::Subtract | B::Remainder => left == right && left == ty && is_numeric(ty),
            B::Multiply => is_numeric(ty) && scales(left, right, ty),
            B::Divide => is_fractional(ty.scalar()) && scales(left, right, ty),
            _ if op.is_bitwise() && is_integers(ty) => left == ty && right == ty,
            B::BitAnd | B::BitOr | B::BitXor | B::ShiftLeft | B::ShiftRight => {
                left == integer && right == integer && ty == integer
            }
            B::ShiftRightUnsigned => {
                left == integer && right == integer && ty == Type::Scalar(self.number(Scalar::U32))
            }
            B::FloorDivide | B::TruncateDivide => {
                let is_integer = ty == Type::I32 || (ty == Type::U32 && op == B::TruncateDivide);
                self.stage == Stage::Represented && is_integer && left == ty && right == ty
            }
        }
    }

    fn builtin_fits(&self, builtin: Builtin, arguments: &[Expression], ty: Type) -> bool {
        let number = Type::Scalar(ty.scalar());
        let vector = |argument: &Expression| {
            argument.ty.is_vector() && builtin.row().sizes.contains(&argument.ty.components())
        };
        let agree = arguments.iter().all(|argument| argument.ty == arguments[0].ty);
        // Of one type the bits of another.
        let scalars = |from, to| arguments[0].ty.scalar() == from && ty.scalar() == to;
        match builtin {
            Builtin::FloatBits if self.stage == Stage::Represented => {
                return scalars(Scalar::F32, Scalar::U32);
            }
            Builtin::FromFloatBits if self.stage == Stage::Represented => {
                return scalars(Scalar::I32, Scalar::F32);
            }
            _ => {}
        }
        agree
            && arguments.len() == usize::from(builtin.arity())
            && arguments.iter().all(|argument| argument.ty.scalar() == ty.scalar())
            && self.builtin_scalar_fits(builtin, ty.scalar())
            && (builtin != Builtin::Pow || ty.scalar() != Scalar::I32 || is_product(&arguments[1]))
            && match builtin.row().signature {
                Signature::Numbers(_) => arguments[0].ty == number && ty == number,
                Signature::Componentwise(_) => arguments[0].ty == ty && !is_array(ty),
                Signature::VectorToVector(_) => vector(&arguments[0]) && arguments[0].ty == ty,
                Signature::VectorToNumber(_) => vector(&arguments[0]) && ty == number,
            }
    }

    fn builtin_scalar_fits(&self, builtin: Builtin, scalar: Scalar) -> bool {
        let of_integers = matches!(builtin, Builtin::Abs | Builtin::Min | Builtin::Max);
        if self.stage == Stage::Lowered {
            return scalar == Scalar::Number || (of_integers && scalar.is_integer());
        }
        match builtin {
            _ if scalar == Scalar::F64 => builtin.has_doubles(),
            Builtin::Clz32 | Builtin::Imul => scalar == Scalar::I32,
            Builtin::Sign | Builtin::Pow => is_fractional(scalar) || scalar == Scalar::I32,
            _ => is_fractional(scalar) || (of_integers && scalar.is_integer()),
        }
    }
}

/// Whether a power by an exponent is a product.
fn is_product(exponent: &Expression) -> bool {
    exponent.as_number_of_all().is_some_and(|exponent| exponent > 0.0 && is_multiplied_out(exponent))
}

fn literal_fits(literal: Literal, ty: Type) -> bool {
    let Type::Scalar(scalar) = ty else { return false };
    match (literal, scalar) {
        (Literal::Bool(_), Scalar::Bool)
        | (Literal::Number(_), Scalar::Number | Scalar::F32 | Scalar::F64) => true,
        (Literal::Number(value), Scalar::I32) => f64::from(value as i32) == value,
        (Literal::Number(value), Scalar::U32) => f64::from(value as u32) == value,
        _ => false,
    }
}

fn composes(parts: &[Expression], ty: Type, stage: Stage) -> bool {
    let components: usize = parts.iter().map(|part| usize::from(part.ty.components())).sum();
    ty.is_vector()
        && components == usize::from(ty.components())
        && parts.iter().all(|part| is_part(part, ty, stage))
}

/// Whether a value may be a part of a vector: before numbers are represented it is converted.
fn is_part(part: &Expression, ty: Type, stage: Stage) -> bool {
    let converts = stage == Stage::Lowered && part.ty.scalar() != Scalar::Bool;
    (part.ty.scalar() == ty.scalar() || converts) && !is_array(part.ty)
}

/// Whether a type is a vector of integers.
fn is_integers(ty: Type) -> bool {
    ty.is_vector() && ty.scalar().is_integer()
}

fn is_fractional(scalar: Scalar) -> bool {
    matches!(scalar, Scalar::Number | Scalar::F32 | Scalar::F64)
}

fn array_fits(parts: &[Expression], ty: Type) -> bool {
    let Type::Array { length, .. } = ty else { return false };
    parts.len() == length as usize && parts.iter().all(|part| Some(part.ty) == ty.element())
}

/// Whether `left` and `right` are of one type, or a vector and a number of its components' type.
fn scales(left: Type, right: Type, ty: Type) -> bool {
    let number = Type::Scalar(ty.scalar());
    left == ty && (right == ty || right == number) || left == number && right == ty
}

fn converts(from: Type, to: Type) -> bool {
    let numeric = |scalar| matches!(scalar, Scalar::F32 | Scalar::F64 | Scalar::I32 | Scalar::U32);
    from != to
        && !is_array(to)
        && from.with_scalar(to.scalar()) == to
        && numeric(from.scalar())
        && numeric(to.scalar())
        && !(is_fractional(from.scalar()) && to.scalar() == Scalar::U32)
}

fn is_numeric(ty: Type) -> bool {
    !is_array(ty) && ty.scalar() != Scalar::Bool
}

fn is_array(ty: Type) -> bool {
    matches!(ty, Type::Array { .. })
}
