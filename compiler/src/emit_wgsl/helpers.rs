//! The helper functions that a kernel needs, collected while its body is written.

use crate::collections::Set;

use super::Module;
use super::checks::Checks;
use super::layout::CANVAS;
use super::names::{BufferNames, INDICES, VALUE};
use super::polyfills::{Header, LIBRARY, component_by_component, position};
use super::text::{COMPONENTS, type_text, zero};
use crate::ir::Type;
use artifact::{BufferDescription, ElementType};

/// One helper function. They are emitted in this order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Helper {
    /// Reads an element of a buffer, of whose indices this much is known.
    Load(usize, Checks),
    /// Stores an element of a buffer, or one component.
    Store(usize, Option<u8>, Checks),
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
}

/// The helpers in use.
#[derive(Default)]
pub(super) struct Helpers {
    /// Whether they are for a device with doubles of its own.
    native_doubles: bool,
    used: Set<Helper>,
    /// The element type behind each text in [`Helper::ReadElement`] and [`Helper::WriteElement`].
    elements: Vec<(String, Type)>,
}

impl Helpers {
    /// None yet, for a device with or without doubles of its own.
    pub(super) fn new(native_doubles: bool) -> Self {
        Self { native_doubles, ..Self::default() }
    }

    /// The name of a function of the library, for operands with `components`.
    pub(super) fn polyfill(&mut self, name: &str, components: u8) -> String {
        let Some(position) = position(name, self.native_doubles) else {
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
            LIBRARY[position].needs.iter().for_each(|&needed| self.add_polyfill(needed));
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

    /// The name of the function that reads an element of a buffer.
    pub(super) fn load(&mut self, buffer: usize, names: &BufferNames, checks: Checks) -> String {
        let name = checks.name(&names.load);
        self.used.insert(Helper::Load(buffer, checks));
        name
    }

    /// The name of the function that stores an element of a buffer, or one component.
    pub(super) fn store(
        &mut self,
        buffer: usize,
        component: Option<u8>,
        names: &BufferNames,
        checks: Checks,
    ) -> String {
        let name = checks.name(names.store(component));
        self.used.insert(Helper::Store(buffer, component, checks));
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
            Helper::ReadElement(element, length) => Some(read_element(element, *length, self.zero(element))),
            Helper::WriteElement(element, length, component) => {
                Some(write_element(element, *length, *component, self.component(element, *component)))
            }
            Helper::SetPixel(checks) => set_pixel(checks, module),
            Helper::Power(exponent) => Some(power(*exponent)),
            Helper::Polyfill(position) => Some(LIBRARY[*position].text.to_owned()),
            Helper::OnVectors(position, size) => {
                Some(component_by_component(&LIBRARY[*position].header, *size))
            }
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
struct Indexed<'a> {
    described: &'a BufferDescription,
    /// The parameters: `i: i32, j: i32`.
    parameters: String,
    /// Whether the element exists, where that is not known: `(u32(i) < 3u) & (u32(j) < 4u)`.
    condition: Option<String>,
    /// The element: `heat[i * 4 + j]`.
    element: String,
    /// The element as the user writes it: `heat[i][j]`.
    user: String,
}

impl<'a> Indexed<'a> {
    fn new(buffer: usize, checks: &Checks, module: &Module<'a>) -> Option<Self> {
        let described = module.interface.buffers.get(buffer)?;
        let names = INDICES.iter().take(described.size.len());
        let parameters: Vec<String> = names.clone().map(|name| format!("{name}: i32")).collect();
        let user: String = names.map(|name| format!("[{name}]")).collect();
        Some(Self {
            described,
            parameters: parameters.join(", "),
            condition: checks.condition(&INDICES, &described.size),
            element: format!("{}[{}]", module.names.buffers.get(&buffer)?.variable, flat(&described.size)),
            user: format!("{}{user}", described.name),
        })
    }

    fn element_type(&self) -> Type {
        Type::of_components(self.described.element.components() as u8, crate::ir::Scalar::F32)
    }
}

/// The row-major position of an element: the last index is contiguous.
fn flat(size: &[u32]) -> String {
    match size {
        [_, columns] => format!("i * {columns} + j"),
        [_, rows, columns] => format!("(i * {rows} + j) * {columns} + k"),
        _ => "i".to_owned(),
    }
}

fn load(buffer: usize, checks: &Checks, module: &Module) -> Option<String> {
    let indexed = Indexed::new(buffer, checks, module)?;
    let Indexed { parameters, condition, element, user, .. } = &indexed;
    let name = checks.name(&module.names.buffers.get(&buffer)?.load);
    let ty = indexed.element_type();
    let value = loaded(element, indexed.described.element);
    let (result, zero) = (type_text(ty), zero(ty));
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
    let Indexed { parameters, condition, element, user, .. } = &indexed;
    let name = checks.name(module.names.buffers.get(&buffer)?.store(component));
    let ty = component.map_or(indexed.element_type(), |_| Type::F32);
    let member = member(component);
    let value = match component {
        None => stored(VALUE, indexed.described.element),
        Some(_) => VALUE.to_owned(),
    };
    let ty = type_text(ty);
    let Some(condition) = condition else {
        return Some(format!(
            "// {user}{member} = {VALUE}, which is in range.\n\
             fn {name}({parameters}, {VALUE}: {ty}) {{\n    {element}{member} = {value};\n}}\n"
        ));
    };
    Some(format!(
        "// {user}{member} = {VALUE}, nothing out of range.\n\
         fn {name}({parameters}, {VALUE}: {ty}) {{\n    if {condition} {{\n        {element}{member} = {value};\n    }}\n}}\n"
    ))
}

/// The user's value of an element in memory.
pub(super) fn loaded(element: &str, ty: ElementType) -> String {
    if ty == ElementType::Vec3 { format!("{element}.xyz") } else { element.to_owned() }
}

/// What is put in memory for the user's value.
pub(super) fn stored(value: &str, ty: ElementType) -> String {
    if ty == ElementType::Vec3 { format!("vec4f({value}, 0.0)") } else { value.to_owned() }
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
    Some(match checks.condition(&["x", "y"], &[width, height]) {
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

fn component_name(component: u8) -> &'static str {
    COMPONENTS.get(usize::from(component)).copied().unwrap_or("x")
}

/// `.x`, or nothing for the whole.
pub(super) fn member(component: Option<u8>) -> String {
    component.map_or(String::new(), |component| format!(".{}", component_name(component)))
}
