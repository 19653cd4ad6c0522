//! Updates: what changes a number in a buffer in one step.
//!
//! Integers of 32 bits have operations for that. Everything else is tried: the word is looked at, the new one computed, and stored if nobody came
//! between. What is small is changed in the word that it shares. Doubles are two words, of which the upper one is taken away while they are
//! changed: the bits of [`LOCKED`] are a NaN that no kernel makes.

use artifact::{Component, ElementType, Interface};

use super::Module;
use super::checks::Checks;
use super::function::FunctionWriter;
use super::helpers::{Indexed, member};
use super::memory::{Slot, Words};
use super::text::{COMPONENTS, INDENT, Text, type_text, zero};
use crate::analysis::steps::{Operation, operation, summand, summed, updated};
use crate::collections::Set;
use crate::ir::{Expression, ExpressionKind, Kernel, Literal, LocalId, Scalar, Type};
use crate::tuning::Tuning;

/// The buffers that a kernel changes in steps.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    updated: Set<usize>,
    summed: Set<usize>,
}

impl Steps {
    /// Finds the buffers that a kernel changes in steps.
    pub(super) fn of_kernel(kernel: &Kernel, interface: &Interface) -> Self {
        let summed = if interface.float_atomics { summed(kernel, interface) } else { Set::default() };
        Self { updated: updated(kernel), summed }
    }

    /// How the words of a buffer are changed.
    pub(super) fn of(&self, buffer: usize) -> Words {
        match (self.updated.contains(&buffer), self.summed.contains(&buffer)) {
            (_, true) => Words::Summed,
            (true, false) => Words::InSteps,
            (false, false) => Words::Plain,
        }
    }
}

/// What a workgroup has counted of a buffer.
fn tally_name(buffer: usize) -> String {
    format!("hpc__tally_{buffer}")
}

impl Module<'_> {
    /// The buffers that a workgroup counts in for itself.
    fn tallied(&self) -> &[usize] {
        match self.tuning {
            Some(Tuning::Tallied { buffers, .. }) => buffers,
            _ => &[],
        }
    }

    /// The elements of a buffer, and the type of one.
    fn tally_of(&self, buffer: usize) -> Option<(u64, &'static str)> {
        let described = self.interface.buffers.get(buffer)?;
        let word = if described.element.component() == Component::I32 { "i32" } else { "u32" };
        Some((described.element_count(), word))
    }

    /// What a workgroup counts in. It holds zeros at first.
    pub(super) fn tallies(&self) -> String {
        let declared = self.tallied().iter().filter_map(|&buffer| {
            let (count, word) = self.tally_of(buffer)?;
            // The last one is for what is out of range.
            let size = count + 1;
            Some(format!("var<workgroup> {}: array<atomic<{word}>, {size}>;\n", tally_name(buffer)))
        });
        declared.collect()
    }

    /// The parameter of an entry point that adds what its workgroup has counted.
    pub(super) fn local_index(&self) -> &'static str {
        if self.tallied().is_empty() { "" } else { ", @builtin(local_invocation_index) hpc__local: u32" }
    }

    /// Adds what a workgroup has counted to the buffers, at the end of the entry point.
    pub(super) fn adding_tallies(&self) -> String {
        let i = INDENT;
        let size = "hpc__workgroup_x * hpc__workgroup_y * hpc__workgroup_z";
        let mut text = String::new();
        for &buffer in self.tallied() {
            let (Some((count, _)), Some(names)) = (self.tally_of(buffer), self.names.buffers.get(&buffer))
            else {
                continue;
            };
            if text.is_empty() {
                text = format!("{i}workgroupBarrier();\n");
            }
            let (counts, variable) = (tally_name(buffer), &names.variable);
            text += &format!(
                "{i}for (var hpc__at = hpc__local; hpc__at < {count}u; hpc__at += {size}) {{\n\
                 {i}{i}let hpc__count = atomicLoad(&{counts}[hpc__at]);\n\
                 {i}{i}if hpc__count != 0 {{\n\
                 {i}{i}{i}atomicAdd(&{variable}[hpc__at], hpc__count);\n\
                 {i}{i}}}\n\
                 {i}}}\n"
            );
        }
        text
    }
}

/// The upper word of a double that some thread is changing.
pub(super) const LOCKED: &str = "0x7ff0a5c3u";

/// What a helper does to a word of a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// An operation that there is; it gives what was there.
    Does(Operation),
    /// Looks at the word.
    Looks,
    /// The element in the word, where it is small.
    Unpacks,
    /// Stores the word if it is still what it was.
    Tries,
    /// Takes a double away, unless it is taken already.
    Takes,
    /// Brings it back.
    Brings,
}

