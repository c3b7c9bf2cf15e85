namespace Signaling.Server.Protocols.WebTorrent;

/// <summary>Why a peer announces.</summary>
internal enum TrackerEvent
{
    /// <summary>Because it was time, or for a reason that makes no difference here.</summary>
    Update,

    /// <summary>It has all of it now.</summary>
    Completed,

    /// <summary>It leaves the swarm.</summary>
    Stopped,

    /// <summary>Nothing that is known.</summary>
    Unknown,
}
