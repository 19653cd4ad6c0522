// The workloads of docs/performance.md in CUDA C++, as one writes them, and with the tricks that pay.
//
//     workloads MILLISECONDS ROUNDS [WORKLOAD SIZE SIZE]...
//
// It speaks in the lines of benches/gpu/figure.rs, and ends with the code 3 where there is no device.

#include <algorithm>
#include <cub/cub.cuh>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

static double at_least;
static int rounds;

static void check(cudaError_t error) {
    if (error != cudaSuccess) {
        fprintf(stderr, "%s\n", cudaGetErrorString(error));
        exit(1);
    }
}

// The same as in benches/common/input.rs.
static std::vector<float> numbers(size_t count, size_t offset) {
    std::vector<float> result(count);
    for (size_t i = 0; i < count; i++) result[i] = float(double((7919 * i + offset) % 1009) / 1009.0);
    return result;
}

template <class T> static T* allocate(size_t count) {
    T* memory;
    check(cudaMalloc(&memory, count * sizeof(T)));
    return memory;
}

template <class T, class U> static void fill(T* memory, const std::vector<U>& data) {
    check(cudaMemcpy(memory, data.data(), data.size() * sizeof(U), cudaMemcpyHostToDevice));
}

static double milliseconds(const std::function<void()>& pass, int times) {
    auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < times; i++) pass();
    check(cudaDeviceSynchronize());
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

// The seconds of a pass: the same method as in benches/gpu/rate.rs.
static double seconds(const std::function<void()>& pass) {
    milliseconds(pass, 1);
    int times = 1;
    double took = milliseconds(pass, times);
    while (took < at_least) {
        double wanted = 1.2 * at_least / std::max(took, 1e-3) * times;
        times = std::max(times + 1, int(std::min(wanted + 1, times * 100.0)));
        took = milliseconds(pass, times);
    }
    std::vector<double> all;
    for (int i = 0; i < rounds; i++) all.push_back(milliseconds(pass, times));
    std::sort(all.begin(), all.end());
    return (all[(rounds - 1) / 2] + all[rounds / 2]) / 2 / 1e3 / times;
}

static void rate(const char* row, const char* variant, double value) {
    printf("rate %s %s %.17g\n", row, variant, value);
    fflush(stdout);
}

// Shows elements of an output of so many: the same ones as in benches/gpu/reference.rs.
static void show(const char* row, const char* variant, unsigned count, const std::function<float(size_t)>& element) {
    check(cudaDeviceSynchronize());
    printf("picked %s %s", row, variant);
    for (unsigned k = 0; k < 1024; k++) printf(" %.9g", element(k * 2654435761u % count));
    printf("\n");
}

template <class T> static T at(const T* memory, size_t index) {
    T value;
    check(cudaMemcpy(&value, memory + index, sizeof(T), cudaMemcpyDeviceToHost));
    return value;
}

static unsigned groups(unsigned count, unsigned size) { return (count + size - 1) / size; }

__global__ void twice(float* data, unsigned count) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < count) data[i] *= 2.0f;
}

__global__ void twice_by_four(float4* data, unsigned count) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= count) return;
    float4 four = data[i];
    data[i] = make_float4(2.0f * four.x, 2.0f * four.y, 2.0f * four.z, 2.0f * four.w);
}

// W1: scalar, four at once, and, after that, CUDA's own copy of as much.
static void w1(unsigned count, unsigned) {
    auto input = numbers(count, 0);
    float* data = allocate<float>(count);
    auto run = [&](const char* variant, const std::function<void()>& pass) {
        fill(data, input);
        pass();
        show("W1", variant, count, [&](size_t i) { return at(data, i); });
        rate("W1", variant, 8.0 * count / seconds(pass) / 1e9);
    };
    run("scalar", [&] { twice<<<groups(count, 256), 256>>>(data, count); });
    run("float4", [&] { twice_by_four<<<groups(count / 4, 256), 256>>>((float4*)data, count / 4); });
    float* copy = allocate<float>(count);
    auto pass = [&] { check(cudaMemcpyAsync(copy, data, 4ull * count, cudaMemcpyDeviceToDevice)); };
    fill(data, input);
    twice<<<groups(count, 256), 256>>>(data, count);
    pass();
    show("W1", "memcpy", count, [&](size_t i) { return at(copy, i); });
    rate("W1", "memcpy", 8.0 * count / seconds(pass) / 1e9);
    check(cudaFree(copy));
    check(cudaFree(data));
}

