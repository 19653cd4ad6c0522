//! Names: the user's own wherever WGSL allows them.
//!
//! A name is changed only if WGSL reserves or predeclares it, if it has characters that not every WGSL compiler takes, or if
//! another declaration in sight has it already. Locals are unique within their function, so no shadowing is left.

use std::sync::OnceLock;

use crate::collections::{Map, Set};

use artifact::{Form, Interface};

use super::layout::PACKED;
use super::text::COMPONENTS;
use crate::analysis::AccessFacts;
use crate::ir::{Function, Kernel};

/// Hands out names of one namespace, each once.
#[derive(Default)]
pub(super) struct Namer<'a> {
    /// The names of the enclosing scope, which may not be shadowed.
    outer: Option<&'a Namer<'a>>,
    taken: Set<String>,
    /// The last number behind each name that was taken already: names are not given back, so all numbers below are taken too.
    counts: Map<String, u32>,
}

impl Namer<'_> {
    /// A free name, `wanted` itself if possible.
    pub(super) fn claim(&mut self, wanted: &str) -> String {
        let base = spelled(wanted);
        let name = if self.is_free(&base) {
            base
        } else {
            let mut count = self.last_number(&base);
            // Some number is free, as only finitely many names are taken.
            let name = loop {
                count += 1;
                let name = format!("{base}_{count}");
                // No reserved word ends with an underscore and a number.
                if !self.is_taken(&name) {
                    break name;
                }
            };
            self.counts.insert(base, count);
            name
        };
        self.taken.insert(name.clone());
        name
    }

    fn is_free(&self, name: &str) -> bool {
        !self.is_taken(name) && !is_reserved(name)
    }

    fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name) || self.outer.is_some_and(|outer| outer.is_taken(name))
    }

    fn last_number(&self, base: &str) -> u32 {
        let outer = || self.outer.map_or(0, |outer| outer.last_number(base));
        self.counts.get(base).copied().unwrap_or_else(outer)
    }
}

/// The name with characters that every WGSL compiler takes.
fn spelled(name: &str) -> String {
    let mut spelled = String::new();
    for character in name.chars() {
        match character {
            '.' => spelled.push('_'),
            // Of a column's name.
            '[' | ']' => {}
            '_' => spelled.push('_'),
            _ if character.is_ascii_alphanumeric() => spelled.push(character),
            _ => spelled += &format!("u{:x}", u32::from(character)),
        }
    }
    // WGSL has no names that begin with two underscores, nor a digit, and none that is one underscore.
    let unusable = spelled.starts_with("__")
        || spelled.starts_with(|first: char| first.is_ascii_digit())
        || FAMILIES.iter().any(|family| spelled.starts_with(family));
    if unusable || spelled.is_empty() || spelled == "_" { format!("x{spelled}") } else { spelled }
}

/// The names of one buffer and its helpers.
pub(super) struct BufferNames {
    /// What stands for the buffer: a variable, or a member of one where it is packed.
    pub(super) variable: String,
    pub(super) load: String,
    store: String,
    /// The helpers that store one component.
    store_component: Vec<String>,
}

impl BufferNames {
    /// The helper that stores an element, or one component.
    pub(super) fn store(&self, component: Option<u8>) -> &str {
        component.map_or(&self.store, |component| &self.store_component[usize::from(component & 3)])
    }

    /// The member that a packed buffer is.
    pub(super) fn field(&self) -> &str {
        self.variable.rsplit_once('.').map_or(&self.variable, |(_, field)| field)
    }
}

/// The names at module scope, and those of the uniforms.
pub(super) struct ModuleNames {
    pub(super) buffers: Map<usize, BufferNames>,
    /// The fields of uniforms, in each form that is read.
    pub(super) uniforms: Map<(usize, Form), String>,
    /// The functions that read elements of uniforms.
    pub(super) uniform_loads: Map<(usize, Form), String>,
    pub(super) functions: Vec<String>,
    module: Namer<'static>,
}

/// What the helpers call their parameters; no buffer may have these names, as the helpers would not see it.
pub(super) const INDICES: [&str; 3] = ["i", "j", "k"];
pub(super) const VALUE: &str = "value";

