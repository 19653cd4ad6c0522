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
const PLACES: u16 = 60;
const STEPS_PER_PLACE: u32 = 8;

const HEAT: f32 = 1.0;
const COOL: f32 = 2.0;

/// The way of the mouse, with a button pressed: where it is at a time from 0 to 1.
struct Stroke {
    button: f32,
    radius: f32,
    way: fn(f32) -> [f32; 2],
}

const STROKES: [Stroke; 5] = [
    Stroke { button: HEAT, radius: 34.0, way: |t| [70.0 + 760.0 * t, 250.0 + 150.0 * (TAU * t).sin()] },
    Stroke { button: HEAT, radius: 26.0, way: |t| ring(t, 225.0, 90.0) },
    Stroke { button: COOL, radius: 12.0, way: |t| [70.0 + 760.0 * t, 250.0 + 150.0 * (TAU * t).sin()] },
    Stroke { button: HEAT, radius: 16.0, way: |t| [60.0 + 780.0 * t, 250.0 - 150.0 * (TAU * t).sin()] },
    Stroke { button: COOL, radius: 10.0, way: |t| ring(t, 100.0, 40.0) },
];

fn ring(t: f32, width: f32, height: f32) -> [f32; 2] {
    [450.0 + width * (TAU * t).cos(), 250.0 + height * (TAU * t).sin()]
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
