//! The kernel that the README shows compiles and paints. Its Rust program is a documentation test of the crate.

use hpc::GpuInterface;

#[test]
fn the_kernel_of_the_readme_paints() {
    let readme = include_str!("../../README.md");
    let (_, rest) = readme.split_once("```js\n").expect("the README shows a kernel");
    let (kernel, _) = rest.split_once("```").expect("the kernel ends");
    let image = pollster::block_on(async {
        let interface = GpuInterface::builder().canvas(64, 36).uniform("c", [-0.8, 0.156]);
        let gpu = interface.build()?.initialize().await?;
        gpu.create_kernel(kernel).await?.run([64, 36])?;
        gpu.update_canvas()?;
        gpu.canvas()?.await
    });
    let image = image.unwrap_or_else(|error: hpc::Error| panic!("{error}"));
    // The corner leaves the circle in a few rounds, the centre stays for long.
    assert!(image.pixel(0, 0).is_some_and(|[red, ..]| red < 10));
    assert!(image.pixel(32, 18).is_some_and(|[red, ..]| red > 50));
}
