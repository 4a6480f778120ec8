package main_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// machine is a computer that a script of .ci runs on: what it has is what stands
// in bin, and what its system is called stands in os-release.
type machine struct {
	t      *testing.T
	folder string
	env    []string
}

// bare has what every Debian has, and no Go, no curl and no compiler.
func bare(t *testing.T) *machine {
	t.Helper()
	m := &machine{t: t, folder: t.TempDir()}
	for _, name := range []string{".ci", "bin", "home", "x11"} {
		if err := os.Mkdir(filepath.Join(m.folder, name), 0o750); err != nil {
			t.Fatal(err)
		}
	}
	for _, script := range []string{"launch", "setup", "go.sh"} {
		m.write(".ci/"+script, read(t, ".ci/"+script))
	}
	m.write("go.mod", read(t, "go.mod"))
	for tool := range strings.FieldsSeq("bash cat chmod dirname grep head mkdir mktemp rm sed sleep sort tail timeout") {
		path, err := exec.LookPath(tool)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(path, filepath.Join(m.folder, "bin", tool)); err != nil {
			t.Fatal(err)
		}
	}
	m.has("id", "echo 0")
	m.is("x86_64")
	m.runs("ID=debian\nVERSION_ID=12\n")
	return m
}

func (m *machine) write(name, text string) {
	m.t.Helper()
	if err := os.WriteFile(filepath.Join(m.folder, name), []byte(text), 0o700); err != nil {
		m.t.Fatal(err)
	}
}

// has puts a program into bin.
func (m *machine) has(name, script string) {
	m.t.Helper()
	m.write("bin/"+name, "#!/bin/bash\n"+script+"\n")
}

func (m *machine) is(processor string) {
	m.t.Helper()
	m.has("uname", `case $1 in -m) echo `+processor+` ;; *) echo Linux ;; esac`)
}

func (m *machine) runs(release string) {
	m.t.Helper()
	m.write("os-release", release)
}

// hasGo gives it a Go that writes down how it is called and builds a program that says that it was opened.
func (m *machine) hasGo(version string) {
	m.t.Helper()
	m.has("go", `echo "go $* GOFLAGS=${GOFLAGS:-}" >>calls
case "$1 ${2:-}" in
"env GOVERSION") echo go`+version+` ;;
"env GOTOOLCHAIN") echo "${GOTOOLCHAIN:-auto}" ;;
build*) while [ "$1" != -o ]; do shift; done; printf '#!/bin/bash\necho opened "${0##*/}" "$@"\n' >"$2"; chmod +x "$2" ;;
esac`)
}

// run runs a script of .ci and returns what it said and its status.
func (m *machine) run(script string, args ...string) (said string, status int) {
	m.t.Helper()
	cmd := exec.CommandContext(m.t.Context(), filepath.Join(m.folder, "bin", "bash"), append([]string{".ci/" + script}, args...)...)
	cmd.Dir = m.folder
	cmd.Env = append([]string{
		"PATH=" + filepath.Join(m.folder, "bin"), "HOME=" + filepath.Join(m.folder, "home"), "SSL_CERT_FILE=/dev/null",
		"GRANTWALK_OS_RELEASE=" + filepath.Join(m.folder, "os-release"), "GRANTWALK_X11_SOCKETS=" + filepath.Join(m.folder, "x11"),
		"GRANTWALK_GOROOT=" + filepath.Join(m.folder, "none"),
	}, m.env...)
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		m.t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// calls are those of its Go that build.
func (m *machine) calls() string {
	text, err := os.ReadFile(filepath.Join(m.folder, "calls"))
	if err != nil {
		return ""
	}
	var builds strings.Builder
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "go build") {
			builds.WriteString(line)
		}
	}
	return builds.String()
}

