namespace Signaling.Server.Protocols.WebTorrent;

/// <summary>How many peers a swarm has.</summary>
/// <param name="Seeders">Who have all of it.</param>
/// <param name="Leechers">Who have not.</param>
internal readonly record struct SwarmCounts(int Seeders, int Leechers);
