package main

import (
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

const okHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

// hang reads and never responds.
func hang(c net.Conn) { _, _ = io.Copy(io.Discard, c) }

// then writes a response and keeps the connection open.
func then(answer string) func(net.Conn) {
	return func(c net.Conn) {
		if _, err := io.WriteString(c, answer); err == nil {
			hang(c)
		}
	}
}

// thenEnds writes a response and closes the connection.
func thenEnds(answer string) func(net.Conn) {
	return func(c net.Conn) { _, _ = io.WriteString(c, answer) }
}

// drip writes a beginning and then a part every 50 ms, without end.
func drip(start, part string) func(net.Conn) {
	return func(c net.Conn) {
		for text := start; ; text = part {
			if _, err := io.WriteString(c, text); err != nil {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
}

// flood writes a beginning and then a part as fast as it is read, without end.
func flood(start, part string) func(net.Conn) {
	return func(c net.Conn) {
		many := strings.Repeat(part, 1+32<<10/len(part))
		for text := start; ; text = many {
			if _, err := io.WriteString(c, text); err != nil {
				return
			}
		}
	}
}

// reset closes the connection with a RST.
func reset(c net.Conn) {
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	if secure, ok := c.(*tls.Conn); ok {
		reset(secure.NetConn())
		return
	}
	_ = c.Close()
}

// tlsRecord is a TLS record of handshake messages, RFC 8446 section 5.1.
func tlsRecord(length int) string {
	head := []byte{22, 3, 3, 0, 0}
	binary.BigEndian.PutUint16(head[3:], uint16(length))
	return string(head)
}

// framed starts HTTP/2, reads the first request, and calls answer.
func framed(answer func(f *http2.Framer, stream uint32)) func(net.Conn) {
	return func(c net.Conn) {
		if _, err := io.ReadFull(c, make([]byte, len(http2.ClientPreface))); err != nil {
			return
		}
		f := http2.NewFramer(c, c)
		_ = f.WriteSettings()
		for {
			frame, err := f.ReadFrame()
			if err != nil {
				return
			}
			if head, ok := frame.(*http2.HeadersFrame); ok {
				go hang(c)
				answer(f, head.StreamID)
				return
			}
		}
	}
}

// kept responds to a request and keeps the connection open for a while.
func kept(answer func(f *http2.Framer, stream uint32)) func(net.Conn) {
	return framed(func(f *http2.Framer, stream uint32) {
		answer(f, stream)
		time.Sleep(3 * time.Second)
	})
}

// fields encodes header fields, given as names and values.
func fields(pairs ...string) []byte {
	var b bytes.Buffer
	e := hpack.NewEncoder(&b)
	for i := 0; i < len(pairs); i += 2 {
		_ = e.WriteField(hpack.HeaderField{Name: pairs[i], Value: pairs[i+1]})
	}
	return b.Bytes()
}

// forever repeats a frame until the client closes the connection.
func forever(write func() error) {
	for write() == nil {
	}
}

func head200(f *http2.Framer, stream uint32, more ...string) {
	_ = f.WriteHeaders(http2.HeadersFrameParam{
		StreamID: stream, BlockFragment: fields(append([]string{":status", "200"}, more...)...), EndHeaders: true,
	})
}

// traps are the failures of a connection. hangs is true if the failure lasts until the
// client ends it; causes are the expected verdicts.
var traps = []struct {
	name   string
	trap   trap
	hangs  bool
	causes string
}{
	{"the proxy never answers", trap{connect: hang}, true, "network.timeout"},
	{"the proxy drips its answer", trap{connect: drip("HTTP/1.1 200 OK\r\n", "X: y\r\n")}, true, "network.timeout"},
	{"the proxy floods its answer", trap{connect: flood("HTTP/1.1 200 OK\r\n", "X: y\r\n")}, false, "network.intercepted network.refused"},
	{"the proxy sends 1xx without end", trap{connect: flood("", "HTTP/1.1 100 Continue\r\n\r\n")}, false, "network.intercepted network.refused"},
	{"the proxy is no proxy", trap{connect: thenEnds("SSH-2.0-OpenSSH_9.7\r\n")}, false, "network.intercepted network.refused"},
	{"the proxy's status has escapes", trap{connect: thenEnds("HTTP/1.1 403 \x1b[2J\u202e\r\n\r\n")}, false, "network.intercepted"},
	{"the proxy resets", trap{connect: reset}, false, "network.refused"},
	{"the handshake never comes", trap{handshake: hang}, true, "network.timeout"},
	{"the handshake drips", trap{handshake: drip(tlsRecord(16000), "\x02")}, true, "network.timeout"},
	{"the handshake is half a record", trap{handshake: then(tlsRecord(64) + "\x02")}, true, "network.timeout"},
	{"the handshake is junk without end", trap{handshake: flood("", "\x00\xff")}, false, "network.tls"},
	{"the handshake is reset", trap{handshake: reset}, false, "network.refused network.tls"},
	{"it never answers", trap{http1: hang}, true, "network.timeout"},
	{"half a head", trap{http1: then("HTTP/1.1 200 OK\r\nContent-Ty")}, true, "network.timeout"},
	{"the head drips", trap{http1: drip("HTTP/1.1 200 OK\r\n", "X: y\r\n")}, true, "network.timeout"},
	{"the head has no end", trap{http1: flood("HTTP/1.1 200 OK\r\n", "X: y\r\n")}, false, "network.intercepted"},
	{"a header line has no end", trap{http1: flood("HTTP/1.1 200 OK\r\nX: ", "y")}, false, "network.intercepted"},
	{"101", trap{http1: then("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nhello")}, false, "network.intercepted"},
	{"100 without end", trap{http1: flood("", "HTTP/1.1 100 Continue\r\n\r\n")}, false, "network.intercepted"},
	{"103 without end", trap{http1: flood("", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")}, false, "network.intercepted"},
	{"102 drips", trap{http1: drip("", "HTTP/1.1 102 Processing\r\n\r\n")}, true, "network.timeout network.intercepted"},
	{"the body never comes", trap{http1: then(okHead + "Content-Length: 100\r\n\r\n")}, true, "network.timeout"},
	{"the body drips", trap{http1: drip(okHead+"Content-Length: 1000000\r\n\r\n", " ")}, true, "network.timeout"},
	{"the chunks drip", trap{http1: drip(okHead+"Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n")}, true, "network.timeout"},
	{"the chunks' extensions have no end", trap{http1: flood(okHead+"Transfer-Encoding: chunked\r\n\r\n", "1;"+strings.Repeat("x", 200)+"\r\na\r\n")}, false, "network.intercepted"},
	{"a chunk of the longest size", trap{http1: then(okHead + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n")}, false, "network.intercepted"},
	{"the longest length", trap{http1: then(okHead + "Content-Length: 9223372036854775807\r\n\r\nab")}, true, "network.timeout"},
	{"a negative length", trap{http1: then(okHead + "Content-Length: -1\r\n\r\n")}, false, "network.intercepted"},
	{"two lengths", trap{http1: then(okHead + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab")}, false, "network.intercepted"},
	{"another version", trap{http1: then("HTTP/9.9 200 OK\r\n\r\n")}, true, "network.timeout"},
	{"not HTTP", trap{http1: then("\x00\xff\x1b[31mnot http at all\r\n\r\n")}, false, "network.intercepted"},
	{"the connection is reset", trap{http1: reset}, false, "network.refused"},
	{"the connection ends", trap{http1: thenEnds("")}, false, "network.refused"},
	{"HTTP/2 without settings", trap{h2: hang}, true, "network.timeout"},
	{"HTTP/2 that never answers", trap{h2: framed(func(*http2.Framer, uint32) { time.Sleep(20 * time.Second) })}, true, "network.timeout"},
	{"HTTP/2 GOAWAY, every time", trap{h2: framed(func(f *http2.Framer, _ uint32) { _ = f.WriteGoAway(0, http2.ErrCodeNo, []byte("\x1b[31m")) })}, false, "network.refused"},
	{"HTTP/2 GOAWAY, calm", trap{h2: kept(func(f *http2.Framer, s uint32) {
		_ = f.WriteGoAway(s, http2.ErrCodeEnhanceYourCalm, []byte("\x1b[31m\u202e"))
	})}, true, "network.refused network.timeout"},
	{"HTTP/2 stream reset", trap{h2: kept(func(f *http2.Framer, s uint32) { _ = f.WriteRSTStream(s, http2.ErrCodeInternal) })}, false, "network.refused network.intercepted"},
	{"HTTP/2 refused streams", trap{h2: kept(func(f *http2.Framer, s uint32) { _ = f.WriteRSTStream(s, http2.ErrCodeRefusedStream) })}, true, "network.refused network.timeout network.intercepted"},
	{"HTTP/2 pings without end", trap{h2: framed(func(f *http2.Framer, _ uint32) { forever(func() error { return f.WritePing(false, [8]byte{}) }) })}, true, "network.timeout network.refused"},
	{"HTTP/2 settings without end", trap{h2: framed(func(f *http2.Framer, _ uint32) {
		forever(func() error { return f.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: 1}) })
	})}, true, "network.timeout network.refused"},
	{"HTTP/2 1xx without end", trap{h2: framed(func(f *http2.Framer, s uint32) {
		forever(func() error {
			return f.WriteHeaders(http2.HeadersFrameParam{StreamID: s, BlockFragment: fields(":status", "103", "link", "x"), EndHeaders: true})
		})
	})}, false, "network.intercepted network.refused"},
	{"HTTP/2 continuations without end", trap{h2: framed(func(f *http2.Framer, s uint32) {
		_ = f.WriteHeaders(http2.HeadersFrameParam{StreamID: s, BlockFragment: fields(":status", "200")})
		forever(func() error { return f.WriteContinuation(s, false, fields("x", strings.Repeat("y", 8000))) })
	})}, false, "network.intercepted network.refused"},
	{"HTTP/2 headers too large", trap{h2: kept(func(f *http2.Framer, s uint32) {
		pairs := []string{":status", "200"}
		for range 8000 {
			pairs = append(pairs, "x", strings.Repeat("y", 4000)) // one byte each after the first, which adds it to the table
		}
		_ = f.WriteHeaders(http2.HeadersFrameParam{StreamID: s, BlockFragment: fields(pairs...)[:16000], EndHeaders: true, EndStream: true})
	})}, false, "network.intercepted network.refused"},
	{"HTTP/2 without a status", trap{h2: kept(func(f *http2.Framer, s uint32) {
		_ = f.WriteHeaders(http2.HeadersFrameParam{StreamID: s, BlockFragment: fields(":status", "-7"), EndHeaders: true, EndStream: true})
	})}, false, "network.intercepted network.refused"},
	{"HTTP/2 data without end", trap{h2: framed(func(f *http2.Framer, s uint32) {
		head200(f, s)
		forever(func() error { return f.WriteData(s, false, make([]byte, 16000)) })
	})}, false, "network.intercepted network.refused network.timeout"},
	{"HTTP/2 empty data without end", trap{h2: framed(func(f *http2.Framer, s uint32) {
		head200(f, s)
		forever(func() error { return f.WriteData(s, false, nil) })
	})}, true, "network.timeout network.refused"},
	{"HTTP/2 data that drips", trap{h2: framed(func(f *http2.Framer, s uint32) {
		head200(f, s, "content-type", "application/json")
		forever(func() error { time.Sleep(50 * time.Millisecond); return f.WriteData(s, false, []byte(" ")) })
	})}, true, "network.timeout"},
}

// trapName returns the name of a case for messages.
func trapName(name, host, ending string) string { return fmt.Sprintf("%s, %s, %s", name, host, ending) }