impl Step {
    fn verb(self) -> &'static str {
        match self {
            Self::Does(operation) => match operation {
                Operation::Add => "add",
                Operation::Subtract => "subtract",
                Operation::And => "and",
                Operation::Or => "or",
                Operation::Xor => "xor",
                Operation::Min => "min",
                Operation::Max => "max",
                Operation::Exchange => "exchange",
            },
            Self::Looks => "look_at",
            Self::Unpacks => "unpack",
            Self::Tries => "try",
            Self::Takes => "take",
            Self::Brings => "bring",
        }
    }
}

impl FunctionWriter<'_> {
    /// An update.
    pub(super) fn update(&mut self, old: LocalId, element: &Expression, value: &Expression) {
        let Some((buffer, index, component)) = element.loaded() else { return };
        let described = self.module.interface.buffers[buffer].element;
        let target = Target { buffer, component, described, checks: Checks::of(index) };
        let index = self.values(index);
        let kind = described.component();
        match operation(old, element, value).filter(|_| kind.bytes() == 4) {
            Some((operation, operand)) => {
                let call = self.operate(&target, index, operation, operand);
                self.call_for(old, value, &call);
            }
            None if self.module.steps.of(buffer) == Words::Summed => {
                if let Some((operand, is_taken)) = summand(old, element, value) {
                    self.add(&target, index, (old, value), (operand, is_taken));
                }
            }
            None if kind == Component::F64 => self.update_double(&target, index, old, value),
            None => self.attempt(&target, index, old, value),
        }
    }

    /// A call that does an operation that there is.
    fn operate(
        &mut self,
        target: &Target,
        mut index: Vec<Text>,
        operation: Operation,
        operand: &Expression,
    ) -> String {
        let scalar = Scalar::of_component(target.described.component());
        index.push(match operand.as_number() {
            _ if operand.ty.scalar() == scalar => self.value(operand),
            // WGSL converts no literal that does not fit.
            Some(number) => {
                let bits = artifact::to_int32(number);
                let kept = if scalar == Scalar::U32 { f64::from(bits as u32) } else { f64::from(bits) };
                self.literal(Literal::Number(kept), scalar)
            }
            None => Text::call(&type_text(Type::Scalar(scalar)), vec![self.value(operand)]),
        });
        self.helper(target, Step::Does(operation), index)
    }

    /// Adds to a single, or takes away from it.
    fn add(
        &mut self,
        target: &Target,
        mut index: Vec<Text>,
        (old, value): (LocalId, &Expression),
        (operand, is_taken): (&Expression, bool),
    ) {
        let operand = self.value(operand);
        index.push(if is_taken { Text::unary("-", operand) } else { operand });
        let call = self.helper(target, Step::Does(Operation::Add), index);
        self.call_for(old, value, &call);
    }

    /// A call that gives what was there, which somebody may want to know.
    fn call_for(&mut self, old: LocalId, value: &Expression, call: &str) {
        match self.is_asked_for(old, value) {
            true => self.line(&format!("let {} = {call};", self.local(old))),
            false => self.line(&format!("{call};")),
        }
    }

    /// Whether anything but its update, which declares it and stores this, names a local.
    fn is_asked_for(&self, old: LocalId, stored: &Expression) -> bool {
        let mut own = 1;
        stored.walk(&mut |part| own += u32::from(part.kind == ExpressionKind::Local(old)));
        self.mentions.count(old) > own
    }

    /// Tries until nobody comes between.
    fn attempt(&mut self, target: &Target, index: Vec<Text>, old: LocalId, value: &Expression) {
        let name = self.local(old).to_owned();
        let ty = self.function.local(old).ty;
        let kind = target.described.component();
        let word = self.claim("hpc__word");
        self.line(&format!("var {name} = {};", zero(ty)));
        self.line("loop {");
        let look = self.helper(target, Step::Looks, index.clone());
        let mut with_word = index;
        with_word.push(Text::primary(&word));
        let was = match kind {
            Component::F32 => format!("bitcast<f32>({word})"),
            _ if kind.is_small() => self.helper(target, Step::Unpacks, with_word.clone()),
            _ => word.clone(),
        };
        self.indented(|writer| {
            writer.line(&format!("let {word} = {look};"));
            writer.line(&format!("{name} = {was};"));
            let text = writer.value(value);
            let stored = match kind {
                Component::F32 => Text::call("bitcast<u32>", vec![text]),
                _ => writer.value_to_store(text, value.ty, target.described),
            };
            with_word.push(stored);
            let tried = writer.helper(target, Step::Tries, with_word);
            writer.line(&format!("if {tried} {{"));
            writer.indented(|writer| writer.line("break;"));
            writer.line("}");
        });
        self.line("}");
    }

    /// Takes a double away and brings it back.
    fn update_double(&mut self, target: &Target, index: Vec<Text>, old: LocalId, value: &Expression) {
        let name = self.local(old).to_owned();
        let ty = self.function.local(old).ty;
        let words = self.claim("hpc__words");
        let to_bits = self.helpers.polyfill("hpc__wide_bits", 1);
        let of_bits = self.helpers.polyfill("hpc__wide_of_bits", 1);
        self.line(&format!("var {name} = {};", zero(ty)));
        self.line("loop {");
        let take = self.helper(target, Step::Takes, index.clone());
        self.indented(|writer| {
            writer.line(&format!("let {words} = {take};"));
            writer.line(&format!("if {words}.y != {LOCKED} {{"));
            writer.indented(|writer| {
                writer.line(&format!("{name} = {of_bits}({words});"));
                let value = writer.value(value);
                let mut arguments = index;
                arguments.push(Text::primary(&words));
                arguments.push(Text::call(&to_bits, vec![value]));
                let bring = writer.helper(target, Step::Brings, arguments);
                writer.line(&format!("{bring};"));
                writer.line("break;");
            });
            writer.line("}");
        });
        self.line("}");
    }

    fn helper(&mut self, target: &Target, step: Step, arguments: Vec<Text>) -> String {
        let name = name(self.module, target.buffer, target.component, step, &target.checks);
        self.helpers.step(target.buffer, target.component, step, target.checks.clone());
        self.helpers.need(Slot::needs_to_load(target.described).filter(|_| step == Step::Unpacks));
        Text::call(&name, arguments).text
    }
}

