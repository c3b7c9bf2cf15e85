using Signaling.Server.Sockets.Wire.Epoll;

namespace Signaling.Server.Sockets.Wire;

/// <summary>Chooses what carries a connection.</summary>
internal sealed class Wires(Loops loops, WireChoice choice, ILogger<Wires> log)
{
    /// <param name="context">The request that asks for the upgrade.</param>
    /// <param name="key">Connections of the same key talk to each other: the name of a room.</param>
    public ILine Pick(HttpContext context, string key) =>
        choice.TakesSockets && Handshake.IsUpgrade(context) && context.Features.Get<EpollConnection>() is { CanLeave: true } connection
            ? new SocketLine(connection, loops.Of(key), context, log)
            : new StreamWire(context);
}
