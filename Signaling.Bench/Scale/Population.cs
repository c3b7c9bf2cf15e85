namespace Signaling.Bench.Scale;

/// <summary>Who is assumed to be there, and what they do. The rest of the model is measured or counted.</summary>
internal static class Population
{
    /// <summary>Connections of one relay: what <c>Limits:Connections</c> is by default.</summary>
    public const int PerRelay = 50_000;

    /// <summary>Messages of one handshake: an offer, an answer, and ten candidates each.</summary>
    public const int Handshake = 22;

    /// <summary>How long somebody stays.</summary>
    public static readonly TimeSpan Stay = TimeSpan.FromMinutes(10);

    /// <summary>In larger rooms nobody meets everybody: one handshake, with a media server.</summary>
    private const int LargestMesh = 10;

    /// <summary>The sizes of rooms, each with its share of all connections.</summary>
    public static readonly (int Size, double Share)[] Rooms = [(2, 0.6), (4, 0.25), (10, 0.1), (100, 0.04), (1000, 0.01)];

    /// <summary>Directed messages that the arrival of one brings about.</summary>
    public static int MessagesPerJoin(int size) => Handshake * (size > LargestMesh ? 1 : size - 1);
}