/// A number that is updated.
struct Target {
    buffer: usize,
    component: Option<u8>,
    described: ElementType,
    checks: Checks,
}

/// The name of a helper.
fn name(module: Module<'_>, buffer: usize, component: Option<u8>, step: Step, checks: &Checks) -> String {
    let load = &module.names.buffers[&buffer].load;
    let buffer = load.strip_prefix("load_").unwrap_or(load);
    let component =
        component.map_or(String::new(), |component| format!("_{}", COMPONENTS[usize::from(component & 3)]));
    checks.name(&format!("hpc__{}_{buffer}{component}", step.verb()))
}

/// The text of a helper.
pub(super) fn definition(
    buffer: usize,
    component: Option<u8>,
    step: Step,
    checks: &Checks,
    module: &Module<'_>,
) -> Option<String> {
    let indexed = Indexed::new(buffer, checks, module)?;
    let name = name(*module, buffer, component, step, checks);
    let user = format!("{}{}", indexed.user, member(component));
    if module.tallied().contains(&buffer)
        && let Step::Does(operation) = step
    {
        return counting(buffer, operation, &name, &indexed, module);
    }
    let slot = indexed.slot();
    let Parts { head, parameters, result, body, outside } = parts(step, &user, &slot, component.unwrap_or(0));
    let indented = |depth: usize| -> String {
        body.iter().map(|line| format!("{}{line}\n", "    ".repeat(depth))).collect()
    };
    let signature = format!("fn {name}({}{parameters}){result}", indexed.parameters);
    // A small element in a word that was read before needs no check.
    let condition = indexed.condition.as_ref().filter(|_| step != Step::Unpacks);
    let Some(condition) = condition else {
        return Some(format!("// {head}.\n{signature} {{\n{}}}\n", indented(1)));
    };
    let outside = outside.map_or(String::new(), |outside| format!("    return {outside};\n"));
    Some(format!("// {head}.\n{signature} {{\n    if {condition} {{\n{}    }}\n{outside}}}\n", indented(2)))
}

/// The text of a helper that counts in the workgroup, without a branch: what is out of range goes to an element of its own.
fn counting(
    buffer: usize,
    operation: Operation,
    name: &str,
    indexed: &Indexed<'_>,
    module: &Module<'_>,
) -> Option<String> {
    let (count, word) = module.tally_of(buffer)?;
    let (user, parameters, position) = (&indexed.user, &indexed.parameters, indexed.slot().position);
    let place = match &indexed.condition {
        Some(condition) => format!("select({count}u, u32({position}), {condition})"),
        None => position.to_owned(),
    };
    let (head, counts) = (sentence(operation, user), tally_name(buffer));
    Some(format!(
        "// {head}, in the workgroup.\n\
         fn {name}({parameters}, value: {word}) -> {word} {{\n    return {}(&{counts}[{place}], value);\n}}\n",
        builtin(operation)
    ))
}

