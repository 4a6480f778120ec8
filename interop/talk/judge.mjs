// Chromium shows each slideshow that is named, is typed into as a presenter does, and prints it; and it prints
// each handout on both papers. Whatever a file fetches, or shows outside of its picture, is a fault.
import { basename } from 'node:path'
import puppeteer from 'puppeteer-core'

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: ['--no-sandbox'],
})
const faults = []
const millimetres = mm => mm * 96 / 25.4
const papers = { a4: [210, 297], letter: [215.9, 279.4] }

async function open(file) {
  const page = await browser.newPage()
  const name = basename(file)
  page.on('request', request => {
    if (!request.url().startsWith('data:') && request.url().split('#')[0] !== 'file://' + file) faults.push(`${name} fetches ${request.url()}`)
  })
  page.on('pageerror', error => faults.push(`${name}: ${error.message}`))
  page.on('console', message => { if (message.type() === 'error') faults.push(`${name}: ${message.text()}`) })
  await page.setViewport({ width: 1280, height: 720 })
  await page.goto('file://' + file)
  return { page, fault: words => faults.push(`${name}: ${words}`) }
}

// outside are the words of pictures that can be seen and reach out of them.
const outside = page => page.evaluate(() => [...document.querySelectorAll('svg')].flatMap(svg => {
  const room = svg.getBoundingClientRect()
  if (room.width === 0) return []
  return [...svg.querySelectorAll('text')].filter(text => {
    const is = text.getBoundingClientRect()
    return is.left < room.left - 1 || is.right > room.right + 1 || is.top < room.top - 1 || is.bottom > room.bottom + 1
  }).map(text => text.textContent)
}))

// pages is how many pages a page prints, each of which says so in the file.
const pages = async (page, format, landscape) =>
  Buffer.from(await page.pdf({ format, landscape, printBackground: true })).toString('latin1').match(/\/Type \/Page\b(?!s)/g).length

// state is what somebody sees of a slideshow now.
const state = page => page.evaluate(() => {
  const now = document.querySelector('section.now')
  const veil = getComputedStyle(document.getElementById('veil'))
  return {
    at: [...document.querySelectorAll('section')].indexOf(now) + 1, of: document.querySelectorAll('section').length,
    view: now.querySelector('.view.on').classList[1], has: [...now.querySelectorAll('.view')].map(view => view.classList[1]),
    cover: veil.display === 'none' ? '' : veil.backgroundImage === 'none' ? veil.backgroundColor : 'spot',
    all: document.querySelector('main').classList.contains('all'), notes: getComputedStyle(now.querySelector('aside')).display !== 'none',
    zoom: now.querySelector('.view.on svg').style.transform, tally: document.getElementById('tally').textContent,
  }
})

