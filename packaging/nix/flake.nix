# The programs of a release: nix run .#s2scheck, nix run .#s2sdoctor
{
  description = "Set up and diagnose server-to-server connections to Dataverse";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      version = "@VERSION@";
      downloads = "@DOWNLOADS@";
      commands = {
        x86_64-linux = { file = "s2scheck-@VERSION@-linux-amd64"; hash = "@SRI s2scheck-@VERSION@-linux-amd64@"; };
        aarch64-linux = { file = "s2scheck-@VERSION@-linux-arm64"; hash = "@SRI s2scheck-@VERSION@-linux-arm64@"; };
        x86_64-darwin = { file = "s2scheck-@VERSION@-darwin-amd64"; hash = "@SRI s2scheck-@VERSION@-darwin-amd64@"; };
        aarch64-darwin = { file = "s2scheck-@VERSION@-darwin-arm64"; hash = "@SRI s2scheck-@VERSION@-darwin-arm64@"; };
      };
      meta = program: {
        description = "Set up and diagnose server-to-server connections to Dataverse";
        homepage = "@HOME@";
        license = nixpkgs.lib.licenses.mit;
        mainProgram = program;
      };
      command = pkgs: source: pkgs.stdenvNoCC.mkDerivation {
        pname = "s2scheck";
        inherit version;
        src = pkgs.fetchurl { url = "${downloads}/${source.file}"; inherit (source) hash; };
        dontUnpack = true;
        nativeBuildInputs = [ pkgs.installShellFiles ];
        installPhase = ''
          install -Dm755 $src $out/bin/s2scheck
          $out/bin/s2scheck man > s2scheck.1
          for shell in bash zsh fish; do $out/bin/s2scheck completion $shell > s2scheck.$shell; done
          installManPage s2scheck.1
          installShellCompletion s2scheck.{bash,zsh,fish}
        '';
        meta = meta "s2scheck";
      };
      window = pkgs: pkgs.stdenv.mkDerivation {
        pname = "s2sdoctor";
        inherit version;
        src = pkgs.fetchurl {
          url = "${downloads}/s2sdoctor-@VERSION@-linux-amd64.tar.gz";
          hash = "@SRI s2sdoctor-@VERSION@-linux-amd64.tar.gz@";
        };
        nativeBuildInputs = [ pkgs.autoPatchelfHook ];
        buildInputs = [ pkgs.libGL pkgs.libxkbcommon pkgs.wayland ]
          ++ (with pkgs.xorg; [ libX11 libXcursor libXi libXinerama libXrandr libXxf86vm ]);
        runtimeDependencies = [ pkgs.libGL pkgs.libxkbcommon pkgs.wayland pkgs.xorg.libX11 ];
        installPhase = ''
          mkdir -p $out
          cp -r bin share $out/
        '';
        meta = meta "s2sdoctor" // { platforms = [ "x86_64-linux" ]; };
      };
    in
    {
      packages = builtins.mapAttrs
        (system: source:
          let pkgs = nixpkgs.legacyPackages.${system};
          in {
            s2scheck = command pkgs source;
            default = command pkgs source;
          } // nixpkgs.lib.optionalAttrs (system == "x86_64-linux") { s2sdoctor = window pkgs; })
        commands;
    };
}
