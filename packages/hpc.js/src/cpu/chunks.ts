// How a grid is cut in parts: enough that no thread waits long for another, none so small that taking it costs more than running it.

/** So many chunks there are at most for each thread, so that one that takes long does not keep the others waiting. */
const MOST_CHUNKS_PER_THREAD = 64;
/** And so many at least, unless they would be larger than `WORTH_A_CHUNK`. */
const LEAST_CHUNKS_PER_THREAD = 8;
/** So many invocations are worth a chunk of their own, however cheap they are. */
const WORTH_A_CHUNK = 4096;
/** Chunks have at least so many lanes, if there are so many, and a multiple of `LANES_AT_ONCE`. */
const MIN_LANES = 16;
const LANES_AT_ONCE = 8;

/** The grid of a run: `rows` rows of `lanes` invocations. */
export interface Grid {
  readonly lanes: number;
  readonly rows: number;
}

/** A grid and how it is cut: in `count` chunks, `across` of them beside each other. */
export interface Division extends Grid {
  readonly chunkLanes: number;
  readonly chunkRows: number;
  readonly across: number;
  readonly count: number;
}

/** A part of a grid: from a first lane or row on, up to the one before the second. */
export interface Chunk {
  readonly lanes: readonly [number, number];
  readonly rows: readonly [number, number];
}

/** Cuts a grid for so many threads: by rows, or if there are few, by lanes too. */
export function divide({ lanes, rows }: Grid, threads: number): Division {
  const all = lanes * rows;
  const coarse = Math.min(Math.floor(all / (threads * LEAST_CHUNKS_PER_THREAD)), WORTH_A_CHUNK);
  const size = Math.max(Math.floor(all / (threads * MOST_CHUNKS_PER_THREAD)), coarse, 1);
  const wanted = Math.ceil(all / size);
  // A row that is short is not worth a chunk of its own.
  const chunkRows = Math.max(Math.ceil(rows / wanted), Math.ceil(MIN_LANES / lanes));
  const down = Math.ceil(rows / chunkRows);
  const leastLanes = Math.max(Math.ceil(lanes / Math.ceil(wanted / down)), MIN_LANES);
  const chunkLanes = Math.ceil(leastLanes / LANES_AT_ONCE) * LANES_AT_ONCE;
  const across = Math.ceil(lanes / chunkLanes);
  return { lanes, rows, chunkLanes, chunkRows, across, count: across * down };
}

/** The chunk of a number below `count`. */
export function chunkOf(division: Division, number: number): Chunk {
  const part = (position: number, size: number, all: number) =>
    [position * size, Math.min((position + 1) * size, all)] as const;
  return {
    lanes: part(number % division.across, division.chunkLanes, division.lanes),
    rows: part(Math.floor(number / division.across), division.chunkRows, division.rows),
  };
}
