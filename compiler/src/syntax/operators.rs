//! The operators, and how each is written.

/// An enumeration whose members have names that are not theirs, as users write them.
macro_rules! operators {
    ($(#[$doc:meta])* $name:ident { $($member:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $name {
            $(#[doc = concat!("`", $text, "`")] $member,)*
        }

        impl $name {
            /// The operator in JavaScript.
            pub(crate) fn as_str(self) -> &'static str {
                match self { $(Self::$member => $text,)* }
            }
        }
    };
}

operators! {
    /// An operator before its only operand.
    UnaryOperator {
        Negate = "-",
        Plus = "+",
        Not = "!",
        BitNot = "~",
        Typeof = "typeof",
        Void = "void",
        Delete = "delete",
    }
}

operators! {
    /// An operator that changes its operand by one.
    UpdateOperator {
        Increment = "++",
        Decrement = "--",
    }
}

operators! {
    /// An operator between two operands that are both evaluated.
    BinaryOperator {
        Add = "+",
        Subtract = "-",
        Multiply = "*",
        Divide = "/",
        Remainder = "%",
        Power = "**",
        Equal = "==",
        NotEqual = "!=",
        StrictEqual = "===",
        StrictNotEqual = "!==",
        Less = "<",
        LessEqual = "<=",
        Greater = ">",
        GreaterEqual = ">=",
        BitAnd = "&",
        BitOr = "|",
        BitXor = "^",
        ShiftLeft = "<<",
        ShiftRight = ">>",
        ShiftRightUnsigned = ">>>",
        In = "in",
        Instanceof = "instanceof",
    }
}

/// An operator whose right operand is evaluated only if the left one does not decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogicalOperator {
    /// `&&`
    And,
    /// `||`
    Or,
    /// `??`
    Coalesce,
}

/// What an assignment does with the value that was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AssignmentOperator {
    /// `=`: nothing.
    Assign,
    /// `+=` and its like: it is the left operand.
    Binary(BinaryOperator),
    /// `&&=` and its like: it is the left operand, and stays where it decides.
    Logical(LogicalOperator),
}
