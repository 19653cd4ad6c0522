//! What a kernel binds, and where its uniforms lie: the same for every target.

use artifact::{BufferBinding, Counted, Interface, Params, UniformField};

use crate::analysis::AccessFacts;

/// The bindings of a kernel, as [`artifact::Artifact`] describes them.
pub struct Bindings {
    /// The buffers it uses.
    pub buffers: Vec<BufferBinding>,
    /// The binding of the pixel store, if it paints.
    pub canvas: Option<u32>,
    /// The layout of the extents, the random key and the uniforms.
    pub params: Params,
    /// On the CPU backend, where the params tell the start of each resizable buffer: [`artifact::Wasm::starts`].
    pub starts: Vec<(usize, u32)>,
}

impl Bindings {
    /// Binds what `facts` say that a kernel uses.
    pub fn of(interface: &Interface, facts: &AccessFacts) -> Self {
        let mut free = 1..;
        let mut shared = None;
        let mut buffers = Vec::new();
        for (&buffer, &access) in &facts.buffers {
            // All packed buffers are behind the binding of the first one.
            let known = shared.filter(|_| interface.packed.contains(&buffer));
            let Some(binding) = known.or_else(|| free.next()) else { continue };
            if interface.packed.contains(&buffer) {
                shared = Some(binding);
            }
            buffers.push(BufferBinding { buffer, binding, access });
        }
        let canvas = facts.paints.then(|| free.next()).flatten();
        let (params, starts) = params(interface, facts);
        Self { buffers, canvas, params, starts }
    }

    /// Where a shader finds and tells what its loops count, if those of one of its texts do: behind everything else.
    pub fn counted(&self, common: bool, general: bool) -> Option<Counted> {
        let bindings = self.buffers.iter().map(|buffer| buffer.binding).chain(self.canvas);
        let counted =
            Counted { binding: bindings.max().unwrap_or(0) + 1, ticket: self.params.size, common, general };
        (common || general).then_some(counted)
    }
}

/// The params with room for what is [`counted`](Bindings::counted).
pub fn with_ticket(params: Params, counted: Option<&Counted>) -> Params {
    Params { size: counted.map_or(params.size, |counted| counted.ticket + UNIT), ..params }
}

/// The size of params is a multiple of this.
const UNIT: u32 = 16;

/// The params, and where the starts of resizable buffers lie in them.
fn params(interface: &Interface, facts: &AccessFacts) -> (Params, Vec<(usize, u32)>) {
    let mut uniforms = Vec::new();
    let mut offset = Params::HEAD_SIZE;
    for &(uniform, form) in &facts.uniforms {
        let Some(described) = interface.uniforms.get(uniform) else { continue };
        offset = offset.next_multiple_of(form.alignment(described.ty));
        uniforms.push(UniformField { uniform, form, offset });
        offset += form.bytes(described.ty);
    }
    let mut starts = Vec::new();
    let is_resizable = |buffer: &usize| interface.using_cpu && interface.extents_of(*buffer).is_some();
    for &buffer in facts.buffers.keys().filter(|buffer| is_resizable(buffer)) {
        starts.push((buffer, offset));
        offset += 4;
    }
    (Params { uniforms, size: offset.next_multiple_of(UNIT), random: facts.random }, starts)
}
