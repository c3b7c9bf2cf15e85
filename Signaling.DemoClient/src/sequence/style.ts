const colours = {
  ink: ['#1b1f27', '#e6e9ef'],
  soft: ['#5a6270', '#9aa3b2'],
  line: ['#c3c9d2', '#464d59'],
  ground: ['#ffffff', '#1c1f25'],
  chosen: ['#e8eefb', '#29344a'],
  offer: ['#1d4fc0', '#8ab4ff'],
  answer: ['#17703c', '#6fd69a'],
  candidate: ['#7a3fb0', '#c9a2f5'],
  bad: ['#b3261e', '#ff9b92'],
  wait: ['#7a4d00', '#f0c060'],
} as const;

type Colour = keyof typeof colours;

/** For a page: follows the scheme of light or dark that it is in. */
export const pageStyle = style('.sequence', colour => `light-dark(${colours[colour][0]}, ${colours[colour][1]})`)
  + '.sequence { position: relative; }'
  + '.sequence svg { display: block; font: 12.5px/1 system-ui, sans-serif; }'
  + '.sequence svg.heads { position: sticky; top: 0; z-index: 1; }'
  + '.sequence .spoken { fill: none; font-size: 1px; }'
  + '.sequence [role=option] { cursor: pointer; outline: none; }'
  + '.sequence [role=option]:focus-visible .row { stroke: currentColor; stroke-dasharray: 3 2; }';

/** For a file, which may be shown on any ground: light. */
export const fileStyle = style('svg', colour => colours[colour][0]) + 'svg { font: 12.5px system-ui, sans-serif; }';

function style(root: string, colour: (name: Colour) => string): string {
  return [
    `.ground { fill: ${colour('ground')}; }`,
    '.row { fill: transparent; }',
    `[aria-selected=true] .row { fill: ${colour('chosen')}; }`,
    `text { fill: ${colour('ink')}; }`,
    '.head { font-weight: 600; }',
    `.time { fill: ${colour('soft')}; font-size: 11px; }`,
    `.life { stroke: ${colour('line')}; fill: none; }`,
    `.line { stroke: ${colour('soft')}; stroke-width: 1.5; fill: none; }`,
    `.tip, .dot { fill: ${colour('soft')}; }`,
    ...(['offer', 'answer', 'candidate'] as const).flatMap(kind => [
      `.${kind} .line { stroke: ${colour(kind)}; }`,
      `.${kind} .tip, .${kind} .dot, .${kind} .label { fill: ${colour(kind)}; }`,
    ]),
    `.rule { stroke: ${colour('answer')}; stroke-dasharray: 2 5; fill: none; }`,
    `.direct .line { stroke: ${colour('answer')}; stroke-width: 4; }`,
    `.direct .dot { fill: ${colour('answer')}; }`,
    `.direct .label { fill: ${colour('answer')}; font-weight: 600; }`,
    '.line.queued { stroke-dasharray: 5 4; }',
    `.queued .label { fill: ${colour('wait')}; }`,
    `.refused .line, .cross { stroke: ${colour('bad')}; stroke-width: 1.5; fill: none; }`,
    `.refused .label { fill: ${colour('bad')}; }`,
    `.mark { fill: ${colour('ground')}; stroke: ${colour('soft')}; stroke-width: 1.5; }`,
    `.mark.join { fill: ${colour('answer')}; stroke: ${colour('answer')}; }`,
  ].map(rule => {
    const [selectors = '', declarations = ''] = rule.split(' { ');
    return `${selectors.split(', ').map(selector => `${root} ${selector}`).join(', ')} { ${declarations}`;
  }).join('\n');
}
