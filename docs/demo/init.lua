-- The Neovim configuration used by `make nvim`, and an example for your own init.lua. It requires editors/nvim on
-- 'runtimepath' and glossary-ls on PATH.

vim.lsp.enable('glossary_ls')

-- Offer terms after three letters; CTRL-X CTRL-O offers them at any time.
vim.lsp.config('glossary_ls', { settings = { glossary_ls = { completion = { minimumLength = 3 } } } })

vim.api.nvim_create_autocmd('LspAttach', {
  callback = function(event)
    local client = assert(vim.lsp.get_client_by_id(event.data.client_id))
    if client.name ~= 'glossary_ls' then
      return
    end
    local letters = vim.split('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', '')
    client.server_capabilities.completionProvider.triggerCharacters = letters
    vim.lsp.completion.enable(true, client.id, event.buf, {
      autotrigger = true,
      -- All items are terms: the column that says so is left out.
      convert = function()
        return { kind = '' }
      end,
    })
    vim.lsp.inlay_hint.enable(true, { bufnr = event.buf })
    vim.keymap.set('n', 'K', function()
      vim.lsp.buf.hover({ max_width = 80 })
    end, { buffer = event.buf, desc = 'Explain the term under the cursor' })
  end,
})

vim.o.completeopt = 'menuone,noselect,popup'

-- Windows of explanations and diagnostics have a border, and diagnostics no title.
vim.o.winborder = 'rounded'
vim.diagnostic.config({ virtual_text = true, float = { header = '', prefix = '' } })

-- Inlay hints are as readable as comments. Neovim's default is the color of characters that are no text.
vim.api.nvim_set_hl(0, 'LspInlayHint', { link = 'Comment' })

-- Break lines between words, in documents and in explanations.
vim.o.linebreak = true
