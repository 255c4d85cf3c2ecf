// An editor with yaml-language-server: a file that names its schema gets completion, the meaning of
// a word, and its mistakes marked. usage: node editor.mjs SERVER SOURCE
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

const [server, source] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'backplan-editor-'));
const child = spawn(process.execPath, [server, '--stdio'], {stdio: ['pipe', 'pipe', 'inherit']});
const waiting = new Map();
const noted = new Map();  // the diagnostics that came, by document
let next = 1;

const finish = (code, text) => {
  console.log(text);
  child.kill();
  rmSync(folder, {recursive: true, force: true});
  process.exit(code);
};
setTimeout(() => finish(1, 'FAIL: the language server does not answer'), 90000);

function send(message) {
  const body = JSON.stringify({jsonrpc: '2.0', ...message});
  child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
function ask(method, params) {
  const id = next++;
  send({id, method, params});
  return new Promise((resolve, reject) => waiting.set(id, {resolve, reject}));
}
function receive(message) {
  if (message.method === 'textDocument/publishDiagnostics') {
    noted.get(message.params.uri)?.(message.params.diagnostics);
  } else if (message.method && message.id !== undefined) {
    send({id: message.id, result: message.method === 'workspace/configuration' ? message.params.items.map(() => null) : null});
  } else if (waiting.has(message.id)) {
    const {resolve, reject} = waiting.get(message.id);
    message.error ? reject(new Error(message.error.message)) : resolve(message.result);
  }
}
let buffer = Buffer.alloc(0);
child.stdout.on('data', data => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const end = buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const size = Number(/Content-Length: (\d+)/i.exec(buffer.toString('utf8', 0, end))[1]);
    if (buffer.length < end + 4 + size) return;
    receive(JSON.parse(buffer.toString('utf8', end + 4, end + 4 + size)));
    buffer = buffer.subarray(end + 4 + size);
  }
});

/// Opens a text of its kind; gives its uri and what the server marks in it.
async function open(name, kind, text) {
  const schema = pathToFileURL(join(source, `schemas/${kind}.schema.json`));
  const whole = `# yaml-language-server: $schema=${schema}\n${text}`;
  const uri = pathToFileURL(join(folder, name)).href;
  writeFileSync(join(folder, name), whole);
  const marks = new Promise(resolve => noted.set(uri, resolve));
  send({method: 'textDocument/didOpen', params: {textDocument: {uri, languageId: 'yaml', version: 1, text: whole}}});
  return {uri, marks: await marks};
}
const labels = async (uri, line, character) => {
  const result = await ask('textDocument/completion', {textDocument: {uri}, position: {line, character}});
  return (result.items ?? result).map(item => item.label);
};

const failures = [];
const expect = (holds, what) => holds || failures.push(what);

await ask('initialize', {processId: process.pid, rootUri: null, capabilities: {textDocument: {completion: {completionItem: {}}, hover: {}, publishDiagnostics: {}}, workspace: {configuration: false}}});
send({method: 'initialized', params: {}});
send({method: 'workspace/didChangeConfiguration', params: {settings: {yaml: {validate: true, completion: true, hover: true, schemaStore: {enable: false}}}}});

const technique = readFileSync(join(source, 'routines/techniques/foam-roller.yaml'), 'utf8');
const good = await open('good.yaml', 'technique', technique);
expect(good.marks.length === 0, `a shipped technique is marked: ${JSON.stringify(good.marks.map(m => m.message))}`);

const bad = await open('bad.yaml', 'technique', technique.replace('phase: release', 'phase: relase').replace('family:', 'familiy:'));
const line = technique.split('\n').findIndex(each => each.startsWith('phase:')) + 1;
expect(bad.marks.some(mark => mark.range.start.line === line), `no mark on the wrong phase: ${JSON.stringify(bad.marks)}`);
expect(bad.marks.some(mark => /familiy/.test(mark.message)), 'no mark on the wrong key');

const half = await open('half.yaml', 'technique', 'schema: backplan/technique/1\nphase: \n');
const phases = await labels(half.uri, 2, 7);
for (const word of ['warm-up', 'mobilise', 'release']) expect(phases.includes(word), `no completion '${word}' for phase: ${phases}`);

const sheet = await open('me.yaml', 'answers', 'course: \n');
const courses = await labels(sheet.uri, 1, 8);
expect(courses.includes('unsure') && courses.includes('same'), `no completion of an answer: ${courses}`);
const hover = await ask('textDocument/hover', {textDocument: {uri: sheet.uri}, position: {line: 1, character: 2}});
expect(/Over the last two weeks/.test(JSON.stringify(hover?.contents ?? "")), `no question on pointing at its id: ${JSON.stringify(hover)}`);

finish(failures.length ? 1 : 0, [...failures.map(each => `FAIL: ${each}`), `${failures.length} failures`].join('\n'));
