#!/bin/sh
# Tests the system's store for real: GNOME Keyring in a session of its own, once
# unlocked, once locked, and once with no store at all. Run it anywhere; it needs
# Debian's gnome-keyring and dbus, and installs them when it may.
set -eu
cd "$(dirname "$0")"

missing=
for program in dbus-run-session gnome-keyring-daemon; do
	command -v "$program" >/dev/null || missing=yes
done
if [ -n "$missing" ]; then
	echo "installing gnome-keyring and dbus"
	sudo=
	[ "$(id -u)" = 0 ] || sudo=sudo
	$sudo apt-get update -qq
	$sudo apt-get install -y -qq --no-install-recommends gnome-keyring dbus
fi

binary=$(mktemp -d)
trap 'rm -rf "$binary"' EXIT
CGO_ENABLED=0 go test -c -tags "ci keyring" -o "$binary/profile.test" .

# in_session STATE COMMAND: a home, a bus and a keyring that nobody else has.
in_session() {
	home=$(mktemp -d)
	mkdir -m 700 "$home/run"
	echo "== store $1"
	status=0
	env -u DISPLAY -u WAYLAND_DISPLAY HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/share" STORE="$1" \
		BINARY="$binary/profile.test" dbus-run-session -- sh -euc "$2" || status=$?
	rm -rf "$home"
	return $status
}

unlock='printf "%s" "a password" | gnome-keyring-daemon --unlock --components=secrets >/dev/null'
lock='dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets \
	org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null'
away='export DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus'

in_session unlocked "$unlock"'; "$BINARY" -test.v -test.run "^TestUnlocked"'
in_session locked "$unlock; $lock"'; "$BINARY" -test.v -test.run "^TestUnusable"'
in_session absent "$away"'; "$BINARY" -test.v -test.run "^TestUnusable"'
