// A person with a browser: follows redirects, keeps cookies, and fills in the
// forms of the provider's pages. No script runs.

const forms = /<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/
const inputs = /<input[^>]*name="([^"]*)"[^>]*>/g
const value = /value="([^"]*)"/

function unescape(text) {
  return text.replaceAll('&#43;', '+').replaceAll('&#34;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

export class Person {
  #cookies = new Map()

  // visit opens an address and goes on until the provider sends the browser
  // elsewhere or has nothing more to ask. It returns the address or the page.
  async visit(address, answers = {}) {
    const provider = new URL(address).origin
    let request = [address, {}]
    for (let i = 0; i < 20; i++) {
      const response = await this.#send(...request)
      const location = response.headers.get('location')
      if (location) {
        const next = new URL(location, response.url)
        if (next.origin !== provider) return { location: next }
        request = [next.href, {}]
        continue
      }
      const html = await response.text()
      const form = this.#form(html)
      if (!form) return { html, status: response.status }
      const action = new URL(form.action, response.url)
      if (action.origin !== provider) return { location: action, posted: form.fields } // response_mode=form_post
      const button = this.#press(html, form.fields, answers)
      if (!button) return { html, status: response.status }
      request = [action.href, { method: 'POST', body: form.fields }]
    }
    throw new Error('the provider asks in circles')
  }

  #form(html) {
    const found = forms.exec(html)
    if (!found) return undefined
    const fields = new URLSearchParams()
    for (const [tag, name] of found[2].matchAll(inputs)) fields.set(unescape(name), unescape(value.exec(tag)?.[1] ?? ''))
    return { action: unescape(found[1]), fields }
  }

  #press(html, fields, answers) {
    if (fields.has('password')) {
      fields.set('username', answers.username ?? 'jane')
      fields.set('password', answers.password ?? 'jane')
      fields.set('action', 'sign-in')
    } else if (html.includes('name="decision"')) {
      fields.set('decision', answers.decision ?? 'approve')
    } else if (fields.has('user_code')) {
      fields.set('action', 'continue')
    } else {
      return false
    }
    return true
  }

  async #send(address, init) {
    const cookie = [...this.#cookies].map(([name, content]) => `${name}=${content}`).join('; ')
    const response = await fetch(address, { ...init, redirect: 'manual', headers: cookie ? { cookie } : {} })
    for (const line of response.headers.getSetCookie?.() ?? (response.headers.get('set-cookie') ?? '').split(/, (?=[^;]+=)/)) {
      const [pair] = line.split(';')
      const at = pair.indexOf('=')
      if (at > 0) this.#cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1))
    }
    return response
  }
}
