;;; glossary-ls.el --- Explain the terms in runbooks and design docs  -*- lexical-binding: t; -*-

;; Author: The glossary_ls developers
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; Keywords: convenience, docs, tools
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; Configures Eglot to use the language server glossary_ls, which explains
;; acronyms and terms in the echo area, completes them, and reports undefined
;; acronyms.
;;
;;     (require 'glossary-ls)
;;     (add-hook 'text-mode-hook #'glossary-ls-ensure)
;;
;; The modes for Markdown, reStructuredText and AsciiDoc are derived from Text
;; mode, so this one hook is sufficient.  In other derived modes, such as LaTeX,
;; it does nothing.
;;
;; Eglot selects a server by the major mode or a mode it is derived from.
;; Glossary files therefore have their own mode, `glossary-ls-yaml-mode', so
;; that other YAML files keep their servers.  Glossaries in CSV are read
;; without a mode of their own.  Plain text is not enabled by
;; default, because too many modes are derived from Text mode; to enable it,
;; use `glossary-ls-text-mode' in `auto-mode-alist'.
;;
;; Put settings in `eglot-workspace-configuration', section `:glossary_ls'.

;;; Code:

(require 'eglot)
(require 'url-parse)
(require 'url-util)
(require 'seq)

(defgroup glossary-ls nil
  "Explain terms with the language server glossary_ls."
  :group 'eglot
  :prefix "glossary-ls-")

(defcustom glossary-ls-command '("glossary-ls")
  "The server program and its arguments."
  :type '(repeat string))

(defconst glossary-ls--modes
  '((markdown-mode :language-id "markdown")
    (rst-mode :language-id "restructuredtext")
    (adoc-mode :language-id "asciidoc")
    (org-mode :language-id "org")
    (glossary-ls-text-mode :language-id "plaintext")
    (glossary-ls-yaml-mode :language-id "yaml"))
  "The supported major modes and their LSP language identifiers.")

;;;###autoload
(defun glossary-ls-ensure ()
  "Start or reuse the server of the current project for this buffer.

Intended for `text-mode-hook'.  It does nothing if the buffer visits no
file, if its major mode is not supported, if `eglot-server-programs'
has another server for the mode, or if the server is not installed.
When called interactively, it shows the reason."
  (interactive)
  (let ((reason (glossary-ls--reason-against)))
    (cond ((not reason)
           (glossary-ls--keep-first-lines)
           (eglot-ensure))
          ((called-interactively-p 'any)
           (user-error "Glossary-ls: %s" reason)))))

;;;###autoload
(define-derived-mode glossary-ls-text-mode text-mode "Text"
  "Text mode under another name, which tells Eglot to start the server.")

;;;###autoload
(define-derived-mode glossary-ls-yaml-mode glossary-ls--yaml "Glossary"
  "Major mode for YAML files that are glossaries.

This is the available YAML mode under another name, which tells Eglot to
start the server."
  :syntax-table nil
  :abbrev-table nil)

;;;###autoload
(add-to-list 'auto-mode-alist
             (cons (concat "\\(?:[./]glossary\\.ya?ml"
                           "\\|/\\.glossary/.+\\.ya?ml\\)\\'")
                   'glossary-ls-yaml-mode))

;;;###autoload
(defun glossary-ls-review-acronyms ()
  "Open a draft of a glossary with the unknown acronyms of the workspace.

Each has a comment with its uses and the source of the guessed
expansion.  Correct the entries, and save the file to put it into use."
  (interactive)
  (let ((server (or (eglot-current-server)
                    (user-error "Glossary-ls: no server for this buffer")))
        (eglot-confirm-server-edits nil))
    (ignore eglot-confirm-server-edits)
    (let ((draft (plist-get (jsonrpc-request
                             server :workspace/executeCommand
                             '(:command "glossary_ls.reviewAcronyms"
                               :arguments []))
                            :draft)))
      (unless draft
        (user-error "Glossary-ls: every acronym has an entry"))
      (find-file (url-filename
                  (url-generic-parse-url (url-unhex-string draft)))))))

;;;###autoload
(defun glossary-ls-guide ()
  "Show the guides of the glossaries, and how similar terms differ.
A guide introduces the subject of a glossary."
  (interactive)
  (let* ((server (or (eglot-current-server)
                     (user-error "Glossary-ls: no server for this buffer")))
         (uri (plist-get (eglot--TextDocumentIdentifier) :uri))
         (text (jsonrpc-request
                server :workspace/executeCommand
                (list :command "glossary_ls.showGuide"
                      :arguments (vector (list :uri uri))))))
    (unless (stringp text)
      (user-error "Glossary-ls: no glossary has a guide or comparisons"))
    (pop-to-buffer "*Glossary guide*")
    (let ((inhibit-read-only t))
      (erase-buffer)
      (insert text)
      (goto-char (point-min)))
    (if (fboundp 'gfm-view-mode)
        (gfm-view-mode)
      (text-mode)
      (view-mode))
    (visual-line-mode)))

(defun glossary-ls--yaml ()
  "Turn on the available YAML mode, or a basic replacement."
  (cond
   ((fboundp 'yaml-mode) (yaml-mode))
   ((and (fboundp 'yaml-ts-mode)
         (fboundp 'treesit-ready-p)
         (treesit-ready-p 'yaml t))
    (yaml-ts-mode))
   (t
    (text-mode)
    (setq-local comment-start "# "
                indent-tabs-mode nil
                font-lock-defaults
                '((("^ *#.*" . font-lock-comment-face)
                   ("^[ -]*\\([[:alpha:]_]+\\):\\(?: \\|$\\)"
                    1 font-lock-keyword-face))
                  t)))))

(put 'glossary-ls--yaml 'derived-mode-parent 'text-mode)

(defun glossary-ls--reason-against ()
  "Return why the server cannot start for this buffer, or nil if it can."
  (let ((program (car glossary-ls-command)))
    (cond
     ((not buffer-file-name)
      "this buffer visits no file")
     ((not (apply #'derived-mode-p (mapcar #'car glossary-ls--modes)))
      (format "%s is not supported by the server" major-mode))
     ((not (eq (glossary-ls--chosen) #'glossary-ls--contact))
      (format "`eglot-server-programs' has another server for %s" major-mode))
     ((not (executable-find program t))
      (format "%s is not installed; run: pipx install PATH_OF_THE_CHECKOUT"
              program)))))

(defun glossary-ls--keep-first-lines ()
  "Make ElDoc show the beginning of long explanations by default.
ElDoc does not count wrapped lines, so the echo area would show the end
of a text with long lines.  Five lines have room for the title, the
definition, blank lines and the note that the text continues."
  (when (eq eldoc-echo-area-use-multiline-p 'truncate-sym-name-if-fit)
    (setq-local eldoc-echo-area-use-multiline-p 5)))

(defun glossary-ls--chosen ()
  "Return what Eglot would start for this buffer."
  (cdr (seq-find
        (lambda (entry)
          (let* ((modes (car entry))
                 (one (or (symbolp modes) (keywordp (cadr modes)))))
            (seq-some (lambda (mode) (derived-mode-p (or (car-safe mode) mode)))
                      (if one (list modes) modes))))
        eglot-server-programs)))

(defun glossary-ls--contact (&rest _)
  "Return the command to run for the server."
  glossary-ls-command)

;; Older versions of Eglot support one language per server, so they need one
;; server for each mode.
(dolist (modes (if (fboundp 'eglot--languageId)
                   (list glossary-ls--modes)
                 (mapcar #'list glossary-ls--modes)))
  (add-to-list 'eglot-server-programs (cons modes #'glossary-ls--contact)))

(provide 'glossary-ls)

;;; glossary-ls.el ends here
