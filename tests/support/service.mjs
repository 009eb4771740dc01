// service.mjs - the real service as a child process: started, asked, killed.
import { spawn, execFileSync } from "node:child_process";
import { existsSync, readFileSync, openSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

export const build = process.env.XILING_BUILD ?? "build/release";
export const program = (name) => join(build, name);

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Runs a program of ours and returns what it prints; its errors are part of what is thrown. */
export function run(name, words, input = "") {
  try {
    return execFileSync(program(name), words, { input, encoding: "utf8", maxBuffer: 1 << 26,
      stdio: ["pipe", "pipe", "pipe"] });
  } catch (failure) {
    failure.message = `${name} ${words.join(" ")}: ${failure.stderr}${failure.stdout}`;
    throw failure;
  }
}

/** A port that is free now. */
export function freePort() {
  return new Promise((done, failed) => {
    const server = createServer().once("error", failed).listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

export class Service {
  /** `wrap` is put before the program: ["prlimit", "--fsize=…"]; `options` follow `serve`. */
  constructor(folder, { port, origin, wrap = [], options = [] }) {
    this.folder = folder;
    this.port = port;
    this.origin = origin;
    this.wrap = wrap;
    this.options = options;
    this.url = `http://127.0.0.1:${port}`;
    this.journal = `${folder}.journal`;
    this.child = null;
  }

  get words() {
    return ["--data", this.folder, "--port", String(this.port), "--url", this.url, "--web", "web"];
  }

  /** Makes keys and an empty log; returns what the program prints. */
  create() {
    return run("xiling", ["init", "--origin", this.origin, ...this.words]);
  }

  /** Starts and waits until it answers; throws with its journal if it ends first. */
  async start(timeout = 60000) {
    const journal = openSync(this.journal, "a");
    const [command, ...words] = [...this.wrap, program("xiling"), "serve", ...this.words, ...this.options];
    // What wraps it may run it as a child of its own (faketime does): a group is ended as a whole.
    const child = spawn(command, words, { stdio: ["ignore", journal, journal], detached: this.wrap.length > 0 });
    this.child = child;
    this.target = this.wrap.length > 0 ? -child.pid : child.pid;
    this.ended = new Promise((done) => child.once("exit", (code, signal) => done({ code, signal })));
    const end = Date.now() + timeout;
    while (Date.now() < end) {
      if (child.exitCode !== null || child.signalCode !== null) {
        this.child = null;
        throw new Error(`the service ended with ${child.exitCode}: ${this.lastWords()}`);
      }
      if (await this.answers()) return this;
      await pause(10);
    }
    throw new Error(`the service does not answer: ${this.lastWords()}`);
  }

  async answers() {
    try {
      return (await fetch(`${this.url}/log/checkpoint`)).status < 500;
    } catch {
      return false;
    }
  }

  lastWords() {
    if (!existsSync(this.journal)) return "it was never started";
    return readFileSync(this.journal, "utf8").split("\n").slice(-12).join("\n");
  }

  /** Ends it as a power cut would, or politely; returns how it ended. */
  async end(signal = "SIGKILL") {
    if (this.child === null) return null;
    try {
      process.kill(this.target, signal);
    } catch (error) {
      if (error.code !== "ESRCH") throw error; // it has ended by itself
    }
    const how = await this.ended;
    this.child = null;
    return how;
  }

  async get(path, headers = {}) {
    const answer = await fetch(this.url + path, { headers });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  }

  async post(path, body, headers = {}) {
    const answer = await fetch(this.url + path, { method: "POST", body,
      headers: { "content-type": "text/plain; charset=utf-8", ...headers } });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  }
}
