//! The presented picture on a page's canvas.

use artifact::CanvasSize;

use super::adapter::INSTANCE;
use super::scoped;
use crate::{Error, Screen};

/// Draws the presented picture.
pub(super) struct Presenter {
    screen: Screen,
    surface: wgpu::Surface<'static>,
    configuration: wgpu::SurfaceConfiguration,
    pipeline: wgpu::RenderPipeline,
    bind_group: wgpu::BindGroup,
}

impl Presenter {
    /// Takes hold of the screen for good; `presented` holds a picture of this size.
    pub(super) async fn new(
        adapter: &wgpu::Adapter,
        device: &wgpu::Device,
        presented: Option<&wgpu::Buffer>,
        screen: Screen,
        size: CanvasSize,
    ) -> Result<Self, Error> {
        let presented = presented.ok_or(Error::NoCanvas)?;
        let taken = |error: wgpu::CreateSurfaceError| Error::ScreenTaken { reason: error.to_string() };
        let surface = INSTANCE.create_surface(screen.target()).map_err(taken)?;
        let mut configuration = surface
            .get_default_config(adapter, size.width, size.height)
            .ok_or_else(|| Error::ScreenTaken { reason: "the adapter cannot draw on it".into() })?;
        configuration.alpha_mode = wgpu::CompositeAlphaMode::Opaque;
        let (pipeline, bind_group) = scoped(device, "what draws on the canvas", || {
            surface.configure(device, &configuration);
            let pipeline = create_pipeline(device, configuration.format, size.width);
            let bind_group = bind(device, &pipeline, presented);
            (pipeline, bind_group)
        })
        .await?;
        Ok(Self { screen, surface, configuration, pipeline, bind_group })
    }

    /// Draws the picture as it is at this place of the submission; it is to be presented after that.
    pub(super) fn draw(
        &self,
        device: &wgpu::Device,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<wgpu::SurfaceTexture, Error> {
        let shown = self.texture(device)?;
        let view = shown.texture.create_view(&wgpu::TextureViewDescriptor::default());
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("canvas"),
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
        pass.set_bind_group(0, &self.bind_group, &[]);
        pass.draw(0..3, 0..1);
        drop(pass);
        Ok(shown)
    }

    /// What is shown next. The size is the interface's: a page that has changed it gets it back, as it does the configuration.
    fn texture(&self, device: &wgpu::Device) -> Result<wgpu::SurfaceTexture, Error> {
        if self.screen.size() != [self.configuration.width, self.configuration.height] {
            self.surface.configure(device, &self.configuration);
        }
        if let Some(texture) = self.current_texture() {
            return Ok(texture);
        }
        self.surface.configure(device, &self.configuration);
        let lost = || Error::ScreenTaken { reason: "it gives nothing to draw on any more".into() };
        self.current_texture().ok_or_else(lost)
    }

    fn current_texture(&self) -> Option<wgpu::SurfaceTexture> {
        use wgpu::CurrentSurfaceTexture::{Suboptimal, Success};
        match self.surface.get_current_texture() {
            Success(texture) | Suboptimal(texture) => Some(texture),
            _ => None,
        }
    }
}

fn create_pipeline(device: &wgpu::Device, format: wgpu::TextureFormat, width: u32) -> wgpu::RenderPipeline {
    let module = device.create_shader_module(wgpu::include_wgsl!("present.wgsl"));
    let constants = [("width", f64::from(width))];
    let compilation_options =
        wgpu::PipelineCompilationOptions { constants: &constants, zero_initialize_workgroup_memory: true };
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some("canvas"),
        layout: None,
        vertex: wgpu::VertexState {
            module: &module,
            entry_point: Some("cover"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            buffers: &[],
        },
        primitive: wgpu::PrimitiveState::default(),
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module: &module,
            entry_point: Some("color"),
            compilation_options,
            targets: &[Some(format.into())],
        }),
        multiview_mask: None,
        cache: None,
    })
}

fn bind(device: &wgpu::Device, pipeline: &wgpu::RenderPipeline, presented: &wgpu::Buffer) -> wgpu::BindGroup {
    device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("canvas"),
        layout: &pipeline.get_bind_group_layout(0),
        entries: &[wgpu::BindGroupEntry { binding: 0, resource: presented.as_entire_binding() }],
    })
}
