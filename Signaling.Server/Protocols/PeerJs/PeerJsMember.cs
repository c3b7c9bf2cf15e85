using System.Security.Cryptography;
using System.Text;
using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.PeerJs;

/// <summary>A client of PeerJS that has an id.</summary>
/// <param name="id">The id.</param>
/// <param name="token">Made by the client; who brings it again is the same client.</param>
/// <param name="line">The connection.</param>
internal sealed class PeerJsMember(string id, string token, Peer line)
{
    private long _heard;

    public string Id => id;

    public Peer Line => line;

    /// <summary>The id as JSON.</summary>
    public byte[] IdJson { get; } = Encoding.UTF8.GetBytes(PeerJsFrames.Json(id));

    /// <summary>What other servers know of it.</summary>
    public byte[] Record => PeerJsRecord.Of(token);

    /// <summary>Its id among other servers; null where there are none.</summary>
    public ITopic? Elsewhere { get; init; }

    /// <summary>When it last said something.</summary>
    public long Heard
    {
        get => Volatile.Read(ref _heard);
        set => Volatile.Write(ref _heard, value);
    }

    /// <summary>Whether this is its token.</summary>
    public bool Knows(string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(other));
}
