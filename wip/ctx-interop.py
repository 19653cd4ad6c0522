import re
def sub(p,*pairs):
    s=open(p).read()
    for a,b in pairs:
        assert a in s,(p,a); s=s.replace(a,b)
    open(p,'w').write(s)
open('runtime/src/usage.rs','w').write('''//! What else than kernels uses a buffer.

use std::ops::BitOr;

/// How a renderer uses a buffer, beside that kernels compute in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage(u8);

impl Usage {
    /// It is copied, or bound as storage: what is so for all.
    pub const STORAGE: Self = Self(0);
    /// It holds vertices.
    pub const VERTEX: Self = Self(1);
    /// It holds indices of vertices.
    pub const INDEX: Self = Self(2);
    /// It holds the sizes of draws or dispatches.
    pub const INDIRECT: Self = Self(4);
    /// It is bound as uniforms.
    pub const UNIFORM: Self = Self(8);

    /// Whether it is used in all ways of another usage.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Usage {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
''')
sub('runtime/src/lib.rs',("mod uniforms;\n","mod uniforms;\nmod usage;\n"),("pub use uniforms::","pub use usage::Usage;\npub use uniforms::"))
sub('runtime/src/backend/mod.rs',("""    /// Whether kernels learn its size when they run, so that it can change.
    pub resizable: bool,
}""","""    /// Whether kernels learn its size when they run, so that it can change.
    pub resizable: bool,
    /// How others use it, if it is to be had by others.
    pub usage: Option<Usage>,
}"""),("use crate::{Context, Error, Health, Screen};","use crate::{Context, Error, Health, Screen, Usage};"),
("""    /// Loses the device, to test what follows.""","""    /// The device's buffer at a place, if it is one that others can have.
    fn handle(&self, _place: usize) -> Option<wgpu::Buffer> {
        None
    }

    /// Loses the device, to test what follows."""))
sub('runtime/src/queue/allocation.rs',("""    /// What it keeps of what it held.
    pub kept: Option<Kept>,
}""","""    /// What it keeps of what it held.
    pub kept: Option<Kept>,
    /// How others use it, if it is to be had by others.
    pub usage: Option<Usage>,
}"""),("use std::sync::Arc;\n","use std::sync::Arc;\n\nuse crate::Usage;\n"))
for p in ['runtime/src/backend/gpu/tests.rs','runtime/src/backend/gpu/memory.rs','runtime/src/queue/tests.rs','runtime/src/session.rs']:
    s=open(p).read(); s=s.replace("resizable: false }","resizable: false, usage: None }"); open(p,'w').write(s)
