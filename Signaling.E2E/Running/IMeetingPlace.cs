namespace Signaling.E2E.Running;

/// <summary>A signaling server, ours or another, as a process that can be stopped and started again.</summary>
public interface IMeetingPlace : IAsyncDisposable
{
    /// <summary>Where it listens. The port is chosen at the first start and kept from then on.</summary>
    Uri Url { get; }

    /// <summary>What it has said so far.</summary>
    string Console { get; }

    /// <summary>Starts it, and waits until it listens.</summary>
    Task StartAsync();

    /// <summary>Stops it, and waits until it has ended.</summary>
    Task StopAsync();
}
