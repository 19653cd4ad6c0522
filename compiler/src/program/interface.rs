//! The interface that a program declares with `new GPUInterface({ … })`, read without running it.

use artifact::{
    BufferDescription, CanvasSize, ElementType, Interface, MAX_EXTENT, MAX_RANK, UniformDescription,
};
use oxc_ast::ast::{
    Argument, ArrayExpressionElement, Expression, NewExpression, ObjectExpression, ObjectPropertyKind,
};

use super::names::Names;
use super::{Unknown, span};
use crate::diagnostics::Span;

/// How deep the types of objects are nested.
const MOST_LEVELS: usize = 16;

type Known<T> = std::result::Result<T, Unknown>;

/// The interface that `gpu` holds in `gpu.createKernel(…)`, and where the object stands that says what it is.
pub(super) fn interface_of<'a>(
    gpu: &'a Expression<'a>,
    names: &Names<'a>,
) -> Known<(Interface, Option<Span>)> {
    let reader = Reader { names };
    let new = reader.constructor(gpu).ok_or_else(|| {
        unknown(gpu, "the interface is not a constant of this file that holds `new GPUInterface({ … })`, nor a member that is set once")
    })?;
    match new.arguments.first() {
        None => Ok((Interface::default(), None)),
        Some(argument) => {
            let spec = reader.spec(argument)?;
            Ok((reader.interface(spec)?, Some(span(spec))))
        }
    }
}

pub(super) fn unknown(place: &impl oxc_span::GetSpan, message: impl Into<String>) -> Unknown {
    Unknown { span: span(place), message: message.into() }
}

fn not_a_type(place: &impl oxc_span::GetSpan, path: &str) -> Unknown {
    unknown(place, format!("the type of {path} is not known before the program runs"))
}

/// Reads the objects that a program writes out.
pub(super) struct Reader<'n, 'a> {
    pub(super) names: &'n Names<'a>,
}

