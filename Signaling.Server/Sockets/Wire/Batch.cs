using Signaling.Server.Relay;

namespace Signaling.Server.Sockets.Wire;

/// <summary>Lists for frames on their way into one write; a thread keeps one.</summary>
internal static class Batch
{
    [ThreadStatic] private static List<Frame>? _spare;

    public static List<Frame> Rent()
    {
        var batch = _spare ?? [];
        _spare = null;
        return batch;
    }

    public static void Return(List<Frame> batch)
    {
        batch.Clear();
        _spare = batch;
    }
}
