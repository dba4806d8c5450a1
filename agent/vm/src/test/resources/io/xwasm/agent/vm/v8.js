// Runs what another engine has run, with the host calls it recorded, and tells how it ended.
// Each line of the file that is named as the first argument is one run; one line of answer each.
'use strict';
const crypto = require('crypto');
const fs = require('fs');

class Stopped extends Error {}
class Differs extends Error {}

function ending(error) {
  if (error instanceof Stopped) return 'stopped';
  if (error instanceof Differs) return 'differs: ' + error.message;
  const message = String(error.message);
  if (error instanceof RangeError) return 'stack overflow';
  if (/unreachable/.test(message)) return 'unreachable';
  if (/by zero/.test(message)) return 'division by zero';
  if (/unrepresentable/.test(message)) return 'overflow';
  if (/memory access out of bounds/.test(message)) return 'memory';
  if (/table index|signature mismatch|null function/.test(message)) return 'indirect call';
  return message;
}

function run(bytes, request, metered) {
  let next = 0;
  let exports;
  const replay = (name) => (...given) => {
    const call = request.calls[next++];
    if (!call || call.name !== name) throw new Differs('call ' + next + ' is ' + name);
    const args = given.map(String).join();
    if (args !== call.args) throw new Differs(name + '(' + args + '), not (' + call.args + ')');
    if (metered && String(exports.__gas.value) !== call.gasBefore) {
      throw new Differs('gas at ' + name + ': ' + exports.__gas.value + ', not ' + call.gasBefore);
    }
    const memory = new Uint8Array(exports.memory.buffer);
    for (const [at, hex] of call.reads) {
      const seen = Buffer.from(memory.subarray(at, at + hex.length / 2)).toString('hex');
      if (seen !== hex) throw new Differs(name + ' reads ' + seen + ' at ' + at + ', not ' + hex);
    }
    for (const [at, hex] of call.writes) memory.set(Buffer.from(hex, 'hex'), at);
    if (metered) exports.__gas.value = BigInt(call.gasAfter);
    if (call.stopped) throw new Stopped();
    if (call.result === null) return undefined;
    return call.wide ? BigInt(call.result) : Number(call.result);
  };
  const module = new WebAssembly.Module(Buffer.from(bytes, 'base64'));
  const xwasm = {};
  for (const wanted of WebAssembly.Module.imports(module)) xwasm[wanted.name] = replay(wanted.name);
  exports = new WebAssembly.Instance(module, { xwasm }).exports;
  if (metered) {
    exports.__gas.value = BigInt(request.gas);
    exports.__stack.value = request.stack;
  }
  let how = 'returned';
  try {
    exports[request.method]();
    if (next !== request.calls.length) how = 'differs: ' + next + ' host calls';
  } catch (error) {
    how = ending(error);
  }
  if (metered && exports.__gas.value < 0n) how = 'out of gas';
  else if (metered && exports.__stack.value < 0) how = 'too deep';
  const memory = crypto.createHash('sha256').update(new Uint8Array(exports.memory.buffer)).digest('hex');
  return how + (metered ? ' gas ' + exports.__gas.value : '') + ' memory ' + memory;
}

for (const line of fs.readFileSync(process.argv[2], 'utf8').split('\n')) {
  if (!line) continue;
  const request = JSON.parse(line);
  console.log(
    JSON.stringify({
      metered: run(request.metered, request, true),
      original: request.original ? run(request.original, request, false) : null,
    }),
  );
}
