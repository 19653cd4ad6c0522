//! The functions that kernels call to do lane by lane what cannot be done for all lanes at once.

use artifact::{Component, Params};
use wasm_encoder::{Instruction as I, ValType};

use super::code::{Code, LANES, Pair, at};
use super::elements::{lane_store, scalar_load};
use super::memory::Region;
use super::steps::{self, Step};
use super::{Compiled, Context, Global, math};

/// A function that kernels call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Helper {
    /// The elements of a buffer at the indices of each lane, zero where they are out of range.
    Load(usize),
    /// Stores elements of a buffer, or one component, in the lanes of a mask.
    Store(usize, Option<u8>),
    /// Changes numbers of a buffer in the lanes of a mask, each in one step.
    Step(usize, Option<u8>, Step),
    /// Stores pixels in the lanes of a mask.
    StorePixel,
    /// Likewise of a uniform: so many numbers so far behind the start of the params.
    LoadUniform(u32, u32, Component),
    /// A component of the elements of an array at the indices of each lane; of doubles or not.
    LoadElement(bool),
    /// Stores a component of the elements of an array in the lanes of a mask.
    StoreElement(bool),
    /// The next random numbers of the lanes of a mask.
    Random,
    /// A function of the library.
    Math(math::Function),
}

pub(super) fn compile(context: &Context, helper: Helper) -> Compiled {
    match helper {
        Helper::Load(buffer) => load(context, &Region::of_buffer(context, buffer)),
        Helper::Store(buffer, component) => store(context, &Region::of_buffer(context, buffer), component),
        Helper::Step(buffer, component, step) => {
            steps::compile(context, &Region::of_buffer(context, buffer), component, step)
        }
        Helper::StorePixel => store(context, &Region::of_pixels(context), None),
        Helper::LoadUniform(offset, length, component) => {
            load(context, &Region::of_uniform(u64::from(offset), length, component))
        }
        Helper::LoadElement(is_wide) => load_element(context, is_wide),
        Helper::StoreElement(is_wide) => store_element(context, is_wide),
        Helper::Random => random(context),
        Helper::Math(function) => {
            let built = function.build();
            Compiled {
                parameters: vec![ValType::V128; built.arity * built.operand],
                results: vec![ValType::V128; built.result],
                code: built.code,
            }
        }
    }
}

/// The parameters of a helper, taken one after the other.
pub(super) struct Parameters {
    pub(super) next: u32,
}