impl ModuleNames {
    pub(super) fn new(kernel: &Kernel, interface: &Interface, facts: &AccessFacts) -> Self {
        let mut module = Namer::default();
        let mut buffers_namer = Namer::default();
        INDICES.iter().chain([&VALUE]).for_each(|name| {
            buffers_namer.claim(name);
        });
        let variables: Vec<(usize, &str, String)> = facts
            .buffers
            .keys()
            .filter_map(|&buffer| Some((buffer, interface.buffers.get(buffer)?.name.as_str())))
            .map(|(buffer, name)| (buffer, name, buffers_namer.claim(name)))
            .collect();
        module.taken.extend(variables.iter().map(|(_, _, variable)| variable.clone()));
        let functions = kernel.functions.iter().map(|function| module.claim(&function.name)).collect();
        // Collecting would sort, with code that pages download.
        let mut buffers = Map::new();
        for (buffer, name, variable) in variables {
            let is_packed = interface.packed.contains(&buffer);
            let variable = if is_packed { format!("{PACKED}.{variable}") } else { variable };
            buffers.insert(buffer, buffer_names(name, variable, &mut module));
        }
        let mut fields = Namer::default();
        let mut uniforms = Map::new();
        let mut uniform_loads = Map::new();
        for &(uniform, form) in &facts.uniforms {
            if let Some(described) = interface.uniforms.get(uniform) {
                uniforms.insert((uniform, form), fields.claim(&described.name));
                if described.ty.is_array() {
                    uniform_loads.insert((uniform, form), module.claim(&format!("load_{}", described.name)));
                }
            }
        }
        Self { buffers, uniforms, uniform_loads, functions, module }
    }

    /// The names of a function's locals, in order.
    pub(super) fn locals(&self, function: &Function) -> (Vec<String>, Namer<'_>) {
        let mut namer = Namer { outer: Some(&self.module), ..Namer::default() };
        let names = function.locals.iter().map(|local| namer.claim(&local.name)).collect();
        (names, namer)
    }
}

fn buffer_names(name: &str, variable: String, module: &mut Namer<'_>) -> BufferNames {
    let store = module.claim(&format!("store_{name}"));
    let store_component =
        COMPONENTS.iter().map(|component| module.claim(&format!("store_{name}_{component}"))).collect();
    BufferNames { variable, load: module.claim(&format!("load_{name}")), store, store_component }
}

/// Whether WGSL keeps a name for itself: keywords, reserved words, and everything predeclared, which generated code needs.
pub(super) fn is_reserved(name: &str) -> bool {
    // Every name is looked up here: going through all words each time took most of the time of long kernels.
    static WORDS: OnceLock<Set<&str>> = OnceLock::new();
    let words = WORDS
        .get_or_init(|| [RESERVED, PREDECLARED].iter().flat_map(|words| words.split_whitespace()).collect());
    words.contains(name) || FAMILIES.iter().any(|family| name.starts_with(family))
}

/// Predeclared names that begin so are too many to list.
const FAMILIES: [&str; 3] = ["texture_", "subgroup", "quadSwap"];

const RESERVED: &str = "
    alias break case const const_assert continue continuing default diagnostic discard else enable false fn for if let
    loop override requires return struct switch true var while
    NULL Self abstract active alignas alignof as asm asm_fragment async attribute auto await become cast catch class
    co_await co_return co_yield coherent column_major common compile compile_fragment concept const_cast consteval
    constexpr constinit crate debugger decltype delete demote demote_to_helper do dynamic_cast enum explicit export
    extends extern external fallthrough filter final finally friend from fxgroup get goto groupshared highp impl
    implements import inline instanceof interface layout lowp macro macro_rules match mediump meta mod module move mut
    mutable namespace new nil noexcept noinline nointerpolation non_coherent noncoherent noperspective null nullptr of
    operator package packoffset partition pass patch pixelfragment precise precision premerge priv protected pub public
    readonly ref regardless register reinterpret_cast require resource restrict self set shared sizeof smooth snorm
    static static_assert static_cast std subroutine super target template this thread_local throw trait try type typedef
    typeid typename typeof union unless unorm unsafe unsized use using varying virtual volatile wgsl where with writeonly
    yield";

