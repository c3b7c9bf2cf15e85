namespace Signaling.Server.Sockets.Wire;

/// <summary>Chooses what carries a connection.</summary>
internal sealed class Wires
{
    /// <param name="context">The request that asks for the upgrade.</param>
    /// <param name="key">Connections of the same key talk to each other: the name of a room.</param>
#pragma warning disable CA1822 // There is but one kind yet.
    public ILine Pick(HttpContext context, string key) => new StreamWire(context);
#pragma warning restore CA1822
}
