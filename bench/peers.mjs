// node peers.mjs ENGINE RULES SHEETS: prints, for each sheet, its id and the ids of the rules that hold.
// ENGINE: json-rules-engine, zen or json-logic; "clips-rules" and "clips-facts" write what CLIPS reads,
// and "backplan" brings what `backplan screen --batch` printed to the same form.
// Packages are taken from the folder in PEERS.
import { createRequire } from 'node:module';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [engine, rulesFile, sheetsFile] = process.argv.slice(2);
const rules = JSON.parse(readFileSync(rulesFile));
const load = createRequire(process.env.PEERS + '/');
const ids = new Set(rules.map((rule) => rule.id));
const lists = new Set(rules.flatMap((rule) => rule.all.flat().filter((test) => test.list).map((test) => test.question)));

/** Answers as the engines want them: a checklist is a list, also when nothing is ticked. */
function facts(sheet) {
  for (const question of lists) {
    const ticked = sheet[question];
    if (!Array.isArray(ticked)) sheet[question] = ticked === undefined || ticked === 'none' ? [] : [ticked];
  }
  return sheet;
}

const makers = {
  backplan: () => (result) => result.rules.filter((id) => ids.has(id)),

  'json-rules-engine': () => {
    const { Engine } = load('json-rules-engine');
    const one = new Engine([], { allowUndefinedFacts: true });
    const test = (t) => t.options
      ? t.list
        ? { any: t.options.map((value) => ({ fact: t.question, operator: 'contains', value })) }
        : { fact: t.question, operator: 'in', value: t.options }
      : { all: [{ fact: t.question, operator: 'greaterThanInclusive', value: t.least },
                { fact: t.question, operator: 'lessThanInclusive', value: t.most }] };
    for (const rule of rules) {
      one.addRule({ conditions: { all: rule.all.map((clause) => ({ any: clause.map(test) })) }, event: { type: rule.id } });
    }
    return async (sheet) => (await one.run(facts(sheet))).events.map((event) => event.type);
  },

  zen: () => {
    const { ZenEngine } = load('@gorules/zen-engine');
    const name = (question) => question.replaceAll('-', '_');
    const list = (options) => '[' + options.map((option) => `'${option}'`).join(', ') + ']';
    const test = (t) => t.options
      ? t.list ? `some(${name(t.question)}, # in ${list(t.options)})` : `${name(t.question)} in ${list(t.options)}`
      : `(${name(t.question)} != null and ${name(t.question)} >= ${t.least} and ${name(t.question)} <= ${t.most})`;
    const value = (rule) => rule.all.map((clause) => '(' + clause.map(test).join(' or ') + ')').join(' and ');
    const content = {
      nodes: [
        { id: 'in', type: 'inputNode', name: 'in' },
        { id: 'rules', type: 'expressionNode', name: 'rules', content: {
          expressions: rules.map((rule, i) => ({ id: `e${i}`, key: `r${i}`, value: value(rule) })) } },
        { id: 'out', type: 'outputNode', name: 'out' }],
      edges: [{ id: 'a', sourceId: 'in', targetId: 'rules', type: 'edge' }, { id: 'b', sourceId: 'rules', targetId: 'out', type: 'edge' }],
    };
    const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify(content)));
    return async (sheet) => {
      const named = Object.fromEntries(Object.entries(facts(sheet)).map(([key, value]) => [name(key), value]));
      const { result } = await decision.evaluate(named);
      return rules.filter((_, i) => result[`r${i}`]).map((rule) => rule.id);
    };
  },

  'json-logic': () => {
    const logic = load('json-logic-js');
    const test = (t) => t.options
      ? t.list ? { some: [{ var: t.question }, { in: [{ var: '' }, t.options] }] } : { in: [{ var: t.question }, t.options] }
      : { and: [{ '!==': [{ var: t.question }, null] }, { '<=': [t.least, { var: t.question }, t.most] }] };
    const each = rules.map((rule) => [rule.id, { and: rule.all.map((clause) => ({ or: clause.map(test) })) }]);
    return (sheet) => { facts(sheet); return each.filter(([, rule]) => logic.apply(rule, sheet)).map(([id]) => id); };
  },
};

function clipsRules() {
  const test = (t) => t.options
    ? `(exists (said ${t.question} ${t.options.join('|')}))`
    : `(exists (said ${t.question} ?n&:(and (>= ?n ${t.least}) (<= ?n ${t.most}))))`;
  const clause = (tests) => tests.length === 1 ? test(tests[0]) : `(or ${tests.map(test).join(' ')})`;
  for (const rule of rules) {
    console.log(`(defrule ${rule.id} ${rule.all.map(clause).join(' ')} => (assert (holds ${rule.id})))`);
  }
  console.log(`(deffunction screen-all (?file)
  (open ?file sheets "r")
  (bind ?id (read sheets))
  (while (neq ?id EOF)
    (bind ?question (read sheets))
    (while (neq ?question end)
      (assert (said ?question (read sheets)))
      (bind ?question (read sheets)))
    (run)
    (printout t ?id)
    (do-for-all-facts ((?f holds)) TRUE (printout t " " (nth$ 1 ?f:implied)))
    (printout t crlf)
    (reset)
    (bind ?id (read sheets)))
  (close sheets))`);
}

const lines = () => createInterface({ input: createReadStream(sheetsFile), crlfDelay: Infinity });
let out = [];
function flush() { process.stdout.write(out.join('')); out = []; }

if (engine === 'clips-rules') {
  clipsRules();
} else if (engine === 'clips-facts') {
  for await (const line of lines()) {
    const { id, ...answers } = JSON.parse(line);
    const said = Object.entries(answers).flatMap(([question, value]) => [].concat(value).map((one) => `${question} ${one}`));
    out.push(`${id} ${said.join(' ')} end\n`);
    if (out.length > 5000) flush();
  }
  flush();
} else {
  const apply = makers[engine]();
  for await (const line of lines()) {
    const sheet = JSON.parse(line);
    const id = sheet.id;
    out.push([id, ...(await apply(sheet)).sort()].join(' ') + '\n');
    if (out.length > 5000) flush();
  }
  flush();
}
