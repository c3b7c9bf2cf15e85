import { PeerServer } from 'peer';

PeerServer({ host: '127.0.0.1', port: Number(process.env.PORT), path: '/peerjs' }, (server) => {
  console.log(`Now listening on: http://127.0.0.1:${server.address().port}`);
});
