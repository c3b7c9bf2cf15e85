namespace Signaling.Server.Protocols.Envelope;

/// <summary>What a message of a client asks for.</summary>
internal enum MessageKind
{
    /// <summary>Nothing that can be understood.</summary>
    Bad,

    /// <summary>To all others in the room.</summary>
    Broadcast,

    /// <summary>To one peer of the room.</summary>
    Direct,

    /// <summary>Set my metadata.</summary>
    Meta,

    /// <summary>Fresh ICE servers.</summary>
    Ice,

    /// <summary>A new token.</summary>
    Token,

    /// <summary>Leave for good.</summary>
    Bye,
}
