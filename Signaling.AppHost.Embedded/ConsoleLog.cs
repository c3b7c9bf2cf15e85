using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace Signaling.AppHost.Embedded;

/// <summary>What a resource printed: the newest <see cref="Kept"/> lines, without terminal escapes.</summary>
internal sealed partial class ConsoleLog(string resource, TimeProvider time)
{
    public const int Kept = 2000;
    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _lines = new();
    private readonly Broadcast<LogLine> _live = new();
    private long _count;

    public void Add(string text, string kind)
    {
        lock (_lock)
        {
            var line = new LogLine(resource, ++_count, time.GetUtcNow(), kind, Escapes().Replace(text, ""));
            _lines.Enqueue(line);
            if (_lines.Count > Kept) _lines.Dequeue();
            _live.Send(line);
        }
    }

    public IReadOnlyList<LogLine> Last(int count)
    {
        lock (_lock) return [.. _lines.TakeLast(count)];
    }

    /// <summary>The lines so far, and a reader of those to come: none is missing or doubled between the two.</summary>
    public (IReadOnlyList<LogLine> SoFar, ChannelReader<LogLine> Live) Follow(CancellationToken stop)
    {
        lock (_lock) return ([.. _lines], _live.Listen(1000, stop));
    }

    // CSI sequences (colours, cursor), OSC sequences (titles, links), and any other control character but the tab
    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)?|\x1b.|[\x00-\x08\x0b-\x1f\x7f]")]
    private static partial Regex Escapes();
}