__global__ void spread(const float* __restrict__ heat, float* next, unsigned rows, unsigned columns) {
    unsigned y = blockIdx.x * blockDim.x + threadIdx.x, x = blockIdx.y * blockDim.y + threadIdx.y;
    if (x >= rows || y >= columns) return;
    size_t i = size_t(x) * columns + y;
    float h = heat[i], total = 0;
    if (x > 0) total += heat[i - columns] - h;
    if (x < rows - 1) total += heat[i + columns] - h;
    if (y > 0) total += heat[i - 1] - h;
    if (y < columns - 1) total += heat[i + 1] - h;
    next[i] = h + 0.25f * total;
}

// W2: there and back is a pass.
static void w2(unsigned rows, unsigned columns) {
    size_t count = size_t(rows) * columns;
    auto input = numbers(count, 0);
    float *heat = allocate<float>(count), *next = allocate<float>(count);
    for (dim3 block : {dim3(32, 8), dim3(128, 4)}) {
        std::string variant = std::to_string(block.x) + "x" + std::to_string(block.y);
        dim3 grid(groups(columns, block.x), groups(rows, block.y));
        auto pass = [&] {
            spread<<<grid, block>>>(heat, next, rows, columns);
            spread<<<grid, block>>>(next, heat, rows, columns);
        };
        fill(heat, input);
        pass();
        show("W2", variant.c_str(), count, [&](size_t i) { return at(heat, i); });
        rate("W2", variant.c_str(), 2.0 * 8.0 * count / seconds(pass) / 1e9);
    }
    check(cudaFree(heat));
    check(cudaFree(next));
}

__global__ void paint(uchar4* image, int width, int height) {
    int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
    if (x >= width || y >= height) return;
    float scale = 3.0f / height, re = (x - width / 2.0f) * scale, im = (y - height / 2.0f) * scale;
    int n = 0;
    while (n < 1000) {
        float real = re * re - im * im - 0.8f;
        im = 2 * re * im + 0.156f;
        re = real;
        if (sqrtf(re * re + im * im) > 2) break;
        n++;
    }
    image[y * width + x] = make_uchar4(n % 256, n / 4, (1020 - n) / 4, 255);
}

// W3: in two shapes of blocks.
static void w3(unsigned width, unsigned height) {
    uchar4* image = allocate<uchar4>(width * height);
    for (dim3 block : {dim3(8, 8), dim3(8, 4)}) {
        std::string variant = std::to_string(block.x) + "x" + std::to_string(block.y);
        auto pass = [&] {
            paint<<<dim3(groups(width, block.x), groups(height, block.y)), block>>>(image, width, height);
        };
        check(cudaMemset(image, 0, width * height * sizeof(uchar4)));
        pass();
        show("W3", variant.c_str(), width * height, [&](size_t i) {
            uchar4 pixel = at(image, i);
            return pixel.x + 256.0f * pixel.y + 65536.0f * pixel.z;
        });
        rate("W3", variant.c_str(), double(width) * height / seconds(pass) / 1e6);
    }
    check(cudaFree(image));
}

__device__ void pull(float4 me, float4 other, float3& acc) {
    float x = other.x - me.x, y = other.y - me.y, z = other.z - me.z;
    float inv = rsqrtf(x * x + y * y + z * z + 1e-4f), strength = inv * inv * inv;
    acc.x += x * strength;
    acc.y += y * strength;
    acc.z += z * strength;
}

__device__ void add(float4& velocity, float3 acc) {
    velocity.x += acc.x * 0.001f;
    velocity.y += acc.y * 0.001f;
    velocity.z += acc.z * 0.001f;
}

__global__ void pull_plainly(const float4* __restrict__ bodies, float4* velocities, unsigned count) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= count) return;
    float4 me = bodies[i];
    float3 acc = make_float3(0, 0, 0);
    for (unsigned j = 0; j < count; j++) pull(me, bodies[j], acc);
    add(velocities[i], acc);
}

const unsigned TILE = 256;

