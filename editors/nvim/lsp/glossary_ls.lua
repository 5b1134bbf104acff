---@brief
---
--- https://example.org/glossary-ls/glossary-ls
---
--- Explains the terms in runbooks and design docs: hover, completion, inlay hints at the first use of an
--- acronym, and diagnostics for undefined acronyms. Works out of the box with built-in glossaries, and reads
--- the glossaries of a workspace in YAML, Markdown, CSV and other formats.
---
--- Settings are optional. Prefer a `glossary-ls.toml`, which all editors read. For personal settings:
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

--- LSP language identifiers of file types with a different name in Neovim.
local languages = {
  text = 'plaintext',
  rst = 'restructuredtext',
}

--- Return whether the server should attach: to data files only if they are glossaries or its configuration.
---@param bufnr integer
local function is_ours(bufnr)
  local filetype = vim.bo[bufnr].filetype
  if not vim.tbl_contains({ 'yaml', 'toml', 'csv', 'tsv' }, filetype) then
    return true
  end
  local path = vim.fs.normalize(vim.api.nvim_buf_get_name(bufnr))
  local name = vim.fs.basename(path)
  if name == 'glossary-ls.toml' then
    return true
  end
  local stem = name:match('^(.*)%.ya?ml$') or name:match('^(.*)%.[ct]sv$')
  return stem ~= nil
    and (stem:match('^%.?glossary$') or stem:match('%.glossary$') or path:match('/%.glossary/')) ~= nil
end

--- Show a buffer with Markdown as text: without the signs of its markup, and with items that are indented.
local function render()
  vim.wo.linebreak = true
  vim.wo.breakindent = true
  vim.wo.breakindentopt = 'list:-1'
  vim.bo.formatlistpat = [[^\s*\(\d\+\.\|[-*]\)\s\+]]
  vim.wo.conceallevel = 2
  vim.wo.concealcursor = 'nc'
  vim.treesitter.start(0, 'markdown')
  -- Unlike those of emphasis, the signs of a heading are not concealed.
  local hidden = vim.api.nvim_create_namespace('glossary_ls.guide')
  for row, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local _, last = line:find('^#+ ')
    if last then
      vim.api.nvim_buf_set_extmark(0, hidden, row - 1, 0, { end_col = last, conceal = '' })
    end
  end
end

--- Show the introductions of the active glossaries, and how similar terms differ, in a window that `q` closes.
---@param text string?
local function show_guide(text)
  if type(text) ~= 'string' then
    vim.notify('No active glossary has a guide or comparisons.', vim.log.levels.INFO)
    return
  end
  vim.cmd.new()
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(text, '\n'))
  vim.bo.buftype = 'nofile'
  vim.bo.bufhidden = 'wipe'
  vim.bo.modifiable = false
  -- Another guide may be open.
  pcall(vim.api.nvim_buf_set_name, 0, 'Glossary guide')
  render()
  vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = 0 })
end

--- Request the inlay hints again when a hidden buffer is displayed. Neovim 0.11 ignores the refresh that the
--- server requests after a change to a glossary, for buffers without a window.
---@param bufnr integer
local function refresh_hints_when_displayed(bufnr)
  vim.api.nvim_create_autocmd('BufWinEnter', {
    group = vim.api.nvim_create_augroup('glossary_ls.hints.' .. bufnr, {}),
    buffer = bufnr,
    callback = function()
      if vim.lsp.inlay_hint.is_enabled({ bufnr = bufnr }) then
        vim.lsp.inlay_hint.enable(false, { bufnr = bufnr })
        vim.lsp.inlay_hint.enable(true, { bufnr = bufnr })
      end
    end,
  })
end

---@type vim.lsp.Config
return {
  cmd = { 'glossary-ls' },
  -- Names of related terms in hovers are plain text: Neovim wraps a line as if it showed the target of a link.
  capabilities = { experimental = { glossary_ls = { linksTerms = true } } },
  filetypes = {
    'markdown',
    'mdx',
    'quarto',
    'rmd',
    'rst',
    'asciidoc',
    'org',
    'text',
    'gitcommit',
    'yaml',
    'toml',
    'csv',
    'tsv',
  },
  -- The repository root takes precedence: a glossary in a subfolder adds to those in its parents.
  root_markers = {
    'glossary-ls.toml',
    '.git',
    { '.glossary', 'glossary.yaml', 'glossary.yml', '.glossary.yaml', '.glossary.yml', 'glossary.csv', 'glossary.tsv' },
  },
  root_dir = function(bufnr, on_dir)
    if is_ours(bufnr) then
      on_dir(vim.fs.root(bufnr, vim.lsp.config.glossary_ls.root_markers))
    end
  end,
  on_attach = function(client, bufnr)
    refresh_hints_when_displayed(bufnr)
    vim.api.nvim_buf_create_user_command(bufnr, 'GlossaryReview', function()
      client:exec_cmd({
        title = 'Review unknown acronyms',
        command = 'glossary_ls.reviewAcronyms',
        arguments = { { uri = vim.uri_from_bufnr(bufnr) } },
      }, { bufnr = bufnr })
    end, { desc = 'Open a draft of a glossary with the unknown acronyms of the workspace' })
    vim.api.nvim_buf_create_user_command(bufnr, 'GlossaryGuide', function()
      client:exec_cmd({
        title = 'Show guides and comparisons',
        command = 'glossary_ls.showGuide',
        arguments = { { uri = vim.uri_from_bufnr(bufnr) } },
      }, { bufnr = bufnr }, function(failure, text)
        if failure then
          vim.notify(failure.message, vim.log.levels.ERROR)
        else
          show_guide(text)
        end
      end)
    end, { desc = 'Show the guides of the glossaries, and how similar terms differ' })
  end,
  get_language_id = function(_, filetype)
    return languages[filetype] or filetype
  end,
}
