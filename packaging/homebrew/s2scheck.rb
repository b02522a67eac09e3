# The command, built from the source of the release: nothing has to be signed.
class S2scheck < Formula
  desc "Examine server-to-server connections to Dataverse"
  homepage "@HOME@"
  url "@DOWNLOADS@/s2sdoctor-@VERSION@-source.tar.gz"
  sha256 "@SHA256 s2sdoctor-@VERSION@-source.tar.gz@"
  license "MIT"

  depends_on "go" => :build

  def install
    ldflags = "-s -w -X main.numbered=#{version}"
    system "go", "build", *std_go_args(ldflags: ldflags), "./cmd/s2scheck"
    generate_completions_from_executable(bin/"s2scheck", "completion", shells: [:bash, :zsh, :fish, :pwsh])
    (man1/"s2scheck.1").write Utils.safe_popen_read(bin/"s2scheck", "man")
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/s2scheck version")
    assert_match "appuser.missing", shell_output("#{bin}/s2scheck --sandbox --scenario appuser-missing --format json", 1)
  end
end
