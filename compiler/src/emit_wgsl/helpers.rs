//! The helper functions that a kernel needs, collected while its body is written.

use crate::collections::Set;

use super::Module;
use super::checks::Checks;
use super::layout::{CANVAS, is_unsigned};
use super::memory::{self, Slot, Words};
use super::names::{BufferNames, INDICES, VALUE};
use super::polyfills::{Header, Polyfill, component_by_component, library};
use super::steps::{self, Step};
use super::text::{COMPONENTS, WIDE, type_text, zero};
use crate::ir::{Scalar, Type};
use crate::tuning::Tuning;
use artifact::{Access, BufferDescription, Component, ElementType, Form};

/// One helper function. They are emitted in this order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Helper {
    /// Reads an element of a buffer, of whose indices this much is known.
    Load(usize, Checks),
    /// Stores an element of a buffer, or one component.
    Store(usize, Option<u8>, Checks),
    /// Changes a word of a buffer in one step.
    Step(usize, Option<u8>, Step, Checks),
    /// Reads an element of an array with this many components, this scalar and this length.
    ReadElement(String, u32),
    /// Stores an element of an array, or one component.
    WriteElement(String, u32, Option<u8>),
    /// Sets a pixel.
    SetPixel(Checks),
    /// Raises to this constant power.
    Power(i32),
    /// A function of the library.
    Polyfill(usize),
    /// A function of the library, component by component.
    OnVectors(usize, u8),
    /// [`Helper::Power`], component by component.
    PowerOfVector(i32, u8),
    /// [`Helper::Power`] of integers.
    PowerOfInteger(i32, u8),
    /// Reads an element of a uniform that is an array.
    LoadUniform(usize, Form),
    /// Something that WGSL does to vectors, done to those of doubles.
    Wide(WideVector),
}

/// What WGSL has no operators for where vectors are structures.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WideVector {
    /// The same number in each of so many components.
    Splat(u8),
    /// One of two vectors of so many components.
    Select(u8),
    /// These components of one of so many.
    Swizzle(u8, Vec<u8>),
    /// A vector of numbers and vectors of so many components each.
    Compose(Vec<u8>),
}

/// The helpers in use.
pub(super) struct Helpers {
    library: &'static [Polyfill],
    used: Set<Helper>,
    /// The element type behind each text in [`Helper::ReadElement`] and [`Helper::WriteElement`].
    elements: Vec<(String, Type)>,
}

impl Helpers {
    /// No helpers in use, for a device with or without doubles.
    pub(super) fn new(native_doubles: bool) -> Self {
        Self { library: library(native_doubles), used: Set::default(), elements: Vec::new() }
    }

    /// The name of a function of the library, for operands with `components`.
    pub(super) fn polyfill(&mut self, name: &str, components: u8) -> String {
        let Some(position) = self.library.iter().position(|polyfill| polyfill.header.name == name) else {
            debug_assert!(false, "no polyfill is called {name}");
            return name.to_owned();
        };
        self.add_polyfill(position);
        if components == 1 {
            return name.to_owned();
        }
        self.used.insert(Helper::OnVectors(position, components));
        format!("{name}_vec{components}")
    }

    fn add_polyfill(&mut self, position: usize) {
        if self.used.insert(Helper::Polyfill(position)) {
            self.library[position].needs.iter().for_each(|&needed| self.add_polyfill(needed));
        }
    }

    /// The name of the function that raises operands with `components` to a constant power.
    pub(super) fn power(&mut self, exponent: i32, components: u8) -> String {
        self.used.insert(Helper::Power(exponent));
        let name = power_name(exponent);
        if components == 1 {
            return name;
        }
        self.used.insert(Helper::PowerOfVector(exponent, components));
        format!("{name}_vec{components}")
    }

    /// The name of the function that raises integers, or vectors of them, to a constant power, modulo 2^32.
    pub(super) fn power_of_integer(&mut self, exponent: i32, components: u8) -> String {
        self.used.insert(Helper::PowerOfInteger(exponent, components));
        power_of_integer_name(exponent, components)
    }

    /// The name of the function that reads an element of a buffer of this type.
    pub(super) fn load(
        &mut self,
        buffer: usize,
        element: ElementType,
        names: &BufferNames,
        checks: Checks,
    ) -> String {
        let name = checks.name(&names.load);
        self.used.insert(Helper::Load(buffer, checks));
        self.need(Slot::needs_to_load(element));
        name
    }

