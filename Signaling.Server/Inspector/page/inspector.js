import { EventStream } from './stream.js';
import { RoomPage } from './room.js';

const tokenKey = 'inspector-token';
const by = id => document.getElementById(id);
const lobby = '*';

let token = sessionStorage.getItem(tokenKey) ?? '';
let list;
let room;

const state = (what, status) => {
  const line = by('line');
  line.className = what === 'live' ? 'good' : 'bad';
  line.textContent = what === 'live' ? 'live' : what === 'lost' ? 'lost: coming back' : `refused (${status})`;
  if (what === 'refused') askForToken(status);
};

function askForToken(status) {
  by('access').hidden = false;
  by('access-problem').textContent = token ? (status === 403 ? 'This token does not let you watch.' : 'This token is not accepted.') : '';
  by('token').focus();
}

function watchRooms() {
  list?.stop();
  const find = by('find').value.trim();
  list = new EventStream(`/inspector/rooms?find=${encodeURIComponent(find)}`, {
    token: () => token,
    state,
    event: (name, data) => { if (name === 'rooms') showRooms(data); },
  });
}

function showRooms({ total, rooms }) {
  by('rooms').replaceChildren(...rooms.map(one => {
    const name = one.name || lobby;
    const link = document.createElement('a');
    link.href = `#room=${encodeURIComponent(name)}`;
    if (name === room?.name) link.setAttribute('aria-current', 'true');
    const peers = document.createElement('small');
    peers.textContent = `${one.peers} ${one.peers === 1 ? 'peer' : 'peers'}`;
    link.append(one.name || 'the lobby', ' ', peers);
    const item = document.createElement('li');
    item.append(link);
    return item;
  }));
  by('rooms-note').textContent = total === 0 ? 'Nobody is connected.' : rooms.length < total ? `${rooms.length} of ${total} rooms` : '';
}

function watchRoom() {
  const name = new URLSearchParams(location.hash.slice(1)).get('room');
  if (name === room?.name) return;
  room?.stop();
  room = name ? new RoomPage(name, name === lobby ? 'the lobby' : name, { token: () => token, state }) : undefined;
  by('nothing').hidden = !!room;
  by('room').hidden = !room;
  for (const link of by('rooms').querySelectorAll('a')) {
    if (room && link.hash === `#room=${encodeURIComponent(name)}`) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

by('find').addEventListener('input', watchRooms);
by('access').addEventListener('submit', event => {
  event.preventDefault();
  token = by('token').value.trim();
  sessionStorage.setItem(tokenKey, token);
  by('access').hidden = true;
  room?.stop();
  room = undefined;
  watchRooms();
  watchRoom();
});
addEventListener('hashchange', watchRoom);
watchRooms();
watchRoom();
