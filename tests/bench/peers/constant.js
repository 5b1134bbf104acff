// A server without any library whose answers are constants: what Node itself costs.
let received = Buffer.alloc(0);

function send(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  process.stdout.write(`Content-Length: ${body.length}\r\n\r\n`);
  process.stdout.write(body);
}

const answers = {
  initialize: () => ({ capabilities: { hoverProvider: true, textDocumentSync: 2 } }),
  "textDocument/hover": () => ({ contents: { kind: "markdown", value: "**GPU**: graphics processing unit" } }),
  shutdown: () => null,
};

process.stdin.on("data", (data) => {
  received = Buffer.concat([received, data]);
  for (;;) {
    const end = received.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(received.toString("latin1", 0, end))[1]);
    if (received.length < end + 4 + length) return;
    const message = JSON.parse(received.toString("utf8", end + 4, end + 4 + length));
    received = received.subarray(end + 4 + length);
    if (message.method === "exit") process.exit(0);
    if (message.id !== undefined) send({ id: message.id, result: answers[message.method]?.() ?? null });
  }
});