sub('runtime/src/session/recovery.rs',("Allocation { buffer, bytes, label, kept: None }","Allocation { buffer, bytes, label, kept: None, usage: slot.usage }"))
sub('runtime/src/session/shape.rs',("    pub(super) is_resizable: bool,\n","    pub(super) is_resizable: bool,\n    /// How others use it, if it is to be had by others.\n    pub(super) usage: Option<Usage>,\n"),
("Self { description: Arc::new(description), label, is_resizable, is_alive: true, changed }","Self { description: Arc::new(description), label, is_resizable, usage: None, is_alive: true, changed }"),
("BufferRequest { label, bytes, resizable: self.is_resizable }","BufferRequest { label, bytes, resizable: self.is_resizable, usage: self.usage }"),
("        uniforms: impl Iterator<Item = UniformValue>,\n    ) -> Self {","        uniforms: impl Iterator<Item = UniformValue>,\n        usages: &[(String, Usage)],\n    ) -> Self {"),
("""            buffers.into_iter().zip(resizable).map(|(buffer, resizable)| Slot::new(buffer, resizable, 0));
""","""            buffers.into_iter().zip(resizable).map(|(buffer, resizable)| {
                let usage = usages.iter().find(|(name, _)| is_meant(name, &buffer)).map(|(_, usage)| *usage);
                Slot { usage, ..Slot::new(buffer, resizable, 0) }
            });
"""),
("            let resized = Slot::new(description, true, epoch + 1);","            let resized = Slot { usage: current.usage, ..Slot::new(description, true, epoch + 1) };"),
("let command = command(Allocation { buffer, bytes, label: changed.label.clone(), kept: None });","let (label, usage) = (changed.label.clone(), changed.usage);\n        let command = command(Allocation { buffer, bytes, label, kept: None, usage });"),
("use crate::{Data, Error, NameKind, UniformValue};","use crate::{Data, Error, NameKind, UniformValue, Usage};"),
("use crate::setup::{check_buffer_name, check_size};","use crate::setup::{check_buffer_name, check_size, is_meant};"),
("""    /// The name, the type and the extents of each buffer that there is now.""","""    /// The device's buffer of a name, for a renderer on the same device: one of those that were set up with a [`Usage`]. It holds what all calls before have put there once what
    /// is submitted after this call is done. When the buffer is resized another one takes its place.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`], [`Error::NoHandle`] and the fatal errors.
    pub fn wgpu_buffer(&self, name: &str) -> Result<wgpu::Buffer, Error> {
        let inner = &self.0;
        self.flush()?;
        let (slot, current, _) = inner.slot(name)?;
        let handle = current.usage.and_then(|_| inner.device().handle(inner.places.of(slot)));
        handle.ok_or_else(|| Error::NoHandle { name: name.into(), is_on_gpu: inner.backend == BackendType::Gpu })
    }

    /// The name, the type and the extents of each buffer that there is now."""),
("use crate::backend::BufferRequest;","use crate::backend::{BackendType, BufferRequest};"))
sub('runtime/src/setup.rs',("""    /// The size of the canvas in pixels.
    pub canvas""","""    /// How others use buffers, or buffers of objects, that they are to have: see [`crate::Session::wgpu_buffer`].
    pub usages: Vec<(String, Usage)>,
    /// The size of the canvas in pixels.
    pub canvas"""),("Screen, UniformValue};","Screen, UniformValue, Usage};"),
("""        let means = |name: &str, buffer: &BufferDescription| {
            let column = artifact::column_path(&buffer.name);
            buffer.name == name
                || column.is_some_and(|path| path.first().is_some_and(|first| first.name == name))
        };
        let unknown = self.resizable.iter().find(|name| !buffers.iter().any(|buffer| means(name, buffer)));
        if let Some(name) = unknown {""","""        let mut named = self.resizable.iter().chain(self.usages.iter().map(|(name, _)| name));
        let unknown = named.find(|name| !buffers.iter().any(|buffer| is_meant(name, buffer)));
        if let Some(name) = unknown {"""),
("|name| means(name, &buffer)","|name| is_meant(name, &buffer)"))
s=open('runtime/src/setup.rs').read()
s+='''
/// Whether a name means a buffer: its own, or that of the objects of which it is a column.
pub(crate) fn is_meant(name: &str, buffer: &BufferDescription) -> bool {
    let column = artifact::column_path(&buffer.name);
    buffer.name == name || column.is_some_and(|path| path.first().is_some_and(|first| first.name == name))
}
'''
open('runtime/src/setup.rs','w').write(s)
sub('runtime/src/session.rs',("        let mut shape = Shape::new(interface, buffers, uniforms);","        let mut shape = Shape::new(interface, buffers, uniforms, &setup.usages);"),
("""    /// Starts what is pending. The device thread starts everything by itself, so this only tells whether it can.
    ///
    /// # Errors
    ///
    /// The fatal errors.
    pub fn flush(&self) -> Result<(), Error> {
        self.0.queue().check()
    }""","""    /// Hands all that is pending to the GPU, and returns when it has it, not when it is done: what a renderer submits to the same device after this sees what all calls
    /// before have put into buffers. Without a renderer nobody needs it, as commands start by themselves. On other backends it only tells whether they can.
    ///
    /// # Errors
    ///
    /// The fatal errors.
    pub fn flush(&self) -> Result<(), Error> {
        if self.0.backend == BackendType::Gpu {
            self.0.queue().flush();
        }
        self.0.queue().check()
    }"""))
