;;; observe.el --- What a person sees of the server in Emacs  -*- lexical-binding: t; -*-

;;; Commentary:

;; Runs in batch in the folder of a workspace, and writes what it saw to the
;; file OBSERVATIONS as JSON.  A step that fails leaves the text of its error in
;; the place of what it should have seen.

;;; Code:

(setq make-backup-files nil
      auto-save-default nil
      create-lockfiles nil
      ;; As if a key had been pressed: menus are in the minibuffer, not under a mouse.
      last-nonmenu-event ?a)

(require 'cl-lib)
(require 'json)
(require 'glossary-ls)

(defvar patience 60
  "How long a step may take, in seconds; there may be other tests on the machine.")

(setq eglot-connect-timeout patience
      jsonrpc-default-request-timeout patience)
(add-hook 'text-mode-hook #'glossary-ls-ensure)

(defvar observations nil "What was seen, as an alist.")

(defun wait (answer)
  "Call ANSWER until it returns something, and return that."
  (let ((deadline (+ (float-time) patience)) found)
    (while (and (not (setq found (funcall answer))) (< (float-time) deadline))
      (accept-process-output nil 0.02))
    found))

(defmacro observe (name &rest body)
  "Add the value of BODY to the observations under NAME."
  (declare (indent 1))
  `(push (cons ,name (condition-case problem
                         (progn ,@body)
                       (error (error-message-string problem))))
         observations))

(defun visit (file)
  "Open FILE as a person does, and wait for the server if it is to have one."
  (find-file file)
  ;; Eglot connects after the command; batch has no commands.
  (run-hooks 'post-command-hook)
  (unless (glossary-ls--reason-against)
    (wait #'eglot-managed-p)))

(defun visible (text)
  "Return TEXT as it is drawn."
  (let ((drawn ""))
    (dotimes (index (length text) drawn)
      (unless (get-text-property index 'invisible text)
        (setq drawn (concat drawn (string (aref text index))))))))

(defun go-to (word)
  "Move to the first WORD."
  (let ((case-fold-search nil))
    (goto-char (point-min))
    (search-forward word)
    (goto-char (match-beginning 0))))

(defun explanation-of (word)
  "Return what Eldoc says about the first WORD; nothing, when it is told so."
  (go-to word)
  (let (said)
    (run-hook-wrapped 'eldoc-documentation-functions
                      (lambda (function)
                        (funcall function (lambda (text &rest _) (setq said (or text said ""))))
                        nil))
    (visible (or (wait (lambda () said)) "no answer"))))

(defun findings (&optional wanted)
  "Return the notes of Flymake in this buffer, once there is one; of type WANTED, if given."
  ;; What Emacs does when it is idle it does not do in batch.
  (eglot--signal-textDocument/didChange)
  (flymake-start)
  (wait (lambda ()
          (seq-find (lambda (found) (memq wanted (list nil (flymake-diagnostic-type found))))
                    (flymake-diagnostics))))
  (vconcat (mapcar (lambda (found)
                     `((covers . ,(buffer-substring-no-properties (flymake-diagnostic-beg found)
                                                                  (flymake-diagnostic-end found)))
                       (type . ,(symbol-name (flymake-diagnostic-type found)))
                       (text . ,(flymake-diagnostic-text found))))
                   (flymake-diagnostics))))

(defun completed (typed)
  "Return the last line after typing TYPED there and asking for completion."
  (goto-char (point-max))
  (insert "\n" typed)
  (completion-at-point)
  (buffer-substring-no-properties (line-beginning-position) (line-end-position)))

(defun act (title)
  "Choose the code action at point that is called TITLE; return the titles of all."
  (let (titles)
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt menu &rest _)
                 (setq titles (mapcar #'car menu))
                 title))
              ((symbol-function 'y-or-n-p) #'always))
      (eglot-code-actions (point) (point) nil t))
    (vconcat titles)))

(defun text-of (file)
  "Return the text of the buffer that visits FILE."
  (with-current-buffer (find-buffer-visiting file)
    (buffer-substring-no-properties (point-min) (point-max))))

(defun explains-p ()
  "Tell whether the server looks after this buffer."
  (if (eglot-managed-p) t :json-false))

(observe "version" emacs-major-version)
(visit "notes.md")
(observe "findings" (findings))
(observe "acronym" (explanation-of "SLA"))
(observe "term" (explanation-of "zonk"))
(observe "no term" (explanation-of "names"))

(observe "word" (completed "The yarp"))
(observe "capital" (completed "Yarp"))
(observe "phrase" (completed "Our blue frob"))

(observe "definition"
  (go-to "zonk")
  (let ((backend (xref-find-backend)))
    (vconcat (mapcar (lambda (xref)
                       (let ((place (xref-item-location xref)))
                         (format "%s:%s" (file-name-nondirectory (xref-location-group place))
                                 (xref-location-line place))))
                     (xref-backend-definitions backend (xref-backend-identifier-at-point backend))))))

(observe "actions" (go-to "XQZT") (act "Add 'XQZT' to glossary.yaml"))
(observe "added" (text-of "glossary.yaml"))
(observe "told where"
  (with-current-buffer (messages-buffer)
    (buffer-substring-no-properties (point-min) (point-max))))
(observe "point"
  (with-current-buffer (find-buffer-visiting "glossary.yaml")
    (buffer-substring-no-properties (line-beginning-position) (point))))
(visit "notes.md")
(observe "more actions" (go-to "XYQ") (act "Ignore 'XYQ' in this document"))
(observe "ignored" (text-of "notes.md"))

(observe "louder"
  (setq-default eglot-workspace-configuration '(:glossary_ls (:rules (:unknown-acronym "error"))))
  (eglot-signal-didChangeConfiguration (eglot-current-server))
  (go-to "Nobody")
  (findings 'eglot-error))

(visit "old.glossary.yaml")
(observe "glossary mode" (symbol-name major-mode))
(observe "glossary findings" (findings))

(add-to-list 'auto-mode-alist '("todo\\.txt\\'" . glossary-ls-text-mode))
(visit "new.glossary.yaml")
(observe "more glossary findings" (findings))

(visit "todo.txt")
(observe "text findings" (findings))

(visit "deployment.yaml")
(observe "other yaml" (explains-p))

(visit "paper.tex")
(observe "latex" (explains-p))
(observe "reason" (call-interactively #'glossary-ls-ensure))

(visit "notes.md")
(observe "guide"
  (glossary-ls-guide)
  (prog1 (buffer-substring-no-properties (point-min) (point-max))
    (quit-window)))
(observe "draft"
  (cl-letf (((symbol-function 'y-or-n-p) #'always))
    (glossary-ls-review-acronyms))
  (text-of "unknown-acronyms.glossary.yaml"))

(observe "refused"
  (vconcat (delq nil (mapcar (lambda (buffer)
                               (with-current-buffer buffer
                                 (goto-char (point-min))
                                 (when (search-forward "refused a request" nil t)
                                   (buffer-substring (line-beginning-position) (line-end-position)))))
                             (seq-filter (lambda (buffer) (string-match-p "EGLOT" (buffer-name buffer)))
                                         (buffer-list))))))
(observe "servers" (vconcat (delq nil (mapcar #'process-id (process-list)))))

(dolist (buffer (buffer-list))
  (with-current-buffer buffer (set-buffer-modified-p nil)))
(let ((coding-system-for-write 'utf-8))
  (with-temp-file (getenv "OBSERVATIONS")
    (insert (json-encode observations))))
(kill-emacs 0)

;;; observe.el ends here
