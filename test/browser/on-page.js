// Runs in the page, as the checks of pages.browser.spec.ts. No type of a browser is known where the product is compiled.

/** Links, buttons, fields, drawings and regions without a name. */
function nameless() {
  const nameOf = (element) =>
    (element.getAttribute('aria-label') ?? element.textContent ?? '').trim() ||
    Array.from(element.labels ?? [], (label) => label.textContent).join('');
  const named = document.querySelectorAll('a, button, select, input:not([type=hidden]), summary, svg, [role=region]');
  return Array.from(named)
    .filter((element) => !nameOf(element) && !element.getAttribute('aria-labelledby'))
    .map((element) => element.outerHTML.slice(0, 120));
}

/** Each pair of colours in which a text stands, with the beginning of one that does. */
function colours() {
  const partsOf = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const paperOf = (element) => {
    if (!element) return [255, 255, 255];
    const [red, green, blue, alpha = 1] = partsOf(getComputedStyle(element).backgroundColor);
    return alpha > 0 ? [red, green, blue] : paperOf(element.parentElement);
  };
  for (const details of document.querySelectorAll('details')) details.open = true;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Map();
  while (walker.nextNode()) {
    const { textContent, parentElement } = walker.currentNode;
    const text = textContent.trim();
    if (!text || !parentElement.checkVisibility() || parentElement.closest('title, desc, option')) continue;
    const style = getComputedStyle(parentElement);
    const ink = partsOf(parentElement.closest('svg') ? style.fill : style.color);
    const paper = paperOf(parentElement);
    found.set(`${ink}/${paper}`, { text: text.slice(0, 40), ink, paper });
  }
  return [...found.values()];
}

/** How wide the content is, and the window. */
function widths() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return [scrollWidth, clientWidth];
}

/** Fields without a label or without saying what belongs in them, ids that are there twice, and references to none. */
function unlabelled() {
  const fields = Array.from(document.querySelectorAll('input:not([type=hidden])')).filter(
    (field) => !(field.labels.length || field.ariaLabel) || (field.type !== 'checkbox' && !field.autocomplete),
  );
  const ids = Array.from(document.querySelectorAll('[id]'), ({ id }) => id);
  const twice = ids.filter((id, n) => ids.indexOf(id) !== n);
  const named = Array.from(document.querySelectorAll('[aria-describedby], [aria-labelledby], a[href^="#"]'));
  const nowhere = named.flatMap((element) => {
    const { href = '' } = element.attributes;
    const all = [
      element.getAttribute('aria-describedby'),
      element.getAttribute('aria-labelledby'),
      href.value?.slice(1),
    ];
    return all.flatMap((list) => (list ?? '').split(' ')).filter((id) => id && !ids.includes(id));
  });
  return [...fields.map((field) => field.outerHTML.slice(0, 120)), ...twice, ...nowhere];
}

globalThis.onPage = { nameless, unlabelled, colours, widths };
