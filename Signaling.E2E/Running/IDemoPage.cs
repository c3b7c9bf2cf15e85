namespace Signaling.E2E.Running;

/// <summary>The demo page, however it is served.</summary>
public interface IDemoPage : IAsyncDisposable
{
    /// <summary>The address that a person would open to enter a room.</summary>
    Uri Entrance(string room);

    /// <summary>What its server said.</summary>
    string Console { get; }
}
