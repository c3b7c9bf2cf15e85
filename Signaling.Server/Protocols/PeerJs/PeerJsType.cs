namespace Signaling.Server.Protocols.PeerJs;

/// <summary>The messages of PeerJS that a client may send.</summary>
internal enum PeerJsType
{
    /// <summary>Nothing that a client may say: ignored.</summary>
    Junk,

    /// <summary>It is there.</summary>
    Heartbeat,

    /// <summary>A session description, for one who may come later.</summary>
    Offer,

    /// <summary>The other one.</summary>
    Answer,

    /// <summary>An ICE candidate.</summary>
    Candidate,

    /// <summary>To one: connections with the sender are over. To nobody: the sender gives its id back.</summary>
    Leave,

    /// <summary>The server's word for a message that nobody took; relayed where a client says it.</summary>
    Expire,
}
