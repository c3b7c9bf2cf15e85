import { clock, number } from './element.js';

const [width, height, left, bottom] = [800, 260, 60, 22];

const svg = (tag, attributes, text = '') => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
};

/** Lines over time, from a moment to now. What they say in numbers stands in the table below it. */
export function chart(lines, oldest, label) {
  const values = lines.flatMap(one => one.points.map(point => point[1]));
  const high = Math.max(0, ...values) || 1, low = Math.min(0, ...values), now = Date.now();
  const x = time => left + (time - oldest) / (now - oldest) * (width - left);
  const y = value => 8 + (high - value) / (high - low) * (height - bottom - 8);
  const picture = svg('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label });
  for (const value of [low, (low + high) / 2, high]) {
    picture.append(svg('line', { x1: left, x2: width, y1: y(value), y2: y(value) }), svg('text', { x: left - 6, y: y(value) + 4, 'text-anchor': 'end' }, number(value)));
  }
  picture.append(svg('text', { x: left, y: height - 4 }, clock(oldest).slice(0, 8)), svg('text', { x: width, y: height - 4, 'text-anchor': 'end' }, clock(now).slice(0, 8)));
  lines.forEach(({ points }, index) => {
    if (points.length === 1) picture.append(svg('circle', { class: 'c' + index % 8, cx: x(points[0][0]), cy: y(points[0][1]), r: 3 }));
    picture.append(svg('polyline', { class: 'c' + index % 8, points: points.map(([time, value]) => x(time).toFixed(1) + ',' + y(value).toFixed(1)).join(' ') }));
  });
  return picture;
}
