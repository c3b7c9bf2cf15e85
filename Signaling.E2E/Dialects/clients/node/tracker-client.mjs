// bittorrent-tracker's own client in a swarm: `node tracker-client.mjs URL INFO_HASH LEFT`, the hash as 40 hex digits.
// Says how many it is told of, and what it hears of the others. (Two in one process would share a socket, and each other's messages.)
import Client from 'bittorrent-tracker';
import { randomBytes } from 'node:crypto';

const [announce, infoHash, left] = process.argv.slice(2);
const me = { left: Number(left) };

const client = new Client({ infoHash, peerId: randomBytes(20), announce: [announce], port: 6881, rtcConfig: { iceServers: [] } });
client.on('error', (error) => console.log(`error ${error.message}`));
client.on('warning', (warning) => console.log(`warning ${warning.message}`));
client.on('update', ({ complete, incomplete }) => console.log(`counts ${complete} seeders, ${incomplete} leechers`));
client.on('scrape', ({ complete, incomplete }) => console.log(`scraped ${complete} seeders, ${incomplete} leechers`));
client.on('peer', (peer) => {
  peer.on('error', () => {}); // of those whom nobody answered
  peer.on('connect', () => peer.send('hello'));
  peer.on('data', (data) => console.log(`heard ${new TextDecoder().decode(data)}`));
});
client.once('update', () => client.scrape());
client.start(me);

// An offer that its receiver was too busy to answer is not made again before the next announce, which may be minutes away.
setInterval(() => client.update(me), 3000);

// Until there is nobody on the other end of standard input.
process.stdin.resume().on('end', () => process.exit(0));