impl Parameters {
    pub(super) fn one(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    pub(super) fn pair(&mut self) -> Pair {
        [self.one(), self.one()]
    }

    pub(super) fn pairs(&mut self, count: usize) -> Vec<Pair> {
        (0..count).map(|_| self.pair()).collect()
    }
}

/// The vectors of a component of eight lanes, one after the other.
pub(super) fn vectors_of(region: &Region) -> usize {
    if region.component == Component::F64 { 4 } else { 2 }
}

fn load(context: &Context, region: &Region) -> Compiled {
    let rank = region.extents.len();
    let parameters = vec![ValType::V128; 2 * rank];
    let mut code = Code::new(2 * rank as u32, context.is_large);
    let index = Parameters { next: 0 }.pairs(rank);
    let in_range = in_range(&mut code, &index, region);
    let position = flat(&mut code, &index, region);
    // What is out of range reads the first element, and then counts as zero.
    let position = code.lanes(&I::V128And, &[position, in_range]);
    let components = usize::from(region.components);
    let vectors = vectors_of(region);
    let masks = if vectors == 4 { widened(&mut code, in_range) } else { in_range.to_vec() };
    let mut results = vec![Vec::new(); components];
    for half in 0..2 {
        let elements: Vec<Vec<u32>> = if region.slots == 4 && region.component.bytes() == 4 {
            load_fours(&mut code, region, position, half)
                .into_iter()
                .map(|component| vec![component])
                .collect()
        } else {
            load_components(&mut code, region, position, half)
        };
        for (result, element) in results.iter_mut().zip(elements) {
            for vector in element {
                code.get(vector);
                code.get(masks[result.len()]);
                code.emit(I::V128And);
                result.push(code.keep(ValType::V128));
            }
        }
    }
    results.into_iter().flatten().for_each(|vector| code.get(vector));
    Compiled { parameters, results: vec![ValType::V128; vectors * components], code: code.finish() }
}

/// A mask for doubles.
fn widened(code: &mut Code, mask: Pair) -> Vec<u32> {
    let halves = mask.into_iter().flat_map(|half| {
        [I::I64x2ExtendLowI32x4S, I::I64x2ExtendHighI32x4S].map(|extend| {
            code.get(half);
            code.emit(extend);
            code.keep(ValType::V128)
        })
    });
    halves.collect()
}

/// Four elements, component by component: the vector of each, or two of doubles.
fn load_components(code: &mut Code, region: &Region, position: Pair, half: usize) -> Vec<Vec<u32>> {
    let vectors = vectors_of(region) / 2;
    let mut new = || (0..vectors).map(|_| code.local(ValType::V128)).collect::<Vec<u32>>();
    let components: Vec<Vec<u32>> = (0..region.components).map(|_| new()).collect();
    for lane in 0..4 {
        let address = lane_address(code, position, half, lane, region);
        for (vectors, component) in components.iter().zip(0..) {
            let memarg = region.place(component);
            match region.component.bytes() {
                8 => {
                    let vector = vectors[usize::from(lane / 2)];
                    code.get(address);
                    code.get(vector);
                    code.emit(I::V128Load64Lane { memarg, lane: lane % 2 });
                    code.set(vector);
                }
                4 => {
                    code.get(address);
                    code.get(vectors[0]);
                    code.emit(I::V128Load32Lane { memarg, lane });
                    code.set(vectors[0]);
                }
                _ => {
                    code.get(vectors[0]);
                    code.get(address);
                    code.emit(scalar_load(region.component, memarg));
                    code.emit(I::I32x4ReplaceLane(lane));
                    code.set(vectors[0]);
                }
            }
        }
    }
    components
}

/// Four elements of four words, element by element: their components, by turning rows to columns.
fn load_fours(code: &mut Code, region: &Region, position: Pair, half: usize) -> Vec<u32> {
    let rows: Vec<u32> = (0..4)
        .map(|lane| {
            let address = lane_address(code, position, half, lane, region);
            code.get(address);
            code.emit(I::V128Load(region.place(0)));
            code.keep(ValType::V128)
        })
        .collect();
    // The words of two vectors, numbered 0 to 7, that make a new one.
    let mut shuffled = |left: u32, right: u32, words: [u8; 4]| {
        code.get(left);
        code.get(right);
        code.emit(I::I8x16Shuffle(std::array::from_fn(|byte| words[byte / 4] * 4 + (byte % 4) as u8)));
        code.keep(ValType::V128)
    };
    let xy = [shuffled(rows[0], rows[1], [0, 4, 1, 5]), shuffled(rows[2], rows[3], [0, 4, 1, 5])];
    let zw = [shuffled(rows[0], rows[1], [2, 6, 3, 7]), shuffled(rows[2], rows[3], [2, 6, 3, 7])];
    let (low, high) = ([0, 1, 4, 5], [2, 3, 6, 7]);
    vec![
        shuffled(xy[0], xy[1], low),
        shuffled(xy[0], xy[1], high),
        shuffled(zw[0], zw[1], low),
        shuffled(zw[0], zw[1], high),
    ]
}

fn store(context: &Context, region: &Region, component: Option<u8>) -> Compiled {
    let rank = region.extents.len();
    let count = if component.is_some() { 1 } else { usize::from(region.components) };
    let vectors = vectors_of(region);
    let parameters = vec![ValType::V128; 2 * (rank + 1) + vectors * count];
    let mut code = Code::new(parameters.len() as u32, context.is_large);
    let mut given = Parameters { next: 0 };
    let (index, mask) = (given.pairs(rank), given.pair());
    let values: Vec<Vec<u32>> = (0..count).map(|_| (0..vectors).map(|_| given.one()).collect()).collect();
    let in_range = in_range(&mut code, &index, region);
    let position = flat(&mut code, &index, region);
    let mask = code.lanes(&I::V128And, &[mask, in_range]);
    let lanes_a_vector = (8 / vectors) as u8;
    for half in 0..2 {
        for lane in 0..4 {
            code.lane(mask, half, lane);
            code.when();
            let address = lane_address(&mut code, position, half, lane, region);
            for (value, component) in values.iter().zip(component.unwrap_or(0)..) {
                let vector = half * vectors / 2 + usize::from(lane / lanes_a_vector);
                code.get(address);
                code.get(value[vector]);
                code.emit(lane_store(region.component, region.place(component), lane % lanes_a_vector));
            }
            if component.is_none() && region.slots > region.components {
                // What a vec3 has in memory besides is zero.
                code.get(address);
                code.int(0);
                code.emit(I::I32Store(region.place(region.components)));
            }
            code.close();
        }
    }
    Compiled { parameters, results: Vec::new(), code: code.finish() }
}

/// Which lanes have all indices in range.
pub(super) fn in_range(code: &mut Code, index: &[Pair], region: &Region) -> Pair {
    let mut all: Option<Pair> = None;
    for (dimension, &index) in index.iter().enumerate() {
        let extent = splat_extent(code, region, dimension);
        let fits = code.lanes(&I::I32x4LtU, &[index, extent]);
        all = Some(all.map_or(fits, |all| code.lanes(&I::V128And, &[all, fits])));
    }
    all.unwrap_or_else(|| code.constant(u32::MAX))
}

/// How many elements there are along a dimension.
fn splat_extent(code: &mut Code, region: &Region, dimension: usize) -> Pair {
    match region.told {
        Some(told) => splat_param(code, told.extent(dimension) as usize),
        None => code.constant(region.extents[dimension]),
    }
}

/// The positions of elements, row by row.
pub(super) fn flat(code: &mut Code, index: &[Pair], region: &Region) -> Pair {
    let mut position = index[0];
    for (dimension, &index) in index.iter().enumerate().skip(1) {
        let extent = splat_extent(code, region, dimension);
        position = code.lanes(&I::I32x4Mul, &[position, extent]);
        position = code.lanes(&I::I32x4Add, &[position, index]);
    }
    position
}

/// The address of the element that a lane means, in a local.
pub(super) fn lane_address(code: &mut Code, position: Pair, half: usize, lane: u8, region: &Region) -> u32 {
    code.lane(position, half, lane);
    code.scale_index(region.stride());
    region.add_start(code);
    code.keep(code.address_type())
}

/// What the helpers of arrays are given: where a component of the first element lies, the length, and bytes from element to element.
struct Elements {
    start: u32,
    length: u32,
    stride: u32,
    index: Pair,
}

impl Elements {
    fn take(given: &mut Parameters) -> Self {
        Self { start: given.one(), length: given.one(), stride: given.one(), index: given.pair() }
    }

