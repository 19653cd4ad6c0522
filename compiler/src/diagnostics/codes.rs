//! The stable code of each kind of mistake. `docs/errors/` has a page for each, whose example is tested.

macro_rules! codes {
    ($($name:ident = $number:literal, $title:literal;)*) => {
        /// A kind of mistake. Codes are stable: a number is never used again for something else.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $title] $name,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The number behind `HPC`.
            pub fn number(self) -> u16 {
                match self { $(Self::$name => $number,)* }
            }

            /// A short title, as on the code's page.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

codes! {
    SyntaxError = 1, "syntax error";
    NotAFunction = 2, "the kernel is not a function with source text";
    KernelParameter = 3, "a kernel takes exactly one parameter";
    AsyncOrGenerator = 4, "a kernel cannot be async or a generator";
    Unsupported = 5, "unsupported syntax";
    TooDeep = 6, "the kernel is nested too deeply, or too large";
    UnknownName = 101, "unknown name";
    RenamedImport = 102, "an import was renamed by a minifier";
    ReservedName = 103, "names may not start with hpc__";
    AlreadyDeclared = 104, "name declared twice";
    UnknownMember = 105, "unknown property";
    UsedBeforeDeclaration = 106, "used before its declaration";
    Constant = 107, "a constant cannot be handed in like this";
    TypeMismatch = 201, "types do not fit";
    NoOverload = 202, "no overload fits";
    NotAssignable = 203, "cannot be assigned";
    UnknownType = 204, "the type of a variable is never settled";
    ConditionType = 205, "a condition must be a boolean or a number";
    WrongIndex = 206, "wrong index";
    NotAValue = 207, "cannot be used as a value";
    WrongArray = 208, "an array cannot be made like this";
    WrongComponent = 209, "the vector has no such component";
    NoDoubles = 210, "the function is not there for doubles";
    ParameterAnnotation = 302, "a parameter without a value";
    Recursion = 303, "recursion is not supported";
    ReturnType = 304, "returns do not agree";
    DuplicateFunction = 306, "function declared twice";
    ReturnValue = 307, "a kernel returns no value";
    NoCanvas = 401, "the interface has no canvas";
    Halo = 402, "the kernel does not fit how its buffers are split";
    TooLarge = 501, "the kernel needs more than the device has";
    Internal = 900, "internal error of HPC.js";
}

impl std::fmt::Display for Code {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "HPC{:04}", self.number())
    }
}