__global__ void pull_in_tiles(const float4* __restrict__ bodies, float4* velocities, unsigned count) {
    __shared__ float4 tile[TILE];
    unsigned i = blockIdx.x * TILE + threadIdx.x;
    // So far away that it pulls nobody.
    const float4 nobody = make_float4(1e18f, 1e18f, 1e18f, 0);
    float4 me = i < count ? bodies[i] : nobody;
    float3 acc = make_float3(0, 0, 0);
    for (unsigned start = 0; start < count; start += TILE) {
        unsigned mine = start + threadIdx.x;
        tile[threadIdx.x] = mine < count ? bodies[mine] : nobody;
        __syncthreads();
#pragma unroll 16
        for (unsigned j = 0; j < TILE; j++) pull(me, tile[j], acc);
        __syncthreads();
    }
    if (i < count) add(velocities[i], acc);
}

// W4: plainly, and through shared memory.
static void w4(unsigned count, unsigned) {
    float4 *bodies = allocate<float4>(count), *velocities = allocate<float4>(count);
    fill(bodies, numbers(4 * size_t(count), 0));
    auto run = [&](const char* variant, const std::function<void()>& pass) {
        check(cudaMemset(velocities, 0, count * sizeof(float4)));
        pass();
        show("W4", variant, 3 * count, [&](size_t i) { return at((float*)velocities, i / 3 * 4 + i % 3); });
        rate("W4", variant, double(count) * count / seconds(pass) / 1e9);
    };
    run("naive", [&] { pull_plainly<<<groups(count, 256), 256>>>(bodies, velocities, count); });
    run("tiled", [&] { pull_in_tiles<<<groups(count, TILE), TILE>>>(bodies, velocities, count); });
    check(cudaFree(bodies));
    check(cudaFree(velocities));
}

__global__ void multiply(const float* __restrict__ a, const float* __restrict__ b, float* c, unsigned side) {
    unsigned column = blockIdx.x * blockDim.x + threadIdx.x, row = blockIdx.y * blockDim.y + threadIdx.y;
    if (row >= side || column >= side) return;
    float sum = 0;
    for (unsigned k = 0; k < side; k++) sum += a[row * side + k] * b[k * side + column];
    c[row * side + column] = sum;
}

// A dot product a thread.
static void product(const char* row, unsigned side) {
    unsigned count = side * side;
    float *a = allocate<float>(count), *b = allocate<float>(count), *c = allocate<float>(count);
    fill(a, numbers(count, 0));
    fill(b, numbers(count, 1));
    dim3 block(32, 8), grid(groups(side, 32), groups(side, 8));
    auto pass = [&] { multiply<<<grid, block>>>(a, b, c, side); };
    check(cudaMemset(c, 0, count * sizeof(float)));
    pass();
    show(row, "naive", count, [&](size_t i) { return at(c, i); });
    rate(row, "naive", 2.0 * side * side * double(side) / seconds(pass) / 1e9);
    for (float* matrix : {a, b, c}) check(cudaFree(matrix));
}

static void w5(unsigned side, unsigned) { product("W5", side); }

__global__ void increment(float* data, unsigned count) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < count) data[i] += 1.0f;
}

// W6: launches in one stream.
static void w6(unsigned count, unsigned runs) {
    float* data = allocate<float>(count);
    fill(data, numbers(count, 0));
    auto pass = [&] {
        for (unsigned i = 0; i < runs; i++) increment<<<groups(count, 64), 64>>>(data, count);
    };
    pass();
    show("W6", "stream", count, [&](size_t i) { return at(data, i); });
    rate("W6", "stream", seconds(pass) * 1e6 / runs);
    check(cudaFree(data));
}

// W7: to and from memory as it is, and from memory that the device can reach.
static void w7(unsigned count, unsigned) {
    size_t bytes = count * sizeof(float);
    auto input = numbers(count, 0);
    std::vector<float> read(count);
    float *data = allocate<float>(count), *pinned;
    check(cudaMallocHost(&pinned, bytes));
    auto run = [&](const char* row, const char* variant, const float* seen, const std::function<void()>& pass) {
        pass();
        show(row, variant, count, [&](size_t i) { return seen == data ? at(seen, i) : seen[i]; });
        rate(row, variant, bytes / seconds(pass) / double(1 << 30));
    };
    run("W7-upload", "pageable", data, [&] { fill(data, input); });
    run("W7-copied", "pageable", read.data(),
        [&] { check(cudaMemcpy(read.data(), data, bytes, cudaMemcpyDeviceToHost)); });
    run("W7-lent", "pinned", pinned, [&] { check(cudaMemcpy(pinned, data, bytes, cudaMemcpyDeviceToHost)); });
    check(cudaFreeHost(pinned));
    check(cudaFree(data));
}

