using System.Threading.Channels;

namespace Signaling.Server.Inspector;

/// <summary>Somebody who watches, with what waits for him: bounded, and who is too slow for it is dropped and told so.</summary>
internal sealed class Viewer
{
    /// <summary>Events that may wait: a whole ring that is sent again, and as many new ones.</summary>
    public const int Capacity = 2 * EventRing.Capacity;

    /// <summary>How often a silent line shows that it lives.</summary>
    public static readonly TimeSpan BeatPeriod = TimeSpan.FromSeconds(15);

    private static readonly Told Dropped = Told.Of("dropped",
        new Note("You read too slowly: some events were not sent. Connect again to go on where you were."), InspectorJson.Default.Note);

    private readonly Channel<Told> _waiting = Channel.CreateBounded<Told>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private volatile bool _tooSlow;

    /// <summary>Tells him; returns at once.</summary>
    public void Tell(Told told)
    {
        if (_waiting.Writer.TryWrite(told) || _tooSlow) return;
        _tooSlow = true;
        _waiting.Writer.TryComplete();
    }

    /// <summary>Sends what he is told, as it comes, until he goes, is dropped, or all is over.</summary>
    public async Task WriteAsync(Stream stream, TimeProvider time, CancellationToken over)
    {
        await using var beat = time.CreateTimer(_ => Beat(), null, BeatPeriod, BeatPeriod);
        var queue = _waiting.Reader;
        // Only the waiting ends: Kestrel cuts the line of whom it is told in the middle of a write not to write to.
        while (await queue.WaitToReadAsync(over))
        {
            while (!_tooSlow && queue.TryRead(out var told)) await stream.WriteAsync(told.Bytes, CancellationToken.None);
            if (_tooSlow) break;
            await stream.FlushAsync(CancellationToken.None);
        }
        await stream.WriteAsync(Dropped.Bytes, CancellationToken.None);
        await stream.FlushAsync(CancellationToken.None);
    }

    // What waits will show it as well.
    private void Beat()
    {
        if (_waiting.Reader.Count == 0) Tell(Told.Beat);
    }
}
