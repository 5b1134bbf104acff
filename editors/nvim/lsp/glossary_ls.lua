---@brief
---
--- Explains the terms of runbooks and design docs: hover, completion, inline notes at the first use of an
--- acronym, and a quiet mark on acronyms that nobody explains. Works without configuration on built-in
--- glossaries, and with the `glossary.yaml` files of a workspace.
---
--- Settings are optional, and better kept in a `glossary-ls.toml` that every editor reads:
---
--- ```lua
--- vim.lsp.config('glossary_ls', {
---   settings = {
---     glossary_ls = {
---       accept = { 'ACME' },
---       rules = { ['unknown-acronym'] = 'hint' },
---       inlayHints = { maxLength = 40 },
---     },
---   },
--- })
--- ```

--- The protocol's names of languages where Neovim's differ.
local languages = {
  text = 'plaintext',
  rst = 'restructuredtext',
}

--- YAML and TOML files are only for the server when they are glossaries or its own configuration.
---@param bufnr integer
local function is_ours(bufnr)
  local filetype = vim.bo[bufnr].filetype
  if filetype ~= 'yaml' and filetype ~= 'toml' then
    return true
  end
  local path = vim.fs.normalize(vim.api.nvim_buf_get_name(bufnr))
  local name = vim.fs.basename(path)
  return name == 'glossary-ls.toml'
    or name:match('^%.?glossary%.ya?ml$') ~= nil
    or name:match('%.glossary%.ya?ml$') ~= nil
    or path:match('/%.glossary/.*%.ya?ml$') ~= nil
end

---@type vim.lsp.Config
return {
  cmd = { 'glossary-ls' },
  filetypes = {
    'markdown',
    'mdx',
    'quarto',
    'rmd',
    'rst',
    'asciidoc',
    'text',
    'gitcommit',
    'yaml',
    'toml',
  },
  -- The repository comes before the glossary files: one in a subfolder adds to those above it.
  root_markers = {
    'glossary-ls.toml',
    '.git',
    { '.glossary', 'glossary.yaml', 'glossary.yml', '.glossary.yaml', '.glossary.yml' },
  },
  root_dir = function(bufnr, on_dir)
    if is_ours(bufnr) then
      on_dir(vim.fs.root(bufnr, vim.lsp.config.glossary_ls.root_markers))
    end
  end,
  get_language_id = function(_, filetype)
    return languages[filetype] or filetype
  end,
}
