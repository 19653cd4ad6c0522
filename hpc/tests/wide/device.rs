//! A device that runs one function of a library at a time.

use wgpu::{
    Backends, BindGroupDescriptor, BindGroupEntry, Buffer, BufferDescriptor, BufferUsages, ComputePipeline,
    ComputePipelineDescriptor, DeviceDescriptor, Features, Instance, InstanceDescriptor, MapMode, PollType,
    Queue, ShaderModuleDescriptor, ShaderSource,
};

use super::functions::{Function, Kind};
use super::oracle;

/// How many pairs are computed at once.
const LARGEST_DISPATCH: usize = 1 << 20;

/// How doubles are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Library {
    Software,
    Native,
}

impl Library {
    /// The library's text, and that of functions of both.
    fn text(self) -> String {
        let (alias, own) = match self {
            Self::Software => ("vec2u", include_str!("../../../compiler/src/emit_wgsl/wide_software.wgsl")),
            Self::Native => (
                "f64",
                concat!(
                    include_str!("../../../compiler/src/emit_wgsl/wide_native.wgsl"),
                    "\n",
                    include_str!("../../../compiler/src/emit_wgsl/wide_whole.wgsl"),
                ),
            ),
        };
        let shared = include_str!("../../../compiler/src/emit_wgsl/wide_parts.wgsl");
        let polyfills = include_str!("../../../compiler/src/emit_wgsl/polyfills.wgsl");
        format!("alias hpc__wide = {alias};\n{polyfills}\n{shared}\n{own}")
    }

    /// A double as the shader takes it: software has codes, which this computes anew from their definition.
    fn encode(self, bits: u64) -> u64 {
        let value = f64::from_bits(bits);
        if self == Self::Native {
            return bits;
        }
        let integer = value as i64;
        let small = (-0x7ffff..=0x7ffff).contains(&(integer >> 32)) && (integer as f64).to_bits() == bits;
        if small { integer as u64 } else { oracle::bits(value).wrapping_add(0x80000 << 32) }
    }

    /// The double that a shader gave, nothing if a code is not the one of a double.
    fn decode(self, word: u64) -> Option<u64> {
        if self == Self::Native {
            return Some(word);
        }
        let integer = word as i64;
        let small = (-0x7ffff..=0x7ffff).contains(&(integer >> 32));
        let bits = if small { (integer as f64).to_bits() } else { word.wrapping_sub(0x80000 << 32) };
        (self.encode(bits) == word).then_some(bits)
    }
}

/// An open device.
pub(super) struct Device {
    pub(super) name: String,
    /// Whether it has doubles and 64-bit integers.
    pub(super) has_doubles: bool,
    device: wgpu::Device,
    queue: Queue,
}

impl Device {
    /// The one that the environment picks.
    pub(super) fn open() -> Self {
        let mut descriptor = InstanceDescriptor::new_without_display_handle();
        descriptor.backends = Backends::VULKAN;
        let instance = Instance::new(descriptor);
        let adapter = pollster::block_on(instance.request_adapter(&Default::default()))
            .expect("this test needs a GPU adapter, or HPC_BACKEND=noop");
        let doubles = Features::SHADER_F64 | Features::SHADER_INT64;
        let has_doubles = adapter.features().contains(doubles);
        let (device, queue) = pollster::block_on(adapter.request_device(&DeviceDescriptor {
            required_features: if has_doubles { doubles } else { Features::empty() },
            required_limits: adapter.limits(),
            ..Default::default()
        }))
        .expect("the adapter has a device");
        Self { name: adapter.get_info().name, has_doubles, device, queue }
    }

    /// What the function gives for each pair.
    pub(super) fn run(&self, library: Library, function: &Function, operands: &[[u64; 2]]) -> Vec<u64> {
        let column = |place: usize| -> Vec<u64> {
            let is_wide = function.parameters.get(place) == Some(&Kind::Wide);
            operands
                .iter()
                .map(|pair| if is_wide { library.encode(pair[place]) } else { pair[place] })
                .collect()
        };
        let pipeline = self.pipeline(&shader(library, function));
        let (first, second) = (column(0), column(1));
        let parts = first.chunks(LARGEST_DISPATCH).zip(second.chunks(LARGEST_DISPATCH));
        let words = parts.flat_map(|(first, second)| self.dispatch(&pipeline, first, second));
        let decode = |word| match function.result {
            // What is no code of a double is no result that is expected.
            Kind::Wide => library.decode(word).unwrap_or(u64::MAX),
            Kind::F32 => oracle::single_bits(f32::from_bits(word as u32)),
            _ => word,
        };
        words.map(decode).collect()
    }

