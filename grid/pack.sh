#!/usr/bin/env bash
# Packs the grid's programs, and Open MPI as it is installed here, for a machine that has none: grid/pack.sh PROGRAMS FOLDER
# There: tar -xf FOLDER/grid.tar.xz -C /   (it writes to /opt/hpc-grid, /usr/lib/*/openmpi, /usr/share/openmpi, /etc/openmpi)
set -euo pipefail
programs=$1 folder=$2
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
# Not /lib, which is a link: unpacking a folder of that name would replace it.
libraries=/usr/lib/$(gcc -print-multiarch)
mkdir -p "$stage/opt/hpc-grid/lib" "$stage/opt/hpc-grid/bin" "$folder"
cp "$programs" "$stage/opt/hpc-grid/bin/programs"
strip "$stage/opt/hpc-grid/bin/programs"
cp "$(dirname "$0")/scaling.sh" "$stage/opt/hpc-grid/bin/"
cp -L "$(command -v orterun)" "$stage/opt/hpc-grid/bin/mpiexec"
# What Open MPI looks for at the place where it was installed: components, help texts, settings.
tar -ch "$libraries/openmpi/lib/openmpi3" /usr/share/openmpi /etc/openmpi 2>/dev/null | tar -x -C "$stage"
# Every library that any of these needs, but for the C library's own and the drivers'.
find "$stage" -type f \( -name '*.so' -o -path '*/bin/*' \) ! -name '*.sh' -exec ldd {} + 2>/dev/null |
    awk '/=> \// { print $3 }' | sort -u |
    grep -vE '/(libc|libm|libdl|librt|libpthread|libresolv|ld-linux[^/]*|libvulkan|libcuda)\.so' |
    xargs -I{} cp -Ln {} "$stage/opt/hpc-grid/lib/"
tar -cJf "$folder/grid.tar.xz" -C "$stage" .
ls -l "$folder/grid.tar.xz"
