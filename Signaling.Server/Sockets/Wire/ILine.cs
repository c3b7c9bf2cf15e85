using Signaling.Server.Relay;

namespace Signaling.Server.Sockets.Wire;

/// <summary>One client's connection, whatever it is made of: the way out to it, and what brings in what it says.</summary>
internal interface ILine : IWire
{
    /// <summary>Cuts it, without a word.</summary>
    void Abort();

    /// <summary>Answers the handshake and carries the session's bytes, in and out.</summary>
    /// <param name="subprotocol">The one that was picked of those that the client offered; null when it offered none.</param>
    /// <param name="visit">Whose session it is.</param>
    /// <returns>True when the line outlives its request: then it ends the visit itself. False: it is over.</returns>
    Task<bool> CarryAsync(string? subprotocol, Visit visit);
}
