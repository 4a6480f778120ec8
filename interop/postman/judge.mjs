// newman, Postman's own runner, runs the collections that are named against the provider at PROVIDER, whose clock
// CONTROL moves. Each test in them has to hold. A collection that needs the clock, or cannot
// be run at all, has to say so before it sends anything.
import { readFileSync } from 'node:fs'
import newman from 'newman'

const { PROVIDER, CONTROL, CONTROL_KEY, SECRETS, REFUSES } = process.env

// run sends a collection's requests, and counts them and the tests in them.
function run(file, variables) {
  return new Promise((done, broken) => newman.run({
    collection: JSON.parse(readFileSync(file, 'utf8')),
    envVar: Object.entries(variables).map(([key, value]) => ({ key, value })),
  }, (error, summary) => error ? broken(error) : done({
    requests: summary.run.stats.requests.total, tests: summary.run.stats.assertions.total,
    failures: summary.run.failures.map(failure => `${failure.source?.name}: ${failure.error.test ?? ''} ${failure.error.message}`),
  })))
}

let wrong = 0
const say = (file, what) => { wrong++; console.log(`${file}: ${what}`) }
for (const file of process.argv.slice(2)) {
  const needsClock = readFileSync(file, 'utf8').includes('pm.execution.skipRequest')
  if (needsClock && !file.includes('masked')) {
    const { requests, failures } = await run(file, { provider: PROVIDER })
    if (requests !== 0 || failures.length === 0) say(file, `${requests} requests were sent before it said what it needs`)
  }
  if (JSON.parse(REFUSES).includes(file)) continue
  const secrets = JSON.parse(SECRETS)[file] ?? {}
  const { tests, failures } = await run(file, { provider: PROVIDER, control: CONTROL, control_key: CONTROL_KEY, ...secrets })
  if (tests === 0) say(file, 'it tests nothing')
  failures.forEach(failure => say(file, failure))
}
console.log(`newman: ${process.argv.length - 2} collections run, ${wrong} faults`)
process.exit(wrong ? 1 : 0)