    fn pipeline(&self, shader: &str) -> ComputePipeline {
        let module = self.device.create_shader_module(ShaderModuleDescriptor {
            label: None,
            source: ShaderSource::Wgsl(shader.into()),
        });
        self.device.create_compute_pipeline(&ComputePipelineDescriptor {
            label: None,
            layout: None,
            module: &module,
            entry_point: Some("main"),
            compilation_options: Default::default(),
            cache: None,
        })
    }

    fn dispatch(&self, pipeline: &ComputePipeline, first: &[u64], second: &[u64]) -> Vec<u64> {
        let size = 8 * first.len() as u64;
        let params = self.filled(BufferUsages::UNIFORM, &[first.len() as u64, 0, 0, 0]);
        let inputs = [first, second].map(|words| self.filled(BufferUsages::STORAGE, words));
        let results = self.buffer(size, BufferUsages::STORAGE | BufferUsages::COPY_SRC);
        let read = self.buffer(size, BufferUsages::MAP_READ | BufferUsages::COPY_DST);
        let buffers = [&params, &inputs[0], &inputs[1], &results];
        let entries: Vec<BindGroupEntry<'_>> = (0..)
            .zip(buffers)
            .map(|(binding, buffer)| BindGroupEntry { binding, resource: buffer.as_entire_binding() })
            .collect();
        let layout = &pipeline.get_bind_group_layout(0);
        let group =
            self.device.create_bind_group(&BindGroupDescriptor { label: None, layout, entries: &entries });
        let mut encoder = self.device.create_command_encoder(&Default::default());
        let mut pass = encoder.begin_compute_pass(&Default::default());
        pass.set_pipeline(pipeline);
        pass.set_bind_group(0, &group, &[]);
        pass.dispatch_workgroups(first.len().div_ceil(64) as u32, 1, 1);
        drop(pass);
        encoder.copy_buffer_to_buffer(&results, 0, &read, 0, size);
        self.queue.submit([encoder.finish()]);
        self.read(&read)
    }

    fn filled(&self, usage: BufferUsages, words: &[u64]) -> Buffer {
        let buffer = self.buffer(8 * words.len() as u64, usage | BufferUsages::COPY_DST);
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        self.queue.write_buffer(&buffer, 0, &bytes);
        buffer
    }

    fn buffer(&self, size: u64, usage: BufferUsages) -> Buffer {
        self.device.create_buffer(&BufferDescriptor { label: None, size, usage, mapped_at_creation: false })
    }

    fn read(&self, buffer: &Buffer) -> Vec<u64> {
        let slice = buffer.slice(..);
        slice.map_async(MapMode::Read, |result| result.expect("the results can be read"));
        self.device.poll(PollType::wait_indefinitely()).expect("the device is there");
        let bytes = slice.get_mapped_range().expect("they are mapped");
        bytes.chunks_exact(8).map(|word| u64::from_le_bytes(word.try_into().expect("eight bytes"))).collect()
    }
}

/// A kernel that calls the function for each pair.
fn shader(library: Library, function: &Function) -> String {
    let operands: String = function
        .parameters
        .iter()
        .zip([("a", "first[i]"), ("b", "second[i]")])
        .map(|(kind, (name, word))| match kind {
            Kind::Wide if library == Library::Native => format!("let {name} = hpc__wide_of_bits({word});"),
            Kind::Wide | Kind::Bits => format!("let {name} = {word};"),
            Kind::F32 => format!("let {name} = bitcast<f32>({word}.x);"),
            Kind::I32 => format!("let {name} = i32({word}.x);"),
            Kind::U32 | Kind::Bool => format!("let {name} = {word}.x;"),
        })
        .collect();
    let call = function.call();
    let result = match function.result {
        Kind::Wide if library == Library::Native => format!("hpc__wide_bits({call})"),
        Kind::Wide | Kind::Bits => call,
        Kind::F32 => format!("vec2u(bitcast<u32>({call}), 0u)"),
        Kind::I32 | Kind::U32 | Kind::Bool => format!("vec2u(u32({call}), 0u)"),
    };
    format!(
        "{}
        struct Params {{ hpc__extents: vec3i, hpc__key_0: u32, hpc__base: vec3i, hpc__key_1: u32 }}
        var<private> hpc__thread_id: vec3i;
        var<private> hpc__random_calls: u32;
        var<private> hpc__varying_zero: u32;
        @group(0) @binding(0) var<uniform> hpc__params: Params;
        @group(0) @binding(1) var<storage, read> first: array<vec2u>;
        @group(0) @binding(2) var<storage, read> second: array<vec2u>;
        @group(0) @binding(3) var<storage, read_write> results: array<vec2u>;
        @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {{
            let i = id.x;
            if i >= u32(hpc__params.hpc__extents.x) {{ return; }}
            _ = second[i].x;
            {operands}
            results[i] = {result};
        }}",
        library.text()
    )
}
