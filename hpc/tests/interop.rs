//! A kernel moves what a renderer draws: one device, one buffer, no copy.

use std::sync::mpsc;

use hpc::wgpu::BufferUsages;
use hpc::{Backend, Context, GpuInterface, RuntimeError, wgpu};
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
            usage: BufferUsages::COPY_DST | BufferUsages::MAP_READ,
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
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Clear(wgpu::Color::BLACK),
                    store: wgpu::StoreOp::Store,
                },
            })],
            ..Default::default()
        });
        pass.set_pipeline(&self.pipeline);
        pass.set_vertex_buffer(0, corners.slice(..));
        pass.draw(0..count, 0..1);
        drop(pass);
        let layout =
            wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(SIZE * 4), rows_per_image: None };
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
    let (device, queue, context) = own_device();
    let renderer = Renderer::new(device, queue);
    let builder = GpuInterface::builder()
        .zeros::<[f32; 2]>("corners", 3)
        .usage("corners", BufferUsages::VERTEX)
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
    assert!(error.contains("say how they use it where it is declared"), "{error}");
    assert!(gpu.wgpu_buffer("none").is_err());
}

/// A device of the program's own, and a context on it.
fn own_device() -> (wgpu::Device, wgpu::Queue, Context) {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let adapter = block_on(instance.request_adapter(&Default::default())).unwrap();
    let (device, queue) = block_on(adapter.request_device(&Default::default())).unwrap();
    let context = Context::from_wgpu(&adapter, device.clone(), queue.clone()).unwrap();
    (device, queue, context)
}

#[test]
fn a_buffer_of_the_program_is_computed_in_and_stays() {
    if !is_wanted("gpu") {
        return;
    }
    let (device, queue, context) = own_device();
    let kept = BufferUsages::STORAGE | BufferUsages::COPY_SRC | BufferUsages::COPY_DST;
    let make = |device: &wgpu::Device, size, usage| {
        device.create_buffer(&wgpu::BufferDescriptor { label: None, size, usage, mapped_at_creation: false })
    };
    let open = |given: &wgpu::Buffer| {
        let builder = GpuInterface::builder().zeros::<f32>("a", 4).given("a", given.clone());
        block_on(builder.context(&context).build().unwrap().initialize())
    };
    let own = make(&device, 64, kept);
    queue.write_buffer(&own, 0, &[1.0_f32, 2.0, 3.0, 4.0].map(f32::to_le_bytes).concat());
    let first = open(&own).unwrap();
    block_on(first.create_kernel("inputs => { inputs.buffers.a[inputs.threadId.x] *= 2; }"))
        .unwrap()
        .run(4)
        .unwrap();
    assert_eq!(first.wgpu_buffer("a").unwrap(), own);
    drop(first);
    // It keeps what it holds.
    assert_eq!(block_on(open(&own).unwrap().read_buffer::<f32>("a")).unwrap(), [2.0, 4.0, 6.0, 8.0]);
    let gone = make(&device, 16, kept);
    gone.destroy();
    for (given, expected) in [
        (make(&device, 12, kept), "it has 12 bytes, and 16 are needed"),
        (
            make(&device, 16, BufferUsages::STORAGE),
            "make it with the usages BufferUsages(COPY_SRC | COPY_DST), too",
        ),
        (gone, "it is of another device than the interface, mapped, or destroyed"),
    ] {
        let error = open(&given).unwrap_err().to_string();
        assert_eq!(error, format!("the buffer \"a\" cannot be shared like this: {expected}"));
    }
    // Nobody else has a loss of it.
    assert!(open(&own).is_ok());
}

#[test]
fn what_cannot_be_shared_is_refused_before_there_is_a_device() {
    let builder = || GpuInterface::builder().zeros::<f32>("a", 3);
    let mapped = builder().usage("a", BufferUsages::MAP_READ).build().unwrap_err().to_string();
    assert!(mapped.ends_with("so leave out MAP_READ and MAP_WRITE"), "{mapped}");
    let unknown = builder().usage("b", BufferUsages::VERTEX).build().unwrap_err().to_string();
    assert!(unknown.contains("there is no buffer \"b\""), "{unknown}");
}

#[test]
fn elsewhere_there_is_no_buffer_to_have() {
    let builder =
        GpuInterface::builder().zeros::<f32>("a", 3).usage("a", BufferUsages::VERTEX | BufferUsages::INDEX);
    let gpu = block_on(builder.backend(Backend::Cpu).build().unwrap().initialize()).unwrap();
    assert!(gpu.flush().is_ok());
    let error = gpu.wgpu_buffer("a").unwrap_err();
    assert_eq!(error, RuntimeError::NoHandle { name: "a".into(), is_on_gpu: false }.into());
}