impl<'a> Reader<'_, 'a> {
    /// The constructor's call behind `await`, `initialize()` and constants.
    fn constructor(&self, gpu: &'a Expression<'a>) -> Option<&'a NewExpression<'a>> {
        match self.names.value(gpu) {
            Expression::AwaitExpression(awaited) => self.constructor(&awaited.argument),
            Expression::CallExpression(call) => {
                let callee = call.callee.get_member_expr()?;
                (callee.static_property_name() == Some("initialize"))
                    .then(|| self.constructor(callee.object()))?
            }
            Expression::NewExpression(new) => {
                (self.names.library(&new.callee) == Some("GPUInterface")).then_some(new)
            }
            _ => None,
        }
    }

    fn spec(&self, argument: &'a Argument<'a>) -> Known<&'a ObjectExpression<'a>> {
        let spec =
            argument.as_expression().ok_or_else(|| unknown(argument, "the interface is not written out"))?;
        self.object(spec, "the interface")
    }

    fn interface(&self, spec: &'a ObjectExpression<'a>) -> Known<Interface> {
        let mut interface = Interface::default();
        if let Some(buffers) = self.property(spec, "buffers")? {
            let Expression::ArrayExpression(list) = self.names.value(buffers) else {
                return Err(unknown(buffers, "the buffers are not an array that is written out"));
            };
            for buffer in &list.elements {
                interface.buffers.extend(self.buffer(buffer)?);
            }
        }
        if let Some(uniforms) = self.property(spec, "uniforms")? {
            interface.uniforms = self.uniforms(self.object(uniforms, "the uniforms")?)?;
        }
        interface.canvas = self.property(spec, "canvas")?.map(|canvas| self.canvas(canvas)).transpose()?;
        Ok(interface)
    }

    /// A buffer of values, or the columns of one of objects.
    fn buffer(&self, element: &'a ArrayExpressionElement<'a>) -> Known<Vec<BufferDescription>> {
        let spec =
            element.as_expression().ok_or_else(|| unknown(element, "this buffer is not written out"))?;
        let spec = self.object(spec, "this buffer")?;
        let name = self.property(spec, "name")?.and_then(|name| self.text(name));
        let name = name
            .ok_or_else(|| unknown(spec, "the name of this buffer is not known before the program runs"))?;
        let size = self.property(spec, "size")?.and_then(|size| self.size(size));
        let size = size.ok_or_else(|| {
            unknown(spec, format!("the size of the buffer \"{name}\" is not known before the program runs"))
        })?;
        let declared = self.property(spec, "type")?;
        if let Some(Expression::ObjectExpression(fields)) = declared.map(|ty| self.names.value(ty)) {
            return self.columns(&format!("{name}{}", "[]".repeat(size.len())), &size, fields, 0);
        }
        let data = self.property(spec, "initialData")?;
        let element = match (declared, data) {
            (Some(declared), _) => self.text(declared).and_then(|name| ElementType::from_name(&name)),
            (None, Some(data)) => self.names.leaf(data),
            (None, None) => Some(ElementType::Number),
        };
        let element = element.ok_or_else(|| {
            unknown(
                spec,
                format!(
                    "the type of the buffer \"{name}\" is not known before the program runs: write its `type`"
                ),
            )
        })?;
        Ok(vec![BufferDescription { name, element, size }])
    }

    /// The columns of objects with these fields: a buffer each, called by the way to its elements.
    fn columns(
        &self,
        path: &str,
        size: &[u32],
        fields: &'a ObjectExpression<'a>,
        level: usize,
    ) -> Known<Vec<BufferDescription>> {
        if level == MOST_LEVELS {
            return Err(not_a_type(fields, path));
        }
        let mut columns = Vec::new();
        for property in &fields.properties {
            let (key, mut ty) = named(property)?;
            let (mut path, mut size) = (format!("{path}.{key}"), size.to_vec());
            while let (Expression::ArrayExpression(array), 0..MAX_RANK) = (self.names.value(ty), size.len()) {
                let [element, length] = &array.elements[..] else { return Err(not_a_type(ty, &path)) };
                let length = length.as_expression().and_then(|length| self.extent(length));
                let (Some(element), Some(length)) = (element.as_expression(), length) else {
                    return Err(not_a_type(ty, &path));
                };
                (path, ty) = (path + "[]", element);
                size.push(length);
            }
            if let Expression::ObjectExpression(inner) = self.names.value(ty) {
                columns.extend(self.columns(&path, &size, inner, level + 1)?);
                continue;
            }
            let element = self.text(ty).and_then(|name| ElementType::from_name(&name));
            let element = element.ok_or_else(|| not_a_type(ty, &path))?;
            columns.push(BufferDescription { name: path, element, size });
        }
        Ok(columns)
    }

    fn uniforms(&self, spec: &'a ObjectExpression<'a>) -> Known<Vec<UniformDescription>> {
        let describe = |property: &'a ObjectPropertyKind<'a>| {
            let (name, value) = named(property)?;
            let ty = self.names.kind(value).ok_or_else(|| {
                unknown(
                    value,
                    format!("the type of the uniform \"{name}\" is not known before the program runs"),
                )
            })?;
            Ok(UniformDescription { name, ty, integral: self.names.is_integral(value) })
        };
        spec.properties.iter().map(describe).collect()
    }

    fn canvas(&self, canvas: &'a Expression<'a>) -> Known<CanvasSize> {
        let (width, height) = match self.names.value(canvas) {
            Expression::ObjectExpression(spec) => {
                (self.property(spec, "width")?, self.property(spec, "height")?)
            }
            Expression::CallExpression(call) if self.names.library(&call.callee) == Some("createCanvas") => {
                (argument(&call.arguments, 0), argument(&call.arguments, 1))
            }
            Expression::NewExpression(call) if call.callee.is_specific_id("OffscreenCanvas") => {
                (argument(&call.arguments, 0), argument(&call.arguments, 1))
            }
            // A new element of a page that is given its size: `Object.assign(document.createElement('canvas'), { width, height })`.
            Expression::CallExpression(call) if call.callee.is_specific_member_access("Object", "assign") => {
                match argument(&call.arguments, 1).map(|sizes| self.names.value(sizes)) {
                    Some(Expression::ObjectExpression(sizes)) => {
                        (self.property(sizes, "width")?, self.property(sizes, "height")?)
                    }
                    _ => (None, None),
                }
            }
            _ => (None, None),
        };
        let known = |extent: Option<&'a Expression<'a>>| extent.and_then(|extent| self.extent(extent));
        match (known(width), known(height)) {
            (Some(width), Some(height)) => Ok(CanvasSize { width, height }),
            _ => Err(unknown(canvas, "the size of the canvas is not known before the program runs")),
        }
    }

    fn size(&self, size: &'a Expression<'a>) -> Option<Vec<u32>> {
        let Expression::ArrayExpression(extents) = self.names.value(size) else { return None };
        extents.elements.iter().map(|extent| self.extent(extent.as_expression()?)).collect()
    }

    fn extent(&self, extent: &'a Expression<'a>) -> Option<u32> {
        let extent = self.names.number(extent)?;
        (extent.fract() == 0.0 && (1.0..=f64::from(MAX_EXTENT)).contains(&extent)).then_some(extent as u32)
    }

    fn text(&self, text: &'a Expression<'a>) -> Option<String> {
        match self.names.value(text) {
            Expression::StringLiteral(literal) => Some(literal.value.to_string()),
            _ => None,
        }
    }

    pub(super) fn object(
        &self,
        expression: &'a Expression<'a>,
        what: &str,
    ) -> Known<&'a ObjectExpression<'a>> {
        match self.names.value(expression) {
            Expression::ObjectExpression(object) => Ok(object),
            _ => Err(unknown(expression, format!("{what} is not an object that is written out"))),
        }
    }

    /// The value of a property, if the object has it. All properties must be known, since the last of a name counts.
    pub(super) fn property(
        &self,
        object: &'a ObjectExpression<'a>,
        name: &str,
    ) -> Known<Option<&'a Expression<'a>>> {
        let mut found = None;
        for property in &object.properties {
            let (key, value) = named(property)?;
            if key == name {
                found = Some(value);
            }
        }
        Ok(found)
    }
}

/// An argument of a call, if it is there and not spread.
fn argument<'a>(arguments: &'a [Argument<'a>], index: usize) -> Option<&'a Expression<'a>> {
    arguments.get(index).and_then(Argument::as_expression)
}

/// The name and the value of a property that is written out.
pub(super) fn named<'a>(property: &'a ObjectPropertyKind<'a>) -> Known<(String, &'a Expression<'a>)> {
    match property {
        ObjectPropertyKind::ObjectProperty(property) if !property.computed => property.key.static_name(),
        _ => None,
    }
    .zip(value(property))
    .map(|(name, value)| (name.into_owned(), value))
    .ok_or_else(|| unknown(property, "this property is not written out"))
}

fn value<'a>(property: &'a ObjectPropertyKind<'a>) -> Option<&'a Expression<'a>> {
    match property {
        ObjectPropertyKind::ObjectProperty(property) => Some(&property.value),
        ObjectPropertyKind::SpreadProperty(_) => None,
    }
}