/// What the text of a helper is put together from.
struct Parts {
    /// What it does.
    head: String,
    /// Its parameters behind the indices.
    parameters: String,
    result: String,
    /// What it does in range, and what it gives out of range.
    body: Vec<String>,
    outside: Option<String>,
}

fn parts(step: Step, user: &str, slot: &Slot<'_>, component: u8) -> Parts {
    let word = slot.shared_word(component);
    let kind = slot.element.component();
    let scalar = Type::Scalar(Scalar::of_component(kind));
    let value = type_text(scalar);
    let (raw, none) = if kind == Component::I32 { ("i32", "0") } else { ("u32", "0u") };
    let of = |head: String, parameters: String, result: &str, body: Vec<String>, outside: Option<&str>| {
        let result = if result.is_empty() { String::new() } else { format!(" -> {result}") };
        Parts { head, parameters, result, body, outside: outside.map(str::to_owned) }
    };
    match step {
        Step::Does(operation) => of(
            format!("{}, in one step; what it was, zero out of range", sentence(operation, user)),
            format!(", value: {value}"),
            &value,
            vec![format!("return {}(&{word}, value);", builtin(operation))],
            Some(&zero(scalar)),
        ),
        Step::Looks => of(
            format!("The word of {user}, zero out of range"),
            String::new(),
            raw,
            vec![format!("return atomicLoad(&{word});")],
            Some(none),
        ),
        Step::Unpacks => of(
            format!("{user} in the word that it shares"),
            ", word: u32".to_owned(),
            &value,
            vec![format!("return {};", slot.unpacked_from("word", kind))],
            None,
        ),
        Step::Tries => of(
            format!("Makes {user} the value, if its word is what it was; nothing is to be done out of range"),
            format!(", word: {raw}, value: {raw}"),
            "bool",
            attempt(slot, &word),
            Some("true"),
        ),
        Step::Takes => of(
            format!(
                "The bits of {user}, which nobody else changes until they are brought back; zeros out of range"
            ),
            String::new(),
            "vec2u",
            vec![
                format!("let upper = atomicExchange(&{}, {LOCKED});", slot.shared_word(1)),
                format!("return vec2u(atomicLoad(&{}), upper);", slot.shared_word(0)),
            ],
            Some("vec2u()"),
        ),
        Step::Brings => of(
            format!(
                "Brings the bits of {user} back, the upper word last: it waits for what the lower one was"
            ),
            ", words: vec2u, value: vec2u".to_owned(),
            "",
            vec![
                format!("let lower = atomicExchange(&{}, value.x);", slot.shared_word(0)),
                format!("atomicStore(&{}, value.y + (lower ^ words.x));", slot.shared_word(1)),
            ],
            None,
        ),
    }
}

/// The lines that exchange a word if it is what it was.
fn attempt(slot: &Slot<'_>, word: &str) -> Vec<String> {
    let kind = slot.element.component();
    let swap = |stored: &str| format!("return atomicCompareExchangeWeak(&{word}, word, {stored}).exchanged;");
    if !kind.is_small() {
        return vec![swap("value")];
    }
    let [offset, stored] = slot.packed_into("word", "value", kind);
    vec![offset, swap(&stored)]
}

/// What an operation does to an element, as one writes it.
fn sentence(operation: Operation, user: &str) -> String {
    match operation {
        Operation::Add => format!("{user} += value"),
        Operation::Subtract => format!("{user} -= value"),
        Operation::And => format!("{user} &= value"),
        Operation::Or => format!("{user} |= value"),
        Operation::Xor => format!("{user} ^= value"),
        Operation::Min => format!("{user} = min({user}, value)"),
        Operation::Max => format!("{user} = max({user}, value)"),
        Operation::Exchange => format!("{user} = value"),
    }
}

fn builtin(operation: Operation) -> &'static str {
    match operation {
        Operation::Add => "atomicAdd",
        Operation::Subtract => "atomicSub",
        Operation::And => "atomicAnd",
        Operation::Or => "atomicOr",
        Operation::Xor => "atomicXor",
        Operation::Min => "atomicMin",
        Operation::Max => "atomicMax",
        Operation::Exchange => "atomicExchange",
    }
}
