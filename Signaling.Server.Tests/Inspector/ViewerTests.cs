using System.Text;
using Microsoft.Extensions.Time.Testing;
using Signaling.Server.Inspector;

namespace Signaling.Server.Tests.Inspector;

public sealed class ViewerTests
{
    [Fact]
    public async Task Who_reads_too_slowly_is_dropped_and_told_so_and_the_others_miss_nothing()
    {
        var watch = new RoomWatch(new FakeTimeProvider(), showPayloads: false);
        var slow = new Viewer();
        watch.Enter(slow, null);
        for (var i = 0; i <= Viewer.Capacity; i++) watch.Joined($"peer-{i}");

        using var heard = new MemoryStream();
        await slow.WriteAsync(heard, new FakeTimeProvider(), TestContext.Current.CancellationToken);
        var text = Encoding.UTF8.GetString(heard.ToArray());
        Assert.StartsWith("event: dropped\n", text, StringComparison.Ordinal);

        var late = new Viewer();
        watch.Enter(late, null);
        using var stop = new CancellationTokenSource();
        using var kept = new StopAfter($"peer-{Viewer.Capacity}\"", stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late.WriteAsync(kept, new FakeTimeProvider(), stop.Token));
        Assert.Equal(EventRing.Capacity, kept.Text.Split("event: event").Length - 1);
    }

    /// <summary>A stream that has enough once something has been written to it.</summary>
    private sealed class StopAfter(string last, CancellationTokenSource stop) : MemoryStream
    {
        public string Text => Encoding.UTF8.GetString(ToArray());

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            if (Text.Contains(last, StringComparison.Ordinal)) stop.Cancel();
            return Task.CompletedTask;
        }
    }
}
