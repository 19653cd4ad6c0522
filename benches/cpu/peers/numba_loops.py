"""The workloads in Numba, parallel: `python numba_loops.py WORKLOAD SIZES STEPS [--fastmath]`."""

import sys

from contestant import numbers, serve

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


serve({
    "saxpy": saxpy_workload,
    "double": in_place(double),
    "heat": heat_workload,
    "julia": julia_workload,
    "bodies": bodies_workload,
    "product": product_workload,
    "tiny": in_place(increment),
})
