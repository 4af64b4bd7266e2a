// An HTTP/2-over-TLS server for http2_upstream.cc: KEY CERTIFICATE as arguments.
// Prints its port. Says of each request which connection and protocol it came by.
"use strict";
const fs = require("fs");
const http2 = require("http2");

const server = http2.createSecureServer({
  key: fs.readFileSync(process.argv[2]),
  cert: fs.readFileSync(process.argv[3]),
  allowHTTP1: true,
});

let connections = 0;
const numbers = new Map();
server.on("secureConnection", (socket) => numbers.set(socket, connections++));

// "/until-abort" may come before a "/hang" is cancelled or after: what counts is
// that one was.
const held = [];
let aborted = false;
const onAbort = () => {
  aborted = true;
  held.splice(0).forEach((answer) => answer());
};

server.on("request", (request, response) => {
  const socket = request.httpVersionMajor === 2 ? request.stream.session.socket : request.socket;
  // The session's socket is a proxy: numbers are found by the peer's port.
  let connection = -1;
  for (const [known, number] of numbers) {
    if (known.remotePort === socket.remotePort) connection = number;
  }
  // Not only when the request has been read: both may come in one packet.
  if (request.url === "/hang") request.stream.on("close", onAbort);
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const answer = () => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(
        JSON.stringify({
          version: request.httpVersion,
          connection,
          method: request.method,
          path: request.url,
          headers: request.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    };
    if (request.url === "/large") {
      response.writeHead(200);
      response.end(Buffer.alloc(4 << 20, "x"));
    } else if (request.url === "/until-abort" && !aborted) {
      held.push(answer);
    } else if (request.url !== "/hang") {
      answer();
    }
  });
});

server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit(0)).resume();