sub('runtime/src/error.rs',("    /// A list was replayed after a buffer","""    /// A renderer asked for a buffer that it cannot have.
    #[error("there is no buffer of a GPU for {name:?}: {}", if *.is_on_gpu {
        "say how it is used when the interface is made, by `usage`"
    } else {
        "the interface computes elsewhere; read the buffer"
    })]
    NoHandle {
        /// The buffer.
        name: String,
        /// Whether the interface computes on a GPU.
        is_on_gpu: bool,
    },
    /// A list was replayed after a buffer"""))
sub('runtime/src/queue/mod.rs',("    /// Whether commands are taken.","""    /// Waits until the device has been given all that was enqueued before, not until it is done. In a page it is given here and now.
    pub(crate) fn flush(&self) {
        self.server.flush(&self.shared);
    }

    /// Whether commands are taken."""),("""//! 13. **Stopped runs.**""","""//! 13. **Flushing.** [`Queue::flush`] returns when all commands before it have been submitted: what another program submits to the same device then is
//!     done after them.
//! 14. **Stopped runs.**"""))
sub('runtime/src/native/server.rs',("""    /// Something was taken, or the queue was closed.
    room: Condvar,""","""    /// Something was taken, or the queue was closed.
    room: Condvar,
    /// Everything was submitted, or the queue was closed.
    idle: Condvar,"""),("        self.room.notify_all();\n    }\n}\n\nimpl Served","        self.room.notify_all();\n        self.idle.notify_all();\n    }\n}\n\nimpl Served"),
("            state.attention.is_scheduled = false;\n            return Next::Rest;","            state.attention.is_scheduled = false;\n            self.signals.idle.notify_all();\n            return Next::Rest;"),
("    /// Has the device let go; the queue is closed.","""    /// Waits until all has been submitted that is pending.
    pub(crate) fn flush(&self, shared: &Shared) {
        let mut state = shared.lock();
        // A waker would wait for itself.
        while state.attention.is_scheduled && state.closed.is_none() && !serves_a_queue() {
            state = shared.signals.idle.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Has the device let go; the queue is closed."""))
sub('runtime/src/page/server.rs',("    /// The queue was closed: what is pending","""    /// Submits all that is pending, here and now.
    pub(crate) fn flush(&self, shared: &Shared) {
        while step(shared, &self.0) {}
    }

    /// The queue was closed: what is pending"""))
