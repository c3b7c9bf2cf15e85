using System.Text;
using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.WebTorrent;

/// <summary>What other servers know of a peer in a swarm.</summary>
/// <param name="Id">The id that it gave itself: 20 characters, U+0000 to U+00FF.</param>
/// <param name="IsSeeder">It has all of what the swarm shares.</param>
internal readonly record struct SwarmMember(string Id, bool IsSeeder)
{
    private const byte Version = 1;
    private const int IdLength = 20;

    /// <summary>What it is called among all servers: others may use the same id.</summary>
    public string KeyOf(Peer connection) => $"{connection.Id}:{Convert.ToHexStringLower(Encoding.Latin1.GetBytes(Id))}";

    public byte[] ToArray() => [Version, IsSeeder ? (byte)1 : (byte)0, .. Encoding.Latin1.GetBytes(Id)];

    /// <summary>Null when it is none.</summary>
    public static SwarmMember? Read(ReadOnlySpan<byte> about) =>
        about.Length == 2 + IdLength && about[0] == Version && about[1] <= 1 ? new(Encoding.Latin1.GetString(about[2..]), about[1] == 1) : null;
}
