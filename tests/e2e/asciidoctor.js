// Convert AsciiDoc to HTML: a line of JSON on standard input for each document, one on standard output.
// The first argument is the folder with @asciidoctor/core.
const { createInterface } = require("node:readline");
const asciidoctor = require(process.argv[2])();

createInterface({ input: process.stdin }).on("line", (line) => {
  const memory = asciidoctor.MemoryLogger.create();
  asciidoctor.LoggerManager.setLogger(memory);
  const html = asciidoctor.convert(JSON.parse(line), { safe: "secure" });
  console.log(JSON.stringify({ html, messages: memory.getMessages().length }));
});
