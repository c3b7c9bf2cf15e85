namespace Signaling.Server.Relay;

/// <summary>What comes of wanting to join a room.</summary>
public enum Entry
{
    /// <summary>The peer is in it.</summary>
    Joined,

    /// <summary>There is no place left.</summary>
    Full,

    /// <summary>The last one has left meanwhile: another room of that name may be opened.</summary>
    Over,
}
