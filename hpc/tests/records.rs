//! Structs as objects in buffers.

use hpc::{Backend, GpuInterface, Record, RuntimeError};

#[derive(Clone, Debug, Default, PartialEq, Record)]
struct Body {
    mass: f64,
    r#type: u8,
}

#[derive(Clone, Debug, Default, PartialEq, Record)]
struct Particle {
    position: [f32; 3],
    alive: bool,
    body: Body,
    #[hpc(array)]
    trail: [[f32; 2]; 2],
}

fn particle(index: u8) -> Particle {
    let at = f32::from(index);
    Particle {
        position: [at, 2.0 * at, 3.0],
        alive: index.is_multiple_of(2),
        body: Body { mass: 0.1 * f64::from(index), r#type: index },
        trail: [[at, 0.5], [-at, 4.0]],
    }
}

fn particles() -> Vec<Particle> {
    (0..6).map(particle).collect()
}

#[test]
fn what_is_written_is_read() {
    pollster::block_on(async {
        let builder = GpuInterface::builder().records("p", [2, 3], &particles()).zero_records::<Body>("q", 2);
        let gpu = builder.build().unwrap().initialize().await.unwrap();
        assert_eq!(gpu.read_records::<Particle>("p").await.unwrap(), particles());
        assert_eq!(gpu.read_records::<Body>("q").await.unwrap(), [Body::default(), Body::default()]);
        gpu.write_records("q", &[particle(3).body, particle(4).body]).unwrap();
        assert_eq!(gpu.read_buffer::<u8>("q[].type").await.unwrap(), [3, 4]);
        let wrong = gpu.read_records::<Body>("none").await.unwrap_err();
        assert!(matches!(wrong, hpc::Error::Runtime(RuntimeError::UnknownBuffer { .. })), "{wrong}");
        assert!(gpu.write_records("q", &[Body::default()]).is_err());
        assert!(gpu.read_records::<Particle>("q").await.is_err());
    });
}

#[test]
fn kernels_see_the_fields() {
    pollster::block_on(async {
        let builder = GpuInterface::builder().records("p", 6, &particles());
        let gpu = builder.build().unwrap().initialize().await.unwrap();
        let kernel = gpu
            .create_kernel(
                "({ buffers: { p }, threadId: { x } }) => {
                    const mine = p[x];
                    if (mine.alive) {
                        p[x].position.y += mine.body.mass * 10;
                        p[x].trail[1] = mine.trail[0];
                    }
                    p[x].body.type = x + 254;
                }",
            )
            .await
            .unwrap();
        kernel.run(6).unwrap();
        let mut expected = particles();
        for (index, particle) in expected.iter_mut().enumerate() {
            if particle.alive {
                particle.position[1] = (f64::from(particle.position[1]) + particle.body.mass * 10.0) as f32;
                particle.trail[1] = particle.trail[0];
            }
            particle.body.r#type = (index + 254) as u8;
        }
        if gpu.backend_type() != Backend::Noop {
            assert_eq!(gpu.read_records::<Particle>("p").await.unwrap(), expected);
        }
    });
}
