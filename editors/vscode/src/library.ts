/** What is used of the client library: a file of its own, read only when a server starts. */

export { CloseAction, ErrorAction, LanguageClient } from 'vscode-languageclient/node';
