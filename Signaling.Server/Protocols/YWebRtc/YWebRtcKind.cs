namespace Signaling.Server.Protocols.YWebRtc;

/// <summary>What a message of y-webrtc asks for.</summary>
internal enum YWebRtcKind
{
    /// <summary>Nothing that this protocol knows: ignored.</summary>
    Junk,

    /// <summary>To hear what is published to topics.</summary>
    Subscribe,

    /// <summary>To hear it no longer.</summary>
    Unsubscribe,

    /// <summary>To have all subscribers of a topic hear it, the sender too if it is one.</summary>
    Publish,

    /// <summary>To be answered: a client that is not gives up on the server.</summary>
    Ping,
}
