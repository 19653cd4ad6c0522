//! Kernels as they were written and as a rank runs them.

use artifact::{BufferDescription, ElementType, Interface, UniformDescription, UniformType};

use super::{Shares, Split, SplitAxis, Start, split};
use crate::diagnostics::render;
use crate::ir::print;
use crate::pipeline::front_end;

/// A field of 64 x 48 with a halo of one, split along both dimensions into parts of 16 x 24, and a sum that each rank has.
fn interfaces(periodic: bool, start: Start) -> (Interface, Split) {
    let buffer = |name: &str, size: &[u32]| BufferDescription {
        name: name.into(),
        element: ElementType::Number,
        size: size.into(),
    };
    let uniform =
        |name: &str| UniformDescription { name: name.into(), ty: UniformType::Number, integral: true };
    let whole = Interface {
        buffers: vec![buffer("heat", &[64, 48]), buffer("sum", &[1])],
        using_cpu: true,
        ..Interface::default()
    };
    let uniforms = ["rank$x", "rank$y", "rank$end_x", "rank$end_y"].map(uniform).into();
    let local = Interface {
        buffers: vec![buffer("heat", &[18, 26]), buffer("sum", &[1])],
        uniforms,
        using_cpu: true,
        ..Interface::default()
    };
    let axis = |origin, end, extent| Some(SplitAxis { origin, end, extent, periodic });
    let axes = [axis(0, 2, 64), axis(1, 3, 48), None];
    (whole, Split { local, axes, halos: vec![Some(1), None], start, reports: None })
}

fn of(body: &str, periodic: bool, start: Start) -> Result<(String, Shares), String> {
    let source = format!(
        "inputs => {{ const {{ heat, sum }} = inputs.buffers; const {{ x, y }} = inputs.threadId; {body} }}"
    );
    let (whole, parts) = interfaces(periodic, start);
    let kernel = front_end(&source, &whole).expect("a correct kernel");
    let rendered = |mistakes: Vec<_>| render(&mistakes, &source, &crate::diagnostics::Origin::default());
    let (kernel, shares) = split(&kernel, &whole, &parts).map_err(rendered)?;
    Ok((print(&kernel, Some(&parts.local)), shares))
}

fn lines(body: &str, periodic: bool) -> String {
    of(body, periodic, Start::First).unwrap().0
}

#[test]
fn indices_near_the_thread_need_no_origin() {
    let (text, shares) = of("heat[x][y] = heat[x - 1][y + 1];", false, Start::First).unwrap();
    insta::assert_snapshot!(text);
    assert_eq!((shares.threads, shares.reach), ([Some(0), Some(1), None], [Some(1), Some(1), Some(0)]));
}

#[test]
fn axes_may_change_places() {
    let (_, shares) = of("heat[y][x] = heat[y][x + 1];", false, Start::First).unwrap();
    assert_eq!((shares.threads, shares.reach), ([Some(1), Some(0), None], [Some(0), Some(1), Some(0)]));
}

#[test]
fn thread_ids_are_those_of_the_whole() {
    insta::assert_snapshot!(lines("heat[x][y] = x * 2;", false));
}

#[test]
fn a_remainder_by_the_extent_goes_around() {
    insta::assert_snapshot!(lines("heat[x][y] = heat[(x + 1) % 64][(y + 47) % 48];", true));
}

#[test]
fn without_a_remainder_the_end_is_the_end() {
    insta::assert_snapshot!(lines("heat[x][y] = heat[x + 1][y];", true));
}

#[test]
fn any_other_index_is_taken_to_the_part() {
    insta::assert_snapshot!(lines("heat[x][y] = heat[Math.max(x - 1, 0)][y];", false));
}

#[test]
fn loops_around_a_thread_are_near() {
    let body = "let s = 0; for (let d = -1; d <= 1; d++) { s += heat[x + d][y]; } heat[x][y] = s;";
    let (text, shares) = of(body, false, Start::First).unwrap();
    insta::assert_snapshot!(text);
    assert_eq!(shares.reach, [Some(1), Some(0), Some(0)]);
}

#[test]
fn what_is_written_elsewhere_is_kept_by_its_owner() {
    let (text, shares) = of("heat[x + 1][y] += 2;", false, Start::First).unwrap();
    insta::assert_snapshot!(text);
    assert_eq!(shares.threads, [None, Some(1), None]);
}

#[test]
fn what_is_only_read_is_shared_by_what_is_read() {
    let (_, shares) = of("sum[0] += heat[x][y];", false, Start::First).unwrap();
    assert!(shares.writes_whole && shares.threads == [Some(0), Some(1), None]);
}

#[test]
fn a_box_of_threads_starts_elsewhere() {
    insta::assert_snapshot!(of("heat[x][y] = heat[x - 1][y] + x;", false, Start::At([1, 1, 0])).unwrap().0);
}

#[test]
fn what_is_beyond_the_halo_is_refused() {
    let refused = |body: &str, periodic| of(body, periodic, Start::First).unwrap_err();
    insta::assert_snapshot!(refused("heat[x][y] = heat[x][y - 2];", false));
    insta::assert_snapshot!(refused("heat[x][y] = heat[(x + 1) % 64][y];", false));
    insta::assert_snapshot!(refused("sum[0] = heat[3][4];", false));
}

#[test]
fn what_may_be_beyond_the_halo_is_looked_at() {
    let (whole, mut parts) = interfaces(false, Start::First);
    parts.local.buffers.push(BufferDescription {
        name: "reports".into(),
        element: ElementType::U32,
        size: vec![2],
    });
    parts.reports = Some(2);
    let source = "inputs => { const { heat } = inputs.buffers, { x, y } = inputs.threadId;
        heat[x][y] = heat[x - 1][y] + (x > 9 ? heat[x * 2][y] : 0); }";
    let kernel = front_end(source, &whole).expect("a correct kernel");
    let Ok((kernel, _)) = split(&kernel, &whole, &parts) else { panic!("it does not certainly read beyond") };
    insta::assert_snapshot!(print(&kernel, Some(&parts.local)));
}