// wanted is the version of Go that go.mod asks for.
func wanted(t *testing.T) string {
	t.Helper()
	_, after, _ := strings.Cut(read(t, "go.mod"), "\ngo ")
	version, _, _ := strings.Cut(after, "\n")
	return version
}

func TestAMissingGoIsToldWithACommandThatWorksThere(t *testing.T) {
	download := "https://go.dev/dl/go" + wanted(t) + ".linux-%s.tar.gz"
	for name, c := range map[string]struct {
		processor, release, has string
		want                    string
	}{
		"a bare Debian 12": {
			"x86_64", "ID=debian\nVERSION_ID=12\n", "",
			"apt-get install -y curl ca-certificates && curl -fsSL " + fmt.Sprintf(download, "amd64") + " | tar -C /usr/local -xz",
		},
		"one with curl":       {"x86_64", "ID=debian\nVERSION_ID=12\n", "curl", "Run: curl -fsSL " + fmt.Sprintf(download, "amd64")},
		"one with wget":       {"aarch64", "ID=debian\nVERSION_ID=12\n", "wget", "Run: wget -qO- " + fmt.Sprintf(download, "arm64")},
		"a Raspberry Pi":      {"armv7l", "ID=raspbian\nID_LIKE=debian\nVERSION_ID=12\n", "", fmt.Sprintf(download, "armv6l")},
		"an old PC":           {"i686", "ID=debian\nVERSION_ID=12\n", "", fmt.Sprintf(download, "386")},
		"a board with RISC-V": {"riscv64", "ID=ubuntu\nVERSION_ID=22.04\n", "", fmt.Sprintf(download, "riscv64")},
		"a LoongArch":         {"loongarch64", "ID=debian\nVERSION_ID=12\n", "", fmt.Sprintf(download, "loong64")},
		"Debian 13": {
			"aarch64", "ID=debian\nVERSION_ID=13\n", "",
			"Run: apt-get update && apt-get install -y golang-go && go env -w GOTOOLCHAIN=auto",
		},
		"Ubuntu 24.04":            {"x86_64", "ID=ubuntu\nVERSION_ID=24.04\n", "", "Run: apt-get update && apt-get install -y golang-go"},
		"a processor without one": {"alpha", "ID=debian\nVERSION_ID=12\n", "", "There is none to download for alpha"},
	} {
		m := bare(t)
		m.is(c.processor)
		m.runs(c.release)
		if c.has != "" {
			m.has(c.has, "exit 1")
		}
		if said, status := m.run("setup", "headless"); status != 2 || !strings.Contains(said, c.want) {
			t.Errorf("on %s the status is %d and it says:\n%s\ninstead of\n%s", name, status, said, c.want)
		}
	}
}

func TestAForbiddenToolchainIsAllowedWhereItWasForbidden(t *testing.T) {
	m := bare(t)
	m.hasGo("1.22.1")
	m.env = []string{"GOTOOLCHAIN=local"}
	if said, status := m.run("setup", "headless"); status != 2 || !strings.Contains(said, "Run: unset GOTOOLCHAIN") {
		t.Errorf("where the environment forbids it, the status is %d and it says: %s", status, said)
	}
	m.env = nil
	m.has("go", `case "$1 $2" in "env GOVERSION") echo go1.22.1 ;; *) echo local ;; esac`)
	if said, status := m.run("setup", "headless"); status != 2 || !strings.Contains(said, "Run: go env -w GOTOOLCHAIN=auto") {
		t.Errorf("where the settings of Go forbid it, the status is %d and it says: %s", status, said)
	}
}