    /// The name of the function that stores an element of a buffer of this type, or one component.
    pub(super) fn store(
        &mut self,
        buffer: usize,
        element: ElementType,
        component: Option<u8>,
        names: &BufferNames,
        checks: Checks,
    ) -> String {
        let name = checks.name(names.store(component));
        self.used.insert(Helper::Store(buffer, component, checks));
        self.need(Slot::needs_to_store(element));
        name
    }

    /// Notes that a word of a buffer is changed in one step.
    pub(super) fn step(&mut self, buffer: usize, component: Option<u8>, step: Step, checks: Checks) {
        self.used.insert(Helper::Step(buffer, component, step, checks));
    }

    /// Notes that a function of the library is called by the text of something else.
    pub(super) fn need(&mut self, name: Option<&str>) {
        name.map(|name| self.polyfill(name, 1));
    }

    /// Notes that elements of a uniform are read by a function.
    pub(super) fn load_uniform(&mut self, uniform: usize, form: Form) {
        self.used.insert(Helper::LoadUniform(uniform, form));
        self.need((form == Form::Double).then_some("hpc__wide_of_bits"));
    }

    /// The name of the function that does something to vectors of doubles.
    pub(super) fn wide(&mut self, what: WideVector) -> String {
        let name = wide_name(&what);
        self.used.insert(Helper::Wide(what));
        name
    }

    /// The name of the function that reads an element of arrays of this type.
    pub(super) fn read_element(&mut self, element: Type, length: u32) -> String {
        let text = self.element(element);
        let name = element_helper("read", &text, length, None);
        self.used.insert(Helper::ReadElement(text, length));
        name
    }

    /// The name of the function that stores an element of arrays of this type, or one component.
    pub(super) fn write_element(&mut self, element: Type, length: u32, component: Option<u8>) -> String {
        let text = self.element(element);
        let name = element_helper("write", &text, length, component);
        self.used.insert(Helper::WriteElement(text, length, component));
        name
    }

    fn element(&mut self, element: Type) -> String {
        let text = type_text(element);
        self.elements.push((text.clone(), element));
        text
    }

    /// The name of the function that sets a pixel.
    pub(super) fn set_pixel(&mut self, checks: Checks) -> String {
        let name = checks.name("hpc__set_pixel");
        self.used.insert(Helper::SetPixel(checks));
        self.polyfill("hpc__channel", 1);
        name
    }

    /// The text of every helper in use.
    pub(super) fn definitions(&self, module: &Module) -> Vec<String> {
        self.used.iter().filter_map(|helper| self.definition(helper, module)).collect()
    }

    fn definition(&self, helper: &Helper, module: &Module) -> Option<String> {
        match helper {
            Helper::Load(buffer, checks) => load(*buffer, checks, module),
            Helper::Store(buffer, component, checks) => store(*buffer, *component, checks, module),
            Helper::Step(buffer, component, step, checks) => {
                steps::definition(*buffer, *component, *step, checks, module)
            }
            Helper::ReadElement(element, length) => Some(read_element(element, *length, self.zero(element))),
            Helper::WriteElement(element, length, component) => {
                Some(write_element(element, *length, *component, self.component(element, *component)))
            }
            Helper::SetPixel(checks) => set_pixel(checks, module),
            Helper::Power(exponent) => Some(power(*exponent)),
            Helper::Polyfill(position) => Some(self.library[*position].text.to_owned()),
            Helper::OnVectors(position, size) => {
                Some(component_by_component(&self.library[*position].header, *size))
            }
            Helper::PowerOfInteger(exponent, components) => Some(power_of_integer(*exponent, *components)),
            Helper::LoadUniform(uniform, form) => load_uniform(*uniform, *form, module),
            Helper::Wide(what) => Some(wide(what)),
            Helper::PowerOfVector(exponent, size) => {
                let name = &power_name(*exponent);
                let header = Header { name, parameters: &[("x", "f32")], result: "f32" };
                Some(component_by_component(&header, *size))
            }
        }
    }

    fn ty(&self, element: &str) -> Type {
        self.elements.iter().find(|(text, _)| text == element).map_or(Type::F32, |&(_, ty)| ty)
    }

    fn zero(&self, element: &str) -> String {
        zero(self.ty(element))
    }

    /// What is stored: an element or one component.
    fn component(&self, element: &str, component: Option<u8>) -> String {
        let ty = self.ty(element);
        type_text(component.map_or(ty, |_| Type::Scalar(ty.scalar())))
    }
}

/// A buffer as its helpers see it.
pub(super) struct Indexed<'a> {
    described: &'a BufferDescription,
    /// The variable, and whether the kernel writes it.
    variable: &'a str,
    access: Access,
    words: Words,
    /// The parameters: `i: i32, j: i32`.
    pub(super) parameters: String,
    /// Whether the element exists, where that is not known: `(u32(i) < 3u) & (u32(j) < 4u)`.
    pub(super) condition: Option<String>,
    /// The position of the element: `i * 4 + j`.
    position: String,
    /// The element as the user writes it: `heat[i][j]`.
    pub(super) user: String,
}