    fn types(code_is_large: bool) -> Vec<ValType> {
        let address = if code_is_large { ValType::I64 } else { ValType::I32 };
        vec![address, ValType::I32, ValType::I32, ValType::V128, ValType::V128]
    }

    /// Opens a block for a lane whose index is in range: the address of its number, in a local.
    fn when_in_range(&self, code: &mut Code, half: usize, lane: u8, bytes: i32) -> u32 {
        code.lane(self.index, half, lane);
        code.get(self.length);
        code.emit(I::I32LtU);
        code.when();
        code.lane(self.index, half, lane);
        code.get(self.stride);
        code.emit(I::I32Mul);
        code.int(bytes * (4 * half as i32 + i32::from(lane)));
        code.emit(I::I32Add);
        code.index_to_address(0);
        code.get(self.start);
        code.add_addresses();
        code.keep(code.address_type())
    }
}

/// For each of eight lanes, its half and its place there, and its vector and its place in that, of so many vectors.
fn eight_lanes(vectors: usize) -> impl Iterator<Item = (usize, u8, usize, u8)> {
    let each = 8 / vectors;
    (0..8).map(move |lane| (lane / 4, (lane % 4) as u8, lane / each, (lane % each) as u8))
}

fn load_element(context: &Context, is_wide: bool) -> Compiled {
    let parameters = Elements::types(context.is_large);
    let mut code = Code::new(parameters.len() as u32, context.is_large);
    let elements = Elements::take(&mut Parameters { next: 0 });
    let (vectors, bytes) = if is_wide { (4, 8) } else { (2, 4) };
    let result: Vec<u32> = (0..vectors).map(|_| code.local(ValType::V128)).collect();
    for (half, lane, vector, place) in eight_lanes(vectors) {
        let address = elements.when_in_range(&mut code, half, lane, bytes);
        code.get(address);
        code.get(result[vector]);
        code.emit(match is_wide {
            true => I::V128Load64Lane { memarg: at(0), lane: place },
            false => I::V128Load32Lane { memarg: at(0), lane: place },
        });
        code.set(result[vector]);
        code.close();
    }
    result.iter().for_each(|&vector| code.get(vector));
    Compiled { parameters, results: vec![ValType::V128; vectors], code: code.finish() }
}

fn store_element(context: &Context, is_wide: bool) -> Compiled {
    let (vectors, bytes) = if is_wide { (4, 8) } else { (2, 4) };
    let mut parameters = Elements::types(context.is_large);
    parameters.extend(vec![ValType::V128; 2 + vectors]);
    let mut code = Code::new(parameters.len() as u32, context.is_large);
    let mut given = Parameters { next: 0 };
    let (elements, mask) = (Elements::take(&mut given), given.pair());
    let value: Vec<u32> = (0..vectors).map(|_| given.one()).collect();
    for (half, lane, vector, place) in eight_lanes(vectors) {
        code.lane(mask, half, lane);
        code.when();
        let address = elements.when_in_range(&mut code, half, lane, bytes);
        code.get(address);
        code.get(value[vector]);
        code.emit(match is_wide {
            true => I::V128Store64Lane { memarg: at(0), lane: place },
            false => I::V128Store32Lane { memarg: at(0), lane: place },
        });
        code.close();
        code.close();
    }
    Compiled { parameters, results: Vec::new(), code: code.finish() }
}

/// The hash PCG4D of the thread, the number of calls before, and the key of the run: see `artifact::random`.
fn random(context: &Context) -> Compiled {
    let mut code = Code::new(2, context.is_large);
    let thread = thread_number(&mut code, context.facts.lane_axis);
    code.global(Global::RandomLow);
    code.global(Global::RandomHigh);
    let counter = code.keep_pair();
    // Each lane of the mask is -1.
    let next = code.lanes(&I::I32x4Sub, &[counter, [0, 1]]);
    code.get_pair(next);
    code.set_global(Global::RandomHigh);
    code.set_global(Global::RandomLow);
    let keys = [Params::KEY_0_OFFSET, Params::KEY_1_OFFSET].map(|offset| splat_param(&mut code, offset));
    let (factor, addend) = (code.constant(1_664_525), code.constant(1_013_904_223));
    let mut words = [thread, counter, keys[0], keys[1]].map(|word| {
        let product = code.lanes(&I::I32x4Mul, &[word, factor]);
        code.lanes(&I::I32x4Add, &[product, addend])
    });
    stir(&mut code, &mut words);
    words = words.map(|word| {
        let high = shifted(&mut code, word, 16);
        code.lanes(&I::V128Xor, &[word, high])
    });
    stir(&mut code, &mut words);
    let bits = shifted(&mut code, words[0], 8);
    let number = code.lanes(&I::F32x4ConvertI32x4U, &[bits]);
    let unit = code.constant((1.0_f32 / 16_777_216.0).to_bits());
    let result = code.lanes(&I::F32x4Mul, &[number, unit]);
    code.get_pair(result);
    Compiled { parameters: vec![ValType::V128; 2], results: vec![ValType::V128; 2], code: code.finish() }
}

fn stir(code: &mut Code, words: &mut [Pair; 4]) {
    for (to, left, right) in [(0, 1, 3), (1, 2, 0), (2, 0, 1), (3, 1, 2)] {
        let product = code.lanes(&I::I32x4Mul, &[words[left], words[right]]);
        words[to] = code.lanes(&I::I32x4Add, &[words[to], product]);
    }
}

fn shifted(code: &mut Code, word: Pair, count: i32) -> Pair {
    word.map(|half| {
        code.get(half);
        code.int(count);
        code.emit(I::I32x4ShrU);
        code.keep(ValType::V128)
    })
}

fn splat_param(code: &mut Code, offset: usize) -> Pair {
    let word = code.load_param(offset as u64, ValType::I32);
    code.get(word);
    code.emit(I::I32x4Splat);
    [code.keep(ValType::V128); 2]
}

/// `x + X * (y + Y * z)`, where X and Y are the extents of the run.
fn thread_number(code: &mut Code, lane_axis: usize) -> Pair {
    let [x, y, z] = [Global::ThreadX, Global::ThreadY, Global::ThreadZ].map(|global| {
        code.global(global);
        code.emit(I::I32x4Splat);
        code.keep(ValType::V128)
    });
    let ids = [x, y, z].into_iter().enumerate().map(|(axis, id)| {
        LANES.map(|lanes| {
            code.get(id);
            code.words(if axis == lane_axis { lanes } else { [0; 4] });
            code.emit(I::I32x4Add);
            code.keep(ValType::V128)
        })
    });
    let ids: Vec<Pair> = ids.collect();
    let extents = [0, 4].map(|offset| splat_param(code, Params::EXTENTS_OFFSET + offset));
    let layers = code.lanes(&I::I32x4Mul, &[ids[2], extents[1]]);
    let rows = code.lanes(&I::I32x4Add, &[ids[1], layers]);
    let threads = code.lanes(&I::I32x4Mul, &[rows, extents[0]]);
    code.lanes(&I::I32x4Add, &[ids[0], threads])
}
