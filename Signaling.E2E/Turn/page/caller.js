/** Plain WebRTC over a raw room, by nothing but TURN: who calls is told by the test. */
window.caller = {
  /** Resolves as soon as it is in the room. */
  async enter(room, iceServers) {
    const socket = new WebSocket(room);
    const peer = new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' });
    const channel = peer.createDataChannel('talk', { negotiated: true, id: 0 });
    this.opened = new Promise(resolve => channel.addEventListener('open', resolve));
    this.heard = new Promise(resolve => channel.addEventListener('message', ({ data }) => resolve(data)));

    const send = message => socket.send(JSON.stringify(message));
    peer.addEventListener('icecandidate', ({ candidate }) => { if (candidate) send({ candidate }); });
    let before = Promise.resolve();
    socket.addEventListener('message', ({ data }) => {
      before = before.then(async () => {
        const { description, candidate } = JSON.parse(data);
        if (candidate) await peer.addIceCandidate(candidate);
        if (description) await peer.setRemoteDescription(description);
        if (description?.type === 'offer') await this.call();
      });
    });
    this.call = async () => {
      await peer.setLocalDescription();
      send({ description: peer.localDescription });
    };
    Object.assign(this, { peer, channel });
    await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));
  },

  /** Says something when the channel opens, and resolves with what the other says. */
  async talk(text) {
    await this.opened;
    this.channel.send(text);
    return await this.heard;
  },

  /** The own end of the way that ICE has chosen. */
  async way() {
    const stats = await this.peer.getStats();
    const transport = [...stats.values()].find(({ type }) => type === 'transport');
    const { candidateType, relayProtocol } = stats.get(stats.get(transport.selectedCandidatePairId).localCandidateId);
    return `${candidateType} ${relayProtocol}`;
  },

  /** What comes of these servers: the kinds of candidates, and the codes of errors. */
  async gather(iceServers) {
    const peer = new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' });
    const seen = new Set();
    peer.addEventListener('icecandidateerror', ({ errorCode }) => seen.add(`error ${errorCode}`));
    const done = new Promise(resolve => peer.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null) resolve();
      else if (candidate.candidate) seen.add(candidate.type);
    }));
    peer.createDataChannel('talk');
    await peer.setLocalDescription();
    await done;
    peer.close();
    return [...seen].join();
  },
};
