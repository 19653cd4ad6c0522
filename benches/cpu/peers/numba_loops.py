"""The workloads in Numba, parallel: `python numba_loops.py WORKLOAD SIZES STEPS [--fastmath]`."""

import sys

from contestant import halves, numbers, scattered, serve, sparse_matrix

import numpy as np
from numba import njit, prange

kernel = njit(parallel=True, fastmath="--fastmath" in sys.argv)
# Numbers in Python are doubles; these keep the arithmetic in single precision, as the others have it.
f32 = np.float32
ZERO, ONE, TWO = f32(0), f32(1), f32(2)
HALF, QUARTER, SOFTENING, DT = f32(0.5), f32(0.25), f32(0.01), f32(0.001)
RE, IM = f32(-0.8), f32(0.156)


@kernel
def add_scaled(x, y):
    for i in prange(y.size):
        y[i] += HALF * x[i]


@kernel
def double(data):
    for i in prange(data.size):
        data[i] *= TWO


@kernel
def spread(heat, after):
    rows, columns = heat.shape
    for x in prange(rows):
        for y in range(columns):
            h = heat[x, y]
            total = ZERO
            if x > 0:
                total += heat[x - 1, y] - h
            if x < rows - 1:
                total += heat[x + 1, y] - h
            if y > 0:
                total += heat[x, y - 1] - h
            if y < columns - 1:
                total += heat[x, y + 1] - h
            after[x, y] = h + QUARTER * total


@kernel
def paint(image, scale):
    height, width, _ = image.shape
    for y in prange(height):
        for x in range(width):
            re = (f32(x) - HALF * f32(width)) * scale
            im = (f32(y) - HALF * f32(height)) * scale
            n = 0
            while n < 1000:
                re, im = re * re - im * im + RE, TWO * re * im + IM
                if np.sqrt(re * re + im * im) > TWO:
                    break
                n += 1
            image[y, x, 0] = n % 256
            image[y, x, 1] = n // 4
            image[y, x, 2] = (1020 - n) // 4
            image[y, x, 3] = 255


@kernel
def pull(bodies, velocities):
    count = bodies.shape[0]
    for i in prange(count):
        x, y, z = bodies[i, 0], bodies[i, 1], bodies[i, 2]
        force_x, force_y, force_z = ZERO, ZERO, ZERO
        for j in range(count):
            dx, dy, dz = bodies[j, 0] - x, bodies[j, 1] - y, bodies[j, 2] - z
            inverse = ONE / np.sqrt(dx * dx + dy * dy + dz * dz + SOFTENING)
            strength = bodies[j, 3] * inverse * inverse * inverse
            force_x += dx * strength
            force_y += dy * strength
            force_z += dz * strength
        velocities[i, 0] += force_x * DT
        velocities[i, 1] += force_y * DT
        velocities[i, 2] += force_z * DT


@kernel
def multiply(a, b, c):
    rows, columns = c.shape
    for row in prange(rows):
        for column in range(columns):
            total = ZERO
            for k in range(a.shape[1]):
                total += a[row, k] * b[k, column]
            c[row, column] = total


@kernel
def increment(data):
    for i in prange(data.size):
        data[i] += ONE


@kernel
def multiply_sparse(rows, columns, values, x, y):
    for i in prange(y.size):
        total = ZERO
        for j in range(rows[i], rows[i + 1]):
            total += values[j] * x[columns[j]]
        y[i] = total


@kernel
def blur(picture, blurred, radius):
    rows, columns = picture.shape
    for y in prange(rows):
        for x in range(columns):
            total = ZERO
            for d in range(-radius, radius + 1):
                total += picture[y, min(max(x + d, 0), columns - 1)]
            blurred[y, x] = total / f32(2 * radius + 1)


@kernel
def multiply_flat(a, b, c, n):
    for row in prange(n):
        for column in range(n):
            total = ZERO
            for k in range(n):
                total += a[row * n + k] * b[k * n + column]
            c[row * n + column] = total


u32 = np.uint32
# Of two types of 32 bits Numba makes 64, unless both are the same.
FIRST, SECOND = u32(0x85EBCA6B), u32(0xC2B2AE35)
S5, S13, S16, S27 = u32(5), u32(13), u32(16), u32(27)


@kernel
def hash_words(keys, hashes):
    for i in prange(keys.size):
        h = keys[i]
        for turn in range(64):
            h = u32(u32(h ^ u32(h >> S16)) * FIRST)
            h = u32(h ^ u32(h >> S13))
            h = u32(u32(h * SECOND) + u32(turn))
            h = u32(u32(h << S5) | u32(h >> S27))
        hashes[i] = h


@kernel
def collatz(all_steps, peaks):
    for i in prange(peaks.size):
        n = np.int64(i + 1)
        steps, peak = 0, n
        while n > 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            peak = max(peak, n)
            steps += 1
        all_steps[i] = steps
        peaks[i] = peak


def saxpy_workload(count):
    x, start = numbers(count, 0), numbers(count, 1)
    y = np.empty_like(start)
    return lambda: np.copyto(y, start), lambda: add_scaled(x, y), lambda: y


def in_place(step):
    def workload(count):
        start = numbers(count, 0)
        data = np.empty_like(start)
        return lambda: np.copyto(data, start), lambda: step(data), lambda: data

    return workload


def heat_workload(rows, columns):
    start = numbers(rows * columns, 0).reshape(rows, columns)
    plates = [np.empty_like(start), np.empty_like(start)]

    def step():
        spread(*plates)
        plates.reverse()

    return lambda: np.copyto(plates[0], start), step, lambda: plates[0]


def julia_workload(width, height):
    image = np.zeros((height, width, 4), dtype=np.uint8)
    scale = f32(3 / height)
    return lambda: None, lambda: paint(image, scale), lambda: image


def bodies_workload(count):
    bodies = numbers(count * 4, 0).reshape(count, 4)
    velocities = np.zeros((count, 3), dtype=f32)
    return lambda: velocities.fill(0), lambda: pull(bodies, velocities), lambda: velocities


def product_workload(side):
    a, b = (numbers(side * side, offset).reshape(side, side) for offset in (0, 1))
    c = np.zeros_like(a)
    return lambda: None, lambda: multiply(a, b, c), lambda: c


def sparse_workload(count, entries):
    matrix, x = sparse_matrix(count, entries), numbers(count, 1)
    y = np.zeros_like(x)
    return lambda: None, lambda: multiply_sparse(*matrix, x, y), lambda: y


def blur_workload(side, radius):
    picture = numbers(side * side, 0).reshape(side, side)
    blurred = np.zeros_like(picture)
    return lambda: None, lambda: blur(picture, blurred, radius), lambda: blurred


def flat_product_workload(side):
    a, b = (numbers(side * side, offset) for offset in (0, 1))
    c = np.zeros_like(a)
    return lambda: None, lambda: multiply_flat(a, b, c, side), lambda: c


def hash_workload(count):
    keys = scattered(count)
    hashes = np.zeros_like(keys)
    return lambda: None, lambda: hash_words(keys, hashes), lambda: halves(hashes, 2)


def collatz_workload(count):
    steps, peaks = np.zeros(count, dtype=np.uint32), np.zeros(count, dtype=np.int64)
    result = lambda: np.concatenate([halves(steps, 2), halves(peaks, 4)], axis=-1)
    return lambda: None, lambda: collatz(steps, peaks), result


serve({
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
})
