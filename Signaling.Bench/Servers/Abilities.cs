namespace Signaling.Bench.Servers;

/// <summary>What a server can take part in.</summary>
[Flags]
internal enum Abilities
{
    Plain = 1,
    Envelopes = 2,
    Tls = 4,
}