impl<'a> Indexed<'a> {
    pub(super) fn new(buffer: usize, checks: &Checks, module: &Module<'a>) -> Option<Self> {
        let described = module.interface.buffers.get(buffer)?;
        let names = INDICES.iter().take(described.size.len());
        let extents = extents(buffer, module);
        let parameters: Vec<String> = names.clone().map(|name| format!("{name}: i32")).collect();
        let user: String = names.map(|name| format!("[{name}]")).collect();
        Some(Self {
            described,
            variable: &module.names.buffers.get(&buffer)?.variable,
            access: *module.facts.buffers.get(&buffer)?,
            words: module.steps.of(buffer),
            parameters: parameters.join(", "),
            condition: checks.condition(&INDICES, &extents),
            position: flat(&extents),
            user: format!("{}{user}", described.name),
        })
    }

    /// The position of the nearest element that there is, where loops go through whatever they have loaded as an index. Drivers make a branch
    /// of a choice between zero and what may not be there, which cost a sparse product a twentieth.
    fn nearest(&self, checks: &Checks, module: &Module<'_>) -> Option<String> {
        let &[extent] = self.described.size.as_slice() else { return None };
        let gathers = matches!(module.tuning, Some(Tuning::Unrolled(_))) && checks.are_all();
        (gathers && extent > 0).then(|| format!("min(u32({}), {}u)", self.position, extent - 1))
    }

    pub(super) fn slot(&self) -> Slot<'_> {
        let Self { variable, position, described, access, words, .. } = self;
        Slot { variable, position, element: described.element, access: *access, words: *words }
    }
}

/// The extents of a buffer: constants, or what the params tell of a resizable one.
fn extents(buffer: usize, module: &Module) -> Vec<String> {
    let Some(described) = module.interface.buffers.get(buffer) else { return Vec::new() };
    let told = module.interface.extents_of(buffer);
    match told.and_then(|uniform| module.names.uniforms.get(&(uniform, Form::Integer))) {
        None => described.size.iter().map(u32::to_string).collect(),
        Some(field) => {
            let components = COMPONENTS.iter().take(described.size.len());
            components.map(|component| format!("hpc__params.{field}.{component}")).collect()
        }
    }
}

/// The row-major position of an element: the last index is contiguous.
fn flat(extents: &[String]) -> String {
    match extents {
        [_, columns] => format!("i * {columns} + j"),
        [_, rows, columns] => format!("(i * {rows} + j) * {columns} + k"),
        _ => "i".to_owned(),
    }
}

fn load(buffer: usize, checks: &Checks, module: &Module) -> Option<String> {
    let indexed = Indexed::new(buffer, checks, module)?;
    let Indexed { parameters, condition, user, .. } = &indexed;
    let name = checks.name(&module.names.buffers.get(&buffer)?.load);
    let ty = memory::value_type(indexed.described.element);
    let (result, zero) = (type_text(ty), zero(ty));
    if indexed.words != Words::Plain && indexed.described.element.component() == Component::F64 {
        let lines: String =
            indexed.slot().read_again().iter().map(|line| format!("        {line}\n")).collect();
        let condition = condition.as_deref().unwrap_or("true");
        return Some(format!(
            "// {user}, zero out of range; again while another thread changes it.\n\
             fn {name}({parameters}) -> {result} {{\n    if {condition} {{\n{lines}    }}\n    return {zero};\n}}\n"
        ));
    }
    let nearest = indexed.nearest(checks, module);
    let value = Slot { position: nearest.as_deref().unwrap_or(&indexed.position), ..indexed.slot() }.loaded();
    let Some(condition) = condition else {
        return Some(format!(
            "// {user}, which is in range.\n\
             fn {name}({parameters}) -> {result} {{\n    return {value};\n}}\n"
        ));
    };
    // A choice, not a branch, so that the loads of a loop can overlap. WGSL promises that a load out of range reads something of the
    // buffer, which is then not used.
    Some(format!(
        "// {user}, zero out of range.\n\
         fn {name}({parameters}) -> {result} {{\n    return select({zero}, {value}, {condition});\n}}\n"
    ))
}

