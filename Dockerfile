# The command s2scheck alone: one static file, the root certificates, and a user without
# rights. Build it from a release's program (make dist), or from the source:
#   docker build --build-arg VERSION=1.0.0 -t s2scheck .
# The versions of the two images are arguments, so that they can be pinned by digest.
ARG GO_IMAGE=golang:1.26
FROM ${GO_IMAGE} AS build
ARG VERSION=
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X main.numbered=${VERSION}" -o /s2scheck ./cmd/s2scheck

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /s2scheck /s2scheck
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt HOME=/tmp
USER 65532:65532
ENTRYPOINT ["/s2scheck"]
