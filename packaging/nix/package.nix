{
  lib,
  fetchPypi,
  python3Packages,
}:

python3Packages.buildPythonApplication rec {
  pname = "glossary-ls";
  version = "0.1.0";
  pyproject = true;

  src = fetchPypi {
    pname = "glossary_ls";
    inherit version;
    hash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  };

  build-system = [ python3Packages.hatchling ];

  dependencies = [
    python3Packages.lsprotocol
    python3Packages.pygls
    python3Packages.pyyaml
    python3Packages.rich
    python3Packages.shtab
  ];

  optional-dependencies = {
    skos = [ python3Packages.rdflib ];
  };

  pythonImportsCheck = [ "glossary_ls" ];

  meta = {
    description = "Language server for the terms that people use in runbooks and design docs";
    homepage = "https://example.org/glossary-ls/glossary-ls";
    changelog = "https://example.org/glossary-ls/glossary-ls/blob/main/CHANGELOG.md";
    license = lib.licenses.mit;
    mainProgram = "glossary-ls";
  };
}