fn store(buffer: usize, component: Option<u8>, checks: &Checks, module: &Module) -> Option<String> {
    let indexed = Indexed::new(buffer, checks, module)?;
    let Indexed { parameters, condition, user, .. } = &indexed;
    let name = checks.name(module.names.buffers.get(&buffer)?.store(component));
    let ty = type_text(memory::parameter(indexed.described.element, component));
    let member = member(component);
    let lines = indexed.slot().stored(VALUE, component.map(component_name));
    let indented = |depth: usize| -> String {
        lines.iter().map(|line| format!("{}{line}\n", "    ".repeat(depth))).collect()
    };
    let Some(condition) = condition else {
        return Some(format!(
            "// {user}{member} = {VALUE}, which is in range.\n\
             fn {name}({parameters}, {VALUE}: {ty}) {{\n{}}}\n",
            indented(1)
        ));
    };
    Some(format!(
        "// {user}{member} = {VALUE}, nothing out of range.\n\
         fn {name}({parameters}, {VALUE}: {ty}) {{\n    if {condition} {{\n{}    }}\n}}\n",
        indented(2)
    ))
}

/// An element of a uniform, which lies there in fours, or as doubles in twos.
fn load_uniform(uniform: usize, form: Form, module: &Module) -> Option<String> {
    let described = module.interface.uniforms.get(uniform)?;
    let name = module.names.uniform_loads.get(&(uniform, form))?;
    let field = format!("hpc__params.{}", module.names.uniforms.get(&(uniform, form))?);
    let length = described.ty.components();
    let scalar = match form {
        Form::Single => Scalar::F32,
        Form::Integer if is_unsigned(described.ty) => Scalar::U32,
        Form::Integer => Scalar::I32,
        Form::Double => Scalar::F64,
    };
    let (ty, zero) = (type_text(Type::Scalar(scalar)), zero(Type::Scalar(scalar)));
    let body = match form {
        Form::Double => format!(
            "    let pair = {field}[min(u32(i), {}u) >> 1u];\n    \
             let value = hpc__wide_of_bits(select(pair.xy, pair.zw, (i & 1) == 1));\n",
            length - 1
        ),
        _ => format!("    let value = {field}[min(u32(i), {}u) >> 2u][i & 3];\n", length - 1),
    };
    Some(format!(
        "// {}[i], zero out of range.\nfn {name}(i: i32) -> {ty} {{\n{body}    \
         return select({zero}, value, u32(i) < {length}u);\n}}\n",
        described.name
    ))
}

fn element_helper(verb: &str, element: &str, length: u32, component: Option<u8>) -> String {
    let component = component.map_or(String::new(), |component| format!("_{}", component_name(component)));
    format!("hpc__{verb}_{element}_{length}{component}")
}

fn read_element(element: &str, length: u32, zero: String) -> String {
    let name = element_helper("read", element, length, None);
    format!(
        "// values[i], zero out of range.\n\
         fn {name}(values: ptr<function, array<{element}, {length}>>, i: i32) -> {element} {{\n    \
         if u32(i) < {length}u {{\n        return (*values)[i];\n    }}\n    return {zero};\n}}\n"
    )
}

fn write_element(element: &str, length: u32, component: Option<u8>, ty: String) -> String {
    let name = element_helper("write", element, length, component);
    let member = member(component);
    format!(
        "// values[i]{member} = value, nothing out of range.\n\
         fn {name}(values: ptr<function, array<{element}, {length}>>, i: i32, value: {ty}) {{\n    \
         if u32(i) < {length}u {{\n        (*values)[i]{member} = value;\n    }}\n}}\n"
    )
}

fn set_pixel(checks: &Checks, module: &Module) -> Option<String> {
    let canvas = module.interface.canvas?;
    let (width, height) = (canvas.width, canvas.height);
    let name = checks.name("hpc__set_pixel");
    let head = format!("fn {name}(x: i32, y: i32, r: f32, g: f32, b: f32) {{\n");
    let set = format!(
        "{CANVAS}[y * {width} + x] = hpc__channel(r) | (hpc__channel(g) << 8u) | (hpc__channel(b) << 16u);\n"
    );
    Some(match checks.condition(&["x", "y"], &[width, height].map(|extent| extent.to_string())) {
        None => format!("// Paints a pixel, which is on the canvas.\n{head}    {set}}}\n"),
        Some(condition) => format!(
            "// Paints a pixel, nothing outside the canvas.\n{head}    if {condition} {{\n        {set}    }}\n}}\n"
        ),
    })
}

fn power_name(exponent: i32) -> String {
    if exponent < 0 {
        format!("hpc__pow_minus_{}", exponent.unsigned_abs())
    } else {
        format!("hpc__pow_{exponent}")
    }
}

