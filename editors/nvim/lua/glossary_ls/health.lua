--- `:checkhealth glossary_ls`: check the installation, the configuration and the running servers.

local M = {}

local NAME = 'glossary_ls'

---@return vim.lsp.Config?
local function configured()
  local found = vim.lsp.config[NAME]
  if not found or not found.cmd then
    vim.health.error('no configuration for ' .. NAME, {
      'Add the folder editors/nvim of glossary_ls to runtimepath, or copy its lsp/glossary_ls.lua.',
    })
    return nil
  end
  return found
end

--- Return the command that prints the version of the server.
---@param cmd string[]
local function version_command(cmd)
  local parts = vim.tbl_filter(function(part)
    return part ~= '--stdio' and part ~= 'serve'
  end, cmd)
  return vim.list_extend(parts, { '--version' })
end

---@param cmd string[]|function
local function check_executable(cmd)
  if type(cmd) ~= 'table' then
    vim.health.info('command: not a list; skipping the check of the executable')
    return
  end
  local path = vim.fn.exepath(cmd[1])
  if path == '' then
    vim.health.error(('%s is not executable'):format(cmd[1]), {
      'Install the server: pipx install PATH_OF_THE_CHECKOUT',
      "Or set its command: vim.lsp.config('glossary_ls', { cmd = { '/path/to/glossary-ls' } })",
    })
    return
  end
  vim.health.ok('executable: ' .. path)
  local started, process = pcall(vim.system, version_command(cmd), { text = true, timeout = 10000 })
  local result = started and process:wait() or { code = -1, stderr = tostring(process) }
  if result.code == 0 then
    vim.health.ok('version: ' .. vim.trim(result.stdout))
  else
    vim.health.error('the server does not run: ' .. vim.trim(result.stderr or ''), {
      ('Run it in a terminal: %s'):format(table.concat(version_command(cmd), ' ')),
    })
  end
end

---@param config vim.lsp.Config
local function check_enabled(config)
  if vim.lsp.is_enabled(NAME) then
    vim.health.ok('enabled for: ' .. table.concat(config.filetypes or { 'every file type' }, ', '))
  else
    vim.health.warn('not enabled', { "Add vim.lsp.enable('glossary_ls') to your init.lua." })
  end
end

--- LSP methods, their features, and the key or function to use them.
local FEATURES = {
  { 'textDocument/hover', 'hover', 'K' },
  { 'textDocument/completion', 'completion', 'i_CTRL-X_CTRL-O' },
  { 'textDocument/inlayHint', 'inlay hints', 'vim.lsp.inlay_hint.enable()' },
  { 'textDocument/codeAction', 'code actions', 'gra' },
  { 'textDocument/definition', 'definition', 'CTRL-]' },
  { 'textDocument/references', 'references', 'grr' },
  { 'textDocument/rename', 'rename', 'grn' },
}

---@param buffer integer
local function check_buffer(buffer)
  local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':~:.')
  local hints = vim.lsp.inlay_hint.is_enabled({ bufnr = buffer }) and 'on' or 'off'
  local diagnostics = vim.iter(vim.diagnostic.get(buffer)):filter(function(diagnostic)
    return diagnostic.source == 'glossary-ls'
  end)
  vim.health.info(('%s: diagnostics: %d, inlay hints: %s'):format(name, #diagnostics:totable(), hints))
end

---@param client vim.lsp.Client
local function check_client(client)
  local version = vim.tbl_get(client, 'server_info', 'version') or 'unknown'
  vim.health.ok(('client %d is attached, server version %s'):format(client.id, version))
  vim.health.info('root: ' .. (client.root_dir or 'none (single files)'))
  vim.health.info('position encoding: ' .. client.offset_encoding)
  for _, feature in ipairs(FEATURES) do
    local method, name, key = unpack(feature)
    if client:supports_method(method) then
      vim.health.info(('%s: %s'):format(name, key))
    end
  end
  for buffer in vim.spairs(client.attached_buffers) do
    check_buffer(buffer)
  end
end

local function check_clients()
  local clients = vim.lsp.get_clients({ name = NAME })
  if #clients == 0 then
    vim.health.warn('no buffer is attached', {
      'Open a Markdown, reStructuredText, AsciiDoc or text file first.',
      'Then check the log for errors: :lua vim.cmd.tabnew(vim.lsp.log.get_filename())',
    })
  end
  vim.iter(clients):each(check_client)
end

function M.check()
  vim.health.start('glossary_ls: installation')
  if vim.fn.has('nvim-0.11') == 0 then
    vim.health.error('Neovim 0.11 or newer is required', { 'Older versions lack vim.lsp.config().' })
    return
  end
  local config = configured()
  if config then
    check_executable(config.cmd)
    check_enabled(config)
  end
  vim.health.start('glossary_ls: running servers')
  check_clients()
end

return M
