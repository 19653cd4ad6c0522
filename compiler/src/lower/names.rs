//! Names: what an identifier or a member chain means, and the library's own names in every spelling that bundlers leave.

use super::blends::Blend;
use super::builder::BindingKind;
use super::messages::Way;
use super::references::Reference;
use super::{Lowered, Lowerer, messages};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{Builtin, Scalar, Type};
use crate::syntax::tree::{Expression, ForInit, Function, Identifier, Pattern, Statement, VariableKind};

/// A name that the library exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Library {
    /// `vec2` and its like, which makes a vector of this type.
    Vector(Type),
    /// `array`
    Array,
    /// `dim`
    Dim,
    /// `types`
    Types,
    /// `mix` and its like.
    Blend(Blend),
    /// `floatBits` and its like.
    Builtin(Builtin),
}

impl Library {
    /// The names that constants are written with.
    pub(super) const OF_VALUES: [&'static str; 10] =
        ["vec2", "vec3", "vec4", "vec2i", "vec3i", "vec4i", "vec2u", "vec3u", "vec4u", "array"];
    /// The names that are reserved besides.
    pub(super) const OTHERS: [&'static str; 9] =
        ["dim", "types", "mix", "clamp", "fract", "step", "smoothstep", "floatBits", "fromFloatBits"];

    fn of(name: &str) -> Option<Self> {
        match name {
            "array" => Some(Self::Array),
            "dim" => Some(Self::Dim),
            "types" => Some(Self::Types),
            name => (vector_type(name).map(Self::Vector))
                .or_else(|| Blend::of(name).map(Self::Blend))
                .or_else(|| Builtin::of_library(name).map(Self::Builtin)),
        }
    }

    /// Also takes `vec3$1` and `_vec3`, as bundlers rename an import that collides with another name.
    fn of_renamed(name: &str) -> Option<Self> {
        let digits = |suffix: &str| suffix.chars().all(|character| character.is_ascii_digit());
        let stem = match name.rsplit_once('$') {
            Some((stem, suffix)) if digits(suffix) => stem,
            _ => name,
        };
        Self::of(name).or_else(|| Self::of(stem.trim_start_matches('_')))
    }
}

impl<'a> Lowerer<'a> {
    /// Whether `name` is declared in the kernel: a variable, a function or the parameter.
    pub(super) fn is_declared(&self, name: &str) -> bool {
        self.parts.contains_key(name)
            || self.builder.lookup(name).is_some()
            || self.function_named(name).is_some()
            // The kernel's variables, which its functions see.
            || (self.callers > 0 && self.kernel_names.contains_key(name))
    }

    /// The library's name that an expression means, if it means one.
    pub(super) fn library(&self, expression: &Expression<'a>) -> Option<Library> {
        match expression {
            Expression::Identifier(identifier) if !self.is_declared(identifier.name) => {
                Library::of_renamed(identifier.name)
            }
            // `(0, ns.vec3)`: webpack, Babel, TypeScript, esbuild.
            Expression::Sequence(sequence) => match sequence.expressions {
                [Expression::Number(_), last] => self.library(last),
                _ => None,
            },
            // `Object(ns["vec3"])`: webpack 4.
            Expression::Call(call) if self.is_free(&call.callee, "Object") => match call.arguments {
                [argument] => self.library(argument),
                _ => None,
            },
            member => {
                let (object, name, _) = named_member(member)?;
                match object {
                    Expression::Identifier(namespace) if self.is_namespace(namespace.name) => {
                        Library::of(name)
                    }
                    _ => None,
                }
            }
        }
    }

    /// Whether a name can be what a bundler made of the library's module: nothing that the kernel knows.
    fn is_namespace(&self, name: &str) -> bool {
        name != "Math" && name != "Atomics" && !self.is_declared(name)
    }

    /// Whether an expression is the global `name`, not hidden by a declaration.
    pub(super) fn is_free(&self, expression: &Expression<'a>, name: &str) -> bool {
        matches!(expression, Expression::Identifier(identifier)
            if identifier.name == name && !self.is_declared(name))
    }

    /// What webpack makes of an import when it shortens the names that modules export: `(0, S.Zc)`.
    pub(super) fn mangled_import(&self, callee: &Expression<'a>) -> Option<String> {
        let Expression::Sequence(sequence) = callee else { return None };
        let [Expression::Number(_), member] = sequence.expressions else { return None };
        let (object, name, _) = named_member(member)?;
        let Expression::Identifier(namespace) = object else { return None };
        let is_import = self.is_namespace(namespace.name) && self.library(callee).is_none();
        is_import.then(|| format!("{}.{name}", namespace.name))
    }

    /// The type that `types.number` and its like mean.
    pub(super) fn type_name(&self, expression: &Expression<'a>) -> Option<Type> {
        let (object, name, _) = named_member(expression)?;
        if self.library(object) != Some(Library::Types) {
            return None;
        }
        match name {
            "number" => Some(Type::NUMBER),
            "boolean" => Some(Type::BOOL),
            name => vector_type(name),
        }
    }

    /// Refuses names that belong to the generated code.
    pub(super) fn check_name(&mut self, name: &str, span: Span) -> Lowered<()> {
        if !name.starts_with(artifact::RESERVED_PREFIX) {
            return Ok(());
        }
        self.refuse(
            Diagnostic::new(Code::ReservedName, span)
                .message(format!(
                    "`{name}` starts with `{}`, which belongs to HPC.js",
                    artifact::RESERVED_PREFIX
                ))
                .help("choose another name"),
        )
    }

    /// Refuses a name that nothing is known of.
    pub(super) fn unknown_name<T>(&mut self, name: &str, span: Span, called: bool) -> Lowered<T> {
        let diagnostic = if let Some(owner) = self.owner_of(name) {
            messages::without_owner(name, span, &self.way_to(owner, name))
        } else if called && name.len() <= 2 {
            messages::renamed_import(name, span)
        } else {
            let functions = self.functions.iter().map(|function| function.name);
            let known =
                (self.builder.names().chain(functions).chain(Library::OF_VALUES).chain(Library::OTHERS))
                    .chain(["Math", "Atomics"])
                    .chain(self.parts.iter().map(|(&part, _)| part));
            let way = &self.way_to("uniforms", name);
            messages::unknown_name(name, span, known, messages::Use { is_called: called, way })
        };
        self.refuse(diagnostic)
    }

    /// How a kernel gets at a buffer or uniform: by the name of its parameter, or that of a part, or else by naming it there.
    fn way_to(&self, owner: &str, name: &str) -> Way {
        let is_owner = |part: &Reference| match part {
            Reference::Buffers(_) => owner == "buffers",
            Reference::Uniforms(_) => owner == "uniforms",
            _ => false,
        };
        if self.parts.contains_key(self.inputs.as_str()) {
            return Way::Path(format!("{}.{owner}.{name}", self.inputs));
        }
        match self.parts.iter().find(|(_, part)| is_owner(part)) {
            Some((part, _)) => Way::Path(format!("{part}.{name}")),
            None => Way::Pattern(format!("{{ {owner}: {{ {name} }} }}")),
        }
    }

    /// Where in the parameter a name of the interface is found.
    fn owner_of(&self, name: &str) -> Option<&'static str> {
        let is_buffer = self.interface.buffer_index(name).is_some();
        let is_uniform = self.interface.uniform_index(name).is_some();
        is_buffer.then_some("buffers").or(is_uniform.then_some("uniforms"))
    }

    /// Makes the `var` declarations of a function's body known throughout it, as JavaScript does.
    pub(super) fn hoist_variables(&mut self, statements: &'a [Statement<'a>]) {
        let mut names = Vec::new();
        for statement in statements {
            collect_vars(statement, &mut names);
        }
        for (name, span) in names {
            if self.builder.lookup_in_function(name).is_some() || self.check_name(name, span).is_err() {
                continue;
            }
            let local = self.builder.add_local(name, None, span);
            self.builder.bind_in_function(name, BindingKind::Variable(local), span);
            self.builder.push(crate::ir::StatementKind::Declare { local, value: None }, span);
        }
    }
}

