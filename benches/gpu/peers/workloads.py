"""The workloads of docs/performance.md in Taichi: `python3 workloads.py BACKEND MILLISECONDS ROUNDS [WORKLOAD SIZE SIZE]...`.

It speaks in the lines of benches/gpu/figure.rs, and ends with the code 3 where Taichi or its backend is missing.
"""

import statistics
import sys
import time

# What Taichi prints, as soon as it is imported, must not get between our lines.
lines, sys.stdout = sys.stdout, sys.stderr


def lack(what):
    print(what, file=sys.stderr)
    sys.exit(3)


try:
    import numpy as np
    import taichi as ti
except ImportError as error:
    lack(f"python3 has no {error.name}")

BACKEND, AT_LEAST, ROUNDS = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
# It takes another backend if it lacks this one.
ti.init(arch=getattr(ti, BACKEND), default_fp=ti.f32, default_ip=ti.i32, log_level=ti.ERROR, offline_cache=False)
if ti.cfg.arch != getattr(ti, BACKEND):
    lack(f"Taichi finds no {BACKEND}")


def numbers(count, offset):
    """The same as in benches/common/input.rs."""
    return ((7919 * np.arange(count, dtype=np.int64) + offset) % 1009 / 1009).astype(np.float32)


def milliseconds(step, times):
    start = time.perf_counter()
    for _ in range(times):
        step()
    ti.sync()
    return (time.perf_counter() - start) * 1e3


def seconds(step):
    """The seconds of a pass: the same method as in benches/gpu/rate.rs."""
    milliseconds(step, 1)
    times = 1
    took = milliseconds(step, times)
    while took < AT_LEAST:
        wanted = 1.2 * AT_LEAST / max(took, 1e-3) * times
        times = max(times + 1, int(min(wanted + 1, times * 100)))
        took = milliseconds(step, times)
    return statistics.median(milliseconds(step, times) for _ in range(ROUNDS)) / 1e3 / times


def show(row, output):
    """Elements of an output: the same ones as in benches/gpu/reference.rs."""
    output = output.reshape(-1)
    picked = (np.arange(1024, dtype=np.uint64) * 2654435761 % 2**32 % output.size).astype(np.int64)
    print(f"picked {row} {BACKEND}", *(f"{element:.9g}" for element in output[picked]), file=lines, flush=True)


def rate(row, value):
    print(f"rate {row} {BACKEND} {value:.17g}", file=lines, flush=True)


@ti.kernel
def double(data: ti.template()):
    for i in data:
        data[i] *= 2.0


def w1(count, _):
    data = ti.field(ti.f32, shape=count)
    data.from_numpy(numbers(count, 0))
    double(data)
    show("W1", data.to_numpy())
    rate("W1", 8 * count / seconds(lambda: double(data)) / 1e9)


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


def w2(rows, columns):
    heat, after = (ti.field(ti.f32, shape=(rows, columns)) for _ in range(2))
    heat.from_numpy(numbers(rows * columns, 0).reshape(rows, columns))

    def there_and_back():
        spread(heat, after)
        spread(after, heat)

    there_and_back()
    show("W2", heat.to_numpy())
    rate("W2", 2 * 8 * rows * columns / seconds(there_and_back) / 1e9)


@ti.kernel
def paint(image: ti.template()):
    scale = 3.0 / image.shape[0]
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
        # A pixel is a word, since not every backend has bytes.
        image[y, x] = n % 256 | n // 4 << 8 | (1020 - n) // 4 << 16


def w3(width, height):
    image = ti.field(ti.i32, shape=(height, width))
    paint(image)
    show("W3", image.to_numpy().astype(np.float32))
    rate("W3", width * height / seconds(lambda: paint(image)) / 1e6)


@ti.kernel
def pull(bodies: ti.template(), velocities: ti.template()):
    for i in bodies:
        me = bodies[i]
        acc = ti.Vector([0.0, 0.0, 0.0])
        for j in range(bodies.shape[0]):
            d = bodies[j].xyz - me.xyz
            inv = ti.rsqrt(d.dot(d) + 1e-4)
            acc += d * (inv * inv * inv)
        velocities[i] += acc * 0.001


def w4(count, _):
    bodies = ti.Vector.field(4, ti.f32, shape=count)
    velocities = ti.Vector.field(3, ti.f32, shape=count)
    bodies.from_numpy(numbers(4 * count, 0).reshape(count, 4))
    pull(bodies, velocities)
    show("W4", velocities.to_numpy())
    rate("W4", count * count / seconds(lambda: pull(bodies, velocities)) / 1e9)


@ti.kernel
def multiply(a: ti.template(), b: ti.template(), c: ti.template()):
    for row, column in c:
        total = 0.0
        for k in range(a.shape[1]):
            total += a[row, k] * b[k, column]
        c[row, column] = total


def w5(side, _):
    a, b, c = (ti.field(ti.f32, shape=(side, side)) for _ in range(3))
    a.from_numpy(numbers(side * side, 0).reshape(side, side))
    b.from_numpy(numbers(side * side, 1).reshape(side, side))
    multiply(a, b, c)
    show("W5", c.to_numpy())
    rate("W5", 2 * side**3 / seconds(lambda: multiply(a, b, c)) / 1e9)


@ti.kernel
def increment(data: ti.template()):
    for i in data:
        data[i] += 1.0


def w6(count, runs):
    data = ti.field(ti.f32, shape=count)
    data.from_numpy(numbers(count, 0))

    def launches():
        for _ in range(runs):
            increment(data)

    launches()
    show("W6", data.to_numpy())
    rate("W6", seconds(launches) * 1e6 / runs)


def w7(count, _):
    data = ti.field(ti.f32, shape=count)
    start = numbers(count, 0)
    data.from_numpy(start)
    read = data.to_numpy()
    for row, transfer in ("W7-copied", data.to_numpy), ("W7-upload", lambda: data.from_numpy(start)):
        show(row, read)
        rate(row, 4 * count / seconds(transfer) / 2**30)


WORKLOADS = {"W1": w1, "W2": w2, "W3": w3, "W4": w4, "W5": w5, "W6": w6, "W7": w7}
words = sys.argv[4:]
for workload, first, second in zip(words[::3], words[1::3], words[2::3]):
    # It has no part in the others, whose peer is CUDA.
    if workload in WORKLOADS:
        WORKLOADS[workload](int(first), int(second))
