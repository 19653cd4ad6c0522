"""What the programs in Python share: the input, the clock, and how they are spoken with (`process.rs`)."""

import os
import sys
import time

import numpy as np

# What libraries print must not get between our answers: nobody else writes to standard output.
_answers = os.fdopen(os.dup(1), "wb")
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def numbers(count, offset):
    """The same as in `benches/cpu/input.rs`."""
    return ((7919 * np.arange(count, dtype=np.int64) + offset) % 1009 / 1009).astype(np.float32)


def scattered(count):
    """The same as in `benches/common/input.rs`, and what comes from it."""
    return (np.arange(count, dtype=np.uint64) * 2654435761 % 2**32).astype(np.uint32)


def sparse_matrix(count, entries):
    """Where the rows start, and the columns and the values of their entries."""
    rows = np.arange(count + 1, dtype=np.int32) * np.int32(entries)
    columns = (scattered(count * entries) % count).astype(np.int32)
    return rows, columns, numbers(count * entries, 0)


def halves(integers, count):
    """So many parts of 16 bits of each, a column for each part: floats hold them exactly."""
    integers = integers.astype(np.uint64)
    return np.stack([integers >> np.uint64(16 * part) & np.uint64(0xFFFF) for part in range(count)], axis=-1)


def milliseconds(step, count, wait):
    """What `count` steps take, and the wait for their end."""
    start = time.perf_counter()
    for _ in range(count):
        step()
    wait()
    return (time.perf_counter() - start) * 1e3


def answer(line):
    _answers.write(f"{line}\n".encode())
    _answers.flush()


def serve(workloads, wait=lambda: None):
    """Makes the workload that the command line names, then answers until the input ends.

    A workload takes its sizes and returns three functions: start afresh, take a step, give the result.
    """
    name, *sizes = [word for word in sys.argv[1:] if not word.startswith("--")]
    *sizes, steps = map(int, sizes)
    reset, step, result = workloads[name](*sizes)
    reset()
    answer(f"ready {milliseconds(step, 1, wait)}")
    for question in sys.stdin:
        if question.strip() == "run":
            reset()
            wait()
            answer(f"ms {milliseconds(step, steps, wait)}")
        else:
            floats = np.ascontiguousarray(result(), dtype="<f4")
            answer(f"floats {floats.size}")
            _answers.write(floats.tobytes())
            _answers.flush()