/// The type of vectors that users know by this name: `vec3`, `vec2i`, `vec4u`.
pub(super) fn vector_type(name: &str) -> Option<Type> {
    let (size, kind) = name.strip_prefix("vec")?.split_at_checked(1)?;
    let size = match size {
        "2" => 2,
        "3" => 3,
        "4" => 4,
        _ => return None,
    };
    match kind {
        "" => Some(Type::vector(size)),
        "i" => Some(Type::Vector(size, Scalar::I32)),
        "u" => Some(Type::Vector(size, Scalar::U32)),
        _ => None,
    }
}

/// The object, name and place of `object.name` or `object["name"]`.
pub(super) fn named_member<'a>(expression: &Expression<'a>) -> Option<(&'a Expression<'a>, &'a str, Span)> {
    match expression {
        Expression::Member(member) => Some((&member.object, member.property.name, member.property.span)),
        Expression::Index(member) => match &member.index {
            Expression::String(name) => Some((&member.object, name.value, name.span)),
            _ => None,
        },
        _ => None,
    }
}

/// Adds the names and places of all `var` declarations in a statement and the statements within.
fn collect_vars<'s>(statement: &'s Statement<'_>, names: &mut Vec<(&'s str, Span)>) {
    match statement {
        Statement::Variable(declaration) => collect_declared(declaration, names),
        Statement::Block(block) => collect_all(block.body, names),
        Statement::If(branch) => {
            collect_vars(&branch.consequent, names);
            // Chains of `else if` may be as long as the text.
            let mut rest = branch.alternate.as_ref();
            while let Some(alternate) = rest {
                rest = None;
                if let Statement::If(next) = alternate {
                    collect_vars(&next.consequent, names);
                    rest = next.alternate.as_ref();
                } else {
                    collect_vars(alternate, names);
                }
            }
        }
        Statement::For(repeat) => {
            if let Some(ForInit::Variable(declaration)) = &repeat.init {
                collect_declared(declaration, names);
            }
            collect_vars(&repeat.body, names);
        }
        Statement::While(repeat) => collect_vars(&repeat.body, names),
        Statement::DoWhile(repeat) => collect_vars(&repeat.body, names),
        Statement::Labeled(labeled) => collect_vars(&labeled.body, names),
        Statement::Switch(switch) => {
            for case in switch.cases {
                collect_all(case.consequent, names);
            }
        }
        _ => {}
    }
}

