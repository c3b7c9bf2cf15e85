// Bun's own topics: a room is a topic, and publish() sends to all its subscribers but oneself.
Bun.serve({
  hostname: '127.0.0.1',
  port: Number(process.env.PORT),
  fetch(request, server) {
    const room = new URL(request.url).pathname;
    if (!server.upgrade(request, { data: { room } })) return new Response('a WebSocket server');
  },
  websocket: {
    idleTimeout: 0, // it does not close idle connections, as the others do not
    open(socket) { socket.subscribe(socket.data.room); },
    message(socket, message) { socket.publish(socket.data.room, message); },
    close(socket) { socket.unsubscribe(socket.data.room); },
  },
});