/// x to a constant power by squaring, which is exact where the result is: WGSL's `pow` goes through logarithms.
fn power(exponent: i32) -> String {
    let mut lines = String::new();
    let mut factors = Vec::new();
    let mut square = "x".to_owned();
    let mut bits = exponent.unsigned_abs();
    let mut reached = 1_u32;
    while bits > 0 {
        if bits & 1 == 1 {
            factors.push(square.clone());
        }
        bits >>= 1;
        if bits > 0 {
            reached *= 2;
            lines += &format!("    let x{reached} = {square} * {square};\n");
            square = format!("x{reached}");
        }
    }
    let product = factors.join(" * ");
    let result = if exponent < 0 { format!("1.0 / ({product})") } else { product };
    let name = power_name(exponent);
    format!(
        "// x to the power of {exponent} by squaring, exact where the result is.\n\
         fn {name}(x: f32) -> f32 {{\n{lines}    return {result};\n}}\n"
    )
}

fn power_of_integer_name(exponent: i32, components: u8) -> String {
    format!("hpc__pow_of_{}_{exponent}", integer_name(components))
}

/// The type of an integer, or of a vector of them.
fn integer_name(components: u8) -> String {
    if components == 1 { "i32".to_owned() } else { format!("vec{components}i") }
}

/// An integer to a positive constant power by squaring, modulo 2^32.
fn power_of_integer(exponent: i32, components: u8) -> String {
    let text = power(exponent).replace(&power_name(exponent), &power_of_integer_name(exponent, components));
    text.replace("f32", &integer_name(components)).replace("exact where the result is", "modulo 2^32")
}

/// The name of a function on vectors of doubles.
fn wide_name(what: &WideVector) -> String {
    match what {
        WideVector::Splat(size) => format!("{WIDE}{size}_splat"),
        WideVector::Select(size) => format!("{WIDE}{size}_select"),
        WideVector::Swizzle(size, components) => {
            let names: String = components.iter().map(|&component| component_name(component)).collect();
            format!("{WIDE}{size}_{names}")
        }
        WideVector::Compose(parts) => {
            let sizes: Vec<String> = parts.iter().map(u8::to_string).collect();
            format!("{WIDE}_of_{}", sizes.join("_"))
        }
    }
}

/// A function on vectors of doubles.
fn wide(what: &WideVector) -> String {
    let name = wide_name(what);
    let all = |size: u8| COMPONENTS.iter().take(usize::from(size));
    let list = |parts: Vec<String>| parts.join(", ");
    match what {
        WideVector::Splat(size) => {
            let parts = list(all(*size).map(|_| "x".to_owned()).collect());
            format!(
                "// A vector of the same numbers.\nfn {name}(x: {WIDE}) -> {WIDE}{size} {{\n    return {WIDE}{size}({parts});\n}}\n"
            )
        }
        WideVector::Select(size) => {
            let parts = list(all(*size).map(|c| format!("select(a.{c}, b.{c}, chosen)")).collect());
            format!(
                "// b if it is chosen, else a.\nfn {name}(a: {WIDE}{size}, b: {WIDE}{size}, chosen: bool) -> {WIDE}{size} {{\n    \
                 return {WIDE}{size}({parts});\n}}\n"
            )
        }
        WideVector::Swizzle(size, components) => {
            let parts = list(
                components.iter().map(|&component| format!("v.{}", component_name(component))).collect(),
            );
            let result = components.len();
            format!(
                "// Some of the components.\nfn {name}(v: {WIDE}{size}) -> {WIDE}{result} {{\n    \
                 return {WIDE}{result}({parts});\n}}\n"
            )
        }
        WideVector::Compose(sizes) => {
            let ty = |size: u8| if size == 1 { WIDE.to_owned() } else { format!("{WIDE}{size}") };
            let parameters =
                list(sizes.iter().enumerate().map(|(at, &size)| format!("p{at}: {}", ty(size))).collect());
            let of = |(at, &size): (usize, &u8)| match size {
                1 => vec![format!("p{at}")],
                _ => all(size).map(|component| format!("p{at}.{component}")).collect(),
            };
            let parts = list(sizes.iter().enumerate().flat_map(of).collect());
            let result: u8 = sizes.iter().sum();
            format!(
                "// A vector of all these.\nfn {name}({parameters}) -> {WIDE}{result} {{\n    \
                 return {WIDE}{result}({parts});\n}}\n"
            )
        }
    }
}

fn component_name(component: u8) -> &'static str {
    COMPONENTS.get(usize::from(component)).copied().unwrap_or("x")
}

/// `.x`, or nothing for the whole.
pub(super) fn member(component: Option<u8>) -> String {
    component.map_or(String::new(), |component| format!(".{}", component_name(component)))
}