__global__ void multiply_sparse(const int* __restrict__ rows, const int* __restrict__ columns,
                                const float* __restrict__ values, const float* __restrict__ x, float* y, int count) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= count) return;
    float sum = 0;
    for (int j = rows[i]; j < rows[i + 1]; j++) sum += values[j] * x[columns[j]];
    y[i] = sum;
}

// W8: a row a thread.
static void w8(unsigned count, unsigned entries) {
    unsigned all = count * entries;
    std::vector<int> starts(count + 1), places(all);
    for (unsigned i = 0; i <= count; i++) starts[i] = entries * i;
    for (unsigned j = 0; j < all; j++) places[j] = j * 2654435761u % count;
    int *rows = allocate<int>(count + 1), *columns = allocate<int>(all);
    float *values = allocate<float>(all), *x = allocate<float>(count), *y = allocate<float>(count);
    fill(rows, starts);
    fill(columns, places);
    fill(values, numbers(all, 0));
    fill(x, numbers(count, 1));
    auto pass = [&] { multiply_sparse<<<groups(count, 256), 256>>>(rows, columns, values, x, y, count); };
    check(cudaMemset(y, 0, count * sizeof(float)));
    pass();
    show("W8", "naive", count, [&](size_t i) { return at(y, i); });
    rate("W8", "naive", 4.0 * (2.0 * entries + 3) * count / seconds(pass) / 1e9);
    for (int* integers : {rows, columns}) check(cudaFree(integers));
    for (float* floats : {values, x, y}) check(cudaFree(floats));
}

__global__ void blur(const float* __restrict__ picture, float* blurred, int side, int radius) {
    int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
    if (x >= side || y >= side) return;
    float sum = 0;
    for (int d = -radius; d <= radius; d++) sum += picture[y * side + min(max(x + d, 0), side - 1)];
    blurred[y * side + x] = sum / (2 * radius + 1);
}

// W9: in two shapes of blocks.
static void w9(unsigned side, unsigned radius) {
    unsigned count = side * side;
    float *picture = allocate<float>(count), *blurred = allocate<float>(count);
    fill(picture, numbers(count, 0));
    for (dim3 block : {dim3(32, 8), dim3(256, 1)}) {
        std::string variant = std::to_string(block.x) + "x" + std::to_string(block.y);
        dim3 grid(groups(side, block.x), groups(side, block.y));
        auto pass = [&] { blur<<<grid, block>>>(picture, blurred, side, radius); };
        check(cudaMemset(blurred, 0, count * sizeof(float)));
        pass();
        show("W9", variant.c_str(), count, [&](size_t i) { return at(blurred, i); });
        rate("W9", variant.c_str(), double(count) * (2 * radius + 1) / seconds(pass) / 1e9);
    }
    for (float* memory : {picture, blurred}) check(cudaFree(memory));
}

// W10: the kernel of W5, which does not know the size either.
static void w10(unsigned side, unsigned) { product("W10", side); }

__global__ void hash_words(const unsigned* __restrict__ keys, unsigned* hashes, unsigned count) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= count) return;
    unsigned h = keys[i];
    for (unsigned round = 0; round < 64; round++) {
        h = (h ^ h >> 16) * 0x85ebca6b;
        h ^= h >> 13;
        h = h * 0xc2b2ae35 + round;
        h = h << 5 | h >> 27;
    }
    hashes[i] = h;
}

// A part of 16 bits of an integer, which a float holds exactly.
static float part(unsigned long long integer, size_t index) { return integer >> 16 * index & 0xffff; }

// W11: a hash a thread.
static void w11(unsigned count, unsigned) {
    std::vector<unsigned> input(count);
    for (unsigned i = 0; i < count; i++) input[i] = i * 2654435761u;
    unsigned *keys = allocate<unsigned>(count), *hashes = allocate<unsigned>(count);
    fill(keys, input);
    auto pass = [&] { hash_words<<<groups(count, 256), 256>>>(keys, hashes, count); };
    check(cudaMemset(hashes, 0, count * sizeof(unsigned)));
    pass();
    show("W11", "naive", 2 * count, [&](size_t i) { return part(at(hashes, i / 2), i % 2); });
    rate("W11", "naive", count / seconds(pass) / 1e9);
    for (unsigned* words : {keys, hashes}) check(cudaFree(words));
}

