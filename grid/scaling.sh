#!/usr/bin/env bash
# Scaling over the GPUs of one host, a rank each: grid/scaling.sh PROGRAMS GPUS
# Prints, for heat (2-D) and stencil (3-D), with overlap and without: cells/s, and their efficiency against one GPU.
# SIZE_HEAT and SIZE_STENCIL scale the grids (53 x 38 and 13 x 11 x 17 times that along each axis), STEPS says how many steps are timed.
set -euo pipefail
programs=$1 gpus=$2
heat=${SIZE_HEAT:-300} stencil=${SIZE_STENCIL:-40} steps=${STEPS:-500}
# One host: no ssh is needed, nor there.
export OMPI_MCA_plm=isolated
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 HPC_BACKEND=${HPC_BACKEND:-gpu}

# Runs a program by so many ranks. Each takes another GPU by itself.
ranks() {
    local count=$1
    shift
    mpiexec --oversubscribe --bind-to none -n "$count" "$programs" "$@"
}

# Seconds that a program takes, from the start to the gathered result.
seconds() {
    ranks "$@" --time 2>&1 >/dev/null | awk '/ took / { value = $NF; unit = value; gsub(/[0-9.]/, "", unit); sub(/[^0-9.].*/, "", value)
        print value * (unit == "s" ? 1 : unit == "ms" ? 1e-3 : 1e-6) }'
}

# Seconds of $STEPS steps: the difference of two runs, which leaves out compilation, memory and the gather.
of_steps() {
    local count=$1 program=$2 scale=$3 short long
    short=$(seconds "$count" "$program" --scale "$scale" --steps 10)
    long=$(seconds "$count" "$program" --scale "$scale" --steps $((10 + steps)))
    awk "BEGIN { print $long - $short }"
}

cells() { # program, scale
    case $1 in
        heat) awk "BEGIN { print 53 * 38 * $2 ^ 2 }" ;;
        stencil) awk "BEGIN { print 13 * 11 * 17 * $2 ^ 3 }" ;;
    esac
}

rate() { # ranks, program, scale
    local time
    time=$(of_steps "$@")
    awk "BEGIN { if ($time <= 0) print 0; else print $(cells "$2" "$3") * $steps / $time }"
}

for program in heat stencil; do
    echo "$program: the same bits on one GPU and on $gpus"
    one=$(ranks 1 "$program" --scale 4) all=$(ranks "$gpus" "$program" --scale 4)
    [[ -n $one && $one == "$all" ]] && echo "  yes: $one" || echo "  NO: one has '$one', all have '$all'"
done

# Which GPUs work: memory and use of each in the middle of a run.
if command -v nvidia-smi >/dev/null; then
    ranks "$gpus" heat --scale "$heat" --steps "$steps" >/dev/null &
    job=$!
    sleep "${SAMPLE_AFTER:-6}"
    nvidia-smi --query-gpu=index,name,driver_version,memory.used,utilization.gpu --format=csv || true
    nvidia-smi --query-compute-apps=gpu_uuid,pid,used_memory --format=csv || true
    wait $job
fi

printf '%-8s %-7s %-6s %5s %6s %14s %10s\n' program overlap kind ranks scale cells/s efficiency
for program in heat stencil; do
    [[ $program == heat ]] && scale=$heat power=2 || scale=$stencil power=3
    # Where as many cells belong to a rank as to the one that is alone.
    wide=$(awk "BEGIN { print int($scale * $gpus ^ (1 / $power) + 0.5) }")
    alone=$(rate 1 "$program" "$scale")
    printf '%-8s %-7s %-6s %5d %6d %14.4g %10s\n' "$program" - one 1 "$scale" "$alone" 1
    for overlap in always never; do
        export HPC_GRID_OVERLAP=$overlap
        for kind in weak strong; do
            [[ $kind == weak ]] && size=$wide || size=$scale
            together=$(rate "$gpus" "$program" "$size")
            efficiency=$(awk "BEGIN { if ($alone > 0) printf \"%.3f\", $together / $alone / $gpus; else print \"?\" }")
            printf '%-8s %-7s %-6s %5d %6d %14.4g %10s\n' "$program" "$overlap" "$kind" "$gpus" "$size" "$together" "$efficiency"
        done
    done
    unset HPC_GRID_OVERLAP
done
