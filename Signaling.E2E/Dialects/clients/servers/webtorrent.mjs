import { Server } from 'bittorrent-tracker';

// Clients are told a fifth of the interval.
const server = new Server({ udp: false, http: true, ws: true, stats: false, interval: 50_000 });
server.on('listening', () => console.log(`Now listening on: http://127.0.0.1:${server.http.address().port}`));
server.listen(Number(process.env.PORT), '127.0.0.1');