m='runtime/src/backend/gpu/memory.rs'
sub(m,("    /// How often a buffer has come, gone or changed.\n    changes: u64,\n    /// The slots","    /// How often a buffer has come, gone or changed.\n    changes: u64,\n    handles: Arc<Handles>,\n    /// The slots"),
("""                    let buffer = create_storage(device, &asked.label, asked.bytes);
""","""                    let buffer = create_storage(device, &asked.label, asked.bytes, asked.usage);
                    if asked.usage.is_some() {
                        handles.set(position, Some(buffer.clone()));
                    }
"""),
("        let (starts, size) = packed_places(packed.iter()","        let handles = Arc::<Handles>::default();\n        let (starts, size) = packed_places(packed.iter()"),
("            changes: 0,\n            slots","            changes: 0,\n            handles,\n            slots"),
("let &Allocation { buffer: place, bytes, ref label, .. } = allocation;","let &Allocation { buffer: place, bytes, ref label, usage, .. } = allocation;"),
("create_storage(device, label, bytes));","create_storage(device, label, bytes, usage));"),
("        let count = self.storage.len().max(place + 1);\n","        self.handles.set(place, usage.map(|_| buffer.clone()));\n        let count = self.storage.len().max(place + 1);\n"),
("        self.changes += 1;\n        self.storage[buffer] = None;","        self.changes += 1;\n        self.handles.set(buffer, None);\n        self.storage[buffer] = None;"),
("fn create_storage(device: &wgpu::Device, label: &str, bytes: u64) -> wgpu::Buffer {","fn create_storage(device: &wgpu::Device, label: &str, bytes: u64, usage: Option<Usage>) -> wgpu::Buffer {"),
("usage: wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC | wgpu::BufferUsages::COPY_DST,","usage: usages(usage.unwrap_or_default()),"),
("/// How many bytes the words of 32 bits take","""/// What a buffer is used for, in all.
fn usages(usage: Usage) -> wgpu::BufferUsages {
    let more = [
        (Usage::VERTEX, wgpu::BufferUsages::VERTEX),
        (Usage::INDEX, wgpu::BufferUsages::INDEX),
        (Usage::INDIRECT, wgpu::BufferUsages::INDIRECT),
        (Usage::UNIFORM, wgpu::BufferUsages::UNIFORM),
    ];
    let asked = more.into_iter().filter(|(asked, _)| usage.contains(*asked)).map(|(_, theirs)| theirs);
    let always = wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC | wgpu::BufferUsages::COPY_DST;
    asked.fold(always, |all, usage| all | usage)
}

/// The buffers that others can have, by their places.
#[derive(Default)]
pub(super) struct Handles(Mutex<Vec<Option<wgpu::Buffer>>>);

impl Handles {
    fn set(&self, place: usize, buffer: Option<wgpu::Buffer>) {
        let mut handles = self.lock();
        let count = handles.len().max(place + 1);
        handles.resize(count, None);
        handles[place] = buffer;
    }

    /// The one at a place.
    pub(super) fn get(&self, place: usize) -> Option<wgpu::Buffer> {
        self.lock().get(place).cloned().flatten()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Option<wgpu::Buffer>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many bytes the words of 32 bits take"""),
("    /// The pixels that `update_canvas` shows,","""    /// The buffers that others can have.
    pub(super) fn handles(&self) -> Arc<Handles> {
        self.handles.clone()
    }

    /// The pixels that `update_canvas` shows,"""),
("|&buffer| !request.buffers[buffer].resizable);","|&buffer| {\n        let asked = &request.buffers[buffer];\n        !asked.resizable && asked.usage.is_none()\n    });"),
("    // Those that change their sizes need allocations of their own.","    // Those that change their sizes need allocations of their own, and so do those that others have."),
("use std::time::Duration;\n","use std::sync::{Arc, Mutex, MutexGuard, PoisonError};\nuse std::time::Duration;\n"),
("use crate::backend::{Capabilities, Places};","use crate::Usage;\nuse crate::backend::{Capabilities, Places};"))
s=open(m).read()
if s.count("    use std::sync::Arc;\n")==1 and "mod tests" in s: s=s.replace("    use std::sync::Arc;\n\n","").replace("    use std::sync::Arc;\n","")
open(m,'w').write(s)
sub('runtime/src/backend/gpu/mod.rs',("        shared: shared.clone(),\n","        shared: shared.clone(),\n        handles: memory.handles(),\n"),
("    capabilities: Capabilities,\n    shared: Arc<SharedDevice>,\n","    capabilities: Capabilities,\n    shared: Arc<SharedDevice>,\n    handles: Arc<memory::Handles>,\n"),
("    fn lends(&self, bytes: u64) -> bool {","    fn handle(&self, place: usize) -> Option<wgpu::Buffer> {\n        self.handles.get(place)\n    }\n\n    fn lends(&self, bytes: u64) -> bool {"))
s=open('hpc/src/lib.rs').read(); s=s.replace("UniformValue, wgpu,","UniformValue, Usage, wgpu,"); open('hpc/src/lib.rs','w').write(s)
sub('hpc/src/builder.rs',("    pub(crate) fn with(mut self, buffer: BufferSetup)","""    /// Declares how a renderer on the same device uses a buffer, or the columns of a buffer of objects: then [`GpuInterface::wgpu_buffer`] gives it. Its elements lie there one
    /// behind the other, numbers and integers of 32 bits in 4 bytes, those of `vec3` in 16 and all others packed.
    pub fn usage(mut self, name: impl Into<String>, usage: Usage) -> Self {
        self.setup.usages.push((name.into(), usage));
        self
    }

    pub(crate) fn with(mut self, buffer: BufferSetup)"""),("TunedRuns, UniformValue};","TunedRuns, UniformValue, Usage};"))
