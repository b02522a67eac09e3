# Two targets do everything on a fresh machine: make run, make test.
# One fixed set of flags everywhere: cgo's generated OpenGL takes minutes, and
# is compiled again for every other set. no_animations stops the caret's blinking,
# which repaints the window for ever: much over a remote desktop. no_emoji leaves
# out a font of 4 MB, which Fyne would load anew for every style of text; the
# system's own is found where somebody's text has an emoji.

GO      ?= go
TAGS    := migrated_fynedo,no_animations,no_emoji
FLAGS   := -trimpath -tags $(TAGS)
WINDOW  := bin/s2sdoctor
COMMAND := bin/s2scheck

GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0

.PHONY: run test unit race every vet lint macos-check window command e2e peers azure dist check-downloads wine docs pack screenshots fuzz kills vuln twice bench profile clean

## run: install what is missing, build, open the window on the sandbox
run:
	scripts/need window
	$(MAKE) window
	scripts/run $(WINDOW)

## test: everything that needs no screen
test: vet unit race

vet:
	@test -z "$$(gofmt -l core ui cmd internal e2e peers *.go 2>/dev/null)" || { echo "gofmt:"; gofmt -l core ui cmd internal e2e peers *.go; exit 1; }
	$(GO) mod verify
	CGO_ENABLED=0 $(GO) vet -tags ci ./...
	CGO_ENABLED=0 $(GO) vet -C e2e -tags ci,e2e ./...

# The order of the tests: the same for everyone here, another every night (on).
SHUFFLE ?= 1

# What go test would vet, vet has seen with all analyzers. Tests of the command wait for
# processes most of the time: other packages run beside them.
TESTFLAGS = -p 4 -vet=off -shuffle=$(SHUFFLE) -timeout 20m -tags ci

unit:
	CGO_ENABLED=0 $(GO) test $(TESTFLAGS) ./...

## every: every combination of which make test tries a sample (internal/sample)
every:
	CGO_ENABLED=0 $(GO) test -count=1 -tags ci -timeout 30m -run '^(TestFormNeverDecides|TestApplyInterruptedOnSandbox|TestPlanKilled|TestNoEchoAnywhere|TestAnyAnswerFitsInMemory)$$' ./core ./core/setup ./cmd/s2scheck -args -every

## lint: the linters of tools/go.mod over everything (two minutes the first time)
lint:
	scripts/lint

# The race detector needs a C compiler, but with the tag ci no OpenGL. Tests in which it
# can find nothing leave themselves out (internal/race).
race:
	scripts/need compiler
	CGO_ENABLED=1 $(GO) test -race $(TESTFLAGS) ./cmd/... ./core/... ./ui/...

## macos-check: type-check and link everything for macOS, anywhere (a minute)
macos-check:
	scripts/check-macos

## window: build the window (3 to 4 minutes the first time)
window:
	@mkdir -p bin
	CGO_ENABLED=1 $(GO) build $(FLAGS) -o $(WINDOW) .

## command: build the command, one static file
command:
	@mkdir -p bin
	CGO_ENABLED=0 $(GO) build -trimpath -o $(COMMAND) ./cmd/s2scheck

## e2e: drive the real window and a real browser on a virtual display
e2e:
	scripts/need e2e
	$(MAKE) window
	cd e2e && CGO_ENABLED=0 $(GO) test -count=1 -tags e2e -timeout 15m ./...

## peers: run other people's clients against the served sandbox
peers:
	scripts/need peers
	$(MAKE) command
	@mkdir -p bin/peers
	cd peers/node && npm ci --ignore-scripts --no-audit --no-fund
	cd peers && CGO_ENABLED=0 $(GO) vet ./... && CGO_ENABLED=0 $(GO) build -trimpath -o ../bin/peers/ . ./client
	cd peers && ../bin/peers/peers -s2scheck ../bin/s2scheck -client ../bin/peers/client

## azure: set up with the Azure CLI itself, signed in to the served sandbox
azure:
	scripts/need azure
	$(MAKE) command
	@mkdir -p bin/peers
	cd peers && CGO_ENABLED=0 $(GO) build -trimpath -o ../bin/peers/ .
	cd peers && ../bin/peers/peers -s2scheck ../bin/s2scheck azure

## dist: the downloads, with checksums and bills of materials
dist:
	scripts/need dist
	scripts/dist

## check-downloads: the downloads of make dist, with the tools of their systems
check-downloads:
	scripts/need check-downloads
	scripts/check-downloads dist/s2sdoctor-$$(sed -n 's/^Version = "\(.*\)"/\1/p' FyneApp.toml)

## wine: run the Windows programs where there is no Windows
wine:
	scripts/need wine
	scripts/wine-smoke

## docs: write what is generated, pictures included
docs: screenshots pack
	$(GO) generate ./core/catalog

## pack: put the changed translations into the program
pack:
	CGO_ENABLED=0 $(GO) test -tags ci -run Translation ./assets -update

## screenshots: the pictures of the documents, made by the window itself
PICTURES := empty healthy failed guide running kinds overview compared
screenshots:
	rm -rf dist/pictures && mkdir -p docs/pictures
	CGO_ENABLED=0 $(GO) test -count=1 -tags ci -run "^TestPictures$$" ./ui -args -pictures $(CURDIR)/dist/pictures
	for p in $(PICTURES); do for m in light dark; do cp dist/pictures/$$p-$$m-1000x700.png docs/pictures/$$p-$$m.png; done; done
	for m in light dark; do cp dist/pictures/setup-planned-$$m-1600x1000.png docs/pictures/setup-planned-$$m.png; done

## fuzz: every fuzz target for FUZZTIME
FUZZTIME ?= 60s
fuzz:
	scripts/fuzz $(FUZZTIME)

## kills: kill KILLS programs while they save and forget connections
KILLS ?= 1000
kills:
	CGO_ENABLED=0 $(GO) test -count=1 -tags ci -run '^TestKilled' -v ./core/profile -args -kills $(KILLS)

## vuln: known vulnerabilities, in the source and in the programs that were built
vuln:
	CGO_ENABLED=0 $(GO) run $(GOVULNCHECK) -tags ci ./core/... ./cmd/... ./ui/...
	$(MAKE) command
	CGO_ENABLED=0 $(GO) run $(GOVULNCHECK) -mode binary $(COMMAND)
	[ ! -e $(WINDOW) ] || CGO_ENABLED=0 $(GO) run $(GOVULNCHECK) -mode binary $(WINDOW)

## twice: build the programs in two places and compare them, byte for byte
twice:
	scripts/twice

## bench: our window against an empty one, an examination against a script
BENCHRUNS ?= 10
bench:
	scripts/need window
	CGO_ENABLED=1 $(GO) build $(FLAGS) -ldflags "-s -w" -o bin/bench/s2sdoctor .
	CGO_ENABLED=1 $(GO) build $(FLAGS),bench -ldflags "-s -w" -o bin/bench/empty ./bench/empty
	CGO_ENABLED=0 $(GO) run ./bench -runs $(BENCHRUNS) bin/bench/s2sdoctor bin/bench/empty
	CGO_ENABLED=0 $(GO) test -tags ci -run '^$$' -bench . -benchtime 5x ./core/...

## profile: where the first seconds of the window go
profile:
	scripts/need window
	CGO_ENABLED=1 $(GO) build $(FLAGS),bench -o bin/bench/profiled .
	scripts/profile bin/bench/profiled

clean:
	rm -rf bin dist
