;;; glossary-ls.el --- Explain the terms of runbooks and design docs  -*- lexical-binding: t; -*-

;; Author: The glossary_ls developers
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; Keywords: convenience, docs, tools
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; Tells Eglot about the language server glossary_ls, which explains acronyms
;; and terms: in the echo area, while completing, and with a quiet note on
;; acronyms that nobody explains.
;;
;;     (require 'glossary-ls)
;;     (add-hook 'text-mode-hook #'glossary-ls-ensure)
;;
;; Markdown, reStructuredText and AsciiDoc are kinds of Text mode, so that this
;; one hook is enough; in other kinds of it, such as LaTeX, it does nothing.
;;
;; Eglot chooses a server by the major mode, and what it does for a mode it does
;; for the modes made from it.  That is why glossary files have a mode of their
;; own, `glossary-ls-yaml-mode': other YAML files have other servers.  And it is
;; why plain text is left alone until you name `glossary-ls-text-mode' for it in
;; `auto-mode-alist': too many modes are made from Text mode.
;;
;; Settings go into `eglot-workspace-configuration', section `:glossary_ls'.

;;; Code:

(require 'eglot)
(require 'seq)

(defgroup glossary-ls nil
  "Explanations of terms by the language server glossary_ls."
  :group 'eglot
  :prefix "glossary-ls-")

(defcustom glossary-ls-command '("glossary-ls")
  "The program of the server and its arguments."
  :type '(repeat string))

(defconst glossary-ls--modes
  '((markdown-mode :language-id "markdown")
    (rst-mode :language-id "restructuredtext")
    (adoc-mode :language-id "asciidoc")
    (glossary-ls-text-mode :language-id "plaintext")
    (glossary-ls-yaml-mode :language-id "yaml"))
  "The server's modes, with the protocol's names of their languages.")

;;;###autoload
(defun glossary-ls-ensure ()
  "Have the terms of this buffer explained by the server of its project.

This is meant for `text-mode-hook'.  It does nothing in buffers that
visit no file, in modes that the server does not read, in modes for
which `eglot-server-programs' names another server, and as long as the
server is not installed.  As a command it tells the reason."
  (interactive)
  (let ((reason (glossary-ls--reason-against)))
    (cond ((not reason)
           (glossary-ls--keep-first-lines)
           (eglot-ensure))
          ((called-interactively-p 'any)
           (user-error "Glossary-ls: %s" reason)))))

;;;###autoload
(define-derived-mode glossary-ls-text-mode text-mode "Text"
  "Text mode, under another name by which Eglot knows which server to start.")

;;;###autoload
(define-derived-mode glossary-ls-yaml-mode glossary-ls--yaml "Glossary"
  "Major mode for YAML files that are glossaries.

It is the YAML mode that there is, under another name by which Eglot
knows which server to start."
  :syntax-table nil
  :abbrev-table nil)

;;;###autoload
(add-to-list 'auto-mode-alist
             (cons (concat "\\(?:[./]glossary\\.ya?ml"
                           "\\|/\\.glossary/.+\\.ya?ml\\)\\'")
                   'glossary-ls-yaml-mode))

(defun glossary-ls--yaml ()
  "Turn on the YAML mode that there is, else a plain one."
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
  "Return why the server is not for this buffer, or nil when it is."
  (let ((program (car glossary-ls-command)))
    (cond
     ((not buffer-file-name)
      "this buffer visits no file")
     ((not (apply #'derived-mode-p (mapcar #'car glossary-ls--modes)))
      (format "%s is not among the modes that the server reads" major-mode))
     ((not (eq (glossary-ls--chosen) #'glossary-ls--contact))
      (format "`eglot-server-programs' names another server for %s" major-mode))
     ((not (executable-find program t))
      (format "no program %s; install it with: pipx install PATH_OF_THE_CHECKOUT"
              program)))))

(defun glossary-ls--keep-first-lines ()
  "Have ElDoc show the beginning of long explanations, unless told otherwise.
It does not count how lines are wrapped, so that the echo area would show
the end of a text of long lines.  Five lines are the title, the definition,
blank lines and the note that there is more."
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
  "Return the command by which Eglot is to start the server."
  glossary-ls-command)

;; An older Eglot knows one language per server, and so needs several servers.
(dolist (modes (if (fboundp 'eglot--languageId)
                   (list glossary-ls--modes)
                 (mapcar #'list glossary-ls--modes)))
  (add-to-list 'eglot-server-programs (cons modes #'glossary-ls--contact)))

(provide 'glossary-ls)

;;; glossary-ls.el ends here
