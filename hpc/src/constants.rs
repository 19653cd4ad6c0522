//! Constants that are handed to kernels.

use std::fmt::Write;

use crate::{Error, GpuInterface, Kernel, UniformValue};

/// What kernels see of the program around them, under names: numbers, booleans, vectors, and tables of such. They are compiled into the
/// kernel, so that they can be sizes of arrays and bounds of loops; what changes from run to run is a uniform.
///
/// ```
/// # use hpc::{Constants, GpuInterface};
/// # fn main() -> Result<(), hpc::Error> {
/// # pollster::block_on(async {
/// let constants = Constants::new().with("N", 3).with("weights", vec![0.25, 0.5, 0.25]);
/// let gpu = GpuInterface::builder().zeros::<f32>("a", 4).build()?.initialize().await?;
/// let kernel = gpu
///     .create_kernel_with(
///         "inputs => {
///             let sum = 0;
///             for (let k = 0; k < N; k++) { sum += weights[k] * k; }
///             inputs.buffers.a[inputs.threadId.x] = sum;
///         }",
///         &constants,
///     )
///     .await?;
/// kernel.run(4)?;
/// # if gpu.backend_type() != hpc::Backend::Noop {
/// assert_eq!(gpu.read_buffer::<f32>("a").await?, [1.0; 4]);
/// # }
/// # Ok(())
/// # })
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constants {
    /// The declarations, as JavaScript.
    text: String,
}

impl Constants {
    /// An empty set of constants.
    pub fn new() -> Self {
        Self::default()
    }

    /// These and one more. A name or a value that kernels cannot have is told where a kernel is made.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Constant>) -> Self {
        let Constant { text } = value.into();
        // A string takes all that is written to it.
        let _ = writeln!(self.text, "const {name} = {text};");
        self
    }

    /// A kernel's text with the constants behind it: what else takes texts of kernels takes this.
    pub fn behind(&self, source: &str) -> String {
        if self.text.is_empty() {
            source.to_owned()
        } else {
            format!("{source}\n//# constants\n{}", self.text)
        }
    }
}

/// The value of a constant: what `From` makes of numbers, booleans and vectors, and of slices and `Vec`s of such, which are tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    /// The value as a kernel would write it.
    text: String,
}

impl GpuInterface {
    /// Compiles a kernel as [`GpuInterface::create_kernel`] does, which sees `constants`.
    ///
    /// # Errors
    ///
    /// Those of [`GpuInterface::create_kernel`].
    pub async fn create_kernel_with(&self, source: &str, constants: &Constants) -> Result<Kernel, Error> {
        self.create_kernel(&constants.behind(source)).await
    }
}

/// A value as kernels write it.
fn text_of(value: UniformValue) -> String {
    use UniformValue as V;
    match value {
        V::Number(number) => number_text(number),
        V::Boolean(value) => value.to_string(),
        V::Vec2(parts) => vector_text("vec2", &parts),
        V::Vec3(parts) => vector_text("vec3", &parts),
        V::Vec4(parts) => vector_text("vec4", &parts),
        V::Vec2i(parts) => vector_text("vec2i", &parts),
        V::Vec3i(parts) => vector_text("vec3i", &parts),
        V::Vec4i(parts) => vector_text("vec4i", &parts),
        V::Vec2u(parts) => vector_text("vec2u", &parts),
        V::Vec3u(parts) => vector_text("vec3u", &parts),
        V::Vec4u(parts) => vector_text("vec4u", &parts),
        V::Numbers(numbers) | V::Array(_, numbers) => {
            table_text(numbers.iter().map(|&number| number_text(number)))
        }
    }
}

fn number_text(number: f64) -> String {
    match number {
        f64::INFINITY => "Infinity".to_owned(),
        f64::NEG_INFINITY => "-Infinity".to_owned(),
        number => format!("{number:?}"),
    }
}

fn vector_text<T: Copy + Into<f64>>(name: &str, parts: &[T]) -> String {
    let parts: Vec<String> = parts.iter().map(|&part| number_text(part.into())).collect();
    format!("{name}({})", parts.join(", "))
}

fn table_text(elements: impl Iterator<Item = String>) -> String {
    format!("array([{}])", elements.collect::<Vec<_>>().join(", "))
}

macro_rules! constants {
    ($($type:ty),*) => {
        $(
            impl From<$type> for Constant {
                fn from(value: $type) -> Self {
                    Self { text: text_of(value.into()) }
                }
            }
            impl From<&[$type]> for Constant {
                fn from(elements: &[$type]) -> Self {
                    Self { text: table_text(elements.iter().map(|&element| text_of(element.into()))) }
                }
            }
            impl From<Vec<$type>> for Constant {
                fn from(elements: Vec<$type>) -> Self {
                    elements[..].into()
                }
            }
        )*
    };
}

constants!(f64, f32, i32, u32, bool);
constants!([f64; 2], [f64; 3], [f64; 4], [f32; 2], [f32; 3], [f32; 4]);
constants!([i32; 2], [i32; 3], [i32; 4], [u32; 2], [u32; 3], [u32; 4]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_kernels_write_them() {
        let constants = Constants::new()
            .with("a", 16)
            .with("b", [1.0_f32, -0.0])
            .with("c", vec![true, false])
            .with("d", vec![[1_u32, 2, 3]])
            .with("e", vec![f64::NEG_INFINITY, f64::NAN, 1e300, 5e-324]);
        assert_eq!(
            constants.behind("inputs => {}"),
            "inputs => {}\n//# constants\nconst a = 16.0;\nconst b = vec2(1.0, -0.0);\nconst c = array([true, false]);\n\
             const d = array([vec3u(1.0, 2.0, 3.0)]);\nconst e = array([-Infinity, NaN, 1e300, 5e-324]);\n"
        );
    }
}