func TestADisplayThatNobodyAnswersAtIsNoticedBeforeAnythingIsBuilt(t *testing.T) {
	for name, env := range map[string][]string{
		"an X server that is gone":             {"DISPLAY=:77"},
		"a forwarded one that is gone":         {"DISPLAY=127.0.0.1:59000"}, // beyond the last port
		"a Wayland compositor that is gone":    {"WAYLAND_DISPLAY=wayland-7", "XDG_RUNTIME_DIR=/nowhere"},
		"no display, as in a container or ssh": nil,
	} {
		m := bare(t)
		m.hasGo(wanted(t))
		m.env = env
		said, status := m.run("launch")
		if status != 0 || !strings.Contains(said, "No display here (") || !strings.Contains(said, "opened grantwalk-headless walk") {
			t.Errorf("with %s the status is %d and it says:\n%s", name, status, said)
		}
		if calls := m.calls(); strings.Contains(calls, "x11") || !strings.Contains(calls, "-tags headless") {
			t.Errorf("with %s it builds:\n%s", name, calls)
		}
		if len(env) > 0 && !strings.Contains(said, "nothing answers at "+env[0]) {
			t.Errorf("with %s it does not say what is wrong:\n%s", name, said)
		}
	}
}

func TestADisplayThatAnswersGetsTheWindow(t *testing.T) {
	m := bare(t)
	m.hasGo(wanted(t))
	m.write(".ci/setup", "#!/bin/bash\n")
	var config net.ListenConfig
	// A path of a socket is short, and that of a test's folder is not.
	t.Chdir(filepath.Join(m.folder, "x11"))
	listener, err := config.Listen(t.Context(), "unix", "X7")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	m.env = []string{"DISPLAY=:7"}
	said, status := m.run("launch", "--theme", "dark")
	if status != 0 || !strings.Contains(said, "opened grantwalk --theme dark") || !strings.Contains(said, "the first time takes") {
		t.Errorf("the status is %d and it says:\n%s", status, said)
	}
	if said, _ := m.run("launch"); strings.Contains(said, "the first time takes") {
		t.Errorf("the second time it says:\n%s", said)
	}
}

func TestACloneOfSomebodyElsesIsBuilt(t *testing.T) {
	m := bare(t)
	m.hasGo(wanted(t))
	m.write(".git", "gitdir: somewhere\n")
	m.has("git", `echo "fatal: detected dubious ownership in repository" >&2; exit 128`)
	m.env = []string{"GOFLAGS=-mod=mod"}
	if said, status := m.run("launch"); status != 0 || !strings.Contains(m.calls(), "GOFLAGS=-mod=mod -buildvcs=false") {
		t.Errorf("the status is %d, it builds with %s and says:\n%s", status, m.calls(), said)
	}
	ours := bare(t)
	ours.hasGo(wanted(t))
	ours.write(".git", "gitdir: somewhere\n")
	ours.has("git", "exit 0")
	if said, status := ours.run("launch"); status != 0 || strings.Contains(ours.calls(), "buildvcs") {
		t.Errorf("a clone of one's own: the status is %d, it builds with %s and says:\n%s", status, ours.calls(), said)
	}
}

func TestTheLastLineOfAFailedTestRunSaysWhatWasTooSlow(t *testing.T) {
	m := bare(t)
	for _, script := range []string{"test", "stages.sh"} {
		m.write(".ci/"+script, read(t, ".ci/"+script))
	}
	m.write(".ci/setup", "#!/bin/bash\n")
	m.has("go", `case $1 in list) echo x/slow ;; vet) ;; test)
	printf 'ok  \tx/quick\t3.0s\npanic: test timed out after 30m0s\n\trunning tests:\n\t\tTestSlow (29m58s)\n\nFAIL\tx/slow\t1800.03s\nFAIL\n'
	exit 1 ;;
esac`)
	for _, tool := range []string{"awk", "tee"} {
		path, err := exec.LookPath(tool)
		if err != nil {
			t.Fatal(err)
		}
		m.has(tool, `exec `+path+` "$@"`)
	}
	said, status := m.run("test")
	if status == 0 || !strings.HasSuffix(said, "too slow: x/slow was not done after 30m0s, at TestSlow\n") {
		t.Errorf("the status is %d and it ends with:\n%s", status, said)
	}
}
