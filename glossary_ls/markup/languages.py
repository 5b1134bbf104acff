"""Languages: their identifiers in editors, the names of their files, and families with the same comments.

This module must not import the parsers, so that it loads fast.
"""

from __future__ import annotations

from pathlib import PurePath

PLAIN = "plaintext"

_SUFFIXES = {
    "c": "c h",
    "cpp": "cc cpp cxx hh hpp hxx ino ipp tpp",
    "cuda-cpp": "cu cuh",
    "clojure": "clj cljc cljs edn",
    "cmake": "cmake",
    "csharp": "cs csx",
    "css": "css",
    "dart": "dart",
    "dockerfile": "dockerfile containerfile",
    "dotenv": "env",
    "elixir": "ex exs",
    "elm": "elm",
    "emacs-lisp": "el",
    "erlang": "erl hrl",
    "fish": "fish",
    "fortran": "f03 f08 f90 f95",
    "fsharp": "fs fsi fsx",
    "go": "go",
    "graphql": "gql graphql",
    "groovy": "gradle groovy",
    "haskell": "hs",
    "hcl": "hcl nomad",
    "ini": "cfg conf desktop ini service socket timer",
    "java": "java",
    "javascript": "cjs js mjs",
    "javascriptreact": "jsx",
    "jsonc": "json5 jsonc",
    "julia": "jl",
    "kotlin": "kt kts",
    "less": "less",
    "lisp": "lisp lsp",
    "lua": "lua",
    "makefile": "mak make mk",
    "nim": "nim",
    "nix": "nix",
    "objective-c": "m",
    "objective-cpp": "mm",
    "ocaml": "ml mli",
    "perl": "pl pm pod",
    "php": "php",
    "powershell": "ps1 psd1 psm1",
    "properties": "properties",
    "proto3": "proto",
    "python": "py pyi pyw pyx bzl star",
    "r": "r",
    "rego": "rego",
    "ruby": "gemspec rake rb ru",
    "rust": "rs",
    "sass": "sass",
    "scala": "sc scala",
    "scheme": "rkt scm",
    "scss": "scss",
    "shellscript": "bash bats ksh sh zsh",
    "solidity": "sol",
    "sql": "psql sql",
    "swift": "swift",
    "terraform": "tf tofu",
    "terraform-vars": "tfvars",
    "thrift": "thrift",
    "toml": "toml",
    "typescript": "cts mts ts",
    "typescriptreact": "tsx",
    "bat": "bat cmd",
    "vim": "vim",
    "yaml": "yaml yml",
    "zig": "zig",
}

_MARKUP_SUFFIXES = {
    "asciidoc": "adoc asc asciidoc",
    "html": "htm html xhtml",
    "markdown": "markdown md mdown mkd mkdn",
    "mdx": "mdx",
    PLAIN: "text txt",
    "quarto": "qmd",
    "restructuredtext": "rest rst",
    "rmd": "rmd",
    "svelte": "svelte",
    "vue": "vue",
    "xml": "xml",
}


def _by_suffix(suffixes: dict[str, str]) -> dict[str, str]:
    return {f".{suffix}": language for language, names in suffixes.items() for suffix in names.split()}


#: The programming languages by file name suffix, with its dot.
SUFFIXES = _by_suffix(_SUFFIXES)

#: The programming languages by file name in lower case.
NAMES = {
    ".bashrc": "shellscript",
    ".gitconfig": "ini",
    ".zshrc": "shellscript",
    "build": "starlark",
    "build.bazel": "starlark",
    "cmakelists.txt": "cmake",
    "containerfile": "dockerfile",
    "dockerfile": "dockerfile",
    "gemfile": "ruby",
    "gnumakefile": "makefile",
    "jenkinsfile": "groovy",
    "justfile": "just",
    "makefile": "makefile",
    "rakefile": "ruby",
    "tiltfile": "starlark",
    "vagrantfile": "ruby",
    "workspace": "starlark",
}

_MEMBERS = {
    "c": "c cpp objective-c objective-cpp cuda-cpp cuda glsl hlsl opencl arduino verilog systemverilog",
    "csharp": "csharp fsharp-script",
    "java": "java groovy jenkinsfile gradle dart solidity thrift",
    "kotlin": "kotlin scala",
    "swift": "swift",
    "go": "go",
    "rust": "rust",
    "javascript": "javascript javascriptreact typescript typescriptreact zig",
    "css": "css",
    "scss": "scss less sass stylus",
    "php": "php",
    "python": "python starlark bazel",
    "toml": "toml",
    "yaml": "yaml dockercompose docker-compose helm ansible yaml.docker-compose yaml.ansible"
    " github-actions-workflow",
    "ini": "ini dosini desktop systemd conf gitconfig editorconfig",
    "properties": "properties java-properties",
    "dockerfile": "dockerfile containerfile",
    "makefile": "makefile make just",
    "shell": "shellscript sh bash zsh ksh",
    "powershell": "powershell",
    "ruby": "ruby crystal",
    "perl": "perl",
    "hash": "r tcl fish awk nim gdscript coffeescript ignore gitignore nginx puppet promql rego dotenv",
    "elixir": "elixir",
    "julia": "julia",
    "terraform": "terraform hcl terraform-vars opentofu",
    "sql": "sql plsql mysql pgsql",
    "lua": "lua",
    "haskell": "haskell elm purescript",
    "ocaml": "ocaml fsharp",
    "lisp": "clojure lisp commonlisp scheme racket emacs-lisp elisp",
    "erlang": "erlang",
    "protobuf": "proto proto3 protobuf",
    "graphql": "graphql",
    "jsonc": "jsonc json5 json",
    "batch": "bat batch",
    "vim": "vim viml",
    "fortran": "fortran fortran-modern fortran_fixed-form",
    "cmake": "cmake",
    "nix": "nix",
}

#: The family of each programming language; the languages of a family have the same comments and strings.
FAMILIES = {name: family for family, names in _MEMBERS.items() for name in names.split()}

_LANGUAGES = SUFFIXES | _by_suffix(_MARKUP_SUFFIXES)
#: The identifiers of editors, such as Vim and Kakoune, that differ from those of the protocol.
_ALIASES = {
    "adoc": "asciidoc",
    "asciidoctor": "asciidoc",
    "gfm": "markdown",
    "git-commit": "gitcommit",
    "rst": "restructuredtext",
    "text": PLAIN,
}
_FILE_NAMES = {**NAMES, "commit_editmsg": "gitcommit", "merge_msg": "gitcommit"}


def language_named(identifier: str) -> str:
    """Return the identifier in the protocol for the language identifier of an editor."""
    return _ALIASES.get(identifier.lower(), identifier)


def language_of(path: str) -> str:
    """Return the language identifier of a file by its name; plain text if it is unknown."""
    file = PurePath(path.replace("\\", "/"))
    return _FILE_NAMES.get(file.name.lower()) or _LANGUAGES.get(file.suffix.lower(), PLAIN)