const PREDECLARED: &str = "
    bool i32 u32 f32 f16 array atomic ptr sampler sampler_comparison binding_array acceleration_structure ray_query
    vec2 vec3 vec4 vec2i vec3i vec4i vec2u vec3u vec4u vec2f vec3f vec4f vec2h vec3h vec4h i64 u64 f64
    mat2x2 mat2x3 mat2x4 mat3x2 mat3x3 mat3x4 mat4x2 mat4x3 mat4x4
    mat2x2f mat2x3f mat2x4f mat3x2f mat3x3f mat3x4f mat4x2f mat4x3f mat4x4f
    mat2x2h mat2x3h mat2x4h mat3x2h mat3x3h mat3x4h mat4x2h mat4x3h mat4x4h
    read write read_write function private workgroup uniform storage handle immediate push_constant
    rgba8unorm rgba8snorm rgba8uint rgba8sint rgba16unorm rgba16snorm rgba16uint rgba16sint rgba16float rg8unorm rg8snorm
    rg8uint rg8sint rg16unorm rg16snorm rg16uint rg16sint rg16float r32uint r32sint r32float rg32uint rg32sint rg32float
    rgba32uint rgba32sint rgba32float bgra8unorm r8unorm r8snorm r8uint r8sint r16unorm r16snorm r16uint r16sint r16float
    rgb10a2unorm rgb10a2uint rg11b10ufloat r64uint
    bitcast all any select arrayLength abs acos acosh asin asinh atan atanh atan2 ceil clamp cos cosh countLeadingZeros
    countOneBits countTrailingZeros cross degrees determinant distance dot dot4U8Packed dot4I8Packed exp exp2 extractBits
    faceForward firstLeadingBit firstTrailingBit floor fma fract frexp insertBits inverse inverseSqrt ldexp length log
    log2 max min mix modf normalize pow quantizeToF16 radians reflect refract reverseBits round saturate sign sin sinh
    smoothstep sqrt step tan tanh transpose trunc dpdx dpdxCoarse dpdxFine dpdy dpdyCoarse dpdyFine fwidth fwidthCoarse
    fwidthFine textureDimensions textureGather textureGatherCompare textureLoad textureNumLayers textureNumLevels
    textureNumSamples textureSample textureSampleBias textureSampleCompare textureSampleCompareLevel textureSampleGrad
    textureSampleLevel textureSampleBaseClampToEdge textureStore atomicLoad atomicStore atomicAdd atomicSub atomicMax
    atomicMin atomicAnd atomicOr atomicXor atomicExchange atomicCompareExchangeWeak pack4x8snorm pack4x8unorm pack4xI8
    pack4xU8 pack4xI8Clamp pack4xU8Clamp pack2x16snorm pack2x16unorm pack2x16float unpack4x8snorm unpack4x8unorm
    unpack4xI8 unpack4xU8 unpack2x16snorm unpack2x16unorm unpack2x16float storageBarrier textureBarrier workgroupBarrier
    workgroupUniformLoad outerProduct quadBroadcast coopLoad coopLoadT coopStore coopStoreT coopMultiplyAdd rayQueryInitialize
    rayQueryProceed";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_naga_reserves_is_reserved() {
        for word in naga::keywords::wgsl::RESERVED.iter().chain(naga::keywords::wgsl::BUILTIN_IDENTIFIERS) {
            assert!(is_reserved(word), "{word}");
        }
    }

    #[test]
    fn names_change_only_where_they_must() {
        let mut namer = Namer::default();
        for (wanted, given) in [
            ("heat", "heat"),
            ("heat", "heat_1"),
            ("_private", "_private"),
            ("__proto", "x__proto"),
            ("_", "x_"),
            ("$el", "u24el"),
            ("größe", "gru00f6u00dfe".replace("u00", "u").as_str()),
            ("loop", "loop_1"),
            ("distance", "distance_1"),
            ("heat_1", "heat_1_1"),
            ("heat", "heat_2"),
            ("texture_size", "xtexture_size"),
            ("subgroups", "xsubgroups"),
        ] {
            assert_eq!(namer.claim(wanted), given);
        }
    }
}