async function slideshow(file) {
  const { page, fault } = await open(file)
  const { of } = await state(page)
  const press = async (keys, what, right) => {
    for (const key of keys.split(' ')) {
      const [shift, name] = key.startsWith('Shift+') ? [true, key.slice(6)] : [false, key]
      if (shift) await page.keyboard.down('Shift')
      await page.keyboard.press(name)
      if (shift) await page.keyboard.up('Shift')
    }
    const now = await state(page)
    if (!right(now)) fault(`${keys}: ${what} is wanted, and it stands at ${JSON.stringify(now)}`)
    return now
  }
  await press('End', 'the last scene', now => now.at === of)
  await press('Home', 'the first', now => now.at === 1)
  for (const key of ['b', '.']) {
    await press(key, 'black', now => now.cover === 'rgb(0, 0, 0)')
    await press('ArrowRight', 'the first key brings the scene back', now => now.cover === '' && now.at === 1)
  }
  await press('w', 'white', now => now.cover === 'rgb(255, 255, 255)')
  await press('w', 'not white', now => now.cover === '')
  await press('o', 'all scenes', now => now.all)
  await press('Escape', 'one scene', now => !now.all)
  await press('g 2 Enter', 'scene 2', now => now.at === 2)
  await press('Backspace', 'back, or no hands', now => now.at <= 2)
  await press('g 1 Enter', 'scene 1', now => now.at === 1)
  await press('+ +', 'larger', now => now.zoom === 'scale(1.5625)')
  await press('- -', 'as it was', now => now.zoom === '')
  await press('n', 'the notes', now => now.notes)
  await press('n', 'no notes', now => !now.notes)
  await press('l', 'the spotlight is on', now => now.cover !== '')
  await page.mouse.move(300, 300)
  await press('l', 'and off', now => now.cover === '')
  let at = 1
  const seen = new Set(['plain'])
  for (let now = await state(page); ; now = await state(page)) {
    for (const [key, view] of [['t', 'opened'], ['c', 'later']]) {
      if (!now.has.includes(view)) continue
      await press(key, view, now => now.view === view)
      for (const words of await outside(page)) fault(`scene ${at}, ${view}: ${words} reaches out of the picture`)
      await press(key, 'closed', now => now.view === 'plain')
      seen.add(view)
    }
    if (now.has.includes('answered')) {
      await press('1 2 2', 'counted hands', now => / 1: 1 · 2: 2 /.test(now.tally + ' '))
      await press('PageDown', 'the answer', now => now.view === 'answered' && now.at === at)
      seen.add('answered')
    }
    for (const words of await outside(page)) fault(`scene ${at}: ${words} reaches out of the picture`)
    if (at === of) break
    at++
    const key = ['ArrowRight', ' ', 'PageDown', 'ArrowDown', 'Enter'][at % 5]
    if (key === ' ') { await page.keyboard.press('Space'); await press('Shift', `scene ${at}`, now => now.at === at) } else await press(key, `scene ${at}`, now => now.at === at)
  }
  for (const key of ['PageUp', 'ArrowLeft', 'ArrowUp']) await press(key, 'back', now => now.at === --at)
  await press('Shift+F5', 'from the beginning', now => now.at === 1)
  for (const format of Object.keys(papers)) {
    const printed = await pages(page, format, true)
    if (printed !== of) fault(`${of} scenes are printed on ${printed} pages of ${format}`)
  }
  await page.close()
  return seen
}

// handout is measured as wide as paper; each scene has to fit on a page, with its picture beside its words.
async function handout(file) {
  const { page, fault } = await open(file)
  await page.emulateMediaType('print')
  for (const [format, [wide, high]] of Object.entries(papers)) {
    const width = Math.floor(millimetres(wide - 28))
    await page.setViewport({ width, height: 1000 })
    for (const words of await outside(page)) fault(`${format}: ${words} reaches out of the picture`)
    const is = await page.evaluate(() => {
      const box = what => document.querySelector(what).getBoundingClientRect()
      const [code, line, header] = [box('.code'), box('header p'), box('header')]
      const range = document.createRange()
      range.selectNodeContents(document.querySelector('h1'))
      return {
        over: document.documentElement.scrollWidth, beside: range.getBoundingClientRect().right <= code.left && line.top >= 0,
        above: header.bottom >= code.bottom, first: header.height,
        scenes: [...document.querySelectorAll('section')].map(section => section.getBoundingClientRect().height),
      }
    })
    if (is.over > width) fault(`${format}: it is ${is.over} wide, and the paper ${width}`)
    if (!is.beside || !is.above) fault(`${format}: the code lies over words`)
    const room = millimetres(high - 28)
    const least = Math.ceil((is.first + is.scenes.reduce((sum, scene) => sum + scene, 0)) / room)
    if (Math.max(...is.scenes) > room) fault(`${format}: a scene is ${Math.max(...is.scenes)} high, and the paper ${room}`)
    let [needed, used] = [1, is.first]
    for (const scene of is.scenes) {
      if (used + scene > room) { needed++; used = 0 }
      used += scene
    }
    const printed = await pages(page, format, false)
    if (printed < least || printed > needed) fault(`${format}: it is printed on ${printed} pages, and needs ${needed}`)
  }
  await page.close()
}

const seen = new Set()
for (const file of process.argv.slice(2)) {
  if (file.endsWith('.handout.html')) await handout(file)
  else for (const view of await slideshow(file)) seen.add(view)
}
for (const view of ['plain', 'opened', 'later', 'answered']) if (!seen.has(view)) faults.push(`no slideshow has a view that is ${view}`)
console.log(faults.join('\n'))
console.log(`${await browser.version()}: ${process.argv.length - 2} files, ${faults.length} faults`)
await browser.close()
process.exit(faults.length ? 1 : 0)
