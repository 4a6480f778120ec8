// Chromium's developer tools judge the HAR files that are named: they read each with the importer behind
// "Import HAR file", and what they would show is compared with the file. Then they write a HAR file of a visit
// of their own, and every member that they fill must be one that ours has too.
import http from 'node:http'
import { readFileSync } from 'node:fs'
import puppeteer from 'puppeteer-core'

const launch = (...more) => puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: ['--no-sandbox', ...more],
})
const visitor = await launch('--remote-allow-origins=*')
const viewer = await launch()
const faults = []

// What a run has not: there are no workers and no queue before a connection, and in memory no address.
const without = [
  'entries[].serverIPAddress', 'entries[]._connectionId', 'entries[].timings._blocked_queueing', 'entries[].timings._workerStart',
  'entries[].timings._workerReady', 'entries[].timings._workerFetchStart', 'entries[].timings._workerRespondWithSettled',
  'entries[].request.cookies[].expires', 'entries[].response.cookies[].expires', // the cookies of a run are those of a session
]

// members lists the paths of all members of a JSON value.
function members(value, path, into) {
  if (Array.isArray(value)) value.forEach(item => members(item, path + '[]', into))
  else if (value !== null && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) {
      into.add((path + '.' + name).slice(1))
      members(inner, path + '.' + name, into)
    }
  }
  return into
}

// devtools opens the developer tools of the visitor's page in the viewer.
async function devtools(page) {
  const { host } = new URL(visitor.wsEndpoint())
  const targets = await (await fetch(`http://${host}/json`)).json()
  const { id } = targets.find(target => target.type === 'page' && target.url === page.url())
  const tools = await viewer.newPage()
  await tools.goto(`http://${host}/devtools/devtools_app.html?ws=${host}/devtools/page/${id}`)
  await tools.waitForFunction(async () => {
    const SDK = await import('./core/sdk/sdk.js')
    return SDK.TargetManager.TargetManager.instance().primaryPageTarget() !== null
  })
  return tools
}

// site answers with a redirect that sets a cookie, a page with a form, and JSON.
async function site() {
  const server = http.createServer((request, answer) => {
    if (request.url === '/begin') {
      answer.writeHead(302, { Location: '/', 'Set-Cookie': 'a=b; Path=/; HttpOnly; SameSite=Lax' }).end()
    } else if (request.method === 'POST') {
      answer.writeHead(200, { 'Content-Type': 'application/json' }).end('{"ok":true}')
    } else {
      answer.writeHead(200, { 'Content-Type': 'text/html' })
        .end('<form method=post action=/form?x=1><input name=a value="b c"><button>go</button></form>')
    }
  })
  await new Promise(listening => server.listen(0, '127.0.0.1', listening))
  return { server, base: `http://127.0.0.1:${server.address().port}` }
}

// written is the HAR file that the developer tools write of a visit.
async function written(tools, page) {
  const { server, base } = await site()
  await page.goto(base + '/begin')
  await Promise.all([page.waitForNavigation(), page.click('button')])
  const posted = () => tools.evaluate(async () => {
    const [HAR, Logs] = [await import('./models/har/har.js'), await import('./models/logs/logs.js')]
    const requests = Logs.NetworkLog.NetworkLog.instance().requests()
    const log = await HAR.Log.Log.build(requests, { sanitize: false })
    return JSON.stringify(log)
  })
  let log
  for (;;) {
    log = JSON.parse(await posted())
    if (log.entries.some(entry => entry.request.postData && entry.response.status === 200)) break
  }
  server.close()
  return log
}

// read is what the developer tools have of a HAR file after reading it.
function read(tools, text) {
  return tools.evaluate(async text => {
    const HAR = await import('./models/har/har.js')
    const requests = HAR.Importer.Importer.requestsFromHARLog(new HAR.HARFormat.HARRoot(JSON.parse(text)).log)
    return Promise.all(requests.map(async request => ({
      url: request.url(), method: request.requestMethod, status: request.statusCode, headers: request.requestHeaders(),
      body: await request.requestFormData() ?? '', form: await request.formParameters() ?? [], answered: request.responseHeaders,
      type: request.resourceType().name(), failed: request.failed, said: request.localizedFailDescription ?? '',
      content: (data => data.error ?? (data.isTextContent ? data.text : data.base64))(await request.requestContentData()),
      cookies: request.responseCookies.map(cookie => cookie.name() + '=' + cookie.value()),
    })))
  }, text)
}

// compare says where what is shown is not what the file has.
function compare(file, entry, shown) {
  const pairs = fields => fields.map(field => [field.name, field.value])
  const decoded = field => [field.name, field.value].map(text => decodeURIComponent(text.replaceAll('+', ' ')))
  for (const [what, got, want] of [
    ['url', shown.url, entry.request.url], ['method', shown.method, entry.request.method],
    ['headers', pairs(shown.headers), pairs(entry.request.headers)],
    ['body', shown.body, entry.request.postData?.text ?? ''],
    ['form', shown.form.map(decoded), pairs(entry.request.postData?.params ?? [])],
    ['status', shown.status, entry.response.status], ['headers of the answer', pairs(shown.answered), pairs(entry.response.headers)],
    ['answer', shown.content, entry.response.content.text ?? ''], ['type', shown.type, entry._resourceType],
    ['cookies', shown.cookies, entry.response.cookies.map(cookie => cookie.name + '=' + cookie.value)],
    ['failure', shown.said, entry.response._error ?? ''],
  ]) {
    if (JSON.stringify(got) !== JSON.stringify(want)) {
      faults.push(`${file}, ${entry._step}: ${what} is ${JSON.stringify(got)}, want ${JSON.stringify(want)}`)
    }
  }
}

const page = await visitor.newPage()
const tools = await devtools(page)
const ours = new Set()
for (const file of process.argv.slice(2)) {
  const { log } = JSON.parse(readFileSync(file, 'utf8'))
  members(log, '', ours)
  const shown = await read(tools, JSON.stringify({ log }))
  if (shown.length !== log.entries.length) faults.push(`${file}: ${shown.length} requests of ${log.entries.length} are shown`)
  log.entries.forEach((entry, i) => compare(file, entry, shown[i] ?? {}))
}
for (const member of members(await written(tools, page), '', new Set())) {
  if (!ours.has(member) && !without.includes(member)) faults.push(`Chromium fills ${member}, which no file of ours has`)
}
console.log(faults.join('\n'))
console.log(`${await visitor.version()}: ${process.argv.length - 2} files read, ${faults.length} faults`)
await Promise.all([visitor.close(), viewer.close()])
process.exit(faults.length ? 1 : 0)
