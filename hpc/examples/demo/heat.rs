//! Draws with heat and cold on a plate, on which they spread all the time.

use std::f32::consts::TAU;
use std::time::Instant;

use hpc::{Error, GpuInterface, Kernel, UniformValue};

use crate::Outcome;
use crate::program::{compile, finish};

const PROGRAM: &str = include_str!("../../../examples/js/heat.js");
const WIDTH: u32 = 900;
const HEIGHT: u32 = 500;
/// At how many places the mouse is seen on a stroke.
const PLACES: u16 = 50;
const STEPS_PER_PLACE: u32 = 2;

const HEAT: f32 = 1.0;
const COOL: f32 = 2.0;

/// The way of the mouse, with a button pressed: where it is at a time from 0 to 1.
struct Stroke {
    button: f32,
    radius: f32,
    way: fn(f32) -> [f32; 2],
}

/// The letters H, P and C in heat, and a wave of cold through them.
const STROKES: [Stroke; 7] = [
    heat(|t| [150.0, 95.0 + 310.0 * t]),
    heat(|t| [150.0 + 150.0 * t, 250.0]),
    heat(|t| [300.0, 95.0 + 310.0 * t]),
    heat(|t| [400.0, 405.0 - 310.0 * t]),
    heat(|t| arc([420.0, 180.0], [110.0, 85.0], 0.5 * t - 0.25)),
    heat(|t| arc([720.0, 250.0], [105.0, 155.0], -0.14 - 0.72 * t)),
    Stroke { button: COOL, radius: 14.0, way: |t| [50.0 + 800.0 * t, 310.0 + 45.0 * (2.0 * TAU * t).sin()] },
];

const fn heat(way: fn(f32) -> [f32; 2]) -> Stroke {
    Stroke { button: HEAT, radius: 28.0, way }
}

/// The place on an ellipse after so many turns, clockwise from the right.
fn arc(center: [f32; 2], radii: [f32; 2], turns: f32) -> [f32; 2] {
    let (sin, cos) = (TAU * turns).sin_cos();
    [center[0] + radii[0] * cos, center[1] + radii[1] * sin]
}

pub(crate) async fn run() -> Result<Outcome, Error> {
    let interface = GpuInterface::builder().canvas(WIDTH, HEIGHT);
    let interface = interface.zeros::<f32>("heat", [WIDTH, HEIGHT]).zeros::<f32>("heatcopy", [WIDTH, HEIGHT]);
    let interface = interface.uniform("mouse", [0.0, 0.0]).uniform("button", 0.0).uniform("radius", 0.0);
    let gpu = interface.build()?.initialize().await?;
    let ([diffuse, draw], compile) = compile(&gpu, PROGRAM, ["diffuse", "draw"]).await?;

    let start = Instant::now();
    for stroke in &STROKES {
        follow(stroke, &gpu, &diffuse)?;
    }
    draw.run([WIDTH, HEIGHT])?;
    let (result, run) = finish(&gpu, start).await?;

    let steps = STROKES.len() as u32 * u32::from(PLACES) * STEPS_PER_PLACE;
    Ok(Outcome { compile, run, work: (f64::from(steps * WIDTH) * f64::from(HEIGHT), "cells"), result })
}

fn follow(stroke: &Stroke, gpu: &GpuInterface, diffuse: &Kernel) -> Result<(), Error> {
    for place in 0..PLACES {
        let mouse = (stroke.way)(f32::from(place) / f32::from(PLACES - 1));
        gpu.set_uniforms([
            ("mouse", UniformValue::from(mouse)),
            ("button", stroke.button.into()),
            ("radius", stroke.radius.into()),
        ])?;
        for _ in 0..STEPS_PER_PLACE {
            diffuse.run([WIDTH, HEIGHT])?;
            gpu.copy_buffer("heatcopy", "heat")?;
        }
    }
    Ok(())
}