__global__ void collatz(unsigned* all_steps, long long* peaks, int count) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= count) return;
    long long n = i + 1, peak = n;
    unsigned steps = 0;
    while (n > 1) {
        n = n % 2 == 0 ? n / 2 : 3 * n + 1;
        if (n > peak) peak = n;
        steps++;
    }
    all_steps[i] = steps;
    peaks[i] = peak;
}

// W12: a start a thread.
static void w12(unsigned count, unsigned) {
    unsigned* steps = allocate<unsigned>(count);
    long long* peaks = allocate<long long>(count);
    auto pass = [&] { collatz<<<groups(count, 256), 256>>>(steps, peaks, count); };
    check(cudaMemset(steps, 0, count * sizeof(unsigned)));
    pass();
    show("W12", "long-long", 6 * count, [&](size_t i) {
        size_t start = i / 6, index = i % 6;
        return index < 2 ? part(at(steps, start), index) : part(at(peaks, start), index - 2);
    });
    rate("W12", "long-long", count / seconds(pass) / 1e6);
    check(cudaFree(steps));
    check(cudaFree(peaks));
}

__global__ void count_plainly(const float* __restrict__ data, unsigned* bins, unsigned count) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < count) atomicAdd(&bins[int(data[i] * 256.0f)], 1u);
}

// W13: plainly, and by CUB, which counts anew each time.
static void w13(unsigned count, unsigned) {
    float* data = allocate<float>(count);
    unsigned* bins = allocate<unsigned>(256);
    fill(data, numbers(count, 0));
    auto run = [&](const char* variant, const std::function<void()>& pass) {
        check(cudaMemset(bins, 0, 256 * sizeof(unsigned)));
        pass();
        show("W13", variant, 512, [&](size_t i) { return part(at(bins, i / 2), i % 2); });
        rate("W13", variant, 4.0 * count / seconds(pass) / 1e9);
    };
    run("atomicAdd", [&] { count_plainly<<<groups(count, 256), 256>>>(data, bins, count); });
    size_t bytes = 0;
    check(cub::DeviceHistogram::HistogramEven(nullptr, bytes, data, bins, 257, 0.0f, 1.0f, int(count)));
    char* memory = allocate<char>(bytes);
    run("CUB", [&] {
        check(cub::DeviceHistogram::HistogramEven(memory, bytes, data, bins, 257, 0.0f, 1.0f, int(count)));
    });
    check(cudaFree(memory));
    check(cudaFree(bins));
    check(cudaFree(data));
}

__global__ void scatter(const unsigned* __restrict__ cells, const float* __restrict__ values, float* sums, unsigned count) {
    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < count) atomicAdd(&sums[cells[i]], values[i]);
}

// W14: an addition a thread.
static void w14(unsigned count, unsigned cells) {
    std::vector<unsigned> places(count);
    std::vector<float> input(count);
    unsigned bits = 0;
    while (1u << bits < cells) bits++;
    for (unsigned i = 0; i < count; i++) {
        places[i] = (i * 2654435761u) >> (32 - bits);
        input[i] = (i % 64) / 16.0f;
    }
    unsigned* all = allocate<unsigned>(count);
    float *values = allocate<float>(count), *sums = allocate<float>(cells);
    fill(all, places);
    fill(values, input);
    check(cudaMemset(sums, 0, cells * sizeof(float)));
    auto pass = [&] { scatter<<<groups(count, 256), 256>>>(all, values, sums, count); };
    pass();
    show("W14", "atomicAdd", cells, [&](size_t i) { return at(sums, i); });
    rate("W14", "atomicAdd", count / seconds(pass) / 1e9);
    check(cudaFree(all));
    for (float* memory : {values, sums}) check(cudaFree(memory));
}

int main(int count, char** words) {
    int devices = 0;
    if (cudaGetDeviceCount(&devices) != cudaSuccess || devices == 0) {
        fprintf(stderr, "CUDA finds no device\n");
        return 3;
    }
    if (count < 3) return 2;
    at_least = atof(words[1]);
    rounds = atoi(words[2]);
    void (*const workloads[])(unsigned, unsigned) = {w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w11, w12, w13, w14};
    for (int i = 3; i + 2 < count; i += 3) {
        unsigned first = strtoul(words[i + 1], nullptr, 10), second = strtoul(words[i + 2], nullptr, 10);
        workloads[atoi(words[i] + 1) - 1](first, second);
        // A launch that failed is told by the next call.
        check(cudaDeviceSynchronize());
        check(cudaGetLastError());
    }
}
