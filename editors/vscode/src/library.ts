/** The parts of the client library that are used. A separate bundle, loaded when a server starts. */

export { CloseAction, ErrorAction, LanguageClient } from 'vscode-languageclient/node';