fn collect_all<'s>(statements: &'s [Statement<'_>], names: &mut Vec<(&'s str, Span)>) {
    for statement in statements {
        collect_vars(statement, names);
    }
}

fn collect_declared<'s>(
    declaration: &'s crate::syntax::tree::VariableDeclaration<'_>,
    names: &mut Vec<(&'s str, Span)>,
) {
    if declaration.kind != VariableKind::Var {
        return;
    }
    for declarator in declaration.declarations {
        each_name(&declarator.id, &mut |identifier| names.push((identifier.name, identifier.span)));
    }
}

/// Calls `visit` on every name that a pattern declares.
pub(super) fn each_name<'a>(pattern: &Pattern<'a>, visit: &mut impl FnMut(&'a Identifier<'a>)) {
    match pattern {
        Pattern::Identifier(identifier) => visit(identifier),
        Pattern::Object(object) => {
            object.properties.iter().for_each(|property| each_name(&property.value, visit));
        }
        Pattern::Array(array) => {
            array.elements.iter().flatten().for_each(|element| each_name(element, visit));
        }
        Pattern::Default(assignment) => each_name(&assignment.left, visit),
    }
}

/// Whether a statement is `__name(f, "f")`, which esbuild adds to keep the names of functions.
pub(super) fn is_injected(statement: &Statement<'_>) -> bool {
    let Statement::Expression(statement) = statement else { return false };
    let Expression::Call(call) = statement.expression else { return false };
    let named = matches!(call.callee, Expression::Identifier(callee) if callee.name == "__name");
    named && matches!(call.arguments, [Expression::Identifier(_), Expression::String(_)])
}

/// The words in a text that can be names, and where they begin.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_of_name =
        |sign: char| sign.is_ascii_alphanumeric() || !sign.is_ascii() || matches!(sign, '_' | '$');
    let words = text.split(move |sign| !is_of_name(sign)).filter(|word| !word.is_empty());
    words.map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Whether a statement declares a function.
pub(super) fn is_function<'a>(statement: &Statement<'a>) -> Option<&'a Function<'a>> {
    match statement {
        Statement::Function(function) => Some(function),
        _ => None,
    }
}
