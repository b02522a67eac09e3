# The window. Homebrew takes a cask only if Apple has notarised it.
cask "s2sdoctor" do
  version "@VERSION@"
  sha256 "@SHA256 s2sdoctor-@VERSION@-macos-universal.zip@"

  url "@HOME@/releases/download/v#{version}/s2sdoctor-#{version}-macos-universal.zip"
  name "S2S Doctor"
  desc "Set up and diagnose server-to-server connections to Dataverse"
  homepage "@HOME@"

  depends_on macos: ">= :monterey"

  app "S2S Doctor.app"

  zap trash: "~/Library/Application Support/S2S Doctor"
end
