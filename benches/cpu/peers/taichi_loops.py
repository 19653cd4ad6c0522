"""The workloads in Taichi on the CPU: `python taichi_loops.py WORKLOAD SIZES STEPS`."""

from contestant import halves, numbers, scattered, serve, sparse_matrix

import numpy as np
import taichi as ti

ti.init(arch=ti.cpu, default_fp=ti.f32, default_ip=ti.i32, log_level=ti.ERROR, offline_cache=False)


@ti.kernel
def add_scaled(x: ti.template(), y: ti.template()):
    for i in y:
        y[i] += 0.5 * x[i]


@ti.kernel
def double(data: ti.template()):
    for i in data:
        data[i] *= 2.0


@ti.kernel
def spread(heat: ti.template(), after: ti.template()):
    for x, y in heat:
        h = heat[x, y]
        total = 0.0
        if x > 0:
            total += heat[x - 1, y] - h
        if x < heat.shape[0] - 1:
            total += heat[x + 1, y] - h
        if y > 0:
            total += heat[x, y - 1] - h
        if y < heat.shape[1] - 1:
            total += heat[x, y + 1] - h
        after[x, y] = h + 0.25 * total


@ti.kernel
def paint(image: ti.template(), scale: ti.f32):
    for y, x in image:
        re = (x - 0.5 * image.shape[1]) * scale
        im = (y - 0.5 * image.shape[0]) * scale
        n = 0
        while n < 1000:
            real = re * re - im * im - 0.8
            im = 2 * re * im + 0.156
            re = real
            if ti.sqrt(re * re + im * im) > 2.0:
                break
            n += 1
        image[y, x] = ti.Vector([n % 256, n // 4, (1020 - n) // 4, 255], dt=ti.u8)


@ti.kernel
def pull(bodies: ti.template(), velocities: ti.template()):
    for i in bodies:
        me = bodies[i]
        force = ti.Vector([0.0, 0.0, 0.0])
        for j in range(bodies.shape[0]):
            other = bodies[j]
            d = other.xyz - me.xyz
            inverse = 1.0 / ti.sqrt(d.dot(d) + 0.01)
            force += d * (other.w * inverse * inverse * inverse)
        velocities[i] += force * 0.001


@ti.kernel
def multiply(a: ti.template(), b: ti.template(), c: ti.template()):
    for row, column in c:
        total = 0.0
        for k in range(a.shape[1]):
            total += a[row, k] * b[k, column]
        c[row, column] = total


@ti.kernel
def increment(data: ti.template()):
    for i in data:
        data[i] += 1.0


@ti.kernel
def multiply_sparse(rows: ti.template(), columns: ti.template(), values: ti.template(), x: ti.template(), y: ti.template()):
    for i in y:
        total = 0.0
        for j in range(rows[i], rows[i + 1]):
            total += values[j] * x[columns[j]]
        y[i] = total


@ti.kernel
def blur(picture: ti.template(), blurred: ti.template(), radius: ti.i32):
    for y, x in picture:
        total = 0.0
        for d in range(-radius, radius + 1):
            total += picture[y, ti.min(ti.max(x + d, 0), picture.shape[1] - 1)]
        blurred[y, x] = total / (2 * radius + 1)


@ti.kernel
def multiply_flat(a: ti.template(), b: ti.template(), c: ti.template(), n: ti.i32):
    for row, column in ti.ndrange(n, n):
        total = 0.0
        for k in range(n):
            total += a[row * n + k] * b[k * n + column]
        c[row * n + column] = total


@ti.kernel
def hash_words(keys: ti.template(), hashes: ti.template()):
    for i in keys:
        h = keys[i]
        for turn in range(64):
            h = (h ^ (h >> ti.u32(16))) * ti.u32(0x85EBCA6B)
            h = h ^ (h >> ti.u32(13))
            h = h * ti.u32(0xC2B2AE35) + ti.cast(turn, ti.u32)
            h = (h << ti.u32(5)) | (h >> ti.u32(27))
        hashes[i] = h


@ti.kernel
def collatz(all_steps: ti.template(), peaks: ti.template()):
    for i in peaks:
        n = ti.cast(i, ti.i64) + 1
        steps, peak = 0, n
        while n > 1:
            if n % 2 == 0:
                n = n // 2
            else:
                n = 3 * n + 1
            peak = ti.max(peak, n)
            steps += 1
        all_steps[i] = steps
        peaks[i] = peak


def saxpy_workload(count):
    start = numbers(count, 1)
    x, y = ti.field(ti.f32, shape=count), ti.field(ti.f32, shape=count)
    x.from_numpy(numbers(count, 0))
    return lambda: y.from_numpy(start), lambda: add_scaled(x, y), y.to_numpy


def in_place(step):
    def workload(count):
        start = numbers(count, 0)
        data = ti.field(ti.f32, shape=count)
        return lambda: data.from_numpy(start), lambda: step(data), data.to_numpy

    return workload


def heat_workload(rows, columns):
    start = numbers(rows * columns, 0).reshape(rows, columns)
    plates = [ti.field(ti.f32, shape=(rows, columns)) for _ in range(2)]

    def step():
        spread(*plates)
        plates.reverse()

    return lambda: plates[0].from_numpy(start), step, lambda: plates[0].to_numpy()


def julia_workload(width, height):
    image = ti.Vector.field(4, ti.u8, shape=(height, width))
    return lambda: None, lambda: paint(image, 3 / height), image.to_numpy


def bodies_workload(count):
    bodies = ti.Vector.field(4, ti.f32, shape=count)
    velocities = ti.Vector.field(3, ti.f32, shape=count)
    bodies.from_numpy(numbers(count * 4, 0).reshape(count, 4))
    return lambda: velocities.fill(0), lambda: pull(bodies, velocities), velocities.to_numpy


def product_workload(side):
    a, b, c = (ti.field(ti.f32, shape=(side, side)) for _ in range(3))
    a.from_numpy(numbers(side * side, 0).reshape(side, side))
    b.from_numpy(numbers(side * side, 1).reshape(side, side))
    return lambda: None, lambda: multiply(a, b, c), c.to_numpy


def field(array):
    result = ti.field({"float32": ti.f32, "int32": ti.i32, "uint32": ti.u32}[array.dtype.name], shape=array.shape)
    result.from_numpy(array)
    return result


def sparse_workload(count, entries):
    matrix, x = [field(array) for array in sparse_matrix(count, entries)], field(numbers(count, 1))
    y = ti.field(ti.f32, shape=count)
    return lambda: None, lambda: multiply_sparse(*matrix, x, y), y.to_numpy


def blur_workload(side, radius):
    picture = field(numbers(side * side, 0).reshape(side, side))
    blurred = ti.field(ti.f32, shape=(side, side))
    return lambda: None, lambda: blur(picture, blurred, radius), blurred.to_numpy


def flat_product_workload(side):
    a, b = (field(numbers(side * side, offset)) for offset in (0, 1))
    c = ti.field(ti.f32, shape=side * side)
    return lambda: None, lambda: multiply_flat(a, b, c, side), c.to_numpy


def hash_workload(count):
    keys, hashes = field(scattered(count)), ti.field(ti.u32, shape=count)
    return lambda: None, lambda: hash_words(keys, hashes), lambda: halves(hashes.to_numpy(), 2)


def collatz_workload(count):
    steps, peaks = ti.field(ti.u32, shape=count), ti.field(ti.i64, shape=count)

    def result():
        return np.concatenate([halves(steps.to_numpy(), 2), halves(peaks.to_numpy(), 4)], axis=-1)

    return lambda: None, lambda: collatz(steps, peaks), result


serve(
    {
        "saxpy": saxpy_workload,
        "double": in_place(double),
        "heat": heat_workload,
        "julia": julia_workload,
        "bodies": bodies_workload,
        "product": product_workload,
        "tiny": in_place(increment),
        "sparse": sparse_workload,
        "blur": blur_workload,
        "flat_product": flat_product_workload,
        "hash": hash_workload,
        "collatz": collatz_workload,
    },
    wait=ti.sync,
)
