const names = [
  'Acorn', 'Alder', 'Aster', 'Birch', 'Bramble', 'Cedar', 'Clover', 'Daisy', 'Elder', 'Fern', 'Hazel', 'Heather', 'Iris', 'Ivy', 'Juniper',
  'Laurel', 'Lilac', 'Linden', 'Maple', 'Moss', 'Oak', 'Poppy', 'Rowan', 'Sage', 'Sorrel', 'Thistle', 'Thyme', 'Violet', 'Willow', 'Yarrow',
];

/** A name for this tab, that is easier to tell from others than an id. */
export function chooseName(random: () => number = Math.random): string {
  return names[Math.floor(random() * names.length)] ?? 'Acorn';
}
