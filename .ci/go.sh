# Sourced by the scripts beside it: how Go is called, wherever the clone came from.
# shellcheck shell=bash

export LANG=${LANG:-C.UTF-8} HOME=${HOME:-/tmp}
export PATH=$PATH:${GRANTWALK_GOROOT:-/usr/local/go}/bin # another one in tests of these scripts
mkdir -p "$HOME/.cache"

# Git answers nothing about a clone of somebody else's, as on a mount of a container or in a lab ("dubious ownership").
# Go then builds nothing either, unless it is not to write the commit into the program.
if [ -e .git ] && command -v git >/dev/null && ! git rev-parse --git-dir >/dev/null 2>&1; then
	export GOFLAGS="${GOFLAGS:+$GOFLAGS }-buildvcs=false"
fi

# To learn what a name of C is, cgo writes a line that fails unless the name is a type, and gcc looks through all
# names for one that might have been meant: 130 s of processor time for the functions of OpenGL, before anything is
# built. A name that gcc knows the header of is not looked for, and this one is none without its brackets. The
# preprocessor runs by itself, so that the failure is still told of the line that it is in.
if [ "$(uname -s)" = Linux ]; then
	export CGO_CFLAGS=${CGO_CFLAGS:--g -O2 -no-integrated-cpp -D__cgo_undefined__2=offsetof}
fi

# alive RANGE COMMAND [ARG ...]: says how long a command may take, and each half minute that it is still at it.
alive() {
	local range=$1 ticker status=0
	shift
	echo "Building; the first time takes $range."
	( # it ends with this script, whatever ends that, and holds nobody's pipe open meanwhile
		for ((seconds = 30; ; seconds += 30)); do
			sleep 30 >/dev/null 2>&1
			kill -0 $$ 2>/dev/null || exit 0
			printf '  still building after %d:%02d\n' $((seconds / 60)) $((seconds % 60))
		done
	) &
	ticker=$!
	"$@" || status=$?
	kill "$ticker" 2>/dev/null || true
	wait "$ticker" 2>/dev/null || true
	return "$status"
}