sub('hpc/src/interface.rs',("""    /// Starts all pending commands. They start by themselves; this tells at once if they cannot.
""","""    /// Hands all that is pending to the GPU, and returns when it has it, not when it is done: what a renderer submits to the same device after this sees what all calls
    /// before have put into buffers. Nobody else needs it, as commands start by themselves. On other backends it only tells whether they can.
"""),("    /// Resolves when all commands before this call are done.","""    /// The device's buffer of a name, for a renderer on the same device ([`Context::from_wgpu`](crate::Context::from_wgpu)): one that was declared with a
    /// [`usage`](crate::Builder::usage). Flush before what uses it is submitted. When the buffer is resized another one takes its place: ask again.
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::UnknownBuffer`, `NoHandle` and the fatal errors.
    pub fn wgpu_buffer(&self, name: &str) -> Result<wgpu::Buffer, Error> {
        Ok(self.session.wgpu_buffer(name)?)
    }

    /// Resolves when all commands before this call are done."""))
s=open('hpc/src/interface.rs').read()
s=s.replace("Result<wgpu::Buffer, Error>","Result<crate::wgpu::Buffer, Error>"); open('hpc/src/interface.rs','w').write(s)
open('hpc/tests/interop.rs','w').write(r'''//! A kernel moves what a renderer draws: one device, one buffer, no copy.

use std::sync::mpsc;

use hpc::{wgpu, Backend, Context, GpuInterface, RuntimeError, Usage};
use pollster::block_on;

/// The picture's width and height in pixels.
const SIZE: u32 = 64;

const SHADER: &str = "
@vertex fn corner(@location(0) position: vec2f) -> @builtin(position) vec4f { return vec4f(position, 0.0, 1.0); }
@fragment fn color() -> @location(0) vec4f { return vec4f(1.0, 0.5, 0.0, 1.0); }
";

/// A renderer of its own.
struct Renderer {
    device: wgpu::Device,
    queue: wgpu::Queue,
    pipeline: wgpu::RenderPipeline,
    texture: wgpu::Texture,
    picture: wgpu::Buffer,
}

impl Renderer {
    fn new(device: wgpu::Device, queue: wgpu::Queue) -> Self {
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: None,
            source: wgpu::ShaderSource::Wgsl(SHADER.into()),
        });
        let attributes = wgpu::vertex_attr_array![0 => Float32x2];
        let pipeline = device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
            label: None,
            layout: None,
            vertex: wgpu::VertexState {
                module: &module,
                entry_point: Some("corner"),
                compilation_options: Default::default(),
                buffers: &[Some(wgpu::VertexBufferLayout {
                    array_stride: 8,
                    step_mode: wgpu::VertexStepMode::Vertex,
                    attributes: &attributes,
                })],
            },
            fragment: Some(wgpu::FragmentState {
                module: &module,
                entry_point: Some("color"),
                compilation_options: Default::default(),
                targets: &[Some(wgpu::ColorTargetState {
                    format: wgpu::TextureFormat::Rgba8Unorm,
                    blend: None,
                    write_mask: wgpu::ColorWrites::ALL,
                })],
            }),
            primitive: Default::default(),
            depth_stencil: None,
            multisample: Default::default(),
            multiview_mask: None,
            cache: None,
        });
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: None,
            size: wgpu::Extent3d { width: SIZE, height: SIZE, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba8Unorm,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
            view_formats: &[],
        });
        let picture = device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: (SIZE * SIZE * 4).into(),
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        Self { device, queue, pipeline, texture, picture }
    }

    /// Draws triangles; the picture, four bytes a pixel.
    fn draw(&self, corners: &wgpu::Buffer, count: u32) -> Vec<u8> {
        let mut encoder = self.device.create_command_encoder(&Default::default());
        let view = self.texture.create_view(&Default::default());
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: &view,
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations { load: wgpu::LoadOp::Clear(wgpu::Color::BLACK), store: wgpu::StoreOp::Store },
            })],
            ..Default::default()
        });
        pass.set_pipeline(&self.pipeline);
        pass.set_vertex_buffer(0, corners.slice(..));
        pass.draw(0..count, 0..1);
        drop(pass);
        let layout = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(SIZE * 4), rows_per_image: None };
        encoder.copy_texture_to_buffer(
            self.texture.as_image_copy(),
            wgpu::TexelCopyBufferInfo { buffer: &self.picture, layout },
            self.texture.size(),
        );
        self.queue.submit([encoder.finish()]);
        let (tell, mapped) = mpsc::channel();
        self.picture.map_async(wgpu::MapMode::Read, .., move |result| drop(tell.send(result)));
        self.device.poll(wgpu::PollType::wait_indefinitely()).unwrap();
        mapped.recv().unwrap().unwrap();
        let pixels = self.picture.get_mapped_range(..).unwrap().to_vec();
        self.picture.unmap();
        pixels
    }
}

/// Which pixels must be drawn: those left of a line, with a pixel on either side left out.
fn check(pixels: &[u8], edge: f32) {
    for (place, pixel) in pixels.chunks(4).enumerate() {
        let x = (place as u32 % SIZE) as f32 + 0.5;
        if (x - edge).abs() > 1.0 {
            let expected = if x < edge { [255, 128, 0, 255] } else { [0, 0, 0, 255] };
            assert_eq!(pixel, expected, "pixel {place}, edge {edge}");
        }
    }
}

fn is_wanted(backend: &str) -> bool {
    std::env::var("HPC_BACKEND").map_or(true, |wanted| wanted == backend)
}

#[test]
fn a_renderer_draws_what_a_kernel_has_moved() {
    if !is_wanted("gpu") {
        return;
    }
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let adapter = block_on(instance.request_adapter(&Default::default())).unwrap();
    let (device, queue) = block_on(adapter.request_device(&Default::default())).unwrap();
    let context = Context::from_wgpu(&adapter, device.clone(), queue.clone()).unwrap();
    let renderer = Renderer::new(device, queue);
    let builder = GpuInterface::builder()
        .zeros::<[f32; 2]>("corners", 3)
        .usage("corners", Usage::VERTEX)
        .zeros::<f32>("hidden", 3)
        .resizable("corners")
        .uniform("edge", 0.0)
        .context(&context);
    let gpu = block_on(builder.build().unwrap().initialize()).unwrap();
    assert_eq!(gpu.backend_type(), Backend::Gpu);
    // Two triangles that fill the left of the picture.
    let place = block_on(gpu.create_kernel(
        "({ threadId, buffers: { corners }, uniforms: { edge } }) => {
            const i = threadId.x % 6;
            const isRight = i === 1 || i === 4 || i === 5;
            const isTop = i === 2 || i === 3 || i === 5;
            corners[threadId.x] = vec2(isRight ? edge / 32 - 1 : -1, isTop ? 1 : -1);
        }",
    ))
    .unwrap();
    gpu.resize_buffer("corners", 6).unwrap();
    let corners = gpu.wgpu_buffer("corners").unwrap();
    for edge in [16.0, 40.0, 0.0, 63.0] {
        gpu.set_uniforms([("edge", edge)]).unwrap();
        // Many runs, of which the last counts.
        for _ in 0..100 {
            place.run(6).unwrap();
        }
        gpu.flush().unwrap();
        check(&renderer.draw(&corners, 6), edge as f32);
    }
    let error = gpu.wgpu_buffer("hidden").unwrap_err().to_string();
    assert!(error.contains("say how it is used when the interface is made"), "{error}");
    assert!(gpu.wgpu_buffer("none").is_err());
}

#[test]
fn elsewhere_there_is_no_buffer_to_have() {
    let builder = GpuInterface::builder().zeros::<f32>("a", 3).usage("a", Usage::VERTEX | Usage::INDEX);
    let gpu = block_on(builder.backend(Backend::Cpu).build().unwrap().initialize()).unwrap();
    assert!(gpu.flush().is_ok());
    let error = gpu.wgpu_buffer("a").unwrap_err();
    assert_eq!(error, RuntimeError::NoHandle { name: "a".into(), is_on_gpu: false }.into());
    let unknown = GpuInterface::builder().usage("b", Usage::VERTEX).build().unwrap_err().to_string();
    assert!(unknown.contains("there is no buffer \"b\""), "{unknown}");
}
''')
