//! Kernels written by hand, so that the runtime is tested without the compiler.

use artifact::{
    Access, Artifact, Bound, BufferBinding, BufferDescription, CanvasSize, Conditions, ElementType, Factor,
    Form, Interface, Params, Term, UniformField,
};
use runtime::{BufferSetup, Contents, Data, Error, Session, Setup};

const PRELUDE: &str = "
override hpc__workgroup_x: u32 = 1;
override hpc__workgroup_y: u32 = 1;
override hpc__workgroup_z: u32 = 1;
struct Params { extents: vec3<i32>, key_0: u32, base: vec3<i32>, key_1: u32, t: f32, on: u32 }
@group(0) @binding(0) var<uniform> params: Params;
";

/// An interface with buffers of `size` numbers, uniforms `t` (a number) and `on` (a boolean), and perhaps a canvas.
pub(crate) fn setup(names: &[&str], size: &[u32], canvas: Option<CanvasSize>) -> Setup {
    let buffer = |name: &&str| buffer(name, ElementType::Number, size, None);
    Setup {
        buffers: names.iter().map(buffer).collect(),
        uniforms: vec![("t".into(), 0.0.into()), ("on".into(), false.into())],
        canvas,
        seed: Some(1),
        backend: Some(runtime::BackendType::Gpu),
        ..Setup::default()
    }
}

pub(crate) fn buffer(
    name: &str,
    element: ElementType,
    size: &[u32],
    floats: Option<Vec<f32>>,
) -> BufferSetup {
    let description = BufferDescription { name: name.into(), element, size: size.into() };
    BufferSetup { description, data: floats.map(|floats| Data { element, bytes: floats.into() }) }
}

pub(crate) fn numbers(floats: Vec<f32>) -> Data {
    Data { element: ElementType::Number, bytes: floats.into() }
}

/// That no extent is larger than this.
#[allow(dead_code, reason = "not every test file has kernels with two texts")]
pub(crate) fn within(limit: i64) -> Conditions {
    let term = |axis| Term { coefficient: 1, factors: vec![Factor::Extent(axis)] };
    let bound = |axis| Bound { terms: vec![term(axis)], limit };
    Conditions { bounds: (0..3).map(bound).collect(), ..Conditions::default() }
}

/// A kernel over the first buffers of the interface (`b0`, `b1`…; the first is written, the others read) whose body sees
/// the thread id as `id`. If it paints, the pixel store is `pixels`.
pub(crate) fn artifact(buffers: usize, canvas: bool, body: &str) -> Artifact {
    let mut wgsl = PRELUDE.to_owned();
    let mut bindings = Vec::new();
    for buffer in 0..buffers {
        let (access, word) =
            if buffer == 0 { (Access::ReadWrite, "read_write") } else { (Access::Read, "read") };
        let binding = buffer as u32 + 1;
        wgsl += &format!("@group(0) @binding({binding}) var<storage, {word}> b{buffer}: array<f32>;\n");
        bindings.push(BufferBinding { buffer, binding, access });
    }
    let canvas = canvas.then_some(buffers as u32 + 1);
    if let Some(binding) = canvas {
        wgsl += &format!("@group(0) @binding({binding}) var<storage, read_write> pixels: array<u32>;\n");
    }
    wgsl += &format!(
        "@compute @workgroup_size(hpc__workgroup_x, hpc__workgroup_y, hpc__workgroup_z)
fn hpc__main(@builtin(global_invocation_id) hpc__id: vec3<u32>) {{
    let id = params.base + vec3<i32>(hpc__id);
    if any(id >= params.extents) {{ return; }}
    {body}
}}"
    );
    let uniforms = vec![
        UniformField { uniform: 0, form: Form::Single, offset: 32 },
        UniformField { uniform: 1, form: Form::Integer, offset: 36 },
    ];
    Artifact {
        interface: Interface::default(),
        code: artifact::Code::Wgsl(artifact::Wgsl { common: wgsl, ..artifact::Wgsl::default() }),
        common: Conditions::default(),
        buffers: bindings,
        canvas,
        params: Params { uniforms, size: 48, random: body.contains("key_") },
        lane_axis: 0,
        axes_used: [true; 3],
        pattern: artifact::Pattern::Streaming,
        ordered: artifact::Ordered::default(),
        log: Vec::new(),
        explanation: String::new(),
    }
}

#[allow(dead_code, reason = "the tests of the CPU backend have their own")]
pub(crate) fn open(setup: Setup) -> Session {
    pollster::block_on(Session::open(setup))
        .expect("these tests need a GPU adapter; mesa-vulkan-drivers has one")
}

pub(crate) fn kernel(session: &Session, artifact: Artifact) -> runtime::Kernel {
    create(session, artifact).unwrap()
}

/// Makes a kernel of an artifact that is said to have been compiled for this interface.
pub(crate) fn create(session: &Session, artifact: Artifact) -> Result<runtime::Kernel, Error> {
    pollster::block_on(session.create_kernel(Artifact { interface: session.interface().clone(), ..artifact }))
}

pub(crate) fn read(session: &Session, name: &str) -> Vec<f32> {
    floats(pollster::block_on(session.read_buffer(name, ..)))
}

pub(crate) fn floats(contents: Result<Contents, Error>) -> Vec<f32> {
    contents.unwrap().into_vec()
}

#[allow(dead_code, reason = "not every test file looks at errors")]
pub(crate) fn error<T>(result: Result<T, Error>) -> String {
    result.err().expect("an error").to_string()
}
