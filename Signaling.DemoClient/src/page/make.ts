/** An element with a class (or none) and its content. */
export function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className = '', ...content: (Node | string)[]): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

/** Writes only what is new: a live region speaks when it is written. */
export function say(element: Element, words: string): void {
  if (element.textContent !== words) element.textContent = words;
}
